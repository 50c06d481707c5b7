package io.github.shmlens.ui.records;

import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.RowBar;
import io.github.shmlens.ui.text.Texts;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
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

    private static final double USUAL_FONT = 13;
    private static final double RING = 2;
    private static final double GRIP = 4;

    /// Letters.
    private static final int NARROWEST = 4;

    private static final int WIDEST = 250;

    private static final double NOTCH = 40;
    private static final int ROWS_PER_NOTCH = 3;

    private final GridPainter painter = new GridPainter();
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

    private long topRow;
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
        painter.setFontSize(USUAL_FONT);
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
        painter.setPalette(colours);
        ring();
        setNeedsLayout(true);
    }

    void setQuiet(boolean now) {
        painter.setQuiet(now);
        setNeedsLayout(true);
    }

    /// What is shown is no longer live.
    void setOld(boolean now) {
        painter.setOld(now);
        setNeedsLayout(true);
    }

    void setFontSize(double size) {
        painter.setFontSize(Math.clamp(size, 6, 72));
        fitColumns();
        setNeedsLayout(true);
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
        return column < widths.length ? widths[column] * painter.letter() : 0;
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

    private double numberWidth() {
        return painter.numberWidth(model);
    }

    private double bodyWidth() {
        return Math.max(0, innerWidth() - numberWidth());
    }

    private double innerWidth() {
        return Math.max(0, getWidth() - 2 * RING - snapSizeX(vertical.prefWidth(-1)));
    }

    private double headerHeight() {
        return painter.headerHeight();
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
        horizontal.setUnitIncrement(4 * painter.letter());
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
        pageRows = Math.max(1, (int) ((height - headerHeight()) / painter.rowHeight()));
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
        if (painter.fading()) {
            paint(canvas.getWidth(), canvas.getHeight());
        }
    }

    private void paint(double width, double height) {
        painter.paint(
                canvas.getGraphicsContext2D(),
                new GridPainter.Frame(
                        model,
                        widths,
                        width,
                        height,
                        scrolled(),
                        topRow,
                        pageRows,
                        firstChosen(),
                        lastChosen(),
                        caretRow,
                        caretColumn,
                        isFocused(),
                        sortedColumn,
                        sorted),
                System.nanoTime());
    }

    private double scrolled() {
        return horizontal.isVisible() ? Math.round(horizontal.getValue()) : 0;
    }

    private void ring() {
        setBorder(
                new Border(
                        new BorderStroke(
                                HexView.color(
                                        isFocused() ? palette.focusRing() : palette.background()),
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
            case ENTER, F2 -> listener.edit(caretRow, caretColumn);
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
        double at = x - RING - numberWidth() + scrolled();
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
        double at = RING + numberWidth() - scrolled();
        for (int i = 0; i < widths.length; i++) {
            at += width(i);
            if (Math.abs(x - at) <= GRIP && x > RING + numberWidth()) {
                return i;
            }
        }
        return -1;
    }

    private long rowAt(double y) {
        return painter.shownTop()
                + (long) Math.floor((y - RING - headerHeight()) / painter.rowHeight());
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
                            Math.round((event.getX() - draggedFrom) / painter.letter()),
                            NARROWEST,
                            WIDEST);
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
                + (row.has(column, RowReader.TORN) ? TEXTS.say("grid.torn") : "")
                + (row.has(column, RowReader.BUSY) ? TEXTS.say("grid.busy") : "");
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
            Point2D at =
                    localToScreen(cellLeft(caretColumn), cellTop(caretRow) + painter.rowHeight());
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
        return RING + numberWidth() + columnLeft(column) - scrolled();
    }

    double cellTop(long row) {
        return RING + headerHeight() + (row - painter.shownTop()) * painter.rowHeight();
    }

    /// The middle of a cell, for tests.
    Point2D cellCentre(long row, int column) {
        return new Point2D(
                cellLeft(column) + width(column) / 2, cellTop(row) + painter.rowHeight() / 2);
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
        boolean seen =
                editedRow >= painter.shownTop() && editedRow < painter.shownTop() + pageRows + 1;
        field.setVisible(seen);
        double left = Math.max(RING, cellLeft(editedColumn));
        double width = Math.max(width(editedColumn), 12 * painter.letter());
        field.resizeRelocate(
                left,
                cellTop(editedRow) - 1,
                Math.min(width, Math.max(40, RING + canvas.getWidth() - left)),
                painter.rowHeight() + 2);
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
        return headerHeight() + 2 * painter.rowHeight() + 2 * RING;
    }
}
