package io.github.shmlens.ui.journal;

import atlantafx.base.theme.Styles;
import io.github.shmlens.journal.Change;
import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.History;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.segment.Digits;
import io.github.shmlens.source.Reason;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.SideOrBelow;
import io.github.shmlens.ui.theme.Theme;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The entries, newest first, and what can be done with the chosen one. FX thread.
final class JournalPanel extends VBox {

    private static final Texts TEXTS = Texts.of(JournalPanel.class);

    private static final int SHOWN = 24;
    private static final int SHOWN_BELOW = 64;
    private static final double HEIGHT_EM = 17;

    private static final DateTimeFormatter TODAY =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter BEFORE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /// More are not listed at once; the filter finds the others.
    private static final int MOST_ROWS = 5000;

    /// The commas within a number.
    private static final Pattern GROUPING = Pattern.compile("(?<=\\d),(?=\\d{3})");

    private static final Duration CALM = Duration.ofMillis(60);

    /// @param ours whether it is of the segment in this tab, and not of an earlier one
    private record Row(Entry entry, String state, String time, String what, boolean ours) {

        boolean holds(String wanted) {
            String all =
                    String.join(
                            " ",
                            Long.toString(entry.number()),
                            time,
                            entry.reason().word(),
                            state,
                            entry.by(),
                            entry.segment(),
                            entry.key() == null ? "" : entry.key(),
                            what,
                            // A number may be typed as the command line has it.
                            GROUPING.matcher(what).replaceAll(""));
            return all.toLowerCase(Locale.ROOT).contains(wanted);
        }
    }

    /// What is to be listed.
    private record Question(JournalDesk.Seen seen, boolean everywhere, String filter) {

        History history() {
            return everywhere ? seen.all() : seen.ours();
        }
    }

    /// @param rows newest first
    /// @param fitting how many there are, those that are not listed too
    private record Answer(Question question, List<Row> rows, int fitting) {}

    private final JournalExport export;
    private final JournalDesk.Place place;
    private final Label title = new Label();
    private final TextField filter = new TextField();
    private final CheckBox everywhere = new CheckBox(TEXTS.say("everywhere"));
    private final Button undo = new Button(TEXTS.say("undo"), new FontIcon(Feather.ROTATE_CCW));
    private final Button redo = new Button(TEXTS.say("redo"), new FontIcon(Feather.ROTATE_CW));
    private final Button exportButton = new Button(TEXTS.say("export"), new FontIcon(Feather.SAVE));
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final TableView<Row> table = new TableView<>(rows);
    private final Label detail = new Label();
    private final LatestWork<Question, Answer> listing =
            new LatestWork<>(
                    CALM,
                    JournalPanel::rows,
                    this::show,
                    thrown -> detail.setText(Problem.of(thrown).line()));
    private JournalDesk.@Nullable Seen seen;
    private boolean unlocked;
    private boolean replacing;

