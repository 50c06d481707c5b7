package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.shmlens.ui.hex.HexCells;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.theme.Settings;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/// How a person likes to see a segment is the same in the next window: size of the text, contrast,
/// quiet mode and the places of the dividers.
final class KeptLookJobTest extends MainJob {

    private Settings kept() throws Exception {
        return Settings.load(folder.resolve("config/settings.properties"));
    }

    private void tick(String words) {
        CheckMenuItem item =
                ask(() ->
                        find("#menu", MenuButton.class).getItems().stream()
                                .filter(CheckMenuItem.class::isInstance)
                                .map(CheckMenuItem.class::cast)
                                .filter(one -> one.getText().startsWith(words))
                                .findFirst()
                                .orElseThrow());
        fx(() -> item.setSelected(true));
    }

    /// The pane that has the slots beside the bytes.
    private SplitPane slotsBesideBytes() {
        return ask(() -> {
            Node at = Objects.requireNonNull(lookup(".hex-view"));
            while (!(at instanceof SplitPane pane && pane.lookup("#slots") != null)) {
                at = Objects.requireNonNull(at.getParent());
            }
            return (SplitPane) at;
        });
    }

    private double share() {
        SplitPane pane = slotsBesideBytes();
        return ask(() -> pane.getDividerPositions()[0]);
    }

    private void dragDivider(double pixels) {
        SplitPane pane = slotsBesideBytes();
        Point2D from =
                ask(() -> {
                    Node divider =
                            pane.lookupAll(".split-pane-divider").stream()
                                    .filter(node -> node.getParent() == pane)
                                    .findFirst()
                                    .orElseThrow();
                    Bounds bounds = divider.localToScreen(divider.getBoundsInLocal());
                    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
                });
        robot.moveTo(from);
        robot.press(MouseButton.PRIMARY);
        robot.moveBy(pixels / 2, 0);
        robot.moveBy(pixels / 2, 0);
        robot.release(MouseButton.PRIMARY);
        waitForFx();
    }

    private double letters() {
        HexView hex = find(".hex-view", HexView.class);
        return ask(() -> HexCells.hex(hex, 1).getX() - HexCells.hex(hex, 0).getX());
    }

    @Test
    void textContrastQuietAndDividersAreAsTheWindowBeforeLeftThem() throws Exception {
        settings = kept();
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        double small = letters();
        double usual = share();
        control(KeyCode.EQUALS);
        control(KeyCode.EQUALS);
        control(KeyCode.EQUALS);
        waitUntil("larger", () -> letters() > small);
        double large = letters();
        tick("Quiet");
        tick("High contrast");
        dragDivider(120);
        double moved = share();
        assertThat(moved).isGreaterThan(usual + 0.03);
        closeWindow();

        settings = kept();
        assertThat(settings.quiet()).isTrue();
        openWindow();
        click("#attach-again");
        waitUntil("slots again", () -> slots().size() == 3);
        waitForFx();
        assertThat(letters()).isEqualTo(large, within(0.01));
        assertThat(share()).isEqualTo(moved, within(0.02));
        assertThat(settings.highContrast()).isTrue();
        assertThat(settings.fontSize()).isEqualTo(Settings.DEFAULT_FONT_SIZE + 3);
    }
}
