package io.github.shmlens.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A read-only, bounds-checked view of copied bytes. Every offset is a `long`; every access beyond
/// the end is an [IndexOutOfBoundsException], so ask [#holds] first where the offset came from the
/// bytes themselves.
///
/// Safe on any thread as long as nobody changes the bytes below it.
public final class ByteView {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;

    /// Constants of their own: a walk reads hundreds of thousands of these before the JIT has had a
    /// chance to see that the order never changes.
    private static final ValueLayout.OfLong I64_LITTLE = I64.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfInt I32_LITTLE = I32.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;

    private ByteView(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// A view of this array; the array is not copied.
    public static ByteView of(byte[] bytes) {
        return new ByteView(MemorySegment.ofArray(bytes).asReadOnly());
    }

    /// A view of this copy, on or off the heap.
    public static ByteView of(MemorySegment copy) {
        return new ByteView(copy.asReadOnly());
    }

    public long size() {
        return bytes.byteSize();
    }

    /// Whether `length` bytes from `offset` on lie inside; false for negative numbers and for sums
    /// that overflow.
    public boolean holds(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size() && length <= size() - offset;
    }

    public int uint8(long offset) {
        return bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    public int int32(long offset, ByteOrder order) {
        return bytes.get(I32.withOrder(order), offset);
    }

    public long int64(long offset, ByteOrder order) {
        return bytes.get(I64.withOrder(order), offset);
    }

    /// Little-endian, as every host this program runs on writes it.
    public long int64(long offset) {
        return bytes.get(I64_LITTLE, offset);
    }

    /// Reads a field of a layout that begins at `base`, little-endian, widened to 64 bit.
    public long read(long base, Field field) {
        return switch (field.kind()) {
            case INT32 -> bytes.get(I32_LITTLE, base + field.offset());
            case INT64 -> int64(base + field.offset());
            case BYTES ->
                    throw new IllegalArgumentException("field " + field.name() + " is no number");
        };
    }

    /// As [#read(long, Field)], for bytes that another kind of machine wrote.
    public long read(long base, Field field, ByteOrder order) {
        return switch (field.kind()) {
            case INT32 -> int32(base + field.offset(), order);
            case INT64 -> int64(base + field.offset(), order);
            case BYTES -> read(base, field);
        };
    }

    /// A copy of these bytes.
    public byte[] bytes(long offset, int length) {
        return bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The first offset at which the two ranges differ, counted from their starts; −1 when equal.
    public long mismatch(long offset, ByteView other, long otherOffset, long length) {
        return MemorySegment.mismatch(
                bytes, offset, offset + length, other.bytes, otherOffset, otherOffset + length);
    }
}
