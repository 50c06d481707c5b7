package io.github.shmlens.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.theme.Settings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The window over a segment of 1 GiB of which a neighbour changes one block in a hundred each
/// second, and some bytes in view: how the frames come, what that takes, and that nothing grows.
/// Not part of a usual run; `installer/frames` runs it.
@Tag("soak")
class FramesTest extends FxTest {

    private static final long SIZE = 1L << 30;
    private static final long MEBIBYTE = 1 << 20;

    /// In the middle of a stretch of noise.
    private static final long HOT = SIZE / 16 * 10 + SIZE / 32;

    /// Intervals of frames, taken on the FX thread.
    private static final class Intervals extends AnimationTimer {

        private final long[] nanos = new long[1 << 14];
        private int count;
        private long last;

        @Override
        public void handle(long now) {
            if (last != 0 && count < nanos.length) {
                nanos[count++] = now - last;
            }
            last = now;
        }

        /// In milliseconds; starts anew.
        ///
        /// @return of each share asked for; the number of frames at the end
        double[] take(double... shares) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            double[] taken = new double[shares.length + 1];
            for (int i = 0; i < shares.length; i++) {
                int at = (int) Math.min(sorted.length - 1L, (long) (shares[i] * sorted.length));
                taken[i] = sorted[at] / 1e6;
            }
            taken[shares.length] = count;
            count = 0;
            last = 0;
            return taken;
        }
    }

    @Test
    void framesComeAndNothingGrows() throws Exception {
        long minutes = Long.getLong("frames.minutes", 10);
        Settings settings = Settings.inMemory();
        settings.watchedBytesProperty().set(SIZE);
        try (BenchSegment segment = BenchSegment.ofSize(SIZE);
                Peer writer = Peer.inC("writer", segment.shmid());
                BenchWindow window = BenchWindow.open(settings, 1280, 800)) {
            writer.ask("fill");
            window.attach(segment.target());
            fx(() -> window.hex().goTo(HOT));
            writer.ask("go 1 " + HOT);
            // Compilers, first sweep.
            BenchWindow.rest(20_000);
            Intervals intervals = new Intervals();
            fx(intervals::start);
            long early = 0;
            long late = 0;
            double median = 0;
            for (long minute = 1; minute <= minutes; minute++) {
                double cpu = cpuShare(window, intervals);
                double[] frame = ask(() -> intervals.take(0.5, 0.9, 0.99, 0.999, 1));
                median = frame[0];
                screenshot(window.stage(), "frames-" + minute);
                late = heapAfterGc();
                early = minute == Math.min(2, minutes) ? late : early;
                System.out.printf(
                        "frames %3d: %.0f frames, interval median %.1f, 90 %% %.1f, 99 %% %.1f,"
                                + " 99.9 %% %.1f, most %.1f ms; CPU %.0f %% of one core; heap after"
                                + " GC %d MiB; RSS %d MiB; %,.0f blocks written; %s%n",
                        minute,
                        frame[5],
                        frame[0],
                        frame[1],
                        frame[2],
                        frame[3],
                        frame[4],
                        cpu,
                        late / MEBIBYTE,
                        rss() / MEBIBYTE,
                        writer.ask("count"),
                        ask(window::statusWords));
            }
            assertThat(median).as("median interval of frames, ms").isLessThan(20);
            assertThat(late)
                    .as("heap after GC")
                    .isLessThanOrEqualTo(early + early / 2 + 30 * MEBIBYTE);
        }
    }

    /// Lets a minute pass.
    private static double cpuShare(BenchWindow window, Intervals intervals) throws Exception {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        // What came before (a collection, a picture) is not part of it.
        fx(() -> intervals.take());
        long cpu = process.getProcessCpuTime();
        long begun = System.nanoTime();
        BenchWindow.rest(TimeUnit.MINUTES.toMillis(1));
        assertThat(ask(window::statusWords)).contains("live");
        return 100.0 * (process.getProcessCpuTime() - cpu) / (System.nanoTime() - begun);
    }

    private static long heapAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long rss() throws Exception {
        String statm = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/statm"));
        return Long.parseLong(statm.split(" ")[1]) * 4096;
    }
}
