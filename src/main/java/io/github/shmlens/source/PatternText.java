package io.github.shmlens.source;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.source.SearchPattern.Between;
import io.github.shmlens.source.SearchPattern.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Patterns as a person types them. Every refusal is a sentence that names what is at fault.
public final class PatternText {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");

    /// What separates bytes for the eye.
    private static final String SEPARATORS = " \t,:_";

    private static final byte CASE_BIT = 0x20;

    private PatternText() {}

    /// Text, in the bytes of an encoding.
    ///
    /// @param ignoreCase ASCII letters fit in both cases; all others only as typed
    public static SearchPattern text(String text, Charset encoding, boolean ignoreCase)
            throws BadInput {
        if (text.isEmpty()) {
            throw new BadInput("there is nothing to look for: the text is empty");
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        int[] signs = text.codePoints().toArray();
        for (int sign : signs) {
            byte[] bytes = encoded(Character.toString(sign), encoding);
            byte[] mine = new byte[bytes.length];
            Arrays.fill(mine, (byte) -1);
            boolean letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
            if (ignoreCase && letter) {
                int at = bytes.length == 1 || bytes[0] != 0 ? 0 : 1;
                mine[at] = ~CASE_BIT;
                bytes[at] &= ~CASE_BIT;
            }
            value.writeBytes(bytes);
            mask.writeBytes(mine);
            if (value.size() > SearchPattern.MOST_BYTES) {
                throw tooLong();
            }
        }
        return new Bytes(value.toByteArray(), mask.toByteArray());
    }

    private static byte[] encoded(String sign, Charset encoding) throws BadInput {
        try {
            var encoded =
                    encoding.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(sign));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException half) {
            throw new BadInput(
                    "the text holds half a character (0x%x), which %s cannot write"
                            .formatted((int) sign.charAt(0), encoding.name()));
        }
    }

    /// Bytes as pairs of hex digits, with spaces, commas, colons or underscores between pairs as
    /// one likes; `?` stands for any digit: `50 48 ?? 4? ?f`.
    public static SearchPattern hex(String text) throws BadInput {
        String typed = text.strip();
        if (typed.startsWith("0x") || typed.startsWith("0X")) {
            typed = typed.substring(2);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        int high = -1;
        for (int i = 0; i < typed.length(); i++) {
            char sign = typed.charAt(i);
            if (SEPARATORS.indexOf(sign) >= 0) {
                if (high >= 0) {
                    throw halfByte(typed.charAt(i - 1));
                }
                continue;
            }
            int digit = sign == '?' ? 0x10 : sign < 128 ? Character.digit(sign, 16) : -1;
            if (digit < 0) {
                throw new BadInput(
                        "\"%s\" is no hex digit and no ? in \"%s\""
                                .formatted(
                                        Character.toString(typed.codePointAt(i)),
                                        shortened(typed)));
            }
            if (high < 0) {
                high = digit;
                continue;
            }
            value.write((high & 0xf) << 4 | (digit & 0xf));
            mask.write((high == 0x10 ? 0 : 0xf0) | (digit == 0x10 ? 0 : 0x0f));
            high = -1;
            if (value.size() > SearchPattern.MOST_BYTES) {
                throw tooLong();
            }
        }
        if (high >= 0) {
            throw halfByte(typed.charAt(typed.length() - 1));
        }
        byte[] masks = mask.toByteArray();
        if (masks.length == 0) {
            throw new BadInput("there is nothing to look for: type bytes as hex digits");
        }
        boolean known = false;
        for (byte one : masks) {
            known |= one != 0;
        }
        if (!known) {
            throw new BadInput("\"%s\" fits everywhere: give one digit at least".formatted(typed));
        }
        return new Bytes(value.toByteArray(), masks);
    }

    /// A number, or two with `..` between them, both included.
    ///
    /// Whole numbers as C writes them: decimal, `0x` hex, leading-zero octal. A floating-point
    /// number is the nearest of its type; with `~` before it, every number that rounds to the
    /// digits typed.
    public static SearchPattern number(String text, ValueType type) throws BadInput {
        String typed = text.strip();
        if (typed.isEmpty()) {
            throw new BadInput("there is nothing to look for: type a number, or two as 10..20");
        }
        Between found = between(typed, type);
        boolean one = found.leastRank() == found.mostRank();
        boolean zero = type.kind() == ValueType.Kind.FLOAT && found.leastRank() == 0;
        if (!one || zero) {
            return found;
        }
        byte[] value = type.bytes(bits(found.leastRank(), found.type()));
        byte[] mask = new byte[value.length];
        Arrays.fill(mask, (byte) -1);
        return new Bytes(value, mask);
    }

    /// The same as a condition on numbers of a type, which must hold them as they are: −1 does not
    /// fit an unsigned one.
    public static Condition.Between condition(String text, ValueType type) throws BadInput {
        Between found = between(text.strip(), type);
        ValueType.Kind needed = found.type().kind();
        if (needed != type.kind()) {
            throw new BadInput(
                    "%s does not fit %s: it is %s"
                            .formatted(
                                    shortened(text.strip()),
                                    type.text(),
                                    needed == ValueType.Kind.SIGNED
                                            ? "less than zero"
                                            : "greater than the greatest"));
        }
        return new Condition.Between(found.leastRank(), found.mostRank());
    }

    private static long bits(long rank, ValueType type) {
        if (type.kind() != ValueType.Kind.FLOAT) {
            return type.bitsOf(rank);
        }
        double number = ValueType.numberOf(rank);
        return type.widthBytes() == Float.BYTES
                ? Float.floatToIntBits((float) number)
                : Double.doubleToLongBits(number);
    }

    /// In the type given, or in its signed or unsigned twin where only that holds the numbers.
    private static Between between(String typed, ValueType type) throws BadInput {
        Matcher range = RANGE.matcher(typed);
        boolean two = range.matches();
        String from = two ? range.group(1).strip() : typed;
        String to = two ? range.group(2).strip() : typed;
        if (two && (from.startsWith("~") || to.startsWith("~"))) {
            throw new BadInput(
                    "\"%s\" is a range: a ~ goes with a single number".formatted(shortened(typed)));
        }
        return type.kind() == ValueType.Kind.FLOAT
                ? floats(from, to, type)
                : integers(from, to, type);
    }

    private static Between integers(String from, String to, ValueType type) throws BadInput {
        BigInteger least = whole(from);
        BigInteger most = from.equals(to) ? least : whole(to);
        BigInteger lowest = BigInteger.ONE.shiftLeft(type.bits() - 1).negate();
        BigInteger highestSigned = lowest.negate().subtract(BigInteger.ONE);
        BigInteger highest = BigInteger.ONE.shiftLeft(type.bits()).subtract(BigInteger.ONE);
        for (BigInteger one : new BigInteger[] {least, most}) {
            if (one.compareTo(lowest) < 0 || one.compareTo(highest) > 0) {
                throw new BadInput(
                        "%s does not fit %d bits: they hold %d to %d"
                                .formatted(
                                        shortened(one.toString()), type.bits(), lowest, highest));
            }
        }
        checkOrder(least.compareTo(most) <= 0, from, to);
        boolean signed = least.signum() < 0;
        boolean unsigned = most.compareTo(highestSigned) > 0;
        if (signed && unsigned) {
            throw new BadInput(
                    "%s to %s fits no type of %d bits: signed ones end at %d"
                            .formatted(from, to, type.bits(), highestSigned));
        }
        ValueType.Kind kind =
                signed ? ValueType.Kind.SIGNED : unsigned ? ValueType.Kind.UNSIGNED : type.kind();
        ValueType found = new ValueType(kind, type.widthBytes(), type.order());
        return new Between(found, found.rank(least.longValue()), found.rank(most.longValue()));
    }

    private static BigInteger whole(String typed) throws BadInput {
        String digits = typed;
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = 10;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
            digits = digits.substring(1);
        }
        int base = radix;
        boolean number =
                !digits.isEmpty()
                        && digits.length() <= 70
                        && digits.chars().allMatch(c -> c < 128 && Character.digit(c, base) >= 0);
        if (!number) {
            throw new BadInput(
                    "\"%s\" is not a whole number (decimal, 0x… hex or 0… octal)"
                            .formatted(shortened(typed)));
        }
        BigInteger value = new BigInteger(digits, radix);
        return negative ? value.negate() : value;
    }

