package io.github.shmlens.live;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Reads what a writer guards with a sequence: a counter that it makes odd before it writes and
/// even after, or a pair of counters of which it raises one before and the other after.
///
/// A copy is whole when the counter was even before it and the same after it; of a pair, when the
/// one raised last, read first, and the one raised first, read last, are equal. Whether the writer
/// keeps to this, and orders its own writes, no reader can tell.
///
/// For one thread.
public final class SequenceLock {

    /// Whoever looks again and again leaves the processor to others in between.
    private static final long MOST_NANOS = 5_000_000;

    private final AttachedSegment segment;
    private final Counter first;
    private final Counter last;
    private final boolean pair;
    private long reads;
    private long repeated;

    /// A whole number in the segment, little-endian.
    ///
    /// @param bytes 1, 2, 4 or 8
    public record Counter(long offset, int bytes) {

        public Counter {
            if (Integer.bitCount(bytes) != 1 || bytes > Long.BYTES || offset < 0) {
                throw new IllegalArgumentException("%d bytes at %d".formatted(bytes, offset));
            }
        }
    }

    /// What is done between two looks at the counters.
    private interface Copying {
        void copy() throws ShmException;
    }

    private SequenceLock(AttachedSegment segment, Counter first, Counter last, boolean pair) {
        this.segment = segment;
        this.first = first;
        this.last = last;
        this.pair = pair;
    }

    /// One counter, odd while somebody writes.
    public static SequenceLock of(AttachedSegment segment, Counter counter) {
        return new SequenceLock(segment, counter, counter, false);
    }

    /// Two counters, unequal while somebody writes.
    ///
    /// @param before raised before a write
    /// @param after raised after it
    public static SequenceLock ofPair(AttachedSegment segment, Counter before, Counter after) {
        return new SequenceLock(segment, after, before, true);
    }

    /// Copies once.
    ///
    /// @return whether the copy is whole; what was copied otherwise means nothing
    public boolean tryRead(long offset, byte[] into, int length) throws ShmException {
        return tryRead(() -> segment.read(offset, into, 0, length));
    }

    private boolean tryRead(Copying copying) throws ShmException {
        reads++;
        long begun = value(first);
        if (pair || (begun & 1) == 0) {
            // Nothing of the copy may be older than the counter before it ...
            VarHandle.acquireFence();
            copying.copy();
            // ... and nothing newer than the one after it.
            VarHandle.acquireFence();
            if (value(last) == begun) {
                return true;
            }
        }
        repeated++;
        return false;
    }

    /// Copies until a copy is whole.
    ///
    /// @param attempts at most so often
    /// @return whether one was
    public boolean read(long offset, byte[] into, int length, int attempts) throws ShmException {
        return read(() -> segment.read(offset, into, 0, length), attempts, Long.MAX_VALUE);
    }

    /// Copies stretches until all of them are whole, as of one moment. Pages that nobody touched
    /// stay so: also those of the counters.
    ///
    /// @param attempts at most so often, and no longer than some milliseconds
    /// @return whether they are; otherwise what was copied means nothing
    public boolean read(List<Stretch> stretches, int attempts) throws ShmException {
        boolean asleep = asleep();
        boolean missing = true;
        for (Stretch one : stretches) {
            one.copy(segment);
            missing &= one.isMissing();
        }
        if (missing || (asleep && asleep())) {
            // Nobody wrote a counter that was not in memory before nor after.
            return true;
        }
        return read(
                () -> {
                    for (Stretch one : stretches) {
                        one.again(segment);
                    }
                },
                attempts,
                MOST_NANOS);
    }

    private boolean read(Copying copying, int attempts, long mostNanos) throws ShmException {
        long begun = System.nanoTime();
        for (int attempt = 0; attempt < attempts; attempt++) {
            if (tryRead(copying)) {
                return true;
            }
            if (System.nanoTime() - begun > mostNanos) {
                return false;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /// Whether the counters are in pages that nobody touched, or swapped out.
    private boolean asleep() throws ShmException {
        return missing(first) && (!pair || missing(last));
    }

    private boolean missing(Counter counter) throws ShmException {
        Stretch bytes = new Stretch(counter.offset(), counter.bytes());
        bytes.copy(segment);
        return bytes.isMissing();
    }

    /// How often was copied so far.
    public long reads() {
        return reads;
    }

    /// How many of these copies were not whole.
    public long repeated() {
        return repeated;
    }

    /// Read at once where it lies within an aligned word; the writer must see to that.
    private long value(Counter counter) throws ShmException {
        long word = counter.offset() & -Long.BYTES;
        int shift = (int) (counter.offset() - word) * Byte.SIZE;
        boolean inWord =
                segment.id() instanceof SegmentId.Sysv
                        && counter.offset() + counter.bytes() <= word + Long.BYTES
                        && word + Long.BYTES <= segment.sizeBytes();
        long bits;
        if (inWord) {
            bits = segment.word(word) >>> shift;
        } else {
            byte[] bytes = new byte[Long.BYTES];
            segment.read(counter.offset(), bytes, 0, counter.bytes());
            bits = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        }
        int unused = Long.SIZE - counter.bytes() * Byte.SIZE;
        return bits << unused >>> unused;
    }
}
