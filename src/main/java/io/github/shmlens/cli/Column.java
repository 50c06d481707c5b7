package io.github.shmlens.cli;

import java.util.Comparator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// One fact about one kind of row, written down once: its heading and cell in a table, its name and
/// value in JSON, and its order.
///
/// @param header heading; empty for facts that only JSON shows
/// @param json name in JSON, also accepted by `--sort`
/// @param right numbers stand to the right
/// @param rank a table too wide for the terminal leaves out the highest ranks first; 0 always stays
/// @param value writes name and value
record Column<T>(
        String header,
        String json,
        boolean right,
        int rank,
        Function<T, String> cell,
        Comparator<T> order,
        BiConsumer<JsonGenerator, T> value) {

    /// Words; null is shown as a dash and written as null.
    static <T> Column<T> text(String header, String json, Function<T, @Nullable String> of) {
        return new Column<>(
                header,
                json,
                false,
                0,
                row -> {
                    String text = of.apply(row);
                    return text == null || text.isEmpty() ? "-" : text;
                },
                Comparator.comparing(row -> {
                    String text = of.apply(row);
                    return text == null ? "" : text;
                }),
                (out, row) -> Json.text(out, json, of.apply(row)));
    }

    /// A number, whatever its sign.
    static <T> Column<T> number(String header, String json, ToLongFunction<T> of) {
        return new Column<>(
                header,
                json,
                true,
                0,
                row -> Long.toString(of.applyAsLong(row)),
                Comparator.comparingLong(of),
                (out, row) -> out.writeNumberProperty(json, of.applyAsLong(row)));
    }

    /// A count that is negative where it is not known: a dash, and null.
    static <T> Column<T> count(String header, String json, ToLongFunction<T> of) {
        return new Column<>(
                header,
                json,
                true,
                0,
                row -> of.applyAsLong(row) < 0 ? "-" : Long.toString(of.applyAsLong(row)),
                Comparator.comparingLong(of),
                (out, row) -> Json.count(out, json, of.applyAsLong(row)));
    }

    /// The same fact about what belongs to another kind of row.
    <R> Column<R> of(Function<R, T> part) {
        return new Column<>(
                header,
                json,
                right,
                rank,
                row -> cell.apply(part.apply(row)),
                Comparator.comparing(part, order),
                (out, row) -> value.accept(out, part.apply(row)));
    }

    /// The same fact, shown otherwise in the table.
    Column<T> shownAs(Function<T, String> otherCell) {
        return new Column<>(header, json, right, rank, otherCell, order, value);
    }

    /// The same fact, written otherwise in JSON.
    Column<T> writtenAs(BiConsumer<JsonGenerator, T> otherValue) {
        return new Column<>(header, json, right, rank, cell, order, otherValue);
    }

    Column<T> sortedBy(Comparator<T> otherOrder) {
        return new Column<>(header, json, right, rank, cell, otherOrder, value);
    }

    Column<T> ranked(int otherRank) {
        return new Column<>(header, json, right, otherRank, cell, order, value);
    }

    Column<T> toTheRight() {
        return new Column<>(header, json, true, rank, cell, order, value);
    }
}
