package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.ChangeFeed;
import io.github.shmlens.live.PartTrack;
import io.github.shmlens.live.Sampler;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// Changes as they happen, one line each.
@Command(
        name = "watch",
        sortOptions = false,
        description = {
            "Prints changes as they happen, one line each.",
            "Bytes, and slots of a PHP store; with --struct, the fields of a C "
                    + "structure instead. What changed twice between two looks is printed once. "
                    + "Runs until it is stopped."
        })
@Examples({
    "shmlens watch 987654",
    "shmlens watch 987654 --json",
    "shmlens watch 0x7000 --struct state.h:state"
})
final class WatchCommand implements Callable<Integer> {

    private static final DateTimeFormatter LOCAL_TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    /// From one look to the next, at least.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    /// Looking takes at most a quarter of one core: a large segment is looked at more rarely.
    private static final int SHARE = 4;

    private static final Duration FACTS_EVERY = Duration.ofSeconds(1);

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--seconds", paramLabel = "N", description = "End after so long.")
    @Nullable String seconds;

    @Option(names = "--count", paramLabel = "N", description = "End after so many changes.")
    @Nullable String count;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    boolean json;

    @Mixin StructOptions struct = new StructOptions();

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "With --struct: where the structure begins (default: 0).")
    @Nullable String offset;

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal, InterruptedException {
        Duration limit = seconds == null ? null : Quantity.time("time", seconds);
        long most =
                count == null ? Long.MAX_VALUE : Numbers.parse("count", count, 1, Long.MAX_VALUE);
        StructOptions.Overlay overlay = struct.asked() ? struct.overlay(session, offset) : null;
        if (overlay == null && offset != null) {
            throw new BadInput("--offset goes with --struct: without it everything is watched");
        }
        Session.Found found = session.found(target);
        Printer printer = new Printer(most);
        if (overlay != null) {
            try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
                FieldAt whole = overlay.over(segment.sizeBytes());
                SequenceLock lock = struct.lock(segment, whole);
                FieldFeed fields = new FieldFeed(segment, whole, lock, printer);
                if (fields.coveredEnd() < whole.end()) {
                    session.console()
                            .note(
                                    "%s has %d bytes; changes from offset %d on are not seen"
                                            .formatted(
                                                    overlay.name(),
                                                    whole.sizeBytes(),
                                                    fields.coveredEnd()));
                }
                int code = follow(segment, fields::look, fields::coveredEnd, printer, limit);
                if (lock != null) {
                    StructOptions.tell(session, lock);
                }
                return code;
            }
        }
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY);
                ChangeFeed feed =
                        new ChangeFeed(
                                segment,
                                List.of(new StoreShape()),
                                Sampler.Options.DEFAULT.shadowCapBytes(),
                                printer)) {
            return follow(segment, feed::look, feed::coveredBytes, printer, limit);
        }
    }

    /// One look at everything.
    private interface Look {
        void look() throws ShmException;
    }

    private int follow(
            AttachedSegment segment,
            Look feed,
            LongSupplier coveredEnd,
            Printer printer,
            @Nullable Duration limit)
            throws ShmException, InterruptedException {
        Console console = session.console();
        Life life = new Life(segment.id());
        long begun = System.nanoTime();
        boolean first = true;
        while (true) {
            long lookBegun = System.nanoTime();
            feed.look();
            if (first) {
                sayWhatIsLeftOut(segment, coveredEnd.getAsLong());
                first = false;
            }
            console.flush();
            if (printer.done()) {
                return ExitCode.DONE;
            }
            long now = System.nanoTime();
            if (limit != null && now - begun >= limit.toNanos()) {
                return ExitCode.DONE;
            }
            if (life.isOver(now)) {
                return ExitCode.NO;
            }
            if (console.nobodyReads()) {
                // Where nothing changes nothing is written, and no write says so.
                return ExitCode.NOBODY_READS;
            }
            Duration rest = Duration.ofNanos((now - lookBegun) * (SHARE - 1));
            console.pause().await(rest.compareTo(SHORTEST_PAUSE) > 0 ? rest : SHORTEST_PAUSE);
        }
    }

    private void sayWhatIsLeftOut(AttachedSegment segment, long coveredEnd) throws ShmException {
        long size = segment.sizeBytes();
        if (coveredEnd < size && !struct.asked()) {
            session.console()
                    .note(
                            "%s has %s; changes behind the first %d are not seen"
                                    .formatted(
                                            session.name(segment.id()),
                                            Counted.bytes(size),
                                            coveredEnd));
        }
    }

    /// Prints what it is told, up to a number of lines.
    private final class Printer implements ChangeFeed.Listener, FieldFeed.Listener {
        private long left;

        private Printer(long most) {
            this.left = most;
        }

        boolean done() {
            return left == 0;
        }

        @Override
        public void bytes(long offset, byte[] before, byte[] after) {
            String old = HexFormat.of().formatHex(before);
            String now = HexFormat.of().formatHex(after);
            print(
                    "bytes",
                    "at %d: %s -> %s".formatted(offset, old, now),
                    out -> {
                        out.writeNumberProperty("offset", offset);
                        out.writeStringProperty("old", old);
                        out.writeStringProperty("new", now);
                    });
        }

        @Override
        public void entry(PartTrack track, @Nullable Structure structure) {
            String change = track.last().name().toLowerCase(Locale.ROOT);
            Slot slot =
                    track.last() != PartTrack.Change.REMOVED
                                    && structure instanceof StoreReading reading
                            ? reading.slotBeginningAt(track.part().offset()).orElse(null)
                            : null;
            print(
                    "slot",
                    slot == null
                            ? "%d %s".formatted(track.key(), change)
                            : "%d %s: %s"
                                    .formatted(
                                            track.key(),
                                            change,
                                            Printable.line(SlotRow.oneLine(slot))),
                    out -> {
                        out.writeNumberProperty("key", track.key());
                        out.writeStringProperty("change", change);
                        if (slot == null) {
                            out.writeNullProperty("value");
                        } else {
                            SlotRow.writeValue(out, slot);
                        }
                    });
        }

        @Override
        public void changed(FieldRow before, FieldRow after) {
            print(
                    "field",
                    "%s: %s -> %s"
                            .formatted(
                                    after.field().path(),
                                    Printable.line(before.shown()),
                                    Printable.line(after.shown())),
                    out -> {
                        out.writeStringProperty("field", after.field().path());
                        out.writeNumberProperty("offset", after.field().offset());
                        out.writeName("old");
                        FieldRow.write(out, before.value());
                        out.writeName("new");
                        FieldRow.write(out, after.value());
                    });
        }

        private void print(String kind, String words, Consumer<JsonGenerator> facts) {
            if (left == 0) {
                return;
            }
            left--;
            Console console = session.console();
            Instant time = console.clock().instant();
            if (json) {
                Json.print(
                        console,
                        out -> {
                            out.writeStartObject();
                            Json.time(out, "time", time.truncatedTo(ChronoUnit.MICROS));
                            out.writeStringProperty("kind", kind);
                            facts.accept(out);
                            out.writeEndObject();
                        });
            } else {
                String line = "%s %s %s".formatted(LOCAL_TIME.format(time), kind, words);
                console.line(Table.cut(line, console.width()));
            }
        }
    }

    /// Whether anybody could still change something.
    private final class Life {
        private final SegmentId id;
        private long dueNanos = System.nanoTime();
        private boolean removalSaid;

        private Life(SegmentId id) {
            this.id = id;
        }

        boolean isOver(long now) throws ShmException {
            if (now - dueNanos < 0 || (removalSaid && !(id instanceof SegmentId.Sysv))) {
                return false;
            }
            dueNanos = now + FACTS_EVERY.toNanos();
            try {
                SegmentFacts facts = session.source().facts(id);
                if (!facts.markedForRemoval()) {
                    return false;
                }
                if (facts.nattch() <= 1) {
                    session.console()
                            .note(
                                    "%s was removed and nobody else is attached: nothing changes any more"
                                            .formatted(session.name(id)));
                    return true;
                }
                sayRemoved("was removed; who is attached still shares it");
            } catch (ShmException gone) {
                if (!(gone.failure() instanceof ShmFailure.Gone)
                        && !(gone.failure() instanceof ShmFailure.NotFound)) {
                    throw gone;
                }
                sayRemoved("has lost its name; who has it mapped still shares it");
            }
            return false;
        }

        private void sayRemoved(String what) {
            if (!removalSaid) {
                removalSaid = true;
                session.console().note("%s %s".formatted(session.name(id), what));
            }
        }
    }
}
