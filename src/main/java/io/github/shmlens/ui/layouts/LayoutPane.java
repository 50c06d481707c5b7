package io.github.shmlens.ui.layouts;

import io.github.shmlens.known.KnownField;
import io.github.shmlens.known.KnownStructure;
import io.github.shmlens.live.Sample;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The named fields of a layout that was recognised, with its picture where it has one. FX thread.
public final class LayoutPane extends VBox {

    private static final Texts TEXTS = Texts.of(LayoutPane.class);
    private static final PseudoClass FRESH = PseudoClass.getPseudoClass("fresh");

    /// A changed value stands out for so long.
    private static final long FRESH_NANOS = 1_000_000_000;

    private static final double ROW = 25;

    private final Label title = new Label();
    private final Label format = new Label();
    private final Label state = new Label();
    private final Label remarks = new Label();
    private final ObservableList<FieldRow> rows = FXCollections.observableArrayList();
    private final TableView<FieldRow> table = new TableView<>(rows);
    private final PicturePane picture;
    private final PauseTransition fade = new PauseTransition(Duration.millis(FRESH_NANOS / 1e6));
    private Consumer<KnownField> onChoose = _ -> {};
    private @Nullable KnownStructure shown;
    private boolean choosing;

    /// @param segment whose picture is read, off the FX thread
    public LayoutPane(AttachedSegment segment) {
        setId("layout");
        getStyleClass().add("shm-layout");
        getStylesheets().add(Theme.css(LayoutPane.class, "layouts.css"));
        picture = new PicturePane(segment);
        title.setId("layout-title");
        title.getStyleClass().add("shm-layout-title");
        title.setTooltip(new Tooltip(TEXTS.say("layout.tip")));
        format.getStyleClass().add(Looks.CHIP);
        format.setMinWidth(Region.USE_PREF_SIZE);
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox head = new HBox(title, room, format);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("shm-layout-head");
        buildTable();
        state.setId("layout-state");
        remarks.setId("layout-remarks");
        for (Label line : new Label[] {state, remarks}) {
            line.getStyleClass().add("shm-layout-line");
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
            line.setMaxWidth(Double.MAX_VALUE);
        }
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(head, picture, table, state, remarks);
        // Values that changed are plain again, also when nothing more comes.
        fade.setOnFinished(_ -> table.refresh());
    }

    /// A person chose a field, by mouse or keyboard.
    public void setOnChoose(Consumer<KnownField> action) {
        onChoose = action;
    }

    /// Shows a newer sample of a structure.
    public void show(KnownStructure structure, Sample.State how, long nowNanos) {
        say(
                state,
                switch (how) {
                    case BUSY -> TEXTS.say("layout.busy");
                    case DAMAGED -> TEXTS.say("layout.damaged");
                    case WHOLE, PLAIN -> "";
                });
        picture.show(structure.picture());
        if (structure == shown) {
            return;
        }
        shown = structure;
        title.setText(structure.title());
        format.setText(structure.format());
        say(remarks, String.join(" ", structure.remarks()));
        take(structure.fields(), nowNanos);
    }

    /// Shows nothing any more, and reads no picture.
    public void close() {
        fade.stop();
        picture.close();
    }

    /// Chooses the field that covers an offset, without telling; none where none does.
    public void choose(long offset) {
        choosing = true;
        try {
            int at = indexAt(offset);
            if (at < 0) {
                table.getSelectionModel().clearSelection();
            } else if (table.getSelectionModel().getSelectedIndex() != at) {
                table.getSelectionModel().clearAndSelect(at);
                table.scrollTo(Math.max(0, at - 2));
            }
        } finally {
            choosing = false;
        }
    }

    /// What the field at an offset is called; empty where there is none.
    public String nameAt(long offset) {
        int at = indexAt(offset);
        return at < 0 ? "" : rows.get(at).field().name();
    }

    /// The chosen field; null when none is.
    public @Nullable KnownField chosen() {
        FieldRow row = table.getSelectionModel().getSelectedItem();
        return row == null ? null : row.field();
    }

