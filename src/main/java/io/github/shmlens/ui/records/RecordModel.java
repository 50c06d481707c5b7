package io.github.shmlens.ui.records;

import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.live.Guard;
import io.github.shmlens.ui.text.Texts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the table knows: the layout, how each column is written, and of the rows that were looked
/// at last what they hold and when it changed. Of all others it knows nothing, so that it is as
/// small for ten million records as for one. FX thread.
final class RecordModel {

    private static final Texts TEXTS = Texts.of(RecordModel.class);

    /// One row that was looked at.
    static final class Shown {
        private RowReader.Row row;
        private final long[] changedAtNanos;
        private final boolean[] ours;
        private final @Nullable String[] texts;

        private Shown(RowReader.Row row) {
            int columns = row.states().length;
            this.row = row;
            this.changedAtNanos = new long[columns];
            this.ours = new boolean[columns];
            this.texts = new String[columns];
        }

        /// The record's number.
        long number() {
            return row.number();
        }

        boolean has(int column, int state) {
            return row.has(column, state);
        }

        /// [System#nanoTime] when the cell was seen to change last; 0 for never.
        long changedAtNanos(int column) {
            return changedAtNanos[column];
        }

        /// Whether that was our own write.
        boolean ours(int column) {
            return ours[column];
        }
    }

    private final RecordLayout layout;
    private final RowPlan plan;
    private final @Nullable Guard guard;
    private final FieldFormat[] formats;
    private @Nullable RowSet order;
    private Map<Long, Shown> byNumber = new HashMap<>();
    private Shown[] rows = {};
    private long first;
    private long rowCount;
    private long sizeBytes;
    private boolean looked;
    private long lookedNanos;

    /// @param guard the sequence that guards the records; null for none
    RecordModel(RecordLayout layout, @Nullable Guard guard) {
        this.layout = layout;
        this.guard = guard;
        this.plan = RowPlan.of(layout);
        this.formats = new FieldFormat[layout.columns().size()];
        Arrays.fill(formats, FieldFormat.Fixed.USUAL);
    }

    /// Another one of the same layout, formats and rows, that nothing was looked at for.
    RecordModel alike() {
        RecordModel other = new RecordModel(layout, guard);
        System.arraycopy(formats, 0, other.formats, 0, formats.length);
        other.order = order;
        return other;
    }

    RecordLayout layout() {
        return layout;
    }

    RowPlan plan() {
        return plan;
    }

    /// The sequence that guards the records; null for none.
    @Nullable Guard guard() {
        return guard;
    }

    /// How these of its rows are read.
    RowReader.Request request(long firstRow, int count) {
        return new RowReader.Request(layout, plan, guard, order, firstRow, count);
    }

    int columns() {
        return formats.length;
    }

    FieldAt field(int column) {
        return layout.columns().get(column).field();
    }

    /// What a column is headed by, with the factor that its numbers are shown times.
    String title(int column) {
        String given = layout.columns().get(column).name();
        String name = given.isEmpty() ? TEXTS.say("column.value") : given;
        return formats[column] instanceof FieldFormat.Scaled scaled
                ? name + " " + FormatMenu.times(scaled)
                : name;
    }

    FieldFormat format(int column) {
        return formats[column];
    }

    void setFormat(int column, FieldFormat format) {
        formats[column] = format;
        for (Shown row : rows) {
            row.texts[column] = null;
        }
    }

    /// Which records are rows, in which order; null for all in their own.
    @Nullable RowSet order() {
        return order;
    }

    void setOrder(@Nullable RowSet rowsInOrder) {
        order = rowsInOrder;
        rows = new Shown[0];
        first = 0;
        rowCount = rowsInOrder == null ? layout.rows(sizeBytes) : rowsInOrder.size();
    }

