package io.github.shmlens.live;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Sweep;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells each change of one attached segment, for whoever writes down what happened rather than
/// shows how things are: bytes with what they were before, entries by key. It tells what looking
/// saw: what changed twice between two looks changed once.
///
/// Has no thread: each call of [#look] looks once. For one thread at a time.
public final class ChangeFeed implements AutoCloseable {

    /// Bytes that stayed the same between two that changed, at most so many, are told with them: a
    /// number whose middle byte stayed the same is still one change.
    static final int GAP_BYTES = 7;

    /// A longer stretch is told in pieces.
    static final int LONGEST_BYTES = 4096;

    private static final int CHUNK = SweepRounds.CHUNK;

    /// What catching a whole structure may take a part of.
    private static final long FRAME_NANOS = 40_000_000;

    /// What is told.
    public interface Listener {

        /// Bytes differ from those of the look before. Arrays are the receiver's.
        void bytes(long offset, byte[] before, byte[] after);

        /// Something happened to an entry.
        ///
        /// @param structure in which it is, or, when it was removed, from which it is missing; null
        ///   when there is none any more
        void entry(PartTrack track, @Nullable Structure structure);
    }

    private final AttachedSegment segment;
    private final long shadowCapBytes;
    private final Listener listener;
    private final Pace pace;
    private final StructureWatch structure;

    private List<PartTrack> present = List.of();
    private List<PartTrack> removed = List.of();
    private boolean started;
    private @Nullable Sweep sweep;

    /// @param shadowCapBytes how much of the segment, from its start, is compared; the shadow takes
    ///   that much memory off the heap
    public ChangeFeed(
            AttachedSegment segment, List<Shape> shapes, long shadowCapBytes, Listener listener) {
        this(segment, shapes, shadowCapBytes, listener, new Pace.Clock());
    }

    ChangeFeed(
            AttachedSegment segment,
            List<Shape> shapes,
            long shadowCapBytes,
            Listener listener,
            Pace pace) {
        this.segment = segment;
        this.shadowCapBytes = shadowCapBytes;
        this.listener = listener;
        this.pace = pace;
        this.structure = new StructureWatch(segment, List.copyOf(shapes), pace);
    }

    /// Looks at everything once and tells what differs from the look before; the first look tells
    /// nothing.
    public void look() throws ShmException {
        long begun = pace.nanos();
        long size = segment.sizeBytes();
        try {
            sweep(size);
            structure.look(size, FRAME_NANOS);
        } catch (ShmException refused) {
            boolean cutShort = refused.failure() instanceof ShmFailure.Gone && !segment.closed();
            if (!cutShort || segment.sizeBytes() == size) {
                throw refused;
            }
            // An object that shrank under us; the next look begins with its new size.
            dropShadow();
            return;
        }
        tellEntries(begun);
    }

    /// How much of the segment is compared.
    public long coveredBytes() {
        return sweep == null ? 0 : sweep.coveredBytes();
    }

    /// Frees the shadow; does not detach.
    @Override
    public void close() {
        dropShadow();
    }

    private void sweep(long size) throws ShmException {
        Sweep shadow = shadow(size);
        Stretch stretch = new Stretch();
        long covered = shadow.coveredBytes();
        for (long at = 0; at < covered; at += CHUNK) {
            shadow.advance(at, (int) Math.min(CHUNK, covered - at), stretch::add);
        }
        stretch.tell();
    }

    private Sweep shadow(long size) throws ShmException {
        Sweep known = sweep;
        if (known != null) {
            // A shadow that follows the size by itself notices when it is used.
            known.advance(0, 0, (_, _, _, _) -> {});
            if (known.coveredBytes() == Math.min(size, shadowCapBytes)) {
                return known;
            }
            dropShadow();
        }
        Sweep fresh = segment.sweep(shadowCapBytes);
        sweep = fresh;
        return fresh;
    }

    private void dropShadow() {
        Sweep known = sweep;
        sweep = null;
        if (known != null) {
            known.close();
        }
    }

    private void tellEntries(long begun) {
        List<PartTrack> nowPresent = structure.tracks().present();
        List<PartTrack> nowRemoved = structure.tracks().removed();
        if (started && (nowPresent != present || nowRemoved != removed)) {
            Set<PartTrack> told = Collections.newSetFromMap(new IdentityHashMap<>());
            told.addAll(present);
            told.addAll(removed);
            for (List<PartTrack> tracks : List.of(nowRemoved, nowPresent)) {
                for (PartTrack track : tracks) {
                    boolean isNew = track.changedAtNanos() - begun >= 0 && !told.contains(track);
                    if (isNew && track.last() != PartTrack.Change.PRESENT) {
                        listener.entry(track, structure.structure());
                    }
                }
            }
        }
        started = true;
        present = nowPresent;
        removed = nowRemoved;
    }

    /// Joins the blocks that a sweep reports into stretches of bytes that changed.
    private final class Stretch {
        private final byte[] before = new byte[LONGEST_BYTES];
        private final byte[] after = new byte[LONGEST_BYTES];
        private long offset;
        private int length;

        /// Of the bytes collected, those up to here; behind it are some that did not change.
        private int changed;

        private void add(long block, byte[] blockBefore, byte[] blockAfter, int blockLength) {
            for (int i = 0; i < blockLength; i++) {
                long at = block + i;
                boolean differs = blockBefore[i] != blockAfter[i];
                boolean joins =
                        changed > 0 && at == offset + length && length - changed <= GAP_BYTES;
                if (!joins || length == LONGEST_BYTES) {
                    tell();
                    if (!differs) {
                        continue;
                    }
                    offset = at;
                }
                before[length] = blockBefore[i];
                after[length] = blockAfter[i];
                length++;
                if (differs) {
                    changed = length;
                }
            }
        }

        private void tell() {
            if (changed > 0) {
                listener.bytes(
                        offset, Arrays.copyOf(before, changed), Arrays.copyOf(after, changed));
            }
            length = 0;
            changed = 0;
        }
    }
}
