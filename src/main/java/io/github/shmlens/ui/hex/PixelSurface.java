package io.github.shmlens.ui.hex;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// An image whose pixels are those of the screen, one to one at every output scale, painted by
/// writing an `int[]`. FX thread.
final class PixelSurface {

    /// Sizes grow in steps, so that dragging a divider does not make an image per pixel.
    private static final int STEP = 128;

    private final ImageView view = new ImageView();
    private int[] pixels = new int[0];
    private PixelBuffer<IntBuffer> buffer =
            new PixelBuffer<>(1, 1, IntBuffer.allocate(1), PixelFormat.getIntArgbPreInstance());
    private int stride;
    private int lines;
    private int width;
    private int height;

    PixelSurface() {
        view.setSmooth(false);
        view.setPreserveRatio(false);
        view.setMouseTransparent(true);
        view.setManaged(false);
    }

    ImageView view() {
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
            buffer =
                    new PixelBuffer<>(
                            stride,
                            lines,
                            IntBuffer.wrap(pixels),
                            PixelFormat.getIntArgbPreInstance());
            view.setImage(new WritableImage(buffer));
        }
        return true;
    }

    /// Shows the pixels from `x` on, `shownWidth` of them, at the view's place.
    ///
    /// @param scale pixels per unit of layout
    void place(int x, int shownWidth, double scale) {
        Rectangle2D shown = new Rectangle2D(x, 0, shownWidth, height);
        // An equal rectangle that is another object would count as a change of geometry.
        if (!shown.equals(view.getViewport())) {
            view.setViewport(shown);
        }
        view.setFitWidth(shownWidth / scale);
        view.setFitHeight(height / scale);
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
        if (from < to) {
            buffer.updateBuffer(shared -> new Rectangle2D(0, from, width, to - from));
        }
    }

    private static int roundUp(int size) {
        return (size + STEP - 1) / STEP * STEP;
    }
}
