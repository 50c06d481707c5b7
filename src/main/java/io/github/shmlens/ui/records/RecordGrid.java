package io.github.shmlens.ui.records;

import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.RowBar;
import io.github.shmlens.ui.text.Texts;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The table itself: paints the rows on the screen and no others, so that any number of them
/// scrolls alike. It reads nothing: it tells which rows are on the screen and paints what the model
/// knows of them. FX thread.
final class RecordGrid extends Region {

    private static final Texts TEXTS = Texts.of(RecordGrid.class);

    /// Told what a person does.
    interface Listener {

        /// Other rows are on the screen.
        ///
        /// @param first a page before them, so that scrolling finds rows already looked at
        void viewport(long first, int count);

        /// A cell was chosen.
        void chosen(long row, int column);

        /// A cell shall be edited.
        void edit(long row, int column);

        /// Sort by a column.
        void sort(int column);

        /// What can be done, at a point of the screen.
        ///
        /// @param header whether it was asked of the column as a whole
        void menu(int column, boolean header, double screenX, double screenY);

        /// A key that is none of the table's own.
        void key(KeyEvent event);
    }

    /// How a column is sorted, as its header shows it.
    enum Sorted {
        NOT,
        RISING,
        FALLING
    }

    private static final String FAMILY = "DejaVu Sans Mono";
    private static final long FADE_NANOS = 1_000_000_000;
    private static final double RING = 2;
    private static final double PAD = 6;
    private static final double GRIP = 4;

    /// Letters.
    private static final int NARROWEST = 4;

    private static final int WIDEST = 250;

    /// Rows that are being read are waited for, with others in their place, no longer than this.
    private static final long PATIENCE_NANOS = 150_000_000;

    private static final double NOTCH = 40;
    private static final int ROWS_PER_NOTCH = 3;
    private static final String CUT = "…";

    private final Canvas canvas = new Canvas();
    private final RowBar bar = new RowBar(this::scrollTo);
    private final ScrollBar vertical = bar.bar();
    private final ScrollBar horizontal = new ScrollBar();
    private final Tooltip tooltip = new Tooltip();
    private final Listener listener;

    private @Nullable RecordModel model;

    /// Of each column, in letters, so that a row's texts are drawn in one go; the first and the
    /// last letter stay empty.
    private int[] widths = {};

    private boolean[] widened = {};
    private int sortedColumn = -1;
    private Sorted sorted = Sorted.NOT;
    private HexPalette palette = HexPalette.LIGHT;
    private boolean quiet;
    private boolean old;
    private double fontSize = 13;
    private Font font = Font.font(FAMILY, 13);
    private Font bold = Font.font(FAMILY, FontWeight.BOLD, 13);
    private double letter = 8;
    private double rowHeight = 18;
    private double baseline = 13;

    private final StringBuilder line = new StringBuilder();
    private long topRow;

    /// The first row as it is painted.
    private long shownTop;

    private int pageRows = 1;
    private long anchorRow;
    private long caretRow;
    private int caretColumn;
    private long toldFirst = -1;
    private int toldCount;
    private double wheelRest;
    private boolean choosing;
    private int dragged = -1;
    private double draggedFrom;
    private boolean fading;
    private int paints;
    private int blankRows;
    private @Nullable TextField editor;
    private long editedRow;
    private int editedColumn;

