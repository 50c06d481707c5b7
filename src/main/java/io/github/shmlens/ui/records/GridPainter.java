package io.github.shmlens.ui.records;

import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.text.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Paints the rows of the table that are on the screen, a line of text for each, and what is to be
/// told of single cells over and under it. FX thread.
final class GridPainter {

    private static final Texts TEXTS = Texts.of(GridPainter.class);

    static final double PAD = 6;

    private static final String FAMILY = "DejaVu Sans Mono";
    private static final String CUT = "…";
    private static final long FADE_NANOS = 1_000_000_000;

    /// Rows that are being read are waited for, with others in their place, no longer than this.
    private static final long PATIENCE_NANOS = 150_000_000;

    /// What to paint.
    ///
    /// @param model null for nothing yet
    /// @param widths of the columns, in letters
    /// @param width of all there is to paint on
    /// @param scrolled how far the columns are pushed to the left
    /// @param sortedColumn −1 for none
    record Frame(
            @Nullable RecordModel model,
            int[] widths,
            double width,
            double height,
            double scrolled,
            long topRow,
            int pageRows,
            long firstChosen,
            long lastChosen,
            long caretRow,
            int caretColumn,
            boolean focused,
            int sortedColumn,
            RecordGrid.Sorted sorted) {

        static final Frame NOTHING =
                new Frame(
                        null,
                        new int[0],
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        0,
                        false,
                        -1,
                        RecordGrid.Sorted.NOT);
    }

    private final StringBuilder line = new StringBuilder();
    private Frame frame = Frame.NOTHING;
    private HexPalette palette = HexPalette.LIGHT;
    private boolean quiet;
    private boolean old;
    private Font font = Font.font(FAMILY, 13);
    private Font bold = Font.font(FAMILY, FontWeight.BOLD, 13);
    private double letter = 8;
    private double rowHeight = 18;
    private double baseline = 13;
    private long shownTop;
    private boolean fading;

    void setPalette(HexPalette colours) {
        palette = colours;
    }

    void setQuiet(boolean now) {
        quiet = now;
    }

    /// What is shown is no longer live.
    void setOld(boolean now) {
        old = now;
    }

    void setFontSize(double size) {
        String family = Font.getFamilies().contains(FAMILY) ? FAMILY : "monospaced";
        font = Font.font(family, size);
        bold = Font.font(family, FontWeight.BOLD, size);
        Text probe = new Text("0".repeat(20));
        probe.setFont(font);
        letter = probe.getLayoutBounds().getWidth() / 20;
        double high = probe.getLayoutBounds().getHeight();
        rowHeight = Math.ceil(high) + Math.max(3, Math.round(size / 4));
        baseline = Math.round((rowHeight - high) / 2 + probe.getBaselineOffset());
    }

    /// How wide a letter is.
    double letter() {
        return letter;
    }

    double rowHeight() {
        return rowHeight;
    }

    double headerHeight() {
        return rowHeight + 4;
    }

    /// Of the numbers at the left.
    double numberWidth(@Nullable RecordModel model) {
        long last =
                model == null
                        ? 0
                        : Math.max(model.rowCount(), model.layout().rows(model.sizeBytes())) - 1;
        return Math.ceil(Long.toString(Math.max(999, last)).length() * letter + 2 * PAD);
    }

    /// The first row as it was painted last.
    long shownTop() {
        return shownTop;
    }

    /// Whether something of what was painted last fades.
    boolean fading() {
        return fading;
    }

    private double width(int column) {
        return frame.widths()[column] * letter;
    }

