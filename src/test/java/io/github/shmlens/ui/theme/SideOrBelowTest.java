package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;

final class SideOrBelowTest extends FxTest {

    private final Label name = new Label("0x53484d02");
    private final Label badge = new Label("unattached");
    private final HBox badges = new HBox(badge);

    private SideOrBelow laidOut(double beyondBoth) {
        badge.setMinWidth(0);
        SideOrBelow row = new SideOrBelow(name, badges);
        new Scene(new Pane(row));
        row.getScene().getRoot().applyCss();
        double width = Math.max(0, row.prefWidth(-1) + beyondBoth);
        row.resize(width, row.prefHeight(width));
        row.layout();
        return row;
    }

    @Test
    void whatHasRoomStandsInOneRowTheSecondAtTheRight() {
        fx(() -> {
            SideOrBelow row = laidOut(50);
            assertThat(row.getHeight()).isEqualTo(Math.max(name.getHeight(), badges.getHeight()));
            assertThat(badges.getBoundsInParent().getMaxX()).isEqualTo(row.getWidth());
            assertThat(badges.getLayoutX()).isGreaterThan(name.getBoundsInParent().getMaxX());
        });
    }

    @Test
    void whatHasNoRoomGoesBelowWholeAndNeverOverTheFirst() {
        fx(() -> {
            SideOrBelow row = laidOut(-5);
            assertThat(badges.getLayoutY())
                    .isGreaterThanOrEqualTo(name.getBoundsInParent().getMaxY());
            assertThat(badges.getBoundsInParent().getMaxY()).isLessThanOrEqualTo(row.getHeight());
            assertThat(badges.getWidth()).isGreaterThanOrEqualTo(badges.prefWidth(-1));
        });
    }

    @Test
    void onlyWhatIsWiderThanTheRowIsCut() {
        fx(() -> {
            SideOrBelow row = laidOut(-10_000);
            assertThat(name.getWidth()).isEqualTo(row.getWidth());
            assertThat(badges.getWidth()).isEqualTo(row.getWidth());
        });
    }

    @Test
    void withoutASecondThereIsOneRow() {
        fx(() -> {
            badges.getChildren().clear();
            SideOrBelow row = laidOut(-5);
            assertThat(row.getHeight()).isEqualTo(name.getHeight());
        });
    }

    @Test
    void whatWrapsIsAsHighAsItsLinesAndStaysAboveTheSecond() {
        fx(() -> {
            name.setWrapText(true);
            double line = laidOut(50).getHeight();
            name.setText("a name of several words that has no room in one row beside anything");
            badge.setText("x");
            SideOrBelow row = laidOut(-name.getText().length() * 4);
            assertThat(name.getHeight()).isGreaterThan(1.5 * line);
            assertThat(badges.getLayoutY())
                    .isGreaterThanOrEqualTo(name.getBoundsInParent().getMaxY());
            assertThat(badges.getBoundsInParent().getMaxY()).isLessThanOrEqualTo(row.getHeight());
        });
    }
}
