package io.github.shmlens.ui.care;

import io.github.shmlens.live.PartTrack;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.Ghost;
import io.github.shmlens.php.Ghosts;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.Slot;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Slots that are gone and whose bytes still lie in free room, apart from those that live. Takes no
/// room while there are none. FX thread.
final class GhostPane extends TitledPane {

    private static final Texts TEXTS = Texts.of(GhostPane.class);

    private static final int VALUE_CHARS = 200;
    private static final int MOST_LINES = 5;
    private static final double LINE = 26;

    /// One ghost as it is listed.
    ///
    /// @param when how long ago it was seen to go, or that it was before we looked
    private record Row(Ghost ghost, String when) {}

    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ListView<Row> list = new ListView<>(rows);
    private final Label note = new Label();
    private final Button wipe = new Button(TEXTS.say("button.wipe"), new FontIcon(Feather.WIND));
    private boolean replacing;

    GhostPane(Runnable onWipe) {
        setId("ghosts");
        getStyleClass().addAll("dense", "shm-ghosts");
        getStylesheets().add(Stylesheet.URL);
        setAnimated(false);
        setExpanded(false);
        setMinHeight(USE_PREF_SIZE);
        setTooltip(new Tooltip(TEXTS.say("ghosts.tip")));
        list.setId("ghost-list");
        list.getStyleClass().add("dense");
        list.setAccessibleText(TEXTS.say("ghosts.name"));
        list.setCellFactory(_ -> new Line());
        list.setFixedCellSize(LINE);
        wipe.setId("ghost-wipe");
        wipe.setOnAction(_ -> onWipe.run());
        wipe.setMinWidth(USE_PREF_SIZE);
        note.setWrapText(true);
        note.getStyleClass().add("shm-ghost-note");
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox foot = new HBox(note, wipe);
        foot.getStyleClass().add("shm-ghost-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        setContent(new VBox(list, foot));
        hide(true);
    }

    /// The ghost that is chosen; null when none is.
    @Nullable Ghost chosen() {
        Row row = list.getSelectionModel().getSelectedItem();
        return row == null || !isExpanded() ? null : row.ghost();
    }

    /// Calls back when another ghost is chosen, or none.
    void onChoose(Runnable changed) {
        ReadOnlyObjectProperty<Row> selected = list.getSelectionModel().selectedItemProperty();
        selected.addListener((_, _, _) -> {
            if (!replacing) {
                changed.run();
            }
        });
        expandedProperty().addListener((_, _, _) -> changed.run());
        list.setOnMouseClicked(_ -> changed.run());
    }

    void choose(@Nullable Ghost ghost) {
        if (ghost == null) {
            list.getSelectionModel().clearSelection();
        }
    }

    /// @param removed entries that sampling saw go, newest first
    /// @param nowNanos the clock of the samples
    void show(@Nullable Ghosts ghosts, List<PartTrack> removed, long nowNanos) {
        if (ghosts == null || ghosts.found().isEmpty()) {
            rows.clear();
            hide(true);
            return;
        }
        hide(false);
        long count = ghosts.count();
        String title = TEXTS.say("ghosts.title", count);
        if (!title.equals(getText())) {
            setText(title);
        }
        note.setText(
                count > ghosts.found().size()
                        ? TEXTS.say("ghosts.first", ghosts.found().size())
                        : ghosts.whole() ? "" : TEXTS.say("ghosts.not-whole"));
        Map<Long, PartTrack> seenToGo = new HashMap<>();
        removed.forEach(track -> seenToGo.putIfAbsent(track.key(), track));
        List<Row> now = new ArrayList<>(ghosts.found().size());
        for (Ghost ghost : ghosts.found()) {
            now.add(new Row(ghost, when(ghost, seenToGo.get(ghost.slot().key()), nowNanos)));
        }
        if (!rows.equals(now)) {
            replace(now);
        }
        int lines = Math.clamp(rows.size(), 1, MOST_LINES);
        list.setPrefHeight(lines * LINE + 4);
        list.setMinHeight(lines * LINE + 4);
    }

    private void replace(List<Row> now) {
        Row chosen = list.getSelectionModel().getSelectedItem();
        replacing = true;
        try {
            rows.setAll(now);
            list.getSelectionModel().clearSelection();
            if (chosen != null) {
                for (int i = 0; i < now.size(); i++) {
                    if (now.get(i).ghost().equals(chosen.ghost())) {
                        list.getSelectionModel().select(i);
                    }
                }
            }
        } finally {
            replacing = false;
        }
    }

    /// Only a slot that went for good is known by the time it was seen to go.
    private static String when(Ghost ghost, @Nullable PartTrack seen, long nowNanos) {
        return switch (ghost.kind()) {
            case REMOVED ->
                    seen == null
                            ? TEXTS.say("when.before")
                            : TEXTS.say("when.gone", ago(nowNanos - seen.changedAtNanos()));
            case REPLACED -> TEXTS.say("when.older");
            case MOVED -> TEXTS.say("when.moved");
        };
    }

    /// In steps coarse enough that the list is not rebuilt with every sample.
    private static String ago(long nanos) {
        long seconds = Math.max(0, nanos) / 1_000_000_000;
        if (seconds < 5) {
            return TEXTS.say("ago.now");
        }
        if (seconds < 60) {
            return TEXTS.say("ago.seconds", seconds / 5 * 5);
        }
        return seconds < 7200
                ? TEXTS.say("ago.minutes", seconds / 60)
                : TEXTS.say("ago.hours", seconds / 3600);
    }

    private void hide(boolean hidden) {
        setVisible(!hidden);
        setManaged(!hidden);
    }

    private static String value(Slot slot) {
        return switch (slot.decoded()) {
            case Decoded.Value decoded -> PhpText.oneLine(decoded.value(), VALUE_CHARS);
            case Decoded.Unreadable(String why, _) -> "(" + why + ")";
        };
    }

    private static final class Line extends ListCell<Row> {
        private final Label key = new Label();
        private final Label value = new Label();
        private final Label when = new Label();
        private final HBox line;

        Line() {
            key.getStyleClass().addAll(Looks.MONO, "shm-ghost-key");
            key.setMinWidth(USE_PREF_SIZE);
            when.getStyleClass().add("shm-ghost-when");
            when.setMinWidth(USE_PREF_SIZE);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            line = new HBox(key, value, gap, when);
            line.getStyleClass().add("shm-ghost-line");
            line.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Row item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            Slot slot = item.ghost().slot();
            key.setText(Long.toString(slot.key()));
            value.setText(value(slot));
            when.setText(item.when());
            setAccessibleText(TEXTS.say("ghosts.line", slot.key(), slot.offset(), item.when()));
            setGraphic(line);
        }
    }
}