    /// How many rows there are, as was seen last.
    long rowCount() {
        return rowCount;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// Whether anything was looked at yet.
    boolean looked() {
        return looked;
    }

    /// The first of the rows that were looked at last.
    long first() {
        return first;
    }

    /// [System#nanoTime] when a look was taken over last.
    long lookedNanos() {
        return lookedNanos;
    }

    /// Before the first look: how large the segment was seen to be elsewhere.
    void expect(long bytes) {
        if (!looked) {
            sizeBytes = bytes;
            rowCount = layout.rows(bytes);
        }
    }

    /// Takes a look over.
    ///
    /// @param paused whether rows that are known already stay as they are
    /// @return whether anything on the screen may be other than before
    boolean take(RowReader.Look look, OwnRanges ours, boolean paused) {
        if (look.request().layout() != layout || look.request().order() != order) {
            return false;
        }
        boolean news =
                !looked
                        || look.rowCount() != rowCount
                        || look.sizeBytes() != sizeBytes
                        || look.request().first() != first
                        || look.rows().size() != rows.length;
        looked = true;
        lookedNanos = System.nanoTime();
        rowCount = look.rowCount();
        sizeBytes = look.sizeBytes();
        first = look.request().first();
        Map<Long, Shown> next = new HashMap<>();
        Shown[] fresh = new Shown[look.rows().size()];
        for (int i = 0; i < fresh.length; i++) {
            RowReader.Row row = look.rows().get(i);
            Shown known = byNumber.get(row.number());
            if (known == null) {
                fresh[i] = new Shown(row);
                news = true;
            } else {
                fresh[i] = known;
                news |= !paused && update(known, row, look.atNanos(), ours);
            }
            next.put(row.number(), fresh[i]);
        }
        byNumber = next;
        rows = fresh;
        return news;
    }

    private boolean update(Shown known, RowReader.Row fresh, long atNanos, OwnRanges ours) {
        RowReader.Row before = known.row;
        RowReader.Row now = fresh.isBusy() ? fresh.over(before) : fresh;
        known.row = now;
        if (Arrays.equals(before.bytes(), now.bytes())
                && Arrays.equals(before.states(), now.states())) {
            return false;
        }
        for (int column = 0; column < formats.length; column++) {
            int from = plan.at(column);
            int to = from + plan.length(column);
            boolean same =
                    Arrays.equals(before.bytes(), from, to, now.bytes(), from, to)
                            || sameBits(column, before.bytes(), now.bytes());
            if (before.states()[column] != now.states()[column] || !same) {
                known.texts[column] = null;
            }
            if (!same && before.has(column, RowReader.KNOWN) && now.has(column, RowReader.KNOWN)) {
                known.changedAtNanos[column] = atNanos;
                long offset = layout.offsetOf(now.number()) + field(column).offset();
                known.ours[column] =
                        ours.covers(offset, Arrays.copyOfRange(now.bytes(), from, to), atNanos);
            }
        }
        return true;
    }

    /// Bit-fields share bytes.
    private boolean sameBits(int column, byte[] before, byte[] now) {
        FieldAt field = field(column);
        if (!field.bitField()) {
            return false;
        }
        int from = plan.at(column);
        int to = from + plan.length(column);
        return FieldEdit.same(
                field, Arrays.copyOfRange(before, from, to), Arrays.copyOfRange(now, from, to));
    }

    /// A row, where it was looked at last; null where it was not.
    @Nullable Shown row(long index) {
        long at = index - first;
        return at >= 0 && at < rows.length ? rows[(int) at] : null;
    }

    /// The number of the record that is a row; −1 where it is not known.
    long number(long index) {
        if (order == null) {
            return index;
        }
        Shown row = row(index);
        return row == null ? -1 : row.number();
    }

    /// What a cell says.
    String text(Shown row, int column) {
        String known = row.texts[column];
        if (known != null) {
            return known;
        }
        String text;
        if (row.has(column, RowReader.BEYOND)) {
            text = TEXTS.say("cell.beyond");
        } else if (!row.has(column, RowReader.KNOWN)) {
            text = TEXTS.say(row.has(column, RowReader.BUSY) ? "cell.busy" : "cell.unread");
        } else {
            text = formats[column].text(field(column), value(row, column));
        }
        row.texts[column] = text;
        return text;
    }

    /// The value of a cell that is known.
    FieldValue value(Shown row, int column) {
        FieldAt field = field(column);
        return FieldValue.read(
                field,
                ByteView.of(row.row.bytes()),
                field.offset() - plan.at(column),
                RowPlan.TEXT_BYTES);
    }

    /// The bytes of a cell, as many as were copied.
    byte[] bytes(Shown row, int column) {
        int from = plan.at(column);
        return Arrays.copyOfRange(row.row.bytes(), from, from + plan.length(column));
    }

    /// Whether all of the cell's bytes are copied.
    boolean whole(int column) {
        return plan.length(column) == field(column).sizeBytes();
    }

    /// Whether the column's values are numbers that a curve can be drawn of.
    boolean numeric(int column) {
        return FieldFormat.isNumber(field(column));
    }

    /// How many letters a column needs, as a guess from its type and format.
    int letters(int column) {
        FieldAt field = field(column);
        FieldFormat format = formats[column];
        int bits =
                field.bitField()
                        ? field.bits()
                        : (int) Math.min(64, field.type().sizeBytes() * Byte.SIZE);
        int usual =
                switch (field.type().resolved()) {
                    case CType.Scalar scalar ->
                            switch (scalar.kind()) {
                                case BOOL -> 5;
                                case SIGNED_CHAR, UNSIGNED_CHAR -> 7;
                                case SIGNED, UNSIGNED -> Math.min(20, bits * 3 / 10 + 2);
                                case FLOAT -> bits == Float.SIZE ? 13 : 20;
                                case OPAQUE -> 16;
                            };
                    case CType.Enumeration _ -> 14;
                    case CType.Pointer _ -> 14;
                    case CType.Array array -> (int) Math.clamp(array.count() + 2, 6, 24);
                    case CType.Compound _, CType.Alias _ -> 8;
                };
        int body =
                switch (format) {
                    case FieldFormat.Fixed fixed ->
                            switch (fixed) {
                                case USUAL, DECIMAL, CHARACTER -> usual;
                                case NAMES -> usual + 5;
                                case HEX, POINTER -> 2 + bits / 4;
                                case BINARY -> 2 + bits + bits / 4;
                                case SECONDS -> 19;
                                case MILLIS -> 23;
                                case MICROS -> 26;
                                case NANOS -> 29;
                            };
                    case FieldFormat.Scaled _ -> usual + 2;
                };
        // Room for the arrow of a sorted column.
        return Math.clamp(Math.max(body, title(column).length() + 2), 5, 40);
    }
}
