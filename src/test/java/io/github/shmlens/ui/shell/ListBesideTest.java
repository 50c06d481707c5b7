package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.shmlens.testing.FxTest;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

final class ListBesideTest extends FxTest {

    private static final double WANTED = 254;

    private final VBox list = new VBox();
    private final StackPane rest = new StackPane();

    private ListBeside made() {
        list.setMinWidth(200);
        rest.setMinWidth(500);
        return new ListBeside(list, rest);
    }

    /// In a scene that no window shows: nothing is laid out but by us.
    private ListBeside unshown() {
        ListBeside split = made();
        Scene scene = new Scene(new Pane(split), 1600, 800);
        scene.getRoot().applyCss();
        return split;
    }

    @Test
    void theListIsAsWideAsAskedForHoweverTheStepsOfTheWindowAndItsLayoutsFollowEachOther() {
        fx(() -> {
            ListBeside split = unshown();
            split.resize(1180, 800);
            split.setListWidth(WANTED);
            split.layout();
            assertThat(list.getWidth()).as("the first").isEqualTo(WANTED, within(1.0));
            // Two steps before a layout, and a place said between a step and its layout.
            split.resize(1000, 800);
            split.resize(1280, 800);
            split.setListWidth(WANTED);
            split.layout();
            assertThat(list.getWidth()).as("a late layout").isEqualTo(WANTED, within(1.0));
            split.layout();
            assertThat(list.getWidth()).as("once more").isEqualTo(WANTED, within(1.0));
            for (double width : new double[] {1600, 800, 900, 1281}) {
                split.resize(width, 800);
                split.layout();
                assertThat(list.getWidth()).as("%s", width).isEqualTo(WANTED, within(1.0));
            }
        });
    }

    @Test
    void whatTheWindowHasNoRoomForComesBackWithTheRoom() {
        fx(() -> {
            ListBeside split = unshown();
            split.resize(1280, 800);
            split.setListWidth(400);
            split.layout();
            split.resize(720, 800);
            split.layout();
            assertThat(list.getWidth()).isBetween(200.0, 220.0);
            assertThat(split.listWidth()).isEqualTo(400);
            split.resize(1280, 800);
            split.layout();
            assertThat(list.getWidth()).isEqualTo(400, within(1.0));
        });
    }

    @Test
    void aWidthByHandHoldsFromThenOnAndAClickBesideTheDividerIsNone() {
        ListBeside split = ask(this::made);
        fx(() -> split.setListWidth(WANTED));
        open(() -> split, 1280, 400);
        robot.moveTo(onScreen(rest, 50, 50)).press(MouseButton.PRIMARY);
        robot.release(MouseButton.PRIMARY);
        waitForFx();
        assertThat(ask(split::listWidth)).isEqualTo(WANTED);
        robot.moveTo(divider(split));
        robot.press(MouseButton.PRIMARY).moveBy(30, 0).moveBy(30, 0);
        robot.release(MouseButton.PRIMARY);
        waitForFx();
        double byHand = ask(list::getWidth);
        assertThat(byHand).isGreaterThan(WANTED + 20);
        fx(() -> split.getScene().getWindow().setWidth(1400));
        waitUntil("wider", () -> split.getWidth() >= 1390);
        assertThat(ask(list::getWidth)).isEqualTo(byHand, within(1.0));
    }

    private static Point2D divider(SplitPane split) {
        return ask(() -> {
            Node divider = Objects.requireNonNull(split.lookup(".split-pane-divider"));
            Bounds bounds = divider.localToScreen(divider.getBoundsInLocal());
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
    }
}
