package io.github.shmlens.ui.records;

import io.github.shmlens.fields.CellOrder;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.RecordFilter;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.find.Running;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Looks at every record of a layout once: keeps those a filter wants, and puts them in order. What
/// it finds was so when it was looked at. Holds at most [RowSet#MOST] records. One thread.
final class RecordScan {

    /// A record with a larger distance to the next is not read with what lies between.
    private static final int NEAR_BYTES = 4096;

    /// By which column.
    ///
    /// @param falling whether the greatest comes first
    record Sort(int column, boolean falling) {}

    /// What is looked for.
    record Wanted(RecordLayout layout, @Nullable RecordFilter filter, @Nullable Sort sort) {}

    /// What was found.
    ///
    /// @param rows the records, in order
    /// @param looked how many were looked at
    /// @param of how many
    /// @param skipped how many were passed over: their pages are not in memory
    /// @param full whether more were wanted than are held
    /// @param stopped whether a person ended it before its end
    record Found(
            Wanted wanted,
            RowSet rows,
            long looked,
            long of,
            long skipped,
            boolean full,
            boolean stopped,
            Instant from,
            Instant to) {}

    private final AttachedSegment segment;
    private final Wanted wanted;
    private final RecordLayout layout;
    private final Running watch;
    private final @Nullable Cell filtered;
    private final @Nullable Cell sorted;
    private final RowSet rows = new RowSet();
    private final RowSet keys = new RowSet();
    private long skipped;

    /// A column that is looked at.
    private record Cell(FieldAt field, int length, CellOrder order) {
        static Cell of(RecordLayout layout, int column) {
            FieldAt field = layout.columns().get(column).field();
            CellOrder order = new CellOrder(field);
            return new Cell(field, (int) Math.min(field.sizeBytes(), FieldValue.MOST_BYTES), order);
        }

        long end() {
            return field.offset() + length;
        }
    }

    private RecordScan(AttachedSegment segment, Wanted wanted, Running watch) {
        this.segment = segment;
        this.wanted = wanted;
        this.layout = wanted.layout();
        this.watch = watch;
        RecordFilter filter = wanted.filter();
        Sort sort = wanted.sort();
        this.filtered = filter == null ? null : Cell.of(layout, filter.column());
        this.sorted = sort == null ? null : Cell.of(layout, sort.column());
    }

    /// @return the caller closes its rows
    static Found run(AttachedSegment segment, Wanted wanted, Running watch) throws ShmException {
        RecordScan scan = new RecordScan(segment, wanted, watch);
        try {
            return scan.run();
        } catch (ShmException | RuntimeException | Error failed) {
            scan.rows.close();
            throw failed;
        } finally {
            scan.keys.close();
        }
    }

    private Found run() throws ShmException {
        Instant from = Instant.now();
        long low = Long.MAX_VALUE;
        long high = 0;
        for (Cell cell : new Cell[] {filtered, sorted}) {
            if (cell != null) {
                low = Math.min(low, cell.field().offset());
                high = Math.max(high, cell.end());
            }
        }
        long size = segment.sizeBytes();
        long room = size - layout.offset() - high;
        long there =
                size < layout.offset() || room < 0
                        ? 0
                        : Math.min(layout.rows(size), room / layout.strideBytes() + 1);
        boolean near =
                layout.strideBytes() <= NEAR_BYTES && high - low <= AttachedSegment.RUN_BYTES / 2;
        int together =
                near
                        ? (int)
                                ((AttachedSegment.RUN_BYTES - (high - low)) / layout.strideBytes()
                                        + 1)
                        : 1;
        byte[] run = new byte[near ? AttachedSegment.RUN_BYTES : 2 * FieldValue.MOST_BYTES];
        long looked = 0;
        boolean going = watch.goOn(0, there);
        while (going && looked < there && !rows.isFull()) {
            long many = Math.min(together, there - looked);
            looked +=
                    near ? lookAtMany(looked, (int) many, low, high, run) : lookAtOne(looked, run);
            going = (!near && looked % 256 != 0) || watch.goOn(looked, there);
        }
        boolean full = rows.isFull() && looked < there;
        boolean stopped = !going;
        Sort sort = wanted.sort();
        if (sort != null && going) {
            stopped =
                    !RowSort.sort(
                            keys,
                            rows,
                            sort.falling(),
                            () -> !watch.stopped(),
                            share -> watch.goOn((long) (share * 1000), 1000));
        }
        return new Found(wanted, rows, looked, there, skipped, full, stopped, from, Instant.now());
    }

    /// @return how many were looked at
    private long lookAtMany(long first, int count, long low, long high, byte[] run)
            throws ShmException {
        long begin = layout.offsetOf(first) + low;
        int length = (int) ((count - 1) * layout.strideBytes() + high - low);
        boolean[] resident = segment.readResident(begin, run, 0, length);
        boolean whole = true;
        for (boolean page : resident) {
            whole &= page;
        }
        if (!whole && !any(resident)) {
            skipped += count;
            return count;
        }
        int looked = 0;
        while (looked < count && !rows.isFull()) {
            int at = (int) (looked * layout.strideBytes());
            if (whole
                    || (there(filtered, begin, at - low, resident)
                            && there(sorted, begin, at - low, resident))) {
                take(
                        first + looked,
                        run,
                        filtered == null ? 0 : (int) (at + filtered.field().offset() - low),
                        run,
                        sorted == null ? 0 : (int) (at + sorted.field().offset() - low));
            } else {
                skipped++;
            }
            looked++;
        }
        return looked;
    }

    private static boolean any(boolean[] resident) {
        for (boolean page : resident) {
            if (page) {
                return true;
            }
        }
        return false;
    }

    /// Whether a cell's pages were read.
    ///
    /// @param shift what is added to the field's offset to count from `begin`
    private static boolean there(@Nullable Cell cell, long begin, long shift, boolean[] resident) {
        if (cell == null) {
            return true;
        }
        long page = begin / AttachedSegment.PAGE_BYTES;
        long from = begin + shift + cell.field().offset();
        long last = from + cell.length() - 1;
        for (long at = from / AttachedSegment.PAGE_BYTES;
                at <= last / AttachedSegment.PAGE_BYTES;
                at++) {
            if (!resident[(int) (at - page)]) {
                return false;
            }
        }
        return true;
    }

    private long lookAtOne(long row, byte[] run) throws ShmException {
        boolean known = true;
        for (Cell cell : new Cell[] {filtered, sorted}) {
            if (cell != null) {
                for (boolean page :
                        segment.readResident(
                                layout.offsetOf(row) + cell.field().offset(),
                                run,
                                cell == filtered ? 0 : FieldValue.MOST_BYTES,
                                cell.length())) {
                    known &= page;
                }
            }
        }
        if (known) {
            take(row, run, 0, run, FieldValue.MOST_BYTES);
        } else {
            skipped++;
        }
        return 1;
    }

    private void take(long row, byte[] filter, int filterAt, byte[] sort, int sortAt) {
        RecordFilter wants = wanted.filter();
        if (wants != null
                && filtered != null
                && !wants.wants(filter, filterAt, filtered.length())) {
            return;
        }
        rows.add(row);
        if (sorted != null) {
            keys.add(sorted.order().key(sort, sortAt));
        }
    }

    /// Whether texts of this column are in order only by how they begin.
    static boolean roughly(RecordLayout layout, Sort sort) {
        return !new CellOrder(layout.columns().get(sort.column()).field()).exact();
    }
}