    RecordGrid(Listener listener) {
        this.listener = listener;
        setId("records-grid");
        getStyleClass().add("records-grid");
        horizontal.setOrientation(Orientation.HORIZONTAL);
        horizontal.setManaged(false);
        horizontal.setFocusTraversable(false);
        canvas.setManaged(false);
        canvas.setMouseTransparent(true);
        getChildren().addAll(canvas, vertical, horizontal);
        setFocusTraversable(true);
        setAccessibleRoleDescription(TEXTS.say("grid.role"));
        horizontal.valueProperty().addListener((_, _, _) -> setNeedsLayout(true));
        focusedProperty().subscribe(() -> ring());
        tooltip.setShowDelay(Duration.millis(300));
        tooltip.setShowDuration(Duration.seconds(30));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(600);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::mousePressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::mouseDragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::mouseReleased);
        addEventHandler(MouseEvent.MOUSE_MOVED, this::mouseMoved);
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> Tooltip.uninstall(this, tooltip));
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menuRequested);
        measure();
        ring();
    }

    // ---- what to show

    /// Shows another layout, from its first row on.
    void show(RecordModel newModel) {
        endEdit();
        model = newModel;
        widths = new int[newModel.columns()];
        widened = new boolean[newModel.columns()];
        fitColumns();
        sortedColumn = -1;
        sorted = Sorted.NOT;
        topRow = 0;
        anchorRow = 0;
        caretRow = 0;
        caretColumn = 0;
        horizontal.setValue(0);
        toldFirst = -1;
        setNeedsLayout(true);
    }

    /// Paints again what the model knows by now.
    void refresh() {
        setNeedsLayout(true);
    }

    /// The rows are others than before: what is chosen stays at its place.
    void rowsChanged() {
        endEdit();
        toldFirst = -1;
        anchorRow = caretRow;
        setNeedsLayout(true);
    }

    /// A column is written otherwise.
    void formatChanged(int column) {
        if (!widened[column]) {
            fitColumn(column);
        }
        setNeedsLayout(true);
    }

    void showSorted(int column, Sorted how) {
        sortedColumn = column;
        sorted = how;
        setNeedsLayout(true);
    }

    void setPalette(HexPalette colours) {
        palette = colours;
        ring();
        setNeedsLayout(true);
    }

    void setQuiet(boolean now) {
        quiet = now;
        setNeedsLayout(true);
    }

    /// What is shown is no longer live.
    void setOld(boolean now) {
        old = now;
        setNeedsLayout(true);
    }

    void setFontSize(double size) {
        fontSize = Math.clamp(size, 6, 72);
        measure();
        fitColumns();
        setNeedsLayout(true);
    }

    private void measure() {
        String family = Font.getFamilies().contains(FAMILY) ? FAMILY : "monospaced";
        font = Font.font(family, fontSize);
        bold = Font.font(family, FontWeight.BOLD, fontSize);
        Text probe = new Text("0".repeat(20));
        probe.setFont(font);
        letter = probe.getLayoutBounds().getWidth() / 20;
        double line = probe.getLayoutBounds().getHeight();
        rowHeight = Math.ceil(line) + Math.max(3, Math.round(fontSize / 4));
        baseline = Math.round((rowHeight - line) / 2 + probe.getBaselineOffset());
    }

    private void fitColumns() {
        for (int i = 0; i < widths.length; i++) {
            if (!widened[i]) {
                fitColumn(i);
            }
        }
    }

    private void fitColumn(int column) {
        RecordModel now = model;
        if (now != null) {
            widths[column] = now.letters(column) + 2;
        }
    }

    // ---- where it is

    long caretRow() {
        return caretRow;
    }

    int caretColumn() {
        return caretColumn;
    }

    /// First and last chosen row.
    long firstChosen() {
        return Math.min(anchorRow, caretRow);
    }

    long lastChosen() {
        return Math.max(anchorRow, caretRow);
    }

    long topRow() {
        return topRow;
    }

    int pageRows() {
        return pageRows;
    }

    /// How often it was painted, for tests.
    int paints() {
        return paints;
    }

    /// How many rows were painted last without what is in them.
    int blankRows() {
        return blankRows;
    }

    /// Chooses a cell and has it on the screen; tells nobody.
    void choose(long row, int column) {
        anchorRow = row;
        caretRow = row;
        caretColumn = column;
        reveal();
        describe();
    }

    /// Chooses all rows; the caret stays.
    void chooseAll() {
        anchorRow = 0;
        caretRow = Math.max(0, rows() - 1);
        setNeedsLayout(true);
    }

    void scrollTo(long row) {
        long to = Math.clamp(row, 0, maxTopRow());
        if (to != topRow) {
            topRow = to;
            setNeedsLayout(true);
        }
    }

    private void reveal() {
        if (caretRow < topRow) {
            topRow = caretRow;
        } else if (caretRow > topRow + pageRows - 1) {
            topRow = Math.max(0, caretRow - pageRows + 1);
        }
        double left = columnLeft(caretColumn);
        double right = left + width(caretColumn);
        double room = bodyWidth();
        if (left < horizontal.getValue()) {
            horizontal.setValue(left);
        } else if (right > horizontal.getValue() + room) {
            horizontal.setMax(Math.max(horizontal.getMax(), right - room));
            horizontal.setValue(Math.min(left, right - room));
        }
        setNeedsLayout(true);
    }

    long rows() {
        return model == null ? 0 : model.rowCount();
    }

    /// The number of the record that is a row; −1 where it is not known.
    long number(long row) {
        return model == null ? -1 : model.number(row);
    }

    /// What a cell says; empty where it was not read yet.
    String text(long row, int column) {
        RecordModel now = model;
        RecordModel.Shown shown = now == null ? null : now.row(row);
        return now == null || shown == null ? "" : now.text(shown, column);
    }

    private long maxTopRow() {
        return Math.max(0, rows() - pageRows);
    }

    private double width(int column) {
        return column < widths.length ? widths[column] * letter : 0;
    }

    private double columnLeft(int column) {
        double left = 0;
        for (int i = 0; i < column && i < widths.length; i++) {
            left += width(i);
        }
        return left;
    }

    private double allWidth() {
        return columnLeft(widths.length);
    }

    /// Of the numbers at the left.
    private double numberWidth() {
        long last = Math.max(999, model == null ? 0 : largestNumber());
        return Math.ceil((Long.toString(last).length()) * letter + 2 * PAD);
    }

    private long largestNumber() {
        RecordModel now = model;
        return now == null ? 0 : Math.max(now.rowCount(), now.layout().rows(now.sizeBytes())) - 1;
    }

    private double bodyWidth() {
        return Math.max(0, innerWidth() - numberWidth());
    }

    private double innerWidth() {
        return Math.max(0, getWidth() - 2 * RING - snapSizeX(vertical.prefWidth(-1)));
    }

    private double headerHeight() {
        return rowHeight + 4;
    }

    // ---- painting

    @Override
    protected void layoutChildren() {
        double barWidth = snapSizeX(vertical.prefWidth(-1));
        double barHeight = snapSizeY(horizontal.prefHeight(-1));
        double width = innerWidth();
        double room = bodyWidth();
        boolean wide = allWidth() > room;
        double height = Math.max(0, getHeight() - 2 * RING - (wide ? barHeight : 0));
        horizontal.setVisible(wide);
        horizontal.setMax(Math.max(0, allWidth() - room));
        horizontal.setVisibleAmount(horizontal.getMax() * room / Math.max(1, allWidth()));
        horizontal.setUnitIncrement(4 * letter);
        horizontal.setBlockIncrement(room);
        if (horizontal.getValue() > horizontal.getMax()) {
            horizontal.setValue(horizontal.getMax());
        }
        canvas.setLayoutX(RING);
        canvas.setLayoutY(RING);
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
        }
        vertical.resizeRelocate(RING + width, RING, barWidth, height);
        horizontal.resizeRelocate(RING, RING + height, width, barHeight);
        pageRows = Math.max(1, (int) ((height - headerHeight()) / rowHeight));
        topRow = Math.clamp(topRow, 0, maxTopRow());
        caretRow = Math.clamp(caretRow, 0, Math.max(0, rows() - 1));
        anchorRow = Math.clamp(anchorRow, 0, Math.max(0, rows() - 1));
        bar.place(topRow, maxTopRow(), pageRows, rows());
        // First, so that the rows may be there already when the next frame is painted.
        tellViewport();
        paint(width, height);
        placeEditor();
    }

    private void tellViewport() {
        if (model == null) {
            return;
        }
        long first = Math.max(0, topRow - pageRows);
        int count = (int) (topRow - first) + 2 * pageRows + 1;
        if (first != toldFirst || count != toldCount) {
            toldFirst = first;
            toldCount = count;
            listener.viewport(first, count);
        }
    }

    /// Colours only; for a table in which something fades.
    void cool() {
        if (fading) {
            paint(canvas.getWidth(), canvas.getHeight());
        }
    }

    private void paint(double width, double height) {
        RecordModel now = model;
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(color(palette.background()));
        g.fillRect(0, 0, width, height);
        fading = false;
        blankRows = 0;
        paints++;
        if (now == null || width <= 0 || height <= 0) {
            return;
        }
        long nanos = System.nanoTime();
        double numbers = numberWidth();
        double scrolled = horizontal.isVisible() ? Math.round(horizontal.getValue()) : 0;
        int firstColumn = 0;
        double left = numbers - scrolled;
        while (firstColumn < widths.length && left + width(firstColumn) <= numbers) {
            left += width(firstColumn++);
        }
        int lastColumn = firstColumn;
        double right = left;
        while (lastColumn < widths.length && right < width) {
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
        if (covers(now, topRow, visible) || nanos - now.lookedNanos() > PATIENCE_NANOS) {
            return topRow;
        }
        long came = now.first() == 0 ? Math.min(topRow, pageRows) : now.first() + pageRows;
        return covers(now, came, visible) ? came : topRow;
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
            blankRows++;
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
        int letters = widths[column];
        int fit = letters - 2;
        boolean known = row.has(column, RowReader.KNOWN);
        String text = now.text(row, column);
        boolean ascii = isAscii(text);
        int ink = palette.inkOn(ground, known && !old ? palette.text() : palette.dim());
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
        if (index == caretRow && column == caretColumn) {
            g.setStroke(color(palette.caret()));
            g.strokeRect(Math.round(x) + 0.5, y + 0.5, Math.round(width) - 1, rowHeight - 1);
        }
    }

    private void paintHeader(GraphicsContext g, RecordModel now, int column, double x) {
        double width = width(column);
        int fit = widths[column] - 2;
        g.setFill(color(palette.tints().header()));
        g.fillRect(Math.round(x), 0, Math.ceil(width), headerHeight());
        g.setFill(color(palette.edge()));
        g.fillRect(Math.round(x + width) - 1, 0, 1, headerHeight());
        g.setFill(color(palette.inkOn(palette.tints().header(), palette.text())));
        g.setFont(bold);
        String arrow =
                column != sortedColumn || sorted == Sorted.NOT
                        ? ""
                        : sorted == Sorted.RISING ? " ▲" : " ▼";
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
        if (index >= firstChosen() && index <= lastChosen()) {
            ground = isFocused() ? palette.selection() : palette.idleSelection();
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
        g.fillRect(0, headerHeight() - 1, canvas.getWidth(), 1);
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

    private void ring() {
        setBorder(
                new Border(
                        new BorderStroke(
                                color(isFocused() ? palette.focusRing() : palette.background()),
                                BorderStrokeStyle.SOLID,
                                CornerRadii.EMPTY,
                                new BorderWidths(RING),
                                Insets.EMPTY)));
        setNeedsLayout(true);
    }

    /// For people who do not see it.
    void describe() {
        RecordModel now = model;
        if (now == null || now.rowCount() == 0) {
            setAccessibleText(TEXTS.say("grid.no-rows"));
            return;
        }
        RecordModel.Shown row = now.row(caretRow);
        setAccessibleText(
                TEXTS.say(
                        "grid.cell",
                        now.number(caretRow),
                        now.title(caretColumn),
                        row == null ? "…" : now.text(row, caretColumn)));
    }

    // ---- keys

    private void pressed(KeyEvent event) {
        if (event.isAltDown() || model == null || event.getTarget() != this) {
            return;
        }
        boolean jump = event.isShortcutDown();
        boolean extend = event.isShiftDown();
        long last = Math.max(0, rows() - 1);
        int lastColumn = widths.length - 1;
        boolean done = true;
        switch (event.getCode()) {
            case UP -> moved(caretRow - 1, caretColumn, extend, jump);
            case DOWN -> moved(caretRow + 1, caretColumn, extend, jump);
            case PAGE_UP -> moved(caretRow - pageRows, caretColumn, extend, false);
            case PAGE_DOWN -> moved(caretRow + pageRows, caretColumn, extend, false);
            case LEFT -> moved(caretRow, caretColumn - 1, extend, false);
            case RIGHT -> moved(caretRow, caretColumn + 1, extend, false);
            case HOME -> moved(jump ? 0 : caretRow, jump ? caretColumn : 0, extend, false);
            case END ->
                    moved(jump ? last : caretRow, jump ? caretColumn : lastColumn, extend, false);
            case ENTER -> listener.edit(caretRow, caretColumn);
            default -> done = false;
        }
        if (done) {
            event.consume();
        } else {
            listener.key(event);
        }
    }

    /// @param scroll whether only the view moves
    private void moved(long row, int column, boolean extend, boolean scroll) {
        if (scroll) {
            scrollTo(topRow + (row - caretRow));
            return;
        }
        if (rows() == 0) {
            return;
        }
        endEdit();
        caretRow = Math.clamp(row, 0, rows() - 1);
        caretColumn = Math.clamp(column, 0, Math.max(0, widths.length - 1));
        if (!extend) {
            anchorRow = caretRow;
        }
        reveal();
        describe();
        listener.chosen(caretRow, caretColumn);
    }

    // ---- mouse

    private int columnAt(double x) {
        double at = x - RING - numberWidth() + (horizontal.isVisible() ? horizontal.getValue() : 0);
        double left = 0;
        for (int i = 0; i < widths.length; i++) {
            left += width(i);
            if (at < left) {
                return i;
            }
        }
        return Math.max(0, widths.length - 1);
    }

    /// The column whose right edge is near; −1 when none is.
    private int gripAt(double x, double y) {
        if (y - RING > headerHeight()) {
            return -1;
        }
        double at = RING + numberWidth() - (horizontal.isVisible() ? horizontal.getValue() : 0);
        for (int i = 0; i < widths.length; i++) {
            at += width(i);
            if (Math.abs(x - at) <= GRIP && x > RING + numberWidth()) {
                return i;
            }
        }
        return -1;
    }

    private long rowAt(double y) {
        return shownTop + (long) Math.floor((y - RING - headerHeight()) / rowHeight);
    }

    private boolean isOnCanvas(double x, double y) {
        return x >= RING
                && y >= RING
                && x < RING + canvas.getWidth()
                && y < RING + canvas.getHeight();
    }

    private void mousePressed(MouseEvent event) {
        if (event.getTarget() != this || !isOnCanvas(event.getX(), event.getY())) {
            return;
        }
        requestFocus();
        event.consume();
        if (event.getButton() != MouseButton.PRIMARY || model == null) {
            return;
        }
        int grip = gripAt(event.getX(), event.getY());
        if (grip >= 0) {
            dragged = grip;
            draggedFrom = event.getX() - width(grip);
            if (event.getClickCount() == 2) {
                widened[grip] = false;
                fitColumn(grip);
                dragged = -1;
                setNeedsLayout(true);
            }
            return;
        }
        if (event.getY() - RING <= headerHeight()) {
            if (event.getX() - RING > numberWidth()) {
                listener.sort(columnAt(event.getX()));
            }
            return;
        }
        long row = rowAt(event.getY());
        if (row >= rows()) {
            return;
        }
        choosing = true;
        moved(row, columnOrCaret(event.getX()), event.isShiftDown(), false);
        if (event.getClickCount() == 2) {
            choosing = false;
            listener.edit(caretRow, caretColumn);
        }
    }

    /// On a row's number the column stays.
    private int columnOrCaret(double x) {
        return x - RING <= numberWidth() ? caretColumn : columnAt(x);
    }

    private void mouseDragged(MouseEvent event) {
        if (dragged >= 0) {
            widths[dragged] =
                    Math.clamp(
                            Math.round((event.getX() - draggedFrom) / letter), NARROWEST, WIDEST);
            widened[dragged] = true;
            setNeedsLayout(true);
            event.consume();
        } else if (choosing && event.isPrimaryButtonDown()) {
            long row = Math.clamp(rowAt(event.getY()), topRow - 1, topRow + pageRows);
            if (row != caretRow) {
                moved(row, caretColumn, true, false);
            }
            event.consume();
        }
    }

    private void mouseReleased(MouseEvent event) {
        dragged = -1;
        choosing = false;
        if (event.getTarget() == this) {
            event.consume();
        }
    }

    private void mouseMoved(MouseEvent event) {
        setCursor(gripAt(event.getX(), event.getY()) >= 0 ? Cursor.H_RESIZE : Cursor.DEFAULT);
        String text = tip(event.getX(), event.getY());
        if (text.isEmpty()) {
            Tooltip.uninstall(this, tooltip);
        } else {
            tooltip.setText(text);
            Tooltip.install(this, tooltip);
        }
    }

    private String tip(double x, double y) {
        RecordModel now = model;
        if (now == null || !isOnCanvas(x, y) || x - RING <= numberWidth()) {
            return "";
        }
        int column = columnAt(x);
        if (y - RING <= headerHeight()) {
            return TEXTS.say(
                    "grid.header-tip",
                    now.title(column),
                    now.field(column).type().name(),
                    now.field(column).offset());
        }
        long index = rowAt(y);
        RecordModel.Shown row = index < now.rowCount() ? now.row(index) : null;
        if (row == null) {
            return "";
        }
        long offset = now.layout().offsetOf(row.number()) + now.field(column).offset();
        long changed = row.changedAtNanos(column);
        String when =
                changed == 0
                        ? ""
                        : TEXTS.say(
                                row.ours(column) ? "grid.changed-ours" : "grid.changed",
                                (System.nanoTime() - changed) / 1_000_000_000L);
        return TEXTS.say(
                        "grid.tip",
                        now.title(column),
                        row.number(),
                        now.field(column).type().name(),
                        offset,
                        now.text(row, column))
                + when
                + (row.has(column, RowReader.TORN) ? TEXTS.say("grid.torn") : "");
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaX() != 0 && horizontal.isVisible()) {
            horizontal.setValue(
                    Math.clamp(horizontal.getValue() - event.getDeltaX(), 0, horizontal.getMax()));
        }
        wheelRest -= event.getDeltaY() / NOTCH * ROWS_PER_NOTCH;
        long rows = (long) wheelRest;
        wheelRest -= rows;
        scrollTo(topRow + rows);
        event.consume();
    }

    private void menuRequested(ContextMenuEvent event) {
        if (event.getTarget() != this) {
            return;
        }
        event.consume();
        if (event.isKeyboardTrigger()) {
            Point2D at = localToScreen(cellLeft(caretColumn), cellTop(caretRow) + rowHeight);
            listener.menu(caretColumn, false, at.getX(), at.getY());
            return;
        }
        int column = columnAt(event.getX());
        boolean header = event.getY() - RING <= headerHeight();
        long row = rowAt(event.getY());
        boolean among = row >= firstChosen() && row <= lastChosen();
        if (!header && row < rows() && (!among || column != caretColumn)) {
            moved(among ? caretRow : row, column, among, false);
        }
        listener.menu(column, header, event.getScreenX(), event.getScreenY());
    }

    /// Where a cell is in this node.
    double cellLeft(int column) {
        return RING
                + numberWidth()
                + columnLeft(column)
                - (horizontal.isVisible() ? Math.round(horizontal.getValue()) : 0);
    }

    double cellTop(long row) {
        return RING + headerHeight() + (row - shownTop) * rowHeight;
    }

    /// The middle of a cell, for tests.
    Point2D cellCentre(long row, int column) {
        return new Point2D(cellLeft(column) + width(column) / 2, cellTop(row) + rowHeight / 2);
    }

    // ---- the field a value is typed into

    /// Puts the field over a cell.
    void edit(long row, int column, TextField field) {
        endEdit();
        editor = field;
        editedRow = row;
        editedColumn = column;
        caretRow = row;
        anchorRow = row;
        caretColumn = column;
        reveal();
        field.setManaged(false);
        getChildren().add(field);
        layout();
    }

    void endEdit() {
        TextField field = editor;
        if (field != null) {
            editor = null;
            getChildren().remove(field);
        }
    }

    private void placeEditor() {
        TextField field = editor;
        if (field == null) {
            return;
        }
        boolean seen = editedRow >= shownTop && editedRow < shownTop + pageRows + 1;
        field.setVisible(seen);
        double left = Math.max(RING, cellLeft(editedColumn));
        double width = Math.max(width(editedColumn), 12 * letter);
        field.resizeRelocate(
                left,
                cellTop(editedRow) - 1,
                Math.min(width, Math.max(40, RING + canvas.getWidth() - left)),
                rowHeight + 2);
    }

    // ---- size

    @Override
    protected double computePrefWidth(double height) {
        return 400;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 200;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 120;
    }

    @Override
    protected double computeMinHeight(double width) {
        return headerHeight() + 2 * rowHeight + 2 * RING;
    }
}
