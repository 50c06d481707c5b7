package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Counted;
import java.nio.ByteOrder;

/// What looks like a managed segment of Boost.Interprocess with its usual allocator, as 64-bit
/// programs lay it out: a state, the segment manager from 16 on with a shared pthread mutex at its
/// beginning, and what is allocated. All this differs with Boost's version and the compiler, so
/// only names are looked for, by the block header that stands before each named object:
///
/// ```
/// 0             8          10        11                  12    16      align(16+value bytes)
/// | value bytes | name     | align-  | allocation type + | pad | value | name, NUL
///               | length   | ment    | 32 * sizeof char  |
/// ```
final class BoostShape implements Shape {

    private static final int READY = 2;
    private static final int PSHARED_AT = 0x20;
    private static final int PSHARED = 0x80;
    private static final int ALLOCATED_AT = 0x60;
    private static final int SIZE_AT = 0x68;
    private static final int MANAGER_AT = 16;
    private static final int HEADER = 0x70;
    private static final int BLOCK_HEADER = 16;

    /// A named object of one-byte characters.
    private static final int NAMED_CHAR = 1 | 1 << 5;

    private static final int LONGEST_NAME = 256;

    /// Names are looked for up to here.
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_NAMES = 1000;

    @Override
    public String format() {
        return "boost-managed";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return head.holds(0, HEADER)
                && head.int32(0, ByteOrder.LITTLE_ENDIAN) == READY
                && head.int32(PSHARED_AT, ByteOrder.LITTLE_ENDIAN) == PSHARED
                && head.int64(SIZE_AT) == segmentBytes - MANAGER_AT
                && head.int64(ALLOCATED_AT) >= 0
                && head.int64(ALLOCATED_AT) <= segmentBytes;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(MOST_BYTES, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        walk.header(HEADER);
        walk.uint32("state", 0, "2: ready");
        walk.uint64("allocated", ALLOCATED_AT, "bytes");
        walk.uint64("size", SIZE_AT, "bytes: the segment's, less 16");
        int names = 0;
        long at = HEADER;
        while (names < MOST_NAMES && copy.holds(at, BLOCK_HEADER + 2)) {
            long end = named(walk, at);
            if (end > 0) {
                names++;
            }
            at = end > 0 ? (end + 7) / 8 * 8 : at + 8;
        }
        if (names == MOST_NAMES) {
            walk.remark("The first %d names are shown.".formatted(MOST_NAMES));
        } else if (copy.size() < segmentBytes) {
            walk.remark("Names were looked for in the first %d bytes.".formatted(copy.size()));
        }
        walk.remark(
                "This looks like Boost's, whose layout differs with its version: names and sizes"
                        + " may be wrong.");
        return walk.end(format(), "Boost managed segment");
    }

    /// @return where the name of the object ends whose block header stands here; 0 when none does
    private static long named(Walk walk, long at) {
        ByteView copy = walk.copy();
        int length = copy.uint8(at + 8) | copy.uint8(at + 9) << 8;
        int alignment = copy.uint8(at + 10);
        if (copy.uint8(at + 11) != NAMED_CHAR
                || length < 1
                || length > LONGEST_NAME
                || alignment < 1
                || Integer.bitCount(alignment) != 1) {
            return 0;
        }
        long bytes = copy.int64(at);
        long value = (at + BLOCK_HEADER + alignment - 1) / alignment * alignment;
        if (bytes < 0 || !copy.holds(value, bytes) || !copy.holds(value + bytes, length + 1L)) {
            return 0;
        }
        long name = value + bytes;
        for (long i = 0; i < length; i++) {
            int one = copy.uint8(name + i);
            if (one < 0x20 || one >= 0x7f) {
                return 0;
            }
        }
        if (copy.uint8(name + length) != 0) {
            return 0;
        }
        walk.add(
                walk.text(name, length),
                value,
                bytes,
                "object",
                Counted.bytes(bytes),
                "its name stands at %d".formatted(name));
        walk.entry(at, name + length + 1 - at, value, bytes);
        return name + length + 1;
    }
}
