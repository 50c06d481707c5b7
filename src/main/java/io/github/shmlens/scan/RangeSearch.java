package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Looks for numbers that lie between two others.
public final class RangeSearch {

    private final int width;
    private final ByteOrder order;
    private final boolean floats;

    /// Whole numbers: counted from `least`, all that fit are at most `span` as unsigned numbers,
    /// whether the numbers themselves are signed or not.
    private final long least;

    private final long span;
    private final double low;
    private final double high;

    private RangeSearch(
            int width,
            ByteOrder order,
            boolean floats,
            long least,
            long span,
            double low,
            double high) {
        if (Integer.bitCount(width) != 1 || width > Long.BYTES) {
            throw new IllegalArgumentException(width + " bytes wide");
        }
        this.width = width;
        this.order = order;
        this.floats = floats;
        this.least = least;
        this.span = span;
        this.low = low;
        this.high = high;
    }

    /// Whole numbers of 1, 2, 4 or 8 bytes.
    ///
    /// @param least the bits of the least that fits
    /// @param most the bits of the greatest; both signed or both not, and not below `least`
    public static RangeSearch integers(int width, ByteOrder order, long least, long most) {
        return new RangeSearch(width, order, false, least, most - least, 0, 0);
    }

    /// Floating-point numbers of 4 or 8 bytes. A zero fits whatever its sign, a NaN never.
    public static RangeSearch floats(int width, ByteOrder order, double low, double high) {
        if (width != Float.BYTES && width != Double.BYTES) {
            throw new IllegalArgumentException(width + " bytes wide");
        }
        return new RangeSearch(width, order, true, 0, 0, low, high);
    }

    public int width() {
        return width;
    }

    ByteOrder order() {
        return order;
    }

    boolean isFloats() {
        return floats;
    }

    long least() {
        return least;
    }

    long span() {
        return span;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /// Adds every hit that begins in `[from, to)`; `to` is at most `memory.byteSize() - width() +
    /// 1`. The memory may change meanwhile.
    public void find(MemorySegment memory, long from, long to, Hits hits) {
        if (to > memory.byteSize() - width + 1) {
            throw new IndexOutOfBoundsException(
                    "hits up to %d in %d bytes".formatted(to, memory.byteSize()));
        }
        long at = hits.aligned(from);
        if (VectorUnit.isUsable()) {
            at = RangeVectors.find(this, memory, at, to, hits);
        }
        findOneByOne(memory, at, to, hits);
    }

    /// @param from aligned
    void findOneByOne(MemorySegment memory, long from, long to, Hits hits) {
        int step = hits.alignment();
        for (long at = from; at < to; at += step) {
            if (fits(memory, at)) {
                hits.add(at);
            }
        }
    }

    private boolean fits(MemorySegment memory, long at) {
        return switch (width) {
            case Byte.BYTES ->
                    ((memory.get(ValueLayout.JAVA_BYTE, at) - least) & 0xff) <= (span & 0xff);
            case Short.BYTES -> {
                short there = memory.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
                yield ((there - least) & 0xffff) <= (span & 0xffff);
            }
            case Integer.BYTES -> {
                int there = memory.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
                if (floats) {
                    float number = Float.intBitsToFloat(there);
                    yield number >= low && number <= high;
                }
                yield ((there - least) & 0xffffffffL) <= (span & 0xffffffffL);
            }
            default -> {
                long there = memory.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
                if (floats) {
                    double number = Double.longBitsToDouble(there);
                    yield number >= low && number <= high;
                }
                yield Long.compareUnsigned(there - least, span) <= 0;
            }
        };
    }
}
