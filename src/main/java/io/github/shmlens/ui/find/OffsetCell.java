package io.github.shmlens.ui.find;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.function.LongFunction;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One row: the offset, what is there, where that is, and a word when it is not what it was.
final class OffsetCell extends ListCell<Long> {

    private static final Texts TEXTS = Texts.of(OffsetCell.class);

    /// What a row says.
    ///
    /// @param what lies there now
    /// @param word in which part of a structure
    /// @param warning empty when all is as it was
    record Row(String what, String word, String warning) {}

    private final LongFunction<Row> rows;
    private final Label where = new Label();
    private final Label what = new Label();
    private final Label warning = new Label();
    private final Label part = new Label();
    private final HBox line;

    OffsetCell(LongFunction<Row> rows) {
        this.rows = rows;
        where.getStyleClass().addAll(Looks.MONO, "find-offset");
        what.getStyleClass().add(Looks.MONO);
        what.setTextOverrun(OverrunStyle.ELLIPSIS);
        what.setMinWidth(40);
        warning.getStyleClass().addAll(Looks.CHIP, Looks.CHIP_WARNING);
        part.getStyleClass().add(Looks.FACT_NAME);
        for (Label label : new Label[] {where, warning, part}) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        line = new HBox(where, what, room, warning, part);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("find-row");
        // As wide as the list: what does not fit is cut with dots and never scrolls sideways.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Long item, boolean empty) {
        super.updateItem(item, empty);
        setText(null);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
        } else {
            setGraphic(line);
            render();
        }
    }

    /// Shows what is known by now.
    void render() {
        Long offset = getItem();
        if (offset == null || isEmpty()) {
            return;
        }
        Row row = rows.apply(offset);
        where.setText("0x%08x".formatted(offset));
        what.setText(row.what());
        part.setText(row.word());
        warning.setText(row.warning());
        warning.setVisible(!row.warning().isEmpty());
        warning.setManaged(!row.warning().isEmpty());
        setAccessibleText(TEXTS.say("row.name", offset, row.what(), row.word(), row.warning()));
    }
}
