package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Overview;
import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsGateTest {

    private static final long FRAME = 33_000_000;
    private static final Window QUIET = window();

    private final NewsGate gate = new NewsGate();

    @Test
    void figuresAreToldFiveTimesASecondAndWhereNothingHappensForLongTwice() {
        assertThat(told(0)).isBetween(4, 6);
        assertThat(told(30)).isBetween(4, 6);
        assertThat(told(300)).isBetween(1, 3);
    }

    /// How often in a second from this frame on.
    private int told(int from) {
        int let = 0;
        for (int frame = from; frame < from + 30; frame++) {
            let += gate.lets(sample(frame * FRAME, 64, QUIET, Sample.State.PLAIN)) ? 1 : 0;
        }
        return let;
    }

    @Test
    void everythingNewIsToldAtOnce() {
        assertThat(gate.lets(sample(0, 64, QUIET, Sample.State.PLAIN))).isTrue();
        assertThat(gate.lets(sample(1, 64, QUIET, Sample.State.PLAIN))).isFalse();
        assertThat(gate.lets(sample(2, 64, window(), Sample.State.PLAIN))).isTrue();
        Window now = window();
        assertThat(gate.lets(sample(3, 64, now, Sample.State.PLAIN))).isTrue();
        assertThat(gate.lets(sample(4, 64, now, Sample.State.BUSY))).isTrue();
        assertThat(gate.lets(sample(5, 65, now, Sample.State.BUSY))).isTrue();
        assertThat(gate.lets(sample(6, 65, now, Sample.State.BUSY))).isFalse();
    }

    private static Window window() {
        return new Window(0, new byte[64], new byte[64], new long[64]);
    }

    private static Sample sample(long atNanos, long size, Window window, Sample.State state) {
        return new Sample(
                1,
                atNanos,
                size,
                window,
                state,
                null,
                new byte[0],
                0,
                List.of(),
                List.of(),
                new Sample.Counters(30, 0, 0, 1, 1, size, 0),
                Overview.EMPTY);
    }
}
