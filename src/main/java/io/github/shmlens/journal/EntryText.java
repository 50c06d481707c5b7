package io.github.shmlens.journal;

import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.MemberChange;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.segment.Digits;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Entries as people and scripts read them.
public final class EntryText {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private EntryText() {}

    /// What was written where, in one line: `2 bytes at 0x40: 11 22 → a7 22`.
    ///
    /// @param most how many bytes, or characters of a value, are shown of each side
    public static String what(Entry entry, int most) {
        return what(entry, most, Digits.PLAIN);
    }

    /// @param digits how numbers of bytes are written
    public static String what(Entry entry, int most, Digits digits) {
        String what =
                switch (entry.change()) {
                    case Change.Bytes bytes -> what(bytes, most, digits);
                    case Change.Slot(long key, byte[] old, byte[] next) ->
                            slot(key, old, next, most);
                    case Change.Properties(Ownership old, Ownership next) -> what(old, next);
                    case Change.Locked(boolean locked) ->
                            locked ? "locked in memory" : "no longer locked in memory";
                    case Change.Created(long sizeBytes, Mode mode) ->
                            "made: %s, mode %s".formatted(digits.bytes(sizeBytes), mode.octal());
                    case Change.Removed removed -> what(removed, digits);
                    case Change.NotKept notKept ->
                            entry.broken() && notKept.why() != Change.Why.NEVER_ENDED
                                    ? "broken off: " + what(notKept, digits)
                                    : what(notKept, digits);
                };
        return entry.of() == 0
                ? what
                : "%s of %d: %s".formatted(entry.reason().word(), entry.of(), what);
    }

    /// What taking the entry back did, in the direction in which it was done: `2 bytes at 0x40: a7
    /// 22 → 11 22`.
    ///
    /// @param most as above
    public static String takenBack(Entry entry, int most, Digits digits) {
        return switch (entry.change()) {
            case Change.Bytes bytes ->
                    what(
                            new Change.Bytes(
                                    bytes.runs().stream()
                                            .map(run ->
                                                    new Change.Run(
                                                            run.offset(), run.next(), run.old()))
                                            .toList()),
                            most,
                            digits);
            case Change.Slot(long key, byte[] old, byte[] next) -> slot(key, next, old, most);
            case Change.Properties(Ownership old, Ownership next) -> what(next, old);
            case Change.Locked(boolean locked) ->
                    locked ? "no longer locked in memory" : "locked in memory again";
            case Change.Created _, Change.Removed _, Change.NotKept _ -> what(entry, most, digits);
        };
    }

    /// Where members of an array were changed, those: `slot 2, limit: 10 → 20`.
    private static String slot(long key, byte @Nullable [] old, byte @Nullable [] next, int most) {
        return MemberChange.between(old, next)
                .map(member -> "slot %d, %s".formatted(key, member.text(most)))
                .orElseGet(() ->
                        "slot %d: %s → %s".formatted(key, value(old, most), value(next, most)));
    }

    private static String what(Change.Bytes bytes, int most, Digits digits) {
        if (bytes.runs().isEmpty()) {
            return "no bytes";
        }
        Change.Run run = bytes.runs().getFirst();
        String sides = hex(run.old(), most) + " → " + hex(run.next(), most);
        return bytes.runs().size() == 1
                ? "%s at 0x%x: %s".formatted(digits.bytes(run.length()), run.offset(), sides)
                : "%s in %s places, first at 0x%x: %s"
                        .formatted(
                                digits.bytes(bytes.lengthBytes()),
                                digits.of(bytes.runs().size()),
                                run.offset(),
                                sides);
    }

    /// Only what differs: `mode 0666 → 0640, owner root → www-data`.
    private static String what(Ownership old, Ownership next) {
        List<String> parts = new ArrayList<>();
        if (!old.mode().equals(next.mode())) {
            parts.add("mode %s → %s".formatted(old.mode().octal(), next.mode().octal()));
        }
        if (old.owner().id() != next.owner().id()) {
            parts.add("owner %s → %s".formatted(old.owner().name(), next.owner().name()));
        }
        if (old.group().id() != next.group().id()) {
            parts.add("group %s → %s".formatted(old.group().name(), next.group().name()));
        }
        return String.join(", ", parts);
    }

    private static String what(Change.Removed removed, Digits digits) {
        String attached =
                switch ((int) Math.min(removed.attached(), 2)) {
                    case -1 -> "";
                    case 0 -> ", attached nowhere";
                    case 1 -> ", attached once";
                    default -> ", attached %d times".formatted(removed.attached());
                };
        return "removed for good: %s, mode %s%s"
                .formatted(digits.bytes(removed.sizeBytes()), removed.mode().octal(), attached);
    }

    private static String what(Change.NotKept notKept, Digits digits) {
        return switch (notKept.why()) {
            case TOO_LARGE ->
                    "%s from 0x%x on, too large to undo"
                            .formatted(digits.bytes(notKept.lengthBytes()), notKept.offset());
            case WIPED ->
                    "%s from 0x%x on, wiped for good"
                            .formatted(digits.bytes(notKept.lengthBytes()), notKept.offset());
            case LARGE_SLOT ->
                    "slot %d, a value of %s, too large to undo"
                            .formatted(notKept.offset(), digits.bytes(notKept.lengthBytes()));
            case NEVER_ENDED -> "begun and never ended: what was written is not known";
        };
    }

    private static String hex(byte[] bytes, int most) {
        return bytes.length <= most ? HEX.formatHex(bytes) : HEX.formatHex(bytes, 0, most) + " …";
    }

    /// What a slot holds, as [#what(Entry, int)] shows it; `none` where there is no slot.
    ///
    /// @param most how many characters of a value, or bytes of one that cannot be read, are shown
    public static String value(byte @Nullable [] payload, int most) {
        if (payload == null) {
            return "none";
        }
        return switch (PhpDecoder.decode(payload)) {
            case Decoded.Value decoded -> PhpText.oneLine(decoded.value(), most);
            case Decoded.Unreadable _ -> hex(payload, most);
        };
    }

    /// One word for how an entry stands: `done`, `undone`, `broken-off`, `not-kept`.
    public static String state(Entry entry, History history) {
        if (history.undone(entry)) {
            return "undone";
        }
        if (!entry.reversible() && !(entry.change() instanceof Change.Created)) {
            return "not-kept";
        }
        return entry.broken() ? "broken-off" : "done";
    }

    /// One line of a readable export.
    public static String line(Entry entry, History history, int most) {
        return "%d  %s  %s %d  %s  %s%s  %s  [%s]"
                .formatted(
                        entry.number(),
                        entry.time(),
                        entry.by(),
                        entry.pid(),
                        entry.reason().word(),
                        entry.segment(),
                        entry.key() == null ? "" : " (" + entry.key() + ")",
                        what(entry, most),
                        state(entry, history));
    }

    /// One JSON object: the number first, then all that is kept of it.
    public static void write(JsonGenerator json, Entry entry, History history) {
        json.writeStartObject();
        json.writeNumberProperty("entry", entry.number());
        JournalLine.writeHead(json, entry);
        JournalLine.writeChange(json, entry.change());
        json.writeStringProperty("state", state(entry, history));
        json.writeEndObject();
    }

    /// All of them, one JSON object a line.
    public static String jsonLines(List<Entry> entries, History history) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json =
                    JournalLine.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
                write(json, entry, history);
            }
            lines.append(text).append('\n');
        }
        return lines.toString();
    }
}
