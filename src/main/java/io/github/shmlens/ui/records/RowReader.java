package io.github.shmlens.ui.records;

import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies the rows that a table shows, twice, so that what a writer was in the middle of is told
/// from what is whole. Pages that nobody ever touched stay untouched. Any thread.
final class RowReader {

    /// Rows that lie within so many bytes are copied in one piece.
    private static final int TOGETHER_BYTES = 1 << 18;

    /// The cell was read.
    static final int KNOWN = 1;

    /// The cell differed between the two reads: a writer was at work.
    static final int TORN = 2;

    /// Some of the cell lies behind the segment's end.
    static final int BEYOND = 4;

    /// Which rows are wanted.
    ///
    /// @param order what the rows are; null for all records in their own order
    /// @param first of the rows
    record Request(
            RecordLayout layout, RowPlan plan, @Nullable RowSet order, long first, int count) {}

    /// One row as it was.
    ///
    /// @param number of the record
    /// @param bytes as the plan says; 0 where not known
    /// @param states of each column, a set of the bits above
    record Row(long number, byte[] bytes, byte[] states) {
        boolean has(int column, int state) {
            return (states[column] & state) != 0;
        }
    }

    /// What was seen.
    ///
    /// @param rowCount how many rows there are in all
    /// @param rows from the request's first on; fewer than asked for at the end
    /// @param atNanos [System#nanoTime] when the second read was done
    record Look(Request request, long sizeBytes, long rowCount, List<Row> rows, long atNanos) {}

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
        Copy once = new Copy(segment, request, numbers, size);
        once.read(order == null);
        Copy again = new Copy(segment, request, numbers, size);
        again.read(order == null);
        List<Row> rows = new ArrayList<>(count);
        RowPlan plan = request.plan();
        for (int i = 0; i < count; i++) {
            byte[] states = new byte[plan.columns()];
            for (int column = 0; column < states.length; column++) {
                int from = plan.at(column);
                int to = from + plan.length(column);
                long end =
                        request.layout().offsetOf(numbers[i])
                                + request.layout().columns().get(column).field().offset()
                                + plan.length(column);
                if (end > size) {
                    states[column] = BEYOND;
                } else if (again.knows(i, column)) {
                    boolean torn =
                            once.knows(i, column)
                                    && !Arrays.equals(
                                            once.bytes[i], from, to, again.bytes[i], from, to);
                    states[column] = (byte) (torn ? KNOWN | TORN : KNOWN);
                }
            }
            rows.add(new Row(numbers[i], again.bytes[i], states));
        }
        return new Look(request, size, rowCount, rows, System.nanoTime());
    }

    /// All rows, read once.
    private static final class Copy {

        private final AttachedSegment segment;
        private final RecordLayout layout;
        private final RowPlan plan;
        private final long[] numbers;
        private final long size;
        private final byte[][] bytes;

        /// Of each row and column, whether some of its pages were passed over.
        private final boolean[][] unread;

        Copy(AttachedSegment segment, Request request, long[] numbers, long size) {
            this.segment = segment;
            this.layout = request.layout();
            this.plan = request.plan();
            this.numbers = numbers;
            this.size = size;
            this.bytes = new byte[numbers.length][plan.bytes()];
            this.unread = new boolean[numbers.length][plan.columns()];
        }

        boolean knows(int row, int column) {
            return !unread[row][column];
        }

        /// @param inOrder whether the rows follow one another in the segment
        void read(boolean inOrder) throws ShmException {
            if (numbers.length == 0) {
                return;
            }
            long from = layout.offsetOf(numbers[0]);
            long end =
                    Math.min(
                            size,
                            layout.offsetOf(numbers[numbers.length - 1]) + layout.reachBytes());
            if (inOrder && end > from && end - from <= TOGETHER_BYTES) {
                byte[] all = new byte[(int) (end - from)];
                boolean[] resident = segment.readResident(from, all, 0, all.length);
                for (int row = 0; row < numbers.length; row++) {
                    for (int piece = 0; piece < plan.pieces().size(); piece++) {
                        take(row, piece, all, from, resident);
                    }
                }
                return;
            }
            for (int row = 0; row < numbers.length; row++) {
                for (int piece = 0; piece < plan.pieces().size(); piece++) {
                    long at = layout.offsetOf(numbers[row]) + plan.pieces().get(piece).offset();
                    int length = (int) Math.clamp(size - at, 0, plan.pieces().get(piece).length());
                    byte[] one = new byte[length];
                    boolean[] resident =
                            length == 0 ? new boolean[0] : segment.readResident(at, one, 0, length);
                    take(row, piece, one, at, resident);
                }
            }
        }

        /// @param copy bytes of the segment from `from` on
        /// @param resident its pages
        private void take(int row, int index, byte[] copy, long from, boolean[] resident) {
            RowPlan.Piece piece = plan.pieces().get(index);
            long offset = layout.offsetOf(numbers[row]) + piece.offset();
            long there = Math.clamp(from + copy.length - offset, 0, piece.length());
            if (there > 0) {
                System.arraycopy(copy, (int) (offset - from), bytes[row], piece.at(), (int) there);
            }
            for (int column = 0; column < plan.columns(); column++) {
                if (plan.pieceOf(column) == index) {
                    long begin = offset + plan.at(column) - piece.at();
                    unread[row][column] =
                            !resident(from, resident, begin, begin + plan.length(column));
                }
            }
        }

        private static boolean resident(long from, boolean[] resident, long begin, long end) {
            long firstPage = from / AttachedSegment.PAGE_BYTES;
            for (long page = begin / AttachedSegment.PAGE_BYTES;
                    page <= (end - 1) / AttachedSegment.PAGE_BYTES;
                    page++) {
                long index = page - firstPage;
                if (index < 0 || index >= resident.length || !resident[(int) index]) {
                    return false;
                }
            }
            return true;
        }
    }
}
