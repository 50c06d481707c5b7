package io.github.shmlens.ui.hex;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.text.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes from the clipboard that are to be typed over a segment, and the room there is for them.
///
/// @param offset where they would begin
/// @param chosenBytes how many bytes are chosen; 1 is only the caret, which chooses nothing
/// @param roomBytes how many there are from there to the segment's end
public record Paste(long offset, byte[] bytes, long chosenBytes, long roomBytes) {

    /// More is not pasted at once: it is one step and one edit.
    public static final int MOST_BYTES = 64 << 10;

    /// Text of more characters cannot be so few bytes, however it is written.
    private static final int MOST_CHARACTERS = 8 * MOST_BYTES;

    private static final Texts TEXTS = Texts.of(Paste.class);

    /// What may stand between bytes.
    private static final String SEPARATORS = ",;:-_'";

    private static final String JAVA_CAST = "(byte)";

    /// How the clipboard's text is to be taken.
    public enum As {
        /// Pairs of hex digits, as [HexText] and most programs write them.
        HEX,
        /// The text itself, in UTF-8.
        TEXT
    }

    /// Whether the bytes reach beyond those that were chosen.
    public boolean exceedsSelection() {
        return chosenBytes > 1 && bytes.length > chosenBytes;
    }

    /// Whether they reach beyond the segment.
    public boolean exceedsSegment() {
        return bytes.length > roomBytes;
    }

    /// Makes bytes of a text.
    ///
    /// @throws BadInput when it holds none, too many, or something that is none
    public static byte[] bytes(String text, As as) throws BadInput {
        if (text.length() > MOST_CHARACTERS) {
            throw tooLong();
        }
        byte[] bytes =
                switch (as) {
                    case HEX -> hex(text);
                    case TEXT -> utf8(text);
                };
        if (bytes.length == 0) {
            throw new BadInput(TEXTS.say("paste.nothing"));
        }
        if (bytes.length > MOST_BYTES) {
            throw tooLong();
        }
        return bytes;
    }

    private static BadInput tooLong() {
        return new BadInput(TEXTS.say("paste.too-long", MOST_BYTES));
    }

    private static byte[] utf8(String text) throws BadInput {
        try {
            ByteBuffer encoded =
                    StandardCharsets.UTF_8
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException half) {
            throw new BadInput(TEXTS.say("paste.half-character"));
        }
    }

    /// `50 48`, `5048`, `0x50, 0x48`, `\x50\x48`, `50:48`, and what stands between the braces of an
    /// array in C or Java.
    private static byte[] hex(String text) throws BadInput {
        int open = text.indexOf('{');
        int close = text.lastIndexOf('}');
        int from = open >= 0 && close > open ? open + 1 : 0;
        int to = open >= 0 && close > open ? close : text.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int high = -1;
        boolean prefixed = false;
        int at = from;
        while (at <= to) {
            char sign = at < to ? text.charAt(at) : ' ';
            int length = 1;
            if (high < 0 && text.startsWith("\\x", at)) {
                prefixed = true;
                length = 2;
            } else if (high == 0 && !prefixed && (sign == 'x' || sign == 'X')) {
                high = -1;
                prefixed = true;
            } else if (Character.isWhitespace(sign) || SEPARATORS.indexOf(sign) >= 0) {
                if (high >= 0 && !prefixed) {
                    throw new BadInput(TEXTS.say("paste.half-byte", at));
                }
                if (high >= 0) {
                    bytes.write(high);
                }
                high = -1;
                prefixed = false;
            } else if (text.startsWith(JAVA_CAST, at)) {
                length = JAVA_CAST.length();
            } else if (high < 0) {
                high = digit(text, at);
            } else {
                bytes.write(high << 4 | digit(text, at));
                high = -1;
                prefixed = false;
            }
            at += length;
        }
        return bytes.toByteArray();
    }

    private static int digit(String text, int at) throws BadInput {
        char sign = text.charAt(at);
        int digit = sign < 128 ? Character.digit(sign, 16) : -1;
        if (digit < 0) {
            throw new BadInput(
                    sign == '·'
                            ? TEXTS.say("paste.unread")
                            : TEXTS.say(
                                    "paste.no-hex",
                                    Character.toString(text.codePointAt(at)),
                                    at + 1));
        }
        return digit;
    }
}
