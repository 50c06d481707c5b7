package io.github.shmlens.ui.problem;

import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import io.github.shmlens.ui.theme.Theme;
import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Questions and forms over the window, the newest in front. While one is open the rest of the
/// window neither takes clicks nor the keyboard. Inside the window and not windows of their own: so
/// they stay in front, on every desktop, and take the focus with them. FX thread.
public final class Sheets extends StackPane {

    private record Open(
            Region content, Frame frame, Runnable onEscape, @Nullable Node focusBefore) {}

    private final Deque<Open> open = new ArrayDeque<>();

    public Sheets() {
        getStyleClass().add("shm-sheets");
        getStylesheets().add(Theme.css(Sheets.class, "problem.css"));
        setVisible(false);
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    Open front = open.peek();
                    if (key.getCode() == KeyCode.ESCAPE && front != null) {
                        key.consume();
                        front.onEscape().run();
                    }
                });
        ChangeListener<Node> focus = (_, _, owner) -> keepFocusInside(owner);
        sceneProperty()
                .addListener((_, before, now) -> {
                    if (before != null) {
                        before.focusOwnerProperty().removeListener(focus);
                    }
                    if (now != null) {
                        now.focusOwnerProperty().addListener(focus);
                    }
                });
    }

    /// Shows a content in front of everything.
    ///
    /// @param first takes the keyboard
    /// @param onEscape called on Esc; usually closes the content
    public void show(Region content, Node first, Runnable onEscape) {
        Scene scene = getScene();
        content.getStyleClass().add(Looks.SHEET);
        // Smaller windows scroll a tall sheet instead of cutting its buttons off.
        Frame frame = Scrolling.direct(new Frame(content));
        frame.getStyleClass().add("shm-sheet-frame");
        frame.setFitToWidth(true);
        frame.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        frame.setFocusTraversable(false);
        frame.maxWidthProperty().bind(content.prefWidthProperty().add(2));
        frame.setMaxHeight(Region.USE_PREF_SIZE);
        open.push(new Open(content, frame, onEscape, scene == null ? null : scene.getFocusOwner()));
        getChildren().add(frame);
        setVisible(true);
        // A scroll pane takes its content in with its skin; without one nothing can be focused.
        frame.applyCss();
        frame.layout();
        first.requestFocus();
    }

    /// Takes a content away and gives the keyboard back to where it was. Does nothing when it is
    /// not shown.
    public void close(Region content) {
        for (Open one : open) {
            if (one.content() == content) {
                boolean front = open.peek() == one;
                open.remove(one);
                getChildren().remove(one.frame());
                setVisible(!open.isEmpty());
                Node before = one.focusBefore();
                if (front && before != null && before.getScene() == getScene()) {
                    before.requestFocus();
                }
                return;
            }
        }
    }

    /// Moves the front sheet up or down where it is taller than the window.
    ///
    /// @return whether the key is one that scrolls
    public boolean scroll(KeyCode code) {
        Open front = open.peek();
        return front != null && front.frame().scroll(code);
    }

    public boolean anyOpen() {
        return !open.isEmpty();
    }

    private void keepFocusInside(@Nullable Node owner) {
        Open front = open.peek();
        if (front == null || owner == null || isInside(owner, front.frame())) {
            return;
        }
        Node first = firstTraversable(front.content());
        if (first != null) {
            first.requestFocus();
        }
    }

    private static boolean isInside(Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Node firstTraversable(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (!child.isVisible() || child.isDisabled()) {
                continue;
            }
            if (child.isFocusTraversable()) {
                return child;
            }
            if (child instanceof Parent inner) {
                Node found = firstTraversable(inner);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /// As high as its sentences are when wrapped; a plain scroll pane asks for the height they
    /// would have unwrapped.
    private static final class Frame extends ScrollPane {

        private static final double LINE = 40;

        private final Region content;

        Frame(Region content) {
            super(content);
            this.content = content;
        }

        boolean scroll(KeyCode code) {
            double page = getViewportBounds().getHeight();
            double by =
                    switch (code) {
                        case UP, KP_UP -> -LINE;
                        case DOWN, KP_DOWN -> LINE;
                        case PAGE_UP -> LINE - page;
                        case PAGE_DOWN -> page - LINE;
                        case HOME -> Double.NEGATIVE_INFINITY;
                        case END -> Double.POSITIVE_INFINITY;
                        default -> 0;
                    };
            if (by == 0) {
                return false;
            }
            double hidden = content.getHeight() - page;
            if (hidden > 0) {
                setVvalue(Math.clamp(getVvalue() + by / hidden, 0, 1));
            }
            return true;
        }

        /// How wide its content is decides how high; what that was laid out with before, on a frame
        /// that had no size yet, does not.
        @Override
        public Orientation getContentBias() {
            return Orientation.HORIZONTAL;
        }

        @Override
        protected double computePrefHeight(double width) {
            double inner =
                    width < 0
                            ? content.getPrefWidth()
                            : width - snappedLeftInset() - snappedRightInset();
            return snapSizeY(content.prefHeight(inner)) + snappedTopInset() + snappedBottomInset();
        }
    }
}
