package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Removes one segment, in the order that loses nothing: look again, save, wipe, remove. Blocks;
/// never on the FX thread.
///
/// @param seen what the user was shown when deciding
/// @param image where to save the bytes first; null for not at all
/// @param wipe whether to write zeros over the bytes first
public record Removal(SegmentId id, Witness seen, @Nullable Path image, boolean wipe) {

    private static final Texts TEXTS = Texts.of(Removal.class);

    private static final int CHUNK_BYTES = 1 << 20;

    /// What came of it.
    public sealed interface Outcome {

        /// The segment does not exist any more.
        record Destroyed(@Nullable Path image) implements Outcome {}

        /// Marked, or without a name: it lives on until the last holder lets go.
        record Marked(Witness now, @Nullable Path image) implements Outcome {}

        /// Who holds on has changed since the user looked; nothing was done.
        record Changed(Witness now) implements Outcome {}

        /// It was stopped; the segment is still there.
        ///
        /// @param wipedBytes so many from the first on are zeros by now
        record GivenUp(long wipedBytes, @Nullable Path image) implements Outcome {}

        /// It did not go as asked; the segment is still there.
        ///
        /// @param step what was being done: "saving the image"
        /// @param image the image that was written before that; null when none was
        record Stopped(String step, Exception why, @Nullable Path image, boolean wiped)
                implements Outcome {}
    }

    public Outcome carryOut(SegmentSource source) {
        return carryOut(source, () -> false);
    }

    /// The same, and can be stopped before it is removed.
    ///
    /// @param stop asked now and then
    public Outcome carryOut(SegmentSource source, BooleanSupplier stop) {
        Path saved = null;
        boolean wiped = false;
        long zeros = 0;
        String step = TEXTS.say("step.looking");
        try {
            Witness now = Witness.look(source, id);
            if (!now.sameHolders(seen)) {
                return new Outcome.Changed(now);
            }
            if (image != null) {
                step = TEXTS.say("step.saving");
                if (!SegmentImage.save(source, now.facts(), image, stop)) {
                    return new Outcome.GivenUp(0, null);
                }
                saved = image;
            }
            if (wipe) {
                step = TEXTS.say("step.wiping");
                zeros = wipe(source, now.facts(), stop);
                wiped = true;
            }
            if (stop.getAsBoolean()) {
                return new Outcome.GivenUp(zeros, saved);
            }
            step = TEXTS.say("step.removing");
            source.remove(id);
        } catch (ShmException | IOException refused) {
            return new Outcome.Stopped(step, refused, saved, wiped);
        }
        try {
            return new Outcome.Marked(Witness.look(source, id), saved);
        } catch (ShmException gone) {
            if (gone.failure() instanceof ShmFailure.Gone
                    || gone.failure() instanceof ShmFailure.NotFound) {
                return new Outcome.Destroyed(saved);
            }
            return new Outcome.Stopped(TEXTS.say("step.looking-after"), gone, saved, wiped);
        }
    }

    /// @return how many bytes, from the first on, are zeros then
    private long wipe(SegmentSource source, SegmentFacts facts, BooleanSupplier stop)
            throws ShmException {
        try (AttachedSegment segment = source.attach(id, Access.READ_WRITE)) {
            long size = segment.sizeBytes();
            byte[] seenBytes = new byte[CHUNK_BYTES];
            byte[] zeros = new byte[CHUNK_BYTES];
            try (Act act = segment.begin(new Deed.Wipe())) {
                for (long at = 0; at < size; at += CHUNK_BYTES) {
                    if (stop.getAsBoolean()) {
                        return at;
                    }
                    int length = (int) Math.min(CHUNK_BYTES, size - at);
                    boolean[] resident = segment.readResident(at, seenBytes, 0, length);
                    if (!SegmentImage.absentMeansZero(facts) || !SegmentImage.none(resident)) {
                        segment.write(at, zeros, 0, length);
                    }
                }
                act.done();
            }
            return size;
        }
    }
}
