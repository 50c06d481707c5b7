package io.github.shmlens.ui.slots;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Scrolling;
import java.util.Arrays;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Mine or theirs: what the user saw, what is in memory now and what the user was about to write,
/// side by side. Enter and Esc go back to the edit: nothing is written and nothing is lost.
public final class ConflictDialog extends Dialog<Choice> {

    private static final Texts TEXTS = Texts.of(ConflictDialog.class);

    private static final ButtonType BACK =
            new ButtonType(TEXTS.say("conflict.back"), ButtonData.CANCEL_CLOSE);
    private static final ButtonType KEEP_THEIRS =
            new ButtonType(TEXTS.say("conflict.keep"), ButtonData.OTHER);
    private static final ButtonType WRITE_MINE =
            new ButtonType(TEXTS.say("conflict.write"), ButtonData.OTHER);

    private static final double USUAL_WIDTH = 980;
    private static final int PER_LINE = 8;
    private static final int LINES = 32;
    private static final int VALUE_CHARS = 400;

    /// Of an undo: there is nothing to go back to, and what the user saw is what our change left.
    public static ConflictDialog ofUndo(@Nullable Window owner, Conflict conflict) {
        return new ConflictDialog(owner, conflict, true);
    }

    public ConflictDialog(@Nullable Window owner, Conflict conflict) {
        this(owner, conflict, false);
    }

    private ConflictDialog(@Nullable Window owner, Conflict conflict, boolean undo) {
        if (owner != null) {
            initOwner(owner);
        }
        setTitle(TEXTS.say("conflict.title"));
        setResizable(true);
        DialogPane pane = getDialogPane();
        pane.getStylesheets().add(Stylesheet.URL);
        pane.getStyleClass().add("conflict-dialog");
        ButtonType leave = new ButtonType(TEXTS.say("undo.leave"), ButtonData.CANCEL_CLOSE);
        ButtonType over = new ButtonType(TEXTS.say("undo.over"), ButtonData.OTHER);
        ButtonType backOut = undo ? leave : BACK;
        ButtonType write = undo ? over : WRITE_MINE;
        pane.getButtonTypes().add(backOut);
        if (!undo) {
            pane.getButtonTypes().add(KEEP_THEIRS);
        }
        pane.getButtonTypes().add(write);
        pane.setContent(content(conflict, undo));
        pane.setMinWidth(USUAL_WIDTH);
        pane.setPrefWidth(USUAL_WIDTH);
        if (!undo) {
            name(KEEP_THEIRS, "conflict-keep");
        }
        name(write, "conflict-write");
        Button back = name(backOut, "conflict-back");
        back.setDefaultButton(true);
        setOnShown(_ -> back.requestFocus());
        setResultConverter(pressed -> {
            if (pressed == KEEP_THEIRS) {
                return Choice.KEEP_THEIRS;
            }
            return pressed == write ? Choice.WRITE_MINE : Choice.BACK;
        });
    }

    private Button name(ButtonType type, String id) {
        Button button = (Button) getDialogPane().lookupButton(type);
        button.setId(id);
        button.setDefaultButton(false);
        ButtonBar.setButtonUniformSize(button, false);
        return button;
    }

    private static Node content(Conflict conflict, boolean undo) {
        return switch (conflict) {
            case Conflict.OfSlot(long key, byte[] seen, byte[] theirs, byte[] mine) ->
                    sideBySide(
                            undo ? TEXTS.say("undo.slot-moved", key) : slotMoved(key, seen, theirs),
                            seen,
                            theirs,
                            mine,
                            0,
                            true,
                            undo);
            case Conflict.OfBytes(long offset, byte[] seen, byte[] theirs, byte[] mine) ->
                    sideBySide(
                            undo
                                    ? TEXTS.say("undo.bytes-moved", offset)
                                    : bytesMoved(offset, mine.length),
                            seen,
                            theirs,
                            mine,
                            offset,
                            false,
                            undo);
        };
    }

    private static String slotMoved(long key, byte @Nullable [] seen, byte @Nullable [] theirs) {
        if (theirs == null) {
            return TEXTS.say("conflict.removed", key);
        }
        return seen == null ? TEXTS.say("conflict.made", key) : TEXTS.say("conflict.changed", key);
    }

    private static String bytesMoved(long offset, int length) {
        return length == 1
                ? TEXTS.say("conflict.byte", offset)
                : TEXTS.say("conflict.bytes", length, offset);
    }

    private static Node sideBySide(
            String what,
            byte @Nullable [] seen,
            byte @Nullable [] theirs,
            byte @Nullable [] mine,
            long base,
            boolean values,
            boolean undo) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("conflict-grid");
        for (int column = 0; column < 3; column++) {
            ColumnConstraints third = new ColumnConstraints();
            third.setPercentWidth(100 / 3.0);
            grid.getColumnConstraints().add(third);
        }
        int from = firstShown(seen, theirs, mine);
        column(
                grid,
                0,
                "conflict-seen",
                undo ? TEXTS.say("undo.left") : TEXTS.say("conflict.seen"),
                seen,
                seen,
                from,
                base,
                values);
        column(
                grid,
                1,
                "conflict-theirs",
                TEXTS.say("conflict.theirs"),
                theirs,
                seen,
                from,
                base,
                values);
        column(
                grid,
                2,
                "conflict-mine",
                undo ? TEXTS.say("undo.wanted") : TEXTS.say("conflict.mine"),
                mine,
                seen,
                from,
                base,
                values);

