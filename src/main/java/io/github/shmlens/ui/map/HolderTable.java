package io.github.shmlens.ui.map;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import io.github.shmlens.ui.text.Texts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Everybody around a segment, a process a line: all that the picture says, for those who cannot or
/// do not want to look at it. FX thread.
final class HolderTable extends TableView<Holder> {

    private static final Texts TEXTS = Texts.of(HolderTable.class);

    private final ObservableList<Holder> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Integer> chosenPid =
            new ReadOnlyObjectWrapper<>(this, "chosenPid");
    private final Map<TableColumn<Holder, ?>, Double> widthsEm = new LinkedHashMap<>();
    private final TableColumn<Holder, String> container;
    private boolean showing;

    HolderTable(double em) {
        setId("map-table");
        getStyleClass().addAll(Styles.DENSE, Tweaks.EDGE_TO_EDGE);
        setAccessibleText(TEXTS.say("table.spoken"));
        Label empty = new Label(TEXTS.say("table.empty"));
        empty.getStyleClass().add(Styles.TEXT_MUTED);
        setPlaceholder(empty);
        column(TEXTS.say("table.command"), 11, HolderTable::name);
        TableColumn<Holder, Integer> pid = new TableColumn<>(TEXTS.say("table.pid"));
        pid.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue().pid()));
        widthsEm.put(pid, 5.0);
        getColumns().add(pid);
        column(TEXTS.say("table.rights"), 5, Holder::rights);
        column(TEXTS.say("table.user"), 6.5, Holder::user);
        column(TEXTS.say("table.address"), 10.3, Holder::addresses);
        container = column(TEXTS.say("table.container"), 12, Holder::container);
        container.setVisible(false);
        em(em);
        SortedList<Holder> sorted = new SortedList<>(rows);
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        getSelectionModel()
                .selectedItemProperty()
                .subscribe(row -> {
                    if (!showing) {
                        chosenPid.set(row == null ? null : row.pid());
                    }
                });
    }

    private static String name(Holder holder) {
        return holder.self() ? TEXTS.say("table.self", holder.command()) : holder.command();
    }

    private TableColumn<Holder, String> column(
            String head, double em, Function<Holder, String> of) {
        TableColumn<Holder, String> column = new TableColumn<>(head);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(of.apply(row.getValue())));
        column.setComparator(Comparator.naturalOrder());
        widthsEm.put(column, em);
        getColumns().add(column);
        return column;
    }

    /// Columns are as wide as their words, in whatever size.
    void em(double pixels) {
        widthsEm.forEach((column, width) -> column.setPrefWidth(width * pixels));
    }

    /// Shows these and keeps the chosen one chosen.
    void show(List<Holder> holders) {
        if (holders.equals(rows)) {
            return;
        }
        Integer before = chosenPid.get();
        showing = true;
        try {
            container.setVisible(holders.stream().anyMatch(one -> !one.container().isEmpty()));
            rows.setAll(holders);
        } finally {
            showing = false;
        }
        choose(before);
    }

    /// The process that is chosen; null for none.
    ReadOnlyObjectProperty<@Nullable Integer> chosenPidProperty() {
        return chosenPid.getReadOnlyProperty();
    }

    void choose(@Nullable Integer pid) {
        for (Holder row : getItems()) {
            if (pid != null && row.pid() == pid) {
                getSelectionModel().select(row);
                return;
            }
        }
        getSelectionModel().clearSelection();
        chosenPid.set(null);
    }
}
