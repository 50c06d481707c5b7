package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Enumeration;
import io.github.shmlens.fields.CType.Pointer;
import io.github.shmlens.fields.CType.Scalar;
import java.nio.ByteOrder;

/// Values of one column as numbers that are in the same order, so that millions of them are
/// compared without an object for each.
public final class CellOrder {

    /// Of texts and opaque bytes, so many count for the order.
    public static final int TEXT_BYTES = Long.BYTES;

    /// Of a floating-point number that is none: behind all others.
    public static final long NO_NUMBER = Long.MAX_VALUE;

    private enum Way {
        SIGNED,
        UNSIGNED,
        SINGLE,
        DOUBLE,
        BYTES,
        BITS
    }

    private final FieldAt field;
    private final Way way;
    private final int bytes;
    private final boolean bigEndian;
    private final boolean signedBits;

    /// @param field of a column, as it lies in a record that begins at 0
    public CellOrder(FieldAt field) {
        this.field = field;
        this.bytes =
                (int)
                        (field.bitField()
                                ? field.sizeBytes()
                                : Math.min(field.sizeBytes(), TEXT_BYTES));
        this.bigEndian =
                field.type().resolved() instanceof Scalar scalar
                        && scalar.order() == ByteOrder.BIG_ENDIAN;
        this.way =
                switch (field.type().resolved()) {
                    case Scalar scalar ->
                            switch (scalar.kind()) {
                                case OPAQUE -> Way.BYTES;
                                case FLOAT -> bytes == Float.BYTES ? Way.SINGLE : Way.DOUBLE;
                                case BOOL, SIGNED_CHAR, UNSIGNED_CHAR, SIGNED, UNSIGNED ->
                                        field.bitField()
                                                ? Way.BITS
                                                : scalar.signed() ? Way.SIGNED : Way.UNSIGNED;
                            };
                    case Enumeration type ->
                            field.bitField() ? Way.BITS : type.signed() ? Way.SIGNED : Way.UNSIGNED;
                    case Pointer _ -> Way.UNSIGNED;
                    case CType.Array _, CType.Compound _, CType.Alias _ -> Way.BYTES;
                };
        this.signedBits =
                switch (field.type().resolved()) {
                    case Scalar scalar -> scalar.signed();
                    case Enumeration type -> type.signed();
                    case Pointer _, CType.Array _, CType.Compound _, CType.Alias _ -> false;
                };
    }

    /// How many bytes of the field [#key] looks at.
    public int bytes() {
        return bytes;
    }

    /// Whether equal numbers are equal values: not so of texts longer than [#TEXT_BYTES].
    public boolean exact() {
        return way != Way.BYTES || field.sizeBytes() <= TEXT_BYTES;
    }

    /// Whether the column is of texts or of bytes that mean nothing to us.
    public boolean text() {
        return way == Way.BYTES;
    }

    /// The number that stands for the value: a smaller one for a smaller value. Zeros are alike
    /// whatever their sign.
    ///
    /// @param copy as many bytes as [#bytes] from `at` on
    public long key(byte[] copy, int at) {
        return switch (way) {
            case SIGNED -> {
                int unused = Long.SIZE - bytes * Byte.SIZE;
                yield raw(copy, at) << unused >> unused;
            }
            case UNSIGNED -> raw(copy, at) ^ Long.MIN_VALUE;
            case SINGLE -> ordered(Float.intBitsToFloat((int) raw(copy, at)));
            case DOUBLE -> ordered(Double.longBitsToDouble(raw(copy, at)));
            case BYTES -> text(copy, at) ^ Long.MIN_VALUE;
            case BITS -> bits(copy, at);
        };
    }

    private long raw(byte[] copy, int at) {
        long raw = 0;
        for (int i = 0; i < bytes; i++) {
            int from = bigEndian ? i : bytes - 1 - i;
            raw = raw << Byte.SIZE | copy[at + from] & 0xff;
        }
        return raw;
    }

    private static long ordered(double value) {
        if (Double.isNaN(value)) {
            return NO_NUMBER;
        }
        long bits = Double.doubleToRawLongBits(value == 0 ? 0 : value);
        return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
    }

    /// A text ends at its first zero byte.
    private long text(byte[] copy, int at) {
        long key = 0;
        boolean ended = false;
        for (int i = 0; i < TEXT_BYTES; i++) {
            int one = i < bytes && !ended ? copy[at + i] & 0xff : 0;
            ended |= one == 0 && field.text();
            key = key << Byte.SIZE | one;
        }
        return key;
    }

    /// As [FieldValue] reads them.
    private long bits(byte[] copy, int at) {
        long bits = 0;
        for (int i = 0; i < field.bits(); i++) {
            int bit = field.bitOffset() + i;
            bits |= (long) (copy[at + bit / Byte.SIZE] >> (bit % Byte.SIZE) & 1) << i;
        }
        int unused = Long.SIZE - field.bits();
        return signedBits ? bits << unused >> unused : bits ^ Long.MIN_VALUE;
    }
}
