package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Where a picture's pixels lie in a segment and how they are made, proven to lie inside it.
/// Immutable.
public final class Picture {

    private static final int COLOUR = 12;
    private static final int OPAQUE = 0xff << 24;

    private final long offset;
    private final int width;
    private final int height;
    private final int lineBytes;
    private final int bits;
    private final boolean little;
    private final int red;
    private final int green;
    private final int blue;

    /// By pixel, where pixels are indexes; empty where they hold colours themselves.
    private final int[] palette;

    private Picture(ByteView head, long offset, int[] palette) {
        this.offset = offset;
        this.width = (int) XwdShape.word(head, 4);
        this.height = (int) XwdShape.word(head, 5);
        this.little = XwdShape.word(head, 7) == 0;
        this.bits = (int) XwdShape.word(head, 11);
        this.lineBytes = (int) XwdShape.word(head, 12);
        this.red = (int) XwdShape.word(head, 14);
        this.green = (int) XwdShape.word(head, 15);
        this.blue = (int) XwdShape.word(head, 16);
        this.palette = palette;
    }

    /// @param head of a window dump whose numbers were checked, with its colours
    /// @return null for pixels that are not whole bytes, or that have neither masks nor colours
    static @Nullable Picture of(ByteView head, long colours, long pixels) {
        int bits = (int) XwdShape.word(head, 11);
        if (bits % Byte.SIZE != 0) {
            return null;
        }
        boolean masked =
                XwdShape.word(head, 14) != 0
                        && XwdShape.word(head, 15) != 0
                        && XwdShape.word(head, 16) != 0;
        if (masked) {
            return new Picture(head, pixels, new int[0]);
        }
        int count = (int) XwdShape.word(head, 19);
        if (bits != Byte.SIZE || count == 0 || !head.holds(colours, (long) count * COLOUR)) {
            return null;
        }
        int[] palette = new int[1 << Byte.SIZE];
        for (long i = 0; i < count; i++) {
            long at = colours + i * COLOUR;
            int pixel = head.int32(at, ByteOrder.BIG_ENDIAN);
            if (pixel >= 0 && pixel < palette.length) {
                // Of 16 bits each, big-endian: the first byte is the one that is seen.
                palette[pixel] =
                        head.uint8(at + 4) << 16 | head.uint8(at + 6) << 8 | head.uint8(at + 8);
            }
        }
        return new Picture(head, pixels, palette);
    }

    /// In pixels.
    public int width() {
        return width;
    }

    /// In pixels.
    public int height() {
        return height;
    }

    /// Bytes from one line's start to the next one's.
    public int lineBytes() {
        return lineBytes;
    }

    /// Where a line begins, from the segment's start.
    ///
    /// @param line from 0 up to the height
    public long lineOffset(int line) {
        return offset + (long) line * lineBytes;
    }

    /// Turns one line of pixels into colours, each `step`th pixel.
    ///
    /// @param line the line's bytes, [#lineBytes] of them
    /// @param step at least 1
    /// @param into 0xAARRGGBB, opaque
    /// @param at where in `into` the first one goes; there must be room for `width / step` rounded
    ///   up
    public void colours(byte[] line, int step, int[] into, int at) {
        int bytes = bits / Byte.SIZE;
        for (int x = 0, to = at; x < width; x += step, to++) {
            int from = x * bytes;
            int pixel = 0;
            for (int i = 0; i < bytes; i++) {
                int shift = Byte.SIZE * (little ? i : bytes - 1 - i);
                pixel |= (line[from + i] & 0xff) << shift;
            }
            into[to] = OPAQUE | colour(pixel);
        }
    }

    private int colour(int pixel) {
        if (palette.length > 0) {
            return palette[pixel & 0xff];
        }
        return channel(pixel, red) << 16 | channel(pixel, green) << 8 | channel(pixel, blue);
    }

    /// What a mask lets through, stretched to 8 bits.
    private static int channel(int pixel, int mask) {
        int shift = Integer.numberOfTrailingZeros(mask);
        long most = Integer.toUnsignedLong(mask >>> shift);
        return (int) (Integer.toUnsignedLong((pixel & mask) >>> shift) * 0xff / most);
    }

    /// Whether another one is made in the same way.
    public boolean isLike(@Nullable Picture other) {
        return other != null
                && offset == other.offset
                && width == other.width
                && height == other.height
                && lineBytes == other.lineBytes;
    }
}
