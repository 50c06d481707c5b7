package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.PendingEdits.Place;
import io.github.shmlens.ui.hex.PendingEdits.Typed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the hex view shows and how moving, choosing and typing change it, without a pixel.
/// All arithmetic on offsets and rows is exact for any size a `long` can hold.
final class HexModel {

    enum Column {
        HEX,
        TEXT
    }

    private long size;
    private int bytesPerRow = 16;
    private int pageRows = 1;
    private long topRow;
    private Window window = Window.EMPTY;
    private List<Tint> tints = List.of();
    private Selection selection = Selection.NONE;
    private Column column = Column.HEX;
    private boolean low;
    private final PendingEdits pending = new PendingEdits();

    // ---- what is shown

    long size() {
        return size;
    }

    /// Keeps what still lies inside.
    void setSize(long sizeBytes) {
        size = Math.max(0, sizeBytes);
        pending.cut(size);
        if (size == 0) {
            selection = Selection.NONE;
        } else if (selection.isNone()) {
            selection = Selection.at(0);
        } else {
            selection =
                    new Selection(
                            Math.min(selection.anchor(), size - 1),
                            Math.min(selection.caret(), size - 1));
        }
        setTopRow(topRow);
    }

    Window window() {
        return window;
    }

    void setWindow(Window newest) {
        window = newest;
    }

    List<Tint> tints() {
        return tints;
    }

    void setTints(List<Tint> newest) {
        tints = List.copyOf(newest);
    }

    /// The byte as it was read last; −1 where none was (not sampled, or a page never touched).
    int live(long offset) {
        if (!window.covers(offset)) {
            return -1;
        }
        int index = (int) (offset - window.offset());
        return window.has(index, Window.KNOWN) ? window.bytes()[index] & 0xFF : -1;
    }

    // ---- rows

    int bytesPerRow() {
        return bytesPerRow;
    }

    int pageRows() {
        return pageRows;
    }

    long topRow() {
        return topRow;
    }

    long rows() {
        return size / bytesPerRow + (size % bytesPerRow == 0 ? 0 : 1);
    }

    long maxTopRow() {
        return Math.max(0, rows() - pageRows);
    }

    /// The first visible byte stays on the screen.
    void setShape(int newBytesPerRow, int newPageRows) {
        long first = topRow * bytesPerRow;
        bytesPerRow = newBytesPerRow;
        pageRows = Math.max(1, newPageRows);
        setTopRow(first / bytesPerRow);
    }

    void setTopRow(long row) {
        topRow = Math.clamp(row, 0, maxTopRow());
    }

    void scrollRows(long by) {
        // Saturates: row numbers are at most 2^60, a step may be anything.
        setTopRow(
                by > 0 && topRow > Long.MAX_VALUE - by ? Long.MAX_VALUE : Math.max(0, topRow + by));
    }

    /// Scrolls as little as needed to have this byte on the screen.
    void reveal(long offset) {
        long row = offset / bytesPerRow;
        if (row < topRow) {
            setTopRow(row);
        } else if (row >= topRow + pageRows) {
            setTopRow(row - pageRows + 1);
        }
    }

    /// Has these bytes on the screen; when they were not, a third from the top.
    void show(long offset, long length) {
        long first = offset / bytesPerRow;
        long last = (offset + Math.max(0, length - 1)) / bytesPerRow;
        boolean inside = first >= topRow && last < topRow + pageRows;
        boolean tall = last - first >= pageRows;
        boolean visibleStart = first >= topRow && first < topRow + pageRows;
        if (!inside && !(tall && visibleStart)) {
            setTopRow(Math.max(0, first - (tall ? 0 : Math.min(pageRows / 3, pageRows - 1))));
        }
    }

    // ---- choosing

    Selection selection() {
        return selection;
    }

    Column column() {
        return column;
    }

    void setColumn(Column newColumn) {
        if (column != newColumn) {
            column = newColumn;
            low = false;
        }
    }

    /// Whether the next hex digit is the second of the caret's byte.
    boolean low() {
        return low;
    }

    /// Clamped to the segment.
    void select(long anchor, long caret) {
        low = false;
        selection =
                size == 0
                        ? Selection.NONE
                        : new Selection(
                                Math.clamp(anchor, 0, size - 1), Math.clamp(caret, 0, size - 1));
    }

    /// Moves the caret, which pulls the selection's end when `extend`, and keeps it on the screen.
    void moveTo(long caret, boolean extend) {
        if (size == 0) {
            return;
        }
        long to = Math.clamp(caret, 0, size - 1);
        select(extend ? selection.anchor() : to, to);
        reveal(to);
    }