    /// Paints what the frame says.
    ///
    /// @param nanos the present [System#nanoTime]
    void paint(GraphicsContext g, Frame shown, long nanos) {
        frame = shown;
        RecordModel now = shown.model();
        double width = shown.width();
        double height = shown.height();
        g.setFill(color(palette.background()));
        g.fillRect(0, 0, width, height);
        fading = false;
        if (now == null || width <= 0 || height <= 0) {
            return;
        }
        double numbers = numberWidth(now);
        int firstColumn = 0;
        double left = numbers - shown.scrolled();
        while (firstColumn < frame.widths().length && left + width(firstColumn) <= numbers) {
            left += width(firstColumn++);
        }
        int lastColumn = firstColumn;
        double right = left;
        while (lastColumn < frame.widths().length && right < width) {
            right += width(lastColumn++);
        }
        g.setTextBaseline(VPos.BASELINE);
        int visible = (int) Math.ceil((height - headerHeight()) / rowHeight);
        shownTop = shownTop(now, visible, nanos);
        g.save();
        g.beginPath();
        g.rect(numbers, 0, width - numbers, height);
        g.clip();
        for (int i = 0; i < visible && shownTop + i < now.rowCount(); i++) {
            paintRow(g, now, shownTop + i, firstColumn, lastColumn, left, nanos);
        }
        double x = left;
        for (int column = firstColumn; column < lastColumn; column++) {
            paintHeader(g, now, column, x);
            x += width(column);
        }
        g.restore();
        paintNumbers(g, now, numbers, visible, height);
        if (now.rowCount() == 0) {
            g.setFont(font);
            g.setFill(color(palette.dim()));
            g.fillText(
                    now.looked() ? TEXTS.say("grid.no-rows") : TEXTS.say("grid.reading"),
                    numbers + PAD,
                    headerHeight() + baseline + PAD);
        }
    }

    /// Which row is painted first. Rows come from another thread, a moment after they were asked
    /// for: until then those that came last stay, so that no frame is empty while one scrolls.
    private long shownTop(RecordModel now, int visible, long nanos) {
        if (covers(now, frame.topRow(), visible) || nanos - now.lookedNanos() > PATIENCE_NANOS) {
            return frame.topRow();
        }
        long came =
                now.first() == 0
                        ? Math.min(frame.topRow(), frame.pageRows())
                        : now.first() + frame.pageRows();
        return covers(now, came, visible) ? came : frame.topRow();
    }

    private static boolean covers(RecordModel now, long top, int visible) {
        long last = Math.min(top + visible, now.rowCount()) - 1;
        return now.row(top) != null && now.row(last) != null;
    }

    private void paintRow(
            GraphicsContext g,
            RecordModel now,
            long index,
            int firstColumn,
            int lastColumn,
            double left,
            long nanos) {
        double y = headerHeight() + (index - shownTop) * rowHeight;
        RecordModel.Shown row = now.row(index);
        line.setLength(0);
        double x = left;
        for (int column = firstColumn; column < lastColumn; column++) {
            int ground = ground(row, column, index, nanos);
            if (ground != palette.background()) {
                // Whole pixels: no seam between two cells.
                double from = Math.round(x);
                g.setFill(color(ground));
                g.fillRect(from, y, Math.round(x + width(column)) - from, rowHeight);
            }
            if (row != null) {
                paintCell(g, now, row, column, x, y, ground);
            }
            x += width(column);
        }
        if (row == null) {
            return;
        }
        g.setFont(font);
        g.setFill(color(old ? palette.dim() : palette.text()));
        g.fillText(line.toString(), left, y + baseline);
        x = left;
        for (int column = firstColumn; column < lastColumn; column++) {
            paintMarks(g, row, column, index, x, y);
            x += width(column);
        }
    }

    /// Paints what is not in the usual ink; the rest of the row is one line of text.
    private void paintCell(
            GraphicsContext g,
            RecordModel now,
            RecordModel.Shown row,
            int column,
            double x,
            double y,
            int ground) {
        int letters = frame.widths()[column];
        int fit = letters - 2;
        boolean known = row.has(column, RowReader.KNOWN);
        String text = now.text(row, column);
        boolean ascii = isAscii(text);
        boolean current = known && !old && !row.has(column, RowReader.BUSY);
        int ink = palette.inkOn(ground, current ? palette.text() : palette.dim());
        boolean usual = ascii && ink == (old ? palette.dim() : palette.text());
        String shown = text.length() <= fit ? text : text.substring(0, fit - 1) + CUT;
        boolean right = known && now.format(column).flushRight(now.field(column));
        int before = right ? 1 + fit - shown.length() : 1;
        if (usual) {
            line.repeat(' ', before);
            line.append(shown);
            line.repeat(' ', letters - before - shown.length());
            return;
        }
        line.repeat(' ', letters);
        g.setFont(font);
        g.setFill(color(ink));
        if (ascii) {
            g.fillText(shown, x + before * letter, y + baseline);
        } else {
            // Letters of another width: cut by the cell's edge.
            g.save();
            g.beginPath();
            g.rect(x, y, width(column) - 1, rowHeight);
            g.clip();
            g.fillText(shown, x + letter, y + baseline);
            g.restore();
        }
    }

