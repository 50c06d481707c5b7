package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import java.util.HexFormat;

/// Bytes as a person types them: pairs of hex digits, with blanks and colons between them or not.
final class HexText {

    private static final int SHOWN_DIGITS = 64;

    private HexText() {}

    /// Reads them.
    ///
    /// @param what what the bytes are, for the sentence of the error
    /// @param otherwise what else could be done, as a clause
    static byte[] bytes(String what, String text, String otherwise) throws BadInput {
        try {
            return HexFormat.of().parseHex(text.replaceAll("[\\s:]", ""));
        } catch (IllegalArgumentException notHex) {
            throw new BadInput(
                    "the %s \"%s\" is not pairs of hex digits; %s"
                            .formatted(what, text, otherwise));
        }
    }

    /// So many that a sentence can hold them.
    static String shortened(byte[] bytes) {
        int shown = Math.min(bytes.length, SHOWN_DIGITS / 2);
        String digits = HexFormat.of().formatHex(bytes, 0, shown);
        return shown == bytes.length ? digits : digits + "…";
    }
}
