package io.github.shmlens.journal;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.source.Reason;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// A line of the journal's file: one JSON object. The highest entry's number so far is its last
/// member, so that the end of a file tells it.
///
/// An entry is written before the bytes are; how it ended follows in a line of its own where it is
/// not as the entry says.
sealed interface JournalLine {

    /// A change is about to be made.
    ///
    /// @param change null while it is not known what will be written
    record Begun(Entry head, @Nullable Change change) implements JournalLine {}

    /// Of a change begun before: only so many bytes were written.
    record Cut(long number, long of, long writtenBytes) implements JournalLine {}

    /// Of a change begun before: this is what was written.
    record Ended(long number, long of, Change change, boolean broken) implements JournalLine {}

    /// Of a change begun before: it broke off.
    record Broken(long number, long of) implements JournalLine {}

    /// More than any line of ours can have.
    int MOST_CHARS = 4 * Change.MOST_KEPT_BYTES;

    /// No journal ever gets that far.
    long MOST_NUMBER = 1_000_000_000_000_000L;

    int MOST_RUNS = 100_000;

    JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxStringLength(MOST_CHARS)
                                    .build())
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build();

    /// This line, without a line end.
    default String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            switch (this) {
                case Begun(Entry head, Change change) -> {
                    writeHead(json, head);
                    if (change == null) {
                        json.writeStringProperty("change", "begun");
                    } else {
                        writeChange(json, change);
                    }
                    json.writeNumberProperty("entry", head.number());
                }
                case Cut(long number, long of, long writtenBytes) -> {
                    json.writeStringProperty("outcome", "cut");
                    json.writeNumberProperty("ends", of);
                    json.writeNumberProperty("writtenBytes", writtenBytes);
                    json.writeNumberProperty("entry", number);
                }
                case Ended(long number, long of, Change change, boolean broken) -> {
                    json.writeStringProperty("outcome", broken ? "broken" : "done");
                    json.writeNumberProperty("ends", of);
                    writeChange(json, change);
                    json.writeNumberProperty("entry", number);
                }
                case Broken(long number, long of) -> {
                    json.writeStringProperty("outcome", "broken");
                    json.writeNumberProperty("ends", of);
                    json.writeNumberProperty("entry", number);
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /// Everything about an entry but its change and number.
    static void writeHead(JsonGenerator json, Entry head) {
        json.writeStringProperty("time", head.time().toString());
        json.writeStringProperty("by", head.by());
        json.writeNumberProperty("pid", head.pid());
        json.writeStringProperty("reason", head.reason().word());
        if (head.of() != 0) {
            json.writeNumberProperty("of", head.of());
        }
        json.writeStringProperty("segment", head.segment());
        json.writeName("key");
        if (head.key() == null) {
            json.writeNull();
        } else {
            json.writeString(head.key());
        }
        json.writeStringProperty("identity", head.identity());
    }

    static void writeChange(JsonGenerator json, Change change) {
        switch (change) {
            case Change.Bytes(List<Change.Run> runs) -> {
                json.writeStringProperty("change", "bytes");
                json.writeName("runs");
                json.writeStartArray();
                for (Change.Run run : runs) {
                    json.writeStartObject();
                    json.writeNumberProperty("offset", run.offset());
                    writeHex(json, "old", run.old());
                    writeHex(json, "new", run.next());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case Change.Slot(long key, byte[] old, byte[] next) -> {
                json.writeStringProperty("change", "slot");
                json.writeNumberProperty("slot", key);
                writeHex(json, "old", old);
                writeHex(json, "new", next);
            }
            case Change.Properties(Ownership old, Ownership next) -> {
                json.writeStringProperty("change", "properties");
                writeOwnership(json, "old", old);
                writeOwnership(json, "new", next);
            }
            case Change.Locked(boolean locked) -> {
                json.writeStringProperty("change", "lock");
                json.writeBooleanProperty("old", !locked);
                json.writeBooleanProperty("new", locked);
            }
            case Change.Created(long sizeBytes, Mode mode) -> {
                json.writeStringProperty("change", "created");
                json.writeNumberProperty("sizeBytes", sizeBytes);
                json.writeStringProperty("mode", mode.octal());
            }
            case Change.Removed(long sizeBytes, Mode mode, long attached) -> {
                json.writeStringProperty("change", "removed");
                json.writeNumberProperty("sizeBytes", sizeBytes);
                json.writeStringProperty("mode", mode.octal());
                json.writeNumberProperty("attached", attached);
            }
            case Change.NotKept(long offset, long lengthBytes, Change.Why why) -> {
                json.writeStringProperty("change", "not-kept");
                json.writeStringProperty("why", why.word());
                json.writeNumberProperty("offset", offset);
                json.writeNumberProperty("lengthBytes", lengthBytes);
            }
        }
    }

    private static void writeOwnership(JsonGenerator json, String name, Ownership ownership) {
        json.writeName(name);
        json.writeStartObject();
        json.writeNumberProperty("uid", ownership.owner().id());
        json.writeStringProperty("owner", ownership.owner().name());
        json.writeNumberProperty("gid", ownership.group().id());
        json.writeStringProperty("group", ownership.group().name());
        json.writeStringProperty("mode", ownership.mode().octal());
        json.writeEndObject();
    }

    private static void writeHex(JsonGenerator json, String name, byte @Nullable [] bytes) {
        json.writeName(name);
        if (bytes == null) {
            json.writeNull();
        } else {
            json.writeString(HexFormat.of().formatHex(bytes));
        }
    }

    /// Reads a line; null when it is none: torn, damaged, or of another program.
    static @Nullable JournalLine parse(String line) {
        if (line.length() > MOST_CHARS) {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Members members = new Members(object(parser));
            return parser.nextToken() == null ? members.line() : null;
        } catch (JacksonException | IllegalArgumentException | DateTimeException damaged) {
            return null;
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (list.size() == MOST_RUNS) {
                        throw new IllegalArgumentException("too many");
                    }
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> null;
        };
    }

    /// The members of one object, each checked when it is asked for.
    record Members(Map<String, @Nullable Object> all) {

        JournalLine line() {
            long number = number("entry", 1, MOST_NUMBER);
            Object outcome = all.get("outcome");
            if (outcome == null) {
                return begun(number);
            }
            long of = number("ends", 1, number);
            return switch (text("outcome")) {
                case "cut" -> new Cut(number, of, number("writtenBytes", 0, Long.MAX_VALUE));
                case "done" -> new Ended(number, of, change(), false);
                case "broken" ->
                        all.containsKey("change")
                                ? new Ended(number, of, change(), true)
                                : new Broken(number, of);
                default -> throw wrong("outcome");
            };
        }

        private Begun begun(long number) {
            boolean open = text("change").equals("begun");
            Change change = open ? null : change();
            Entry head =
                    new Entry(
                            number,
                            Instant.parse(text("time")),
                            text("by"),
                            number("pid", 0, Long.MAX_VALUE),
                            Reason.named(text("reason")).orElseThrow(() -> wrong("reason")),
                            all.containsKey("of") ? number("of", 1, number - 1) : 0,
                            text("segment"),
                            all.get("key") == null ? null : text("key"),
                            text("identity"),
                            change == null
                                    ? new Change.NotKept(0, -1, Change.Why.NEVER_ENDED)
                                    : change,
                            false);
            return new Begun(head, change);
        }

        private Change change() {
            return switch (text("change")) {
                case "bytes" -> bytes();
                case "slot" ->
                        new Change.Slot(
                                number("slot", Long.MIN_VALUE, Long.MAX_VALUE),
                                hex("old"),
                                hex("new"));
                case "properties" -> new Change.Properties(ownership("old"), ownership("new"));
                case "lock" -> new Change.Locked(flag("new"));
                case "created" ->
                        new Change.Created(number("sizeBytes", 0, Long.MAX_VALUE), mode());
                case "removed" ->
                        new Change.Removed(
                                number("sizeBytes", 0, Long.MAX_VALUE),
                                mode(),
                                number("attached", -1, Long.MAX_VALUE));
                case "not-kept" ->
                        new Change.NotKept(
                                number("offset", Long.MIN_VALUE, Long.MAX_VALUE),
                                number("lengthBytes", -1, Long.MAX_VALUE),
                                why());
                default -> throw wrong("change");
            };
        }

        private Change.Why why() {
            String word = text("why");
            for (Change.Why why : Change.Why.values()) {
                if (why.word().equals(word)) {
                    return why;
                }
            }
            throw wrong("why");
        }

        private Change.Bytes bytes() {
            if (!(all.get("runs") instanceof List<?> list)) {
                throw wrong("runs");
            }
            List<Change.Run> runs = new ArrayList<>();
            for (Object one : list) {
                Members members = within(one, "runs");
                byte[] old = members.hex("old");
                byte[] next = members.hex("new");
                long offset = members.number("offset", 0, Long.MAX_VALUE);
                if (old == null || next == null || offset > Long.MAX_VALUE - old.length) {
                    throw wrong("runs");
                }
                runs.add(new Change.Run(offset, old, next));
            }
            return new Change.Bytes(runs);
        }

        private static Members within(@Nullable Object one, String name) {
            if (!(one instanceof Map<?, ?> map)) {
                throw wrong(name);
            }
            Map<String, @Nullable Object> members = new HashMap<>();
            map.forEach((member, value) -> members.put(String.valueOf(member), value));
            return new Members(members);
        }

        private Ownership ownership(String name) {
            Members members = within(all.get(name), name);
            return new Ownership(
                    members.principal("uid", "owner"),
                    members.principal("gid", "group"),
                    members.mode());
        }

        /// Numbers above 2³¹ are negative ints, as the kernel's own are here.
        private Principal principal(String id, String name) {
            return new Principal(
                    (int) number(id, Integer.MIN_VALUE, Integer.MAX_VALUE), text(name));
        }

        private Mode mode() {
            try {
                return Mode.parse(text("mode"));
            } catch (BadInput damaged) {
                throw wrong("mode");
            }
        }

        private boolean flag(String name) {
            if (all.get(name) instanceof Boolean flag) {
                return flag;
            }
            throw wrong(name);
        }

        private String text(String name) {
            if (all.get(name) instanceof String text) {
                return text;
            }
            throw wrong(name);
        }

        private long number(String name, long least, long most) {
            if (all.get(name) instanceof Long number && number >= least && number <= most) {
                return number;
            }
            throw wrong(name);
        }

        private byte @Nullable [] hex(String name) {
            return all.get(name) == null ? null : HexFormat.of().parseHex(text(name));
        }

        private static IllegalArgumentException wrong(String name) {
            return new IllegalArgumentException(name);
        }
    }
}
