package io.github.shmlens.ui.records;

import io.github.shmlens.fields.CellOrder;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.RecordFilter;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Stretch;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.find.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at every record of a layout once: keeps those a filter wants, and puts them in order. What
/// it finds was so when it was looked at; of records that a sequence guards, each was whole. Holds
/// at most [RowSet#MOST] records. One thread.
final class RecordScan {

    /// A record with a larger distance to the next is not read with what lies between.
    private static final int NEAR_BYTES = 4096;

    /// How often many records that a sequence guards are copied together before fewer are.
    private static final int ATTEMPTS = 8;

    /// How often a single one is.
    private static final int ATTEMPTS_AT_ONE = 200;

    /// After so many runs that were whole, more records are tried together.
    private static final int RUNS = 32;

    /// As many records one after another that were never whole, and no more are looked at: the
    /// sequence stands still in the middle of a change.
    private static final int MOST_BUSY = 64;

    /// By which column.
    ///
    /// @param falling whether the greatest comes first
    record Sort(int column, boolean falling) {}

    /// What is looked for.
    ///
    /// @param guard the sequence that guards the records; null for none
    record Wanted(
            RecordLayout layout,
            @Nullable Guard guard,
            @Nullable RecordFilter filter,
            @Nullable Sort sort) {}

    /// What was found.
    ///
    /// @param rows the records, in order
    /// @param looked how many were looked at
    /// @param of how many
    /// @param skipped how many were passed over: their pages are not in memory
    /// @param busy how many were passed over: they were being written all the time
    /// @param share how often was copied under the sequence
    /// @param full whether more were wanted than are held
    /// @param stopped whether a person ended it before its end
    record Found(
            Wanted wanted,
            RowSet rows,
            long looked,
            long of,
            long skipped,
            long busy,
            RowReader.Share share,
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
    private final byte[] sortRun = new byte[FieldValue.MOST_BYTES];
    private long skipped;
    private long busy;
    private @Nullable SequenceLock lock;

    /// How many records are copied together now, of those that a sequence guards.
    private int together = Integer.MAX_VALUE;

    private int wholeRuns;
    private int busyRuns;

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
        Guard guard = wanted.guard();
        lock = guard == null ? null : guard.lock(segment, size);
        long room = size - layout.offset() - high;
        long there =
                size < layout.offset() || room < 0
                        ? 0
                        : Math.min(layout.rows(size), room / layout.strideBytes() + 1);
        boolean near =
                layout.strideBytes() <= NEAR_BYTES && high - low <= AttachedSegment.RUN_BYTES / 2;
        int most =
                near
                        ? (int)
                                ((AttachedSegment.RUN_BYTES - (high - low)) / layout.strideBytes()
                                        + 1)
                        : 1;
        byte[] run = new byte[near ? AttachedSegment.RUN_BYTES : FieldValue.MOST_BYTES];
        long looked = 0;
        boolean going = watch.goOn(0, there);
        long told = 0;
        while (going && looked < there && !rows.isFull()) {
            long many = Math.min(Math.min(most, together), there - looked);
            looked +=
                    near ? lookAtMany(looked, (int) many, low, high, run) : lookAtOne(looked, run);
            if (busyRuns == MOST_BUSY) {
                busy += there - looked;
                looked = there;
            }
            if (looked - told >= 256 || looked == there || many == most) {
                told = looked;
                going = watch.goOn(looked, there);
            }
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
        SequenceLock used = lock;
        return new Found(
                wanted,
                rows,
                looked,
                there,
                skipped,
                busy,
                used == null ? RowReader.Share.NONE : RowReader.Share.of(used),
                full,
                stopped,
                from,
                Instant.now());
    }

    /// @return how many were looked at
    private long lookAtMany(long first, int count, long low, long high, byte[] run)
            throws ShmException {
        long begin = layout.offsetOf(first) + low;
        int length = (int) ((count - 1) * layout.strideBytes() + high - low);
        Stretch copy = new Stretch(begin, run, length);
        if (!copied(List.of(copy), count)) {
            return count == 1 ? 1 : 0;
        }
        if (copy.isMissing()) {
            skipped += count;
            return count;
        }
        int looked = 0;
        while (looked < count && !rows.isFull()) {
            int at = (int) (looked * layout.strideBytes());
            long record = begin + at - low;
            if (holds(copy, filtered, record) && holds(copy, sorted, record)) {
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

    /// Whether a cell's pages were read.
    ///
    /// @param record where its record begins
    private static boolean holds(Stretch copy, @Nullable Cell cell, long record) {
        return cell == null || copy.holds(record + cell.field().offset(), record + cell.end());
    }

    /// Copies what records lie in: as of one moment, where a sequence guards them.
    ///
    /// @param count how many records
    /// @return whether what was copied is whole; otherwise fewer are to be tried, and a single one
    ///   was counted as busy
    private boolean copied(List<Stretch> stretches, int count) throws ShmException {
        SequenceLock guarding = lock;
        if (guarding == null) {
            for (Stretch one : stretches) {
                one.copy(segment);
            }
            return true;
        }
        if (guarding.read(stretches, count == 1 ? ATTEMPTS_AT_ONE : ATTEMPTS)) {
            busyRuns = 0;
            if (++wholeRuns == RUNS) {
                wholeRuns = 0;
                together = Math.max(together, (int) Math.min(2L * count, Integer.MAX_VALUE));
            }
            return true;
        }
        wholeRuns = 0;
        together = Math.max(1, count / 2);
        if (count == 1) {
            busy++;
            busyRuns++;
        }
        return false;
    }

    private long lookAtOne(long row, byte[] run) throws ShmException {
        List<Stretch> cells = new ArrayList<>(2);
        if (filtered != null) {
            cells.add(stretch(filtered, row, run));
        }
        if (sorted != null) {
            cells.add(stretch(sorted, row, sortRun));
        }
        if (!copied(cells, 1)) {
            return 1;
        }
        boolean known = true;
        for (Stretch cell : cells) {
            known &= cell.isWhole();
        }
        if (known) {
            take(row, run, 0, sortRun, 0);
        } else {
            skipped++;
        }
        return 1;
    }

    private Stretch stretch(Cell cell, long row, byte[] into) {
        return new Stretch(layout.offsetOf(row) + cell.field().offset(), into, cell.length());
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
