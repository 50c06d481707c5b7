package io.github.shmlens.ui.hex;

import javafx.geometry.Point2D;

/// Where the bytes of a view are, for clicks from other packages.
public final class HexCells {

    private HexCells() {}

    /// The middle of a byte's hex cell on the screen. FX thread.
    public static Point2D hex(HexView view, long offset) {
        return view.localToScreen(view.cellCentre(offset, HexModel.Column.HEX));
    }

    /// The byte as it is on the screen, −1 where it is not known. FX thread.
    public static int live(HexView view, long offset) {
        return view.model().live(offset);
    }

    /// Whether the view has the byte, or knows that its page was never touched. FX thread.
    public static boolean isSampled(HexView view, long offset) {
        return view.model().window().covers(offset);
    }
}
