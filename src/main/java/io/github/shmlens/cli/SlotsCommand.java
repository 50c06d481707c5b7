package io.github.shmlens.cli;

import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreHeader;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// The table of a store's slots.
@Command(
        name = "slots",
        sortOptions = false,
        description = "Shows the slots of a PHP store, with what is wrong with it.")
final class SlotsCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--watch", description = "Show the slots again four times a second.")
    boolean watch;

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
            for (int look = 0; look < (watch ? Frames.ELSEWHERE : 1); look++) {
                if (look > 0) {
                    console.pause().await(EVERY);
                }
                SegmentFacts facts = session.source().facts(found.id());
                StoreReading reading = Store.read(session, found);
                Json.print(console, out -> write(out, found, facts, reading));
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
        StoreReading reading = Store.read(session, found);
        List<String> lines = new ArrayList<>();
        StoreHeader header = reading.header();
        lines.add(
                header == null || !reading.isStore()
                        ? "%s  no PHP store, %d bytes"
                                .formatted(session.name(found.id()), facts.sizeBytes())
                        : "%s  %s, %d bytes, %d free, %d slots"
                                .formatted(
                                        session.name(found.id()),
                                        Store.kind(reading),
                                        facts.sizeBytes(),
                                        header.free(),
                                        reading.slots().size()));
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
        return lines;
    }

    private static void write(
            JsonGenerator json, Session.Found found, SegmentFacts facts, StoreReading reading) {
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
        json.writeEndObject();
    }
}
