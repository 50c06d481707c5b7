package io.github.shmlens.ui.theme;

import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.IndexedCell;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The menu of what has the keyboard, by the menu key and by Shift+F10: JavaFX leaves both to the
/// platform, and on Linux that sends nothing. FX thread.
public final class MenuKey {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private MenuKey() {}

    /// Has the keys open menus in a scene, where nothing else takes them.
    public static void in(Scene scene) {
        scene.addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    Node owner = scene.getFocusOwner();
                    boolean menu =
                            key.getCode() == KeyCode.CONTEXT_MENU
                                    || (key.getCode() == KeyCode.F10 && key.isShiftDown());
                    if (menu && owner != null) {
                        key.consume();
                        ask(chosenIn(owner));
                    }
                });
    }

    /// Of a list or table, the chosen row; else the node itself.
    private static Node chosenIn(Node owner) {
        for (Node cell : owner.lookupAll(".indexed-cell")) {
            if (cell.getPseudoClassStates().contains(SELECTED)
                    && cell.isVisible()
                    && owner.localToScreen(owner.getLayoutBounds())
                            .intersects(cell.localToScreen(cell.getLayoutBounds()))) {
                return cell;
            }
        }
        return owner;
    }

    private static void ask(Node node) {
        Bounds bounds = node.getLayoutBounds();
        double x = bounds.getMinX() + Math.min(bounds.getWidth() / 2, 2 * bounds.getHeight());
        // Below a row that is chosen, not over it.
        double y = node instanceof IndexedCell<?> ? bounds.getMaxY() : bounds.getCenterY();
        Point2D screen = node.localToScreen(x, y);
        node.fireEvent(
                new ContextMenuEvent(
                        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                        x,
                        y,
                        screen.getX(),
                        screen.getY(),
                        true,
                        null));
    }
}
