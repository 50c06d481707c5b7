package io.github.shmlens.ui.hex;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.IntPredicate;

/// Bytes as text for the clipboard.
public final class HexText {

    private static final String DIGITS = "0123456789abcdef";
    private static final int PER_LINE = 12;

    private HexText() {}

    /// `50 48 50`, with `··` for bytes that are not known.
    static String hex(byte[] bytes, IntPredicate known) {
        StringBuilder text = new StringBuilder(3 * bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(' ');
            }
            if (known.test(i)) {
                digits(text, bytes[i]);
            } else {
                text.append("··");
            }
        }
        return text.toString();
    }

    /// UTF-8; what is not, and control characters other than tab and line ends, become dots.
    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .map(c -> readable(c) ? c : '.')
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /// A definition that C and C++ compile.
    static String cArray(byte[] bytes) {
        StringBuilder text = new StringBuilder(6 * bytes.length + 64);
        text.append("const unsigned char bytes[").append(bytes.length).append("] = {");
        for (int i = 0; i < bytes.length; i++) {
            beginElement(text, i);
            digits(text.append("0x"), bytes[i]);
        }
        return text.append("\n};\n").toString();
    }

    /// A declaration that Java compiles. Elements above 0x7f are negative there.
    static String javaArray(byte[] bytes) {
        StringBuilder text = new StringBuilder(13 * bytes.length + 32);
        text.append("byte[] bytes = {");
        for (int i = 0; i < bytes.length; i++) {
            beginElement(text, i);
            digits(text.append(bytes[i] < 0 ? "(byte) 0x" : "0x"), bytes[i]);
        }
        return text.append("\n};\n").toString();
    }

    /// A double-quoted string of PHP that holds exactly these bytes: what is no plain ASCII is
    /// `\xHH`, always with two digits, and nothing in it is taken for a variable.
    static String phpString(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16).append('"');
        for (byte one : bytes) {
            switch (one) {
                case '"', '\\', '$' -> text.append('\\').append((char) one);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (one >= ' ' && one < 0x7f) {
                        text.append((char) one);
                    } else {
                        digits(text.append("\\x"), one);
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    /// @param known whether the byte of an index was read; the others are `··` in hex, and a form
    ///   that has no sign for them must not be asked for
    public static String of(byte[] bytes, CopyRequest.Format format, IntPredicate known) {
        return switch (format) {
            case HEX -> hex(bytes, known);
            case TEXT -> text(bytes);
            case C_ARRAY -> cArray(bytes);
            case JAVA_ARRAY -> javaArray(bytes);
            case PHP_STRING -> phpString(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
        };
    }

    private static void beginElement(StringBuilder text, int index) {
        if (index > 0) {
            text.append(',');
        }
        text.append(index % PER_LINE == 0 ? "\n    " : " ");
    }

    private static void digits(StringBuilder text, byte one) {
        text.append(DIGITS.charAt(one >> 4 & 0xF)).append(DIGITS.charAt(one & 0xF));
    }

    private static boolean readable(int c) {
        return c == '\n' || c == '\t' || c == '\r' || (!Character.isISOControl(c) && c != 0xFFFD);
    }
}
