package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Counted;
import java.nio.ByteOrder;

/// A Java virtual machine's performance data, a file that it maps (`/tmp/hsperfdata_USER/PID`), as
/// HotSpot's perfMemory.hpp and perfData.hpp lay it out:
///
/// ```
/// 0       4      5      6      7           8     12        16        24           28            32
/// | magic | order| major| minor| accessible| used| overflow| mod time| entry offset| num entries|
///
/// entry: 0        4            8               12    13     14    15           16           20
///        | length | name offset| vector length | type| flags| unit| variability| data offset| ...
/// ```
///
/// The magic is big-endian, everything else in the order that `order` tells; an entry's offsets
/// count from the entry.
final class HsperfdataShape implements Shape {

    private static final int MAGIC = 0xcafec0c0;
    private static final int PROLOGUE = 32;
    private static final int ENTRY = 20;

    /// The file has 32 KiB unless it was asked for more.
    private static final long MOST_BYTES = 4 << 20;

    @Override
    public String format() {
        return "jvm-hsperfdata";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return head.holds(0, PROLOGUE)
                && head.int32(0, ByteOrder.BIG_ENDIAN) == MAGIC
                && head.uint8(4) <= 1
                && head.uint8(5) == 2;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        if (!head.holds(0, PROLOGUE)) {
            return Math.min(PROLOGUE, segmentBytes);
        }
        long used = head.int32(8, order(head));
        return Math.min(segmentBytes, Math.clamp(used, PROLOGUE, MOST_BYTES));
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        ByteOrder order = copy.holds(4, 1) ? order(copy) : ByteOrder.LITTLE_ENDIAN;
        Walk walk = new Walk(copy, segmentBytes, order);
        walk.header(PROLOGUE);
        if (!walk.holds(0, PROLOGUE)) {
            return walk.end(format(), "Java performance data");
        }
        walk.add("magic", 0, 4, "u32 big-endian", "0xcafec0c0", "");
        walk.uint8("byte_order", 4, order == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
        walk.uint8("major_version", 5, "");
        walk.uint8("minor_version", 6, "");
        int accessible = walk.uint8("accessible", 7, "1: the virtual machine has set it up");
        long used = walk.int32("used", 8, "bytes");
        walk.int32("overflow", 12, "bytes that did not fit");
        walk.int64("mod_time_stamp", 16, "ticks at the last change of the entries");
        long first = walk.int32("entry_offset", 24, "");
        long count = walk.int32("num_entries", 28, "");
        if (accessible == 0) {
            walk.remark("The virtual machine has not set it up yet.");
        }
        if (used < PROLOGUE || used > segmentBytes) {
            walk.wrong("%s cannot be used of %d.".formatted(Counted.bytes(used), segmentBytes));
        }
        if (first < PROLOGUE || count < 0) {
            walk.wrong(
                    "%s from %d on cannot be."
                            .formatted(Counted.of(count, "entry", "entries"), first));
            return walk.end(format(), "Java performance data");
        }
        long at = first;
        for (long i = 0; i < count && !walk.full(); i++) {
            if (!copy.holds(at, ENTRY)) {
                walk.wrong(
                        "The bytes end before entry %d of %d, at %d.".formatted(i + 1, count, at));
                break;
            }
            long length = entry(walk, at, order);
            if (length == 0) {
                break;
            }
            at += length;
        }
        walk.free(Math.max(PROLOGUE, at), segmentBytes);
        return walk.end(format(), "Java performance data");
    }

    /// @return how long the entry is; 0 when nothing behind it can be found
    private static long entry(Walk walk, long at, ByteOrder order) {
        ByteView copy = walk.copy();
        long length = copy.int32(at, order);
        if (length < ENTRY || !copy.holds(at, length)) {
            walk.wrong("The entry at %d has a length of %d.".formatted(at, length));
            return 0;
        }
        long name = copy.int32(at + 4, order);
        long vector = copy.int32(at + 8, order);
        int type = copy.uint8(at + 12);
        long data = copy.int32(at + 16, order);
        long size = vector > 0 ? vector * width(type) : width(type);
        boolean inside =
                name >= ENTRY
                        && name < length
                        && data >= ENTRY
                        && size > 0
                        && data <= length
                        && size <= length - data;
        if (!inside) {
            walk.wrong("The entry at %d names bytes outside of itself.".formatted(at));
            return length;
        }
        String named = walk.text(at + name, walk.untilNul(at + name, length - name));
        String note =
                "%s, %s".formatted(variability(copy.uint8(at + 15)), unit(copy.uint8(at + 14)));
        walk.entry(at, length, at + data, size);
        if (type == 'J' && vector == 0) {
            String value = Long.toString(copy.int64(at + data, order));
            walk.add(named, at + data, size, "long", value, note);
        } else if (type == 'B' && vector > 0) {
            String value = walk.text(at + data, walk.untilNul(at + data, size));
            walk.add(named, at + data, size, "text", value, note);
        } else {
            String value = walk.text(at + data, size);
            walk.add(named, at + data, size, "type " + type, value, note);
        }
        return length;
    }

    /// Of one element, by the letter that class files use.
    private static int width(int type) {
        return switch (type) {
            case 'J', 'D' -> Long.BYTES;
            case 'I', 'F' -> Integer.BYTES;
            case 'S', 'C' -> Short.BYTES;
            default -> 1;
        };
    }

    private static String unit(int unit) {
        return switch (unit) {
            case 1 -> "no unit";
            case 2 -> "bytes";
            case 3 -> "ticks";
            case 4 -> "events";
            case 5 -> "text";
            case 6 -> "hertz";
            default -> "unit " + unit;
        };
    }

    private static String variability(int how) {
        return switch (how) {
            case 1 -> "constant";
            case 2 -> "only grows";
            case 3 -> "varies";
            default -> "variability " + how;
        };
    }

    private static ByteOrder order(ByteView head) {
        return head.uint8(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
