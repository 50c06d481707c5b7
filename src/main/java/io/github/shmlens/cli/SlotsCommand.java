package io.github.shmlens.cli;

import io.github.shmlens.php.Ghosts;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.php.StoreHeader;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// The table of a store's slots.
@Command(
        name = "slots",
        sortOptions = false,
        description = {
            "Shows the slots of a PHP store, with what is wrong with it.",
            "Exit 0 also where something is wrong or there is no store at all: it says so. "
                    + "\"shmlens check\" exits 1 then."
        })
@Examples({
    "shmlens slots 987654",
    "shmlens slots 987654 --watch",
    "shmlens slots 987654 --ghosts  # and what was removed and still lies there"
})
final class SlotsCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--watch", description = "Show the slots again four times a second.")
    boolean watch;

    @Option(
            names = "--ghosts",
            description = "Also show slots that are gone and whose bytes still lie in free room.")
    boolean ghosts;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    SlotsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal, InterruptedException {
        Console console = session.console();
        Session.Found found = session.found(target);
        if (json) {
            for (int look = 0; look == 0 || watch; look++) {
                if (look > 0) {
                    console.pause().await(EVERY);
                }
                SegmentFacts facts = session.source().facts(found.id());
                Seen seen = look(found);
                Json.print(console, out -> write(out, found, facts, seen));
            }
        } else if (watch) {
            Frames.show(console, EVERY, width -> lines(found, width));
        } else {
            lines(found, console.width()).forEach(console::line);
        }
        return ExitCode.DONE;
    }

    private List<String> lines(Session.Found found, int width) throws ShmException {
        SegmentFacts facts = session.source().facts(found.id());
        Seen seen = look(found);
        StoreReading reading = seen.reading();
        List<String> lines = new ArrayList<>();
        StoreHeader header = reading.header();
        lines.add(
                header == null || !reading.isStore()
                        ? "%s  no PHP store, %s"
                                .formatted(
                                        session.name(found.id()), Counted.bytes(facts.sizeBytes()))
                        : "%s  %s, %s, %d free, %s"
                                .formatted(
                                        session.name(found.id()),
                                        Store.kind(reading),
                                        Counted.bytes(facts.sizeBytes()),
                                        header.free(),
                                        Counted.of(reading.slots().size(), "slot")));
        if (reading.isStore()) {
            // PHP moves a slot to the end whenever it is written: by key, rows stay where they are.
            List<Slot> slots =
                    watch
                            ? reading.slots().stream()
                                    .sorted(Comparator.comparingLong(Slot::key))
                                    .toList()
                            : reading.slots();
            lines.addAll(SlotRow.TABLE.lines(slots, width));
        }
        for (Problem problem : reading.problems()) {
            lines.add(Findings.line(problem));
        }
        if (!reading.isStore()) {
            lines.add("→ \"shmlens hex %s\" shows its bytes".formatted(found.target()));
        }
        if (seen.ghosts() != null) {
            lines.addAll(ghostLines(seen.ghosts(), width, found.target()));
        } else if (ghosts) {
            lines.add("");
            lines.add("ghosts cannot be looked for: where the free room begins is not known");
        }
        return lines;
    }

    private static List<String> ghostLines(Ghosts ghosts, int width, String target) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "%s in the free room from %d to %d%s%s"
                        .formatted(
                                Counted.of(ghosts.count(), "ghost"),
                                ghosts.from(),
                                ghosts.to(),
                                ghosts.count() > ghosts.found().size()
                                        ? ", the first %d of them:".formatted(ghosts.found().size())
                                        : "",
                                ghosts.whole() ? "" : " (not all of it was looked through)"));
        if (!ghosts.found().isEmpty()) {
            lines.addAll(SlotRow.GHOSTS.lines(ghosts.found(), width));
            lines.add("→ \"shmlens wipe %s\" writes zeros over them".formatted(target));
        }
        return lines;
    }

    /// @param ghosts null when they were not asked for or cannot be found
    private record Seen(StoreReading reading, @Nullable Ghosts ghosts) {}

    private Seen look(Session.Found found) throws ShmException {
        if (!ghosts) {
            return new Seen(Store.read(session, found), null);
        }
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            try {
                Ghosts all = new StoreCare(session.source(), segment).ghosts();
                return new Seen(all.reading(), all);
            } catch (NotAStore refused) {
                return new Seen(new PhpStore(segment).read(), null);
            }
        }
    }

    private void write(JsonGenerator json, Session.Found found, SegmentFacts facts, Seen seen) {
        StoreReading reading = seen.reading();
        json.writeStartObject();
        json.writeStringProperty("target", found.target());
        SegmentKey key = facts.key();
        if (key == null) {
            json.writeNullProperty("key");
        } else {
            json.writeNumberProperty("key", key.value());
        }
        Json.count(json, "shmid", facts.id() instanceof SegmentId.Sysv sysv ? sysv.shmid() : -1);
        json.writeNumberProperty("sizeBytes", facts.sizeBytes());
        Store.writeFormat(json, reading);
        json.writeName("header");
        StoreHeader header = reading.header();
        if (header == null || !reading.isStore()) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringProperty("magic", header.magic());
            json.writeNumberProperty("start", header.start());
            json.writeNumberProperty("end", header.end());
            json.writeNumberProperty("free", header.free());
            json.writeNumberProperty("total", header.total());
            json.writeEndObject();
        }
        Findings.write(json, reading.problems());
        json.writeName("slots");
        SlotRow.TABLE.write(json, reading.isStore() ? reading.slots() : List.of());
        if (ghosts) {
            Ghosts all = seen.ghosts();
            json.writeName("ghosts");
            SlotRow.GHOSTS.write(json, all == null ? List.of() : all.found());
            Json.count(json, "ghostCount", all == null ? -1 : all.count());
        }
        json.writeEndObject();
    }
}
