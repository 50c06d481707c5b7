package io.github.shmlens.ui.segments;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.SideOrBelow;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Paints one line of the list: a section's head, or a segment in two lines, or three where its
/// badges have no room beside its name.
final class SegmentCell extends ListCell<ListEntry> {

    private static final Texts TEXTS = Texts.of(SegmentCell.class);

    private final Label name = new Label();
    private final HBox chips = new HBox();
    private final Region dot = new Region();
    private final Label details = new Label();
    private final VBox lines;
    private final Label head = new Label();
    private final ContextMenu menu;
    private final Tooltip tip = new Tooltip();
    private @Nullable Subscription watched;

    SegmentCell(ContextMenu menu) {
        this.menu = menu;
        name.getStyleClass().addAll(Looks.MONO, "shm-row-name");
        name.setMinWidth(0);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        chips.getStyleClass().add("shm-row-chips");
        chips.setMinWidth(0);
        chips.setAlignment(Pos.CENTER_RIGHT);
        dot.getStyleClass().addAll(Looks.DOT, "shm-live");
        SideOrBelow first = new SideOrBelow(name, chips);
        details.getStyleClass().add("shm-row-details");
        details.setMinWidth(0);
        lines = new VBox(first, details);
        lines.getStyleClass().add("shm-row");
        // The list is as wide as the user made it; a long name is cut, never scrolled.
        setPrefWidth(0);
        head.getStyleClass().add("shm-section");
        addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                press -> {
                    if (getItem() instanceof ListEntry.Section) {
                        press.consume();
                    }
                });
    }

    @Override
    protected void updateItem(@Nullable ListEntry item, boolean empty) {
        super.updateItem(item, empty);
        if (watched != null) {
            watched.unsubscribe();
            watched = null;
        }
        setText(null);
        if (empty || item == null) {
            setGraphic(null);
            setContextMenu(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        watched = item.revisionProperty().subscribe(() -> paint(item));
        paint(item);
    }

    private void paint(ListEntry item) {
        switch (item) {
            case ListEntry.Section section -> {
                head.setText(section.name() + "  " + section.count());
                setAccessibleText(section.name() + ", " + section.count());
                setGraphic(head);
                setContextMenu(null);
                setTooltip(null);
            }
            case ListEntry.Row row -> {
                name.setText(row.name());
                details.setText(row.details());
                List<Node> shown = new ArrayList<>();
                for (String word : row.words()) {
                    Label chip = new Label(word);
                    chip.getStyleClass().addAll(Looks.CHIP, Looks.CHIP_WARNING);
                    chip.setMinWidth(Region.USE_PREF_SIZE);
                    shown.add(chip);
                }
                ListEntry.Open open = row.open();
                if (open != null) {
                    Label chip = new Label(TEXTS.say("row.attached", open.access()));
                    chip.getStyleClass().addAll(Looks.CHIP, Looks.CHIP_ACCENT, "shm-row-attached");
                    // It gives way, its last word last: the dot says as much.
                    chip.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
                    shown.add(chip);
                    shown.add(dot);
                }
                chips.getChildren().setAll(shown);
                setAccessibleText(row.spoken());
                tip.setText(row.tip());
                setTooltip(tip);
                setGraphic(lines);
                setContextMenu(menu);
            }
        }
    }
}
