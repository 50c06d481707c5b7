package io.github.shmlens.php;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PHP values and payloads for people to read.
public final class PhpText {

    /// Deeper than this a line only says that something is there.
    private static final int LINE_DEPTH = 16;

    /// Leftmost decimal points PHP writes without an exponent: 0.0001 yes, 0.00001 no.
    private static final int LEAST_POINT = -3;

    /// The `serialize_precision` of −1 counts as 17 when PHP chooses between plain and exponent.
    private static final int MOST_POINT = 17;

    private PhpText() {}

    /// One line, at most so many characters, ending in `…` where there is more.
    public static String oneLine(PhpValue value, int maxChars) {
        Line line = new Line(maxChars);
        line.value(value, 0);
        return line.text();
    }

    /// A key as [#oneLine] writes it, cut likewise.
    static String keyLine(PhpValue.Key key, int maxChars) {
        Line line = new Line(maxChars);
        line.key(key);
        return line.text();
    }

    /// The serialized text, printable: bytes that are no printable UTF-8 become `\xNN`. A backslash
    /// of the text itself is doubled where any byte had to be escaped, so that the two differ.
    public static String php(byte[] payload) {
        String printable = printable(payload);
        if (printable != null) {
            return printable;
        }
        StringBuilder text = new StringBuilder(payload.length + payload.length / 2);
        int at = 0;
        while (at < payload.length) {
            int length = sequenceLength(payload, at);
            if (length == 1 && payload[at] == '\\') {
                text.append("\\\\");
            } else if (length > 0) {
                text.append(new String(payload, at, length, StandardCharsets.UTF_8));
            } else {
                length = 1;
                text.append("\\x").append(HexFormat.of().toHexDigits(payload[at]));
            }
            at += length;
        }
        return text.toString();
    }

    /// The bytes as text, or null where they are not UTF-8 or hold control characters other than
    /// tab and line ends.
    public static @Nullable String printable(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
        return text.codePoints().allMatch(PhpText::isPrintable) ? text : null;
    }

    /// A float as serialize() writes it: the fewest digits that read back to the same number.
    static String shortest(double value) {
        if (Double.isNaN(value)) {
            return "NAN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "INF" : "-INF";
        }
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        return value == 0 ? sign + "0" : sign + shortestPositive(Math.abs(value));
    }

