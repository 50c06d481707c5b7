package io.github.shmlens.ui.hex;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/// Bytes as text for the clipboard.
public final class HexText {

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private HexText() {}

    /// `50 48 50`.
    public static String hex(byte[] bytes) {
        return SPACED.formatHex(bytes);
    }

    /// The same with `··` for bytes that are not known.
    static String hex(byte[] bytes, IntPredicate known) {
        StringBuilder text = new StringBuilder(3 * bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            text.append(i == 0 ? "" : " ");
            text.append(known.test(i) ? HexFormat.of().toHexDigits(bytes[i]) : "··");
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

    public static String of(byte[] bytes, CopyRequest.Format format) {
        return switch (format) {
            case HEX -> hex(bytes);
            case TEXT -> text(bytes);
        };
    }

    private static boolean readable(int c) {
        return c == '\n' || c == '\t' || c == '\r' || (!Character.isISOControl(c) && c != 0xFFFD);
    }
}
