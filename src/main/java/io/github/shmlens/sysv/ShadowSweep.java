package io.github.shmlens.sysv;

import io.github.shmlens.scan.BlockCompare;
import io.github.shmlens.scan.Differences;
import io.github.shmlens.scan.Fingerprint;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Content;
import io.github.shmlens.source.Sweep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares a segment with a private copy of what it was. The copy grows by chunks as bytes that
/// are not zero are met, so a large, mostly untouched segment costs next to nothing.
final class ShadowSweep implements Sweep {

    private static final int CHUNK_BYTES = ShadowMemory.CHUNK_BYTES;
    private static final int PAGE_BYTES = AttachedSegment.PAGE_BYTES;
    private static final int CHUNK_PAGES = CHUNK_BYTES / PAGE_BYTES;

    /// A page has as many blocks as a `long` has bits.
    private static final int PAGE_BLOCKS = PAGE_BYTES / BLOCK_BYTES;

    /// Chunks are kept in groups: finding one allocates nothing.
    private static final int GROUP_CHUNKS = 1024;

    /// What a page reads as that is not there.
    private static final MemorySegment NO_PAGE =
            Arena.global().allocate(PAGE_BYTES, BLOCK_BYTES).asReadOnly();

    private static final BlockCompare KERNEL = BlockCompare.best();

    private static final @Nullable Fingerprint FAST = Fingerprint.ifFast();

    /// A page that is there rarely goes; asking takes a twentieth of the time of a comparison.
    private static final long TRUSTED_NANOS = 1_000_000_000;

    /// What is remembered of one chunk.
    private static final class Chunk {
        /// The shadow and its fingerprints; null as long as all of it is zeros.
        @Nullable MemorySegment bytes;

        /// For each page, one bit: whether the fingerprint is that of the shadow.
        private final long[] printed = new long[CHUNK_PAGES / Long.SIZE];

        /// For each page, one bit for each block that was compared before; null when all were.
        private long @Nullable [] seeded = new long[CHUNK_PAGES];

        /// For each page, one bit: whether it was there when it was compared last.
        private final long[] present = new long[CHUNK_PAGES / Long.SIZE];

        /// Until when its pages, all of them, are taken as there.
        private long trustedUntilNanos;

        private boolean isTrusted;

        boolean isTrusted() {
            return isTrusted && System.nanoTime() - trustedUntilNanos < 0;
        }

        void trust(boolean allPresent) {
            isTrusted = allPresent;
            trustedUntilNanos = System.nanoTime() + TRUSTED_NANOS;
        }

        boolean wasPresent(int page) {
            return isSet(present, page);
        }

        void note(int page, boolean isPresent) {
            set(present, page, isPresent);
        }

        boolean isPrinted(int page) {
            return isSet(printed, page);
        }

        void printed(int page, boolean isPrinted) {
            set(printed, page, isPrinted);
        }

        private static boolean isSet(long[] bits, int page) {
            return (bits[page / Long.SIZE] >>> page & 1) != 0;
        }

        private static void set(long[] bits, int page, boolean to) {
            long bit = 1L << page;
            bits[page / Long.SIZE] =
                    to ? bits[page / Long.SIZE] | bit : bits[page / Long.SIZE] & ~bit;
        }

        /// Those of the blocks of one page that were not compared before.
        long fresh(int page, long blocks) {
            return seeded == null ? 0 : blocks & ~seeded[page];
        }

        void addSeeded(int page, long blocks) {
            if (seeded == null) {
                return;
            }
            seeded[page] |= blocks;
            if (page == CHUNK_PAGES - 1) {
                for (long each : seeded) {
                    if (each != -1) {
                        return;
                    }
                }
                seeded = null;
            }
        }
    }

    /// Who is told: of places only, or of bytes too. One of the two is there.
    private record Told(@Nullable Places places, @Nullable Changes changes) {}

    private final Swept segment;
    private final @Nullable Fingerprint fingerprints;
    private final long capBytes;
    private final Arena arena = Arena.ofShared();
    private final Map<Long, @Nullable Chunk[]> groups = new HashMap<>();
    private @Nullable Chunk[] group = {};
    private long groupNumber = -1;
    private final ShadowMemory memory = new ShadowMemory(arena);
    private final MemorySegment pageNow;
    private final MemorySegment pageBefore;
    private final Differences differences = new Differences(PAGE_BYTES);
    private final byte[] before = new byte[BLOCK_BYTES];
    private final byte[] after = new byte[BLOCK_BYTES];
    private final Runnable release;
    private volatile long coveredBytes;
    private volatile boolean closed;

