package io.github.shmlens.segment;

import java.math.BigInteger;
import java.util.regex.Pattern;

/// Numbers as a person types them: decimal, `0x` hex or leading-zero octal, with an optional sign.
public final class Numbers {

    private static final BigInteger GREATEST_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private static final Pattern DECIMAL =
            Pattern.compile(
                    "[+-]?(?:[0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?");

    private Numbers() {}

    /// Reads a whole number between two bounds, both included.
    ///
    /// @param what what the number is, for the sentence of the error ("key", "slot", "size")
    /// @throws BadInput naming `what`, when the text is no number or out of range
    public static long parse(String what, String text, long least, long most) throws BadInput {
        return whole(what, text, BigInteger.valueOf(least), BigInteger.valueOf(most));
    }

    /// Reads a whole number of 64 bits without a sign, 0 to 2⁶⁴ − 1.
    ///
    /// @return its bits
    /// @throws BadInput naming `what`, when the text is no number or out of range
    public static long parseUnsigned(String what, String text) throws BadInput {
        return whole(what, text, BigInteger.ZERO, GREATEST_UNSIGNED);
    }

    /// Whether a text is a decimal number with or without fraction and exponent (`3.14`, `-2e9`),
    /// of a length that is read in no time.
    public static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    private static long whole(String what, String text, BigInteger least, BigInteger most)
            throws BadInput {
        String digits = text.strip();
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
        if (digits.isEmpty() || !isAsciiNumber(digits, radix) || digits.length() > 70) {
            throw new BadInput(
                    "the %s \"%s\" is not a whole number (decimal, 0x… hex or 0… octal)"
                            .formatted(what, shortened(text)));
        }
        BigInteger value = new BigInteger(digits, radix);
        if (negative) {
            value = value.negate();
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadInput(
                    "the %s %s does not fit: it must lie between %d and %d"
                            .formatted(what, shortened(text), least, most));
        }
        return value.longValue();
    }

    private static boolean isAsciiNumber(String digits, int radix) {
        return digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
