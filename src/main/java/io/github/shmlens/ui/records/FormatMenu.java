package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.SeparatorMenuItem;

/// The ways in which the value of a field can be written, to choose one. FX thread.
public final class FormatMenu {

    private static final Texts TEXTS = Texts.of(FormatMenu.class);

    private static final List<String> FACTORS = List.of("0.1", "0.01", "0.001", "0.000001", "1000");

    private FormatMenu() {}

    /// @param sheets where a factor of one's own is asked for
    /// @param chosen told the format
    public static Menu of(
            String words,
            Sheets sheets,
            FieldAt field,
            FieldFormat current,
            Consumer<FieldFormat> chosen) {
        Menu formats = new Menu(words);
        formats.setMnemonicParsing(false);
        for (FieldFormat.Fixed one : FieldFormat.suiting(field)) {
            formats.getItems().add(check(words(one), one, current, chosen));
        }
        if (FieldFormat.scales(field)) {
            formats.getItems().add(new SeparatorMenuItem());
            boolean known = false;
            for (String factor : FACTORS) {
                FieldFormat scaled = new FieldFormat.Scaled(new BigDecimal(factor));
                formats.getItems().add(check(times(factor), scaled, current, chosen));
                known |= scaled.equals(current);
            }
            CheckMenuItem other = new CheckMenuItem(TEXTS.say("format.other"));
            if (!known && current instanceof FieldFormat.Scaled scaled) {
                other.setText(TEXTS.say("format.other-now", times(scaled)));
                other.setSelected(true);
            }
            other.setMnemonicParsing(false);
            other.setOnAction(_ -> FactorSheet.open(sheets, field, current, chosen));
            formats.getItems().add(other);
        }
        return formats;
    }

    /// What stands beside values that are shown times a factor.
    public static String times(FieldFormat.Scaled scaled) {
        return times(scaled.factor().toPlainString());
    }

    private static String times(String factor) {
        return "× " + factor;
    }

    private static CheckMenuItem check(
            String words, FieldFormat format, FieldFormat current, Consumer<FieldFormat> chosen) {
        CheckMenuItem item = new CheckMenuItem(words);
        item.setMnemonicParsing(false);
        item.setSelected(format.equals(current));
        item.setOnAction(_ -> chosen.accept(format));
        return item;
    }

    private static String words(FieldFormat.Fixed format) {
        return switch (format) {
            case USUAL -> TEXTS.say("format.usual");
            case DECIMAL -> TEXTS.say("format.decimal");
            case HEX -> TEXTS.say("format.hex");
            case BINARY -> TEXTS.say("format.binary");
            case CHARACTER -> TEXTS.say("format.character");
            case NAMES -> TEXTS.say("format.names");
            case POINTER -> TEXTS.say("format.pointer");
            case SECONDS -> TEXTS.say("format.seconds");
            case MILLIS -> TEXTS.say("format.millis");
            case MICROS -> TEXTS.say("format.micros");
            case NANOS -> TEXTS.say("format.nanos");
        };
    }
}
