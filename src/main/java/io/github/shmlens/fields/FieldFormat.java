package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Enumeration;
import io.github.shmlens.fields.CType.Pointer;
import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the value of a field is written, and read again when a person types it. Only how it looks:
/// the bytes are the same. Immutable.
public sealed interface FieldFormat {

    /// Those that are complete by themselves.
    enum Fixed implements FieldFormat {
        /// As the type says it: numbers in decimal, constants by name, texts in quotes.
        USUAL("usual"),
        /// Without exponent, also where there is a fraction.
        DECIMAL("dec"),
        /// With all digits that the field has room for.
        HEX("hex"),
        /// With all digits, in groups of four.
        BINARY("bin"),
        /// The letter with this number, where one can be printed.
        CHARACTER("char"),
        /// The constant's name and its number.
        NAMES("enum"),
        POINTER("pointer"),
        SECONDS("time-s"),
        MILLIS("time-ms"),
        MICROS("time-us"),
        NANOS("time-ns");

        private final String id;

        Fixed(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }
    }

    /// A number times a factor: hundredths as `12.34`.
    ///
    /// @param factor not 0; what one of the number is worth
    record Scaled(BigDecimal factor) implements FieldFormat {

        /// More digits or zeros than this name no unit.
        private static final int MOST_DIGITS = 30;

        public Scaled {
            if (!sensible(factor)) {
                throw new IllegalArgumentException("a factor of " + factor);
            }
        }

        private static boolean sensible(BigDecimal factor) {
            return factor.signum() != 0
                    && factor.precision() <= MOST_DIGITS
                    && Math.abs((long) factor.scale()) <= MOST_DIGITS;
        }

        @Override
        public String id() {
            return "scaled:" + factor.toPlainString();
        }
    }

    /// The last code point.
    BigDecimal MOST_LETTER = BigDecimal.valueOf(Character.MAX_CODE_POINT);

    /// Of an element of an array.
    Pattern INDEX = Pattern.compile("\\[\\d+]");

    /// Beyond the largest `double`.
    int MOST_EXPONENT = 400;

    /// What the format of a field with this path is remembered by: the path with every index left
    /// out, as elements of one array are written alike.
    static String key(String path) {
        return INDEX.matcher(path).replaceAll("[]");
    }

    /// What it is remembered by, and named on a command line: `hex`, `time-ms`, `scaled:0.01`.
    String id();

