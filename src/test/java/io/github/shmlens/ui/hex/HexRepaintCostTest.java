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
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a full repaint costs: 1200 × 900, 32 bytes a row, every byte another one at another heat in
/// each frame. Own command, because it wants a quiet machine: `mvn test -Dtest=HexRepaintCostTest
/// -Dtest.groups=soak -Dtest.excludedGroups=`
@Tag("soak")
class HexRepaintCostTest extends FxTest {

    /// Long enough for the compilers to be done; their time counts as ours.
    private static final int WARM_UP_FRAMES = 1500;

    private static final int FRAMES = 600;
    private static final int LENGTH = 4 * 64 * 32;

    /// Per frame, in milliseconds.
    private record Cost(double cpu, double fx, double renderer, double fps) {
        @Override
        public String toString() {
            return "%.2f ms CPU a frame (FX thread %.2f, renderer %.2f), %.1f fps"
                    .formatted(cpu, fx, renderer, fps);
        }
    }

    @Test
    void fullRepaintStaysBelowFourMillisecondsOfCpu() throws Exception {
        Window[] windows = windows();
        HexView view = ask(HexView::new);
        Stage stage =
                open(
                        () -> {
                            view.setSize(1 << 30);
                            return view;
                        },
                        1200,
                        900);
        Cost whole = measure(n -> view.show(windows[n % windows.length], SampleBytes.NOW));
        double paintMs = paintMs(view, windows);
        fx(stage::hide);
        Cost bare = bareImage();
        report(
                """
                1200x900, %d rows of %d, every byte changed in each frame
                hex view:          %s; painting alone %.2f ms
                bare image, same size, nothing painted: %s
                """
                        .formatted(
                                ask(() -> view.painter().visibleRows()),
                                ask(view::bytesPerRow),
                                whole,
                                paintMs,
                                bare));
        assertThat(whole.cpu()).isLessThan(4);
    }

    /// What JavaFX takes to bring as many pixels to the screen, whoever painted them.
    private Cost bareImage() throws InterruptedException {
        PixelSurface surface = ask(PixelSurface::new);
        open(
                () -> {
                    surface.resize(1200, 900);
                    surface.place(0, 1200, 1);
                    return new Pane(surface.view());
                },
                1200,
                900);
        return measure(n -> surface.changed(0, 900));
    }

    private static Cost measure(IntConsumer frame) throws InterruptedException {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        CountDownLatch done = new CountDownLatch(1);
        long[] spent = new long[8];
        AnimationTimer frames =
                new AnimationTimer() {
                    private int number;

                    @Override
                    public void handle(long now) {
                        if (number == WARM_UP_FRAMES) {
                            note(spent, 0, process);
                        } else if (number == WARM_UP_FRAMES + FRAMES) {
                            note(spent, 4, process);
                            done.countDown();
                            stop();
                        }
                        frame.accept(number++);
                    }
                };
        fx(frames::start);
        done.await();
        return new Cost(
                (spent[4] - spent[0]) / 1e6 / FRAMES,
                (spent[5] - spent[1]) / 1e6 / FRAMES,
                (spent[6] - spent[2]) / 1e6 / FRAMES,
                FRAMES / ((spent[7] - spent[3]) / 1e9));
    }

    private static void note(long[] spent, int at, OperatingSystemMXBean process) {
        long[] threads = threadCpu();
        spent[at] = process.getProcessCpuTime();
        spent[at + 1] = threads[0];
        spent[at + 2] = threads[1];
        spent[at + 3] = System.nanoTime();
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
                changed[i] = SampleBytes.NOW;
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
