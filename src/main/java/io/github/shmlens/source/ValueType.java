package io.github.shmlens.source;

import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/// How a number lies in memory.
///
/// Its bits are carried as a `long`, the number's own in the low ones. For comparing there is a
/// *rank* beside them: a `long` that is greater where the number is greater, whatever the type.
///
/// @param widthBytes 1, 2, 4 or 8; floating-point numbers have 4 or 8
/// @param order means nothing for one byte
public record ValueType(Kind kind, int widthBytes, ByteOrder order) {

    public enum Kind {
        SIGNED,
        UNSIGNED,
        FLOAT
    }

    /// Every type there is, narrow ones first, those of this kind of host before the others.
    public static final List<ValueType> ALL =
            Stream.of(1, 2, 4, 8)
                    .flatMap(width ->
                            Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                                    .filter(order -> width > 1 || order == ByteOrder.LITTLE_ENDIAN)
                                    .flatMap(order ->
                                            Stream.of(Kind.values())
                                                    .filter(kind ->
                                                            kind != Kind.FLOAT || width >= 4)
                                                    .map(kind ->
                                                            new ValueType(kind, width, order))))
                    .toList();

    public ValueType {
        boolean fits = Integer.bitCount(widthBytes) == 1 && widthBytes <= Long.BYTES;
        if (!fits || (kind == Kind.FLOAT && widthBytes < Float.BYTES)) {
            throw new IllegalArgumentException("%s of %d bytes".formatted(kind, widthBytes));
        }
    }

    public int bits() {
        return widthBytes * Byte.SIZE;
    }

    /// `i32`, `u8`, `f64`; with the byte order where it means something: `i32 LE`.
    public String text() {
        String name =
                switch (kind) {
                    case SIGNED -> "i";
                    case UNSIGNED -> "u";
                    case FLOAT -> "f";
                };
        String where = order == ByteOrder.LITTLE_ENDIAN ? " LE" : " BE";
        return name + bits() + (widthBytes == 1 ? "" : where);
    }

    /// The bits of the number that lies at `at`.
    public long bits(byte[] bytes, int at) {
        long bits = 0;
        for (int i = 0; i < widthBytes; i++) {
            int from = order == ByteOrder.BIG_ENDIAN ? i : widthBytes - 1 - i;
            bits = bits << Byte.SIZE | (bytes[at + from] & 0xff);
        }
        return bits;
    }

    /// The bytes of a number in this type.
    public byte[] bytes(long bits) {
        byte[] bytes = new byte[widthBytes];
        for (int i = 0; i < widthBytes; i++) {
            int to = order == ByteOrder.LITTLE_ENDIAN ? i : widthBytes - 1 - i;
            bytes[to] = (byte) (bits >>> (i * Byte.SIZE));
        }
        return bytes;
    }

    /// Greater where the number is greater. Both zeros of a floating-point type have one rank; a
    /// NaN ranks above everything.
    public long rank(long bits) {
        int unused = Long.SIZE - bits();
        return switch (kind) {
            case SIGNED -> bits << unused >> unused;
            case UNSIGNED ->
                    widthBytes == Long.BYTES ? bits ^ Long.MIN_VALUE : bits << unused >>> unused;
            case FLOAT -> rankOf(number(bits));
        };
    }

    /// The rank of a number of a floating-point type.
    public static long rankOf(double number) {
        // Adding a zero makes one of the two zeros.
        long bits = Double.doubleToLongBits(number + 0.0);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    /// The floating-point number that has a rank.
    public static double numberOf(long rank) {
        return Double.longBitsToDouble(rank < 0 ? rank ^ Long.MAX_VALUE : rank);
    }

    /// The bits of the whole number that has a rank.
    public long bitsOf(long rank) {
        return kind == Kind.UNSIGNED && widthBytes == Long.BYTES ? rank ^ Long.MIN_VALUE : rank;
    }

    /// As a person reads it.
    public String text(long bits) {
        return switch (kind) {
            case SIGNED -> Long.toString(rank(bits));
            case UNSIGNED ->
                    widthBytes == Long.BYTES
                            ? Long.toUnsignedString(bits)
                            : Long.toString(rank(bits));
            case FLOAT ->
                    widthBytes == Float.BYTES
                            ? Float.toString(Float.intBitsToFloat((int) bits))
                            : Double.toString(number(bits));
        };
    }

    private double number(long bits) {
        return widthBytes == Float.BYTES
                ? Float.intBitsToFloat((int) bits)
                : Double.longBitsToDouble(bits);
    }
}
