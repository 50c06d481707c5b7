package io.github.shmlens.ui.records;

import io.github.shmlens.fields.RecordFilter;
import io.github.shmlens.fields.RecordFilter.Comparison;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.find.Running;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.ChoiceWords;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Which records the table shows and in which order: the line in which a filter is typed, and the
/// looks at the whole array that filtering and sorting take, one at a time, in the background. FX
/// thread.
final class RowChoice extends VBox {

    private static final Texts TEXTS = Texts.of(RowChoice.class);
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /// The table around.
    interface Table {

        AttachedSegment segment();

        /// A look at the whole array begins, or all records are wanted again.
        void begins();

        /// Shows these records from now on; those of before are freed.
        ///
        /// @param rows null for all in the array's own order
        /// @param sort by what they are in order; null for nothing
        void show(@Nullable RowSet rows, RecordScan.@Nullable Sort sort);

        /// A look at the whole array copied under the sequence so often.
        void copied(RowReader.Share share);

        /// Says something about what is typed.
        ///
        /// @param sentence empty to say nothing any more
        void tell(String sentence);
    }

    private final Table table;
    private final ComboBox<Integer> column = new ComboBox<>();
    private final ComboBox<Comparison> comparison = new ComboBox<>();
    private final TextField value = new TextField();
    private final Label and = new Label(TEXTS.say("filter.and"));
    private final TextField second = new TextField();
    private final Button apply = new Button(TEXTS.say("filter.apply"));
    private final Button all = new Button(TEXTS.say("filter.all"));
    private final Button again = new Button(TEXTS.say("filter.again"));
    private final Label result = new Label();
    private final ProgressBar progress = new ProgressBar(0);

    private @Nullable RecordModel model;
    private RecordScan.@Nullable Found found;
    private @Nullable Running running;
    private RecordScan.@Nullable Sort sort;
    private @Nullable RecordFilter filter;
    private boolean lost;
    private boolean closed;

    RowChoice(Table table) {
        this.table = table;
        build();
        arm();
    }

    private void build() {
        column.setId("records-filter-column");
        column.setAccessibleText(TEXTS.say("filter.column"));
        column.setTooltip(new Tooltip(TEXTS.say("filter.column")));
        column.setConverter(new ChoiceWords<>(this::columnWords));
        column.valueProperty().addListener((_, _, now) -> columnChosen(now));
        comparison.setId("records-filter-comparison");
        comparison.setAccessibleText(TEXTS.say("filter.comparison"));
        comparison.setConverter(new ChoiceWords<>(RowChoice::comparisonWords));
        comparison
                .valueProperty()
                .addListener((_, _, now) -> {
                    boolean two = now == Comparison.BETWEEN;
                    shown(and, two);
                    shown(second, two);
                });
        value.setId("records-filter-value");
        value.setPrefColumnCount(10);
        value.setPromptText(TEXTS.say("filter.value"));
        value.setAccessibleText(TEXTS.say("filter.value"));
        value.setOnAction(_ -> filter());
        second.setId("records-filter-second");
        second.setPrefColumnCount(10);
        second.setAccessibleText(TEXTS.say("filter.second"));
        second.setOnAction(_ -> filter());
        shown(and, false);
        shown(second, false);
        apply.setId("records-filter-apply");
        apply.setOnAction(_ -> {
            if (running == null) {
                filter();
            } else {
                stop();
            }
        });
        all.setId("records-filter-all");
        all.setTooltip(new Tooltip(TEXTS.say("filter.all-tip")));
        all.setOnAction(_ -> {
            // It goes itself.
            if (all.isFocused()) {
                value.requestFocus();
            }
            showAll();
        });
        again.setId("records-filter-again");
        again.setTooltip(new Tooltip(TEXTS.say("filter.again-tip")));
        again.setOnAction(_ -> {
            if (running == null) {
                scan();
            }
        });
        result.setId("records-result");
        result.setWrapText(true);
        FlowPane line =
                new FlowPane(column, comparison, value, and, second, apply, all, again, result);
        line.getStyleClass().add("shm-records-filter");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setId("records-progress");
        getChildren().setAll(line, progress);
    }

