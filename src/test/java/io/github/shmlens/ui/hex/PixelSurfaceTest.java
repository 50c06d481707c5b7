package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelReader;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelSurfaceTest extends FxTest {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 5 * PixelSurface.BAND_LINES / 2;

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.25, 1.5, 1.75, 2})
    void everyPixelReachesTheScreenOneToOneAndNoSeamShows(double scale) {
        String wrong =
                ask(() -> {
                    PixelSurface surface = new PixelSurface();
                    surface.resize(WIDTH, HEIGHT);
                    surface.place(0, WIDTH, scale);
                    paint(surface);
                    surface.changed(0, HEIGHT);
                    return firstOtherPixel(surface, 0, WIDTH, scale);
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void showsThePixelsFromTheOneAskedForOn() {
        String wrong =
                ask(() -> {
                    PixelSurface surface = new PixelSurface();
                    surface.resize(WIDTH, HEIGHT);
                    surface.place(90, WIDTH - 90, 1.5);
                    paint(surface);
                    surface.changed(0, HEIGHT);
                    return firstOtherPixel(surface, 90, WIDTH - 90, 1.5);
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void aChangedLineDrawsItsBandAndNoOther() {
        int[] drawn =
                ask(() -> {
                    PixelSurface surface = new PixelSurface();
                    surface.resize(WIDTH, HEIGHT);
                    surface.place(0, WIDTH, 1);
                    surface.changed(PixelSurface.BAND_LINES + 7, PixelSurface.BAND_LINES + 8);
                    int one = surface.handedOver();
                    surface.changed(PixelSurface.BAND_LINES - 1, PixelSurface.BAND_LINES + 1);
                    int two = surface.handedOver() - one;
                    surface.changed(-5, HEIGHT + 5);
                    return new int[] {one, two, surface.handedOver() - one - two};
                });
        assertThat(drawn).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.25, 1.5, 1.75, 2, 2.25, 3})
    void aStepIsAWholeNumberOfUnits(double scale) {
        double units = PixelSurface.step(scale) / scale;
        assertThat(units).isEqualTo(Math.rint(units));
    }

    /// Every pixel another opaque colour than the ones around it.
    private static void paint(PixelSurface surface) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                surface.fill(x, y, 1, 1, colour(x, y));
            }
        }
    }

    private static int colour(int x, int y) {
        return 0xFF000000 | x % 251 << 16 | y % 241 << 8 | (x * 7 + y * 13) % 239;
    }

    private static String firstOtherPixel(
            PixelSurface surface, int fromX, int width, double scale) {
        Pane root = new Pane(surface.view());
        new Scene(root, WIDTH, HEIGHT);
        SnapshotParameters asOnScreen = new SnapshotParameters();
        asOnScreen.setTransform(Transform.scale(scale, scale));
        asOnScreen.setViewport(new Rectangle2D(0, 0, width, HEIGHT));
        PixelReader shown = root.snapshot(asOnScreen, null).getPixelReader();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                if (shown.getArgb(x, y) != colour(fromX + x, y)) {
                    return "%d, %d: %08x".formatted(x, y, shown.getArgb(x, y));
                }
            }
        }
        return "";
    }
}
