package io.github.shmlens.ui.hex;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/// Bytes as text for the clipboard.
public final class HexText {

    private static final String DIGITS = "0123456789abcdef";

    private HexText() {}

    /// `50 48 50`, with `··` for bytes that are not known.
    static String hex(byte[] bytes, IntPredicate known) {
        StringBuilder text = new StringBuilder(3 * bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(' ');
            }
            if (known.test(i)) {
                text.append(DIGITS.charAt(bytes[i] >> 4 & 0xF))
                        .append(DIGITS.charAt(bytes[i] & 0xF));
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

    /// @param known whether the byte of an index was read; the others are `··` in hex
    public static String of(byte[] bytes, CopyRequest.Format format, IntPredicate known) {
        return switch (format) {
            case HEX -> hex(bytes, known);
            case TEXT -> text(bytes);
        };
    }

    private static boolean readable(int c) {
        return c == '\n' || c == '\t' || c == '\r' || (!Character.isISOControl(c) && c != 0xFFFD);
    }
}
