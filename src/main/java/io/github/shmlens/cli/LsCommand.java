package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists segments. Attaches to none unless asked for formats.
@Command(
        name = "ls",
        sortOptions = false,
        description = "Lists the segments of this host, without attaching to any.")
@Examples({
    "shmlens ls --sort size --reverse      # the largest first",
    "shmlens ls --orphans --older-than 2d  # what nobody seems to need any more",
    "shmlens ls --posix --json"
})
final class LsCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--posix", description = "Also list POSIX shared memory objects.")
    boolean posix;

    @Option(
            names = "--format",
            description =
                    "Also say what lies in each: attaches for a moment, which changes lpid and times.")
    boolean format;

    @Option(names = "--orphans", description = "Only those nobody uses and whose creator is dead.")
    boolean orphans;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Only those not attached, detached or changed for so long: 90s, 15m, 2d.")
    @Nullable String olderThan;

    @Option(
            names = "--owner",
            paramLabel = "USER",
            description = "Only those of this user, by name or number.")
    @Nullable String owner;

    @Option(
            names = "--larger-than",
            paramLabel = "SIZE",
            description = "Only those of more bytes: 10000, 64K, 1M.")
    @Nullable String largerThan;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            description = "Order by a column, named by its heading or JSON name; by id otherwise.")
    @Nullable String sort;

    @Option(names = "--reverse", description = "The other way round.")
    boolean reverse;

    @Option(names = "--watch", description = "Show the list again every second.")
    boolean watch;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal, InterruptedException {
        Filter filter = filter();
        Console console = session.console();
        if (json) {
            for (int look = 0; look == 0 || watch; look++) {
                if (look > 0) {
                    console.pause().await(Duration.ofSeconds(1));
                }
                List<SegmentRow> rows = rows(filter);
                Json.print(
                        console,
                        out -> {
                            out.writeStartObject();
                            out.writeName("segments");
                            SegmentRow.TABLE.write(out, rows);
                            out.writeEndObject();
                        });
            }
        } else if (watch) {
            Frames.show(console, Duration.ofSeconds(1), width -> lines(filter, width));
        } else {
            lines(filter, console.width()).forEach(console::line);
        }
        return ExitCode.DONE;
    }

    private List<String> lines(Filter filter, int width) throws ShmException {
        Table<SegmentRow> table = format ? SegmentRow.TABLE : SegmentRow.TABLE_WITHOUT_FORMAT;
        return table.lines(rows(filter), width);
    }

    private List<SegmentRow> rows(Filter filter) throws ShmException {
        List<SegmentFacts> all = new ArrayList<>(session.source().segments());
        if (posix) {
            all.addAll(session.source().objects());
        }
        List<SegmentRow> rows = new ArrayList<>();
        for (SegmentFacts facts : all) {
            if (filter.lets(new SegmentRow(facts, null))) {
                rows.add(
                        new SegmentRow(facts, format ? Formats.of(session.source(), facts) : null));
            }
        }
        if (filter.order() != null) {
            rows.sort(filter.order());
        }
        return reverse ? rows.reversed() : rows;
    }

    private Filter filter() throws BadInput {
        Comparator<SegmentRow> order = null;
        if (sort != null) {
            String wanted = sort;
            order =
                    SegmentRow.TABLE
                            .named(wanted)
                            .orElseThrow(() ->
                                    new BadInput(
                                            "there is no column \"%s\" to sort by: %s"
                                                    .formatted(
                                                            wanted,
                                                            String.join(
                                                                    ", ",
                                                                    SegmentRow.TABLE
                                                                            .columns()
                                                                            .stream()
                                                                            .map(Column::json)
                                                                            .toList()))))
                            .order();
        }
        Instant before =
                olderThan == null
                        ? null
                        : session.console()
                                .clock()
                                .instant()
                                .minus(Quantity.time("age", olderThan));
        long above = largerThan == null ? -1 : Quantity.size("size", largerThan, 0);
        return new Filter(orphans, before, owner, above, order);
    }

    private record Filter(
            boolean orphans,
            @Nullable Instant before,
            @Nullable String owner,
            long above,
            @Nullable Comparator<SegmentRow> order) {

        boolean lets(SegmentRow row) {
            SegmentFacts facts = row.facts();
            Instant lastUse = facts.lastUse();
            return (!orphans || facts.status().contains(SegmentStatus.ORPHAN))
                    && (before == null || (lastUse != null && lastUse.isBefore(before)))
                    && (owner == null
                            || owner.equals(facts.owner().name())
                            || owner.equals(Integer.toString(facts.owner().id())))
                    && facts.sizeBytes() > above;
        }
    }
}
