package io.github.shmlens.ui.hex;

import java.util.function.LongConsumer;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;

/// A vertical scroll bar over any number of rows, exact to the row: its own values are doubles, and
/// where those would lose rows it counts in powers of 2. FX thread.
public final class RowBar {

    /// A row number as a double is exact up to here.
    private static final long EXACT = 1L << 52;

    private final ScrollBar bar = new ScrollBar();
    private final LongConsumer onScroll;
    private long maxTopRow;
    private boolean placing;

    /// @param onScroll told which row shall be the top one, when a person moves the bar
    public RowBar(LongConsumer onScroll) {
        this.onScroll = onScroll;
        bar.setOrientation(Orientation.VERTICAL);
        bar.setManaged(false);
        bar.setFocusTraversable(false);
        bar.valueProperty().addListener((_, _, value) -> moved(value.doubleValue()));
    }

    public ScrollBar bar() {
        return bar;
    }

    /// Shows where the view is; tells nobody.
    ///
    /// @param maxTopRow the greatest row that can be the top one
    public void place(long topRow, long maxTopRow, int pageRows, long rows) {
        placing = true;
        this.maxTopRow = maxTopRow;
        double unit = 1L << shift();
        double max = (double) maxTopRow / unit;
        bar.setMax(max);
        bar.setVisibleAmount(max * pageRows / (double) Math.max(1, rows));
        bar.setUnitIncrement(1);
        bar.setBlockIncrement(pageRows);
        bar.setValue((double) topRow / unit);
        bar.setDisable(max == 0);
        placing = false;
    }

    private int shift() {
        int shift = 0;
        while (maxTopRow >> shift >= EXACT) {
            shift++;
        }
        return shift;
    }

    private void moved(double value) {
        if (!placing) {
            // The end is the end, whatever rounding says.
            onScroll.accept(value >= bar.getMax() ? maxTopRow : (long) Math.rint(value) << shift());
        }
    }
}
