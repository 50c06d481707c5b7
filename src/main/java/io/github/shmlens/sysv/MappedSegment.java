package io.github.shmlens.sysv;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.EntryChain;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.source.ValueType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A System V segment mapped into this process.
///
/// The mapping lives as long as its arena: closing the arena is `shmdt`, and from then on every
/// access is an exception instead of a crash. What the memory holds beyond the exact size, up to
/// the end of the last page, serves only to change the last word of an odd-sized segment at once.
final class MappedSegment implements AttachedSegment, Swept {

    /// Closing waits for the copy that is under way; a long one is cut up so that it is soon done.
    static final int CHUNK_BYTES = 1 << 20;

    private static final int FEW_ENTRIES = 16;

    /// Entries compared without a look at whether a close is waiting.
    private static final int CHUNK_ENTRIES = 1 << 14;

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfLong UNALIGNED_WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle ATOMIC_WORD = WORD.varHandle();

    private static final Look.Residency ALL_RESIDENT = _ -> true;

    /// Where the kernel tells about swap while we are attached.
    @FunctionalInterface
    interface SwapGauge {
        /// −1 when it does not tell.
        long swapBytes(SegmentId id) throws ShmException;
    }

    private final Kernel kernel;
    private final SegmentId.Sysv id;
    private final SegmentFacts before;
    private final Access access;
    private final SwapGauge swap;
    private final long sizeBytes;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MappedSegment(
            Kernel kernel,
            SegmentId.Sysv id,
            SegmentFacts before,
            Access access,
            SwapGauge swap,
            long address) {
        this.kernel = kernel;
        this.id = id;
        this.before = before;
        this.access = access;
        this.swap = swap;
        this.sizeBytes = before.sizeBytes();
        long page = kernel.pageBytes();
        long mappedBytes = (sizeBytes + page - 1) / page * page;
        MemorySegment mapped =
                MemorySegment.ofAddress(address)
                        .reinterpret(mappedBytes, arena, _ -> kernel.detach(address));
        // Through a read-only mapping a write is a signal that kills the JVM.
        this.memory = access == Access.READ_ONLY ? mapped.asReadOnly() : mapped;
    }

    /// @param before facts of this id, read before
    static MappedSegment attach(
            Kernel kernel, SegmentId.Sysv id, SegmentFacts before, Access access, SwapGauge swap)
            throws Refused {
        long address = kernel.attach(id.shmid(), access == Access.READ_ONLY);
        return new MappedSegment(kernel, id, before, access, swap, address);
    }

    @Override
    public SegmentId id() {
        return id;
    }

