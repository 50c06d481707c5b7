package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Tweaks;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What can be done to one attached segment.
final class SegmentToolBar extends ToolBar {

    private static final Texts TEXTS = Texts.of(SegmentToolBar.class);

    private final ToggleButton edit = new ToggleButton(TEXTS.say("tools.edit"));
    private final Button remove = new Button(TEXTS.say("tools.remove"));
    private final Button detach = new Button(TEXTS.say("tools.detach"));
    private final ToggleButton pause = new ToggleButton(TEXTS.say("tools.pause"));
    private final Button find = new Button(TEXTS.say("tools.find"));
    private final Button goTo = new Button(TEXTS.say("tools.go-to-name"));
    private final Button back = new Button();
    private final Button forward = new Button();
    private final Button previousChange = new Button();
    private final Button nextChange = new Button();
    private final Button baseline = new Button();
    private final ToggleButton map = new ToggleButton();
    private final Button lock = new Button(TEXTS.say("tools.no-lock"));
    private final boolean writable;
    private final Button legend = new Button();
    private final MenuButton more = new MenuButton();
    private final Text measure = new Text();

    /// Which words go first where room is short: icon and tip say the same.
    private final List<ButtonBase> foldable = List.of(find, pause, detach, lock, remove);

    /// Which go into the menu where not all have room even without words, the first of them first.
    private final Map<ButtonBase, String> movable = new LinkedHashMap<>();

    private final Separator beforeSteps = new Separator(Orientation.VERTICAL);
    private final Separator behindSteps = new Separator(Orientation.VERTICAL);
    private final List<MenuItem> moved = new ArrayList<>();
    private Set<Node> left = Set.of();
    private @Nullable Node badge;

    SegmentToolBar(boolean writable) {
        this.writable = writable;
        getStyleClass().add("shm-tools");
        dress(edit, "edit", Feather.LOCK, TEXTS.say("tools.edit-tip"));
        dress(remove, "remove", Feather.TRASH_2, TEXTS.say("tools.remove-tip"));
        dress(detach, "detach", Feather.LOG_OUT, TEXTS.say("tools.detach-tip"));
        dress(pause, "pause", Feather.PAUSE, TEXTS.say("tools.pause-tip"));
        dress(find, "find-button", Feather.SEARCH, TEXTS.say("tools.find-tip"));
        dress(goTo, "go-to-button", Feather.CORNER_DOWN_RIGHT, TEXTS.say("tools.go-to"));
        dress(back, "back", Feather.ARROW_LEFT, TEXTS.say("tools.back"));
        back.setAccessibleText(TEXTS.say("tools.back-name"));
        dress(forward, "forward", Feather.ARROW_RIGHT, TEXTS.say("tools.forward"));
        forward.setAccessibleText(TEXTS.say("tools.forward-name"));
        dress(
                previousChange,
                "previous-change",
                Feather.ARROW_UP,
                TEXTS.say("tools.previous-change-tip"));
        previousChange.setAccessibleText(TEXTS.say("tools.previous-change"));
        dress(nextChange, "next-change", Feather.ARROW_DOWN, TEXTS.say("tools.next-change-tip"));
        nextChange.setAccessibleText(TEXTS.say("tools.next-change"));
        dress(baseline, "baseline", Feather.FLAG, TEXTS.say("tools.baseline-tip"));
        baseline.setAccessibleText(TEXTS.say("tools.baseline-name"));
        // Its word is in the tip: the lock's words have to fit.
        goTo.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        dress(map, "map-button", Feather.SHARE_2, TEXTS.say("tools.map.tip"));
        map.setAccessibleText(TEXTS.say("tools.map"));
        dress(lock, "lock", Feather.KEY, TEXTS.say("tools.lock-tip", TEXTS.say("tools.no-lock")));
        dress(legend, "legend", Feather.HELP_CIRCLE, TEXTS.say("tools.legend-tip"));
        legend.setAccessibleText(TEXTS.say("tools.legend"));
        dress(more, "more", Feather.MORE_HORIZONTAL, TEXTS.say("tools.more"));
        more.setAccessibleText(TEXTS.say("tools.more"));
        more.getStyleClass().add(Tweaks.NO_ARROW);
        movable.put(legend, TEXTS.say("tools.legend-item"));
        movable.put(map, TEXTS.say("tools.map-item"));
        movable.put(baseline, TEXTS.say("tools.baseline-item"));
        movable.put(nextChange, TEXTS.say("tools.next-change-item"));
        movable.put(previousChange, TEXTS.say("tools.previous-change-item"));
        movable.put(forward, TEXTS.say("tools.forward-item"));
        movable.put(back, TEXTS.say("tools.back-item"));
        movable.put(goTo, TEXTS.say("tools.go-to-item"));
        movable.put(find, TEXTS.say("tools.find-item"));
        movable.put(pause, TEXTS.say("tools.pause-item"));
        arrange();
        allowEdits(true);
    }