        Label headline = Stylesheet.wrapped(what, "conflict-headline");
        Label note =
                Stylesheet.wrapped(
                        undo ? TEXTS.say("undo.note") : TEXTS.say("conflict.note"),
                        "conflict-note");
        VBox all = new VBox(headline, note, grid);
        all.getStyleClass().add("conflict-content");
        int longest = Math.max(length(mine), Math.max(length(seen), length(theirs)));
        if (from > 0 || longest - from > PER_LINE * LINES) {
            all.getChildren()
                    .add(
                            Stylesheet.wrapped(
                                    TEXTS.say(
                                            "conflict.part",
                                            from,
                                            Math.min(longest, from + PER_LINE * LINES),
                                            longest),
                                    "conflict-note"));
        }
        ScrollPane scroll = Scrolling.direct(new ScrollPane(all));
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(Math.min(460, 190 + 18.0 * Math.ceilDiv(longest, PER_LINE)));
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private static void column(
            GridPane grid,
            int column,
            String id,
            String title,
            byte @Nullable [] bytes,
            byte @Nullable [] seen,
            int from,
            long base,
            boolean values) {
        Label head = new Label(title);
        head.getStyleClass().add("conflict-title");
        grid.add(head, column, 0);
        if (values) {
            Label value =
                    Stylesheet.wrapped(
                            bytes == null
                                    ? TEXTS.say("conflict.no-slot")
                                    : SlotText.typed(bytes, VALUE_CHARS),
                            "conflict-value");
            value.setId(id + "-value");
            GridPane.setValignment(value, VPos.TOP);
            grid.add(value, column, 1);
        }
        Label size = new Label(bytes == null ? "–" : TEXTS.count("count.bytes", bytes.length));
        size.getStyleClass().add("conflict-size");
        grid.add(size, column, 2);
        TextFlow flow = bytes == null ? new TextFlow() : dump(bytes, seen, from, base);
        flow.setId(id);
        flow.getStyleClass().add("conflict-bytes");
        flow.setAccessibleText(title);
        GridPane.setValignment(flow, VPos.TOP);
        grid.add(flow, column, 3);
    }

    /// The start of the first line that differs, when it does not all fit; else 0.
    private static int firstShown(
            byte @Nullable [] seen, byte @Nullable [] theirs, byte @Nullable [] mine) {
        int longest = Math.max(length(mine), Math.max(length(seen), length(theirs)));
        if (longest <= PER_LINE * LINES) {
            return 0;
        }
        int first = longest;
        byte[] base = seen == null ? new byte[0] : seen;
        for (byte[] other : Arrays.asList(theirs, mine)) {
            int at = other == null ? -1 : Arrays.mismatch(base, other);
            if (at >= 0) {
                first = Math.min(first, at);
            }
        }
        int line = first / PER_LINE - 2;
        return Math.max(0, line) * PER_LINE;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static TextFlow dump(byte[] bytes, byte @Nullable [] seen, int from, long base) {
        TextFlow flow = new TextFlow();
        StringBuilder run = new StringBuilder();
        boolean marked = false;
        int end = (int) Math.min(bytes.length, (long) from + PER_LINE * LINES);
        for (int line = from; line < end; line += PER_LINE) {
            run.append("%04x  ".formatted(base + line));
            for (int part = 0; part < 2; part++) {
                for (int i = line; i < line + PER_LINE; i++) {
                    boolean there = i < end;
                    boolean differs =
                            there && seen != null && (i >= seen.length || seen[i] != bytes[i]);
                    if (differs != marked) {
                        add(flow, run, marked);
                        marked = differs;
                    }
                    if (part == 0) {
                        run.append(there ? "%02x".formatted(bytes[i] & 0xff) : "  ");
                        if (marked) {
                            // The gap between two marked bytes stays unmarked.
                            add(flow, run, true);
                            marked = false;
                        }
                        run.append(' ');
                    } else if (there) {
                        int c = bytes[i] & 0xff;
                        run.append(c >= 0x20 && c < 0x7f ? (char) c : '.');
                    }
                }
                if (marked) {
                    add(flow, run, true);
                    marked = false;
                }
                run.append(part == 0 ? " " : "\n");
            }
        }
        add(flow, run, marked);
        return flow;
    }

    private static void add(TextFlow flow, StringBuilder run, boolean marked) {
        if (run.isEmpty()) {
            return;
        }
        Text text = new Text(run.toString());
        text.getStyleClass().add(marked ? "conflict-marked" : "conflict-plain");
        flow.getChildren().add(text);
        run.setLength(0);
    }
}