    @Override
    public SegmentFacts factsBefore() {
        return before;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws ShmException {
        Objects.checkFromIndexSize(offset, length, sizeBytes);
        Objects.checkFromIndexSize(at, length, into.length);
        try {
            copyOut(offset, into, at, length);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    private void copyOut(long offset, byte[] into, int at, int length) {
        if (length > CHUNK_BYTES) {
            copyOutInChunks(offset, into, at, length);
        } else {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, into, at, length);
        }
    }

    private void copyOutInChunks(long offset, byte[] into, int at, int length) {
        for (int done = 0; done < length; done += CHUNK_BYTES) {
            copyOut(offset + done, into, at + done, Math.min(CHUNK_BYTES, length - done));
        }
    }

    @Override
    public boolean[] readResident(long offset, byte[] into, int at, int length)
            throws ShmException {
        Objects.checkFromIndexSize(offset, length, sizeBytes);
        Objects.checkFromIndexSize(at, length, into.length);
        if (length == 0) {
            return new boolean[0];
        }
        long firstPage = offset / PAGE_BYTES;
        long lastPage = (offset + length - 1) / PAGE_BYTES;
        boolean[] read = new boolean[(int) (lastPage - firstPage + 1)];
        for (int done = 0; done < length; ) {
            int step = Math.min(CHUNK_BYTES, length - done);
            readChunk(offset + done, into, at + done, step, read, firstPage);
            done += step;
        }
        return read;
    }

    /// Copies runs of resident pages and clears what lies between.
    private void readChunk(
            long offset, byte[] into, int at, int length, boolean[] read, long firstPage)
            throws ShmException {
        Look.Residency resident = residency(offset, length);
        long end = offset + length;
        long chunkPage = offset / PAGE_BYTES;
        for (long from = offset; from < end; ) {
            int page = (int) (from / PAGE_BYTES - chunkPage);
            boolean present = resident.page(page);
            long to = from;
            while (to < end && resident.page((int) (to / PAGE_BYTES - chunkPage)) == present) {
                read[(int) (to / PAGE_BYTES - firstPage)] = present;
                to = Math.min(end, (to / PAGE_BYTES + 1) * PAGE_BYTES);
            }
            int start = at + (int) (from - offset);
            int run = (int) (to - from);
            if (present) {
                read(from, into, start, run);
            } else {
                Arrays.fill(into, start, start + run, (byte) 0);
            }
            from = to;
        }
    }

    /// Asks which pages of a stretch are in memory, without touching any.
    private Look.Residency residency(long offset, int length) throws ShmException {
        int kernelPage = kernel.pageBytes();
        long start = offset / kernelPage * kernelPage;
        byte[] pages;
        try {
            // Outside the arena's guard: an answer about memory that was unmapped meanwhile is
            // never used, because the copy that follows it is refused.
            pages = kernel.residentPages(memory.address() + start, offset + length - start);
        } catch (Refused refused) {
            throw refused.during(new Attempt(id.text(), "read"));
        }
        long firstPageStart = offset / PAGE_BYTES * PAGE_BYTES;
        return page -> {
            long pageStart = firstPageStart + (long) page * PAGE_BYTES;
            return (pages[(int) ((pageStart - start) / kernelPage)] & 1) != 0;
        };
    }

    @Override
    public long word(long offset) throws ShmException {
        checkWord(offset);
        try {
            return (long) ATOMIC_WORD.getAcquire(memory, offset);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    @Override
    public void putWord(long offset, long value) throws ShmException {
        checkWritable();
        checkWord(offset);
        try {
            ATOMIC_WORD.setRelease(memory, offset, value);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    private void checkWord(long offset) {
        Objects.checkFromIndexSize(offset, Long.BYTES, sizeBytes);
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("a word at " + offset + " is not aligned");
        }
    }

    @Override
    public void write(long offset, byte[] from, int at, int length) throws ShmException {
        checkWritable();
        Objects.checkFromIndexSize(offset, length, sizeBytes);
        Objects.checkFromIndexSize(at, length, from.length);
        try {
            copyIn(offset, from, at, length);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    private void copyIn(long offset, byte[] from, int at, int length) {
        if (length > CHUNK_BYTES) {
            copyInInChunks(offset, from, at, length);
        } else {
            MemorySegment.copy(from, at, memory, ValueLayout.JAVA_BYTE, offset, length);
        }
    }

    private void copyInInChunks(long offset, byte[] from, int at, int length) {
        for (int done = 0; done < length; done += CHUNK_BYTES) {
            copyIn(offset + done, from, at + done, Math.min(CHUNK_BYTES, length - done));
        }
    }

    @Override
    public boolean holds(long offset, byte[] expected, int at, int length) throws ShmException {
        Objects.checkFromIndexSize(offset, length, sizeBytes);
        Objects.checkFromIndexSize(at, length, expected.length);
        try {
            return holdsBytes(offset, expected, at, length);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    private boolean holdsBytes(long offset, byte[] expected, int at, int length) {
        if (length > CHUNK_BYTES) {
            return holdsInChunks(offset, expected, at, length);
        }
        MemorySegment wanted = MemorySegment.ofArray(expected);
        return MemorySegment.mismatch(memory, offset, offset + length, wanted, at, at + length) < 0;
    }

    private boolean holdsInChunks(long offset, byte[] expected, int at, int length) {
        for (int done = 0; done < length; done += CHUNK_BYTES) {
            int step = Math.min(CHUNK_BYTES, length - done);
            if (!holdsBytes(offset + done, expected, at + done, step)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean stands(EntryChain chain, int entries) throws ShmException {
        checkInside(chain, entries);
        try {
            return headStands(chain)
                    && (entries <= FEW_ENTRIES
                            ? fewStand(chain, entries)
                            : manyStand(chain, entries))
                    && guardStands(chain);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    @Override
    public byte @Nullable [] content(EntryChain chain, int at) throws ShmException {
        byte[] entry = entry(chain, at);
        return entry == null ? null : Arrays.copyOfRange(entry, chain.contentAt(), entry.length);
    }

    @Override
    public byte @Nullable [] content(EntryChain chain, int at, EntryChain.Frame frame)
            throws ShmException {
        checkInside(chain, at + 1);
        try {
            int length = contentBytes(chain, at);
            return length < Long.BYTES || !entryStands(chain, at)
                    ? null
                    : middle(chain, at, length, frame);
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    /// What a frame encloses, without a copy of the entry in between. Looked at twice are, each
    /// time in the same order, the words that name the entry, the frame and what it encloses: it
    /// takes as many changes at the worst moments to fool this as to fool the comparing of a whole
    /// copy.
    private byte @Nullable [] middle(EntryChain chain, int at, int length, EntryChain.Frame frame) {
        MemorySegment live = memory;
        long lengthAt = chain.places()[at] + chain.lengthAt();
        long firstAt = chain.places()[at] + chain.contentAt();
        long lastAt = firstAt + length - Long.BYTES;
        long first = live.get(WORD, firstAt);
        long last = live.get(UNALIGNED_WORD, lastAt);
        int before = frame.before(first, length);
        int middle = length - frame.lastBytes() - before;
        if (before < 0 || middle < 0 || !EntryChain.isLast(last, frame)) {
            return null;
        }
        byte[] wanted = new byte[middle];
        copyOut(firstAt + before, wanted, 0, middle);
        boolean proven =
                guardStands(chain)
                        && entryStands(chain, at)
                        && live.get(WORD, lengthAt) == length
                        && live.get(WORD, firstAt) == first
                        && live.get(UNALIGNED_WORD, lastAt) == last
                        && holdsBytes(firstAt + before, wanted, 0, middle)
                        && guardStands(chain);
        return proven ? wanted : null;
    }

    /// A proven copy of an entry, from its first word to the end of its content. The words that
    /// name it are copied and compared in one piece with its content: looked at apart, they could
    /// be those of another moment, when a writer had moved this entry to where it lay before.
    private byte @Nullable [] entry(EntryChain chain, int at) throws ShmException {
        checkInside(chain, at + 1);
        try {
            int length = contentBytes(chain, at);
            if (length < 0) {
                return null;
            }
            long from = chain.places()[at];
            byte[] entry = new byte[chain.contentAt() + length];
            copyOut(from, entry, 0, entry.length);
            boolean proven =
                    guardStands(chain)
                            && chain.isEntry(entry, at)
                            && holdsBytes(from, entry, 0, entry.length)
                            && guardStands(chain);
            return proven ? entry : null;
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    /// How long an entry's content is, when all that leads to it stands; −1 when not.
    private int contentBytes(EntryChain chain, int at) {
        boolean stands =
                headStands(chain)
                        && (at <= FEW_ENTRIES ? fewStand(chain, at) : manyStand(chain, at));
        long length = memory.get(WORD, chain.places()[at] + chain.lengthAt());
        return stands ? chain.contentBytes(length, at) : -1;
    }

    /// The places rise, so that the last one tells for all.
    private void checkInside(EntryChain chain, int entries) {
        Objects.checkFromIndexSize(0, (long) chain.head().length * Long.BYTES, sizeBytes);
        Objects.checkFromIndexSize(0, chain.places()[entries], sizeBytes);
    }

    private boolean headStands(EntryChain chain) {
        long[] head = chain.head();
        long differences = 0;
        for (int i = 0; i < EntryChain.HEAD_WORDS; i++) {
            differences |= memory.get(WORD, (long) i * Long.BYTES) ^ head[i];
        }
        VarHandle.loadLoadFence();
        return differences == 0;
    }

    /// What was read before this look was read before it, and what is read after it after it.
    private boolean guardStands(EntryChain chain) {
        long[] head = chain.head();
        int guard = chain.guard();
        VarHandle.loadLoadFence();
        long differences =
                memory.get(WORD, (long) guard * Long.BYTES) ^ head[guard]
                        | memory.get(WORD, (guard + 1L) * Long.BYTES) ^ head[guard + 1];
        VarHandle.loadLoadFence();
        return differences == 0;
    }

    private boolean entryStands(EntryChain chain, int at) {
        long from = chain.places()[at];
        long differences =
                memory.get(WORD, from) ^ chain.names()[at]
                        | memory.get(WORD, from + chain.strideAt()) ^ chain.places()[at + 1] - from;
        return differences == 0;
    }

    private boolean fewStand(EntryChain chain, int entries) {
        for (int i = 0; i < entries; i++) {
            if (!entryStands(chain, i)) {
                return false;
            }
        }
        return true;
    }

    /// The same loop again: one that mostly runs once or twice is compiled for that, and would be
    /// half as fast over a thousand entries. It is cut up for the same reason as a long copy is.
    /// Nothing says here that the words are aligned, which would be checked once more for each.
    private boolean manyStand(EntryChain chain, int entries) {
        MemorySegment live = memory;
        long[] places = chain.places();
        long[] names = chain.names();
        int strideAt = chain.strideAt();
        long at = places[0];
        for (int from = 0; from < entries; from += CHUNK_ENTRIES) {
            int until = Math.min(entries, from + CHUNK_ENTRIES);
            for (int i = from; i < until; i++) {
                long next = places[i + 1];
                if ((live.get(UNALIGNED_WORD, at) ^ names[i]
                                | live.get(UNALIGNED_WORD, at + strideAt) ^ next - at)
                        != 0) {
                    return false;
                }
                at = next;
            }
        }
        return true;
    }

    @Override
    public void moveDown(long from, long to, long length) throws ShmException {
        checkWritable();
        Objects.checkFromIndexSize(from, length, sizeBytes);
        Objects.checkFromIndexSize(to, length, sizeBytes);
        if (to > from) {
            throw new IllegalArgumentException("%d lies behind %d".formatted(to, from));
        }
        try {
            for (long done = 0; done < length; ) {
                long step = Math.min(CHUNK_BYTES, length - done);
                MemorySegment.copy(memory, from + done, memory, to + done, step);
                done += step;
            }
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    @Override
    public Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException {
        checkWritable();
        int length = next.length;
        if (expected.length != length) {
            throw new IllegalArgumentException(
                    "%d bytes expected, %d to write".formatted(expected.length, length));
        }
        Objects.checkFromIndexSize(offset, length, sizeBytes);
        for (int done = 0; done < length; ) {
            long word = (offset + done) / Long.BYTES * Long.BYTES;
            int inWord = (int) (offset + done - word);
            int step = Math.min(Long.BYTES - inWord, length - done);
            int differs = replaceInWord(word, inWord, step, expected, next, done);
            if (differs >= 0) {
                byte[] actual = new byte[length];
                read(offset, actual, 0, length);
                return new Replaced.MovedOn(offset + done + differs, done, actual);
            }
            done += step;
        }
        boolean oneWord = length == 0 || offset / Long.BYTES == (offset + length - 1) / Long.BYTES;
        return new Replaced.Done(oneWord);
    }

    /// Changes some bytes of one word, at once. Others may change the word's other bytes meanwhile;
    /// then it is tried again, so that nothing of theirs is lost.
    ///
    /// @param inWord first byte to change, counted from the word's start
    /// @param at where the expected and the next bytes begin in their arrays
    /// @return −1 when done, else which of the `count` bytes is not as expected
    private int replaceInWord(
            long word, int inWord, int count, byte[] expected, byte[] next, int at)
            throws ShmException {
        long mask = 0;
        long wanted = 0;
        long writing = 0;
        for (int i = 0; i < count; i++) {
            int shift = (inWord + i) * Byte.SIZE;
            mask |= 0xffL << shift;
            wanted |= (expected[at + i] & 0xffL) << shift;
            writing |= (next[at + i] & 0xffL) << shift;
        }
        try {
            while (true) {
                long now = (long) ATOMIC_WORD.getAcquire(memory, word);
                long difference = (now & mask) ^ wanted;
                if (difference != 0) {
                    return Long.numberOfTrailingZeros(difference) / Byte.SIZE - inWord;
                }
                if (ATOMIC_WORD.compareAndSet(memory, word, now, (now & ~mask) | writing)) {
                    return -1;
                }
            }
        } catch (IllegalStateException ended) {
            throw ended(ended);
        }
    }

    @Override
    public Sweep sweep(long capBytes) throws ShmException {
        return new ShadowSweep(this, capBytes, () -> {});
    }

    @Override
    public SearchOutcome search(SearchRequest request, SearchListener listener)
            throws ShmException {
        return new SegmentSearch(this, request, listener).run();
    }

    @Override
    public Narrowing narrowing(ValueType type, long offset, long length, int alignment)
            throws ShmException {
        return new ValueNarrowing(
                this, type, offset, length, alignment, Narrowing.CAP_BYTES, () -> {});
    }

    @Override
    public Look look(long offset, int length) throws ShmException {
        long end = Math.min(sizeBytes, offset + length);
        return new Look(
                memory.asSlice(offset, end - offset), residency(offset, (int) (end - offset)));
    }

    @Override
    public Look lookAgain(long offset, int length) {
        long end = Math.min(sizeBytes, offset + length);
        return new Look(memory.asSlice(offset, end - offset), ALL_RESIDENT);
    }

    @Override
    public boolean severalMayLook() {
        return true;
    }

    @Override
    public boolean mayBeSwapped() throws ShmException {
        return swap.swapBytes(id) != 0;
    }

    private void checkWritable() throws ShmException {
        if (access == Access.READ_ONLY) {
            throw Failures.readOnly(id);
        }
    }

    /// An arena that is closed refuses every access; anything else is our own mistake.
    private ShmException ended(IllegalStateException ended) {
        if (!arena.scope().isAlive()) {
            return Failures.detached(id, ended);
        }
        throw ended;
    }

    @Override
    public boolean closed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            arena.close();
        }
    }
}
