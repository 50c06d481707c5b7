package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.github.shmlens.live.Window;
import io.github.shmlens.testing.FxTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.animation.AnimationTimer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a full repaint costs: 1200 × 900, 32 bytes a row, every byte another one at another heat in
/// each frame. Own command, because it wants a quiet machine: `mvn test -Dtest=HexRepaintCostTest
/// -Dtest.groups=soak -Dtest.excludedGroups=`
@Tag("soak")
class HexRepaintCostTest extends FxTest {

    private static final int WARM_UP_FRAMES = 300;
    private static final int FRAMES = 600;
    private static final int LENGTH = 4 * 64 * 32;

    private volatile long[] threadsBefore = new long[2];

    @Test
    void fullRepaintStaysBelowFourMillisecondsOfCpu() throws Exception {
        HexView view = ask(HexView::new);
        open(
                () -> {
                    view.setSize(1 << 30);
                    return view;
                },
                1200,
                900);
        Window[] windows = windows();
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        CountDownLatch done = new CountDownLatch(1);
        long[] cpu = new long[2];
        long[] wall = new long[2];
        long[] cells = new long[1];
        AnimationTimer frames =
                new AnimationTimer() {
                    private int frame;

                    @Override
                    public void handle(long now) {
                        cells[0] += view.painter().paintedCells();
                        if (frame == WARM_UP_FRAMES) {
                            threadsBefore = threadCpu();
                            cpu[0] = process.getProcessCpuTime();
                            wall[0] = System.nanoTime();
                            cells[0] = 0;
                        } else if (frame == WARM_UP_FRAMES + FRAMES) {
                            cpu[1] = process.getProcessCpuTime();
                            wall[1] = System.nanoTime();
                            done.countDown();
                            stop();
                        }
                        view.show(windows[frame++ % windows.length], SampleBytes.NOW);
                    }
                };
        fx(frames::start);
        done.await();
        double cpuMs = (cpu[1] - cpu[0]) / 1e6 / FRAMES;
        long[] threads = threadCpu();
        double fps = FRAMES / ((wall[1] - wall[0]) / 1e9);
        double paintMs = paintMs(view, windows);
        report(
                "1200x900, %d rows of %d: %.2f ms CPU a frame (FX thread %.2f, renderer %.2f), %.1f fps, %d cells a frame, painting alone %.2f ms%n"
                        .formatted(
                                ask(() -> view.painter().visibleRows()),
                                ask(view::bytesPerRow),
                                cpuMs,
                                (threads[0] - threadsBefore[0]) / 1e6 / FRAMES,
                                (threads[1] - threadsBefore[1]) / 1e6 / FRAMES,
                                fps,
                                cells[0] / FRAMES,
                                paintMs));
        assertThat(cpuMs).isLessThan(4);
    }

    /// Of the FX thread and the render thread.
    private static long[] threadCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] cpu = new long[2];
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("JavaFX Application")) {
                cpu[0] = threads.getThreadCpuTime(info.getThreadId());
            } else if (info != null && info.getThreadName().startsWith("QuantumRenderer")) {
                cpu[1] = threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return cpu;
    }

    /// Median time of the painter itself.
    private static double paintMs(HexView view, Window[] windows) {
        return ask(() -> {
            long[] took = new long[200];
            for (int i = 0; i < took.length; i++) {
                view.model().setWindow(windows[i % windows.length]);
                long before = System.nanoTime();
                view.painter().paint(view.model(), SampleBytes.NOW);
                took[i] = System.nanoTime() - before;
            }
            Arrays.sort(took);
            return took[took.length / 2] / 1e6;
        });
    }

    private static Window[] windows() {
        Random random = new Random(1);
        Window[] windows = new Window[16];
        for (int w = 0; w < windows.length; w++) {
            byte[] bytes = new byte[LENGTH];
            random.nextBytes(bytes);
            byte[] marks = new byte[LENGTH];
            long[] changed = new long[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                marks[i] =
                        (byte)
                                (Window.KNOWN
                                        | (random.nextInt(4) == 0 ? Window.SINCE_BASELINE : 0));
                changed[i] = SampleBytes.NOW - random.nextInt(1_000_000_000);
            }
            windows[w] = new Window(0, bytes, marks, changed);
        }
        return windows;
    }

    private static void report(String line) throws IOException {
        Path file = Path.of("target", "measured", "hex-repaint.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, line);
    }
}
