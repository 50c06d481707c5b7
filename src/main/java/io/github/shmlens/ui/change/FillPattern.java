package io.github.shmlens.ui.change;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import java.util.HexFormat;

/// What a range is filled with.
sealed interface FillPattern {

    Texts TEXTS = Texts.of(FillPattern.class);

    /// These bytes, again and again, the last time as far as they go.
    record Repeated(byte[] bytes) implements FillPattern {}

    /// Each byte one more than the one before; 00 comes after ff.
    record Counting(int first) implements FillPattern {}

    /// As a person chooses it.
    enum Kind {
        ZEROS,
        BYTE,
        PATTERN,
        COUNTING
    }

    static FillPattern parse(Kind kind, String text) throws BadInput {
        return switch (kind) {
            case ZEROS -> new Repeated(new byte[1]);
            case BYTE -> new Repeated(new byte[] {(byte) oneByte(text)});
            case COUNTING -> new Counting(text.isBlank() ? 0 : oneByte(text));
            case PATTERN -> new Repeated(hex(text));
        };
    }

    private static int oneByte(String text) throws BadInput {
        return (int) Numbers.parse(TEXTS.say("fill.what-byte"), text, 0, 255);
    }

    private static byte[] hex(String text) throws BadInput {
        String digits = text.replaceAll("[\\s:]", "");
        try {
            byte[] bytes = HexFormat.of().parseHex(digits);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException notHex) {
            throw new BadInput(TEXTS.say("fill.no-hex", text.strip()));
        }
        throw new BadInput(TEXTS.say("fill.empty-pattern"));
    }

    /// So many bytes of it.
    default byte[] bytes(int length) {
        byte[] all = new byte[length];
        for (int i = 0; i < length; i++) {
            all[i] =
                    switch (this) {
                        case Repeated(byte[] bytes) -> bytes[i % bytes.length];
                        case Counting(int first) -> (byte) (first + i);
                    };
        }
        return all;
    }
}
