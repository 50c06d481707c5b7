package io.github.shmlens.ui.segments;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.CheckBoxTableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Reviews the segments that nobody uses and whose maker is dead, and removes those that are
/// chosen, each after another look. FX thread; the work itself is done off it.
public final class OrphanSheet extends VBox {

    private static final Texts TEXTS = Texts.of(OrphanSheet.class);

    private final SegmentSource source;
    private final Sheets sheets;
    private final FileAsker files;
    private final Consumer<String> done;
    private final double em;
    private final AtomicBoolean stop = new AtomicBoolean();

    private final Banner banner = new Banner();
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final TableView<Row> table = new TableView<>();
    private final TableColumn<Row, String> outcome =
            new TableColumn<>(TEXTS.say("orphans.outcome"));
    private final Label empty = new Label(TEXTS.say("orphans.looking"));
    private final Label sum = new Label();
    private final Button all = new Button(TEXTS.say("orphans.all"));
    private final Button none = new Button(TEXTS.say("orphans.none"));
    private final Button again = new Button(TEXTS.say("orphans.again"));
    private final CheckBox save = new CheckBox(TEXTS.say("orphans.save"));
    private final TextField folder = new TextField();
    private final Button choose = new Button(TEXTS.say("orphans.choose"));
    private final Label folderError = new Label();
    private final CheckBox understood = new CheckBox();
    private final Button close = new Button(TEXTS.say("orphans.close"));
    private final Button remove = new Button();
    private boolean working;
    private boolean changingMany;

    /// One orphan on the screen.
    private static final class Row {
        private final Orphan orphan;
        private final SimpleBooleanProperty chosen = new SimpleBooleanProperty();
        private final SimpleStringProperty outcome = new SimpleStringProperty("");
        private boolean settled;

        private Row(Orphan orphan) {
            this.orphan = orphan;
            if (!orphan.rights().remove()) {
                settled = true;
                outcome.set(TEXTS.say("orphans.not-permitted", orphan.facts().owner().name()));
            }
        }

        private SegmentFacts facts() {
            return orphan.facts();
        }

        private boolean isChosen() {
            return chosen.get() && !settled;
        }

        private void choose(boolean wanted) {
            chosen.set(wanted && !settled);
        }
    }