    /// Chooses among these records from now on: all of them at first.
    void of(RecordModel fresh) {
        stop();
        forget();
        sort = null;
        filter = null;
        model = fresh;
        column.setValue(0);
        listColumns();
        value.clear();
        second.clear();
        arm();
    }

    boolean isRunning() {
        return running != null;
    }

    /// Whether the rows are in order of a column, or will be.
    boolean isSorted() {
        return sort != null;
    }

    /// The segment is lost: nothing is looked for any more.
    void lose() {
        lost = true;
        stop();
        arm();
    }

    /// Frees what is held.
    void close() {
        closed = true;
        stop();
        forget();
    }

    /// Has a filter typed.
    void ask(int at) {
        column.setValue(at);
        value.requestFocus();
        value.selectAll();
    }

    /// What was wrong was said, and is no longer.
    void quiet() {
        value.pseudoClassStateChanged(INVALID, false);
    }

    /// By a column: rising, then falling, then not.
    void sortBy(int at) {
        RecordScan.Sort before = sort;
        RecordGrid.Sorted next =
                before == null || before.column() != at
                        ? RecordGrid.Sorted.RISING
                        : before.falling() ? RecordGrid.Sorted.NOT : RecordGrid.Sorted.FALLING;
        sortBy(at, next);
    }

    void sortBy(int at, RecordGrid.Sorted how) {
        sort =
                switch (how) {
                    case NOT -> null;
                    case RISING -> new RecordScan.Sort(at, false);
                    case FALLING -> new RecordScan.Sort(at, true);
                };
        if (sort == null && filter == null) {
            showAll();
        } else {
            scan();
        }
    }

    private void filter() {
        RecordModel now = model;
        Integer at = column.getValue();
        Comparison how = comparison.getValue();
        if (now == null || at == null || how == null || running != null) {
            return;
        }
        try {
            filter =
                    RecordFilter.of(
                            now.layout(),
                            at,
                            how,
                            now.format(at),
                            value.getText(),
                            second.getText());
        } catch (BadInput wrong) {
            table.tell(Problem.sentence(wrong.sentence()));
            value.pseudoClassStateChanged(INVALID, true);
            value.requestFocus();
            return;
        }
        scan();
    }

    private void scan() {
        RecordModel now = model;
        if (now == null || lost || (filter == null && sort == null)) {
            return;
        }
        stop();
        table.begins();
        table.tell("");
        Running watch = new Running(progress::setProgress);
        running = watch;
        progress.setProgress(0);
        RecordScan.Wanted wanted = new RecordScan.Wanted(now.layout(), now.guard(), filter, sort);
        arm();
        Background.run(
                () -> RecordScan.run(table.segment(), wanted, watch),
                ended -> scanned(watch, ended),
                thrown -> notScanned(watch, thrown));
    }

    private void scanned(Running watch, RecordScan.Found now) {
        RecordModel shown = model;
        if (running != watch || closed || shown == null) {
            now.rows().close();
            return;
        }
        running = null;
        table.copied(now.share());
        if (now.stopped() && now.wanted().sort() != null) {
            // In no order: the rows stay as they were.
            now.rows().close();
            arm();
            result.setText(TEXTS.say("result.stopped"));
            shown(result, true);
            restoreSort();
            return;
        }
        RecordScan.Found before = found;
        found = now;
        table.show(now.rows(), now.wanted().sort());
        if (before != null) {
            before.rows().close();
        }
        arm();
    }

    private void notScanned(Running watch, Throwable thrown) {
        if (running != watch || closed) {
            return;
        }
        running = null;
        restoreSort();
        arm();
        table.tell(Problem.of(thrown).line());
    }

    /// What is shown is what was found before.
    private void restoreSort() {
        RecordScan.Found shown = found;
        sort = shown == null ? null : shown.wanted().sort();
        filter = shown == null ? null : shown.wanted().filter();
    }

    private void showAll() {
        stop();
        table.begins();
        sort = null;
        filter = null;
        table.show(null, null);
        forget();
        table.tell("");
        arm();
    }