    /// @param release run once, at the end
    ShadowSweep(Swept segment, long capBytes, Runnable release) throws ShmException {
        this(segment, capBytes, FAST, release);
    }

    /// @param fingerprints by which pages are told to be as they were; null to compare them always
    ShadowSweep(Swept segment, long capBytes, @Nullable Fingerprint fingerprints, Runnable release)
            throws ShmException {
        this.segment = segment;
        this.fingerprints = fingerprints;
        this.capBytes = Math.max(0, capBytes);
        this.release = release;
        this.pageNow = arena.allocate(PAGE_BYTES, BLOCK_BYTES);
        this.pageBefore = arena.allocate(PAGE_BYTES, BLOCK_BYTES);
        this.coveredBytes = Math.min(this.capBytes, segment.sizeBytes());
    }

    @Override
    public long coveredBytes() {
        return coveredBytes;
    }

    @Override
    public long advance(long from, int length, Changes changes) throws ShmException {
        return advance(from, length, new Told(null, changes));
    }

    @Override
    public long advance(long from, int length, Places places) throws ShmException {
        return advance(from, length, new Told(places, null));
    }

    private long advance(long from, int length, Told told) throws ShmException {
        if (from < 0 || from % BLOCK_BYTES != 0 || length < 0) {
            throw new IllegalArgumentException("sweep of %d bytes at %d".formatted(length, from));
        }
        coveredBytes = Math.min(capBytes, segment.sizeBytes());
        // Blocks are compared whole, or the next sweep would take their other half for changed.
        long end = Math.min(coveredBytes, roundedUp(from + length));
        long skipped = 0;
        for (long at = from; at < end; ) {
            long chunkStart = at / CHUNK_BYTES * CHUNK_BYTES;
            long stretchEnd = Math.min(end, chunkStart + CHUNK_BYTES);
            Chunk chunk = chunkOf(chunkStart);
            long hole = chunk.bytes == null ? holeEnd(at, stretchEnd) : at;
            passHole(chunk, at - chunkStart, hole - chunkStart);
            skipped += hole - at;
            if (hole < stretchEnd) {
                skipped += compare(chunk, chunkStart, hole, (int) (stretchEnd - hole), told);
            }
            at = stretchEnd;
        }
        return skipped;
    }

