package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.ui.hex.HexView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Control;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The window by its Tab key alone.
class FocusTest extends MainJob {

    private static final int MOST_STEPS = 120;

    /// A ring or a mark of its own; a caret that blinks has fewer points.
    private static final int RING_POINTS = 40;

    @Test
    void tabGoesRoundTheWholeWindowAndEachStopShowsThatItHasTheFocus() {
        phpStore();
        openWindow();
        attachByKey();
        fx(() -> settings.quietProperty().set(true));
        waitUntil("slots", () -> !slots().isEmpty());

        Set<Node> stops = new LinkedHashSet<>();
        List<String> unseen = new ArrayList<>();
        Node at = focused();
        while (stops.add(at)) {
            assertThat(stops).hasSizeLessThan(MOST_STEPS);
            Node stop = at;
            Rectangle2D around = ask(() -> around(stop));
            WritableImage with = picture(around);
            if (Set.of("remove", "order-le").contains(String.valueOf(stop.getId()))) {
                assertThat(screenshot(stage(), "focus-" + stop.getId())).exists();
            }
            if (stop instanceof HexView) {
                // From its hex column to its text column; the next Tab leaves it.
                robot.type(KeyCode.TAB);
            }
            robot.type(KeyCode.TAB);
            waitUntil("the focus went on from " + stop, () -> focused() != stop);
            int points = different(with, picture(around));
            if (points < RING_POINTS) {
                unseen.add(points + " points: " + stop);
            }
            at = focused();
        }
        assertThat(at).as("where the round ends").isSameAs(stops.iterator().next());
        assertThat(unseen).isEmpty();
        assertThat(stops)
                .as("what can be reached")
                .contains(lookup("#attach"), lookup("#menu"))
                .hasAtLeastOneElementOfType(HexView.class)
                .hasAtLeastOneElementOfType(TableView.class);
    }

    private Node focused() {
        return Objects.requireNonNull(ask(() -> scene().getFocusOwner()), "nothing has the focus");
    }

    private Scene scene() {
        return stage().getScene();
    }

    /// The stop with what lies right around it, or the part of a large one along its upper edge.
    private static Rectangle2D around(Node stop) {
        Node shown = stop;
        if (!(stop instanceof Control) && stop.getParent() instanceof Control whole) {
            shown = whole;
        }
        Bounds bounds = shown.localToScene(shown.getBoundsInLocal());
        return new Rectangle2D(
                Math.max(0, bounds.getMinX() - 4),
                Math.max(0, bounds.getMinY() - 4),
                bounds.getWidth() + 8,
                bounds.getHeight() + 8);
    }

    private WritableImage picture(Rectangle2D part) {
        return ask(() -> {
            SnapshotParameters how = new SnapshotParameters();
            how.setViewport(part);
            return scene().getRoot().snapshot(how, null);
        });
    }

    private static int different(WritableImage one, WritableImage other) {
        PixelReader a = one.getPixelReader();
        PixelReader b = other.getPixelReader();
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (a.getArgb(x, y) != b.getArgb(x, y)) {
                    count++;
                }
            }
        }
        return count;
    }
}
