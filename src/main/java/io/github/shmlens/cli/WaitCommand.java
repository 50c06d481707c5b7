package io.github.shmlens.cli;

import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Waits until a slot is there, or has a value. The segment itself need not be there yet.
@Command(
        name = "wait",
        sortOptions = false,
        description = {
            "Waits until a slot is there, or has a value.",
            "Prints nothing. The segment need not be there yet. Without --as, VALUE "
                    + "is a scalar as get prints it."
        })
@Examples({
    "shmlens wait 987654 1 --timeout 30s  # exit 4 when the time runs out",
    "shmlens wait 987654 4 done"
})
final class WaitCommand implements Callable<Integer> {

    /// Longest text of a number.
    private static final int SCALAR_CHARS = 64;

    /// From one look to the next, at least: what a store of ordinary size costs is nothing then.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /// Looking takes at most a quarter of one core.
    private static final int SHARE = 4;

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's number.")
    String slot = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "The value to wait for; - reads it from standard input.")
    @Nullable String value;

    @Mixin ValueType type = new ValueType();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up, with exit 4, after so long; waits for ever otherwise.")
    @Nullable String timeout;

    WaitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal, InterruptedException {
        long number = Store.slotNumber(slot);
        Target wanted = Target.parse(target);
        Duration limit = timeout == null ? null : Quantity.time("timeout", timeout);
        Condition condition = condition();
        long begun = System.nanoTime();
        try (Attachment attachment = new Attachment(wanted)) {
            while (true) {
                long lookBegun = System.nanoTime();
                Optional<Slot> now = attachment.slot(number);
                if (now.isPresent() && condition.holds(now.get())) {
                    return ExitCode.DONE;
                }
                long lookEnded = System.nanoTime();
                Duration pause = pause(Duration.ofNanos(lookEnded - lookBegun));
                if (limit != null) {
                    Duration left = limit.minusNanos(lookEnded - begun);
                    if (left.isNegative() || left.isZero()) {
                        throw timedOut(number, attachment);
                    }
                    pause = pause.compareTo(left) < 0 ? pause : left;
                }
                session.console().pause().await(pause);
            }
        }
    }

    private static Duration pause(Duration look) {
        Duration rest = look.multipliedBy(SHARE - 1);
        Duration least = rest.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : rest;
        return least.compareTo(LONGEST_PAUSE) < 0 ? least : LONGEST_PAUSE;
    }

    private Refusal timedOut(long number, Attachment attachment) {
        String seen = attachment.lastSeen == null ? "it was never there" : attachment.lastSeen;
        return new Refusal(
                ExitCode.TIMED_OUT,
                "slot %d of %s did not come to be so within %s s: %s"
                        .formatted(number, target, String.valueOf(timeout).strip(), seen));
    }

    /// What a slot must be like.
    private interface Condition {
        boolean holds(Slot slot);
    }

    private Condition condition() throws BadInput, Refusal {
        if (!type.given(value)) {
            return _ -> true;
        }
        if (type.typed()) {
            byte[] payload = type.payload(value, session.console());
            return slot -> Arrays.equals(slot.payload(), payload);
        }
        byte[] text = type.text(value, session.console());
        return slot -> {
            PhpValue held = SlotRow.value(slot);
            return held != null && Arrays.equals(asPrinted(held), text);
        };
    }

    /// A scalar's bytes as `get` prints them; null for what is none.
    private static byte @Nullable [] asPrinted(PhpValue value) {
        return switch (value) {
            case PhpValue.Str string -> string.bytes();
            case PhpValue.Null _, PhpValue.Bool _, PhpValue.Int _, PhpValue.Float _ ->
                    PhpText.oneLine(value, SCALAR_CHARS).getBytes(StandardCharsets.UTF_8);
            case PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    null;
        };
    }

    /// Keeps the segment attached from one look to the next, and follows the target when it comes
    /// to stand for another one.
    private final class Attachment implements AutoCloseable {
        private final Target target;
        private @Nullable AttachedSegment segment;
        private @Nullable String lastSeen;

        private Attachment(Target target) {
            this.target = target;
        }

        /// The slot as a whole copy of the store has it; empty while there is no store, no such
        /// slot, or no whole copy.
        Optional<Slot> slot(long number) throws ShmException, BadInput {
            SegmentId id = session.resolved(target).id();
            if (id == null) {
                close();
                if (target instanceof Target.Id) {
                    // Ids are never given out again.
                    throw new ShmException(new ShmFailure.NotFound(target.text(), "ENOENT"));
                }
                lastSeen = "there is no such segment";
                return Optional.empty();
            }
            try {
                StoreReading reading = new PhpStore(attached(id)).read();
                lastSeen =
                        !reading.isStore()
                                ? "there is no PHP store in it"
                                : reading.torn() != null
                                        ? "it is being written all the time"
                                        : reading.slot(number).isEmpty()
                                                ? "there is no such slot"
                                                : "it holds "
                                                        + SlotRow.oneLine(
                                                                reading.slot(number).get());
                return reading.isStore() && reading.torn() == null
                        ? reading.slot(number)
                        : Optional.empty();
            } catch (ShmException refused) {
                if (refused.failure() instanceof ShmFailure.Gone) {
                    close();
                    return Optional.empty();
                }
                throw refused;
            }
        }

        private AttachedSegment attached(SegmentId id) throws ShmException {
            AttachedSegment held = segment;
            if (held != null && held.id().equals(id)) {
                return held;
            }
            close();
            AttachedSegment fresh = session.source().attach(id, Access.READ_ONLY);
            segment = fresh;
            return fresh;
        }

        @Override
        public void close() {
            AttachedSegment held = segment;
            segment = null;
            if (held != null) {
                held.close();
            }
        }
    }
}
