package io.github.shmlens.ui.slots;

import static io.github.shmlens.testing.WatchedStore.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.live.Sample;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.application.Application;
import org.junit.jupiter.api.Test;

/// A hundred thousand slots, and what showing one more sample of them costs the FX thread.
class SlotTableScaleTest extends FxTest {

    private static final int SLOTS = 100_000;

    private static long millis(List<Long> nanos) {
        Collections.sort(nanos);
        return nanos.get(nanos.size() / 2) / 1_000_000;
    }

    @Test
    void aHundredThousandSlotsStaySmooth() {
        WatchedStore store = WatchedStore.ofSize(8 << 20);
        for (int i = 0; i < SLOTS; i++) {
            store.put(i, "i:" + i + ";");
        }
        long now = System.nanoTime();
        Sample first = store.sample(now);
        fx(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
        SlotTable table = ask(SlotTable::new);
        open(() -> table, 600, 400);
        long began = System.nanoTime();
        fx(() -> table.show(first, now));
        long firstMillis = (System.nanoTime() - began) / 1_000_000;

        List<Long> still = new ArrayList<>();
        List<Long> moving = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Sample same = store.sample(now + seconds(i));
            Sample moved = store.put(500 + i * 2000L, "i:7;").sample(now + seconds(i + 0.5));
            fx(() -> {
                long start = System.nanoTime();
                table.show(same, same.atNanos());
                table.layout();
                still.add(System.nanoTime() - start);
                start = System.nanoTime();
                table.show(moved, moved.atNanos());
                table.layout();
                moving.add(System.nanoTime() - start);
            });
        }
        List<Long> choosing = new ArrayList<>();
        for (long key : List.of(77_777L, 12L, 50_000L, 99_999L, 33_333L)) {
            fx(() -> {
                long start = System.nanoTime();
                table.select(key);
                table.layout();
                choosing.add(System.nanoTime() - start);
            });
        }
        System.getLogger("scale")
                .log(
                        System.Logger.Level.INFO,
                        "first %d ms, same slots %d ms, one moved %d ms, choose %d ms"
                                .formatted(
                                        firstMillis,
                                        millis(still),
                                        millis(moving),
                                        millis(choosing)));
        assertThat(firstMillis).isLessThan(1000);
        assertThat(millis(still)).isLessThan(50);
        assertThat(millis(moving)).isLessThan(100);
        assertThat(millis(choosing)).isLessThan(100);
    }
}
