package io.github.shmlens.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Rows of facts: a table for people, JSON objects for scripts, from the same columns.
record Table<T>(List<Column<T>> columns) {

    private static final String GAP = "  ";

    Table {
        columns = List.copyOf(columns);
    }

    /// Heading and rows, in at most `width` columns of text: columns of high rank are left out, and
    /// then the last one is cut.
    List<String> lines(List<T> rows, int width) {
        List<Column<T>> shown =
                new ArrayList<>(
                        columns.stream().filter(column -> !column.header().isEmpty()).toList());
        List<List<String>> cells = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        for (Column<T> column : shown) {
            List<String> down = new ArrayList<>();
            down.add(column.header());
            rows.forEach(row -> down.add(Printable.line(column.cell().apply(row))));
            cells.add(down);
            widths.add(down.stream().mapToInt(Table::length).max().orElse(0));
        }
        while (total(widths) > width) {
            Optional<Column<T>> least =
                    shown.stream()
                            .filter(column -> column.rank() > 0)
                            .max(Comparator.comparingInt(Column::rank));
            if (least.isEmpty()) {
                break;
            }
            int at = shown.indexOf(least.get());
            shown.remove(at);
            cells.remove(at);
            widths.remove(at);
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row <= rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int at = 0; at < shown.size(); at++) {
                String cell = cells.get(at).get(row);
                String blanks = " ".repeat(widths.get(at) - length(cell));
                boolean last = at == shown.size() - 1;
                line.append(at == 0 ? "" : GAP);
                line.append(shown.get(at).right() ? blanks + cell : last ? cell : cell + blanks);
            }
            lines.add(cut(line.toString(), width));
        }
        return lines;
    }

    /// One object per row.
    void write(JsonGenerator json, List<T> rows) {
        json.writeStartArray();
        rows.forEach(row -> write(json, row));
        json.writeEndArray();
    }

    void write(JsonGenerator json, T row) {
        json.writeStartObject();
        columns.forEach(column -> column.value().accept(json, row));
        json.writeEndObject();
    }

    /// The column with this heading or JSON name, in any case.
    Optional<Column<T>> named(String name) {
        return columns.stream()
                .filter(column ->
                        column.json().equalsIgnoreCase(name)
                                || (!name.isEmpty() && column.header().equalsIgnoreCase(name)))
                .findFirst();
    }

    /// Cuts a line to so many columns of text, with an ellipsis where something is missing.
    static String cut(String line, int width) {
        if (length(line) <= width) {
            return line;
        }
        int end = line.offsetByCodePoints(0, Math.max(0, width - 1));
        return line.substring(0, end) + "…";
    }

    private static int total(List<Integer> widths) {
        return widths.stream().mapToInt(Integer::intValue).sum()
                + GAP.length() * Math.max(0, widths.size() - 1);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
