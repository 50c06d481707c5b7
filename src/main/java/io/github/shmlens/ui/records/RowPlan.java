package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.fields.RecordLayout.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which bytes of a record are copied to show its columns, and where each column is in the copy. A
/// record of a gigabyte with two columns gives a copy of a few bytes. Immutable.
final class RowPlan {

    /// Of a text, a table shows so many bytes at most.
    static final int TEXT_BYTES = 256;

    /// Columns that are not farther apart are copied together.
    private static final int GAP = 64;

    /// A stretch of the record, and where it is in the copy.
    ///
    /// @param offset from the record's beginning
    record Piece(long offset, int length, int at) {
        long end() {
            return offset + length;
        }
    }

    private final List<Piece> pieces;
    private final int[] at;
    private final int[] lengths;
    private final int[] pieceOf;
    private final int bytes;

    private RowPlan(List<Piece> pieces, int[] at, int[] lengths, int[] pieceOf, int bytes) {
        this.pieces = List.copyOf(pieces);
        this.at = at;
        this.lengths = lengths;
        this.pieceOf = pieceOf;
        this.bytes = bytes;
    }

    static RowPlan of(RecordLayout layout) {
        List<Column> columns = layout.columns();
        int count = columns.size();
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            FieldAt field = columns.get(i).field();
            lengths[i] =
                    (int)
                            (field.text()
                                    ? Math.min(field.sizeBytes(), TEXT_BYTES)
                                    : field.sizeBytes());
        }
        List<Integer> inOrder =
                IntStream.range(0, count)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> columns.get(i).field().offset()))
                        .toList();
        List<Piece> pieces = new ArrayList<>();
        int[] at = new int[count];
        int[] pieceOf = new int[count];
        long from = 0;
        long end = -1;
        int copied = 0;
        for (int column : inOrder) {
            long offset = columns.get(column).field().offset();
            long columnEnd = offset + lengths[column];
            if (end < 0 || offset > end + GAP) {
                if (end >= 0) {
                    pieces.add(new Piece(from, (int) (end - from), copied));
                    copied += (int) (end - from);
                }
                from = offset;
                end = columnEnd;
            } else {
                end = Math.max(end, columnEnd);
            }
            pieceOf[column] = pieces.size();
            at[column] = copied + (int) (offset - from);
        }
        pieces.add(new Piece(from, (int) (end - from), copied));
        return new RowPlan(pieces, at, lengths, pieceOf, copied + (int) (end - from));
    }

    List<Piece> pieces() {
        return pieces;
    }

    /// Where a column begins in the copy.
    int at(int column) {
        return at[column];
    }

    /// How many bytes of a column are in the copy.
    int length(int column) {
        return lengths[column];
    }

    /// Which piece a column is in.
    int pieceOf(int column) {
        return pieceOf[column];
    }

    int columns() {
        return at.length;
    }

    /// Of the whole copy.
    int bytes() {
        return bytes;
    }
}
