package io.github.shmlens.ui.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

final class SheetsTest extends FxTest {

    private static final String SENTENCE =
            "An image is being loaded into this segment. What is loaded when it is stopped stays,"
                    + " the rest does not follow; the journal says what it was. ";

    private final List<Double> heights = new ArrayList<>();

    private static VBox sheet(String text) {
        VBox sheet = new VBox(new WrappedLabel(text), new Button("Go on"));
        sheet.setPrefWidth(620);
        return sheet;
    }

    /// The heights of its frame from the first picture on.
    private List<Double> heightsOf(Sheets sheets, VBox sheet) {
        heights.clear();
        Runnable drawn = () -> heights.add(((Region) sheets.getChildren().getLast()).getHeight());
        fx(() -> {
            sheets.show(sheet, sheet, () -> {});
            sheets.getScene().addPostLayoutPulseListener(drawn);
        });
        waitForFx();
        waitForFx();
        fx(() -> sheets.getScene().removePostLayoutPulseListener(drawn));
        assertThat(heights).isNotEmpty();
        return heights.stream().distinct().toList();
    }

    @Test
    void aSheetIsAsHighAsItsWrappedWordsFromTheFirstPictureOn() {
        Sheets sheets = ask(Sheets::new);
        open(() -> sheets, 900, 600);
        VBox first = ask(() -> sheet(SENTENCE.repeat(2)));
        assertThat(heightsOf(sheets, first)).hasSize(1);
        VBox over = ask(() -> sheet(SENTENCE));
        assertThat(heightsOf(sheets, over)).hasSize(1);
        assertThat(ask(over::getHeight)).isLessThan(ask(first::getHeight));
    }

    @Test
    void inANarrowWindowItsWordsWrapAtItsEdge() {
        Sheets sheets = ask(Sheets::new);
        open(() -> sheets, 400, 600);
        VBox sheet = ask(() -> sheet(SENTENCE));
        List<Double> all = heightsOf(sheets, sheet);
        assertThat(all).hasSize(1);
        assertThat(ask(sheet::getWidth)).isLessThan(400);
        assertThat(all.getFirst())
                .isGreaterThanOrEqualTo(ask(() -> sheet.prefHeight(sheet.getWidth())));
    }
}
