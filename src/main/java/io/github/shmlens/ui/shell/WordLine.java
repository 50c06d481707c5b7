package io.github.shmlens.ui.shell;

import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

/// Words in one line. Where room is short, the last of them give way, not a bit of each: one is cut
/// with an ellipsis, and those behind it have no room.
final class WordLine extends HBox {

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double right = getWidth() - snappedRightInset();
        double height = getHeight() - top - snappedBottomInset();
        for (Node word : getManagedChildren()) {
            double room = Math.max(0, right - left);
            double width = Math.min(snapSizeX(word.prefWidth(-1)), room);
            word.resize(width, snapSizeY(Math.min(word.prefHeight(width), height)));
            positionInArea(word, left, top, width, height, 0, HPos.LEFT, VPos.CENTER);
            left += width + snapSpaceX(getSpacing());
        }
    }
}
