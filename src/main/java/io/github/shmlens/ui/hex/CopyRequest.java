package io.github.shmlens.ui.hex;

/// Bytes to be put on the clipboard that the view does not hold itself.
///
/// @param format how; [HexText] makes the text
public record CopyRequest(Selection selection, Format format) {

    public enum Format {
        HEX,
        TEXT
    }
}
