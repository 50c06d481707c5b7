package io.github.shmlens.ui.theme;

import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;
import javafx.scene.control.TextArea;

/// Scroll panes draw what they show into a picture, to move it about faster, and the toolkit keeps
/// that picture after the pane is gone, until memory runs short: hundreds of KiB for every tab that
/// was ever closed. What is live has to be drawn anew anyway.
public final class Scrolling {

    private Scrolling() {}

    /// Has a pane draw straight to the window.
    ///
    /// @return the pane
    public static <T extends ScrollPane> T direct(T pane) {
        dropPicture(pane);
        pane.skinProperty().subscribe(_ -> dropPicture(pane));
        return pane;
    }

    /// The same for the pane that a text area has inside.
    ///
    /// @return the area
    public static <T extends TextArea> T direct(T area) {
        area.skinProperty()
                .subscribe((Skin<?> skin) -> {
                    if (skin != null && area.lookup(".scroll-pane") instanceof ScrollPane inside) {
                        direct(inside);
                    }
                });
        return area;
    }

    private static void dropPicture(Control pane) {
        for (Node child : pane.getChildrenUnmodifiable()) {
            child.setCache(false);
        }
    }
}
