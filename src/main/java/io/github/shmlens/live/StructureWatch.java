package io.github.shmlens.live;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.Sample.State;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the structure a segment holds. A copy counts as whole only when a second read agreed
/// with it and it is sound; two reads that agree are not enough, a writer may have been interrupted
/// half-way.
final class StructureWatch {

    private static final int PAGE = AttachedSegment.PAGE_BYTES;
    private static final int CHUNK = SweepRounds.CHUNK;

    /// So often within one sample, when a writer is in the way.
    private static final int TRIES = 4;

    /// A copy that is not sound and lies there unchanged for so many samples is no writer half-way.
    private static final int SAME_UNTIL_DAMAGED = 3;

    /// Nor is it one when so many samples in a row found none that is sound.
    private static final int UNSOUND_UNTIL_DAMAGED = 10;

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

    /// The newest copy that two reads agreed on and that is not sound.
    private byte @Nullable [] suspect;

    private int sameSuspect;
    private int unsoundSamples;

    private final byte[] head = new byte[Shape.HEAD_BYTES];
    private byte[] spare = {};
    private byte[] chunk = {};

    /// Pages of the extent that have been resident once: if they are not now, they are swapped out,
    /// and reading them commits nothing new.
    private final BitSet touched = new BitSet();

    private final boolean someAreSwapped;
    private boolean torn;
    private long copiedBytes;
    private long dueNanos;

    StructureWatch(AttachedSegment segment, List<Shape> shapes, Pace pace) {
        this.segment = segment;
        this.shapes = shapes;
        this.pace = pace;
        this.dueNanos = pace.nanos();
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
        byte @Nullable [] unsound = null;
        Structure unsoundStructure = null;
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
            if (isHeld(extent, size)) {
                state = held().sound() ? State.WHOLE : State.DAMAGED;
                wholeAtNanos = pace.nanos();
                unsoundSamples = 0;
                return;
            }
            byte[] fresh = spare.length == extent ? spare : new byte[extent];
            spare = fresh;
            copyExtent(fresh);
            if (!liveEquals(fresh)) {
                torn = true;
                continue;
            }
            byte[] copiedHead = Arrays.copyOf(fresh, (int) Math.min(head.length, size));
            if (extent < copiedHead.length) {
                copiedHead = Arrays.copyOf(head, copiedHead.length);
            }
            if (!shape.recognises(ByteView.of(copiedHead), size)
                    || extent(shape, copiedHead, size) != extent) {
                torn = true;
                continue;
            }
            if (unsound != null && Arrays.equals(unsound, fresh)) {
                // The writer is asleep half-way, or there is none: the next sample will tell.
                break;
            }
            Structure walked = shape.walk(ByteView.of(fresh), size);
            spare = new byte[0];
            if (walked.sound()) {
                accept(State.WHOLE, walked, fresh, size);
                suspect = null;
                unsoundSamples = 0;
                return;
            }
            unsound = fresh;
            unsoundStructure = walked;
        }
        judge(unsound, unsoundStructure, size);
    }

    /// No whole copy could be had.
    private void judge(byte @Nullable [] unsound, @Nullable Structure walked, long size) {
        if (unsound == null || walked == null) {
            sameSuspect = 0;
            suspect = null;
            state = State.BUSY;
            return;
        }
        sameSuspect = suspect != null && Arrays.equals(suspect, unsound) ? sameSuspect + 1 : 1;
        suspect = unsound;
        unsoundSamples++;
        boolean wasDamaged = structure != null && !structure.sound();
        if (wasDamaged
                || sameSuspect >= SAME_UNTIL_DAMAGED
                || unsoundSamples >= UNSOUND_UNTIL_DAMAGED) {
            accept(State.DAMAGED, walked, unsound, size);
        } else {
            state = State.BUSY;
        }
    }

    private void accept(State newState, Structure newStructure, byte[] newCopy, long size) {
        long now = pace.nanos();
        tracks.follow(newStructure.parts(), newCopy, now);
        state = newState;
        structure = newStructure;
        copy = newCopy;
        walkedSize = size;
        wholeAtNanos = now;
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
        suspect = null;
        sameSuspect = 0;
        unsoundSamples = 0;
        touched.clear();
    }

    private Structure held() {
        if (structure == null) {
            throw new IllegalStateException("no structure");
        }
        return structure;
    }

    private @Nullable Shape recognise(long size) throws ShmException {
        int length = (int) Math.min(head.length, size);
        byte[] seen = new byte[length];
        segment.readResident(0, seen, 0, length);
        Arrays.fill(head, (byte) 0);
        System.arraycopy(seen, 0, head, 0, length);
        ByteView view = ByteView.of(seen);
        for (Shape shape : shapes) {
            if (shape.recognises(view, size)) {
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
        return structure != null && walkedSize == size && copy.length == extent && liveEquals(copy);
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
