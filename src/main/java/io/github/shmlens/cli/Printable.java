package io.github.shmlens.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Keeps foreign text from steering the terminal it is printed on: names of processes, paths and
/// values are whatever somebody put there.
final class Printable {

    private Printable() {}

    /// On one line, with control characters and bidirectional overrides shown as escapes.
    static String line(String text) {
        return escaped(text, false);
    }

    /// As [#line], but line feeds and tabs stay.
    static String lines(String text) {
        return escaped(text, true);
    }

    /// The text these bytes are, when they are UTF-8 without control characters other than tab,
    /// line feed and carriage return; otherwise null.
    static @Nullable String utf8(byte[] bytes) {
        String text = strictUtf8(bytes);
        if (text == null) {
            return null;
        }
        boolean plain =
                text.chars()
                        .allMatch(c ->
                                c == '\t' || c == '\n' || c == '\r' || !Character.isISOControl(c));
        return plain ? text : null;
    }

    /// The text these bytes are, or null when they are not UTF-8.
    static @Nullable String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static String escaped(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(c -> steers(c, keepLines))) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    if (!steers(c, keepLines)) {
                        shown.appendCodePoint(c);
                    } else if (c == '\n') {
                        shown.append("\\n");
                    } else if (c == '\t') {
                        shown.append("\\t");
                    } else if (c < 0x100) {
                        shown.append("\\x%02x".formatted(c));
                    } else {
                        shown.append("\\u%04x".formatted(c));
                    }
                });
        return shown.toString();
    }

    private static boolean steers(int c, boolean keepLines) {
        if (keepLines && (c == '\n' || c == '\t')) {
            return false;
        }
        return Character.isISOControl(c)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0xd800 && c <= 0xdfff);
    }
}
