package io.github.shmlens.ui.hex;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// Pixels of the screen, one to one at every output scale, painted by writing an `int[]`. FX
/// thread.
///
/// JavaFX draws an image whole as soon as one of its pixels has changed. So the pixels are shown as
/// bands, each an image of its own, and one changed byte draws the band it lies in.
final class PixelSurface {

    /// Sizes grow in steps, so that dragging a divider does not make an image per pixel.
    private static final int STEP = 128;

    /// Lines of a band: at every quarter of a scale up to 2 a band ends where a unit of layout
    /// does, so that no seam shows. Smaller ones make few changes cheaper and many dearer.
    static final int BAND_LINES = 210;

    private static final Insets NOWHERE = new Insets(0, 1 << 20, 1 << 20, 0);

    /// @param first line of the surface
    private record Band(int first, PixelBuffer<IntBuffer> buffer, ImageView view) {}

    private final Pane view = new Pane();
    private final List<Band> bands = new ArrayList<>();
    private int[] pixels = new int[0];
    private int stride;
    private int lines;
    private int width;
    private int height;
    private int handedOver;

    PixelSurface() {
        coverWhole(view, Color.TRANSPARENT);
        view.setMouseTransparent(true);
        view.setManaged(false);
    }

    /// Says that what is in a region covers all of it, so that nothing behind it is drawn with
    /// every change. A background would be: this one has no size, and is there because JavaFX asks
    /// a region without one for nothing else.
    static void coverWhole(Region region, Color colour) {
        region.setOpaqueInsets(Insets.EMPTY);
        region.setBackground(
                new Background(new BackgroundFill(colour, CornerRadii.EMPTY, NOWHERE)));
    }

    Node view() {
        return view;
    }

    int[] pixels() {
        return pixels;
    }

    /// Ints from one line to the next.
    int stride() {
        return stride;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// A multiple of so many pixels is a whole number of units at this scale, if that is a whole
    /// number of quarters: where surfaces meet so, no seam shows.
    static int step(double scale) {
        int quarters = Math.max(1, (int) Math.round(4 * scale));
        return quarters >> Math.min(2, Integer.numberOfTrailingZeros(quarters));
    }

    /// Makes room.
    ///
    /// @return whether the pixels are new, and everything must be painted again
    boolean resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return false;
        }
        width = Math.max(1, newWidth);
        height = Math.max(1, newHeight);
        if (width > stride
                || height > lines
                || stride - width > 4 * STEP
                || lines - height > 4 * STEP) {
            stride = roundUp(width);
            lines = roundUp(height);
            pixels = new int[stride * lines];
            makeBands();
        }
        return true;
    }

    private void makeBands() {
        bands.clear();
        for (int first = 0; first < lines; first += BAND_LINES) {
            int count = Math.min(BAND_LINES, lines - first);
            IntBuffer part = IntBuffer.wrap(pixels, first * stride, count * stride).slice();
            PixelBuffer<IntBuffer> buffer =
                    new PixelBuffer<>(stride, count, part, PixelFormat.getIntArgbPreInstance());
            ImageView image = new ImageView(new WritableImage(buffer));
            image.setSmooth(false);
            image.setPreserveRatio(false);
            image.setManaged(false);
            bands.add(new Band(first, buffer, image));
        }
        view.getChildren().setAll(bands.stream().map(Band::view).toList());
    }

    /// Shows the pixels from `x` on, `shownWidth` of them, at the view's place.
    ///
    /// @param scale pixels per unit of layout
    void place(int x, int shownWidth, double scale) {
        view.resize(shownWidth / scale, height / scale);
        for (Band band : bands) {
            int count = Math.min(BAND_LINES, height - band.first());
            band.view().setVisible(count > 0);
            Rectangle2D shown = new Rectangle2D(x, 0, shownWidth, Math.max(1, count));
            // An equal rectangle that is another object would count as a change of geometry.
            if (!shown.equals(band.view().getViewport())) {
                band.view().setViewport(shown);
            }
            band.view().setLayoutY(band.first() / scale);
            band.view().setFitWidth(shownWidth / scale);
            band.view().setFitHeight(Math.max(1, count) / scale);
        }
    }

    void fill(int x, int y, int w, int h, int argb) {
        int right = Math.min(x + w, width);
        int bottom = Math.min(y + h, height);
        int left = Math.max(0, x);
        for (int line = Math.max(0, y); line < bottom && left < right; line++) {
            Arrays.fill(pixels, line * stride + left, line * stride + right, argb);
        }
    }

    /// An empty rectangle with lines of this thickness, inside.
    void frame(int x, int y, int w, int h, int thickness, int argb) {
        fill(x, y, w, thickness, argb);
        fill(x, y + h - thickness, w, thickness, argb);
        fill(x, y, thickness, h, argb);
        fill(x + w - thickness, y, thickness, h, argb);
    }

    /// Copies a tile; cut at the surface's edges.
    void blit(int[] tile, int tileWidth, int tileHeight, int x, int y) {
        int w = Math.min(tileWidth, width - x);
        int h = Math.min(tileHeight, height - y);
        int to = y * stride + x;
        for (int line = 0, from = 0; line < h && w > 0; line++, from += tileWidth, to += stride) {
            System.arraycopy(tile, from, pixels, to, w);
        }
    }

    /// Hands painted lines to the screen.
    void changed(int fromLine, int toLine) {
        int from = Math.max(0, fromLine);
        int to = Math.min(toLine, height);
        for (int i = from / BAND_LINES; i < bands.size() && bands.get(i).first() < to; i++) {
            Band band = bands.get(i);
            int top = Math.max(0, from - band.first());
            int bottom = Math.min(BAND_LINES, to - band.first());
            handedOver++;
            band.buffer().updateBuffer(shared -> new Rectangle2D(0, top, width, bottom - top));
        }
    }

    /// How many bands were to be drawn again so far, for tests.
    int handedOver() {
        return handedOver;
    }

    /// A part as it is now, which must lie inside.
    Image copy(int x, int y, int w, int h) {
        WritableImage image = new WritableImage(w, h);
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        w,
                        h,
                        PixelFormat.getIntArgbPreInstance(),
                        pixels,
                        y * stride + x,
                        stride);
        return image;
    }

    private static int roundUp(int size) {
        return (size + STEP - 1) / STEP * STEP;
    }
}
