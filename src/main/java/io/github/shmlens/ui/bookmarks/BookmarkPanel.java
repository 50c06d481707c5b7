package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of a segment's bookmarks. FX thread.
final class BookmarkPanel extends VBox {

    private static final Texts TEXTS = Texts.of(BookmarkPanel.class);

    /// What can be done from the list.
    interface Actions {
        void go(Bookmark one);

        void edit(Bookmark one);

        void delete(Bookmark one);

        void add();

        void undoDelete();

        void close();
    }

    private final ListView<Bookmark> list;
    private final Button add = new Button();
    private final Button edit = new Button();
    private final Button delete = new Button();
    private final Button undo = new Button(TEXTS.say("panel.undo"));
    private final Actions actions;
    private HexPalette palette = HexPalette.LIGHT;

    BookmarkPanel(ObservableList<Bookmark> all, Actions actions) {
        this.actions = actions;
        this.list = new ListView<>(all);
        setId("bookmarks");
        getStyleClass().add("bookmark-panel");
        getStylesheets().add(Theme.css(BookmarkPanel.class, "bookmarks.css"));
        Label title = new Label(TEXTS.say("panel.title"));
        title.getStyleClass().add("bookmark-title");
        Button close = new Button();
        icon(add, "bookmark-add", Feather.PLUS, TEXTS.say("panel.add"));
        icon(edit, "bookmark-edit", Feather.EDIT_2, TEXTS.say("panel.edit"));
        icon(delete, "bookmark-remove", Feather.TRASH_2, TEXTS.say("panel.delete"));
        icon(close, "bookmarks-close", Feather.X, TEXTS.say("panel.close"));
        undo.setId("bookmark-undo");
        undo.getStyleClass().add("small");
        undo.setMinWidth(USE_PREF_SIZE);
        offerUndo(false);
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox head = new HBox(title, room, undo, add, edit, delete, close);
        head.getStyleClass().add("bookmark-head");
        add.setOnAction(_ -> actions.add());
        edit.setOnAction(_ -> withChosen(actions::edit));
        delete.setOnAction(_ -> withChosen(actions::delete));
        undo.setOnAction(_ -> actions.undoDelete());
        close.setOnAction(_ -> actions.close());

        Label nothing = new Label(TEXTS.say("panel.nothing"));
        nothing.setWrapText(true);
        nothing.getStyleClass().add("bookmark-nothing");
        list.setId("bookmark-list");
        list.setPlaceholder(nothing);
        list.setAccessibleText(TEXTS.say("panel.title"));
        list.setCellFactory(_ -> new Cell());
        list.setFixedCellSize(26);
        VBox.setVgrow(list, Priority.ALWAYS);
        list.getSelectionModel().selectedItemProperty().subscribe(_ -> arm());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        actions.close();
                        event.consume();
                    }
                });
        getChildren().setAll(head, list);
        setMinHeight(0);
        arm();
    }

    void setPalette(HexPalette now) {
        palette = now;
        list.refresh();
    }

    void focusList() {
        list.requestFocus();
        if (list.getSelectionModel().isEmpty() && !list.getItems().isEmpty()) {
            list.getSelectionModel().selectFirst();
        }
    }

    void choose(Bookmark one) {
        list.getSelectionModel().select(one);
    }

    void offerUndo(boolean can) {
        undo.setVisible(can);
        undo.setManaged(can);
    }

    private void arm() {
        boolean none = list.getSelectionModel().isEmpty();
        edit.setDisable(none);
        delete.setDisable(none);
    }

    private void withChosen(java.util.function.Consumer<Bookmark> what) {
        Bookmark chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            what.accept(chosen);
        }
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown() || event.isShiftDown()) {
            return;
        }
        switch (event.getCode()) {
            case ENTER -> withChosen(actions::go);
            case F2 -> withChosen(actions::edit);
            case DELETE -> withChosen(actions::delete);
            case INSERT -> actions.add();
            // Here and not only below: a list keeps it for ending an edit.
            case ESCAPE -> actions.close();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private static void icon(Button button, String id, Feather icon, String tip) {
        button.setId(id);
        button.setGraphic(new FontIcon(icon));
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        button.getStyleClass().addAll("flat", "small");
        button.setMinWidth(USE_PREF_SIZE);
    }

    private final class Cell extends ListCell<Bookmark> {

        private final Label where = new Label();
        private final Label length = new Label();
        private final Label note = new Label();

        Cell() {
            where.getStyleClass().add(Looks.MONO);
            where.setMinWidth(USE_PREF_SIZE);
            length.getStyleClass().add(Looks.FACT_NAME);
            length.setMinWidth(USE_PREF_SIZE);
            note.setMinWidth(0);
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                Bookmark one = getItem();
                if (event.getButton() == MouseButton.PRIMARY && one != null) {
                    actions.go(one);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Bookmark item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            where.setText("0x%08x".formatted(item.offset()));
            length.setText(Figures.exactSize(item.length()));
            note.setText(item.note());
            HBox line = new HBox(Swatch.of(palette, item.shade()), where, length, note);
            line.getStyleClass().add("bookmark-line");
            line.setAlignment(Pos.CENTER_LEFT);
            setGraphic(line);
            setTooltip(item.note().isEmpty() ? null : new Tooltip(item.note()));
            setAccessibleText(
                    TEXTS.say(
                            "panel.row",
                            item.offset(),
                            item.length(),
                            item.shade().words(),
                            item.note()));
        }
    }
}
