package io.github.shmlens.ui.bookmarks;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Asks for a bookmark's place, colour and note. FX thread.
final class BookmarkSheet extends VBox {

    private static final Texts TEXTS = Texts.of(BookmarkSheet.class);

    /// Told what was decided.
    interface Decided {
        void save(Bookmark bookmark);

        void delete();
    }

    private final Sheets sheets;
    private final BookmarkPlace place;
    private final TextField offset = new TextField();
    private final TextField length = new TextField();
    private final TextField note = new TextField();
    private final ToggleGroup shades = new ToggleGroup();
    private final Map<Shade, RadioButton> shadeButtons = new EnumMap<>(Shade.class);
    private final Label error = new Label();
    private final Decided decided;

    private BookmarkSheet(
            Sheets sheets, BookmarkPlace place, HexPalette palette, Bookmark before, Decided what) {
        this.sheets = sheets;
        this.place = place;
        this.decided = what;
        setId("bookmark-sheet");
        getStylesheets().add(Theme.css(BookmarkSheet.class, "bookmarks.css"));
        setPrefWidth(520);
        offset.setText("0x%x".formatted(before.offset()));
        length.setText(Long.toString(before.length()));
        note.setText(before.note());
        note.setPromptText(TEXTS.say("sheet.note-prompt"));
        FlowPane colours = new FlowPane();
        colours.getStyleClass().add("bookmark-shades");
        for (Shade shade : Shade.values()) {
            RadioButton button = new RadioButton(shade.words());
            button.setGraphic(Swatch.of(palette, shade));
            button.setToggleGroup(shades);
            button.setId("bookmark-" + shade.key());
            button.setSelected(shade == before.shade());
            shadeButtons.put(shade, button);
            colours.getChildren().add(button);
        }
        GridPane grid = new GridPane();
        grid.getStyleClass().add("bookmark-form");
        line(grid, TEXTS.say("sheet.offset"), offset, "bookmark-offset");
        line(grid, TEXTS.say("sheet.length"), length, "bookmark-length");
        line(grid, TEXTS.say("sheet.note"), note, "bookmark-note");
        grid.addRow(grid.getRowCount(), name(TEXTS.say("sheet.shade")), colours);
        GridPane.setHgrow(note, Priority.ALWAYS);
        error.setId("bookmark-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        for (TextField field : new TextField[] {offset, length, note}) {
            field.textProperty().subscribe(_ -> error.setText(""));
        }
        getChildren().setAll(grid, error);
    }

    /// Opens it.
    ///
    /// @param before what the fields hold at first
    /// @param exists whether it is one that is there, which can be deleted
    static void open(
            Sheets sheets,
            BookmarkPlace place,
            HexPalette palette,
            Bookmark before,
            boolean exists,
            Decided what) {
        BookmarkSheet sheet = new BookmarkSheet(sheets, place, palette, before, what);
        Label head =
                new Label(exists ? TEXTS.say("sheet.edit-title") : TEXTS.say("sheet.new-title"));
        head.getStyleClass().add(Styles.TITLE_4);
        Button delete = new Button(TEXTS.say("sheet.delete"));
        delete.setId("bookmark-delete");
        delete.getStyleClass().add(Styles.DANGER);
        delete.setVisible(exists);
        delete.setManaged(exists);
        delete.setOnAction(_ -> {
            sheet.close();
            what.delete();
        });
        Button cancel = new Button(TEXTS.say("sheet.cancel"));
        cancel.setId("bookmark-cancel");
        cancel.setOnAction(_ -> sheet.close());
        Button save = new Button(TEXTS.say("sheet.save"));
        save.setId("bookmark-save");
        save.setDefaultButton(true);
        save.setOnAction(_ -> sheet.save());
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox buttons = new HBox(delete, room, cancel, save);
        buttons.getStyleClass().add("shm-sheet-buttons");
        sheet.getChildren().addFirst(head);
        sheet.getChildren().add(buttons);
        sheets.show(sheet, sheet.note, sheet::close);
    }

    private void close() {
        sheets.close(this);
    }

    private void save() {
        try {
            OffsetText.Meaning meaning = place.meaning();
            long from = OffsetText.read(offset.getText(), meaning);
            long most = meaning.sizeBytes() - from;
            long bytes = OffsetText.readLength(length.getText(), meaning, most);
            String words = note.getText().strip();
            if (words.length() > Bookmark.MOST_NOTE) {
                throw new BadInput(TEXTS.say("sheet.long-note", Bookmark.MOST_NOTE));
            }
            Bookmark made = new Bookmark(from, bytes, shade(), words);
            close();
            decided.save(made);
        } catch (BadInput typed) {
            error.setText(typed.sentence());
        }
    }

    private Shade shade() {
        for (Map.Entry<Shade, RadioButton> one : shadeButtons.entrySet()) {
            if (one.getValue().isSelected()) {
                return one.getKey();
            }
        }
        return Shade.AMBER;
    }

    private static void line(GridPane grid, String words, TextField field, String id) {
        field.setId(id);
        Label name = name(words);
        name.setLabelFor(field);
        field.setAccessibleText(words);
        grid.addRow(grid.getRowCount(), name, field);
    }

    private static Label name(String words) {
        Label name = new Label(words);
        name.getStyleClass().add(Looks.FACT_NAME);
        name.setMinWidth(Region.USE_PREF_SIZE);
        return name;
    }
}
