package io.github.shmlens.testing;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
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
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [FakeMemory], attached. Keeps the contract of [AttachedSegment], with System V's rules or an
/// object's, as the id says.
public final class FakeAttachment implements AttachedSegment {

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final FakeMemory memory;
    private final SegmentFacts facts;
    private final Access access;
    private final Runnable detached;
    private volatile boolean closed;

    /// @param detached runs once, at the first close
    public FakeAttachment(FakeMemory memory, SegmentFacts facts, Access access, Runnable detached) {
        this.memory = memory;
        this.facts = facts;
        this.access = access;
        this.detached = detached;
    }

    @Override
    public SegmentId id() {
        return facts.id();
    }

    @Override
    public SegmentFacts factsBefore() {
        return facts;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public long sizeBytes() throws ShmException {
        open();
        return memory.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws ShmException {
        open();
        try {
            memory.read(offset, into, at, length);
        } catch (IndexOutOfBoundsException outside) {
            throw outside(outside);
        }
    }

    @Override
    public boolean[] readResident(long offset, byte[] into, int at, int length)
            throws ShmException {
        open();
        try {
            return memory.readResident(offset, into, at, length, !isSysv());
        } catch (IndexOutOfBoundsException outside) {
            throw outside(outside);
        }
    }

    @Override
    public long word(long offset) throws ShmException {
        byte[] word = new byte[Long.BYTES];
        read(aligned(offset), word, 0, word.length);
        return MemorySegment.ofArray(word).get(WORD, 0);
    }

    @Override
    public void putWord(long offset, long value) throws ShmException {
        byte[] word = new byte[Long.BYTES];
        MemorySegment.ofArray(word).set(WORD, 0, value);
        write(aligned(offset), word, 0, word.length);
    }

    @Override
    public void write(long offset, byte[] from, int at, int length) throws ShmException {
        open();
        if (access == Access.READ_ONLY) {
            throw new ShmException(
                    new ShmFailure.AccessDenied(
                            id().text(), "write", "it is attached read-only", "EACCES"));
        }
        try {
            memory.put(offset, Arrays.copyOfRange(from, at, at + length));
        } catch (IndexOutOfBoundsException outside) {
            throw outside(outside);
        }
    }

    @Override
    public Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException {
        open();
        int word = isSysv() ? Long.BYTES : Math.max(1, next.length);
        synchronized (memory) {
            for (int from = 0; from < next.length; ) {
                int to = (int) Math.min(next.length, from + word - (offset + from) % word);
                byte[] actual = memory.bytes(offset + from, to - from);
                int moved = Arrays.mismatch(actual, Arrays.copyOfRange(expected, from, to));
                if (moved >= 0) {
                    return new Replaced.MovedOn(
                            offset + from + moved, from, memory.bytes(offset, next.length));
                }
                write(offset + from, next, from, to - from);
                from = to;
            }
        }
        return new Replaced.Done(isSysv() && offset / word == (offset + next.length - 1) / word);
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
        return new Shadow(Math.min(sizeBytes(), capBytes));
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            detached.run();
        }
    }

    private boolean isSysv() {
        return facts.id() instanceof SegmentId.Sysv;
    }

    private void open() throws ShmException {
        if (closed) {
            throw new ShmException(new ShmFailure.Gone(id().text(), "EINVAL"));
        }
    }

    private ShmException outside(IndexOutOfBoundsException outside) {
        if (isSysv()) {
            throw outside;
        }
        return new ShmException(new ShmFailure.Gone(id().text(), "EIO"), outside);
    }

    private static long aligned(long offset) {
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("offset " + offset + " is no multiple of 8");
        }
        return offset;
    }

    /// Compares block by block. Keeps only pages that were compared and are not all zeros.
    private final class Shadow implements Sweep {
        private final long covered;
        private final Map<Long, ShadowPage> pages = new HashMap<>();

        private Shadow(long covered) {
            this.covered = covered;
        }

        @Override
        public long coveredBytes() {
            return covered;
        }

        @Override
        public long advance(long from, int length, Changes changes) throws ShmException {
            if (from % BLOCK_BYTES != 0 || length > 1 << 20) {
                throw new IllegalArgumentException("%d bytes at %d".formatted(length, from));
            }
            int bytes = (int) Math.min(length, covered - from);
            if (bytes <= 0) {
                return 0;
            }
            byte[] now = new byte[bytes];
            boolean[] resident = readResident(from, now, 0, bytes);
            long skipped = 0;
            for (int at = 0; at < bytes; at += BLOCK_BYTES) {
                int size = Math.min(BLOCK_BYTES, bytes - at);
                long page = (from + at) / PAGE_BYTES;
                boolean read = resident[(int) (page - from / PAGE_BYTES)];
                ShadowPage shadow = pages.computeIfAbsent(page, fresh -> new ShadowPage());
                byte[] after = read ? Arrays.copyOfRange(now, at, at + BLOCK_BYTES) : NOTHING;
                byte[] before = shadow.replace((int) ((from + at) % PAGE_BYTES), after, read);
                if (!read) {
                    skipped += size;
                } else if (before != null && !Arrays.equals(before, after)) {
                    changes.changed(from + at, before, after, size);
                }
            }
            return skipped;
        }

        @Override
        public Content content(long from, long length) {
            boolean compared = false;
            boolean present = false;
            for (long page = from / PAGE_BYTES; page * PAGE_BYTES < from + length; page++) {
                ShadowPage shadow = pages.get(page);
                compared |= shadow != null;
                present |= shadow != null && shadow.bytes.length > 0;
            }
            Content there = present ? Content.BINARY : Content.ABSENT;
            return compared ? there : Content.UNKNOWN;
        }

        @Override
        public void close() {
            pages.clear();
        }
    }

    private static final byte[] NOTHING = new byte[Sweep.BLOCK_BYTES];

    private static final class ShadowPage {
        private byte[] bytes = {};

        /// One bit for each block that was compared before.
        private long filled;

        /// What was there before, null when this is the first comparison.
        private byte @Nullable [] replace(int at, byte[] after, boolean keep) {
            long bit = 1L << (at / Sweep.BLOCK_BYTES);
            boolean first = (filled & bit) == 0;
            filled |= bit;
            byte[] before =
                    bytes.length == 0 ? NOTHING : Arrays.copyOfRange(bytes, at, at + after.length);
            if (keep) {
                if (bytes.length == 0) {
                    bytes = new byte[PAGE_BYTES];
                }
                System.arraycopy(after, 0, bytes, at, after.length);
            }
            return first ? null : before;
        }
    }
}
