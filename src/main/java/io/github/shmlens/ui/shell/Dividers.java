package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.theme.Settings;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Where the user left a divider: tabs that are opened later put theirs there. FX thread.
final class Dividers {

    private static final double LEAST = 0.1;
    private static final double MOST = 0.9;

    private Dividers() {}

    /// Puts the only divider of a pane where its like was left.
    ///
    /// @param usual its share of the pane when it was never moved
    static void place(SplitPane pane, Settings settings, String name, double usual) {
        double share = settings.number(setting(name), usual);
        pane.setDividerPositions(Math.clamp(share, LEAST, MOST));
    }

    /// Notes each drag. A layout that moves the divider is not the user's wish and is not noted.
    static void follow(SplitPane pane, Settings settings, String name) {
        follow(pane, settings, () -> name);
    }

    /// The same for a pane whose divider has more than one place.
    ///
    /// @param name of what stands beside it now
    static void follow(SplitPane pane, Settings settings, Supplier<String> name) {
        pane.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    if (event.getTarget() instanceof Node on
                            && pane.getDividers().size() == 1
                            && isDividerOf(pane, on)) {
                        settings.keep(setting(name.get()), pane.getDividerPositions()[0]);
                    }
                });
    }

    /// The divider itself or its grip in the middle, where most people take hold of it.
    static boolean isDividerOf(SplitPane pane, Node node) {
        @Nullable Node at = node;
        while (at != null && !at.getStyleClass().contains("split-pane-divider")) {
            at = at.getParent();
        }
        return at != null && at.getParent() == pane;
    }

    private static String setting(String name) {
        return "divider-" + name;
    }
}