    private void paintMarks(
            GraphicsContext g, RecordModel.Shown row, int column, long index, double x, double y) {
        double width = width(column);
        if (row.changedAtNanos(column) != 0) {
            g.setFill(color(row.ours(column) ? palette.caret() : palette.baseline()));
            g.fillRect(Math.round(x) + 1, y + 2, 2, rowHeight - 4);
        }
        if (row.has(column, RowReader.TORN)) {
            g.setStroke(color(palette.torn()));
            g.setLineDashes(2, 2);
            g.strokeRect(Math.round(x) + 3.5, y + 1.5, Math.round(width) - 6, rowHeight - 3);
            g.setLineDashes();
        }
        if (index == frame.caretRow() && column == frame.caretColumn()) {
            g.setStroke(color(palette.caret()));
            g.strokeRect(Math.round(x) + 0.5, y + 0.5, Math.round(width) - 1, rowHeight - 1);
        }
    }

    private void paintHeader(GraphicsContext g, RecordModel now, int column, double x) {
        double width = width(column);
        int fit = frame.widths()[column] - 2;
        g.setFill(color(palette.tints().header()));
        g.fillRect(Math.round(x), 0, Math.ceil(width), headerHeight());
        g.setFill(color(palette.edge()));
        g.fillRect(Math.round(x + width) - 1, 0, 1, headerHeight());
        g.setFill(color(palette.inkOn(palette.tints().header(), palette.text())));
        g.setFont(bold);
        String arrow =
                column != frame.sortedColumn() || frame.sorted() == RecordGrid.Sorted.NOT
                        ? ""
                        : frame.sorted() == RecordGrid.Sorted.RISING ? " ▲" : " ▼";
        String title = now.title(column);
        int room = Math.max(1, fit - arrow.length());
        String cut = title.length() <= room ? title : title.substring(0, room - 1) + CUT;
        String head = cut + arrow;
        boolean right = now.format(column).flushRight(now.field(column));
        g.fillText(
                head, right ? x + width - (1 + head.length()) * letter : x + letter, baseline + 2);
    }

    private int ground(RecordModel.@Nullable Shown row, int column, long index, long nanos) {
        int ground = palette.background();
        if (index >= frame.firstChosen() && index <= frame.lastChosen()) {
            ground = frame.focused() ? palette.selection() : palette.idleSelection();
        }
        if (row != null && !quiet && !old) {
            long changed = row.changedAtNanos(column);
            long age = nanos - changed;
            if (changed != 0 && age < FADE_NANOS) {
                fading = true;
                int heat = row.ours(column) ? palette.ours() : palette.changed();
                ground =
                        HexPalette.mix(
                                ground, heat, 1 - Math.clamp((double) age / FADE_NANOS, 0, 1));
            }
        }
        return ground;
    }

    private void paintNumbers(
            GraphicsContext g, RecordModel now, double numbers, int visible, double height) {
        g.setFill(color(palette.tints().header()));
        g.fillRect(0, 0, numbers, height);
        g.setFill(color(palette.edge()));
        g.fillRect(numbers - 1, 0, 1, height);
        g.fillRect(0, headerHeight() - 1, frame.width(), 1);
        g.setFill(color(palette.inkOn(palette.tints().header(), palette.dim())));
        g.setFont(font);
        for (int i = 0; i < visible && shownTop + i < now.rowCount(); i++) {
            long number = now.number(shownTop + i);
            if (number >= 0) {
                String text = Long.toString(number);
                g.fillText(
                        text,
                        numbers - PAD - text.length() * letter,
                        headerHeight() + i * rowHeight + baseline);
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static Color color(int argb) {
        return HexView.color(argb);
    }
}