    /// Shows how the store is, beside what is done to the whole segment.
    void show(Node health) {
        badge = health;
        arrange();
    }

    /// The lock's words change while one looks, so that nothing stands behind them that is clicked
    /// often.
    private void arrange() {
        List<Node> items = new ArrayList<>(List.of(edit, remove, detach));
        Node health = badge;
        if (health != null) {
            items.add(health);
        }
        items.addAll(List.of(beforeSteps, pause, find, goTo));
        items.addAll(List.of(back, forward, previousChange, nextChange, baseline, map));
        items.addAll(List.of(behindSteps, lock, legend, more));
        getItems().setAll(items);
    }

    @Override
    protected void layoutChildren() {
        fit();
        super.layoutChildren();
    }

    /// Takes words away until all have room, and then what only moves about, which the menu has
    /// meanwhile. Changes nothing where it would come out the same: this is called by each layout,
    /// and must not ask for another.
    private void fit() {
        double room = getWidth() - snappedLeftInset() - snappedRightInset();
        if (room <= 0) {
            return;
        }
        double wanted = 0;
        for (Node item : getItems()) {
            if (item.isManaged() || left.contains(item)) {
                wanted += snapSizeX(item.prefWidth(-1));
            }
        }
        for (ButtonBase button : foldable) {
            wanted += folded(button) ? words(button) : 0;
        }
        for (ButtonBase button : foldable) {
            boolean folds = wanted > room;
            wanted -= folds ? words(button) : 0;
            if (folds != folded(button)) {
                button.setContentDisplay(folds ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
            }
        }
        Set<Node> leaving = new LinkedHashSet<>();
        for (ButtonBase button : movable.keySet()) {
            if (wanted > room) {
                leaving.add(button);
                wanted -= snapSizeX(button.prefWidth(-1));
            }
        }
        if (leaving.size() == movable.size()) {
            leaving.add(behindSteps);
        }
        if (!leaving.equals(left)) {
            leave(leaving);
        }
    }

    private void leave(Set<Node> leaving) {
        left = leaving;
        Set<Node> leavable = new LinkedHashSet<>(movable.keySet());
        leavable.add(behindSteps);
        for (Node item : leavable) {
            item.setVisible(!left.contains(item));
            item.setManaged(!left.contains(item));
        }
        more.getItems().removeAll(moved);
        moved.clear();
        movable.forEach((button, words) -> {
            if (left.contains(button)) {
                moved.addFirst(item(button, words));
            }
        });
        if (!moved.isEmpty()) {
            moved.add(new SeparatorMenuItem());
        }
        more.getItems().addAll(0, moved);
        arrange();
    }

    /// In the menu it does what it does in the bar, and says which key does it too.
    private static MenuItem item(ButtonBase button, String words) {
        MenuItem item = new MenuItem(words);
        if (button.getGraphic() instanceof FontIcon icon) {
            item.setGraphic(new FontIcon(icon.getIconCode()));
        }
        item.setId("more-" + button.getId());
        item.setMnemonicParsing(false);
        item.disableProperty().bind(button.disableProperty());
        item.setOnAction(_ -> button.fire());
        return item;
    }

    private static boolean folded(ButtonBase button) {
        return button.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY;
    }

    /// How much room a button's words take.
    private double words(ButtonBase button) {
        measure.setFont(button.getFont());
        measure.setText(button.getText());
        return Math.ceil(measure.getLayoutBounds().getWidth()) + button.getGraphicTextGap();
    }

    /// Whether what is in the segment may be edited, where the segment may be.
    void allowEdits(boolean allowed) {
        boolean both = writable && allowed;
        if (!both) {
            edit.setSelected(false);
        }
        edit.setDisable(!both);
        lock.setDisable(!both);
        edit.setText(both ? TEXTS.say("tools.edit") : TEXTS.say("tools.read-only"));
    }

    ToggleButton edit() {
        return edit;
    }

    Button remove() {
        return remove;
    }

    Button detach() {
        return detach;
    }

    ToggleButton pause() {
        return pause;
    }

    Button find() {
        return find;
    }

    Button goTo() {
        return goTo;
    }

    Button back() {
        return back;
    }

    Button forward() {
        return forward;
    }

    Button previousChange() {
        return previousChange;
    }

    Button nextChange() {
        return nextChange;
    }

    Button baseline() {
        return baseline;
    }

    ToggleButton map() {
        return map;
    }

    Button lock() {
        return lock;
    }

    /// What is done less often.
    MenuButton more() {
        return more;
    }

    Button legend() {
        return legend;
    }

    void showUnlocked(boolean unlocked) {
        icon(edit, unlocked ? Feather.UNLOCK : Feather.LOCK);
        edit.setText(unlocked ? TEXTS.say("tools.editing") : TEXTS.say("tools.edit"));
    }

    void showPaused(boolean paused) {
        icon(pause, paused ? Feather.PLAY : Feather.PAUSE);
        pause.setText(paused ? TEXTS.say("tools.resume") : TEXTS.say("tools.pause"));
    }

    void showLock(@Nullable SegmentKey semaphore, Optional<LockFacts> facts) {
        if (semaphore == null) {
            sayLock(TEXTS.say("tools.no-lock"));
            return;
        }
        String state =
                facts.map(seen ->
                                (seen.held()
                                                ? TEXTS.say("tools.held-by", seen.lastOperator())
                                                : TEXTS.say("tools.lock-free"))
                                        + (seen.waiters() == 0
                                                ? ""
                                                : TEXTS.say("tools.waiting", seen.waiters())))
                        .orElse("");
        sayLock(TEXTS.say("tools.lock", semaphore.value(), state));
    }

    /// In the tip too, for a bar without room for it.
    private void sayLock(String words) {
        if (!words.equals(lock.getText())) {
            lock.setText(words);
            lock.getTooltip().setText(TEXTS.say("tools.lock-tip", words));
        }
    }

    /// The segment is lost: nothing can be written, removed or sampled any more.
    void lose() {
        edit.setDisable(true);
        lock.setDisable(true);
        pause.setDisable(true);
        baseline.setDisable(true);
    }

    private static void dress(ButtonBase button, String id, Feather icon, String tip) {
        button.setId(id);
        button.setGraphic(new FontIcon(icon));
        button.setTooltip(new Tooltip(tip));
        if (button.getText().isEmpty()) {
            button.getStyleClass().add("shm-icon-tool");
        }
        button.setAccessibleHelp(tip);
    }

    private static void icon(ButtonBase button, Feather icon) {
        Node graphic = button.getGraphic();
        if (graphic instanceof FontIcon font) {
            font.setIconCode(icon);
        }
    }
}
