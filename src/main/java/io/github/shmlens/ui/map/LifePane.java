package io.github.shmlens.ui.map;

import atlantafx.base.theme.Styles;
import io.github.shmlens.live.LifeEvent;
import io.github.shmlens.live.LifeLine;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.time.Instant;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What was seen to happen to a segment, the newest first. FX thread.
final class LifePane extends VBox {

    private static final Texts TEXTS = Texts.of(LifePane.class);

    private final Label note = new Label(TEXTS.say("life.note"));
    private final ObservableList<LifeEntry> entries = FXCollections.observableArrayList();
    private final ListView<LifeEntry> list = new ListView<>(entries);
    private SegmentId of = new SegmentId.Sysv(0);
    private long revision = -1;

    LifePane() {
        getStyleClass().add("shm-life");
        note.getStyleClass().add(Styles.TEXT_MUTED);
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        list.setId("map-life");
        list.getStyleClass().add(Styles.DENSE);
        list.setAccessibleText(TEXTS.say("life.list"));
        list.setCellFactory(_ -> new EntryCell());
        Label empty = new Label(TEXTS.say("life.empty"));
        empty.getStyleClass().add(Styles.TEXT_MUTED);
        list.setPlaceholder(empty);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().setAll(note, list);
    }

    void show(LifeLine line) {
        if (line.revision() == revision && line.id().equals(of)) {
            return;
        }
        revision = line.revision();
        of = line.id();
        LifeEntry chosen = list.getSelectionModel().getSelectedItem();
        entries.setAll(LifeEntry.of(line.moments().reversed()));
        int still = chosen == null ? -1 : entries.indexOf(chosen);
        if (still >= 0) {
            list.getSelectionModel().select(still);
        }
        note.setText(
                line.forgotten() == 0
                        ? TEXTS.say("life.note")
                        : TEXTS.say("life.note.forgotten", line.forgotten()));
    }

    private static final double ICON_AND_SCROLL_BAR = 70;

    private final class EntryCell extends ListCell<LifeEntry> {

        private final FontIcon icon = new FontIcon(Feather.CIRCLE);
        private final Label when = new Label();
        private final Label what = new Label();
        private final HBox row = new HBox(icon, when, what);

        EntryCell() {
            getStyleClass().add("shm-life-moment");
            when.getStyleClass().addAll(Looks.MONO, "shm-map-more");
            when.setMinWidth(Region.USE_PREF_SIZE);
            what.setWrapText(true);
            what.setMinHeight(Region.USE_PREF_SIZE);
            // A list asks for a line's height before it says how wide the line is.
            what.prefWidthProperty()
                    .bind(
                            list.widthProperty()
                                    .subtract(when.widthProperty())
                                    .subtract(ICON_AND_SCROLL_BAR));
            row.getStyleClass().add("shm-life-row");
            row.setAlignment(Pos.TOP_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable LifeEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            if (empty || entry == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            icon.setIconCode(sign(entry.first().event()));
            when.setText(LifeWords.when(entry.first(), Instant.now()));
            what.setText(LifeWords.what(entry, of));
            setAccessibleText(when.getText() + ", " + what.getText());
            setGraphic(row);
        }
    }

    private static Feather sign(LifeEvent event) {
        return switch (event) {
            case LifeEvent.FirstSeen _ -> Feather.EYE;
            case LifeEvent.Appeared _ -> Feather.PLUS_CIRCLE;
            case LifeEvent.Attached _ -> Feather.LOG_IN;
            case LifeEvent.Detached _ -> Feather.LOG_OUT;
            case LifeEvent.CountChanged _, LifeEvent.OutOfSightChanged _ -> Feather.USERS;
            case LifeEvent.Touched _ -> Feather.USER;
            case LifeEvent.Marked _ -> Feather.ALERT_TRIANGLE;
            case LifeEvent.Gone _ -> Feather.X_CIRCLE;
            case LifeEvent.Recreated _ -> Feather.REFRESH_CW;
            case LifeEvent.Resized _ -> Feather.MAXIMIZE_2;
            case LifeEvent.ModeChanged _, LifeEvent.OwnerChanged _ -> Feather.SETTINGS;
            case LifeEvent.LockedInMemory _ -> Feather.LOCK;
            case LifeEvent.NotWatched _ -> Feather.EYE_OFF;
        };
    }
}
