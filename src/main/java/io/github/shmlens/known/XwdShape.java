package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import java.nio.ByteOrder;

/// A picture of an X screen or window, as XWDFile.h lays it out: what `Xvfb -shmem` shares (and its
/// `-fbdir` maps), and what `xwd` writes. 25 big-endian words, a name, colours of 12 bytes each,
/// then lines of pixels. The pixels are not part of the walk: see [Picture].
final class XwdShape implements Shape {

    private static final int WORDS = 100;
    private static final int VERSION = 7;

    /// The only pixel format that is shown; the others are bit planes.
    private static final int Z_PIXMAP = 2;

    private static final int MOST_HEADER = 4096;
    private static final int MOST_COLOURS = 4096;
    private static final int MOST_SIDE = 1 << 15;
    private static final int COLOUR = 12;

    @Override
    public String format() {
        return "xwd";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        if (!head.holds(0, WORDS)) {
            return false;
        }
        long bits = word(head, 11);
        long line = word(head, 12);
        return word(head, 1) == VERSION
                && word(head, 2) == Z_PIXMAP
                && isIn(word(head, 0), WORDS, MOST_HEADER)
                && isIn(word(head, 3), 1, 32)
                && isIn(word(head, 4), 1, MOST_SIDE)
                && isIn(word(head, 5), 1, MOST_SIDE)
                && word(head, 7) <= 1
                && isIn(bits, 1, 32)
                && word(head, 19) <= MOST_COLOURS
                && line >= (word(head, 4) * bits + 7) / 8
                && line <= MOST_SIDE * 16L
                && pixels(head) + line * word(head, 5) <= segmentBytes;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return recognises(head, segmentBytes) ? pixels(head) : Math.min(WORDS, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = new Walk(copy, segmentBytes, ByteOrder.BIG_ENDIAN);
        long header = walk.uint32("header_size", 0, "bytes, with the name");
        walk.uint32("file_version", 4, "");
        walk.uint32("pixmap_format", 8, "2: whole pixels, line by line");
        walk.uint32("pixmap_depth", 12, "bits of a pixel that count");
        walk.uint32("pixmap_width", 16, "pixels");
        walk.uint32("pixmap_height", 20, "pixels");
        walk.uint32("xoffset", 24, "");
        walk.uint32("byte_order", 28, "of pixels; 0: little-endian, 1: big-endian");
        walk.uint32("bitmap_unit", 32, "");
        walk.uint32("bitmap_bit_order", 36, "0: lowest bit first");
        walk.uint32("bitmap_pad", 40, "");
        walk.uint32("bits_per_pixel", 44, "");
        walk.uint32("bytes_per_line", 48, "");
        walk.uint32("visual_class", 52, "4: true colour, 3: pseudo colour");
        walk.hex32("red_mask", 56, "");
        walk.hex32("green_mask", 60, "");
        walk.hex32("blue_mask", 64, "");
        walk.uint32("bits_per_rgb", 68, "");
        walk.uint32("colormap_entries", 72, "");
        walk.uint32("ncolors", 76, "colours of 12 bytes each, before the pixels");
        walk.uint32("window_width", 80, "");
        walk.uint32("window_height", 84, "");
        walk.int32("window_x", 88);
        walk.int32("window_y", 92);
        walk.uint32("window_bdrwidth", 96, "");
        if (!recognises(copy, segmentBytes)) {
            walk.header(WORDS);
            walk.wrong("The header's numbers do not fit each other.");
            return walk.end(format(), "X window dump");
        }
        if (header > WORDS) {
            walk.text("window_name", WORDS, header - WORDS, "");
        }
        long pixels = pixels(copy);
        walk.header(pixels);
        long line = word(copy, 12);
        long height = word(copy, 5);
        if (pixels > header) {
            walk.add("colors", header, pixels - header, "XWDColor[]", "", "12 bytes each");
        }
        walk.add(
                "pixels",
                pixels,
                line * height,
                "bytes",
                "%d × %d".formatted(word(copy, 4), height),
                "");
        walk.entry(pixels, line * height, pixels, line * height);
        Picture picture = Picture.of(copy, header, pixels);
        if (picture == null) {
            walk.remark(
                    "Pixels of %d bits of this kind are not shown as a picture."
                            .formatted(word(copy, 11)));
        } else {
            walk.pictured(picture);
        }
        return walk.end(format(), "X window dump");
    }

    /// One of the header's words, unsigned.
    static long word(ByteView head, int index) {
        return Integer.toUnsignedLong(
                head.int32((long) index * Integer.BYTES, ByteOrder.BIG_ENDIAN));
    }

    /// Where the pixels begin.
    private static long pixels(ByteView head) {
        return word(head, 0) + COLOUR * word(head, 19);
    }

    private static boolean isIn(long value, long least, long most) {
        return value >= least && value <= most;
    }
}
