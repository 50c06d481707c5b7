package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayList;
import java.util.List;

/// Rows as a text for a spreadsheet: a line with the names of the columns, then a line for each
/// row. Any thread.
final class RowsCopy {

    /// Copied at most.
    static final int MOST_ROWS = 100_000;

    static final int MOST_CHARACTERS = 16 << 20;

    private static final int AT_ONCE = 256;

    /// What separates values.
    enum Form {
        /// Tabs; what would break a line becomes a blank.
        TSV,
        /// Commas; RFC 4180.
        CSV
    }

    /// What was copied.
    ///
    /// @param rows how many
    /// @param busy how many of them are empty: they were being written all the time
    record Copied(String text, long rows, long busy) {}

    private RowsCopy() {}

    /// @param model only for layout, formats and rows, which nobody changes meanwhile
    /// @param first of the rows
    /// @param last included
    static Copied copy(AttachedSegment segment, RecordModel model, long first, long last, Form form)
            throws ShmException {
        StringBuilder text = new StringBuilder();
        List<String> line = new ArrayList<>();
        for (int column = 0; column < model.columns(); column++) {
            line.add(model.title(column));
        }
        add(text, line, form);
        long row = first;
        long copied = 0;
        long busy = 0;
        while (row <= last && row - first < MOST_ROWS && text.length() < MOST_CHARACTERS) {
            int count = (int) Math.min(AT_ONCE, Math.min(last - row + 1, first + MOST_ROWS - row));
            RecordModel read = model.alike();
            RowReader.Look look = RowReader.read(segment, read.request(row, count));
            read.take(look, new OwnRanges(), false);
            if (look.rows().isEmpty()) {
                break;
            }
            for (int i = 0; i < look.rows().size() && text.length() < MOST_CHARACTERS; i++) {
                RecordModel.Shown shown = read.row(row + i);
                busy += look.rows().get(i).isBusy() ? 1 : 0;
                line.clear();
                for (int column = 0; shown != null && column < read.columns(); column++) {
                    line.add(cell(read, shown, column));
                }
                add(text, line, form);
                copied++;
            }
            row += look.rows().size();
        }
        return new Copied(text.toString(), copied, busy);
    }

    /// What a cell is copied as: a text without quotes, nothing where it was not read.
    static String cell(RecordModel model, RecordModel.Shown row, int column) {
        if (!row.has(column, RowReader.KNOWN)) {
            return "";
        }
        return model.value(row, column) instanceof FieldValue.Text text
                ? text.string() + (text.cut() ? "…" : "")
                : model.text(row, column);
    }

    private static void add(StringBuilder text, List<String> line, Form form) {
        for (int i = 0; i < line.size(); i++) {
            String value = line.get(i);
            switch (form) {
                case TSV -> {
                    text.append(i == 0 ? "" : "\t");
                    text.append(value.replaceAll("[\\t\\r\\n]", " "));
                }
                case CSV -> {
                    text.append(i == 0 ? "" : ",");
                    boolean quoted =
                            value.indexOf(',') >= 0
                                    || value.indexOf('"') >= 0
                                    || value.indexOf('\n') >= 0
                                    || value.indexOf('\r') >= 0;
                    text.append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
                }
            }
        }
        text.append(form == Form.CSV ? "\r\n" : "\n");
    }
}
