package io.github.shmlens.kryo;

import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.php.JsonTarget;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.segment.BadInput;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Kryo values as JSON, both ways.
///
/// Out: a list is an array; a map whose keys all are strings an object, any other `{"__map": [[key,
/// value], …]}`; a record an object with `"__class"`; bytes `{"__bytes": "hex"}`; NaN and
/// infinities `{"__float": "NAN"}`.
///
/// In: ints become `long`, floats `double`, objects maps; of two members of one name the later one
/// counts.
public final class KryoJson {

    private KryoJson() {}

    public static String toJson(KryoValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                PhpJson.factory().createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, json);
        }
        return text.toString();
    }

    /// Reads one JSON text.
    ///
    /// @throws BadInput with line and column
    public static KryoValue parse(String json) throws BadInput {
        return PhpJson.parse(json, new Values());
    }

    /// Whether [#parse] makes the same value of what [#toJson] shows.
    public static boolean survives(KryoValue value) {
        try {
            return parse(toJson(value)).equals(value);
        } catch (BadInput beyondJson) {
            return false;
        }
    }

    /// Writes one value. Values nest no deeper than [KryoCodec#MOST_DEPTH].
    public static void write(KryoValue value, JsonGenerator json) {
        switch (value) {
            case KryoValue.Null _ -> json.writeNull();
            case KryoValue.Bool(boolean set) -> json.writeBoolean(set);
            case KryoValue.Whole(long whole, _) -> json.writeNumber(whole);
            case KryoValue.Real real -> real(real, json);
            case KryoValue.Letter(char letter) -> text(String.valueOf(letter), json);
            case KryoValue.Text(String text) -> text(text, json);
            case KryoValue.Bytes(byte[] bytes) -> {
                json.writeStartObject();
                json.writeStringProperty("__bytes", HexFormat.of().formatHex(bytes));
                json.writeEndObject();
            }
            case KryoValue.Listing(List<KryoValue> elements) -> {
                json.writeStartArray();
                elements.forEach(element -> write(element, json));
                json.writeEndArray();
            }
            case KryoValue.Mapping(List<KryoValue.Entry> entries) -> map(entries, json);
            case KryoValue.Tuple(String name, List<KryoValue.Member> members) -> {
                json.writeStartObject();
                json.writeStringProperty("__class", name);
                for (KryoValue.Member member : members) {
                    json.writeName(member.name());
                    write(member.value(), json);
                }
                json.writeEndObject();
            }
        }
    }

    private static void map(List<KryoValue.Entry> entries, JsonGenerator json) {
        json.writeStartObject();
        if (entries.stream().allMatch(entry -> entry.key() instanceof KryoValue.Text)) {
            for (KryoValue.Entry entry : entries) {
                json.writeName(((KryoValue.Text) entry.key()).value());
                write(entry.value(), json);
            }
        } else {
            json.writeName("__map");
            json.writeStartArray();
            for (KryoValue.Entry entry : entries) {
                json.writeStartArray();
                write(entry.key(), json);
                write(entry.value(), json);
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void real(KryoValue.Real real, JsonGenerator json) {
        double value = real.value();
        if (Double.isFinite(value)) {
            // A float's own digits: 0.1f is not 0.10000000149011612.
            json.writeRawValue(real.text());
        } else {
            json.writeStartObject();
            json.writeStringProperty(
                    "__float", Double.isNaN(value) ? "NAN" : value > 0 ? "INF" : "-INF");
            json.writeEndObject();
        }
    }

    /// Half of a surrogate pair, which a `char` can be, would be no JSON.
    private static void text(String text, JsonGenerator json) {
        boolean half = text.length() == 1 && Character.isSurrogate(text.charAt(0));
        json.writeString(half ? "\\u%04x".formatted((int) text.charAt(0)) : text);
    }

    private static final class Values implements JsonTarget<KryoValue> {
        @Override
        public KryoValue list(List<KryoValue> elements) {
            return new KryoValue.Listing(elements);
        }

        @Override
        public KryoValue object(List<String> names, List<KryoValue> values) {
            Map<String, KryoValue> members = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                members.put(names.get(i), values.get(i));
            }
            List<KryoValue.Entry> entries = new ArrayList<>(members.size());
            members.forEach((name, value) ->
                    entries.add(new KryoValue.Entry(new KryoValue.Text(name), value)));
            return new KryoValue.Mapping(entries);
        }

        @Override
        public KryoValue text(String value) {
            return new KryoValue.Text(value);
        }

        @Override
        public KryoValue integer(long value) {
            return new KryoValue.Whole(value, Width.LONG);
        }

        @Override
        public KryoValue real(double value) {
            return new KryoValue.Real(value, false);
        }

        @Override
        public KryoValue bool(boolean value) {
            return new KryoValue.Bool(value);
        }

        @Override
        public KryoValue nothing() {
            return KryoValue.NULL;
        }
    }
}
