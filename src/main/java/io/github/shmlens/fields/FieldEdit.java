package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Enumeration;
import io.github.shmlens.fields.CType.Pointer;
import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/// The bytes that another value of a field would be.
public final class FieldEdit {

    private final FieldAt field;
    private final byte[] value;

    private FieldEdit(FieldAt field, byte[] value) {
        this.field = field;
        this.value = value;
    }

    /// Reads a value as a person types it: numbers in decimal, `0x…` or `0b…`, names of constants,
    /// `'c'`, `true`, texts without quotes, opaque bytes as hex digits.
    ///
    /// @throws BadInput when it is none of this field's type, or does not fit
    public static FieldEdit of(FieldAt field, String text) throws BadInput {
        return new FieldEdit(
                field,
                switch (field.type().resolved()) {
                    case Scalar scalar -> scalar(field, scalar, text.strip());
                    case Pointer pointer ->
                            number(
                                    field,
                                    text.strip().equals("NULL")
                                            ? BigInteger.ZERO
                                            : whole(field, text.strip()),
                                    pointer.sizeBytesInt() * Byte.SIZE,
                                    false,
                                    ByteOrder.LITTLE_ENDIAN);
                    case Enumeration type -> enumeration(field, type, text.strip());
                    case Array array when array.text() -> text(field, text);
                    case Array _, Compound _, CType.Alias _ ->
                            throw new BadInput(
                                    "%s is of type %s: only its fields can be written, one at a time"
                                            .formatted(field.path(), field.type().name()));
                });
    }

    public FieldAt field() {
        return field;
    }

    /// The field's bytes with the value in them. Of a bit-field, the bits around it stay.
    ///
    /// @param seen the field's bytes, as many as [FieldAt#sizeBytes]
    public byte[] over(byte[] seen) {
        return merged(field, seen, value);
    }

    /// What others hold around a field, and what it holds itself.
    ///
    /// @param around bytes where the field lies, as many as [FieldAt#sizeBytes]
    /// @param own as many bytes, of which only the field's own count
    public static byte[] merged(FieldAt field, byte[] around, byte[] own) {
        if (!field.bitField()) {
            return own.clone();
        }
        byte[] merged = around.clone();
        for (int i = 0; i < merged.length; i++) {
            int mask = mask(field, i);
            merged[i] = (byte) ((around[i] & ~mask) | (own[i] & mask));
        }
        return merged;
    }

