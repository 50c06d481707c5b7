package io.github.shmlens.fields;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Which records are wanted: those whose value in one column compares so with what a person typed.
public final class RecordFilter {

    /// How values are compared.
    public enum Comparison {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        /// Both bounds included.
        BETWEEN("between"),
        /// Of texts.
        CONTAINS("contains");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /// Those that make sense of a field.
        public static Set<Comparison> suiting(FieldAt field) {
            return field.text()
                    ? EnumSet.of(EQUAL, UNEQUAL, CONTAINS)
                    : new CellOrder(field).text()
                            ? EnumSet.of(EQUAL, UNEQUAL)
                            : EnumSet.complementOf(EnumSet.of(CONTAINS));
        }
    }

    private final int column;
    private final Comparison comparison;
    private final CellOrder order;
    private final boolean text;
    private final boolean real;
    private final long low;
    private final long high;
    private final byte[] wanted;

    private RecordFilter(
            int column,
            Comparison comparison,
            FieldAt field,
            CellOrder order,
            long low,
            long high,
            byte[] wanted) {
        this.column = column;
        this.comparison = comparison;
        this.order = order;
        this.text = field.text();
        this.real =
                field.type().resolved() instanceof CType.Scalar scalar
                        && scalar.kind() == CType.Scalar.Kind.FLOAT;
        this.low = low;
        this.high = high;
        this.wanted = wanted;
    }

    /// A filter as typed.
    ///
    /// @param format how the column's values are written, and so are those that are typed
    /// @param second the greater bound of [Comparison#BETWEEN]; of no account for the others
    /// @throws BadInput when a value is none of the column's
    public static RecordFilter of(
            RecordLayout layout,
            int column,
            Comparison comparison,
            FieldFormat format,
            String first,
            String second)
            throws BadInput {
        FieldAt field = named(layout.columns().get(column));
        if (!Comparison.suiting(field).contains(comparison)) {
            throw new BadInput(
                    "%s of type %s is not compared by %s"
                            .formatted(field.path(), field.type().name(), comparison.sign()));
        }
        CellOrder order = new CellOrder(field);
        if (field.text()) {
            byte[] wanted = first.getBytes(StandardCharsets.UTF_8);
            if (wanted.length == 0 && comparison == Comparison.CONTAINS) {
                throw new BadInput("missing text that %s contains".formatted(field.path()));
            }
            return new RecordFilter(column, comparison, field, order, 0, 0, wanted);
        }
        byte[] low = bytes(field, format, first);
        long from = order.key(low, 0);
        long to =
                comparison == Comparison.BETWEEN
                        ? order.key(bytes(field, format, second), 0)
                        : from;
        if (to < from) {
            throw new BadInput(
                    "nothing lies between %s and %s: the first bound is the greater one"
                            .formatted(first.strip(), second.strip()));
        }
        return new RecordFilter(column, comparison, field, order, from, to, low);
    }

    private static FieldAt named(RecordLayout.Column column) {
        FieldAt field = column.field();
        return field.path().isEmpty() ? field.moved(0, "the value") : field;
    }

    private static byte[] bytes(FieldAt field, FieldFormat format, String typed) throws BadInput {
        return format.edit(field, typed).over(new byte[(int) field.sizeBytes()]);
    }

    public int column() {
        return column;
    }

    /// Whether a record is wanted.
    ///
    /// @param copy bytes that hold the column's
    /// @param at where those begin
    /// @param length how many of them there are: of a long text perhaps not all
    public boolean wants(byte[] copy, int at, int length) {
        if (text) {
            int end = at;
            while (end < at + length && copy[end] != 0) {
                end++;
            }
            return switch (comparison) {
                case EQUAL -> Arrays.equals(copy, at, end, wanted, 0, wanted.length);
                case UNEQUAL -> !Arrays.equals(copy, at, end, wanted, 0, wanted.length);
                case CONTAINS -> contains(copy, at, end);
                case LESS, AT_MOST, GREATER, AT_LEAST, BETWEEN -> false;
            };
        }
        if (order.text()) {
            boolean same = Arrays.equals(copy, at, at + length, wanted, 0, wanted.length);
            return same == (comparison == Comparison.EQUAL);
        }
        long key = order.key(copy, at);
        // What is no number is neither less nor greater than one.
        boolean none = real && (key == CellOrder.NO_NUMBER) != (low == CellOrder.NO_NUMBER);
        return switch (comparison) {
            case EQUAL -> key == low;
            case UNEQUAL -> key != low;
            case LESS -> !none && key < low;
            case AT_MOST -> !none && key <= low;
            case GREATER -> !none && key > low;
            case AT_LEAST -> !none && key >= low;
            case BETWEEN -> !none && key >= low && key <= high;
            case CONTAINS -> false;
        };
    }

    private boolean contains(byte[] copy, int from, int end) {
        for (int at = from; at <= end - wanted.length; at++) {
            if (Arrays.equals(copy, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
