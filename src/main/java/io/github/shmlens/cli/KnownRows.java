package io.github.shmlens.cli;

import io.github.shmlens.known.KnownField;
import io.github.shmlens.known.KnownStructure;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/// The named fields of a layout that was recognised, as `fields` shows them.
final class KnownRows {

    private static final Table<KnownField> TABLE =
            new Table<>(
                    List.of(
                            Column.text("FIELD", "field", KnownField::name),
                            Column.text("TYPE", "type", KnownField::type),
                            Column.<KnownField>number("OFFSET", "offset", KnownField::offset)
                                    .ranked(1),
                            Column.<KnownField>number("SIZE", "sizeBytes", KnownField::lengthBytes)
                                    .ranked(3),
                            Column.<KnownField>text("VALUE", "value", KnownField::value)
                                    .writtenAs(KnownRows::writeValue),
                            Column.<KnownField>text("NOTE", "note", KnownField::note).ranked(2)));

    private static final Pattern WHOLE_TYPE = Pattern.compile("[iu](8|32|64)( .*)?|int|long");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");

    private KnownRows() {}

    /// Whole numbers as such, everything else as text.
    private static void writeValue(JsonGenerator json, KnownField field) {
        json.writeName("value");
        if (WHOLE_TYPE.matcher(field.type()).matches()
                && DECIMAL.matcher(field.value()).matches()) {
            json.writeNumber(new BigInteger(field.value()));
        } else {
            json.writeString(field.value());
        }
    }

    static void show(Console console, String target, KnownStructure structure, boolean json) {
        if (json) {
            Json.print(
                    console,
                    out -> {
                        out.writeStartObject();
                        out.writeStringProperty("target", target);
                        out.writeStringProperty("format", structure.format());
                        out.writeBooleanProperty("sound", structure.sound());
                        out.writeName("fields");
                        TABLE.write(out, structure.fields());
                        out.writeName("remarks");
                        out.writeStartArray();
                        structure.remarks().forEach(out::writeString);
                        out.writeEndArray();
                        out.writeEndObject();
                    });
        } else {
            console.line("%s (%s)".formatted(structure.title(), structure.format()));
            TABLE.lines(structure.fields(), console.width()).forEach(console::line);
            structure.remarks().forEach(console::note);
        }
    }
}
