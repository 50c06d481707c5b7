package io.github.shmlens.cli;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// One segment as `ls` and `info` show it.
///
/// @param format what a shape recognised; null when none did, or when nobody was asked
record SegmentRow(SegmentFacts facts, @Nullable String format) {

    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private static final Column<SegmentRow> KEY =
            Column.<SegmentRow>text("KEY", "key", SegmentRow::keyOrName)
                    .sortedBy(
                            Comparator.comparingLong(SegmentRow::unsignedKey)
                                    .thenComparing(row -> row.id().text()))
                    .writtenAs(SegmentRow::writeKey);

    private static final Column<SegmentRow> SHMID =
            Column.count("SHMID", "shmid", SegmentRow::shmid);

    static final Table<SegmentRow> TABLE =
            new Table<>(
                    List.of(
                            Column.text("", "kind", SegmentRow::kind),
                            KEY,
                            Column.text("", "keyHex", SegmentRow::keyHex),
                            SHMID,
                            Column.text("OWNER", "owner", row -> row.facts().owner().name()),
                            Column.number("", "uid", row -> row.facts().owner().id()),
                            Column.<SegmentRow>text(
                                            "GROUP", "group", row -> row.facts().group().name())
                                    .ranked(9),
                            Column.text("PERMS", "perms", row -> row.facts().mode().octal()),
                            Column.number("SIZE", "sizeBytes", row -> row.facts().sizeBytes()),
                            Column.<SegmentRow>count(
                                            "RSS", "rssBytes", row -> row.facts().rssBytes())
                                    .ranked(4),
                            Column.<SegmentRow>count(
                                            "SWAP", "swapBytes", row -> row.facts().swapBytes())
                                    .ranked(7),
                            Column.count("NATTCH", "nattch", row -> row.facts().nattch()),
                            Column.<SegmentRow>count("CPID", "cpid", row -> row.facts().cpid())
                                    .ranked(2),
                            Column.<SegmentRow>count("LPID", "lpid", row -> row.facts().lpid())
                                    .ranked(3),
                            Column.<SegmentRow>text("STATUS", "status", SegmentRow::words)
                                    .writtenAs(SegmentRow::writeStatus),
                            time("ATTACHED", "attachTime", row -> row.facts().attachTime())
                                    .ranked(6),
                            time("DETACHED", "detachTime", row -> row.facts().detachTime())
                                    .ranked(8),
                            time("CHANGED", "changeTime", row -> row.facts().changeTime())
                                    .ranked(5),
                            Column.<SegmentRow>text("FORMAT", "format", SegmentRow::format)));

    /// Without the column that only `--format` fills.
    static final Table<SegmentRow> TABLE_WITHOUT_FORMAT =
            new Table<>(
                    TABLE.columns().stream()
                            .map(column -> column.json().equals("format") ? hidden(column) : column)
                            .toList());

    SegmentId id() {
        return facts.id();
    }

    private static Column<SegmentRow> hidden(Column<SegmentRow> column) {
        return Column.text("", column.json(), SegmentRow::format);
    }

    private static Column<SegmentRow> time(
            String header, String json, Function<SegmentRow, @Nullable Instant> of) {
        return new Column<>(
                header,
                json,
                false,
                0,
                row -> {
                    Instant time = of.apply(row);
                    return time == null ? "-" : LOCAL_TIME.format(time);
                },
                Comparator.comparing(row -> {
                    Instant time = of.apply(row);
                    return time == null ? Instant.MIN : time;
                }),
                (out, row) -> Json.time(out, json, of.apply(row)));
    }

    private String kind() {
        return switch (facts.id()) {
            case SegmentId.Sysv _ -> "sysv";
            case SegmentId.Posix _ -> "posix";
            case SegmentId.File _ -> "file";
        };
    }

    private String keyOrName() {
        SegmentKey key = facts.key();
        return key != null
                ? key.hex()
                : switch (facts.id()) {
                    case SegmentId.Posix posix -> posix.name();
                    case SegmentId.File file -> file.path().toString();
                    case SegmentId.Sysv sysv -> sysv.text();
                };
    }

    private @Nullable String keyHex() {
        SegmentKey key = facts.key();
        return key == null ? null : key.hex();
    }

    private long unsignedKey() {
        SegmentKey key = facts.key();
        return key == null ? Long.MAX_VALUE : Integer.toUnsignedLong(key.value());
    }

    private long shmid() {
        return facts.id() instanceof SegmentId.Sysv sysv ? sysv.shmid() : -1;
    }

    private List<String> statusWords() {
        List<String> words = new ArrayList<>();
        for (SegmentStatus status : SegmentStatus.values()) {
            if (facts.status().contains(status)) {
                words.add(status.word());
            }
        }
        return words;
    }

    private String words() {
        return String.join(",", statusWords());
    }

    private static void writeKey(JsonGenerator json, SegmentRow row) {
        SegmentKey key = row.facts().key();
        if (key == null) {
            json.writeNullProperty("key");
            Json.text(json, "name", row.keyOrName());
        } else {
            json.writeNumberProperty("key", key.value());
        }
    }

    private static void writeStatus(JsonGenerator json, SegmentRow row) {
        json.writeName("status");
        json.writeStartArray();
        row.statusWords().forEach(json::writeString);
        json.writeEndArray();
    }
}
