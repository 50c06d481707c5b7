package io.github.shmlens.ui.records;

import atlantafx.base.theme.Styles;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks for a factor that a field's numbers are shown times. FX thread.
final class FactorSheet extends VBox {

    private static final Texts TEXTS = Texts.of(FactorSheet.class);
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double WIDTH = 420;

    private final Sheets sheets;
    private final Consumer<FieldFormat> chosen;
    private final TextField factor = new TextField();
    private final Label error = new Label();

    private FactorSheet(
            Sheets sheets, FieldAt field, FieldFormat current, Consumer<FieldFormat> chosen) {
        this.sheets = sheets;
        this.chosen = chosen;
        setId("factor-sheet");
        getStyleClass().add("shm-factor-sheet");
        getStylesheets().add(Theme.css(FactorSheet.class, "records.css"));
        setPrefWidth(WIDTH);
        // Elements of one array are written alike.
        String path = FieldFormat.key(field.path());
        Label title =
                new Label(
                        path.isEmpty()
                                ? TEXTS.say("factor.title-values")
                                : TEXTS.say("factor.title", path));
        title.getStyleClass().add(Styles.TITLE_4);
        Label explanation = new Label(TEXTS.say("factor.explanation"));
        factor.setId("factor-value");
        factor.getStyleClass().add(Looks.MONO);
        factor.setAccessibleText(TEXTS.say("factor.name"));
        factor.setPromptText(TEXTS.say("factor.prompt"));
        if (current instanceof FieldFormat.Scaled scaled) {
            factor.setText(scaled.factor().toPlainString());
        }
        factor.selectAll();
        factor.textProperty().addListener((_, _, _) -> say(""));
        error.setId("factor-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        for (Label words : new Label[] {title, explanation, error}) {
            words.setWrapText(true);
            words.setMinHeight(USE_PREF_SIZE);
        }
        Button cancel = new Button(TEXTS.say("factor.cancel"));
        cancel.setOnAction(_ -> close());
        Button show = new Button(TEXTS.say("factor.show"));
        show.setId("factor-show");
        show.setDefaultButton(true);
        show.setOnAction(_ -> done());
        HBox buttons = new HBox(cancel, show);
        buttons.getStyleClass().add("shm-sheet-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().setAll(title, explanation, factor, error, buttons);
        say("");
    }

    /// @param current the format so far
    /// @param chosen told the new one
    static void open(
            Sheets sheets, FieldAt field, FieldFormat current, Consumer<FieldFormat> chosen) {
        FactorSheet sheet = new FactorSheet(sheets, field, current, chosen);
        sheets.show(sheet, sheet.factor, sheet::close);
    }

    private void done() {
        try {
            FieldFormat format = FieldFormat.scaled(factor.getText());
            close();
            chosen.accept(format);
        } catch (BadInput wrong) {
            say(Problem.sentence(wrong.sentence()));
            factor.requestFocus();
        }
    }

    private void close() {
        sheets.close(this);
    }

    private void say(String sentence) {
        error.setText(sentence);
        error.setVisible(!sentence.isEmpty());
        error.setManaged(!sentence.isEmpty());
        factor.pseudoClassStateChanged(INVALID, !sentence.isEmpty());
    }
}