    /// Ends the look that is running.
    void stop() {
        Running now = running;
        if (now != null) {
            now.stop();
        }
    }

    /// Lets go of the rows that were found.
    private void forget() {
        RecordScan.Found before = found;
        found = null;
        running = null;
        if (before != null) {
            before.rows().close();
        }
    }

    private void arm() {
        boolean busy = running != null;
        shown(progress, busy);
        apply.setText(busy ? TEXTS.say("filter.stop") : TEXTS.say("filter.apply"));
        for (Node part : new Node[] {column, comparison}) {
            part.setDisable(busy || lost);
        }
        // Not disabled while looking: whoever typed there and pressed Enter would lose the focus.
        for (TextField typed : new TextField[] {value, second}) {
            typed.setEditable(!busy);
            typed.setDisable(lost);
        }
        apply.setDisable(lost);
        RecordScan.Found now = found;
        shown(all, now != null && !busy);
        shown(again, (now != null && !busy) || again.isFocused());
        again.setDisable(lost);
        result.getStyleClass().setAll("label", Looks.FACT_NAME);
        result.setText(busy ? TEXTS.say("result.looking") : now == null ? "" : words(now));
        shown(result, !result.getText().isEmpty());
    }

    private static String words(RecordScan.Found now) {
        RecordScan.Sort by = now.wanted().sort();
        StringBuilder text = new StringBuilder();
        text.append(
                now.wanted().filter() == null
                        ? TEXTS.count("result.sorted", now.rows().size())
                        : TEXTS.count("result.found", now.rows().size(), now.looked()));
        if (now.looked() < now.of()) {
            text.append(
                    now.full()
                            ? TEXTS.say("result.full", RowSet.MOST, now.of() - now.looked())
                            : TEXTS.say("result.not-all", now.of() - now.looked()));
        }
        if (now.skipped() > 0) {
            text.append(TEXTS.say("result.skipped", now.skipped()));
        }
        if (now.busy() > 0) {
            text.append(TEXTS.say("result.busy", now.busy()));
        }
        if (by != null && RecordScan.roughly(now.wanted().layout(), by)) {
            text.append(TEXTS.say("result.roughly"));
        }
        text.append(TEXTS.say("result.as-of", clock(now)));
        return text.toString();
    }

    private static String clock(RecordScan.Found now) {
        LocalTime from = LocalTime.ofInstant(now.from(), ZoneId.systemDefault());
        LocalTime to = LocalTime.ofInstant(now.to(), ZoneId.systemDefault());
        String end = CLOCK.format(to);
        String begin = CLOCK.format(from);
        return begin.equals(end) ? end : begin + "–" + end;
    }

    private void columnChosen(@Nullable Integer at) {
        RecordModel now = model;
        if (now == null || at == null || at >= now.columns()) {
            return;
        }
        Comparison before = comparison.getValue();
        comparison.getItems().setAll(Comparison.suiting(now.field(at)));
        comparison.setValue(
                comparison.getItems().contains(before) ? before : comparison.getItems().getFirst());
    }

    /// Lists the columns anew, under the names that they have now; the chosen one stays.
    void listColumns() {
        RecordModel now = model;
        Integer chosen = column.getValue();
        column.getItems()
                .setAll(IntStream.range(0, now == null ? 0 : now.columns()).boxed().toList());
        column.setValue(null);
        column.setValue(chosen);
    }

    private String columnWords(Integer at) {
        RecordModel now = model;
        return now == null || at >= now.columns() ? "" : now.title(at);
    }

    private static String comparisonWords(Comparison one) {
        return switch (one) {
            case EQUAL -> "=";
            case UNEQUAL -> "≠";
            case LESS -> "<";
            case AT_MOST -> "≤";
            case GREATER -> ">";
            case AT_LEAST -> "≥";
            case BETWEEN -> TEXTS.say("filter.between");
            case CONTAINS -> TEXTS.say("filter.contains");
        };
    }

    /// Seen, or not there at all.
    static void shown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
