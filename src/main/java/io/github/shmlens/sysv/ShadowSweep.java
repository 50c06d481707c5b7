package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.LimitReached;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Sweep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares a segment with a private copy of what it was. The copy grows by chunks as bytes that
/// are not zero are met, so a large, mostly untouched segment costs next to nothing.
final class ShadowSweep implements Sweep {

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int PAGE_BYTES = AttachedSegment.PAGE_BYTES;
    private static final int CHUNK_PAGES = CHUNK_BYTES / PAGE_BYTES;

    /// A page has as many blocks as a `long` has bits.
    private static final int PAGE_BLOCKS = PAGE_BYTES / BLOCK_BYTES;

    /// What is remembered of one chunk.
    private static final class Chunk {
        /// The shadow; null as long as all of it is zeros.
        @Nullable MemorySegment bytes;

        /// One `long` for each page, one bit in it for each block that was compared before.
        final MemorySegment seeded;

        Chunk(MemorySegment seeded) {
            this.seeded = seeded;
        }
    }

    private final Swept segment;
    private final long capBytes;
    private final Arena arena = Arena.ofShared();
    private final Map<Long, Chunk> chunks = new HashMap<>();
    private final MemorySegment zeros;
    private final byte[] before = new byte[BLOCK_BYTES];
    private final byte[] after = new byte[BLOCK_BYTES];
    private final Runnable release;
    private volatile long coveredBytes;
    private volatile boolean closed;

    /// @param release run once, at the end
    ShadowSweep(Swept segment, long capBytes, Runnable release) throws ShmException {
        this.segment = segment;
        this.capBytes = Math.max(0, capBytes);
        this.release = release;
        this.zeros = arena.allocate(PAGE_BYTES, Long.BYTES).asReadOnly();
        this.coveredBytes = Math.min(this.capBytes, segment.sizeBytes());
    }

    @Override
    public long coveredBytes() {
        return coveredBytes;
    }

    @Override
    public long advance(long from, int length, Changes changes) throws ShmException {
        if (from < 0 || from % BLOCK_BYTES != 0 || length < 0) {
            throw new IllegalArgumentException("sweep of %d bytes at %d".formatted(length, from));
        }
        coveredBytes = Math.min(capBytes, segment.sizeBytes());
        // Blocks are compared whole, or the next sweep would take their other half for changed.
        long end = Math.min(coveredBytes, roundedUp(from + length));
        long skipped = 0;
        for (long at = from; at < end; ) {
            long chunkEnd = (at / CHUNK_BYTES + 1) * CHUNK_BYTES;
            int stretch = (int) (Math.min(end, chunkEnd) - at);
            skipped += compare(at, stretch, changes);
            at += stretch;
        }
        return skipped;
    }

