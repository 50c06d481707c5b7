package io.github.shmlens.journal;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Slot;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SegmentSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes one change back, or makes it again: bytes by compare-and-set against what the change left,
/// a slot by its value, because its bytes may lie elsewhere by now, owner, group and mode where
/// they are those that the change left. Never over what somebody else did since.
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

        /// Owner, group or mode are not those that the change left. Nothing was changed.
        ///
        /// @param left what the change left, and what it did not touch as it is now
        record PropertiesMoved(Ownership left, Ownership actual, Ownership wanted)
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

    /// Whether it is about the segment itself and none of its bytes, so that it takes no attach.
    public boolean ofItself() {
        return entry.change().ofItself();
    }

    /// As the other, for what is [#ofItself]. What the kernel tells is compared before, not in the
    /// same step: it offers none that does both.
    public Outcome carryOut(SegmentSource source, SegmentId id) throws ShmException {
        return carryOut(source, id, null);
    }

    /// As the other, for what is [#ofItself].
    public Outcome carryOutOver(SegmentSource source, SegmentId id, Outcome moved)
            throws ShmException {
        return carryOut(source, id, moved);
    }

    private Outcome carryOut(SegmentSource source, SegmentId id, @Nullable Outcome moved)
            throws ShmException {
        if (!whyNever(entry.change()).isEmpty()) {
            return new Outcome.Refused(whyNever(entry.change()));
        }
        if (!entry.identity().equals(source.identity(id))) {
            return earlierSegment(id);
        }
        return switch (entry.change()) {
            case Change.Properties properties -> properties(source, id, properties, moved);
            case Change.Locked locked -> locked(source, id, locked);
            case Change.Created _,
                    Change.Removed _,
                    Change.Bytes _,
                    Change.Slot _,
                    Change.NotKept _ ->
                    throw new IllegalStateException("not of the segment itself: " + entry);
        };
    }

    private static Outcome earlierSegment(SegmentId id) {
        return new Outcome.Refused(
                "the change was made in an earlier segment, not in the %s that is there now"
                        .formatted(id.text()));
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
            return earlierSegment(segment.id());
        }
        return switch (entry.change()) {
            case Change.Bytes bytes -> bytes(segment, bytes, moved);
            case Change.Slot slot -> slot(segment, slot, moved);
            case Change.NotKept _ -> new Outcome.Refused(whyNever(entry.change()));
            case Change.Properties _, Change.Locked _, Change.Created _, Change.Removed _ ->
                    throw new IllegalStateException("of the segment itself: " + entry);
        };
    }

    /// Why a change cannot be taken back by anybody, as a clause; empty where it can.
    public static String whyNever(Change change) {
        return switch (change) {
            case Change.Bytes _, Change.Slot _, Change.Properties _, Change.Locked _ -> "";
            case Change.Created _ ->
                    "others may use the segment by now: removing it is a step of its own";
            case Change.Removed _ ->
                    "a removed segment does not come back, and what it held was not kept";
            case Change.NotKept notKept -> why(notKept.why());
        };
    }

    private static String why(Change.Why why) {
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

    private Outcome properties(
            SegmentSource source, SegmentId id, Change.Properties change, @Nullable Outcome moved)
            throws ShmException {
        Ownership was = again ? change.old() : change.next();
        Ownership back = again ? change.next() : change.old();
        Ownership actual = Ownership.of(source.facts(id));
        // What the change did not touch is nobody's business here, and stays as it is.
        boolean owner = was.owner().id() != back.owner().id();
        boolean group = was.group().id() != back.group().id();
        boolean mode = !was.mode().equals(back.mode());
        Ownership left = part(actual, was, owner, group, mode);
        Ownership wanted = part(actual, back, owner, group, mode);
        Ownership expected = moved instanceof Outcome.PropertiesMoved seen ? seen.actual() : left;
        if (!actual.isSame(expected)) {
            return new Outcome.PropertiesMoved(left, actual, wanted);
        }
        try (Act act = source.begin(new Deed.Back(entry.number(), again, true))) {
            source.change(id, wanted);
            act.done();
        }
        return new Outcome.Done();
    }

    private static Ownership part(
            Ownership rest, Ownership of, boolean owner, boolean group, boolean mode) {
        return new Ownership(
                owner ? of.owner() : rest.owner(),
                group ? of.group() : rest.group(),
                mode ? of.mode() : rest.mode());
    }

    private Outcome locked(SegmentSource source, SegmentId id, Change.Locked change)
            throws ShmException {
        boolean wanted = change.locked() == again;
        if (!(id instanceof SegmentId.Sysv sysv)) {
            return new Outcome.Refused("only System V segments are locked in memory");
        }
        if (source.facts(id).status().contains(SegmentStatus.LOCKED) == wanted) {
            return new Outcome.Refused(
                    wanted
                            ? "somebody locked it in memory since"
                            : "it is no longer locked in memory");
        }
        try (Act act = source.begin(new Deed.Back(entry.number(), again, true))) {
            source.lockInMemory(sysv, wanted);
            act.done();
        }
        return new Outcome.Done();
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
