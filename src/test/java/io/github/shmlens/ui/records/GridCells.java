package io.github.shmlens.ui.records;

import javafx.geometry.Point2D;
import javafx.scene.Node;

/// What the painted table of records shows and where, for tests of other packages. FX thread.
public final class GridCells {

    private GridCells() {}

    /// The middle of a cell on the screen.
    public static Point2D centre(Node grid, long row, int column) {
        return grid.localToScreen(of(grid).cellCentre(row, column));
    }

    /// What a cell says; empty where it was not read yet.
    public static String text(Node grid, long row, int column) {
        return of(grid).text(row, column);
    }

    /// The number of the record that is a row; −1 where it is not known.
    public static long number(Node grid, long row) {
        return of(grid).number(row);
    }

    public static long rows(Node grid) {
        return of(grid).rows();
    }

    public static long caretRow(Node grid) {
        return of(grid).caretRow();
    }

    public static int caretColumn(Node grid) {
        return of(grid).caretColumn();
    }

    private static RecordGrid of(Node grid) {
        return (RecordGrid) grid;
    }
}
