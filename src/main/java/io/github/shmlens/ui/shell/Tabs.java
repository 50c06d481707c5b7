package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.segments.ListEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.jspecify.annotations.Nullable;

/// The tabs, and which of them can be seen. FX thread.
final class Tabs {

    private final TabPane pane = new TabPane();
    private final Consumer<OpenTab> closeWanted;
    private final Runnable changed;
    private boolean minimised;

    /// @param closeWanted a tab's × was pressed
    /// @param changed tabs came or went, another one is chosen, or a label changed
    Tabs(Consumer<OpenTab> closeWanted, Runnable changed) {
        this.closeWanted = closeWanted;
        this.changed = changed;
        pane.setId("tabs");
        pane.getStyleClass().add("shm-tabs");
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        pane.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        pane.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, _) -> {
                    tellSeen();
                    changed.run();
                });
    }

    TabPane pane() {
        return pane;
    }

    List<OpenTab> all() {
        List<OpenTab> all = new ArrayList<>();
        for (Tab tab : pane.getTabs()) {
            if (tab.getUserData() instanceof OpenTab open) {
                all.add(open);
            }
        }
        return all;
    }

    /// The one on what has this id now: an object whose name leads to another one is not it.
    Optional<OpenTab> of(SegmentId id) {
        return all().stream().filter(open -> open.id().equals(id) && open.isNamed()).findFirst();
    }

    /// The one on what had this name.
    Optional<OpenTab> nameless(SegmentId id) {
        return all().stream().filter(open -> open.id().equals(id) && !open.isNamed()).findFirst();
    }

    Optional<OpenTab> chosen() {
        Tab tab = pane.getSelectionModel().getSelectedItem();
        return tab != null && tab.getUserData() instanceof OpenTab open
                ? Optional.of(open)
                : Optional.empty();
    }

    boolean isEmpty() {
        return pane.getTabs().isEmpty();
    }

    /// Adds a tab and chooses it.
    ///
    /// @param beside stands right after this one; null adds it at the end
    void add(OpenTab open, @Nullable OpenTab beside) {
        open.tab()
                .setOnCloseRequest((Event event) -> {
                    event.consume();
                    closeWanted.accept(open);
                });
        int at = beside == null ? -1 : pane.getTabs().indexOf(beside.tab());
        pane.getTabs().add(at < 0 ? pane.getTabs().size() : at + 1, open.tab());
        open.content().label().subscribe(_ -> changed.run());
        choose(open);
        tellSeen();
    }

    void choose(OpenTab open) {
        pane.getSelectionModel().select(open.tab());
        // Until the first tab is there the pane has no skin, and what is in no scene takes no keys.
        pane.applyCss();
        open.content().focus();
    }

    void remove(OpenTab open) {
        pane.getTabs().remove(open.tab());
        changed.run();
    }

    /// To the next one, or the one before; round at the ends.
    void step(int by) {
        int count = pane.getTabs().size();
        if (count > 1) {
            int at = pane.getSelectionModel().getSelectedIndex();
            pane.getSelectionModel().select(Math.floorMod(at + by, count));
            chosen().ifPresent(open -> open.content().focus());
        }
    }

    void minimised(boolean now) {
        minimised = now;
        tellSeen();
    }

    Map<SegmentId, ListEntry.Open> marks() {
        Map<SegmentId, ListEntry.Open> marks = new HashMap<>();
        for (OpenTab open : all()) {
            marks.merge(
                    open.id(), open.mark(), (one, other) -> one.nameless() == null ? one : other);
        }
        return marks;
    }

    private void tellSeen() {
        Tab front = pane.getSelectionModel().getSelectedItem();
        for (OpenTab open : all()) {
            open.seen(
                    minimised
                            ? TabContent.Hidden.MINIMISED
                            : open.tab() == front ? null : TabContent.Hidden.BEHIND);
        }
    }
}