    private static String shortestPositive(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            // Java always writes two digits, also where one is enough: 4.9E-324.
            BigDecimal one =
                    decimal.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
            if (one.doubleValue() == value) {
                decimal = one;
            }
        }
        String digits = decimal.unscaledValue().toString();
        // The value is 0.DIGITS × 10^point.
        int point = digits.length() - decimal.scale();
        if (point < LEAST_POINT || point > MOST_POINT) {
            String fraction = digits.length() == 1 ? "0" : digits.substring(1);
            int exponent = point - 1;
            return digits.charAt(0) + "." + fraction + "E" + (exponent < 0 ? "" : "+") + exponent;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    /// A property's name without the marks of protected and private ones.
    static String propertyName(PhpValue.Key name) {
        byte[] plain =
                switch (name) {
                    case PhpValue.Int whole -> whole.text().getBytes(StandardCharsets.US_ASCII);
                    case PhpValue.Str text -> unmangled(text.bytes());
                };
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static byte[] unmangled(byte[] name) {
        if (name.length > 0 && name[0] == 0) {
            for (int i = 1; i < name.length; i++) {
                if (name[i] == 0) {
                    return Arrays.copyOfRange(name, i + 1, name.length);
                }
            }
        }
        return name;
    }

    private static boolean isPrintable(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || !Character.isISOControl(character);
    }

    /// Length of the printable UTF-8 sequence here; 0 when there is none.
    private static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        byte[] sequence = Arrays.copyOfRange(bytes, at, at + length);
        return printable(sequence) == null ? 0 : length;
    }

    /// Puts a line together and stops as soon as it is full, so that a huge value costs no more
    /// than a small one.
    private static final class Line {
        private final int most;
        private final StringBuilder text = new StringBuilder();

        private Line(int most) {
            this.most = Math.max(most, 1);
        }

        private String text() {
            if (text.length() <= most) {
                return text.toString();
            }
            int cut = most - 1;
            if (cut > 0 && Character.isHighSurrogate(text.charAt(cut - 1))) {
                cut--;
            }
            return text.substring(0, cut) + "…";
        }

        private boolean full() {
            return text.length() > most;
        }

        private void value(PhpValue value, int depth) {
            if (full()) {
                return;
            }
            switch (value) {
                case PhpValue.Null _ -> text.append("null");
                case PhpValue.Bool bool -> text.append(bool.value());
                case PhpValue.Int whole -> text.append(whole.value());
                case PhpValue.Float real -> text.append(real.text());
                case PhpValue.Str string -> string(string);
                case PhpValue.Array array -> array(array, depth);
                case PhpValue.Obj object -> {
                    text.append(object.className()).append(" {");
                    elements(object.properties(), true, depth);
                    text.append('}');
                }
                case PhpValue.Custom custom -> {
                    text.append(custom.className()).append(" {");
                    string(PhpValue.Str.of(custom.content()));
                    text.append('}');
                }
                case PhpValue.Enum one ->
                        text.append(one.className()).append("::").append(one.caseName());
                case PhpValue.ObjectRef same -> text.append("→ ").append(same.number());
                case PhpValue.VariableRef same -> text.append("⇒ ").append(same.number());
            }
        }

        private void array(PhpValue.Array array, int depth) {
            text.append('[');
            elements(array.entries(), !isList(array.entries(), most), depth);
            text.append(']');
        }

        private void elements(List<PhpValue.Entry> entries, boolean named, int depth) {
            if (depth >= LINE_DEPTH && !entries.isEmpty()) {
                text.append('…');
                return;
            }
            String between = "";
            for (PhpValue.Entry entry : entries) {
                if (full()) {
                    return;
                }
                text.append(between);
                if (named) {
                    key(entry.key());
                    text.append(": ");
                }
                value(entry.value(), depth + 1);
                between = ", ";
            }
        }

        private void key(PhpValue.Key key) {
            String name = propertyName(key);
            for (int i = 0; i < name.length() && !full(); ) {
                int character = name.codePointAt(i);
                character(character);
                i += Character.charCount(character);
            }
        }

        private void string(PhpValue.Str string) {
            byte[] bytes = string.bytes();
            // A character takes four bytes at most, and an escape shows one byte at least.
            int shown = (int) Math.min(bytes.length, 4L * most + 4);
            String decoded = shown < bytes.length ? null : string.utf8();
            text.append('"');
            if (decoded != null) {
                characters(decoded);
            } else {
                int at = 0;
                while (at < shown && !full()) {
                    int length = sequenceLength(bytes, at);
                    if (length > 0) {
                        characters(new String(bytes, at, length, StandardCharsets.UTF_8));
                    } else {
                        length = 1;
                        text.append("\\x").append(HexFormat.of().toHexDigits(bytes[at]));
                    }
                    at += length;
                }
            }
            text.append('"');
        }

        private void characters(String decoded) {
            for (int i = 0; i < decoded.length() && !full(); ) {
                int character = decoded.codePointAt(i);
                character(character);
                i += Character.charCount(character);
            }
        }

        private void character(int character) {
            switch (character) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (Character.isISOControl(character)) {
                        text.append("\\x").append("%02x".formatted(character));
                    } else {
                        text.appendCodePoint(character);
                    }
                }
            }
        }
    }

    /// Whether the keys are 0 to n−1 in order; looks at the first ones only.
    private static boolean isList(List<PhpValue.Entry> entries, int lookAt) {
        long expected = 0;
        for (PhpValue.Entry entry : entries) {
            if (expected >= lookAt) {
                return true;
            }
            if (!(entry.key() instanceof PhpValue.Int whole) || whole.value() != expected) {
                return false;
            }
            expected++;
        }
        return true;
    }
}
