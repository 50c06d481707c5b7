package io.github.shmlens.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A window with real clicks and keys. With [Hands] the only class of ours that knows TestFX.
///
/// Needs a display; run under Xvfb. Test methods run on JUnit's thread: touch nodes only inside
/// [#fx] and [#ask].
@Tag("window")
public abstract class FxTest {

    /// Long enough for a machine that has other things to do as well.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Clicks, types, scrolls.
    protected final FxRobot robot = new Hands(FxTest::waitForFx);

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        // Without it, an exception on the FX thread in one test fails the next one.
        WaitForAsyncUtils.autoCheckException = false;
    }

    @AfterEach
    void closeWindows() throws TimeoutException {
        robot.release(new KeyCode[] {});
        robot.release(new javafx.scene.input.MouseButton[] {});
        fx(() -> java.util.List.copyOf(Window.getWindows()).forEach(Window::hide));
        waitForFx();
    }

    /// Opens a window at the screen's corner. The root is made on the FX thread.
    protected Stage open(Supplier<? extends Parent> root, double width, double height) {
        Stage opened =
                ask(() -> {
                    Stage stage = new Stage();
                    stage.setX(40);
                    stage.setY(40);
                    stage.setScene(new Scene(root.get(), width, height));
                    stage.show();
                    stage.toFront();
                    stage.requestFocus();
                    return stage;
                });
        waitUntil("window shown", () -> opened.isShowing() && opened.getScene().getWidth() > 0);
        waitForFx();
        return opened;
    }

    /// Presses and releases keys one after the other without waiting in between, as fast fingers
    /// do.
    protected static void strike(KeyCode... keys) {
        fx(() -> {
            javafx.scene.robot.Robot hands = new javafx.scene.robot.Robot();
            for (KeyCode key : keys) {
                hands.keyType(key);
            }
        });
    }

    /// Runs on the FX thread and waits for the end. An exception there is one here.
    protected static void fx(Runnable work) {
        ask(() -> {
            work.run();
            return true;
        });
    }

    /// Asks on the FX thread and waits for the answer.
    protected static <T> T ask(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), question);
    }

    /// Waits until the FX thread has done all that was asked of it before, by keys and mouse too,
    /// and has drawn a frame with it.
    protected static void waitForFx() {
        // What hands did comes back from the X server, and goes before what is asked for later.
        ask(() -> true);
        CountDownLatch drawn = new CountDownLatch(1);
        fx(() -> new Frames(drawn).start());
        try {
            assertThat(drawn.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as("frames are drawn")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the frame after the next one: then the next one is drawn.
    private static final class Frames extends AnimationTimer {
        private final CountDownLatch drawn;
        private boolean begun;

        Frames(CountDownLatch drawn) {
            this.drawn = drawn;
        }

        @Override
        public void handle(long now) {
            if (begun) {
                stop();
                drawn.countDown();
            }
            begun = true;
        }
    }

    /// Polls on the FX thread until it holds, and fails when it does not within seconds.
    protected static void waitUntil(String what, BooleanSupplier holds) {
        try {
            WaitForAsyncUtils.waitFor(
                    PATIENCE.toMillis(), TimeUnit.MILLISECONDS, () -> ask(holds::getAsBoolean));
        } catch (TimeoutException late) {
            throw new AssertionError("still not: " + what, late);
        }
    }

    /// Where a point of a node is on the screen.
    protected static Point2D onScreen(Node node, double x, double y) {
        return ask(() -> node.localToScreen(x, y));
    }

    /// Saves what the screen really shows of this window, pixel by pixel, as
    /// `target/screenshots/NAME.png`.
    protected static Path screenshot(Stage stage, String name) {
        waitForFx();
        WritableImage image =
                ask(() -> {
                    Scene scene = stage.getScene();
                    return new javafx.scene.robot.Robot()
                            .getScreenCapture(
                                    null,
                                    stage.getX() + scene.getX(),
                                    stage.getY() + scene.getY(),
                                    scene.getWidth(),
                                    scene.getHeight(),
                                    false);
                });
        Path file = Path.of("target", "screenshots", name + ".png");
        save(image, file);
        assertThat(file).isNotEmptyFile();
        return file;
    }

    private static void save(WritableImage image, Path file) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        PixelReader pixels = image.getPixelReader();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(copy, "png", file.toFile());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
