package io.github.shmlens.ui.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordColumns;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

final class FactorSheetTest extends FxTest {

    private static RecordLayout layout() throws Exception {
        return RecordLayout.of(
                "",
                0,
                4,
                RecordLayout.TO_THE_END,
                RecordColumns.parse("raw:i32", ByteOrder.LITTLE_ENDIAN).columns());
    }

    @Test
    void aFactorOfOnesOwnIsTypedAndRefusedWithASentenceAndNamedInMenuAndTitle() throws Exception {
        RecordModel model = new RecordModel(layout(), null);
        FieldAt field = model.field(0);
        List<FieldFormat> chosen = new ArrayList<>();
        Sheets sheets =
                ask(() -> {
                    Theme.follow(Settings.inMemory());
                    return new Sheets();
                });
        open(() -> sheets, 600, 400);
        fx(() -> item(menu(sheets, field, FieldFormat.Fixed.USUAL, chosen)).fire());
        robot.write("1/3", 0);
        robot.type(KeyCode.ENTER);
        Label error = (Label) ask(() -> sheets.lookup("#factor-error"));
        waitUntil("refused", () -> error.getText().contains("no end in decimals"));
        assertThat(chosen).isEmpty();
        robot.type(KeyCode.BACK_SPACE);
        waitUntil("no complaint", () -> error.getText().isEmpty());
        robot.write("256", 0);
        robot.type(KeyCode.ENTER);
        FieldFormat fine = FieldFormat.scaled("1/256");
        waitUntil("chosen", () -> chosen.equals(List.of(fine)));
        assertThat(ask(sheets::isVisible)).isFalse();

        CheckMenuItem other = item(ask(() -> menu(sheets, field, fine, chosen)));
        assertThat(other.isSelected()).isTrue();
        assertThat(other.getText()).contains("× 0.00390625");
        model.setFormat(0, fine);
        assertThat(model.title(0)).isEqualTo("raw × 0.00390625");
    }

    private static Menu menu(
            Sheets sheets, FieldAt field, FieldFormat current, List<FieldFormat> chosen) {
        return FormatMenu.of("Show as", sheets, field, current, chosen::add);
    }

    /// The last one asks for a factor.
    private static CheckMenuItem item(Menu menu) {
        MenuItem last = menu.getItems().getLast();
        assertThat(last.getText()).startsWith("Other factor");
        return (CheckMenuItem) last;
    }
}