    private int indexAt(long offset) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).field().covers(offset)) {
                return i;
            }
        }
        return -1;
    }

    private void take(List<KnownField> fields, long nowNanos) {
        boolean same = fields.size() == rows.size();
        for (int i = 0; same && i < rows.size(); i++) {
            same = rows.get(i).isSame(fields.get(i));
        }
        if (!same) {
            choosing = true;
            try {
                KnownField kept = chosen();
                List<FieldRow> fresh = new ArrayList<>(fields.size());
                fields.forEach(field -> fresh.add(new FieldRow(field)));
                rows.setAll(fresh);
                if (kept != null) {
                    choose(kept.offset());
                }
            } finally {
                choosing = false;
            }
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).update(fields.get(i), nowNanos);
        }
        table.refresh();
        fade.playFromStart();
    }

    private void buildTable() {
        table.setId("layout-table");
        table.getStyleClass().add("dense");
        table.setAccessibleText(TEXTS.say("layout.name"));
        table.setPlaceholder(new Label(TEXTS.say("layout.empty")));
        table.setFixedCellSize(ROW);
        table.setMinHeight(4 * ROW);
        column(
                TEXTS.say("column.field"),
                TEXTS.say("column-tip.field"),
                130,
                KnownField::name,
                false);
        column(
                TEXTS.say("column.value"),
                TEXTS.say("column-tip.value"),
                116,
                KnownField::value,
                true);
        column(
                TEXTS.say("column.offset"),
                TEXTS.say("column-tip.offset"),
                82,
                field -> Long.toString(field.offset()),
                true);
        column(
                TEXTS.say("column.size"),
                TEXTS.say("column-tip.size"),
                50,
                field -> Long.toString(field.lengthBytes()),
                true);
        column(TEXTS.say("column.type"), TEXTS.say("column-tip.type"), 90, KnownField::type, false);
        changes();
        column(
                TEXTS.say("column.note"),
                TEXTS.say("column-tip.note"),
                260,
                KnownField::note,
                false);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, now) -> {
                    if (now != null && !choosing) {
                        onChoose.accept(now.field());
                    }
                });
    }

    private void column(
            String name, String tip, double width, Function<KnownField, String> of, boolean mono) {
        TableColumn<FieldRow, FieldRow> column = plainColumn(name, tip, width);
        column.setCellFactory(_ -> new Cell(of, mono));
    }

    private void changes() {
        TableColumn<FieldRow, FieldRow> column =
                plainColumn(TEXTS.say("column.changes"), TEXTS.say("column-tip.changes"), 44);
        column.setCellFactory(_ ->
                new TableCell<>() {
                    @Override
                    protected void updateItem(@Nullable FieldRow row, boolean empty) {
                        super.updateItem(row, empty);
                        setText(
                                empty || row == null || row.changes() == 0
                                        ? null
                                        : Long.toString(row.changes()));
                    }
                });
    }

    private TableColumn<FieldRow, FieldRow> plainColumn(String name, String tip, double width) {
        TableColumn<FieldRow, FieldRow> column = new TableColumn<>();
        Label header = new Label(name);
        header.setTooltip(new Tooltip(tip));
        column.setGraphic(header);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        table.getColumns().add(column);
        return column;
    }

    private static void say(Label line, String text) {
        if (!text.equals(line.getText())) {
            line.setText(text);
        }
        line.setVisible(!text.isEmpty());
        line.setManaged(!text.isEmpty());
    }

    private static final class Cell extends TableCell<FieldRow, FieldRow> {

        private final Function<KnownField, String> of;
        private final Tooltip whole = new Tooltip();

        Cell(Function<KnownField, String> of, boolean mono) {
            this.of = of;
            whole.setWrapText(true);
            whole.setMaxWidth(500);
            if (mono) {
                getStyleClass().add(Looks.MONO);
            }
        }

        @Override
        protected void updateItem(@Nullable FieldRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setTooltip(null);
                pseudoClassStateChanged(FRESH, false);
                return;
            }
            String text = of.apply(row.field());
            setText(text);
            whole.setText(text);
            setTooltip(text.isEmpty() ? null : whole);
            pseudoClassStateChanged(
                    FRESH,
                    row.changes() > 0 && System.nanoTime() - row.changedAtNanos() < FRESH_NANOS);
        }
    }
}
