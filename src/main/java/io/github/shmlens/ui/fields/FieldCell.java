package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.records.FormatMenu;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import java.time.Duration;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A cell of the tree of fields. It is told to look at its row again rather than made anew, so that
/// what is typed into it stays. FX thread.
final class FieldCell extends TreeTableCell<FieldNode, FieldNode> {

    /// What a column says.
    enum Column {
        NAME,
        VALUE,
        TYPE,
        OFFSET,
        CHANGES,
        AGE
    }

    /// What all cells need to know.
    interface Sheet {
        /// What stands in the place of the value while it is typed; null where it is not.
        @Nullable Node editor(FieldNode node);

        /// Nothing fades.
        boolean quiet();

        /// What is shown is the last that was seen.
        boolean old();

        HexPalette palette();
    }

    private static final Texts TEXTS = Texts.of(FieldCell.class);
    private static final PseudoClass FRESH = PseudoClass.getPseudoClass("fresh");
    private static final PseudoClass OURS = PseudoClass.getPseudoClass("ours");
    private static final PseudoClass TORN = PseudoClass.getPseudoClass("torn");
    private static final PseudoClass OLD = PseudoClass.getPseudoClass("old");
    private static final PseudoClass HEAD = PseudoClass.getPseudoClass("head");
    private static final long FRESH_NANOS = 1_000_000_000;
    private static final double SWATCH = 9;

    private final Column column;
    private final Sheet sheet;
    private final Tooltip tip = new Tooltip();
    private final FontIcon mark;
    private final Rectangle swatch = new Rectangle(SWATCH, SWATCH);
    private @Nullable FieldNode shown;

    FieldCell(Column column, Sheet sheet) {
        this.column = column;
        this.sheet = sheet;
        mark = new FontIcon(column == Column.NAME ? Feather.ALERT_TRIANGLE : Feather.ACTIVITY);
        tip.setWrapText(true);
        tip.setMaxWidth(500);
        setTextOverrun(OverrunStyle.ELLIPSIS);
        swatch.setStrokeWidth(1);
        switch (column) {
            case VALUE, TYPE, OFFSET -> getStyleClass().add(Looks.MONO);
            case NAME, CHANGES, AGE -> {}
        }
    }

    @Override
    protected void updateItem(@Nullable FieldNode node, boolean empty) {
        super.updateItem(node, empty);
        shown = empty ? null : node;
        look(System.nanoTime());
    }

    /// Shows its row as it is now.
    void look(long nowNanos) {
        FieldNode node = shown;
        if (node == null) {
            setText(null);
            setGraphic(null);
            setTooltip(null);
            for (PseudoClass one : new PseudoClass[] {FRESH, OURS, TORN, OLD, HEAD}) {
                pseudoClassStateChanged(one, false);
            }
            return;
        }
        boolean fresh =
                column == Column.VALUE
                        && !sheet.quiet()
                        && node.changes() > 0
                        && nowNanos - node.changedAtNanos() < FRESH_NANOS;
        FieldReader.State state = node.state();
        boolean old =
                sheet.old()
                        || (node.leaf() != null
                                && state != FieldReader.State.KNOWN
                                && state != FieldReader.State.TORN);
        pseudoClassStateChanged(FRESH, fresh && !node.ours());
        pseudoClassStateChanged(OURS, fresh && node.ours());
        pseudoClassStateChanged(TORN, column == Column.VALUE && state == FieldReader.State.TORN);
        pseudoClassStateChanged(OLD, column == Column.VALUE && old);
        pseudoClassStateChanged(HEAD, column == Column.NAME && node.isRoot());
        Node editor = column == Column.VALUE ? sheet.editor(node) : null;
        if (editor != null) {
            setText(null);
            setTooltip(null);
            show(editor, ContentDisplay.GRAPHIC_ONLY);
            return;
        }
        String text = text(node, nowNanos);
        if (!text.equals(getText())) {
            setText(text);
        }
        show(
                column == Column.NAME ? graphic(node) : tornMark(state),
                column == Column.NAME ? ContentDisplay.LEFT : ContentDisplay.RIGHT);
        String words = words(node, text, state);
        if (!words.equals(tip.getText())) {
            tip.setText(words);
        }
        setTooltip(words.isEmpty() ? null : tip);
    }

    /// How long the value is that it shows; 0 where it shows none.
    int letters() {
        return column == Column.VALUE && shown != null ? shown.text().length() : 0;
    }

    private void show(@Nullable Node graphic, ContentDisplay display) {
        if (getGraphic() != graphic) {
            setGraphic(graphic);
        }
        if (getContentDisplay() != display) {
            setContentDisplay(display);
        }
    }

    private @Nullable Node graphic(FieldNode node) {
        if (node.isRoot()) {
            return node.tree().laid().trouble().isEmpty() ? null : mark;
        }
        Tint.Kind colour = node.colour();
        if (colour == null) {
            return null;
        }
        HexPalette palette = sheet.palette();
        Color fill = HexView.color(palette.tints().of(colour));
        if (!fill.equals(swatch.getFill())) {
            swatch.setFill(fill);
            swatch.setStroke(HexView.color(palette.edge()));
        }
        return swatch;
    }

    private @Nullable Node tornMark(FieldReader.@Nullable State state) {
        return column == Column.VALUE && state == FieldReader.State.TORN ? mark : null;
    }

    private String text(FieldNode node, long nowNanos) {
        return switch (column) {
            case NAME -> node.name();
            case VALUE -> node.text();
            case TYPE -> node.type();
            case OFFSET -> Long.toString(node.offset());
            case CHANGES -> node.changes() == 0 ? "" : Figures.count(node.changes());
            case AGE ->
                    node.changes() == 0 ? "" : age(Math.max(0, nowNanos - node.changedAtNanos()));
        };
    }

    private static String age(long nanos) {
        return nanos < FRESH_NANOS ? TEXTS.say("cell.now") : Figures.span(Duration.ofNanos(nanos));
    }

    private String words(FieldNode node, String text, FieldReader.@Nullable State state) {
        return switch (column) {
            case NAME ->
                    node.isRoot()
                            ? node.tree().laid().trouble()
                            : node.field() == null ? "" : node.field().path();
            case VALUE ->
                    switch (state) {
                        case TORN -> TEXTS.say("cell.torn", text);
                        case BUSY -> TEXTS.say("cell.busy", text);
                        case KNOWN ->
                                node.format() instanceof FieldFormat.Scaled scaled
                                        ? TEXTS.say("cell.scaled", text, FormatMenu.times(scaled))
                                        : text;
                        case UNREAD, BEYOND -> text;
                        case null -> text;
                    };
            case OFFSET -> "0x%x".formatted(node.offset());
            case TYPE -> text;
            case CHANGES, AGE -> "";
        };
    }
}
