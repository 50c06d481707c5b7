package io.github.shmlens.cli;

import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.FtokDoubt;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Everything known about one segment. Facts and attachments are read before the look at its
/// format, so that they show the world without us.
@Command(
        name = "info",
        sortOptions = false,
        description = "Shows everything known about one segment.")
@Examples({
    "shmlens info 987654",
    "shmlens info ftok:/etc/hosts:t  # by the key that a program makes of this file",
    "shmlens info id:3 --json"
})
final class InfoCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    InfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        Session.Found found = session.found(target);
        SegmentFacts facts = session.source().facts(found.id());
        Attachments attachments = session.source().attachments(found.id());
        Rights rights = session.source().rights(facts);
        @Nullable String format = rights.read() ? Formats.of(session.source(), facts) : null;
        FtokDoubt.about(found.resolution().target(), facts, session.source().self())
                .map(FtokDoubt::sentence)
                .ifPresent(session.console()::note);
        SegmentRow row = new SegmentRow(facts, format);
        if (json) {
            print(found, row, rights, attachments);
        } else {
            show(row, rights, attachments);
        }
        return ExitCode.DONE;
    }

    private void print(
            Session.Found found, SegmentRow row, Rights rights, Attachments attachments) {
        Json.print(
                session.console(),
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("target", found.target());
                    SegmentRow.TABLE.columns().forEach(column -> column.value().accept(out, row));
                    out.writeStringProperty("creator", row.facts().creator().name());
                    out.writeName("rights");
                    out.writeStartObject();
                    out.writeBooleanProperty("read", rights.read());
                    out.writeBooleanProperty("write", rights.write());
                    out.writeBooleanProperty("remove", rights.remove());
                    out.writeEndObject();
                    out.writeName("attachments");
                    Attached.TABLE.write(out, attachments.seen());
                    out.writeNumberProperty("hiddenProcesses", attachments.hiddenProcesses());
                    out.writeEndObject();
                });
    }

    private void show(SegmentRow row, Rights rights, Attachments attachments) {
        Console console = session.console();
        SegmentFacts facts = row.facts();
        List<List<String>> pairs = new ArrayList<>();
        pairs.add(List.of("target", session.name(facts.id())));
        SegmentKey key = facts.key();
        if (key != null) {
            pairs.add(List.of("key", words(key)));
        }
        for (Column<SegmentRow> column : SegmentRow.TABLE.columns()) {
            if (!column.header().isEmpty() && !column.header().equals("KEY")) {
                pairs.add(List.of(word(column), words(column, row)));
            }
        }
        pairs.add(List.of("creator", facts.creator().name()));
        pairs.add(List.of("mode", facts.mode().letters()));
        pairs.add(List.of("we may", words(rights)));
        pairs.add(List.of("in use", Attached.clause(attachments, facts.nattch())));
        for (List<String> pair : pairs) {
            console.line("%-10s %s".formatted(pair.getFirst(), Printable.line(pair.getLast())));
        }
        if (!attachments.seen().isEmpty()) {
            console.line("");
            Attached.TABLE.lines(attachments.seen(), console.width()).forEach(console::line);
        }
        if (attachments.hiddenProcesses() > 0) {
            console.line(
                    "(%s)"
                            .formatted(
                                    Counted.of(
                                            attachments.hiddenProcesses(),
                                            "process does not let us see what it maps",
                                            "processes do not let us see what they map")));
        }
    }

    private static String word(Column<SegmentRow> column) {
        return column.header().toLowerCase(Locale.ROOT);
    }

    /// The column's cell, with the unit that a heading stands for in a table.
    private static String words(Column<SegmentRow> column, SegmentRow row) {
        String cell = column.cell().apply(row);
        return column.json().endsWith("Bytes") && !cell.equals("-")
                ? Counted.bytes(Long.parseLong(cell))
                : cell;
    }

    /// In hex as tables have it, and as PHP scripts and C programs may have it.
    private static String words(SegmentKey key) {
        String signed = Integer.toString(key.value());
        return key.unsigned().equals(signed)
                ? "%s, decimal %s".formatted(key.hex(), signed)
                : "%s, decimal %s, signed %s".formatted(key.hex(), key.unsigned(), signed);
    }

    private static String words(Rights rights) {
        List<String> words = new ArrayList<>();
        if (rights.read()) {
            words.add("read");
        }
        if (rights.write()) {
            words.add("write");
        }
        if (rights.remove()) {
            words.add("remove");
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }
}