    private static Between floats(String from, String to, ValueType type) throws BadInput {
        if (from.startsWith("~")) {
            BigDecimal typed = decimal(from.substring(1).strip());
            BigDecimal half = BigDecimal.ONE.scaleByPowerOfTen(-typed.scale()).multiply(HALF);
            return new Between(
                    type,
                    ValueType.rankOf(typed.subtract(half).doubleValue()),
                    ValueType.rankOf(typed.add(half).doubleValue()));
        }
        double least = nearest(from, type);
        double most = from.equals(to) ? least : nearest(to, type);
        checkOrder(least <= most, from, to);
        return new Between(type, ValueType.rankOf(least), ValueType.rankOf(most));
    }

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static double nearest(String typed, ValueType type) throws BadInput {
        switch (typed.toLowerCase(java.util.Locale.ROOT)) {
            case "inf", "+inf", "infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case "nan" ->
                    throw new BadInput(
                            "nan is many patterns of bits: look for the bytes you mean, as hex");
            default -> {}
        }
        BigDecimal exact = decimal(typed);
        double value = type.widthBytes() == Float.BYTES ? exact.floatValue() : exact.doubleValue();
        if (Double.isInfinite(value)) {
            throw new BadInput(
                    "%s does not fit a floating-point number of %d bits"
                            .formatted(shortened(typed), type.bits()));
        }
        return value;
    }

    private static BigDecimal decimal(String typed) throws BadInput {
        if (!Numbers.isDecimal(typed)) {
            throw new BadInput(
                    "\"%s\" is not a number (3.14, -2e9, ~3.14 for what rounds to it)"
                            .formatted(shortened(typed)));
        }
        return new BigDecimal(typed);
    }

    private static void checkOrder(boolean ordered, String from, String to) throws BadInput {
        if (!ordered) {
            throw new BadInput(
                    "nothing lies between %s and %s: the first is greater"
                            .formatted(shortened(from), shortened(to)));
        }
    }

    private static BadInput halfByte(char digit) {
        return new BadInput(
                "half a byte: the digit \"%s\" needs a second one (a ? where it may be any)"
                        .formatted(digit));
    }

    private static BadInput tooLong() {
        return new BadInput(
                "too long: a pattern has at most %d bytes".formatted(SearchPattern.MOST_BYTES));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
