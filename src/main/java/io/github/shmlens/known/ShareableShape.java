package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Counted;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A variable under Perl's IPC::Shareable: its name, then an image made by Storable's `freeze`.
/// Only the image's frame is read: version, byte order and widths, and what its outermost value is.
///
/// ```
/// 0                14        15     16     17           17+n
/// | IPC::Shareable | major*2 | minor| n    | byte order | int long pointer double | value ...
///                    +1: network order; then minor is followed by the value
/// ```
final class ShareableShape implements Shape {

    private static final byte[] TAG = "IPC::Shareable".getBytes(StandardCharsets.US_ASCII);

    /// Of Storable's format; 2 since 1998.
    private static final int NEWEST_MAJOR = 3;

    @Override
    public String format() {
        return "perl-shareable";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        if (!head.holds(0, TAG.length + 2)) {
            return false;
        }
        int major = head.uint8(TAG.length) >> 1;
        return head.mismatch(0, ByteView.of(TAG), 0, TAG.length) < 0
                && major >= 1
                && major <= NEWEST_MAJOR;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(HEAD_BYTES, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        walk.text("tag", 0, TAG.length, "");
        long at = TAG.length;
        if (walk.holds(at, 2)) {
            int first = copy.uint8(at);
            boolean network = (first & 1) != 0;
            walk.add(
                    "Storable version",
                    at,
                    2,
                    "u8[2]",
                    "%d.%d".formatted(first >> 1, copy.uint8(at + 1)),
                    network ? "numbers in network order" : "numbers in the writer's own order");
            at += 2;
            boolean little = false;
            if (!network && walk.holds(at, 1)) {
                int length = walk.uint8("byte order length", at, "");
                at++;
                if (walk.holds(at, length + 4L)) {
                    String order = walk.text(at, length);
                    little = order.startsWith("1");
                    walk.text("byte order", at, length, little ? "little-endian" : "big-endian");
                    at += length;
                    walk.uint8("int", at, "bytes");
                    walk.uint8("long", at + 1, "bytes");
                    walk.uint8("pointer", at + 2, "bytes");
                    walk.uint8("double", at + 3, "bytes");
                    at += 4;
                }
            }
            root(walk, at, little);
        }
        walk.header(at);
        if (at < segmentBytes) {
            walk.entry(at, segmentBytes - at, at, segmentBytes - at);
        }
        walk.remark("The value itself is Perl's Storable image, which is not taken apart here.");
        return walk.end(format(), "Perl IPC::Shareable");
    }

    /// The type codes are those of Storable.xs.
    private static void root(Walk walk, long at, boolean little) {
        if (!walk.holds(at, 1)) {
            return;
        }
        int code = walk.copy().uint8(at);
        String word =
                switch (code) {
                    case 1, 10, 23, 24 -> "string";
                    case 2 -> "array";
                    case 3, 25 -> "hash";
                    case 4, 20, 27, 28 -> "reference";
                    case 5, 14 -> "undef";
                    case 6, 8, 9 -> "integer";
                    case 7 -> "double";
                    case 17, 18, 19 -> "object";
                    default -> "code %d".formatted(code);
                };
        String note = "";
        if ((code == 2 || code == 3) && walk.copy().holds(at + 1, Integer.BYTES)) {
            ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            note = Counted.of(Integer.toUnsignedLong(walk.copy().int32(at + 1, order)), "element");
        }
        walk.add("value", at, 1, "u8", word, note);
    }
}
