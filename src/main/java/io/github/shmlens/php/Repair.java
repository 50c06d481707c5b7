package io.github.shmlens.php;

import java.util.List;

/// What can be put right in a damaged store without guessing. Pure; [StoreCare] carries it out.
///
/// A field is put right only when something else in the bytes says what it must be: free is what is
/// left between end and total; total is never more than the segment; start is always 40; a slot's
/// stride follows from its length, and its length from the value's own end; end is where the chain
/// lands, if that is where free says too. Where nothing vouches for the rest of a chain it is cut
/// behind the last sound slot, and what lay behind is lost. Values are never touched.
public sealed interface Repair {

    /// As many lost slots are named.
    int MOST_NAMED = 100;

    /// There is nothing to put right; what is wrong, if anything, PHP can live with.
    record NotNeeded() implements Repair {}

    /// It cannot be put right without guessing.
    ///
    /// @param why a clause
    record Impossible(String why) implements Repair {}

    /// What would be written.
    ///
    /// @param before the header that the plan was made for
    /// @param after the header as it will be
    /// @param changes the words to write, in the order they are written
    /// @param keptSlots how many slots the store has then
    /// @param lost slots that scripts find now and will not find then; at most [#MOST_NAMED]
    /// @param lostSlots how many those are in all
    /// @param cutBytes how many bytes of the chain become free room
    record Plan(
            StoreHeader before,
            StoreHeader after,
            List<Change> changes,
            long keptSlots,
            List<LostSlot> lost,
            long lostSlots,
            long cutBytes)
            implements Repair {

        public Plan {
            changes = List.copyOf(changes);
            lost = List.copyOf(lost);
        }
    }

    /// One word that is put right.
    ///
    /// @param offset from the segment's start
    /// @param field `end`, `stride of slot 3`
    /// @param why a clause: what says so
    record Change(long offset, String field, long before, long after, String why) {

        /// One clause: `end at 16 from 5000 to 296: the chain ends there`.
        public String line() {
            return "%s at %d from %d to %d: %s".formatted(field, offset, before, after, why);
        }
    }

    /// A slot that will not be found any more.
    record LostSlot(long key, long offset) {}

    /// Plans for a reading.
    ///
    /// @param reading of at least [RepairPlanner#evidenceBytes] bytes; with fewer, a plan may lose
    ///   slots that a better one would keep
    static Repair of(StoreReading reading) {
        if (!reading.isStore()) {
            return new Impossible(firstMessage(reading));
        }
        if (!reading.words().writable()) {
            return reading.structuralProblems().isEmpty()
                    ? new NotNeeded()
                    : new Impossible(reading.words().whyReadOnly());
        }
        if (reading.torn() != null) {
            return new Impossible("a writer is at work: no look at the store was whole");
        }
        StoreHeader header = reading.header();
        return header == null
                ? new Impossible(firstMessage(reading))
                : new RepairPlanner(reading, header).plan();
    }

    private static String firstMessage(StoreReading reading) {
        List<Problem> problems = reading.structuralProblems();
        return problems.isEmpty()
                ? "its numbers cannot be read here"
                : problems.getFirst().message();
    }
}
