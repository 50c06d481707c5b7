package io.github.shmlens.ui.hex;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes as text for the clipboard.
public final class HexText {

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private HexText() {}

    /// `50 48 50`.
    public static String hex(byte[] bytes) {
        return SPACED.formatHex(bytes);
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
