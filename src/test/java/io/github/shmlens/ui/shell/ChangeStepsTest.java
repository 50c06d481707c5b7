package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Sampler;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.FxTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeStepsTest extends FxTest {

    private static final int SIZE = 1 << 20;

    private final FakeSegment segment = FakeSegment.ofSize(SIZE);
    private final AtomicReference<@Nullable Sample> newest = new AtomicReference<>();
    private final List<Long> went = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Sampler sampler;
    private ChangeSteps steps;

    @BeforeEach
    void watch() {
        sampler =
                new Sampler(
                        segment,
                        List.of(),
                        Sampler.Options.DEFAULT,
                        new Sampler.Listener() {
                            @Override
                            public void sampled(Sample sample) {
                                newest.set(sample);
                            }

                            @Override
                            public void ended(ShmFailure failure) {
                                told.add(failure.toString());
                            }
                        });
        steps = ask(() -> new ChangeSteps(sampler, went::add, told::add));
        sampler.start();
        // A first round: what is changed before it is not seen to change.
        waitUntil("first sweep", () -> sweeps() > 0);
    }

    @AfterEach
    void stop() {
        sampler.close();
    }

    @Test
    void stepsThroughTheWholeSegmentAndAroundItsEnds() {
        change(0, 0x8000, SIZE - 1);
        step(ChangeSteps.Way.ON, 0, 0x8000);
        step(ChangeSteps.Way.ON, 0x8000, SIZE - 64);
        step(ChangeSteps.Way.ON, SIZE - 64, 0);
        step(ChangeSteps.Way.BACK, 0, SIZE - 64);
        step(ChangeSteps.Way.BACK, SIZE - 1, 0x8000);
        assertThat(told).isEmpty();
    }

    @Test
    void theOnlyChangeIsSaidToBeTheOnlyOne() {
        change(0x4000);
        step(ChangeSteps.Way.ON, 0x4010, 0x4000);
        assertThat(told).containsExactly("No other block changed in the last 10 seconds.");
    }

    @Test
    void withoutAChangeItStaysAndSaysSo() {
        fx(() -> steps.step(ChangeSteps.Way.ON, 5, SIZE));
        waitUntil("told", () -> !told.isEmpty());
        assertThat(told).containsExactly("No block was seen to change so far.");
        assertThat(went).isEmpty();
    }

    private void change(long... offsets) {
        long before = changes();
        for (long offset : offsets) {
            segment.bytes()[(int) offset]++;
        }
        waitUntil("seen", () -> changes() - before >= offsets.length);
    }

    private void step(ChangeSteps.Way way, long caret, long wanted) {
        int before = went.size();
        fx(() -> steps.step(way, caret, SIZE));
        waitUntil("went", () -> went.size() > before);
        assertThat(went.getLast()).isEqualTo(wanted);
    }

    private long changes() {
        Sample sample = newest.get();
        long sum = 0;
        if (sample != null) {
            for (long count : sample.overview().changes()) {
                sum += count;
            }
        }
        return sum;
    }

    private long sweeps() {
        Sample sample = newest.get();
        return sample == null ? 0 : sample.counters().sweepNanos();
    }
}