    private static long roundedUp(long offset) {
        return (offset + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /// A stretch that lies in one chunk, and what it is compared with. Offsets are the segment's.
    private record Stretch(Look look, long start, Chunk chunk, long chunkStart) {
        MemorySegment live() {
            return look.bytes();
        }

        long end() {
            return start + live().byteSize();
        }

        int page(long at) {
            return (int) ((at - chunkStart) / PAGE_BYTES);
        }

        boolean resident(long at) {
            return look.resident().page(page(at) - page(start));
        }

        long seeded(long at) {
            return chunk.seeded.getAtIndex(ValueLayout.JAVA_LONG, page(at));
        }

        void addSeeded(long at, long blocks) {
            chunk.seeded.setAtIndex(ValueLayout.JAVA_LONG, page(at), seeded(at) | blocks);
        }
    }

    /// @return how many bytes were skipped
    private long compare(long from, int length, Changes changes) throws ShmException {
        long chunkStart = from / CHUNK_BYTES * CHUNK_BYTES;
        Stretch stretch =
                new Stretch(segment.look(from, length), from, chunk(chunkStart), chunkStart);
        long skipped = 0;
        @Nullable Boolean mayBeSwapped = null;
        for (long at = from; at < stretch.end(); ) {
            long pageEnd = Math.min(stretch.end(), (at / PAGE_BYTES + 1) * PAGE_BYTES);
            long fresh = blocks(at, pageEnd) & ~stretch.seeded(at);
            boolean known = true;
            if (stretch.resident(at)) {
                comparePage(stretch, at, pageEnd, fresh, changes);
            } else {
                skipped += pageEnd - at;
                if (fresh != 0 && mayBeSwapped == null) {
                    mayBeSwapped = segment.mayBeSwapped();
                }
                // A page that nobody touched is known to be zeros; one in swap is not known.
                known = Boolean.FALSE.equals(mayBeSwapped);
            }
            if (fresh != 0 && known) {
                stretch.addSeeded(at, fresh);
            }
            at = pageEnd;
        }
        return skipped;
    }

    private void comparePage(Stretch stretch, long from, long to, long fresh, Changes changes)
            throws ShmException {
        long at = from;
        if (fresh == 0) {
            long same = firstDifference(stretch, from, to);
            if (same < 0) {
                return;
            }
            at = (from + same) / BLOCK_BYTES * BLOCK_BYTES;
        }
        while (at < to) {
            int length = (int) Math.min(BLOCK_BYTES, to - at);
            if (copyIfChanged(stretch, at, length) && !isFresh(fresh, at)) {
                changes.changed(at, before, after, length);
            }
            at += length;
        }
    }

    /// @return counted from `from`; −1 when there is none
    private long firstDifference(Stretch stretch, long from, long to) throws ShmException {
        MemorySegment shadow = stretch.chunk().bytes;
        MemorySegment old = shadow == null ? zeros : shadow;
        long oldFrom = shadow == null ? 0 : from - stretch.chunkStart();
        long liveFrom = from - stretch.start();
        long length = to - from;
        try {
            return MemorySegment.mismatch(
                    stretch.live(), liveFrom, liveFrom + length, old, oldFrom, oldFrom + length);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    /// Copies the block once and works with the copy only: the live bytes may change at any time.
    private boolean copyIfChanged(Stretch stretch, long at, int length) throws ShmException {
        long inChunk = at - stretch.chunkStart();
        try {
            MemorySegment.copy(
                    stretch.live(), ValueLayout.JAVA_BYTE, at - stretch.start(), after, 0, length);
            MemorySegment shadow = stretch.chunk().bytes;
            if (shadow == null) {
                Arrays.fill(before, (byte) 0);
            } else {
                MemorySegment.copy(shadow, ValueLayout.JAVA_BYTE, inChunk, before, 0, length);
            }
            if (Arrays.equals(before, 0, length, after, 0, length)) {
                return false;
            }
            MemorySegment.copy(
                    after, 0, shadowOf(stretch.chunk()), ValueLayout.JAVA_BYTE, inChunk, length);
            return true;
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    private static boolean isFresh(long fresh, long at) {
        return (fresh >>> (at % PAGE_BYTES / BLOCK_BYTES) & 1) != 0;
    }

    /// The bits of the blocks from `from` up to `to`, which lie in one page.
    private static long blocks(long from, long to) {
        int first = (int) (from % PAGE_BYTES / BLOCK_BYTES);
        int last = (int) ((to - 1) % PAGE_BYTES / BLOCK_BYTES);
        return -1L << first & -1L >>> (PAGE_BLOCKS - 1 - last);
    }

    private Chunk chunk(long chunkStart) throws ShmException {
        Chunk known = chunks.get(chunkStart);
        if (known == null) {
            known = new Chunk(allocated((long) CHUNK_PAGES * Long.BYTES));
            chunks.put(chunkStart, known);
        }
        return known;
    }

    private MemorySegment shadowOf(Chunk chunk) throws ShmException {
        if (chunk.bytes == null) {
            chunk.bytes = allocated(CHUNK_BYTES);
        }
        return chunk.bytes;
    }

    private MemorySegment allocated(long bytes) throws ShmException {
        try {
            return arena.allocate(bytes, Long.BYTES);
        } catch (OutOfMemoryError full) {
            throw new ShmException(
                    new LimitReached(
                            segment.id().text(),
                            "there is no memory left to remember what it looked like",
                            "ENOMEM"),
                    full);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    /// Memory that was closed under us; anything else is our own mistake.
    private ShmException ended(IllegalStateException ended) {
        if (closed || segment.closed()) {
            return Failures.detached(segment.id(), ended);
        }
        throw ended;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            release.run();
        }
    }
}
