package io.github.shmlens.ui.hex;

import io.github.shmlens.ui.hex.HexModel.Column;

/// Where columns lie, in device pixels from the surface's left edge. A pure function of the font's
/// cell and of how many bytes and address digits a row has.
///
/// ```
/// |m| address |m| hex cells, a gap after each 8 |m| text |m|
/// ```
///
/// @param cell width of one character; margin and gap are as wide
record HexGrid(int cell, int rowHeight, int bytesPerRow, int addressDigits) {

    /// What a point is over.
    ///
    /// @param index byte in the row, clamped to it
    record Hit(Column column, int index) {}

    private static final int GROUP = 8;

    /// How many hex digits the addresses of a segment need: 8, 12 or 16.
    static int digitsFor(long sizeBytes) {
        if (sizeBytes <= 1L << 32) {
            return 8;
        }
        return sizeBytes <= 1L << 48 ? 12 : 16;
    }

    /// As many as its last address has, but four.
    static int leastDigitsFor(long sizeBytes) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, sizeBytes - 1));
        return Math.max(4, (bits + 3) / 4);
    }

    /// The same characters for rows of another shape.
    HexGrid with(int otherBytesPerRow, int otherAddressDigits) {
        return new HexGrid(cell, rowHeight, otherBytesPerRow, otherAddressDigits);
    }

    int addressX() {
        return cell;
    }

    /// Where addresses end and bytes begin, in the blank between them.
    ///
    /// @param step it is a multiple of this many pixels, where the blank is as wide as that
    int marginWidth(int step) {
        int least = addressX() + addressDigits * cell;
        return Math.max(least, hexX(0) / step * step);
    }

    int hexX(int index) {
        return cell + addressDigits * cell + cell + index * hexWidth() + index / GROUP * cell;
    }

    int hexWidth() {
        return 3 * cell;
    }

    /// Whether a gap follows this byte.
    boolean endsGroup(int index) {
        return index % GROUP == GROUP - 1 && index < bytesPerRow - 1;
    }

    int textX(int index) {
        return hexX(bytesPerRow - 1) + hexWidth() + cell + index * cell;
    }

    int width() {
        return textX(bytesPerRow) + cell;
    }

    Hit hit(double x) {
        Column over = x >= textX(0) - cell / 2.0 ? Column.TEXT : Column.HEX;
        return new Hit(over, indexAt(over, x));
    }

    /// The byte of this column nearest to `x`, also when `x` is somewhere else.
    int indexAt(Column column, double x) {
        return switch (column) {
            case TEXT -> within((x - textX(0)) / cell);
            case HEX -> {
                double from = Math.max(0, x - hexX(0));
                int group = GROUP * hexWidth() + cell;
                double inGroup = Math.min(Math.floor(from % group / hexWidth()), GROUP - 1);
                yield within(Math.floor(from / group) * GROUP + inGroup);
            }
        };
    }

    private int within(double index) {
        return (int) Math.clamp(Math.floor(index), 0, bytesPerRow - 1);
    }
}