    /// Whether two copies of the field's bytes hold the same value of it.
    public static boolean same(FieldAt field, byte[] one, byte[] other) {
        if (!field.bitField()) {
            return Arrays.equals(one, other);
        }
        for (int i = 0; i < one.length; i++) {
            if (((one[i] ^ other[i]) & mask(field, i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /// The bits of each of a field's bytes that are its own.
    public static byte[] own(FieldAt field) {
        byte[] own = new byte[(int) field.sizeBytes()];
        for (int i = 0; i < own.length; i++) {
            own[i] = (byte) (field.bitField() ? mask(field, i) : 0xff);
        }
        return own;
    }

    /// The bits of one of its bytes that are the field's own.
    private static int mask(FieldAt field, int index) {
        int mask = 0;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            int at = index * Byte.SIZE + bit;
            if (at >= field.bitOffset() && at < field.bitOffset() + field.bits()) {
                mask |= 1 << bit;
            }
        }
        return mask;
    }

    private static byte[] scalar(FieldAt field, Scalar scalar, String text) throws BadInput {
        int width = field.bitField() ? field.bits() : scalar.sizeBytesInt() * Byte.SIZE;
        return switch (scalar.kind()) {
            case BOOL ->
                    number(
                            field,
                            switch (text.toLowerCase(Locale.ROOT)) {
                                case "true", "1" -> BigInteger.ONE;
                                case "false", "0" -> BigInteger.ZERO;
                                default ->
                                        throw new BadInput(
                                                "the value \"%s\" of %s is neither true nor false"
                                                        .formatted(shortened(text), field.path()));
                            },
                            width,
                            false,
                            scalar.order());
            case SIGNED, UNSIGNED ->
                    number(field, whole(field, text), width, scalar.signed(), scalar.order());
            case SIGNED_CHAR, UNSIGNED_CHAR ->
                    number(
                            field,
                            text.length() == 3 && text.startsWith("'") && text.endsWith("'")
                                    ? BigInteger.valueOf(text.charAt(1))
                                    : whole(field, text),
                            width,
                            scalar.signed(),
                            scalar.order());
            case FLOAT -> real(field, scalar, text);
            case OPAQUE -> opaque(field, scalar, text);
        };
    }

    private static byte[] enumeration(FieldAt field, Enumeration type, String text)
            throws BadInput {
        Long constant = type.constants().get(text);
        boolean isName = !text.isEmpty() && Character.isJavaIdentifierStart(text.charAt(0));
        if (constant == null && isName) {
            throw new BadInput("%s has no constant %s".formatted(type.name(), shortened(text)));
        }
        BigInteger value =
                constant == null
                        ? whole(field, text)
                        : type.signed()
                                ? BigInteger.valueOf(constant)
                                : new BigInteger(Long.toUnsignedString(constant));
        int width = field.bitField() ? field.bits() : type.sizeBytesInt() * Byte.SIZE;
        return number(field, value, width, type.signed(), ByteOrder.LITTLE_ENDIAN);
    }

    private static BigInteger whole(FieldAt field, String text) throws BadInput {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        digits = negative ? digits.substring(1) : digits;
        String lower = digits.toLowerCase(Locale.ROOT);
        int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : 10;
        digits = radix == 10 ? digits : digits.substring(2);
        boolean ascii = digits.chars().allMatch(c -> c < 128 && Character.digit(c, 36) >= 0);
        try {
            if (ascii && !digits.isEmpty() && digits.length() <= 80) {
                BigInteger value = new BigInteger(digits, radix);
                return negative ? value.negate() : value;
            }
        } catch (NumberFormatException notThisRadix) {
            // Said below.
        }
        throw new BadInput(
                "the value \"%s\" of %s is not a whole number (decimal, 0x… or 0b…)"
                        .formatted(shortened(text), field.path()));
    }

    private static byte[] number(
            FieldAt field, BigInteger value, int width, boolean signed, ByteOrder order)
            throws BadInput {
        BigInteger least = signed ? BigInteger.TWO.pow(width - 1).negate() : BigInteger.ZERO;
        BigInteger most = BigInteger.TWO.pow(signed ? width - 1 : width).subtract(BigInteger.ONE);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadInput(
                    "the value %s does not fit %s: it must lie between %s and %s"
                            .formatted(shortened(value.toString()), field.path(), least, most));
        }
        BigInteger placed = field.bitField() ? value.shiftLeft(field.bitOffset()) : value;
        byte[] bytes = new byte[(int) field.sizeBytes()];
        for (int i = 0; i < bytes.length; i++) {
            int at = order == ByteOrder.BIG_ENDIAN ? bytes.length - 1 - i : i;
            bytes[at] = placed.shiftRight(i * Byte.SIZE).byteValue();
        }
        return bytes;
    }

    private static byte[] real(FieldAt field, Scalar scalar, String text) throws BadInput {
        String lower = text.toLowerCase(Locale.ROOT);
        double value;
        if (lower.matches("[+-]?inf(inity)?")) {
            value = lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else if (lower.equals("nan")) {
            value = Double.NaN;
        } else if (lower.length() <= 400
                && lower.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d{1,5})?")) {
            value = Double.parseDouble(lower);
        } else {
            throw new BadInput(
                    "the value \"%s\" of %s is not a number"
                            .formatted(shortened(text), field.path()));
        }
        boolean single = scalar.sizeBytesInt() == Float.BYTES;
        float narrow = single && lower.matches(".*\\d.*") ? Float.parseFloat(lower) : (float) value;
        boolean tooFar =
                lower.matches(".*\\d.*")
                        && (single ? Float.isInfinite(narrow) : Double.isInfinite(value));
        if (tooFar) {
            throw new BadInput(
                    "the value %s does not fit %s: it is too large for %s"
                            .formatted(shortened(text), field.path(), field.type().name()));
        }
        long bits = single ? Float.floatToRawIntBits(narrow) : Double.doubleToRawLongBits(value);
        byte[] bytes = new byte[scalar.sizeBytesInt()];
        for (int i = 0; i < bytes.length; i++) {
            int at = scalar.order() == ByteOrder.BIG_ENDIAN ? bytes.length - 1 - i : i;
            bytes[at] = (byte) (bits >>> (i * Byte.SIZE));
        }
        return bytes;
    }

    private static byte[] opaque(FieldAt field, Scalar scalar, String text) throws BadInput {
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            if (bytes.length == scalar.sizeBytesInt()) {
                return bytes;
            }
        } catch (IllegalArgumentException notHex) {
            // Said below.
        }
        throw new BadInput(
                "the value of %s, a %s, is written as %s of hex digits"
                        .formatted(
                                field.path(),
                                field.type().name(),
                                Counted.of(scalar.sizeBytesInt(), "pair")));
    }

    /// The rest becomes zero bytes, so that nothing of a longer text before stays readable.
    private static byte[] text(FieldAt field, String text) throws BadInput {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long size = field.sizeBytes();
        if (bytes.length > size) {
            throw new BadInput(
                    "the text has %s and %s holds %d"
                            .formatted(Counted.bytes(bytes.length), field.path(), size));
        }
        if (size > FieldValue.MOST_BYTES) {
            throw new BadInput(
                    "%s has %d bytes: texts of more than %d are not written as a field"
                            .formatted(field.path(), size, FieldValue.MOST_BYTES));
        }
        if (text.indexOf('\0') >= 0) {
            throw new BadInput("a text ends at its first zero byte and cannot hold one");
        }
        return Arrays.copyOf(bytes, (int) size);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