    JournalPanel(
            JournalExport export,
            Consumer<Reversal> onReverse,
            JournalDesk.Place place,
            Runnable onClose) {
        this.export = export;
        this.place = place;
        setId("journal-panel");
        getStyleClass().add("shm-journal");
        getStylesheets().add(Theme.css(JournalPanel.class, "journal.css"));
        title.getStyleClass().add("shm-journal-title");
        title.setMinWidth(USE_PREF_SIZE);
        filter.setId("journal-filter");
        filter.setPromptText(TEXTS.say("filter.prompt"));
        filter.setAccessibleText(TEXTS.say("filter.name"));
        filter.setTooltip(new Tooltip(TEXTS.say("filter.name")));
        filter.textProperty().subscribe(_ -> list());
        filter.setPrefColumnCount(18);
        HBox.setHgrow(filter, Priority.ALWAYS);
        everywhere.setId("journal-everywhere");
        everywhere.setMinWidth(USE_PREF_SIZE);
        everywhere.setTooltip(new Tooltip(TEXTS.say("everywhere.tip")));
        everywhere.selectedProperty().subscribe(_ -> list());
        button(undo, "journal-undo", TEXTS.say("undo.tip"), () -> reverse(onReverse, false));
        button(redo, "journal-redo", TEXTS.say("redo.tip"), () -> reverse(onReverse, true));
        button(exportButton, "journal-export-button", TEXTS.say("export.tip"), this::export);
        Button close = new Button(null, new FontIcon(Feather.X));
        button(close, "journal-close", TEXTS.say("close"), onClose);
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        close.setAccessibleText(TEXTS.say("close"));
        close.setMinWidth(USE_PREF_SIZE);
        HBox what = new HBox(title, filter, everywhere);
        HBox actions = new HBox(undo, redo, exportButton, close);
        for (HBox part : List.of(what, actions)) {
            part.getStyleClass().add("shm-journal-head");
            part.setAlignment(Pos.CENTER_LEFT);
        }
        SideOrBelow head = new SideOrBelow(what, actions);
        buildTable();
        detail.setId("journal-detail");
        detail.getStyleClass().add("shm-journal-detail");
        detail.setMaxWidth(Double.MAX_VALUE);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().setAll(head, table, detail);
        title.fontProperty()
                .subscribe(font -> {
                    setPrefHeight(font.getSize() * HEIGHT_EM);
                    setMinHeight(font.getSize() * HEIGHT_EM);
                });
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (key.getCode() == KeyCode.ESCAPE) {
                        key.consume();
                        onClose.run();
                    }
                });
        list();
    }

    private static void button(Button button, String id, String tip, Runnable action) {
        button.setId(id);
        button.getStyleClass().add(Styles.SMALL);
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleHelp(tip);
        button.setOnAction(_ -> action.run());
    }

    private void buildTable() {
        table.setId("journal-table");
        table.getStyleClass().addAll(Styles.DENSE, Styles.STRIPED);
        table.setAccessibleText(TEXTS.say("table"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<Row, String> number =
                column(TEXTS.say("column.entry"), 5.2, row -> Long.toString(row.entry().number()));
        TableColumn<Row, String> time = column(TEXTS.say("column.time"), 7, Row::time);
        TableColumn<Row, String> reason =
                column(TEXTS.say("column.reason"), 6.4, row -> row.entry().reason().word());
        TableColumn<Row, String> state = column(TEXTS.say("column.state"), 6.6, Row::state);
        TableColumn<Row, String> where =
                column(TEXTS.say("column.segment"), 7, row -> row.entry().segment());
        where.visibleProperty().bind(everywhere.selectedProperty());
        TableColumn<Row, String> what = column(TEXTS.say("column.what"), 12, Row::what);
        what.setMaxWidth(Double.MAX_VALUE);
        table.getColumns().setAll(List.of(number, time, reason, state, where, what));
        Label empty = new Label(TEXTS.say("empty"));
        empty.setWrapText(true);
        table.setPlaceholder(empty);
        table.getSelectionModel()
                .selectedItemProperty()
                .subscribe(_ -> {
                    if (!replacing) {
                        explain();
                    }
                });
        table.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                show();
            }
        });
        table.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) {
                key.consume();
                show();
            }
        });
        table.setMinHeight(0);
    }

    /// @param widthEm in letters, so that larger ones get more room
    private TableColumn<Row, String> column(
            String name, double widthEm, Function<Row, String> text) {
        TableColumn<Row, String> column = new TableColumn<>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        title.fontProperty()
                .subscribe(font -> {
                    column.setMinWidth(font.getSize() * widthEm);
                    column.setPrefWidth(font.getSize() * widthEm);
                });
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /// The tab goes.
    void close() {
        listing.close();
    }

    void takeFocus() {
        table.requestFocus();
    }

    /// @param nowUnlocked whether something may be written at the moment
    void show(JournalDesk.Seen now, boolean nowUnlocked) {
        boolean sameEntries = now.equals(seen);
        seen = now;
        unlocked = nowUnlocked;
        if (sameEntries) {
            explain();
        } else {
            list();
        }
    }

    private void list() {
        JournalDesk.Seen now = seen;
        if (now == null) {
            explain();
        } else {
            listing.ask(
                    new Question(
                            now,
                            everywhere.isSelected(),
                            filter.getText().strip().toLowerCase(Locale.ROOT)));
        }
    }

    /// Off the FX thread: there may be many, and values have to be read to be shown.
    private static Answer rows(Question question) {
        Set<Long> ours =
                question.seen().ours().entries().stream()
                        .map(Entry::number)
                        .collect(Collectors.toSet());
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        List<Row> rows = new ArrayList<>();
        int fitting = 0;
        for (Entry entry : question.history().entries().reversed()) {
            if (question.filter().isEmpty() && rows.size() == MOST_ROWS) {
                return new Answer(question, rows, question.history().entries().size());
            }
            Row row =
                    new Row(
                            entry,
                            state(entry, question.seen().all()),
                            time(entry, today),
                            EntryText.what(entry, SHOWN, Digits.GROUPED),
                            ours.contains(entry.number()));
            if (question.filter().isEmpty() || row.holds(question.filter())) {
                fitting++;
                if (rows.size() < MOST_ROWS) {
                    rows.add(row);
                }
            }
        }
        return new Answer(question, rows, fitting);
    }

    private void show(Answer answer) {
        Row chosen = table.getSelectionModel().getSelectedItem();
        replacing = true;
        try {
            rows.setAll(answer.rows());
            table.getSelectionModel().clearSelection();
            long number =
                    chosen != null
                            ? chosen.entry().number()
                            : answer.question()
                                    .seen()
                                    .ours()
                                    .nextUndo()
                                    .map(Entry::number)
                                    .orElse(0L);
            if (!rows.isEmpty()) {
                table.getSelectionModel().select(indexOf(number));
            }
        } finally {
            replacing = false;
        }
        int all = answer.question().history().entries().size();
        title.setText(
                answer.fitting() > answer.rows().size()
                        ? TEXTS.say("title.cut", answer.rows().size(), answer.fitting(), all)
                        : TEXTS.say("title", answer.fitting(), all));
        exportButton.setDisable(rows.isEmpty());
        explain();
    }

    private int indexOf(long number) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).entry().number() == number) {
                return i;
            }
        }
        return 0;
    }

    private static String time(Entry entry, LocalDate today) {
        ZonedDateTime time = entry.time().atZone(ZoneId.systemDefault());
        return (time.toLocalDate().equals(today) ? TODAY : BEFORE).format(time);
    }

    private static String state(Entry entry, History history) {
        return switch (EntryText.state(entry, history)) {
            case "undone" -> TEXTS.say("state.undone");
            case "not-kept" -> TEXTS.say("state.not-kept");
            case "broken-off" -> TEXTS.say("state.broken-off");
            default -> TEXTS.say("state.done");
        };
    }

    /// Tells all about the chosen entry, and why it can or cannot be undone.
    private void explain() {
        JournalDesk.Seen now = seen;
        Row row = table.getSelectionModel().getSelectedItem();
        if (now == null || row == null) {
            undo.setDisable(true);
            redo.setDisable(true);
            detail.setText(now == null ? "" : unreadable(now));
            return;
        }
        Entry entry = row.entry();
        String whyNot = whyNot(row);
        boolean undone = now.all().undone(entry);
        undo.setDisable(!whyNot.isEmpty() || undone);
        redo.setDisable(!whyNot.isEmpty() || !undone);
        String text = EntryText.what(entry, SHOWN_BELOW, Digits.GROUPED);
        detail.setText(
                "%s, %s. %s%s"
                        .formatted(
                                TEXTS.say("by", entry.by(), entry.pid()),
                                text,
                                Problem.sentence(whyNot),
                                unreadable(now))
                        .strip());
        detail.setTooltip(new Tooltip(detail.getText()));
    }

    private static String unreadable(JournalDesk.Seen now) {
        String problem = now.reading().problem();
        if (!problem.isEmpty()) {
            return " " + TEXTS.say("unread", Problem.sentence(problem));
        }
        int lines = now.reading().unreadable();
        return lines == 0 ? "" : " " + TEXTS.count("unreadable", lines);
    }

    private String whyNot(Row row) {
        Entry entry = row.entry();
        if (!row.ours()) {
            return TEXTS.say("why.other-segment");
        }
        String never = Reversal.whyNever(entry.change());
        if (!never.isEmpty()) {
            return never;
        }
        if (entry.reason() == Reason.UNDO || entry.reason() == Reason.REDO) {
            return TEXTS.say("why.reversal", entry.of());
        }
        return unlocked || entry.change().ofItself() ? "" : TEXTS.say("why.locked");
    }

    private void reverse(Consumer<Reversal> onReverse, boolean again) {
        Row row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            onReverse.accept(new Reversal(row.entry(), again));
        }
    }

    private void show() {
        Row row = table.getSelectionModel().getSelectedItem();
        if (row == null || !row.ours()) {
            return;
        }
        switch (row.entry().change()) {
            case Change.Bytes bytes -> {
                if (!bytes.runs().isEmpty()) {
                    place.showOffset(bytes.runs().getFirst().offset());
                }
            }
            case Change.Slot slot -> place.showSlot(slot.key());
            case Change.Properties _, Change.Locked _ -> place.showProperties();
            case Change.Created _, Change.Removed _ -> {}
            case Change.NotKept notKept -> {
                if (notKept.why() == Change.Why.LARGE_SLOT) {
                    place.showSlot(notKept.offset());
                } else if (notKept.offset() >= 0) {
                    place.showOffset(notKept.offset());
                }
            }
        }
    }

    private void export() {
        JournalDesk.Seen now = seen;
        if (now != null) {
            export.ask(rows.stream().map(Row::entry).toList().reversed(), now.all());
        }
    }
}
