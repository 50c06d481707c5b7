package io.github.shmlens.live;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.Sample.State;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the structure a segment holds. A copy is believed only when a second read agreed with it
/// and it is sound. That is not enough: both reads may have met a writer that was interrupted
/// half-way. So a copy that is not sound must lie there unchanged for a while before it is called
/// damaged; and so must a sound one that lacks an entry, because a store that replaces a value
/// removes it first, and while it closes the gap all numbers are right and some bytes are not.
final class StructureWatch {

    private static final int PAGE = AttachedSegment.PAGE_BYTES;
    private static final int CHUNK = SweepRounds.CHUNK;

    /// So often within one sample, when a writer is in the way.
    private static final int TRIES = 4;

    /// A sound copy that lacks entries is believed when it has not changed for so long. A writer
    /// that was interrupted comes back sooner, unless the host is very busy.
    private static final long STILL_NANOS = 25_000_000;

    /// One that is not sound needs more.
    private static final long STILL_UNSOUND_NANOS = 60_000_000;

    /// If nothing could be believed for so long, and in so many samples, the newest is.
    private static final long DOUBTED_NANOS = 500_000_000;

    private static final int DOUBTED_SAMPLES = 10;

    /// Of the time, this part may go into the structure: a large one is looked at more rarely.
    private static final int SHARE = 4;

    /// And copies of one that changes all the time are not made faster than this.
    private static final long COPIED_BYTES_PER_SECOND = 256L << 20;

    private static final long SMALLEST_CAP = 16L << 20;
    private static final long LARGEST_CAP = 1L << 30;

    private final AttachedSegment segment;
    private final List<Shape> shapes;
    private final Pace pace;
    private final Tracks tracks = new Tracks();

    /// Copies longer than this are not made: two of them and the walk must fit the heap.
    private final long capBytes =
            Math.clamp(Runtime.getRuntime().maxMemory() / 8, SMALLEST_CAP, LARGEST_CAP);

    private State state = State.PLAIN;
    private @Nullable Structure structure;
    private byte[] copy = {};
    private long wholeAtNanos;

    /// Of the segment, when the structure was walked: a verdict may rest on it.
    private long walkedSize;

    /// A copy that two reads agreed on.
    private record Candidate(Structure structure, byte[] copy, long sinceNanos) {}

    /// The newest that is not believed.
    private @Nullable Candidate doubted;

    private int doubtedSamples;
    private long doubtedSinceNanos;

    private final byte[] head = new byte[Shape.HEAD_BYTES];
    private byte[] spare = {};
    private byte[] chunk = {};

    /// Pages of the extent that have been resident once: if they are not now, they are swapped out,
    /// and reading them commits nothing new.
    private final BitSet touched = new BitSet();

    /// The segment's; 0 where it has none.
    private final int key;

    private final boolean someAreSwapped;
    private boolean torn;
    private long copiedBytes;
    private long dueNanos;

    StructureWatch(AttachedSegment segment, List<Shape> shapes, Pace pace) {
        this.segment = segment;
        this.shapes = shapes;
        this.pace = pace;
        this.dueNanos = pace.nanos();
        SegmentKey named = segment.factsBefore().key();
        this.key = named == null ? 0 : named.value();
        this.someAreSwapped = segment.factsBefore().swapBytes() > 0;
    }

    State state() {
        return state;
    }

    @Nullable Structure structure() {
        return structure;
    }

    byte[] copy() {
        return copy;
    }

    long wholeAtNanos() {
        return wholeAtNanos;
    }

    Tracks tracks() {
        return tracks;
    }

    /// Whether the newest look met a writer.
    boolean torn() {
        return torn;
    }

    /// Looks at the structure, if it is time.
    ///
    /// @param frameNanos from one sample to the next; retries take a part of it
    void look(long size, long frameNanos) throws ShmException {
        torn = false;
        long begun = pace.nanos();
        if (shapes.isEmpty() || begun - dueNanos < 0) {
            return;
        }
        copiedBytes = 0;
        catchWhole(size, begun + frameNanos / SHARE);
        long spent = pace.nanos() - begun;
        long rest = (long) (copiedBytes * (1e9 / COPIED_BYTES_PER_SECOND));
        dueNanos = begun + Math.max(spent * SHARE, rest);
    }

