package io.github.shmlens.live;

import io.github.shmlens.layout.Part;

/// What sampling saw of one entry (of a store: one slot), known by its key and never by its offset.
/// Counts and times are what was seen, not history: changes between two samples count as one.
///
/// @param part the entry as it is now; for a removed one, as it was last
/// @param last what happened last
/// @param changes how many samples saw its content differ from the sample before
/// @param changedAtNanos [System#nanoTime] of the sample that saw `last`; the first sample's for
///   entries that were there from the beginning
public record PartTrack(Part part, Change last, long changes, long changedAtNanos) {

    public enum Change {
        /// There since the first sample, and unchanged.
        PRESENT,
        ADDED,
        /// Other content (it may have moved too).
        CHANGED,
        /// Same content at another offset.
        MOVED,
        /// No longer there.
        REMOVED
    }

    public long key() {
        return part.key();
    }
}
