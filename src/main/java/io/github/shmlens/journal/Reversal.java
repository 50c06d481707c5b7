package io.github.shmlens.journal;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Slot;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Replaced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes one change back, or makes it again: bytes by compare-and-set against what the change left,
/// a slot by its value, because its bytes may lie elsewhere by now. Never over what somebody else
/// wrote since.
///
/// Blocking; under the semaphore, if any, that the caller holds.
public final class Reversal {

    /// How it ended.
    public sealed interface Outcome {

        record Done() implements Outcome {}

        /// The bytes are not those that the change left. Nothing was written.
        ///
        /// @param offset of `left`, `actual` and `wanted`, which are equally long
        /// @param left what the change left there
        record BytesMoved(long offset, byte[] left, byte[] actual, byte[] wanted)
                implements Outcome {}

        /// The slot does not hold what the change left. Nothing was written.
        ///
        /// @param wanted null to remove it
        record SlotMoved(
                long key,
                byte @Nullable [] left,
                byte @Nullable [] actual,
                byte @Nullable [] wanted)
                implements Outcome {}

        /// It cannot be done.
        ///
        /// @param why a clause
        record Refused(String why) implements Outcome {}
    }

    /// More runs than this are not compared with each other beforehand.
    private static final int MOST_COMPARED = 1000;

    private final Entry entry;
    private final boolean again;

    /// @param again true to make it again, false to take it back
    public Reversal(Entry entry, boolean again) {
        this.entry = entry;
        this.again = again;
    }

    public Entry entry() {
        return entry;
    }

    public boolean again() {
        return again;
    }

    /// Whether it is about one place, so that it can be decided over what somebody else wrote
    /// there.
    public boolean single() {
        return !(entry.change() instanceof Change.Bytes bytes) || bytes.runs().size() == 1;
    }

    /// Does it, where everything still is as the change left it.
    public Outcome carryOut(AttachedSegment segment) throws ShmException, NotAStore {
        return carryOut(segment, null);
    }

    /// Does it over what somebody else wrote, which the user has seen, and only over that.
    ///
    /// @param moved the refusal that showed it
    public Outcome carryOutOver(AttachedSegment segment, Outcome moved)
            throws ShmException, NotAStore {
        return carryOut(segment, moved);
    }

    private Outcome carryOut(AttachedSegment segment, @Nullable Outcome moved)
            throws ShmException, NotAStore {
        if (!entry.identity().equals(segment.identity())) {
            return new Outcome.Refused(
                    "the change was made in an earlier segment, not in the %s that is there now"
                            .formatted(segment.id().text()));
        }
        return switch (entry.change()) {
            case Change.Bytes bytes -> bytes(segment, bytes, moved);
            case Change.Slot slot -> slot(segment, slot, moved);
            case Change.NotKept notKept -> new Outcome.Refused(why(notKept.why()));
        };
    }

    /// Why there is nothing to put back, as a clause.
    public static String why(Change.Why why) {
        return switch (why) {
            case TOO_LARGE -> "it is too large to undo: what was there before was not kept";
            case LARGE_SLOT -> "the value is too large to undo: it was not kept";
            case WIPED -> "wiping is for good: what was there before was not kept";
            case NEVER_ENDED ->
                    "the program ended in the middle of it, and what it had written is not known";
        };
    }

    private Outcome bytes(AttachedSegment segment, Change.Bytes bytes, @Nullable Outcome moved)
            throws ShmException {
        List<Change.Run> steps = new ArrayList<>();
        for (Change.Run run : again ? bytes.runs() : bytes.runs().reversed()) {
            steps.add(again ? run : new Change.Run(run.offset(), run.next(), run.old()));
        }
        if (moved instanceof Outcome.BytesMoved seen && steps.size() == 1) {
            Change.Run only = steps.getFirst();
            steps.set(0, new Change.Run(only.offset(), seen.actual(), only.next()));
        }
        if (beyondEnd(segment, steps)) {
            return new Outcome.Refused("the segment ends before its bytes by now");
        }
        // Of several, none is touched unless all are as they were left, as far as runs do not lie
        // over one another.
        if (steps.size() > 1) {
            for (Change.Run step : steps) {
                if (!overlapsAnother(step, steps)
                        && !segment.holds(step.offset(), step.old(), 0, step.length())) {
                    return moved(segment, step);
                }
            }
        }
        try (Act act = segment.begin(new Deed.Back(entry.number(), again, steps.size() > 1))) {
            for (Change.Run step : steps) {
                Replaced outcome = segment.replace(step.offset(), step.old(), step.next());
                if (outcome instanceof Replaced.MovedOn now) {
                    return new Outcome.BytesMoved(
                            step.offset(), step.old(), now.actual(), step.next());
                }
            }
            act.done();
        }
        return new Outcome.Done();
    }

    private static boolean beyondEnd(AttachedSegment segment, List<Change.Run> steps)
            throws ShmException {
        long size = segment.sizeBytes();
        return steps.stream().anyMatch(step -> step.length() > size - step.offset());
    }

    private static boolean overlapsAnother(Change.Run run, List<Change.Run> all) {
        return all.size() > MOST_COMPARED
                || all.stream()
                        .anyMatch(other ->
                                other != run
                                        && run.offset() < other.offset() + other.length()
                                        && other.offset() < run.offset() + run.length());
    }

    private static Outcome moved(AttachedSegment segment, Change.Run step) throws ShmException {
        byte[] actual = new byte[step.length()];
        segment.read(step.offset(), actual, 0, actual.length);
        return new Outcome.BytesMoved(step.offset(), step.old(), actual, step.next());
    }

    private Outcome slot(AttachedSegment segment, Change.Slot slot, @Nullable Outcome moved)
            throws ShmException, NotAStore {
        byte[] left = again ? slot.old() : slot.next();
        byte[] wanted = again ? slot.next() : slot.old();
        byte[] there = moved instanceof Outcome.SlotMoved seen ? seen.actual() : left;
        PhpStore store = new PhpStore(segment);
        try (Act act = segment.begin(new Deed.Back(entry.number(), again, false))) {
            if (wanted != null) {
                store.putIf(slot.key(), there, wanted);
            } else if (there != null) {
                store.unsetIf(slot.key(), there);
            }
            act.done();
            return new Outcome.Done();
        } catch (ShmException refused) {
            if (!(refused.failure() instanceof ShmFailure.Moved)) {
                throw refused;
            }
            byte[] actual = store.read().slot(slot.key()).map(Slot::payload).orElse(null);
            if (Arrays.equals(actual, there)) {
                // A writer was at work all the time: it is not this slot that moved.
                throw refused;
            }
            return new Outcome.SlotMoved(slot.key(), left, actual, wanted);
        }
    }
}
