package io.github.shmlens.ui.inspect;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.text.Texts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes as text on one line, with a dot for what cannot be printed. Pure.
final class SeenText {

    private static final Texts TEXTS = Texts.of(SeenText.class);
    private static final int SHOWN_CHARACTERS = 24;

    private SeenText() {}

    /// As UTF-8; what is none, or has no glyph, becomes a dot for each byte or letter.
    static String utf8(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = sequenceLength(bytes[at] & 0xff);
            String letter = at + length <= bytes.length ? decode(bytes, at, length) : "";
            text.append(isPrintable(letter) ? letter : ".");
            at += letter.isEmpty() ? 1 : length;
        }
        return text.toString();
    }

    /// As UTF-16 in a byte order; half pairs and what has no glyph become dots.
    static String utf16(byte[] bytes, ByteOrder order) {
        StringBuilder text = new StringBuilder(bytes.length / 2);
        CharBuffer units = ByteBuffer.wrap(bytes).order(order).asCharBuffer();
        int at = 0;
        while (at < units.length()) {
            String letter = Character.toString(Character.codePointAt(units, at));
            boolean half = letter.length() == 1 && Character.isSurrogate(letter.charAt(0));
            text.append(!half && isPrintable(letter) ? letter : ".");
            at += letter.length();
        }
        return text.toString();
    }

    /// The bytes of a text in UTF-16.
    static byte[] utf16Bytes(String text, ByteOrder order) throws BadInput {
        Charset encoding =
                order == ByteOrder.LITTLE_ENDIAN
                        ? StandardCharsets.UTF_16LE
                        : StandardCharsets.UTF_16BE;
        try {
            ByteBuffer encoded =
                    encoding.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            if (bytes.length == 0) {
                throw new BadInput(TEXTS.say("text.nothing"));
            }
            return bytes;
        } catch (CharacterCodingException half) {
            throw new BadInput(TEXTS.say("text.half-character"));
        }
    }

    /// As much of a shown text as is what the bytes hold, and not a dot in the place of something.
    static String printable(String shown, byte[] bytes, ByteOrder order, boolean wide) {
        int end = 0;
        int at = 0;
        while (end < shown.length()) {
            int letter = shown.codePointAt(end);
            if (letter == '.' && !isDot(bytes, at, order, wide)) {
                break;
            }
            end += Character.charCount(letter);
            at +=
                    wide
                            ? 2 * Character.charCount(letter)
                            : Character.toString(letter).getBytes(StandardCharsets.UTF_8).length;
        }
        return shown.substring(0, end);
    }

    private static boolean isDot(byte[] bytes, int at, ByteOrder order, boolean wide) {
        if (!wide) {
            return at < bytes.length && bytes[at] == '.';
        }
        return at + 2 <= bytes.length
                && ByteBuffer.wrap(bytes).order(order).getShort(at) == (short) '.';
    }

    static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static boolean isPrintable(String letter) {
        if (letter.isEmpty() || !Character.isDefined(letter.codePointAt(0))) {
            return false;
        }
        int type = Character.getType(letter.codePointAt(0));
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.PRIVATE_USE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static int sequenceLength(int first) {
        if (first < 0xc0) {
            return 1;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /// One letter, or nothing when the bytes are no UTF-8.
    private static String decode(byte[] bytes, int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException none) {
            return "";
        }
    }
}
