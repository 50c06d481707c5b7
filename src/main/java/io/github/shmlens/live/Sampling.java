package io.github.shmlens.live;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Sweep;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The work of a [Sampler], without its thread: one sample after the other. For one thread at a
/// time.
final class Sampling implements AutoCloseable {

    /// An object that grows gets a new shadow, but not at every sample.
    private static final long NEW_SHADOW_NANOS = 2_000_000_000;

    /// Objects can be cut short between two calls.
    private static final int TRIES = 3;

    /// What a sample should look at.
    ///
    /// @param frozen time stands still: only what has come into view is read
    /// @param resetBaseline forget before this sample what has changed
    record Request(
            long viewOffset,
            int viewLength,
            boolean frozen,
            boolean resetBaseline,
            List<OwnWrites.Write> ownWrites) {}

    private final AttachedSegment segment;
    private final long shadowCapBytes;
    private final Pace pace;
    private final Marks marks;
    private final OwnWrites own = new OwnWrites();
    private final WindowWatch window;
    private final StructureWatch structure;
    private final SweepRounds rounds;
    private final Rates rates = new Rates();

    private @Nullable Sweep sweep;
    private long sweepMadeNanos;
    private long number;
    private long tornSamples;
    private long size;

    Sampling(AttachedSegment segment, List<Shape> shapes, Sampler.Options options, Pace pace) {
        this.segment = segment;
        this.shadowCapBytes = options.shadowCapBytes();
        this.pace = pace;
        this.marks = new Marks(shadowCapBytes);
        this.window = new WindowWatch(segment, marks, own);
        this.structure = new StructureWatch(segment, shapes, pace);
        this.rounds = new SweepRounds(marks, own, pace, options.sweepShare());
    }

    /// One look at the segment.
    ///
    /// @param frameNanos from one sample to the next
    Sample take(Request request, long frameNanos) throws ShmException {
        if (request.resetBaseline()) {
            marks.resetBaseline();
            window.marksChanged();
        }
        own.add(request.ownWrites());
        for (int attempt = 1; ; attempt++) {
            size = segment.sizeBytes();
            marks.grains().size(size);
            try {
                look(request, frameNanos);
                break;
            } catch (ShmException refused) {
                if (attempt == TRIES || !wasCutShort(refused.failure())) {
                    throw refused;
                }
            }
        }
        return sample(request);
    }

    /// Whether the newest sample has bytes in view that did not change since the one before.
    boolean still() {
        return window.still();
    }

    /// Whether a sample taken now would see something new in view.
    boolean hasMoved() {
        try {
            return window.hasMoved();
        } catch (ShmException refused) {
            // The segment has become shorter or is gone: the next sample meets that, and tells it.
            return true;
        }
    }

    /// Sweeps what is not in view, for as long as the budget lasts.
    ///
    /// @param urgent whether something waits that cannot wait
    void sweep(BooleanSupplier urgent) throws ShmException {
        try {
            rounds.go(shadow(), window.from(), window.to(), urgent);
        } catch (ShmException refused) {
            if (!wasCutShort(refused.failure())) {
                throw refused;
            }
            dropShadow();
        }
    }

    /// The nearest block that changed.
    ///
    /// @see Marks#find
    long findChange(long block, int step, long sinceNanos) {
        return marks.find(block, step, sinceNanos);
    }

    @Override
    public void close() {
        dropShadow();
        marks.close();
    }

    private void look(Request request, long frameNanos) throws ShmException {
        if (request.frozen()) {
            window.lookFrozen(request.viewOffset(), request.viewLength(), size);
            return;
        }
        Sweep shadow = shadow();
        long now = pace.nanos();
        window.look(request.viewOffset(), request.viewLength(), size, shadow, now);
        for (OwnWrites.Write write : own.writes()) {
            lookFor(write, shadow, now);
        }
        own.sampleTaken(now);
        structure.look(size, frameNanos);
    }

    /// Our own write may lie out of view, where its turn would come late.
    private void lookFor(OwnWrites.Write write, Sweep shadow, long now) throws ShmException {
        long from = Math.max(0, write.offset()) / Marks.BLOCK * Marks.BLOCK;
        long to = Math.min(write.end(), Math.min(size, shadow.coveredBytes()));
        for (long at = from; at < to; at += SweepRounds.CHUNK) {
            int length = (int) Math.min(SweepRounds.CHUNK, to - at);
            rounds.advance(shadow, at, length, window.from(), window.to(), now);
        }
    }

    private Sample sample(Request request) throws ShmException {
        long now = pace.nanos();
        number++;
        if (!request.frozen()) {
            if (window.torn() || structure.torn()) {
                tornSamples++;
            }
            rates.sample(now, window.changedBytes() + rounds.takeChangedBytes());
        }
        long covered = sweep == null ? 0 : sweep.coveredBytes();
        Sample.Counters counters =
                new Sample.Counters(
                        rates.hz(),
                        rates.changesPerSecond(),
                        tornSamples,
                        rates.samples(),
                        rounds.roundNanos(covered, now),
                        covered,
                        rounds.skippedBytes() + window.skippedBytes());
        return new Sample(
                number,
                now,
                size,
                window.window(),
                structure.state(),
                structure.structure(),
                structure.copy(),
                structure.wholeAtNanos(),
                structure.tracks().present(),
                structure.tracks().removed(),
                counters,
                marks.grains().overview(sweep, now));
    }

    /// Whether the segment is still there, with another size.
    private boolean wasCutShort(ShmFailure failure) throws ShmException {
        return failure instanceof ShmFailure.Gone
                && !segment.closed()
                && segment.sizeBytes() != size;
    }

    /// The shadow, a new one when the old does not fit the segment's size any more.
    private Sweep shadow() throws ShmException {
        Sweep known = sweep;
        if (known != null) {
            long wanted = Math.min(size, shadowCapBytes);
            if (known.coveredBytes() != wanted) {
                // One that follows the size by itself notices when it is used.
                known.advance(0, 0, (block, before, after, length) -> {});
            }
            boolean soon = pace.nanos() - sweepMadeNanos < NEW_SHADOW_NANOS;
            long covered = known.coveredBytes();
            if (covered == wanted || (covered < wanted && soon)) {
                return known;
            }
            dropShadow();
        }
        Sweep fresh = segment.sweep(shadowCapBytes);
        sweep = fresh;
        sweepMadeNanos = pace.nanos();
        return fresh;
    }

    private void dropShadow() {
        Sweep known = sweep;
        sweep = null;
        rounds.restart();
        if (known != null) {
            known.close();
        }
    }
}
