package io.github.shmlens.ui.system;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.ui.segments.FigureCell;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Every segment with what it costs: memory and swap, the dearest first until the user sorts
/// otherwise. FX thread.
final class CostTable extends TableView<CostTable.Row> {

    private static final Texts TEXTS = Texts.of(CostTable.class);

    private static final Comparator<Row> DEAREST_FIRST =
            Comparator.comparingLong(Row::cost)
                    .reversed()
                    .thenComparing(Comparator.comparingLong(Row::size).reversed())
                    .thenComparing(Row::name);

    /// One segment.
    ///
    /// @param share of what the dearest one costs, 0 to 1
    record Row(SegmentFacts facts, double share) {

        String name() {
            return ListEntry.nameOf(facts);
        }

        long size() {
            return facts.sizeBytes();
        }

        /// What it takes of memory and swap; 0 where the kernel does not say.
        long cost() {
            return costOf(facts);
        }

        private static long costOf(SegmentFacts facts) {
            return Math.max(0, facts.rssBytes()) + Math.max(0, facts.swapBytes());
        }
    }

    private final double em;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();

    CostTable(double em) {
        this.em = em;
        setId("system-costs");
        getStyleClass().add(Styles.DENSE);
        setPrefHeight(16 * em);
        setMinHeight(9 * em);
        setAccessibleText(TEXTS.say("costs.spoken"));
        Label empty = new Label(TEXTS.say("costs.empty"));
        empty.getStyleClass().add(Styles.TEXT_MUTED);
        setPlaceholder(empty);
        words(TEXTS.say("costs.segment"), 10.5, Row::name);
        words(TEXTS.say("costs.id"), 5, row -> row.facts().id().text());
        figures(TEXTS.say("costs.size"), 5.5, Row::size, Figures::size);
        figures(TEXTS.say("costs.rss"), 7.4, row -> row.facts().rssBytes(), CostTable::known);
        figures(TEXTS.say("costs.swap"), 6.6, row -> row.facts().swapBytes(), CostTable::known);
        TableColumn<Row, Double> bar = new TableColumn<>(TEXTS.say("costs.cost"));
        bar.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().share()).getReadOnlyProperty());
        bar.setCellFactory(_ -> new BarCell());
        bar.setPrefWidth(7.4 * em);
        getColumns().add(bar);
        figures(
                TEXTS.say("costs.nattch"),
                5,
                row -> row.facts().nattch(),
                count -> count < 0 ? "–" : Long.toString(count));
        words(TEXTS.say("costs.owner"), 5.4, row -> row.facts().owner().name());
        SortedList<Row> sorted = new SortedList<>(rows, DEAREST_FIRST);
        comparatorProperty()
                .subscribe(wanted -> sorted.setComparator(wanted == null ? DEAREST_FIRST : wanted));
        setItems(sorted);
    }

    private static String known(long bytes) {
        return bytes < 0 ? "?" : Figures.size(bytes);
    }

    private void words(String head, double width, Function<Row, String> of) {
        TableColumn<Row, String> column = new TableColumn<>(head);
        column.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(of.apply(row.getValue())).getReadOnlyProperty());
        column.setPrefWidth(width * em);
        getColumns().add(column);
    }

    private void figures(
            String head, double width, ToLongFunction<Row> of, Function<Long, String> shown) {
        TableColumn<Row, Long> column = new TableColumn<>(head);
        column.setCellValueFactory(row ->
                new ReadOnlyObjectWrapper<>(of.applyAsLong(row.getValue())).getReadOnlyProperty());
        column.setCellFactory(_ -> new FigureCell<>(shown));
        column.setPrefWidth(width * em);
        getColumns().add(column);
    }

    /// Shows these; the chosen one stays chosen.
    void show(List<SegmentFacts> all) {
        long most = all.stream().mapToLong(Row::costOf).max().orElse(0);
        List<Row> next =
                all.stream()
                        .map(facts ->
                                new Row(facts, most == 0 ? 0 : (double) Row.costOf(facts) / most))
                        .toList();
        if (next.equals(rows)) {
            return;
        }
        Row chosen = getSelectionModel().getSelectedItem();
        rows.setAll(next);
        for (Row row : getItems()) {
            if (chosen != null && row.facts().id().equals(chosen.facts().id())) {
                getSelectionModel().select(row);
                return;
            }
        }
        getSelectionModel().clearSelection();
    }

    /// A bar; its figures stand in the columns beside it.
    private static final class BarCell extends TableCell<Row, Double> {

        private final ProgressBar bar = new ProgressBar();

        BarCell() {
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
            bar.prefWidthProperty().bind(widthProperty().subtract(16));
        }

        @Override
        protected void updateItem(@Nullable Double share, boolean empty) {
            super.updateItem(share, empty);
            if (empty || share == null) {
                setGraphic(null);
            } else {
                bar.setProgress(share);
                setGraphic(bar);
            }
        }
    }
}
