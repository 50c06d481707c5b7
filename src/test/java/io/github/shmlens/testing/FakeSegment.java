package io.github.shmlens.testing;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Content;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.source.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;

/// A segment that is an array. Behaves as the contract says of System V segments: fixed size, words
/// atomic, pages that nobody touched not resident. Other processes are played by [#beforeEachRead]
/// and [#beforeEachWrite], or by writing into [#bytes] from another thread.
public final class FakeSegment implements AttachedSegment {

    private final byte[] memory;
    private final SegmentId id;
    private final Access access;
    private final BitSet untouched = new BitSet();
    private Runnable beforeRead = () -> {};
    private Runnable beforeWrite = () -> {};
    private int reads;
    private int writes;
    private boolean removed;
    private volatile boolean closed;

    private FakeSegment(byte[] memory, SegmentId id, Access access) {
        this.memory = memory;
        this.id = id;
        this.access = access;
    }

    /// A segment of zeros, read-write, all pages resident.
    public static FakeSegment ofSize(int sizeBytes) {
        return of(new byte[sizeBytes]);
    }

    /// A segment over this array, which is not copied.
    public static FakeSegment of(byte[] memory) {
        return new FakeSegment(memory, new SegmentId.Sysv(7), Access.READ_WRITE);
    }

    /// Another attach of the same memory, which may not write.
    public FakeSegment readOnly() {
        return new FakeSegment(memory, id, Access.READ_ONLY);
    }

    /// The memory itself: what another process sees and changes.
    public byte[] bytes() {
        return memory;
    }

    /// Runs before every read, on the reading thread: a writer that slips in between two reads.
    public void beforeEachRead(Runnable hook) {
        beforeRead = hook;
    }

    /// Runs before every write (also of words and compare-and-set), on the writing thread.
    public void beforeEachWrite(Runnable hook) {
        beforeWrite = hook;
    }

    /// From now on these pages count as never touched, until somebody reads or writes them.
    public void forgetPages(int firstPage, int count) {
        untouched.set(firstPage, firstPage + count);
    }

    public boolean isResident(int page) {
        return !untouched.get(page);
    }

    public int reads() {
        return reads;
    }

    public int writes() {
        return writes;
    }

    /// From now on every call says `Gone`.
    public void removeUnderUs() {
        removed = true;
    }

    @Override
    public SegmentId id() {
        return id;
    }

