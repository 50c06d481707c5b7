package io.github.shmlens.ui.slots;

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

    private static final ButtonType BACK =
            new ButtonType("Back to editing", ButtonData.CANCEL_CLOSE);
    private static final ButtonType KEEP_THEIRS =
            new ButtonType("Keep theirs (drop mine)", ButtonData.OTHER);
    private static final ButtonType WRITE_MINE =
            new ButtonType("Write mine over it", ButtonData.OTHER);

    private static final double USUAL_WIDTH = 980;
    private static final int PER_LINE = 8;
    private static final int LINES = 32;
    private static final int VALUE_CHARS = 400;

    public ConflictDialog(@Nullable Window owner, Conflict conflict) {
        if (owner != null) {
            initOwner(owner);
        }
        setTitle("Changed by someone else");
        setResizable(true);
        DialogPane pane = getDialogPane();
        pane.getStylesheets().add(Stylesheet.URL);
        pane.getStyleClass().add("conflict-dialog");
        pane.getButtonTypes().addAll(BACK, KEEP_THEIRS, WRITE_MINE);
        pane.setContent(content(conflict));
        pane.setMinWidth(USUAL_WIDTH);
        pane.setPrefWidth(USUAL_WIDTH);
        name(KEEP_THEIRS, "conflict-keep");
        name(WRITE_MINE, "conflict-write");
        Button back = name(BACK, "conflict-back");
        back.setDefaultButton(true);
        setOnShown(_ -> back.requestFocus());
        setResultConverter(pressed -> {
            if (pressed == KEEP_THEIRS) {
                return Choice.KEEP_THEIRS;
            }
            return pressed == WRITE_MINE ? Choice.WRITE_MINE : Choice.BACK;
        });
    }

    private Button name(ButtonType type, String id) {
        Button button = (Button) getDialogPane().lookupButton(type);
        button.setId(id);
        button.setDefaultButton(false);
        ButtonBar.setButtonUniformSize(button, false);
        return button;
    }

    private static Node content(Conflict conflict) {
        return switch (conflict) {
            case Conflict.OfSlot(long key, byte[] seen, byte[] theirs, byte[] mine) -> {
                String what =
                        theirs == null
                                ? "Slot %d was removed while you were editing it.".formatted(key)
                                : seen == null
                                        ? "Slot %d was made by someone else meanwhile."
                                                .formatted(key)
                                        : "Slot %d changed while you were editing it."
                                                .formatted(key);
                yield sideBySide(what, seen, theirs, mine, 0, true);
            }
            case Conflict.OfBytes(long offset, byte[] seen, byte[] theirs, byte[] mine) ->
                    sideBySide(
                            mine.length == 1
                                    ? "The byte at 0x%x changed while you were editing it."
                                            .formatted(offset)
                                    : "The %,d bytes at 0x%x changed while you were editing them."
                                            .formatted(mine.length, offset),
                            seen,
                            theirs,
                            mine,
                            offset,
                            false);
        };
    }

    private static Node sideBySide(
            String what,
            byte @Nullable [] seen,
            byte @Nullable [] theirs,
            byte[] mine,
            long base,
            boolean values) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("conflict-grid");
        for (int column = 0; column < 3; column++) {
            ColumnConstraints third = new ColumnConstraints();
            third.setPercentWidth(100 / 3.0);
            grid.getColumnConstraints().add(third);
        }
        int from = firstShown(seen, theirs, mine);
        column(grid, 0, "conflict-seen", "You saw", seen, seen, from, base, values);
        column(
                grid,
                1,
                "conflict-theirs",
                "In memory now (theirs)",
                theirs,
                seen,
                from,
                base,
                values);
        column(grid, 2, "conflict-mine", "Yours (not written)", mine, seen, from, base, values);

        Label headline = Stylesheet.wrapped(what, "conflict-headline");
        Label note =
                Stylesheet.wrapped(
                        "Nothing was written. Bytes that differ from what you saw are bold and"
                                + " underlined.",
                        "conflict-note");
        VBox all = new VBox(headline, note, grid);
        all.getStyleClass().add("conflict-content");
        int longest = Math.max(mine.length, Math.max(length(seen), length(theirs)));
        if (from > 0 || longest - from > PER_LINE * LINES) {
            all.getChildren()
                    .add(
                            Stylesheet.wrapped(
                                    "Bytes %,d to %,d of %,d are shown: around the first difference."
                                            .formatted(
                                                    from,
                                                    Math.min(longest, from + PER_LINE * LINES),
                                                    longest),
                                    "conflict-note"));
        }
        ScrollPane scroll = new ScrollPane(all);
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
                            bytes == null ? "(no such slot)" : SlotText.typed(bytes, VALUE_CHARS),
                            "conflict-value");
            value.setId(id + "-value");
            GridPane.setValignment(value, VPos.TOP);
            grid.add(value, column, 1);
        }
        Label size =
                new Label(
                        bytes == null
                                ? "–"
                                : bytes.length == 1
                                        ? "1 byte"
                                        : "%,d bytes".formatted(bytes.length));
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
    private static int firstShown(byte @Nullable [] seen, byte @Nullable [] theirs, byte[] mine) {
        int longest = Math.max(mine.length, Math.max(length(seen), length(theirs)));
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
