package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.segment.BadInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Records one after another, at a fixed distance, each with the same columns. Immutable, and as
/// small for ten million records as for one.
///
/// Whatever the numbers, no offset of it overflows: the last byte of the last record lies below
/// 2⁶³. Records may lie behind the segment's end; whoever reads them says so.
///
/// @param name of the array that it is, as a declaration calls it; empty where there is none
/// @param offset where the first record begins, from the segment's start
/// @param strideBytes from one record's beginning to the next one's, at least 1. Less than a record
///   has is allowed: then they overlap
/// @param count how many; [#TO_THE_END] for as many whole ones as the segment has room for
/// @param columns at least one, at most [#MOST_COLUMNS]
/// @param leftOut what of a declaration has no column, as a sentence; empty where all has
public record RecordLayout(
        String name,
        long offset,
        long strideBytes,
        long count,
        List<Column> columns,
        String leftOut) {

    /// As many as there is room for.
    public static final long TO_THE_END = Array.TO_THE_END;

    /// More do not help anybody.
    public static final int MOST_COLUMNS = 256;

    /// Of an array within a record, the first so many elements have columns.
    private static final int MOST_ELEMENTS = 16;

    private static final int LISTED = 3;

    /// One field of every record.
    ///
    /// @param name as the table is headed
    /// @param field as it lies in a record that begins at offset 0
    public record Column(String name, FieldAt field) {

        /// The first offset behind it, in a record that begins at 0.
        public long end() {
            return field.end();
        }
    }

    public RecordLayout {
        columns = List.copyOf(columns);
        if (offset < 0
                || strideBytes < 1
                || count < TO_THE_END
                || columns.isEmpty()
                || columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "%d records of %d columns every %d bytes from %d"
                            .formatted(count, columns.size(), strideBytes, offset));
        }
        long reach = reach(columns);
        long most = Math.max(1, count) - 1;
        if (offset > Long.MAX_VALUE - reach
                || most > (Long.MAX_VALUE - reach - offset) / strideBytes) {
            throw new IllegalArgumentException("its end lies behind 2^63");
        }
    }

    /// A layout of numbers that a person gave.
    ///
    /// @throws BadInput saying which of them cannot be
    public static RecordLayout of(
            String name, long offset, long strideBytes, long count, List<Column> columns)
            throws BadInput {
        return checked(name, offset, strideBytes, count, columns, "");
    }

    private static RecordLayout checked(
            String name,
            long offset,
            long strideBytes,
            long count,
            List<Column> columns,
            String leftOut)
            throws BadInput {
        if (columns.isEmpty()) {
            throw new BadInput("a record has at least one column");
        }
        if (columns.size() > MOST_COLUMNS) {
            throw new BadInput(
                    "a record has at most %d columns, these are %d"
                            .formatted(MOST_COLUMNS, columns.size()));
        }
        if (offset < 0) {
            throw new BadInput("the first record begins at 0 or behind it, not at " + offset);
        }
        if (strideBytes < 1) {
            throw new BadInput(
                    "from one record to the next there is at least 1 byte, not " + strideBytes);
        }
        if (count < TO_THE_END) {
            throw new BadInput("there are not %d records".formatted(count));
        }
        try {
            return new RecordLayout(name, offset, strideBytes, count, columns, leftOut);
        } catch (IllegalArgumentException tooFar) {
            throw new BadInput(
                    "%s records every %d bytes from %d on end behind 2^63"
                            .formatted(count == TO_THE_END ? "the" : count, strideBytes, offset));
        }
    }

    /// A declared type as records, one after another.
    ///
    /// @param type one that `all` declares
    /// @param count how many; [#TO_THE_END] for as many as there is room for
    /// @throws BadInput when there is no such type, it has no size, or the numbers cannot be
    public static RecordLayout of(Declarations all, String type, long offset, long count)
            throws BadInput {
        CType one =
                all.type(type)
                        .orElseThrow(() -> new BadInput("%s is not declared".formatted(type)));
        if (offset < 0 || offset > Long.MAX_VALUE - CType.MAX_BYTES) {
            throw new BadInput("the first record begins at 0 or behind it, not at " + offset);
        }
        long most = CType.MAX_BYTES / Math.max(1, one.sizeBytes());
        RecordLayout layout =
                of(FieldAt.root(new Array(one, Math.min(count, most)), offset, Long.MAX_VALUE));
        return new RecordLayout(
                type,
                layout.offset(),
                layout.strideBytes(),
                layout.count(),
                layout.columns(),
                layout.leftOut());
    }

    /// The elements of an array as records: of structures a column for each field that has a value
    /// of its own, named by its path; of all else one column without a name.
    ///
    /// @param field an array that is no text
    /// @throws BadInput when it is none, or its elements have no size
    public static RecordLayout of(FieldAt field) throws BadInput {
        if (!(field.type().resolved() instanceof Array array) || array.text()) {
            throw new BadInput(
                    "%s is of type %s and no array".formatted(field.path(), field.type().name()));
        }
        CType element = array.element();
        List<Column> columns = new ArrayList<>();
        Set<String> leftOut = new LinkedHashSet<>();
        collect(FieldAt.root(element, 0, element.sizeBytes()), columns, leftOut);
        if (columns.isEmpty() || element.sizeBytes() == 0) {
            throw new BadInput(
                    "the elements of %s, of type %s, have nothing to show"
                            .formatted(field.path(), element.name()));
        }
        return checked(
                field.path(),
                field.offset(),
                element.sizeBytes(),
                array.open() ? TO_THE_END : array.count(),
                columns,
                sentence(leftOut));
    }

    private static void collect(FieldAt field, List<Column> columns, Set<String> leftOut) {
        if (field.leaf()) {
            if (columns.size() < MOST_COLUMNS) {
                columns.add(new Column(field.path(), field));
            } else {
                leftOut.add("the fields from %s on".formatted(field.path()));
            }
            return;
        }
        long count = field.childCount();
        long shown = field.array() ? Math.min(count, MOST_ELEMENTS) : count;
        for (long i = 0; i < shown; i++) {
            if (columns.size() == MOST_COLUMNS) {
                leftOut.add("the fields from %s on".formatted(field.child(i).path()));
                return;
            }
            collect(field.child(i), columns, leftOut);
        }
        if (shown < count) {
            leftOut.add("of %s all but the first %d of %d".formatted(field.path(), shown, count));
        }
    }

    private static String sentence(Set<String> leftOut) {
        if (leftOut.isEmpty()) {
            return "";
        }
        String listed = String.join("; ", leftOut.stream().limit(LISTED).toList());
        return "Without columns: %s%s".formatted(listed, leftOut.size() > LISTED ? "; …" : "");
    }

    /// How many bytes of a record its columns reach over, at least 1.
    public long reachBytes() {
        return reach(columns);
    }

    private static long reach(List<Column> columns) {
        long reach = 1;
        for (Column column : columns) {
            reach = Math.max(reach, column.end());
        }
        return reach;
    }

    /// How many records there are in a segment of this size. A count that was given stays, also
    /// where some of them lie behind the end.
    public long rows(long segmentBytes) {
        if (count != TO_THE_END) {
            return count;
        }
        long room = segmentBytes - offset - reachBytes();
        return segmentBytes < offset || room < 0 ? 0 : room / strideBytes + 1;
    }

    /// Where a record begins.
    ///
    /// @param row 0 up to how many there are; whatever [#rows] gives for a segment is good
    public long offsetOf(long row) {
        return Math.addExact(offset, Math.multiplyExact(row, strideBytes));
    }

    /// The record that a byte lies in, or in the room behind it; −1 for none. Of records that
    /// overlap the last one.
    public long rowAt(long at, long segmentBytes) {
        if (at < offset) {
            return -1;
        }
        long row = (at - offset) / strideBytes;
        return row < rows(segmentBytes) ? row : -1;
    }

    /// The first column that a byte lies in; −1 for none.
    ///
    /// @param at a byte of the record
    public int columnAt(long row, long at) {
        long in = at - offsetOf(row);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).field().covers(in)) {
                return i;
            }
        }
        return -1;
    }

    /// The field of one record.
    public FieldAt cell(long row, int column) {
        return columns.get(column).field().moved(offsetOf(row), name + "[" + row + "]");
    }
}