    @Override
    public SegmentFacts factsBefore() {
        Principal nobody = new Principal(1000, "someone");
        return new SegmentFacts(
                id,
                new SegmentKey(0x5eed),
                memory.length,
                memory.length,
                0,
                nobody,
                nobody,
                nobody,
                Mode.DEFAULT,
                Set.of(),
                1,
                1,
                1,
                null,
                null,
                null);
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public long sizeBytes() throws ShmException {
        checkAlive();
        return memory.length;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws ShmException {
        beforeReading(offset, length);
        touch(offset, length);
        System.arraycopy(memory, (int) offset, into, at, length);
    }

    @Override
    public boolean[] readResident(long offset, byte[] into, int at, int length)
            throws ShmException {
        beforeReading(offset, length);
        if (length == 0) {
            return new boolean[0];
        }
        long firstPage = offset / PAGE_BYTES;
        long lastPage = (offset + length - 1) / PAGE_BYTES;
        boolean[] read = new boolean[(int) (lastPage - firstPage + 1)];
        for (int page = 0; page < read.length; page++) {
            read[page] = !untouched.get((int) (firstPage + page));
        }
        for (int i = 0; i < length; i++) {
            boolean known = read[(int) ((offset + i) / PAGE_BYTES - firstPage)];
            into[at + i] = known ? memory[(int) offset + i] : 0;
        }
        return read;
    }

    @Override
    public long word(long offset) throws ShmException {
        aligned(offset);
        beforeReading(offset, Long.BYTES);
        touch(offset, Long.BYTES);
        return numbers().getLong((int) offset);
    }

    @Override
    public void putWord(long offset, long value) throws ShmException {
        aligned(offset);
        beforeWriting(offset, Long.BYTES);
        numbers().putLong((int) offset, value);
    }

    @Override
    public void write(long offset, byte[] from, int at, int length) throws ShmException {
        beforeWriting(offset, length);
        System.arraycopy(from, at, memory, (int) offset, length);
    }

    @Override
    public Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException {
        if (expected.length != next.length) {
            throw new IllegalArgumentException("expected and next differ in length");
        }
        beforeWriting(offset, next.length);
        int at = (int) offset;
        int done = 0;
        while (done < next.length) {
            int wordEnd = (int) Math.min((offset + done | 7) + 1 - offset, next.length);
            int differs = Arrays.mismatch(memory, at + done, at + wordEnd, expected, done, wordEnd);
            if (differs >= 0) {
                return new Replaced.MovedOn(
                        offset + done + differs,
                        done,
                        Arrays.copyOfRange(memory, at, at + next.length));
            }
            System.arraycopy(next, done, memory, at + done, wordEnd - done);
            done = wordEnd;
        }
        boolean oneWord = next.length > 0 && offset / 8 == (offset + next.length - 1) / 8;
        return new Replaced.Done(oneWord);
    }

    @Override
    public SearchOutcome search(SearchRequest request, SearchListener listener)
            throws ShmException {
        return PlainSearch.search(this, request, listener);
    }

    @Override
    public Narrowing narrowing(ValueType type, long offset, long length, int alignment) {
        return new PlainSearch.Plain(this, type, offset, length, alignment);
    }

    @Override
    public Sweep sweep(long capBytes) throws ShmException {
        checkAlive();
        return new FakeSweep((int) Math.min(capBytes, memory.length));
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void beforeReading(long offset, int length) throws ShmException {
        checkAlive();
        beforeRead.run();
        checkAlive();
        Objects.checkFromIndexSize(offset, length, (long) memory.length);
        reads++;
    }

    private void beforeWriting(long offset, int length) throws ShmException {
        checkAlive();
        if (access == Access.READ_ONLY) {
            throw new ShmException(
                    new ShmFailure.AccessDenied(
                            id.text(), "write", "it is attached read-only", "EACCES"));
        }
        beforeWrite.run();
        checkAlive();
        Objects.checkFromIndexSize(offset, length, (long) memory.length);
        touch(offset, length);
        writes++;
    }

    private void checkAlive() throws ShmException {
        if (closed || removed) {
            throw new ShmException(new ShmFailure.Gone(id.text(), "EIDRM"));
        }
    }

    private void touch(long offset, int length) {
        if (length > 0) {
            untouched.clear(
                    (int) (offset / PAGE_BYTES), (int) ((offset + length - 1) / PAGE_BYTES) + 1);
        }
    }

    private static void aligned(long offset) {
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("offset " + offset + " is no multiple of 8");
        }
    }

    private ByteBuffer numbers() {
        return ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The comparison as the contract describes it, without any speed.
    private final class FakeSweep implements Sweep {
        private final int covered;
        private final byte[] shadow;
        private final BitSet seen = new BitSet();

        private FakeSweep(int covered) {
            this.covered = covered;
            this.shadow = new byte[covered];
        }

        @Override
        public long coveredBytes() {
            return covered;
        }

        @Override
        public long advance(long from, int length, Changes changes) throws ShmException {
            if (from % BLOCK_BYTES != 0) {
                throw new IllegalArgumentException("from is no multiple of " + BLOCK_BYTES);
            }
            int end = (int) Math.min(from + length, covered);
            long skipped = 0;
            byte[] live = new byte[BLOCK_BYTES];
            for (int at = (int) from; at < end; at += BLOCK_BYTES) {
                int size = Math.min(BLOCK_BYTES, covered - at);
                boolean[] resident = readResident(at, live, 0, size);
                if (!resident[0]) {
                    skipped += size;
                }
                byte[] old = Arrays.copyOfRange(shadow, at, at + size);
                int block = at / BLOCK_BYTES;
                if (seen.get(block) && !Arrays.equals(old, 0, size, live, 0, size)) {
                    changes.changed(at, old, live, size);
                }
                seen.set(block);
                System.arraycopy(live, 0, shadow, at, size);
            }
            return skipped;
        }

        @Override
        public Content content(long from, long length) {
            return seen.get((int) (from / BLOCK_BYTES)) ? Content.BINARY : Content.UNKNOWN;
        }

        @Override
        public void close() {}
    }
}
