package io.github.shmlens.ui.theme;

import javafx.geometry.HPos;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.layout.Region;

/// Two things in a row, the second at the right edge. Where the row is too narrow for both, the
/// second goes below the first, and only what is wider than the whole row is cut or wraps. FX
/// thread.
public final class SideOrBelow extends Region {

    private static final double LEAST_GAP = 6;

    private final Region first;
    private final Region second;

    public SideOrBelow(Region first, Region second) {
        this.first = first;
        this.second = second;
        getChildren().setAll(first, second);
    }

    private double gap() {
        return second.prefWidth(-1) > 0 ? LEAST_GAP : 0;
    }

    /// Whether the second stands below the first.
    ///
    /// @param width without insets
    private boolean isBelow(double width) {
        double wanted = second.prefWidth(-1);
        return wanted > 0 && first.prefWidth(-1) + LEAST_GAP + wanted > width + 0.5;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return sides() + Math.max(first.minWidth(-1), second.minWidth(-1));
    }

    @Override
    protected double computePrefWidth(double height) {
        return sides() + snapSizeX(first.prefWidth(-1)) + gap() + snapSizeX(second.prefWidth(-1));
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double room = width < 0 ? Double.MAX_VALUE : Math.max(0, width - sides());
        double above = height(first, room);
        double other = height(second, room);
        return snappedTopInset()
                + snappedBottomInset()
                + (isBelow(room) ? above + other : Math.max(above, other));
    }

    /// Of a part that has a row to itself: a label may wrap there.
    private double height(Region part, double room) {
        return snapSizeY(part.prefHeight(width(part, room)));
    }

    private double width(Region part, double room) {
        return Math.min(snapSizeX(part.prefWidth(-1)), room);
    }

    private double sides() {
        return snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double width = Math.max(0, getWidth() - sides());
        double height = Math.max(0, getHeight() - top - snappedBottomInset());
        if (isBelow(width)) {
            double above = height(first, width);
            place(first, left, top, width, above, HPos.LEFT);
            place(second, left, top + above, width, height - above, HPos.LEFT);
        } else {
            place(first, left, top, width, height, HPos.LEFT);
            place(second, left, top, width, height, HPos.RIGHT);
        }
    }

    private void place(
            Region part, double left, double top, double width, double height, HPos side) {
        part.resize(width(part, width), height(part, width));
        positionInArea(part, left, top, width, height, 0, side, VPos.CENTER);
    }
}
