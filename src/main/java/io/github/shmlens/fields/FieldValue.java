package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Enumeration;
import io.github.shmlens.fields.CType.Pointer;
import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.Counted;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a field holds in one copy.
public sealed interface FieldValue {

    /// Of a long text or of opaque bytes, so many are read.
    int MOST_BYTES = 4096;

    /// As a person reads it, on one line.
    String text();

    /// A whole number.
    ///
    /// @param bits extended to 64 as the sign says
    record Whole(long bits, boolean signed, int width) implements FieldValue {
        @Override
        public String text() {
            return signed ? Long.toString(bits) : Long.toUnsignedString(bits);
        }
    }

    /// A value of an enumeration.
    ///
    /// @param constant null where none has this value
    record Named(long value, boolean signed, @Nullable String constant) implements FieldValue {
        @Override
        public String text() {
            String number = signed ? Long.toString(value) : Long.toUnsignedString(value);
            return constant == null ? number + " (no constant)" : constant;
        }
    }

    /// A plain `char` by itself.
    ///
    /// @param value as the ABI signs it
    record Letter(int value) implements FieldValue {
        @Override
        public String text() {
            int one = value & 0xff;
            return one >= 0x20 && one < 0x7f
                    ? "%d '%s%c'".formatted(value, one == '\'' || one == '\\' ? "\\" : "", one)
                    : Integer.toString(value);
        }
    }

    /// A floating-point number.
    ///
    /// @param single whether it has 4 bytes
    record Real(double value, boolean single) implements FieldValue {
        @Override
        public String text() {
            return single ? Float.toString((float) value) : Double.toString(value);
        }
    }

    /// A `bool`.
    ///
    /// @param raw 0 and 1, or what a C program should not have put there
    record Truth(int raw) implements FieldValue {
        @Override
        public String text() {
            return raw == 0
                    ? "false"
                    : raw == 1 ? "true" : "%d (neither true nor false)".formatted(raw);
        }
    }

    record Address(long address) implements FieldValue {
        @Override
        public String text() {
            return address == 0 ? "NULL" : "0x" + Long.toHexString(address);
        }
    }

    /// A `char` array up to its first zero byte.
    ///
    /// @param ended whether there is a zero byte
    /// @param cut whether it is longer than was read
    record Text(String string, boolean ended, boolean cut) implements FieldValue {
        @Override
        public String text() {
            return "\"" + escaped(string) + "\"" + (cut ? "…" : ended ? "" : " (no end)");
        }
    }

    /// Bytes that mean nothing to us, as hex digits.
    record Raw(String hex) implements FieldValue {
        @Override
        public String text() {
            return hex;
        }
    }

    /// No value of its own.
    ///
    /// @param elements null for a structure or union
    record Group(@Nullable Long elements) implements FieldValue {
        @Override
        public String text() {
            return elements == null ? "" : Counted.of(elements, "element");
        }
    }

    /// Some of it lies where there is no copy: behind the segment's end.
    record Missing() implements FieldValue {
        @Override
        public String text() {
            return "behind the end";
        }
    }

    /// Reads a field.
    ///
    /// @param copy bytes of the segment
    /// @param copyOffset where the copy begins in the segment
    static FieldValue read(FieldAt field, ByteView copy, long copyOffset) {
        return read(field, copy, copyOffset, MOST_BYTES);
    }

    /// Reads a field where there is room for little text.
    ///
    /// @param textBytes of a text, so many are read at most
    static FieldValue read(FieldAt field, ByteView copy, long copyOffset, int textBytes) {
        long at = field.offset() - copyOffset;
        if (!field.leaf()) {
            return new Group(field.array() ? field.childCount() : null);
        }
        long size = field.sizeBytes();
        // Of a long text only the beginning is looked at.
        if (!copy.holds(at, field.text() ? Math.min(size, textBytes) : size)) {
            return new Missing();
        }
        return switch (field.type().resolved()) {
            case Array _ -> text(copy, at, size, textBytes);
            case Pointer pointer ->
                    new Address(bits(copy, at, pointer.sizeBytesInt(), ByteOrder.LITTLE_ENDIAN));
            case Enumeration type -> {
                long value =
                        field.bitField()
                                ? bitField(field, copy, at, type.signed())
                                : extended(
                                        bits(
                                                copy,
                                                at,
                                                type.sizeBytesInt(),
                                                ByteOrder.LITTLE_ENDIAN),
                                        type.sizeBytesInt() * Byte.SIZE,
                                        type.signed());
                yield new Named(value, type.signed(), type.names().get(value));
            }
            case Scalar scalar -> scalar(field, scalar, copy, at);
            case Compound _, CType.Alias _ -> new Group(null);
        };
    }

    private static FieldValue scalar(FieldAt field, Scalar scalar, ByteView copy, long at) {
        if (field.bitField()) {
            long value = bitField(field, copy, at, scalar.signed());
            return scalar.kind() == Scalar.Kind.BOOL
                    ? new Truth((int) value)
                    : new Whole(value, scalar.signed(), field.bits());
        }
        int bytes = scalar.sizeBytesInt();
        if (scalar.kind() == Scalar.Kind.OPAQUE) {
            return new Raw(HexFormat.of().formatHex(copy.bytes(at, bytes)));
        }
        long raw = bits(copy, at, bytes, scalar.order());
        return switch (scalar.kind()) {
            case BOOL -> new Truth((int) raw);
            case SIGNED_CHAR -> new Letter((byte) raw);
            case UNSIGNED_CHAR -> new Letter((int) raw);
            case SIGNED, UNSIGNED ->
                    new Whole(
                            extended(raw, bytes * Byte.SIZE, scalar.signed()),
                            scalar.signed(),
                            bytes * Byte.SIZE);
            case FLOAT ->
                    bytes == Float.BYTES
                            ? new Real(Float.intBitsToFloat((int) raw), true)
                            : new Real(Double.longBitsToDouble(raw), false);
            case OPAQUE -> new Missing();
        };
    }

    private static FieldValue text(ByteView copy, long at, long size, int textBytes) {
        int looked = (int) Math.min(size, textBytes);
        byte[] bytes = copy.bytes(at, looked);
        int length = 0;
        while (length < looked && bytes[length] != 0) {
            length++;
        }
        boolean ended = length < looked;
        return new Text(
                new String(bytes, 0, length, StandardCharsets.UTF_8),
                ended,
                !ended && looked < size);
    }

    private static long bits(ByteView copy, long at, int bytes, ByteOrder order) {
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            int from = order == ByteOrder.BIG_ENDIAN ? i : bytes - 1 - i;
            bits = bits << Byte.SIZE | copy.uint8(at + from);
        }
        return bits;
    }

    private static long bitField(FieldAt field, ByteView copy, long at, boolean signed) {
        long bits = 0;
        for (int i = 0; i < field.bits(); i++) {
            int bit = field.bitOffset() + i;
            long one = copy.uint8(at + bit / Byte.SIZE) >> (bit % Byte.SIZE) & 1;
            bits |= one << i;
        }
        return extended(bits, field.bits(), signed);
    }

    private static long extended(long bits, int width, boolean signed) {
        int unused = Long.SIZE - width;
        return signed ? bits << unused >> unused : bits << unused >>> unused;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        case '\n' -> out.append("\\n");
                        case '\r' -> out.append("\\r");
                        case '\t' -> out.append("\\t");
                        default -> {
                            if (Character.isISOControl(c)) {
                                out.append("\\x%02x".formatted(c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.toString();
    }
}
