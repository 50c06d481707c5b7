package io.github.shmlens.ui.records;

import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Stretch;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies the rows that a table shows, twice, so that what a writer was in the middle of is told
/// from what is whole; rows that a sequence guards are copied until the sequence says that they are
/// whole. Pages that nobody ever touched stay untouched. Any thread.
final class RowReader {

    /// Rows that lie within so many bytes are copied in one piece.
    private static final int TOGETHER_BYTES = 1 << 18;

    /// How often what a sequence guards is copied for one look.
    private static final int ATTEMPTS = 1000;

    /// How often a row by itself is, when all together were never whole.
    private static final int ATTEMPTS_ALONE = 100;

    /// The cell was read.
    static final int KNOWN = 1;

    /// The cell differed between the two reads: a writer was at work.
    static final int TORN = 2;

    /// Some of the cell lies behind the segment's end.
    static final int BEYOND = 4;

    /// Its sequence did not stand still while it was copied.
    static final int BUSY = 8;

    /// Which rows are wanted.
    ///
    /// @param guard the sequence that guards them; null for none
    /// @param order what the rows are; null for all records in their own order
    /// @param first of the rows
    record Request(
            RecordLayout layout,
            RowPlan plan,
            @Nullable Guard guard,
            @Nullable RowSet order,
            long first,
            int count) {}

    /// One row as it was.
    ///
    /// @param number of the record
    /// @param bytes as the plan says; 0 where not known
    /// @param states of each column, a set of the bits above
    record Row(long number, byte[] bytes, byte[] states) {
        boolean has(int column, int state) {
            return (states[column] & state) != 0;
        }

        /// Whether nothing of it could be read whole.
        boolean isBusy() {
            for (byte state : states) {
                if ((state & BUSY) != 0) {
                    return true;
                }
            }
            return false;
        }

        /// What it was when it was last whole, marked as such.
        ///
        /// @param before the same record
        Row over(Row before) {
            byte[] both = new byte[states.length];
            for (int column = 0; column < both.length; column++) {
                both[column] =
                        has(column, BUSY)
                                ? (byte) (BUSY | (before.states[column] & KNOWN))
                                : states[column];
            }
            return new Row(number, before.bytes, both);
        }
    }

    /// What was seen.
    ///
    /// @param rowCount how many rows there are in all
    /// @param rows from the request's first on; fewer than asked for at the end
    /// @param share how often was copied under the sequence; null where that was not done
    /// @param atNanos [System#nanoTime] when the second read was done
    record Look(
            Request request,
            long sizeBytes,
            long rowCount,
            List<Row> rows,
            @Nullable Share share,
            long atNanos) {}

    /// How often what a sequence guards was copied, and how many of the copies were not whole.
    record Share(long copies, long repeated) {

        static final Share NONE = new Share(0, 0);

        static Share of(SequenceLock lock) {
            return new Share(lock.reads(), lock.repeated());
        }

        Share plus(Share more) {
            return new Share(copies + more.copies, repeated + more.repeated);
        }
    }

    private RowReader() {}

