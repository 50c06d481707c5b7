package io.github.shmlens.ui.find;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Beside the bytes: what was looked for and where it is, or which numbers remain. FX thread.
///
/// It begins to read from the segment when it is opened, and stops when it is closed.
public final class FindPanel extends VBox {

    private static final Texts TEXTS = Texts.of(FindPanel.class);

    /// More marks than this in one screenful mark nothing.
    private static final int MOST_MARKS = 5000;

    private final FindPlace place;
    private final SearchPane search;
    private final NarrowPane narrow;
    private final ToggleButton find = new ToggleButton(TEXTS.say("button.find"));
    private final ToggleButton narrowDown = new ToggleButton(TEXTS.say("button.narrow-down"));
    private final StackPane content;
    private boolean open;
    private long marked;

    public FindPanel(FindPlace place) {
        this.place = place;
        this.search = new SearchPane(place, this::marksChanged);
        this.narrow = new NarrowPane(place, this::marksChanged);
        this.content = new StackPane(search, narrow);
        getStyleClass().add("find-panel");
        getStylesheets().add(Theme.css(FindPanel.class, "find.css"));
        setId("find-panel");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().setAll(find, narrowDown);
        find.setId("find-mode");
        find.getStyleClass().add("left-pill");
        find.setTooltip(new Tooltip(TEXTS.say("panel.find-tip")));
        narrowDown.setId("narrow-mode");
        narrowDown.getStyleClass().add("right-pill");
        narrowDown.setTooltip(new Tooltip(TEXTS.say("panel.narrow-down-tip")));
        Button close = new Button();
        SearchPane.icon(close, "find-close", Feather.X, TEXTS.say("panel.close"));
        close.getStyleClass().addAll("flat", "small");
        close.setOnAction(_ -> close());
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox head = new HBox(new HBox(find, narrowDown), room, close);
        head.getStyleClass().add("find-head");
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().setAll(head, content);
        setMinHeight(0);
        find.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((before, now) -> {
                    if (now == null && before != null) {
                        // One of the two is always chosen.
                        before.setSelected(true);
                    } else {
                        choose();
                    }
                });
        choose();
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /// Opens on searching, with the field ready to be typed into.
    public void openFind() {
        find.setSelected(true);
        open();
        search.focusField();
    }

    /// Opens on narrowing down.
    public void openNarrow() {
        narrowDown.setSelected(true);
        open();
        narrow.focusField();
    }

    public boolean isOpen() {
        return open;
    }

    /// To the next (1) or previous (−1) hit, wherever the focus is; asks what to look for when
    /// there is none.
    public void step(int direction) {
        if (!open) {
            openFind();
        }
        search.step(direction);
    }

    private void open() {
        if (!open) {
            open = true;
            place.opened(true);
        }
        choose();
        marksChanged();
    }

    /// Takes it off the screen, as Esc does; nothing happens where it is not there.
    public void close() {
        if (open) {
            open = false;
            search.stop();
            narrow.stop();
            choose();
            marksChanged();
            place.opened(false);
        }
    }

    /// The tab is going: ends everything and frees what is remembered.
    public void end() {
        open = false;
        search.stop();
        search.seen(false);
        narrow.close();
    }

    private void choose() {
        boolean searching = find.isSelected();
        SearchPane.shown(search, searching);
        SearchPane.shown(narrow, !searching);
        search.seen(open && searching);
        narrow.seen(open && !searching);
        marksChanged();
    }

    private void marksChanged() {
        marked++;
        place.marksChanged();
    }

    /// Another number whenever [#marks] may be others.
    public long marked() {
        return marked;
    }

    private void key(KeyEvent event) {
        if (event.getCode() != KeyCode.ESCAPE) {
            return;
        }
        if (search.isRunning() || narrow.isRunning()) {
            search.stop();
            narrow.stop();
        } else {
            close();
        }
        event.consume();
    }

    /// Hits among the bytes on the screen; none while the panel is closed.
    public List<Tint> marks(Window window) {
        if (!open) {
            return List.of();
        }
        boolean searching = find.isSelected();
        Offsets offsets = searching ? search.hits() : narrow.offsets();
        int length = searching ? search.hitBytes() : narrow.numberBytes();
        List<Tint> marks = new ArrayList<>();
        int index = offsets.firstAt(Math.max(0, window.offset() - length + 1));
        while (index < offsets.size() && marks.size() < MOST_MARKS) {
            long at = offsets.at(index++);
            if (at >= window.end()) {
                break;
            }
            marks.add(new Tint(at, length, Tint.Kind.MATCH));
        }
        return marks;
    }
}