    private void catchWhole(long size, long until) throws ShmException {
        Candidate newest = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (attempt > 0 && pace.nanos() - until > 0) {
                break;
            }
            Shape shape = recognise(size);
            if (shape == null) {
                forget();
                return;
            }
            int extent = extent(shape, head, size);
            Structure held = structure;
            if (held != null && isHeld(extent, size)) {
                state = held.sound() ? State.WHOLE : State.DAMAGED;
                wholeAtNanos = pace.nanos();
                believe();
                return;
            }
            byte[] fresh = spare.length == extent ? spare : new byte[extent];
            spare = fresh;
            copyExtent(fresh);
            if (!liveEquals(fresh) || !agrees(shape, fresh, size)) {
                torn = true;
                continue;
            }
            if (newest != null && Arrays.equals(newest.copy(), fresh)) {
                // The writer is asleep half-way, or there is none: the next sample will tell.
                break;
            }
            newest = candidate(shape, fresh, size);
            if (newest.structure().sound() && !lacksEntries(newest.structure())) {
                accept(newest, size);
                return;
            }
        }
        judge(newest, size);
    }

    /// Whether the head that was copied tells the same as the one that told what to copy.
    private boolean agrees(Shape shape, byte[] fresh, long size) {
        byte[] copied = head.clone();
        System.arraycopy(fresh, 0, copied, 0, Math.min(copied.length, fresh.length));
        ByteView view = ByteView.of(Arrays.copyOf(copied, (int) Math.min(copied.length, size)));
        return shape.recognises(view, size, key) && extent(shape, copied, size) == fresh.length;
    }

    private Candidate candidate(Shape shape, byte[] fresh, long size) {
        Candidate before = doubted;
        if (before != null && Arrays.equals(before.copy(), fresh)) {
            return before;
        }
        // The copy may be shown to others: it is no longer ours to write to.
        spare = new byte[0];
        return new Candidate(shape.walk(ByteView.of(fresh), size), fresh, pace.nanos());
    }

    /// Whether a copy lacks an entry that the last one had. Of the first one nothing is known, but
    /// where nobody else was attached there is no writer.
    private boolean lacksEntries(Structure fresh) {
        if (structure == null) {
            return segment.factsBefore().nattch() != 0;
        }
        return tracks.someAreNotIn(fresh.parts());
    }

    /// Nothing could be believed at once.
    private void judge(@Nullable Candidate newest, long size) {
        long now = pace.nanos();
        if (doubtedSamples++ == 0) {
            doubtedSinceNanos = now;
        }
        doubted = newest;
        state = State.BUSY;
        if (newest == null) {
            return;
        }
        boolean sound = newest.structure().sound();
        boolean still = now - newest.sinceNanos() >= (sound ? STILL_NANOS : STILL_UNSOUND_NANOS);
        boolean wasDamaged = !sound && structure != null && !structure.sound();
        boolean always =
                doubtedSamples >= DOUBTED_SAMPLES && now - doubtedSinceNanos >= DOUBTED_NANOS;
        if (still || wasDamaged || always) {
            accept(newest, size);
        }
    }

    private void accept(Candidate newest, long size) {
        long now = pace.nanos();
        tracks.follow(newest.structure().parts(), newest.copy(), now);
        state = newest.structure().sound() ? State.WHOLE : State.DAMAGED;
        structure = newest.structure();
        copy = newest.copy();
        walkedSize = size;
        wholeAtNanos = now;
        believe();
    }

    private void believe() {
        doubted = null;
        doubtedSamples = 0;
    }

    private void forget() {
        if (structure != null) {
            tracks.none(pace.nanos());
        } else {
            tracks.nothingYet();
        }
        state = State.PLAIN;
        structure = null;
        copy = new byte[0];
        wholeAtNanos = 0;
        believe();
        touched.clear();
    }

    private @Nullable Shape recognise(long size) throws ShmException {
        int length = (int) Math.min(head.length, size);
        byte[] seen = new byte[length];
        segment.readResident(0, seen, 0, length);
        Arrays.fill(head, (byte) 0);
        System.arraycopy(seen, 0, head, 0, length);
        ByteView view = ByteView.of(seen);
        for (Shape shape : shapes) {
            if (shape.recognises(view, size, key)) {
                return shape;
            }
        }
        return null;
    }

    private int extent(Shape shape, byte[] from, long size) {
        ByteView view = ByteView.of(Arrays.copyOf(from, (int) Math.min(from.length, size)));
        long claimed = Math.clamp(shape.extentBytes(view, size), 0, size);
        return (int) Math.min(claimed, capBytes);
    }

    /// Whether memory still holds, byte by byte, the copy we have.
    private boolean isHeld(int extent, long size) throws ShmException {
        return walkedSize == size && copy.length == extent && liveEquals(copy);
    }

    private boolean liveEquals(byte[] expected) throws ShmException {
        for (int at = 0; at < expected.length; at += CHUNK) {
            int length = Math.min(CHUNK, expected.length - at);
            reserveChunk(length);
            readExtent(at, chunk, 0, length);
            if (Arrays.mismatch(chunk, 0, length, expected, at, at + length) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void copyExtent(byte[] into) throws ShmException {
        for (int at = 0; at < into.length; at += CHUNK) {
            readExtent(at, into, at, Math.min(CHUNK, into.length - at));
        }
        copiedBytes += into.length;
    }

    private void reserveChunk(int length) {
        if (chunk.length < length) {
            chunk = new byte[length];
        }
    }

    /// Reads without committing a page that nobody ever touched.
    private void readExtent(int offset, byte[] into, int at, int length) throws ShmException {
        boolean[] resident = segment.readResident(offset, into, at, length);
        int firstPage = offset / PAGE;
        for (int i = 0; i < resident.length; i++) {
            int page = firstPage + i;
            if (resident[i]) {
                touched.set(page);
            } else if (someAreSwapped || touched.get(page)) {
                int from = Math.max(offset, page * PAGE);
                int to = (int) Math.min((long) offset + length, (page + 1L) * PAGE);
                segment.read(from, into, at + from - offset, to - from);
            }
        }
    }
}