    private static long roundedUp(long offset) {
        return (offset + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /// Where a hole that begins at `from` ends, in whole pages; `from` where there is none.
    private long holeEnd(long from, long to) throws ShmException {
        long data = Math.min(to, segment.dataFrom(from));
        return data >= to ? to : Math.max(from, data / PAGE_BYTES * PAGE_BYTES);
    }

    /// A hole is known to be zeros, as its shadow is.
    private static void passHole(Chunk chunk, long from, long to) {
        for (long at = from; at < to; ) {
            long pageEnd = Math.min(to, pageEnd(at));
            chunk.note(page(at), false);
            chunk.addSeeded(page(at), blocks(at, pageEnd));
            at = pageEnd;
        }
    }

    private static long pageEnd(long at) {
        return (at / PAGE_BYTES + 1) * PAGE_BYTES;
    }

    /// The page of a chunk.
    private static int page(long inChunk) {
        return (int) (inChunk / PAGE_BYTES);
    }

    /// A stretch that lies in one chunk. Offsets are the chunk's.
    private record Stretch(Look look, Chunk chunk, long chunkStart, long from) {
        long end() {
            return from + look.bytes().byteSize();
        }

        boolean resident(long at) {
            return look.resident().page(page(at) - page(from));
        }
    }

    /// @return how many bytes were skipped
    private long compare(Chunk chunk, long chunkStart, long start, int length, Told told)
            throws ShmException {
        long from = start - chunkStart;
        if (chunk.isTrusted() && chunk.seeded == null) {
            Look look = segment.lookAgain(start, length);
            Stretch stretch = new Stretch(look, chunk, chunkStart, from);
            run(stretch, from, stretch.end(), 0, told);
            return 0;
        }
        Stretch stretch = new Stretch(segment.look(start, length), chunk, chunkStart, from);
        long skipped = 0;
        @Nullable Boolean mayBeSwapped = null;
        for (long at = stretch.from(); at < stretch.end(); ) {
            long to = Math.min(stretch.end(), pageEnd(at));
            long blocks = blocks(at, to);
            long fresh = chunk.fresh(page(at), blocks);
            boolean isPresent = stretch.resident(at);
            boolean hasGone = !isPresent && chunk.wasPresent(page(at));
            chunk.note(page(at), isPresent);
            boolean known = true;
            if (!isPresent) {
                skipped += to - at;
                if ((fresh != 0 || hasGone) && mayBeSwapped == null) {
                    mayBeSwapped = segment.mayBeSwapped();
                }
                // A page that nobody touched is known to be zeros; one in swap is not known.
                known = Boolean.FALSE.equals(mayBeSwapped);
                if (hasGone && known) {
                    // Given back to the kernel. Looking at it itself would commit it again.
                    Look zeros = new Look(NO_PAGE.asSlice(0, to - at), _ -> true);
                    run(new Stretch(zeros, chunk, chunkStart, at), at, to, fresh, told);
                }
            } else {
                if (fresh == 0) {
                    to = runEnd(stretch, to);
                }
                run(stretch, at, to, fresh, told);
            }
            if (fresh != 0 && known) {
                chunk.addSeeded(page(at), fresh);
            }
            at = to;
        }
        if (length == CHUNK_BYTES) {
            chunk.trust(skipped == 0 && stretch.end() == CHUNK_BYTES);
        }
        return skipped;
    }

    /// How far pages go on that are there and were compared before.
    private static long runEnd(Stretch stretch, long from) {
        long at = from;
        while (at < stretch.end() && stretch.resident(at)) {
            long to = Math.min(stretch.end(), pageEnd(at));
            if (stretch.chunk().fresh(page(at), blocks(at, to)) != 0) {
                break;
            }
            stretch.chunk().note(page(at), true);
            at = to;
        }
        return at;
    }

    /// Compares pages that are there.
    ///
    /// @param fresh of blocks of one page, those that are compared for the first time; when there
    ///   are any, the run does not leave that page
    private void run(Stretch stretch, long from, long to, long fresh, Told told)
            throws ShmException {
        MemorySegment live = stretch.look().bytes();
        int length = (int) (to - from);
        try {
            MemorySegment shadow = stretch.chunk().bytes;
            if (shadow == null) {
                if (KERNEL.isZero(live, from - stretch.from(), length)) {
                    return;
                }
                shadow = allocated();
                stretch.chunk().bytes = shadow;
            }
            Changes changes = told.changes();
            if (changes != null) {
                tellBytes(stretch, shadow, from, length, fresh, changes);
                return;
            }
            Places places = told.places();
            if (places != null) {
                tellPlaces(stretch, shadow, from, to, fresh, places);
            }
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    /// A page whose fingerprint is that of its shadow is as it was. Any other is compared, and has
    /// a fingerprint taken once it was found unchanged: one that changes all the time is not read
    /// for that too.
    private void tellPlaces(
            Stretch stretch, MemorySegment shadow, long from, long to, long fresh, Places places) {
        MemorySegment live = stretch.look().bytes();
        Chunk chunk = stretch.chunk();
        for (long at = from; at < to; ) {
            long end = Math.min(to, pageEnd(at));
            long now = at - stretch.from();
            int page = page(at);
            Fingerprint fingerprint = end - at == PAGE_BYTES && fresh == 0 ? fingerprints : null;
            if (fingerprint == null
                    || !chunk.isPrinted(page)
                    || !fingerprint.matches(live, now, shadow, printAt(page))) {
                chunk.printed(page, false);
                KERNEL.update(live, now, shadow, at, (int) (end - at), differences);
                if (differences.count() == 0 && fingerprint != null) {
                    fingerprint.take(shadow, at, shadow, printAt(page));
                    chunk.printed(page, true);
                }
                for (int i = 0; i < differences.count(); i++) {
                    long block = at + differences.offset(i);
                    if (!isFresh(fresh, block)) {
                        places.changed(stretch.chunkStart() + block, differences.bytes(i));
                    }
                }
            }
            at = end;
        }
    }

    private static long printAt(int page) {
        return CHUNK_BYTES + (long) page * Fingerprint.BYTES;
    }

    /// Copies each page that differs once and works with the copy only: the live bytes may change
    /// at any time.
    private void tellBytes(
            Stretch stretch,
            MemorySegment shadow,
            long from,
            int length,
            long fresh,
            Changes changes) {
        MemorySegment live = stretch.look().bytes();
        for (int done = 0; done < length; ) {
            int step = Math.min(PAGE_BYTES, length - done);
            long old = from + done;
            long now = old - stretch.from();
            if (MemorySegment.mismatch(live, now, now + step, shadow, old, old + step) >= 0) {
                // A step may begin within a page and end in the next.
                stretch.chunk().printed(page(old), false);
                stretch.chunk().printed(page(old + step - 1), false);
                MemorySegment.copy(live, now, pageNow, 0, step);
                MemorySegment.copy(shadow, old, pageBefore, 0, step);
                KERNEL.update(pageNow, 0, shadow, old, step, differences);
                for (int i = 0; i < differences.count(); i++) {
                    int at = differences.offset(i);
                    if (!isFresh(fresh, old + at)) {
                        int size = Math.min(BLOCK_BYTES, step - at);
                        MemorySegment.copy(pageBefore, ValueLayout.JAVA_BYTE, at, before, 0, size);
                        MemorySegment.copy(pageNow, ValueLayout.JAVA_BYTE, at, after, 0, size);
                        changes.changed(stretch.chunkStart() + old + at, before, after, size);
                    }
                }
            }
            done += step;
        }
    }

    private static boolean isFresh(long fresh, long block) {
        return (fresh >>> (block % PAGE_BYTES / BLOCK_BYTES) & 1) != 0;
    }

    /// The bits of the blocks from `from` up to `to`, which lie in one page.
    private static long blocks(long from, long to) {
        int first = (int) (from % PAGE_BYTES / BLOCK_BYTES);
        int last = (int) ((to - 1) % PAGE_BYTES / BLOCK_BYTES);
        return -1L << first & -1L >>> (PAGE_BLOCKS - 1 - last);
    }

    @Override
    public Content content(long from, long length) throws ShmException {
        long end = Math.min(coveredBytes, from + Math.min(length, coveredBytes));
        long chunks = (end - from) / CHUNK_BYTES;
        ContentGuess guess = new ContentGuess(Math.min(chunks, ContentGuess.MOST_CHUNKS));
        // Of a stretch of very many chunks, some are asked.
        long step = Math.max(1, chunks / ContentGuess.MOST_CHUNKS);
        for (long at = from; at < end; ) {
            long chunkStart = at / CHUNK_BYTES * CHUNK_BYTES;
            long to = Math.min(end, chunkStart + CHUNK_BYTES);
            Chunk chunk = known(chunkStart);
            if (chunk != null) {
                try {
                    look(chunk, (int) (at - chunkStart), (int) (to - chunkStart), guess);
                } catch (IllegalStateException ended) {
                    throw ended(ended);
                }
            }
            at = chunkStart + step * CHUNK_BYTES;
        }
        return guess.content();
    }

    private static void look(Chunk chunk, int from, int to, ContentGuess guess) {
        guess.compared();
        for (int page = page(from); page <= page(to - 1L); page++) {
            if (chunk.wasPresent(page)) {
                guess.present();
                break;
            }
        }
        MemorySegment shadow = chunk.bytes;
        if (shadow != null) {
            guess.look(shadow, from, to, KERNEL);
        }
    }

    private @Nullable Chunk known(long chunkStart) {
        long number = chunkStart / CHUNK_BYTES;
        if (number / GROUP_CHUNKS != groupNumber) {
            @Nullable Chunk[] found = groups.get(number / GROUP_CHUNKS);
            if (found == null) {
                return null;
            }
            group = found;
            groupNumber = number / GROUP_CHUNKS;
        }
        return group[(int) (number % GROUP_CHUNKS)];
    }

    private Chunk chunkOf(long chunkStart) {
        Chunk found = known(chunkStart);
        if (found == null) {
            long number = chunkStart / CHUNK_BYTES;
            found = new Chunk();
            groups.computeIfAbsent(number / GROUP_CHUNKS, _ -> new Chunk[GROUP_CHUNKS])[
                            (int) (number % GROUP_CHUNKS)] =
                    found;
        }
        return found;
    }

    private MemorySegment allocated() throws ShmException {
        try {
            return memory.chunk(coveredBytes);
        } catch (Refused refused) {
            throw refused.during(
                    new Attempt(segment.id().text(), "read")
                            .limitedBy(() ->
                                    "there is no memory left to remember what it looked"
                                            + " like"));
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
