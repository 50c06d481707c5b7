package io.github.shmlens.cli;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.History;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Resolution;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What this user's windows and commands wrote.
@Command(
        name = "journal",
        sortOptions = false,
        description = {
            "Lists what this program wrote into segments.",
            "Oldest first: when, where, what was there and what was written; and "
                    + "which segments it made, removed or gave another owner or mode. \"shmlens "
                    + "undo ENTRY\" takes one back."
        })
@Examples({
    "shmlens journal           # the latest entries of all segments",
    "shmlens journal 987654"
})
final class JournalCommand implements Callable<Integer> {

    private static final int SHOWN = 12;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "Only what was written to this segment, and to earlier ones of its key.")
    @Nullable String target;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, the newest; 0 for all (default: 50).")
    String last = "50";

    @Option(names = "--json", description = "Print everything that is kept as JSON.")
    boolean json;

    JournalCommand(Session session) {
        this.session = session;
    }

    /// An entry, and how it stands.
    private record Row(Entry entry, History history) {}

    private static final Table<Row> TABLE =
            new Table<>(
                    List.of(
                            Column.number("ENTRY", "entry", row -> row.entry().number()),
                            Column.<Row>text("TIME", "time", JournalCommand::time).ranked(2),
                            Column.<Row>text("BY", "by", row -> row.entry().by()).ranked(3),
                            Column.text("SEGMENT", "segment", JournalCommand::segment),
                            Column.text("REASON", "reason", row -> row.entry().reason().word()),
                            Column.text(
                                    "STATE",
                                    "state",
                                    row -> EntryText.state(row.entry(), row.history())),
                            Column.text(
                                    "WHAT", "what", row -> EntryText.what(row.entry(), SHOWN))));

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        long most = Numbers.parse("count", last, 0, Integer.MAX_VALUE);
        Predicate<Entry> meant = target == null ? _ -> true : about(session.resolved(target));
        Journal.Reading reading = reading(session);
        History history = History.ofAll(reading.entries());
        List<Entry> all = reading.entries().stream().filter(meant).toList();
        List<Entry> shown =
                most == 0 || all.size() <= most
                        ? all
                        : all.subList((int) (all.size() - most), all.size());
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeName("entries");
                        out.writeStartArray();
                        shown.forEach(entry -> EntryText.write(out, entry, history));
                        out.writeEndArray();
                        out.writeNumberProperty("left", all.size() - shown.size());
                        out.writeNumberProperty("unreadable", reading.unreadable());
                        out.writeEndObject();
                    });
        } else if (shown.isEmpty()) {
            session.console()
                    .note(
                            target == null
                                    ? "the journal has no entries"
                                    : "the journal has no entries about " + target);
        } else {
            TABLE.lines(
                            shown.stream().map(entry -> new Row(entry, history)).toList(),
                            session.console().width())
                    .forEach(session.console()::line);
            if (shown.size() < all.size()) {
                session.console()
                        .note(
                                "%s left out; --last 0 shows all"
                                        .formatted(
                                                Counted.of(
                                                        all.size() - shown.size(),
                                                        "older entry is",
                                                        "older entries are")));
            }
        }
        return ExitCode.DONE;
    }

    /// What is kept, with what cannot be read of it said.
    static Journal.Reading reading(Session session) throws Refusal {
        Journal.Reading reading = session.journal().read();
        if (!reading.problem().isEmpty()) {
            throw new Refusal(
                    ExitCode.NO, "the journal cannot be read: %s".formatted(reading.problem()));
        }
        if (reading.unreadable() > 0) {
            session.console()
                    .note(
                            "the journal %s: %s left out"
                                    .formatted(
                                            session.journal().file(),
                                            Counted.of(
                                                    reading.unreadable(),
                                                    "line cannot be read and is",
                                                    "lines cannot be read and are")));
        }
        return reading;
    }

    private static Predicate<Entry> about(Resolution resolution) {
        SegmentId id = resolution.id();
        SegmentKey key = resolution.key();
        String text = id != null ? id.text() : name(resolution.target());
        return entry ->
                entry.segment().equals(text) || (key != null && key.hex().equals(entry.key()));
    }

    /// What it is called where there is none at the moment.
    private static String name(Target target) {
        return target.text();
    }

    private static String time(Row row) {
        return TIME.format(
                row.entry().time().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
    }

    private static String segment(Row row) {
        Entry entry = row.entry();
        return entry.key() == null ? entry.segment() : entry.key() + " " + entry.segment();
    }
}
