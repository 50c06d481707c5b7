package io.github.shmlens.journal;

import io.github.shmlens.source.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One write of ours, or another change of a segment.
///
/// @param number rises from entry to entry, with gaps
/// @param by who wrote: "window", "command line"
/// @param pid its process
/// @param of the entry that an undo or redo is about; 0 for any other
/// @param segment its id as a user would write it: `id:3`
/// @param key the System V key in hex as it was then; null where there was none
/// @param identity tells the segment from any later one with the same id; see
///   [io.github.shmlens.source.AttachedSegment#identity]
/// @param broken whether it ended otherwise than meant, and may have been written only in part
public record Entry(
        long number,
        Instant time,
        String by,
        long pid,
        Reason reason,
        long of,
        String segment,
        @Nullable String key,
        String identity,
        Change change,
        boolean broken) {

    /// Whether it can be taken back, because what was there before is kept.
    public boolean reversible() {
        return switch (change) {
            case Change.Bytes _, Change.Slot _, Change.Properties _, Change.Locked _ -> true;
            case Change.NotKept _, Change.Created _, Change.Removed _ -> false;
        };
    }

    Entry with(Change other) {
        return new Entry(number, time, by, pid, reason, of, segment, key, identity, other, broken);
    }

    Entry brokenOff() {
        return new Entry(number, time, by, pid, reason, of, segment, key, identity, change, true);
    }
}
