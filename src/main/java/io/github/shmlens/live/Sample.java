package io.github.shmlens.live;

import io.github.shmlens.layout.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One look at a segment. Immutable; made on the sampler's thread, handed to any.
///
/// @param number counts from 1 for each sampler
/// @param atNanos [System#nanoTime] when it was complete
/// @param sizeBytes of the segment at that time (objects can grow and shrink)
/// @param window the visible stretch
/// @param structure the newest whole structure; null when no shape recognises the segment. When
///   `state` is BUSY it is the last whole one, and older than this sample
/// @param structureCopy the bytes the structure was walked over, from the segment's start; empty
///   when there is none
/// @param structureAtNanos when that structure was whole
/// @param tracks entries that are there, in the structure's order
/// @param removed entries seen to go, newest first; bounded
/// @param counters totals
/// @param overview the whole segment at a glance; a few times a second a new one
public record Sample(
        long number,
        long atNanos,
        long sizeBytes,
        Window window,
        State state,
        @Nullable Structure structure,
        byte[] structureCopy,
        long structureAtNanos,
        List<PartTrack> tracks,
        List<PartTrack> removed,
        Counters counters,
        Overview overview) {

    public enum State {
        /// No shape recognises the segment.
        PLAIN,
        /// Two reads agreed and the structure is sound.
        WHOLE,
        /// Two reads agreed, again and again, and the structure is damaged: this is how it lies in
        /// memory, not a writer caught half-way.
        DAMAGED,
        /// Could not be caught between two writes this time.
        BUSY
    }

    /// @param rateHz samples a second, measured over the last second or so
    /// @param changesPerSecond bytes seen to change, over the last second or so
    /// @param tornSamples samples whose two reads differed, so far
    /// @param samples so far
    /// @param sweepNanos how long one look at the whole segment takes at the present budget
    /// @param watchedBytes how much of the segment is watched for changes (the shadow is capped)
    /// @param skippedBytes how much of that was not resident at the last sweep
    public record Counters(
            double rateHz,
            double changesPerSecond,
            long tornSamples,
            long samples,
            long sweepNanos,
            long watchedBytes,
            long skippedBytes) {}
}
