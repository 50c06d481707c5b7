package io.github.shmlens.ui.hex;

import com.sun.management.OperatingSystemMXBean;
import io.github.shmlens.live.Window;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

/// What a repaint costs: 1200 × 900, 32 bytes a row. The toolkit must be running; not on the FX
/// thread. The compilers' time counts as ours, so what is measured once should be measured again.
public final class RepaintCost {

    private static final int WARM_UP_FRAMES = 240;
    private static final int FRAMES = 240;
    private static final int LENGTH = 4 * 64 * 32;

    /// Per frame, in milliseconds.
    ///
    /// @param cpu of the whole process
    /// @param painting of the painter alone, in wall time; 0 for a bare image
    public record Cost(double cpu, double fx, double renderer, double fps, double painting) {
        @Override
        public String toString() {
            return "%.2f ms CPU a frame (FX thread %.2f, of it painting %.2f; renderer %.2f), %.1f fps"
                    .formatted(cpu, fx, painting, renderer, fps);
        }
    }

    private RepaintCost() {}

    /// Of the hex view in a window of its own, every byte another one at full heat in each frame.
    public static Cost ofHexView() throws InterruptedException {
        return ofHexView(windows());
    }

    /// Of the hex view, eight bytes of one row others in each frame.
    public static Cost ofFewBytes() throws InterruptedException {
        return ofHexView(windowsThatDifferInOneRow());
    }

    private static Cost ofHexView(Window[] windows) throws InterruptedException {
        AtomicReference<HexView> made = new AtomicReference<>();
        Stage stage =
                open(() -> {
                    HexView view = new HexView();
                    view.setSize(1 << 30);
                    made.set(view);
                    return view;
                });
        HexView view = Objects.requireNonNull(made.get());
        long[] painting = new long[2];
        Cost whole =
                measure(n -> {
                    view.show(windows[n % windows.length], SampleBytes.NOW);
                    long begun = System.nanoTime();
                    view.layout();
                    if (n >= WARM_UP_FRAMES) {
                        painting[0] += System.nanoTime() - begun;
                        painting[1]++;
                    }
                });
        onFx(stage::hide);
        return new Cost(
                whole.cpu(),
                whole.fx(),
                whole.renderer(),
                whole.fps(),
                painting[0] / 1e6 / painting[1]);
    }

    /// What JavaFX takes to bring as many pixels to the screen, whoever painted them.
    public static Cost ofBareImage() throws InterruptedException {
        AtomicReference<PixelSurface> made = new AtomicReference<>();
        Stage stage =
                open(() -> {
                    PixelSurface surface = new PixelSurface();
                    surface.resize(1200, 900);
                    surface.place(0, 1200, 1);
                    made.set(surface);
                    return new Pane(surface.view());
                });
        PixelSurface surface = Objects.requireNonNull(made.get());
        Cost cost = measure(n -> surface.changed(0, 900));
        onFx(stage::hide);
        return cost;
    }

    private static Stage open(Supplier<Parent> root) throws InterruptedException {
        AtomicReference<Stage> opened = new AtomicReference<>();
        onFx(() -> {
            Stage stage = new Stage();
            stage.setX(10);
            stage.setY(10);
            stage.setScene(new Scene(root.get(), 1200, 900));
            stage.show();
            stage.toFront();
            opened.set(stage);
        });
        return Objects.requireNonNull(opened.get());
    }

    private static void onFx(Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            work.run();
            done.countDown();
        });
        done.await();
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
        onFx(frames::start);
        done.await();
        return new Cost(
                (spent[4] - spent[0]) / 1e6 / FRAMES,
                (spent[5] - spent[1]) / 1e6 / FRAMES,
                (spent[6] - spent[2]) / 1e6 / FRAMES,
                FRAMES / ((spent[7] - spent[3]) / 1e9),
                0);
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

    private static Window[] windowsThatDifferInOneRow() {
        Window[] windows = new Window[16];
        for (int w = 0; w < windows.length; w++) {
            byte[] bytes = new byte[LENGTH];
            byte[] marks = new byte[LENGTH];
            Arrays.fill(bytes, 20 * 32, 20 * 32 + 8, (byte) w);
            Arrays.fill(marks, (byte) Window.KNOWN);
            windows[w] = new Window(0, bytes, marks, new long[LENGTH]);
        }
        return windows;
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
}
