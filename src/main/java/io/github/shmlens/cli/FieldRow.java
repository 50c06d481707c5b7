package io.github.shmlens.cli;

import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.Lead;
import io.github.shmlens.layout.ByteView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A field and what it holds, as `fields` and `get` show it.
///
/// @param value null where its page is not in memory and was left alone
/// @param raw its bytes as hex digits; null where there are none of it, or too many to print
/// @param lead where an offset leads; null for what is none
/// @param format how the value is shown to people; JSON has the value itself beside it
record FieldRow(
        FieldAt field,
        @Nullable FieldValue value,
        @Nullable String raw,
        @Nullable Lead lead,
        FieldFormat format) {

    /// One that leads nowhere, as its type says it.
    FieldRow(FieldAt field, @Nullable FieldValue value, @Nullable String raw) {
        this(field, value, raw, null, FieldFormat.Fixed.USUAL);
    }

    /// Longest value in a table that nothing else bounds.
    private static final int VALUE_CHARS = 1000;

    static final Table<FieldRow> TABLE =
            new Table<>(
                    List.of(
                            Column.<FieldRow>text("FIELD", "field", row -> row.field().path()),
                            Column.<FieldRow>text("TYPE", "type", row -> row.field().type().name()),
                            Column.<FieldRow>number("OFFSET", "offset", row -> row.field().offset())
                                    .ranked(1),
                            Column.<FieldRow>number(
                                            "SIZE", "sizeBytes", row -> row.field().sizeBytes())
                                    .ranked(3),
                            Column.<FieldRow>text("BITS", "bits", FieldRow::bits)
                                    .ranked(2)
                                    .writtenAs(FieldRow::writeBits),
                            Column.<FieldRow>text("", "atomic", FieldRow::bits)
                                    .writtenAs((json, row) ->
                                            json.writeBooleanProperty(
                                                    "atomic", CType.atomic(row.field().type()))),
                            Column.<FieldRow>text("VALUE", "value", FieldRow::shown)
                                    .writtenAs(FieldRow::writeValue),
                            Column.<FieldRow>text("", "shown", FieldRow::raw)
                                    .writtenAs(FieldRow::writeShown),
                            Column.<FieldRow>text("", "target", FieldRow::raw)
                                    .writtenAs(FieldRow::writeTarget),
                            Column.<FieldRow>text("", "raw", FieldRow::raw)));

    /// @param bytes the field's own
    static FieldRow of(FieldAt field, byte[] bytes) {
        boolean printed = bytes.length <= FieldValue.MOST_BYTES;
        return new FieldRow(
                field,
                FieldValue.read(field, ByteView.of(bytes), field.offset()),
                printed ? HexFormat.of().formatHex(bytes) : null);
    }

    /// The same, with where it leads.
    FieldRow leading(Declarations all, long segmentBytes) {
        return new FieldRow(field, value, raw, Lead.of(field, value, all, segmentBytes), format);
    }

    /// The same, shown in another way.
    FieldRow as(FieldFormat other) {
        return new FieldRow(field, value, raw, lead, other);
    }

    /// The value alone: a text without quotes.
    String plain() {
        return Printable.lines(
                value instanceof FieldValue.Text text ? text.string() : shortened(valueText()));
    }

    private String valueText() {
        return value == null ? "(not in memory)" : format.text(field, value);
    }

    String shown() {
        return shortened(
                valueText()
                        + switch (lead) {
                            case null -> "";
                            case Lead.Nowhere _ -> " (leads nowhere)";
                            case Lead.Outside(String offset) ->
                                    " -> %s, outside the segment".formatted(offset);
                            case Lead.To(FieldAt there) ->
                                    " -> %s at %d".formatted(there.type().name(), there.offset());
                        });
    }

    private static String shortened(String text) {
        return text.length() <= VALUE_CHARS ? text : text.substring(0, VALUE_CHARS) + "…";
    }

    private @Nullable String bits() {
        return field.bitField() ? "%d+%d".formatted(field.bitOffset(), field.bits()) : null;
    }

    /// Where the bits are, counted from the lowest of the byte at `offset`; null for all others.
    private static void writeBits(JsonGenerator json, FieldRow row) {
        if (row.field().bitField()) {
            json.writeName("bits");
            json.writeStartObject();
            json.writeNumberProperty("from", row.field().bitOffset());
            json.writeNumberProperty("count", row.field().bits());
            json.writeEndObject();
        } else {
            json.writeNullProperty("bits");
        }
    }

    /// For offsets alone: where it leads; null where that is nowhere or outside.
    private static void writeTarget(JsonGenerator json, FieldRow row) {
        if (CType.offset(row.field().type()) == null) {
            return;
        }
        if (row.lead() instanceof Lead.To(FieldAt there)) {
            json.writeName("target");
            json.writeStartObject();
            json.writeNumberProperty("offset", there.offset());
            json.writeStringProperty("type", there.type().name());
            json.writeEndObject();
        } else {
            json.writeNullProperty("target");
        }
    }

    /// Where a format was asked for: the value as it makes it.
    private static void writeShown(JsonGenerator json, FieldRow row) {
        FieldValue value = row.value();
        if (row.format() != FieldFormat.Fixed.USUAL && value != null) {
            json.writeStringProperty("shown", row.format().text(row.field(), value));
        }
    }

    static void writeValue(JsonGenerator json, FieldRow row) {
        json.writeName("value");
        write(json, row.value());
    }

    static void write(JsonGenerator json, @Nullable FieldValue value) {
        switch (value) {
            case null -> json.writeNull();
            case FieldValue.Whole(long bits, boolean signed, _) -> number(json, bits, signed);
            case FieldValue.Named(long number, boolean signed, String constant) -> {
                if (constant == null) {
                    number(json, number, signed);
                } else {
                    json.writeString(constant);
                }
            }
            case FieldValue.Letter(int number) -> json.writeNumber(number);
            case FieldValue.Real real -> {
                if (Double.isFinite(real.value())) {
                    // The shortest text that is this number in its own width.
                    json.writeNumber(new BigDecimal(real.text()));
                } else {
                    json.writeStartObject();
                    json.writeStringProperty(
                            "__float",
                            Double.isNaN(real.value()) ? "NAN" : real.value() > 0 ? "INF" : "-INF");
                    json.writeEndObject();
                }
            }
            case FieldValue.Truth(int raw) -> {
                if (raw == 0 || raw == 1) {
                    json.writeBoolean(raw == 1);
                } else {
                    json.writeNumber(raw);
                }
            }
            case FieldValue.Address address ->
                    json.writeString("0x" + Long.toHexString(address.address()));
            case FieldValue.Text text -> json.writeString(text.string());
            case FieldValue.Raw raw -> {
                json.writeStartObject();
                json.writeStringProperty("__bytes", raw.hex());
                json.writeEndObject();
            }
            case FieldValue.Group _, FieldValue.Missing _ -> json.writeNull();
        }
    }

    private static void number(JsonGenerator json, long bits, boolean signed) {
        if (signed || bits >= 0) {
            json.writeNumber(bits);
        } else {
            json.writeNumber(new BigInteger(Long.toUnsignedString(bits)));
        }
    }
}