    static Look read(AttachedSegment segment, Request request) throws ShmException {
        long size = segment.sizeBytes();
        RowSet order = request.order();
        long rowCount = order == null ? request.layout().rows(size) : order.size();
        int count = (int) Math.clamp(rowCount - request.first(), 0, request.count());
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            long row = request.first() + i;
            numbers[i] = order == null ? row : order.at(row);
        }
        Guard guard = request.guard();
        SequenceLock lock = guard == null ? null : guard.lock(segment, size);
        Copy now = new Copy(request, numbers, size);
        Copy before = null;
        if (lock != null) {
            now.read((stretches, alone) -> lock.read(stretches, alone ? ATTEMPTS_ALONE : ATTEMPTS));
        } else {
            before = new Copy(request, numbers, size);
            before.read((stretches, _) -> plainly(segment, stretches));
            now.read((stretches, _) -> plainly(segment, stretches));
        }
        List<Row> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(now.row(row, before));
        }
        Share share = lock == null ? null : Share.of(lock);
        return new Look(request, size, rowCount, rows, share, System.nanoTime());
    }

    private static boolean plainly(AttachedSegment segment, List<Stretch> stretches)
            throws ShmException {
        for (Stretch one : stretches) {
            one.copy(segment);
        }
        return true;
    }

    /// Copies stretches as of one moment.
    private interface Copying {
        /// @param alone whether they are of one row only
        /// @return whether what was copied is whole
        boolean copy(List<Stretch> stretches, boolean alone) throws ShmException;
    }

    /// All rows, read once.
    private static final class Copy {

        private final RecordLayout layout;
        private final RowPlan plan;
        private final long[] numbers;
        private final long size;
        private final byte[][] bytes;

        /// Of each row and column, whether some of its pages were passed over.
        private final boolean[][] unread;

        /// Of each row, whether it was never whole.
        private final boolean[] busy;

        Copy(Request request, long[] numbers, long size) {
            this.layout = request.layout();
            this.plan = request.plan();
            this.numbers = numbers;
            this.size = size;
            this.bytes = new byte[numbers.length][plan.bytes()];
            this.unread = new boolean[numbers.length][plan.columns()];
            this.busy = new boolean[numbers.length];
        }

        /// @param before the same rows a moment earlier; null where each copy is whole by itself
        Row row(int row, @Nullable Copy before) {
            byte[] states = new byte[plan.columns()];
            for (int column = 0; column < states.length; column++) {
                int from = plan.at(column);
                int to = from + plan.length(column);
                long end =
                        layout.offsetOf(numbers[row])
                                + layout.columns().get(column).field().offset()
                                + plan.length(column);
                if (end > size) {
                    states[column] = BEYOND;
                } else if (busy[row]) {
                    states[column] = BUSY;
                } else if (!unread[row][column]) {
                    boolean torn =
                            before != null
                                    && !before.unread[row][column]
                                    && !Arrays.equals(
                                            before.bytes[row], from, to, bytes[row], from, to);
                    states[column] = (byte) (torn ? KNOWN | TORN : KNOWN);
                }
            }
            return new Row(numbers[row], bytes[row], states);
        }

        void read(Copying copying) throws ShmException {
            if (numbers.length > 0 && !readTogether(copying)) {
                for (int row = 0; row < numbers.length; row++) {
                    readAlone(row, copying);
                }
            }
        }

        /// @return whether they lie close enough for it, and what was copied is whole
        private boolean readTogether(Copying copying) throws ShmException {
            long least = Arrays.stream(numbers).min().orElseThrow();
            long greatest = Arrays.stream(numbers).max().orElseThrow();
            long from = layout.offsetOf(least);
            long end = Math.min(size, layout.offsetOf(greatest) + layout.reachBytes());
            if (end <= from || end - from > TOGETHER_BYTES) {
                return false;
            }
            Stretch all = new Stretch(from, (int) (end - from));
            if (!copying.copy(List.of(all), false)) {
                // Perhaps there is time enough for one.
                return false;
            }
            for (int row = 0; row < numbers.length; row++) {
                for (int piece = 0; piece < plan.pieces().size(); piece++) {
                    take(row, piece, all);
                }
            }
            return true;
        }

        private void readAlone(int row, Copying copying) throws ShmException {
            List<Stretch> pieces = new ArrayList<>();
            for (RowPlan.Piece piece : plan.pieces()) {
                long at = layout.offsetOf(numbers[row]) + piece.offset();
                pieces.add(new Stretch(at, (int) Math.clamp(size - at, 0, piece.length())));
            }
            busy[row] = !copying.copy(pieces, true);
            for (int piece = 0; piece < pieces.size(); piece++) {
                take(row, piece, pieces.get(piece));
            }
        }

        private void take(int row, int index, Stretch copy) {
            RowPlan.Piece piece = plan.pieces().get(index);
            long offset = layout.offsetOf(numbers[row]) + piece.offset();
            long from = copy.offset();
            long there = Math.clamp(from + copy.length() - offset, 0, piece.length());
            if (there > 0) {
                System.arraycopy(
                        copy.bytes(), (int) (offset - from), bytes[row], piece.at(), (int) there);
            }
            for (int column = 0; column < plan.columns(); column++) {
                if (plan.pieceOf(column) == index) {
                    long begin = offset + plan.at(column) - piece.at();
                    unread[row][column] = !copy.holds(begin, begin + plan.length(column));
                }
            }
        }
    }
}
