package io.github.shmlens.cli;

import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.Lead;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The values below a field, of long arrays the first ones.
///
/// Pages that nobody ever touched stay untouched.
final class FieldRows {

    /// Elements of each array that are shown unless asked otherwise.
    static final long MANY_ELEMENTS = 32;

    /// However many arrays lie within each other.
    private static final int MOST_ROWS = 100_000;

    private static final int WINDOW_BYTES = 1 << 16;

    private final AttachedSegment segment;
    private final Declarations declarations;
    private final long size;
    private final long elements;
    private final FormatOptions.Formats formats;
    private final List<FieldRow> rows = new ArrayList<>();
    private final List<Omitted> omitted = new ArrayList<>();
    private byte[] window = {};
    private boolean[] resident = {};
    private long windowOffset;

    /// Whether the window is all there is.
    private boolean copied;

    /// Fields that were left out.
    ///
    /// @param from the first element that is missing
    private record Omitted(String field, long from, long count) {}

    /// Places that offsets led to, with the type that was shown there: no ring is gone round twice.
    private final Set<String> visited = new HashSet<>();

    private FieldRows(
            AttachedSegment segment,
            Declarations declarations,
            long elements,
            FormatOptions.Formats formats)
            throws ShmException {
        this.segment = segment;
        this.declarations = declarations;
        this.size = segment.sizeBytes();
        this.elements = elements;
        this.formats = formats;
    }

    /// The values in a copy.
    ///
    /// @param copyOffset where the copy begins in the segment
    static FieldRows of(
            AttachedSegment segment,
            Declarations declarations,
            FieldAt field,
            long elements,
            FormatOptions.Formats formats,
            byte[] copy,
            long copyOffset)
            throws ShmException, BadInput {
        FieldRows all = new FieldRows(segment, declarations, elements, formats);
        all.copied = true;
        all.window = copy;
        all.windowOffset = copyOffset;
        all.add(field, 0);
        formats.allUsed();
        return all;
    }

    /// The values in the segment.
    ///
    /// @param steps how many offsets one after another are followed
    static FieldRows of(
            AttachedSegment segment,
            Declarations declarations,
            FieldAt field,
            long elements,
            FormatOptions.Formats formats,
            int steps)
            throws ShmException, BadInput {
        FieldRows all = new FieldRows(segment, declarations, elements, formats);
        all.visited.add(place(field));
        all.add(field, steps);
        formats.allUsed();
        return all;
    }

    private static String place(FieldAt field) {
        return field.offset() + " " + field.type().name();
    }

    private void add(FieldAt field, int steps) throws ShmException, BadInput {
        if (field.leaf()) {
            FieldRow row = row(field).leading(declarations, size).as(formats.of(field));
            rows.add(row);
            if (steps > 0
                    && row.lead() instanceof Lead.To(FieldAt there)
                    && rows.size() < MOST_ROWS
                    && visited.add(place(there))) {
                add(there, steps - 1);
            }
            return;
        }
        long count = field.childCount();
        long most = field.array() ? Math.min(count, elements) : count;
        for (long i = 0; i < most; i++) {
            if (rows.size() >= MOST_ROWS) {
                most = i;
                break;
            }
            add(field.child(i), steps);
        }
        if (most < count) {
            omitted.add(new Omitted(field.path(), most, count - most));
        }
    }

    private FieldRow row(FieldAt field) throws ShmException {
        long offset = field.offset();
        if (offset > size || field.sizeBytes() > size - offset) {
            return new FieldRow(field, new FieldValue.Missing(), null);
        }
        int length = (int) Math.min(field.sizeBytes(), FieldValue.MOST_BYTES);
        byte[] bytes = bytes(offset, length);
        if (bytes == null) {
            return new FieldRow(field, null, null);
        }
        if (!copied && FieldBytes.inOneWord(segment, field, size)) {
            FieldBytes.copyFromWord(segment, field, bytes);
        }
        return length == field.sizeBytes()
                ? FieldRow.of(field, bytes)
                : new FieldRow(field, FieldValue.read(field, ByteView.of(bytes), offset), null);
    }

    /// @return null when some of them are not in memory
    private byte @Nullable [] bytes(long offset, int length) throws ShmException {
        boolean held = offset >= windowOffset && offset + length <= windowOffset + window.length;
        if (copied) {
            int at = (int) (offset - windowOffset);
            return held ? Arrays.copyOfRange(window, at, at + length) : null;
        }
        if (!held) {
            windowOffset = offset - offset % AttachedSegment.PAGE_BYTES;
            window = new byte[(int) Math.min(WINDOW_BYTES, size - windowOffset)];
            resident = segment.readResident(windowOffset, window, 0, window.length);
        }
        int at = (int) (offset - windowOffset);
        int lastByte = Math.max(at, at + length - 1);
        for (int page = at / AttachedSegment.PAGE_BYTES;
                page <= lastByte / AttachedSegment.PAGE_BYTES && page < resident.length;
                page++) {
            if (!resident[page]) {
                return null;
            }
        }
        return Arrays.copyOfRange(window, at, at + length);
    }

    /// A table for people.
    void print(Console console) {
        FieldRow.TABLE.lines(rows, console.width()).forEach(console::line);
        for (Omitted one : omitted) {
            console.note(
                    "%s: %d more from [%d] on; \"--elements N\" or a field's name shows them"
                            .formatted(
                                    one.field().isEmpty() ? "the whole" : one.field(),
                                    one.count(),
                                    one.from()));
        }
    }

    /// `fields` and `omitted`, within an object that was begun.
    void writeMembers(JsonGenerator json) {
        json.writeName("fields");
        FieldRow.TABLE.write(json, rows);
        json.writeName("omitted");
        json.writeStartArray();
        for (Omitted one : omitted) {
            json.writeStartObject();
            json.writeStringProperty("field", one.field());
            json.writeNumberProperty("from", one.from());
            json.writeNumberProperty("count", one.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// An object of its own.
    void write(JsonGenerator json) {
        json.writeStartObject();
        writeMembers(json);
        json.writeEndObject();
    }
}
