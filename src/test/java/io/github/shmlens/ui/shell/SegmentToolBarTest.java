package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.theme.Theme;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Application;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// What is in reach in a bar that has not room for all of it.
class SegmentToolBarTest extends FxTest {

    private final SegmentToolBar tools =
            ask(() -> {
                Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                return new SegmentToolBar(true);
            });

    private final List<Node> needed =
            List.of(
                    tools.edit(),
                    tools.remove(),
                    tools.detach(),
                    tools.pause(),
                    tools.find(),
                    tools.goTo(),
                    tools.lock());

    private Stage open(double width) {
        return open(
                () -> {
                    BorderPane root = new BorderPane();
                    root.setTop(tools);
                    root.getStylesheets().add(Theme.css(ShmlensWindow.class, "shell.css"));
                    return root;
                },
                width,
                120);
    }

    private boolean inReach(Node tool) {
        if (tool.getScene() == null) {
            return false;
        }
        Bounds bounds = tools.sceneToLocal(tool.localToScene(tool.getLayoutBounds()));
        return bounds.getWidth() > 0
                && bounds.getMinX() >= 0
                && bounds.getMaxX() <= tools.getWidth();
    }

    @Test
    void aWideBarSaysWhatEachToolDoes() {
        open(1030);
        assertThat(ask(() -> tools.getItems().stream().allMatch(this::inReach))).isTrue();
        assertThat(tools.detach().getContentDisplay()).isEqualTo(ContentDisplay.LEFT);
        assertThat(tools.lock().getContentDisplay()).isEqualTo(ContentDisplay.LEFT);
    }

    @Test
    void aNarrowBarKeepsWhatChangesThingsAndSaysItInTheTip() {
        Stage stage = open(620);
        assertThat(ask(() -> needed.stream().allMatch(this::inReach))).isTrue();
        assertThat(tools.edit().getContentDisplay()).isEqualTo(ContentDisplay.LEFT);
        SegmentKey semaphore = new SegmentKey(0xf1206);
        fx(() ->
                tools.showLock(
                        semaphore, Optional.of(new LockFacts(semaphore, 0, true, 0, 3, 4711))));
        waitForFx();
        assertThat(ask(() -> needed.stream().allMatch(this::inReach))).isTrue();
        assertThat(tools.lock().getTooltip().getText()).contains("0xf1206").contains("3 waiting");
        fx(() -> stage.setWidth(1400));
        waitUntil("words again", () -> tools.detach().getContentDisplay() == ContentDisplay.LEFT);
        assertThat(ask(() -> tools.getItems().stream().allMatch(this::inReach))).isTrue();
    }

    @Test
    void whatHasNoRoomIsInTheOneMenuAndComesBack() {
        MenuItem own = new MenuItem("own");
        fx(() -> tools.more().getItems().setAll(own));
        AtomicInteger gone = new AtomicInteger();
        fx(() -> tools.baseline().setOnAction(_ -> gone.incrementAndGet()));
        Stage stage = open(1030);
        assertThat(ask(() -> tools.more().getItems().size())).isOne();
        fx(() -> {
            tools.setStyle("-fx-font-size: 17px");
            stage.setWidth(500);
        });
        waitUntil("away", () -> !tools.baseline().isVisible());
        waitForFx();
        assertThat(ask(() -> inReach(tools.more()))).isTrue();
        assertThat(ask(() -> tools.lookupAll(".tool-bar-overflow-button")))
                .noneMatch(Node::isVisible);
        assertThat(ask(() -> inReach(tools.lock()))).isTrue();
        fx(() -> {
            MenuItem baseline = moved("baseline");
            assertThat(baseline.isDisable()).isFalse();
            baseline.fire();
            tools.lose();
            assertThat(baseline.isDisable()).isTrue();
        });
        assertThat(gone).hasValue(1);
        fx(() -> stage.setWidth(330));
        waitUntil("all that moves about is away", () -> !tools.pause().isVisible());
        waitForFx();
        assertThat(ask(() -> inReach(tools.more()))).isTrue();
        assertThat(ask(this::separators)).as("nothing stands between two").isOne();
        fx(() -> {
            tools.setStyle("");
            stage.setWidth(1400);
        });
        waitUntil("back", () -> tools.baseline().isVisible());
        waitForFx();
        assertThat(ask(() -> tools.getItems().stream().allMatch(this::inReach))).isTrue();
        assertThat(ask(() -> List.copyOf(tools.more().getItems()))).containsExactly(own);
    }

    private long separators() {
        return tools.getItems().stream()
                .filter(item -> item instanceof Separator && item.isVisible())
                .count();
    }

    private MenuItem moved(String id) {
        return tools.more().getItems().stream()
                .filter(item -> ("more-" + id).equals(item.getId()))
                .findFirst()
                .orElseThrow();
    }
}