    /// The format with an id.
    ///
    /// @throws BadInput when there is none
    static FieldFormat parse(String id) throws BadInput {
        String plain = id.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("scaled:")) {
            return scaled(plain.substring("scaled:".length()));
        }
        for (Fixed fixed : Fixed.values()) {
            if (fixed.id.equals(plain)) {
                return fixed;
            }
        }
        throw new BadInput(
                "the format \"%s\" is none of %s and scaled:FACTOR"
                        .formatted(
                                shortened(plain),
                                String.join(
                                        ", ",
                                        Arrays.stream(Fixed.values()).map(Fixed::id).toList())));
    }

    /// Numbers times a factor.
    ///
    /// @param factor as a person types it: `0.01`, or `1/256` where that is as much in decimals
    /// @throws BadInput when it is none
    static Scaled scaled(String factor) throws BadInput {
        return new Scaled(factor(factor.strip()));
    }

    /// A factor as a person types it: `0.01`, or `1/256` where that is as much in decimals.
    private static BigDecimal factor(String text) throws BadInput {
        int slash = text.indexOf('/');
        String above = slash < 0 ? text : text.substring(0, slash).strip();
        String below = slash < 0 ? "1" : text.substring(slash + 1).strip();
        if (Numbers.isDecimal(above) && Numbers.isDecimal(below)) {
            BigDecimal dividend = new BigDecimal(above);
            BigDecimal divisor = new BigDecimal(below);
            if (Scaled.sensible(dividend) && Scaled.sensible(divisor)) {
                try {
                    BigDecimal factor = slash < 0 ? dividend : dividend.divide(divisor);
                    if (Scaled.sensible(factor)) {
                        return factor;
                    }
                } catch (ArithmeticException noEnd) {
                    throw new BadInput(
                            "the factor %s has no end in decimals: a divisor is made of twos and fives, as 256 or 1000 is"
                                    .formatted(shortened(text)));
                }
            }
        }
        throw new BadInput(
                "the factor \"%s\" is no number such as 0.01 or 1/256, or 0"
                        .formatted(shortened(text)));
    }

    /// Those that make sense of a field, the usual one first. Those with a factor are not listed:
    /// [#scales] tells whether they do.
    static List<Fixed> suiting(FieldAt field) {
        List<Fixed> all = new ArrayList<>(List.of(Fixed.USUAL));
        switch (field.type().resolved()) {
            case Scalar scalar ->
                    all.addAll(
                            switch (scalar.kind()) {
                                case BOOL -> List.of(Fixed.DECIMAL);
                                case SIGNED_CHAR, UNSIGNED_CHAR ->
                                        List.of(
                                                Fixed.DECIMAL,
                                                Fixed.HEX,
                                                Fixed.BINARY,
                                                Fixed.CHARACTER);
                                case SIGNED, UNSIGNED ->
                                        width(field) >= Integer.SIZE
                                                ? List.of(
                                                        Fixed.HEX,
                                                        Fixed.BINARY,
                                                        Fixed.CHARACTER,
                                                        Fixed.POINTER,
                                                        Fixed.SECONDS,
                                                        Fixed.MILLIS,
                                                        Fixed.MICROS,
                                                        Fixed.NANOS)
                                                : List.of(Fixed.HEX, Fixed.BINARY, Fixed.CHARACTER);
                                case FLOAT ->
                                        List.of(
                                                Fixed.DECIMAL,
                                                Fixed.SECONDS,
                                                Fixed.MILLIS,
                                                Fixed.MICROS,
                                                Fixed.NANOS);
                                case OPAQUE -> List.of();
                            });
            case Pointer _ -> all.addAll(List.of(Fixed.DECIMAL, Fixed.HEX));
            case Enumeration _ ->
                    all.addAll(List.of(Fixed.NAMES, Fixed.DECIMAL, Fixed.HEX, Fixed.BINARY));
            case Array _, Compound _, CType.Alias _ -> {}
        }
        return all;
    }

    /// Whether a factor makes sense of a field.
    static boolean scales(FieldAt field) {
        return field.type().resolved() instanceof Scalar scalar
                && switch (scalar.kind()) {
                    case SIGNED, UNSIGNED, FLOAT -> true;
                    case BOOL, SIGNED_CHAR, UNSIGNED_CHAR, OPAQUE -> false;
                };
    }

    /// Whether it makes sense of a field.
    default boolean suits(FieldAt field) {
        return switch (this) {
            case Fixed fixed ->
                    (fixed == Fixed.DECIMAL && scales(field)) || suiting(field).contains(fixed);
            case Scaled _ -> scales(field);
        };
    }

    /// Whether its texts are set flush right: numbers whose digits stand below one another.
    default boolean flushRight(FieldAt field) {
        boolean named = field.type().resolved() instanceof Enumeration;
        return isNumber(field) && !named && this != Fixed.CHARACTER;
    }

    /// A value as a person reads it, on one line; as its type says it where the format makes no
    /// sense of it.
    ///
    /// @param field whose value it is
    default String text(FieldAt field, FieldValue value) {
        return switch (this) {
            case Fixed fixed -> fixedText(fixed, field, value).orElseGet(value::text);
            case Scaled(BigDecimal factor) ->
                    number(value)
                            .map(number -> scaled(number, factor, value))
                            .orElseGet(value::text);
        };
    }

    private static Optional<String> fixedText(Fixed format, FieldAt field, FieldValue value) {
        return switch (format) {
            case USUAL -> Optional.empty();
            case DECIMAL -> number(value).map(BigDecimal::toPlainString);
            case HEX -> bits(field, value).map(bits -> hex(bits, width(field)));
            case BINARY -> bits(field, value).map(bits -> binary(bits, width(field)));
            case CHARACTER -> number(value).flatMap(FieldFormat::letter);
            case NAMES ->
                    value instanceof FieldValue.Named named && named.constant() != null
                            ? number(value)
                                    .map(number -> "%s (%s)".formatted(named.constant(), number))
                            : Optional.empty();
            case POINTER ->
                    bits(field, value).map(bits -> new FieldValue.Address(bits.longValue()).text());
            case SECONDS -> time(EpochTime.SECONDS, value);
            case MILLIS -> time(EpochTime.MILLIS, value);
            case MICROS -> time(EpochTime.MICROS, value);
            case NANOS -> time(EpochTime.NANOS, value);
        };
    }

    /// A time beyond the years of people is none, and stays a number.
    private static Optional<String> time(EpochTime grain, FieldValue value) {
        return switch (value) {
            case FieldValue.Whole(long bits, boolean signed, _) ->
                    signed ? grain.text(bits) : grain.textUnsigned(bits);
            case FieldValue.Real(double real, _) -> grain.text(real);
            case FieldValue.Named _,
                    FieldValue.Letter _,
                    FieldValue.Truth _,
                    FieldValue.Address _,
                    FieldValue.Text _,
                    FieldValue.Raw _,
                    FieldValue.Group _,
                    FieldValue.Missing _ ->
                    Optional.empty();
        };
    }

    private static String scaled(BigDecimal number, BigDecimal factor, FieldValue value) {
        BigDecimal product = number.multiply(factor);
        // The digits of a floating-point number behind its own precision mean nothing.
        return value instanceof FieldValue.Real real
                ? product.round(new MathContext(real.single() ? 8 : 16))
                        .stripTrailingZeros()
                        .toPlainString()
                : product.toPlainString();
    }

    /// Whether a field's values are numbers, as far as its type tells.
    static boolean isNumber(FieldAt field) {
        return switch (field.type().resolved()) {
            case CType.Scalar scalar -> scalar.kind() != CType.Scalar.Kind.OPAQUE;
            case CType.Enumeration _, CType.Pointer _ -> true;
            case CType.Array _, CType.Compound _, CType.Alias _ -> false;
        };
    }

    /// The number that a value is; empty where it is none, or not finite.
    static Optional<BigDecimal> number(FieldValue value) {
        return switch (value) {
            case FieldValue.Whole(long bits, boolean signed, _) ->
                    Optional.of(new BigDecimal(whole(bits, signed)));
            case FieldValue.Named(long bits, boolean signed, _) ->
                    Optional.of(new BigDecimal(whole(bits, signed)));
            case FieldValue.Letter(int letter) -> Optional.of(BigDecimal.valueOf(letter));
            case FieldValue.Real real ->
                    Double.isFinite(real.value())
                            ? Optional.of(new BigDecimal(real.text()))
                            : Optional.empty();
            case FieldValue.Truth(int raw) -> Optional.of(BigDecimal.valueOf(raw));
            case FieldValue.Address(long address) ->
                    Optional.of(new BigDecimal(whole(address, false)));
            case FieldValue.Text _, FieldValue.Raw _, FieldValue.Group _, FieldValue.Missing _ ->
                    Optional.empty();
        };
    }

    private static BigInteger whole(long bits, boolean signed) {
        return signed || bits >= 0
                ? BigInteger.valueOf(bits)
                : new BigInteger(Long.toUnsignedString(bits));
    }

    /// A whole number's bits, without a sign.
    private static Optional<BigInteger> bits(FieldAt field, FieldValue value) {
        BigInteger all = BigInteger.ONE.shiftLeft(width(field)).subtract(BigInteger.ONE);
        return value instanceof FieldValue.Real
                ? Optional.empty()
                : number(value).map(number -> number.toBigInteger().and(all));
    }

    private static int width(FieldAt field) {
        return field.bitField()
                ? field.bits()
                : (int) Math.min(field.type().sizeBytes(), Long.BYTES) * Byte.SIZE;
    }

    private static String hex(BigInteger bits, int width) {
        String digits = bits.toString(16);
        return "0x" + "0".repeat(Math.max(0, (width + 3) / 4 - digits.length())) + digits;
    }

    private static String binary(BigInteger bits, int width) {
        StringBuilder digits = new StringBuilder("0b");
        for (int bit = width - 1; bit >= 0; bit--) {
            digits.append(bits.testBit(bit) ? '1' : '0');
            if (bit > 0 && bit % 4 == 0) {
                digits.append('_');
            }
        }
        return digits.toString();
    }

    private static Optional<String> letter(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MOST_LETTER) > 0) {
            return Optional.empty();
        }
        int letter = number.intValue();
        boolean printed =
                switch (Character.getType(letter)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
        return printed ? Optional.of("'" + Character.toString(letter) + "'") : Optional.empty();
    }

    // ---- typing

    /// What an edit of a value begins with: what [#edit] makes the same value of. Empty where that
    /// cannot be: a text with bytes that are no UTF-8.
    default String beginning(FieldAt field, FieldValue value) {
        return switch (value) {
            case FieldValue.Text text ->
                    text.cut() || text.string().indexOf('\ufffd') >= 0 ? "" : text.string();
            case FieldValue.Named named when this == Fixed.USUAL || this == Fixed.NAMES ->
                    named.constant() == null
                            ? whole(named.value(), named.signed()).toString()
                            : named.constant();
            case FieldValue.Letter(int letter) when this == Fixed.USUAL -> Integer.toString(letter);
            case FieldValue.Truth(int raw) when this == Fixed.USUAL ->
                    raw == 0 || raw == 1 ? value.text() : Integer.toString(raw);
            case FieldValue.Group _, FieldValue.Missing _ -> "";
            case FieldValue.Whole _,
                    FieldValue.Named _,
                    FieldValue.Letter _,
                    FieldValue.Real _,
                    FieldValue.Truth _,
                    FieldValue.Address _,
                    FieldValue.Raw _ ->
                    text(field, value);
        };
    }

    /// Reads a value as this format writes it; the number itself, as [FieldEdit#of] takes it, is
    /// always good too, but for a factor: there it is what the person sees.
    ///
    /// @throws BadInput when it is none of the field's type, or does not fit
    default FieldEdit edit(FieldAt field, String typed) throws BadInput {
        String text = typed.strip();
        return switch (this) {
            case Fixed fixed ->
                    switch (fixed) {
                        case USUAL, DECIMAL, NAMES -> FieldEdit.of(field, typed);
                        case HEX, BINARY, POINTER -> FieldEdit.of(field, bitsNumber(field, text));
                        case CHARACTER -> FieldEdit.of(field, letterNumber(text));
                        case SECONDS -> timed(EpochTime.SECONDS, field, text);
                        case MILLIS -> timed(EpochTime.MILLIS, field, text);
                        case MICROS -> timed(EpochTime.MICROS, field, text);
                        case NANOS -> timed(EpochTime.NANOS, field, text);
                    };
            case Scaled scaled -> scaledEdit(scaled, field, text);
        };
    }

    /// Hex and binary digits are the bits themselves: those of a number below zero too.
    private static String bitsNumber(FieldAt field, String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace("_", "");
        int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : 10;
        if (text.equals("NULL")
                || !lower.substring(radix == 10 ? 0 : 2).matches("[0-9a-f]{1,64}")) {
            return text.equals("NULL") ? "0" : text;
        }
        boolean signed =
                switch (field.type().resolved()) {
                    case Scalar scalar -> scalar.signed();
                    case Enumeration type -> type.signed();
                    case Pointer _, Array _, Compound _, CType.Alias _ -> false;
                };
        int width = width(field);
        try {
            BigInteger bits =
                    radix == 10 ? BigInteger.ZERO : new BigInteger(lower.substring(2), radix);
            return signed && bits.bitLength() == width
                    ? bits.subtract(BigInteger.ONE.shiftLeft(width)).toString()
                    : text;
        } catch (NumberFormatException notThisRadix) {
            // Whoever reads the text says so.
            return text;
        }
    }

    private static String letterNumber(String text) {
        boolean quoted = text.length() >= 3 && text.startsWith("'") && text.endsWith("'");
        String inner = quoted ? text.substring(1, text.length() - 1) : text;
        boolean one = inner.codePointCount(0, inner.length()) == 1;
        return one && (quoted || !Character.isDigit(inner.codePointAt(0)))
                ? Integer.toString(inner.codePointAt(0))
                : text;
    }

    private static FieldEdit timed(EpochTime grain, FieldAt field, String text) throws BadInput {
        boolean real =
                field.type().resolved() instanceof Scalar scalar
                        && scalar.kind() == Scalar.Kind.FLOAT;
        return FieldEdit.of(
                field, real ? grain.fraction(text).toString() : Long.toString(grain.count(text)));
    }

    /// What is typed is what is read afterwards, or it is refused.
    private static FieldEdit scaledEdit(Scaled scaled, FieldAt field, String text) throws BadInput {
        FieldEdit edit = FieldEdit.of(field, unscaled(field, text, scaled.factor()));
        byte[] bytes = edit.over(new byte[(int) field.sizeBytes()]);
        String read =
                scaled.text(field, FieldValue.read(field, ByteView.of(bytes), field.offset()));
        if (Numbers.isDecimal(read) && new BigDecimal(read).compareTo(new BigDecimal(text)) != 0) {
            throw new BadInput(
                    "%s of %s cannot be kept as a %s times %s: the nearest is %s"
                            .formatted(
                                    shortened(text),
                                    field.path(),
                                    field.type().name(),
                                    scaled.factor().toPlainString(),
                                    read));
        }
        return edit;
    }

    private static String unscaled(FieldAt field, String text, BigDecimal factor) throws BadInput {
        if (!Numbers.isDecimal(text)) {
            throw new BadInput(
                    "the value \"%s\" of %s is not a number"
                            .formatted(shortened(text), field.path()));
        }
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.precision() - value.scale()) > MOST_EXPONENT) {
            throw new BadInput(
                    "the value %s does not fit %s".formatted(shortened(text), field.path()));
        }
        if (field.type().resolved() instanceof Scalar scalar
                && scalar.kind() == Scalar.Kind.FLOAT) {
            return value.divide(factor, MathContext.DECIMAL64).toString();
        }
        BigDecimal[] parts = value.divideAndRemainder(factor);
        if (parts[1].signum() != 0) {
            throw new BadInput(
                    "%s of %s is no multiple of %s"
                            .formatted(shortened(text), field.path(), factor.toPlainString()));
        }
        return parts[0].toBigInteger().toString();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