    void moveBy(long bytes, boolean extend) {
        long caret = selection.caret();
        moveTo(
                bytes > 0 && caret > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : caret + bytes,
                extend);
    }

    /// Up or down, staying in the column: at the first and last row nothing moves.
    void moveRows(long by, boolean extend) {
        if (size == 0) {
            return;
        }
        long row = selection.caret() / bytesPerRow;
        long within = selection.caret() % bytesPerRow;
        long to = Math.clamp(row + by, 0, rows() - 1);
        moveTo(Math.min(to * bytesPerRow + within, size - 1), extend);
    }

    /// A page up (−1) or down (+1): what is on the screen moves, and the caret with it.
    void movePage(int direction, boolean extend) {
        long before = topRow;
        scrollRows((long) direction * pageRows);
        long moved = topRow - before;
        // At the very top or bottom the screen cannot move a page, the caret still does.
        moveRows(Math.abs(moved) == pageRows ? moved : (long) direction * pageRows, extend);
    }

    void moveToRowStart(boolean extend) {
        moveTo(selection.caret() - Math.floorMod(selection.caret(), bytesPerRow), extend);
    }

    void moveToRowEnd(boolean extend) {
        long start = selection.caret() - Math.floorMod(selection.caret(), bytesPerRow);
        moveTo(start + Math.min(bytesPerRow - 1, size - 1 - start), extend);
    }

    void selectAll() {
        select(0, Long.MAX_VALUE);
    }

    /// The aligned 8-byte word around this byte.
    void selectWord(long offset) {
        long start = offset & ~7L;
        select(start, start + 7);
    }

    // ---- typing

    PendingEdits pending() {
        return pending;
    }

    /// One hex digit over half a byte.
    ///
    /// @return false when the byte was not sampled yet, so that nobody saw what it would replace
    boolean typeDigit(int digit) {
        Place place = new Place(startTyping(), low);
        long at = place.caret();
        @Nullable Typed old = pending.at(at);
        int shown = old == null ? live(at) : old.next() & 0xFF;
        int under = Math.max(0, shown);
        int next = place.low() ? (under & 0xF0) | digit : (under & 0x0F) | (digit << 4);
        if (!type(place, at, new byte[] {(byte) next})) {
            return false;
        }
        if (place.low()) {
            moveTo(at + 1, false);
        } else {
            moveTo(at, false);
            low = true;
        }
        return true;
    }

    /// Bytes as one step; nothing when they do not fit before the segment's end.
    boolean typeBytes(byte[] next) {
        Place place = new Place(startTyping(), low);
        if (next.length == 0 || !type(place, place.caret(), next)) {
            return false;
        }
        moveTo(place.caret() + next.length, false);
        return true;
    }

    /// Takes back what was typed last.
    boolean undoTyping() {
        @Nullable Place place = pending.undo();
        if (place == null) {
            return false;
        }
        moveTo(place.caret(), false);
        low = place.low();
        return true;
    }

    /// Types an edit again, over the bytes that were seen the first time.
    void resume(HexEdit edit) {
        if (edit.offset() + edit.next().length <= size) {
            Place place = new Place(edit.offset(), false);
            pending.type(place, edit.offset(), edit.next(), edit.seen());
            moveTo(edit.offset(), false);
        }
    }

    Pending pendingCount() {
        if (pending.isEmpty()) {
            return Pending.NONE;
        }
        int conflicts = 0;
        for (Map.Entry<Long, Typed> entry : pending.all()) {
            if (conflicts(entry.getKey(), entry.getValue())) {
                conflicts++;
            }
        }
        return new Pending(pending.size(), conflicts);
    }

    /// Whether the byte in memory is known to be another than the one typed over.
    boolean conflicts(long offset, Typed typed) {
        int live = live(offset);
        return live >= 0 && (byte) live != typed.seen();
    }

    private long startTyping() {
        if (selection.length() > 1) {
            select(selection.from(), selection.from());
        }
        return selection.caret();
    }

    private boolean type(Place place, long offset, byte[] next) {
        if (selection.isNone()
                || next.length > size - offset
                || offset < window.offset()
                || next.length > window.end() - offset) {
            return false;
        }
        int index = (int) (offset - window.offset());
        // Bytes that are not known are 0 in the window: what memory never touched holds. Where that
        // is wrong (swapped out) the compare-and-set notices.
        pending.type(
                place,
                offset,
                next,
                Arrays.copyOfRange(window.bytes(), index, index + next.length));
        return true;
    }
}
