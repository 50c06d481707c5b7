package io.github.shmlens.ui.shell;

import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// The list of segments and what is beside it. The list has a width of its own in pixels: a window
/// that becomes wider or narrower, in however many steps and whenever each is laid out, gives the
/// room to the rest or takes it from there. FX thread.
final class ListBeside extends SplitPane {

    private final Region list;
    private double listWidth;
    private double laidOutWidth = -1;

    ListBeside(Region list, Node rest) {
        this.list = list;
        SplitPane.setResizableWithParent(list, false);
        getItems().setAll(list, rest);
        addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    if (event.getTarget() instanceof Node on && Dividers.isDividerOf(this, on)) {
                        listWidth = list.getWidth();
                    }
                });
    }

    /// The width that was asked for last, by [#setListWidth] or by hand. It holds on where the
    /// window has no room for it.
    double listWidth() {
        return listWidth;
    }

    void setListWidth(double width) {
        listWidth = width;
        placeDivider();
    }

    private void placeDivider() {
        if (getWidth() > 0) {
            // A divider's place is that of its middle.
            setDividerPositions((listWidth + dividerWidth() / 2) / getWidth());
        }
    }

    private double dividerWidth() {
        return getChildrenUnmodifiable().stream()
                .filter(child -> child.getStyleClass().contains("split-pane-divider"))
                .mapToDouble(divider -> divider.prefWidth(-1))
                .findFirst()
                .orElse(0);
    }

    /// A divider's place is a share of the width, and the layout that first sees another width
    /// reckons with the one before: only after it the place can be said, and it is laid out at
    /// once, so that no order of other events can come between.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (getWidth() != laidOutWidth) {
            laidOutWidth = getWidth();
            placeDivider();
            super.layoutChildren();
        }
    }
}