    /// Sentences may be longer than the column.
    private static final class OutcomeCell extends TableCell<Row, String> {
        OutcomeCell() {
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty ? null : item);
            setTooltip(empty || item == null || item.isEmpty() ? null : new Tooltip(item));
        }
    }

    private OrphanSheet(
            SegmentSource source,
            Sheets sheets,
            FileAsker files,
            double em,
            Consumer<String> done) {
        this.em = em;
        this.source = source;
        this.sheets = sheets;
        this.files = files;
        this.done = done;
        build();
    }

    /// Opens the review.
    ///
    /// @param em the size of text, in pixels
    /// @param done told, in one sentence, what was removed; not called when nothing was
    public static void open(
            SegmentSource source,
            Sheets sheets,
            FileAsker files,
            double em,
            Consumer<String> done) {
        OrphanSheet sheet = new OrphanSheet(source, sheets, files, em, done);
        sheets.show(sheet, sheet.table, sheet::close);
        sheet.look();
    }

    private void build() {
        setId("orphans");
        getStylesheets().add(Theme.css(OrphanSheet.class, "segments.css"));
        setPrefWidth(62 * em);
        Label title = new Label(TEXTS.say("orphans.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        Label what = new Label(TEXTS.say("orphans.what"));
        what.setWrapText(true);
        what.setMinHeight(USE_PREF_SIZE);
        what.getStyleClass().add(Styles.TEXT_MUTED);
        buildTable();

        sum.setId("orphans-sum");
        sum.setMinWidth(0);
        HBox.setHgrow(sum, Priority.ALWAYS);
        sum.setMaxWidth(Double.MAX_VALUE);
        all.setId("orphans-all");
        none.setId("orphans-none");
        again.setId("orphans-again");
        for (Button button : List.of(all, none, again)) {
            button.getStyleClass().add(Styles.SMALL);
            button.setMinWidth(USE_PREF_SIZE);
        }
        all.setOnAction(_ -> chooseAll(true));
        none.setOnAction(_ -> chooseAll(false));
        again.setOnAction(_ -> look());
        HBox choices = new HBox(sum, all, none, again);
        choices.setAlignment(Pos.CENTER_LEFT);
        choices.getStyleClass().add("shm-orphan-choices");

        save.setId("orphans-save");
        folder.setId("orphans-folder");
        folder.setText(System.getProperty("user.home", "/tmp"));
        folder.setAccessibleText(TEXTS.say("orphans.folder"));
        HBox.setHgrow(folder, Priority.ALWAYS);
        choose.setOnAction(_ -> chooseFolder());
        HBox saveRow = new HBox(folder, choose);
        saveRow.setAlignment(Pos.CENTER_LEFT);
        saveRow.getStyleClass().add("shm-image-row");
        saveRow.visibleProperty().bind(save.selectedProperty());
        saveRow.managedProperty().bind(save.selectedProperty());
        folderError.getStyleClass().add(Looks.FIELD_ERROR);
        folderError.setWrapText(true);
        folder.textProperty().subscribe(_ -> sayFolderError(""));

        understood.setId("orphans-understood");
        understood.setWrapText(true);
        understood.selectedProperty().subscribe(_ -> enable());
        close.setId("orphans-close");
        close.setCancelButton(true);
        close.setOnAction(_ -> close());
        remove.setId("orphans-remove");
        remove.getStyleClass().add(Styles.DANGER);
        remove.setOnAction(_ -> carryOut());
        HBox buttons = new HBox(close, remove);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren()
                .setAll(
                        title,
                        what,
                        banner,
                        table,
                        choices,
                        save,
                        saveRow,
                        folderError,
                        understood,
                        buttons);
        enable();
    }

    private void buildTable() {
        table.setId("orphans-table");
        table.getStyleClass().add(Styles.DENSE);
        table.setEditable(true);
        table.setPrefHeight(16.5 * em);
        table.setMinHeight(10 * em);
        table.setAccessibleText(TEXTS.say("orphans.table"));
        empty.getStyleClass().add(Styles.TEXT_MUTED);
        table.setPlaceholder(empty);
        TableColumn<Row, Boolean> chosen = new TableColumn<>("");
        chosen.setCellValueFactory(row -> row.getValue().chosen);
        chosen.setCellFactory(CheckBoxTableCell.forTableColumn(chosen));
        chosen.setPrefWidth(2.6 * em);
        chosen.setSortable(false);
        table.getColumns().add(chosen);
        text("orphans-name", TEXTS.say("orphans.segment"), 8, row -> ListEntry.nameOf(row.facts()));
        text("orphans-id", TEXTS.say("orphans.id"), 5, row -> row.facts().id().text());
        number(TEXTS.say("orphans.size"), 5.6, row -> row.facts().sizeBytes(), Figures::size);
        number(
                TEXTS.say("orphans.rss"),
                7.4,
                row -> row.facts().rssBytes(),
                bytes -> bytes < 0 ? "?" : Figures.size(bytes));
        number(TEXTS.say("orphans.idle"), 5.6, OrphanSheet::idleSeconds, OrphanSheet::idle);
        text("orphans-maker", TEXTS.say("orphans.maker"), 12, OrphanSheet::maker);
        text("orphans-last", TEXTS.say("orphans.last"), 11, OrphanSheet::lastUser);
        // First, so that nobody has to scroll for it; away while there is nothing to tell.
        outcome.setCellValueFactory(row -> row.getValue().outcome);
        outcome.setCellFactory(_ -> new OutcomeCell());
        outcome.setPrefWidth(23 * em);
        outcome.setVisible(false);
        table.getColumns().add(2, outcome);
        SortedList<Row> sorted = new SortedList<>(rows);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        // The keyboard's way to tick what the mouse ticks.
        table.addEventFilter(
                KeyEvent.KEY_PRESSED,
                key -> {
                    Row row = table.getSelectionModel().getSelectedItem();
                    if (key.getCode() == KeyCode.SPACE && row != null && !working) {
                        key.consume();
                        row.choose(!row.chosen.get());
                    }
                });
    }

    private void text(String id, String head, double width, Function<Row, String> of) {
        TableColumn<Row, String> column = new TableColumn<>(head);
        column.setId(id);
        column.setCellValueFactory(row -> new SimpleStringProperty(of.apply(row.getValue())));
        column.setPrefWidth(width * em);
        table.getColumns().add(column);
    }

    private void number(
            String head, double width, Function<Row, Long> of, Function<Long, String> shown) {
        TableColumn<Row, Long> column = new TableColumn<>(head);
        column.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(of.apply(row.getValue())).getReadOnlyProperty());
        column.setCellFactory(_ -> new FigureCell<>(shown));
        column.setComparator(Comparator.naturalOrder());
        column.setPrefWidth(width * em);
        table.getColumns().add(column);
    }

    private static long idleSeconds(Row row) {
        Instant last = row.facts().lastUse();
        return last == null ? -1 : Math.max(0, Duration.between(last, Instant.now()).toSeconds());
    }

    private static String idle(long seconds) {
        return seconds < 0 ? "?" : Figures.span(Duration.ofSeconds(seconds));
    }

    private static String maker(Row row) {
        return TEXTS.say("orphans.ended", row.facts().creator().name(), row.facts().cpid());
    }

    private static String lastUser(Row row) {
        int pid = row.facts().lpid();
        return pid == 0
                ? "–"
                : row.orphan
                        .lastUser()
                        .map(ProcessFacts::command)
                        .map(command -> TEXTS.say("orphans.runs", command, pid))
                        .orElseGet(() -> TEXTS.say("orphans.pid-ended", pid));
    }

    private void look() {
        empty.setText(TEXTS.say("orphans.looking"));
        Background.run(() -> Orphan.find(source), this::show, this::lookFailed);
    }

    private void show(List<Orphan> found) {
        banner.clear();
        rows.setAll(found.stream().map(Row::new).toList());
        together(() -> rows.forEach(row -> row.chosen.subscribe(_ -> choiceChanged(row))));
        empty.setText(TEXTS.say("orphans.empty"));
        if (!rows.isEmpty() && table.getSelectionModel().isEmpty()) {
            table.getSelectionModel().select(0);
        }
        outcome.setVisible(rows.stream().anyMatch(row -> row.settled));
        understood.setSelected(false);
        enable();
    }

    private void chooseAll(boolean wanted) {
        together(() -> rows.forEach(row -> row.choose(wanted)));
        understood.setSelected(false);
        enable();
    }

    /// Many rows change and what follows from them is worked out once, by the caller.
    private void together(Runnable changes) {
        changingMany = true;
        try {
            changes.run();
        } finally {
            changingMany = false;
        }
    }

    private void choiceChanged(Row row) {
        if (changingMany) {
            return;
        }
        if (row.settled && row.chosen.get()) {
            row.chosen.set(false);
            return;
        }
        // Whoever changes the choice has not yet agreed to it.
        if (!working) {
            understood.setSelected(false);
        }
        enable();
    }

    private void lookFailed(Throwable thrown) {
        empty.setText("");
        banner.show(Banner.Weight.WARNING, Problem.of(thrown));
    }

    private List<Row> chosen() {
        return rows.stream().filter(Row::isChosen).toList();
    }

    private void enable() {
        List<Row> chosen = chosen();
        long bytes = chosen.stream().mapToLong(row -> row.facts().sizeBytes()).sum();
        long total = rows.stream().mapToLong(row -> row.facts().sizeBytes()).sum();
        String what = TEXTS.count("count.segment", chosen.size());
        sum.setText(
                TEXTS.say(
                        "orphans.sum",
                        TEXTS.count("count.unattached", rows.size()),
                        Figures.size(total),
                        chosen.size(),
                        Figures.size(bytes)));
        understood.setText(TEXTS.say("orphans.understood", what, Figures.size(bytes)));
        remove.setText(
                chosen.isEmpty()
                        ? TEXTS.say("orphans.remove-none")
                        : TEXTS.say("orphans.remove", chosen.size()));
        understood.setDisable(working || chosen.isEmpty());
        remove.setDisable(working || chosen.isEmpty() || !understood.isSelected());
        table.setDisable(working);
        all.setDisable(working || rows.isEmpty());
        none.setDisable(working || rows.isEmpty());
        again.setDisable(working);
        save.setDisable(working);
        folder.setDisable(working);
        choose.setDisable(working);
        close.setText(working ? TEXTS.say("orphans.stop") : TEXTS.say("orphans.close"));
    }

    private void chooseFolder() {
        files.folder(
                        getScene() == null ? null : getScene().getWindow(),
                        TEXTS.say("orphans.folder"))
                .ifPresent(path -> folder.setText(path.toString()));
    }

    private void sayFolderError(String sentence) {
        folderError.setText(sentence);
        folderError.setVisible(!sentence.isEmpty());
        folderError.setManaged(!sentence.isEmpty());
    }

    private void carryOut() {
        if (working) {
            return;
        }
        Path into = null;
        if (save.isSelected()) {
            into = folder();
            if (into == null) {
                folder.requestFocus();
                return;
            }
        }
        working = true;
        stop.set(false);
        enable();
        List<Row> going = chosen();
        outcome.setVisible(true);
        going.forEach(row -> row.outcome.set(TEXTS.say("orphans.waiting")));
        Path images = into;
        Background.run(
                () -> removeEach(going, images),
                this::ended,
                defect -> {
                    working = false;
                    banner.show(Banner.Weight.DANGER, Problem.of(defect));
                    enable();
                });
    }

    private @Nullable Path folder() {
        try {
            Path path = Path.of(folder.getText().strip()).toAbsolutePath();
            if (Files.isDirectory(path)) {
                return path;
            }
            sayFolderError(TEXTS.say("orphans.no-folder", path));
        } catch (InvalidPathException noPath) {
            sayFolderError(TEXTS.say("orphans.no-path", folder.getText(), noPath.getReason()));
        }
        return null;
    }

    /// One after the other; off the FX thread. Tells each row what became of it.
    ///
    /// @return how many were removed
    private int removeEach(List<Row> going, @Nullable Path images) {
        int removed = 0;
        for (Row row : going) {
            if (stop.get()) {
                FxExecutor.FX.execute(() -> row.outcome.set(TEXTS.say("orphans.stopped")));
                continue;
            }
            Path image =
                    images == null ? null : images.resolve(SegmentImage.suggestedName(row.facts()));
            OrphanRemoval.Outcome came = new OrphanRemoval(row.facts(), image).carryOut(source);
            boolean gone =
                    came instanceof OrphanRemoval.Outcome.Removed
                            || came instanceof OrphanRemoval.Outcome.Marked;
            removed += gone ? 1 : 0;
            FxExecutor.FX.execute(() -> {
                row.settled = true;
                row.outcome.set(words(came));
                row.chosen.set(false);
            });
        }
        return removed;
    }

    private void ended(int removed) {
        working = false;
        understood.setSelected(false);
        enable();
        close.requestFocus();
        if (removed > 0) {
            done.accept(TEXTS.say("orphans.done", TEXTS.count("count.segment", removed)));
        }
    }

    private static String words(OrphanRemoval.Outcome came) {
        return switch (came) {
            case OrphanRemoval.Outcome.Removed(Path image) ->
                    TEXTS.say("orphans.removed") + savedTo(image);
            case OrphanRemoval.Outcome.Marked(Path image) ->
                    TEXTS.say("orphans.marked") + savedTo(image);
            case OrphanRemoval.Outcome.InUse(long nattch) -> TEXTS.say("orphans.in-use", nattch);
            case OrphanRemoval.Outcome.UsedSince _ -> TEXTS.say("orphans.used-since");
            case OrphanRemoval.Outcome.GoneAlready _ -> TEXTS.say("orphans.gone-already");
            case OrphanRemoval.Outcome.Stopped stopped ->
                    TEXTS.say("orphans.kept", Problem.of(stopped.why()).line())
                            + savedTo(stopped.image());
        };
    }

    private static String savedTo(@Nullable Path image) {
        return image == null ? "" : " " + TEXTS.say("orphans.saved", image);
    }

    /// While it works, the present one is brought to an end first.
    private void close() {
        if (working) {
            stop.set(true);
            close.setText(TEXTS.say("orphans.stopping"));
            return;
        }
        sheets.close(this);
    }
}
