package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.SegmentSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Removes one segment that was seen to be nobody's, if it still is: looks again, saves, and looks
/// again before the very removal. Blocks; never on the FX thread.
///
/// @param seen what the user was shown when deciding
/// @param image where to save the bytes first; null for not at all
record OrphanRemoval(SegmentFacts seen, @Nullable Path image) {

    /// What came of it.
    sealed interface Outcome {

        /// It and its bytes are gone.
        record Removed(@Nullable Path image) implements Outcome {}

        /// Somebody attached in the very moment: it is marked and goes when they let go.
        record Marked(@Nullable Path image) implements Outcome {}

        /// Somebody is attached now; nothing was done.
        record InUse(long nattch) implements Outcome {}

        /// Somebody used or changed it since, or it is another one; nothing was done.
        record UsedSince() implements Outcome {}

        /// It was gone already.
        record GoneAlready() implements Outcome {}

        /// It did not go as asked; the segment is still there.
        record Stopped(Exception why, @Nullable Path image) implements Outcome {}
    }

    Outcome carryOut(SegmentSource source) {
        Path saved = null;
        try {
            Witness last = Witness.look(source, seen.id());
            if (last.held()) {
                return new Outcome.InUse(last.facts().nattch());
            }
            if (!isUntouched(last.facts())) {
                return new Outcome.UsedSince();
            }
            if (image != null) {
                SegmentImage.save(source, last.facts(), image);
                saved = image;
                // Saving takes time, and our own attach has changed pid and times.
                last = Witness.look(source, seen.id());
                if (last.held()) {
                    return new Outcome.InUse(last.facts().nattch());
                }
            }
            return of(new Removal(seen.id(), last, null, false).carryOut(source), saved);
        } catch (ShmException | IOException refused) {
            return refused instanceof ShmException shm && shm.failure() instanceof ShmFailure.Gone
                    ? new Outcome.GoneAlready()
                    : new Outcome.Stopped(refused, saved);
        }
    }

    /// The same segment, and nobody has touched it since, not even for a moment.
    private boolean isUntouched(SegmentFacts now) {
        return Objects.equals(now.key(), seen.key())
                && now.sizeBytes() == seen.sizeBytes()
                && now.creator().equals(seen.creator())
                && now.cpid() == seen.cpid()
                && now.lpid() == seen.lpid()
                && Objects.equals(now.attachTime(), seen.attachTime())
                && Objects.equals(now.detachTime(), seen.detachTime())
                && Objects.equals(now.changeTime(), seen.changeTime());
    }

    private static Outcome of(Removal.Outcome outcome, @Nullable Path saved) {
        return switch (outcome) {
            case Removal.Outcome.Destroyed _ -> new Outcome.Removed(saved);
            case Removal.Outcome.Marked _ -> new Outcome.Marked(saved);
            case Removal.Outcome.Changed(Witness now) -> new Outcome.InUse(now.facts().nattch());
            // Nobody stops a removal that neither saves nor wipes.
            case Removal.Outcome.GivenUp _ -> new Outcome.UsedSince();
            case Removal.Outcome.Stopped stopped -> new Outcome.Stopped(stopped.why(), saved);
        };
    }
}
