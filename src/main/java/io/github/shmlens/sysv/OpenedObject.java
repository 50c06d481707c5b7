package io.github.shmlens.sysv;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import jnr.constants.platform.Errno;

/// A POSIX object or a file, read and written at positions and never mapped: others can cut it
/// short at any moment, and touching a mapping behind its end is a signal.
///
/// It works on a descriptor of its own and not on a `FileChannel`, because a channel closes itself
/// for everybody when one of its readers is interrupted, and an object whose name is gone cannot be
/// opened again.
final class OpenedObject implements AttachedSegment {

    /// Closing waits for the transfer that is under way.
    private static final int TRANSFER_BYTES = 256 << 10;

    private final Kernel kernel;
    private final Holders holders;
    private final SegmentId id;
    private final SegmentFacts before;
    private final Access access;
    private final int descriptor;
    private final Name name;

    /// Read-locked while the descriptor is in use; a closed number may soon be another file.
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private final Arena arena = Arena.ofShared();

    /// Buffers for transfers, one for each thread that was ever at it at the same time.
    private final ConcurrentLinkedDeque<MemorySegment> buffers = new ConcurrentLinkedDeque<>();

    /// The largest size seen: whoever asks for less and cannot have it is not at fault.
    private volatile long seenBytes;

    private volatile boolean closed;

    /// Where it was found.
    ///
    /// @param follow whether a link there was followed
    record Name(String path, boolean follow) {}

    /// @param descriptor open, and ours to close
    OpenedObject(
            Kernel kernel,
            Holders holders,
            SegmentId id,
            SegmentFacts before,
            Access access,
            int descriptor,
            Name name) {
        this.kernel = kernel;
        this.holders = holders;
        this.id = id;
        this.before = before;
        this.access = access;
        this.descriptor = descriptor;
        this.name = name;
        this.seenBytes = before.sizeBytes();
    }

    /// One use of the descriptor with a buffer.
    private interface Transfer {
        void with(MemorySegment buffer) throws Refused, ShmException;
    }

    private void transfer(String action, Transfer transfer) throws ShmException {
        Lock lock = use.readLock();
        lock.lock();
        try {
            if (closed) {
                throw Failures.detached(id);
            }
            MemorySegment free = buffers.poll();
            MemorySegment buffer = free == null ? arena.allocate(TRANSFER_BYTES, Long.BYTES) : free;
            try {
                transfer.with(buffer);
            } finally {
                buffers.push(buffer);
            }
        } catch (Refused refused) {
            throw refused.during(
                    new Attempt(id.text(), action, () -> "the file system does not allow it")
                            .limitedBy(() -> "the file system is full"));
        } finally {
            lock.unlock();
        }
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
    public long sizeBytes() throws ShmException {
        long[] size = new long[1];
        transfer("read", _ -> size[0] = kernel.sizeOf(descriptor));
        if (size[0] > seenBytes) {
            seenBytes = size[0];
        }
        return size[0];
    }

    /// While we have it open, its inode is no other's.
    @Override
    public boolean isSuperseded() throws ShmException {
        boolean[] other = new boolean[1];
        transfer(
                "look at",
                _ -> {
                    FileNode ours = kernel.node(descriptor);
                    try {
                        FileNode there = kernel.node(name.path(), name.follow());
                        other[0] = ours.device() != there.device() || ours.inode() != there.inode();
                    } catch (Refused refused) {
                        if (!refused.is(Errno.ENOENT)) {
                            throw refused;
                        }
                    }
                });
        return other[0];
    }

    /// Size and name may change; the inode stays, and is no other's while we have it open.
    @Override
    public String identity() throws ShmException {
        return node().identity(id);
    }

    private FileNode node() throws ShmException {
        FileNode[] node = new FileNode[1];
        transfer("look at", _ -> node[0] = kernel.node(descriptor));
        return node[0];
    }

    @Override
    public boolean isLastHolder() throws ShmException {
        FileNode ours = node();
        return ours.links() == 0 && !holders.holdBesideUs(ours, name.path());
    }

    /// Where the end lies now decides; that it was elsewhere a moment ago is not the caller's
    /// mistake.
    private void checkRange(long offset, long length) throws ShmException {
        long size = sizeBytes();
        if (offset < 0 || length < 0 || offset > size - length) {
            Objects.checkFromIndexSize(offset, length, seenBytes);
            throw Failures.cutShort(id);
        }
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws ShmException {
        Objects.checkFromIndexSize(at, length, into.length);
        checkRange(offset, length);
        for (int done = 0; done < length; ) {
            int from = done;
            int step = Math.min(TRANSFER_BYTES, length - done);
            transfer(
                    "read",
                    buffer -> {
                        long got = kernel.read(descriptor, buffer.address(), step, offset + from);
                        if (got < step) {
                            throw Failures.cutShort(id);
                        }
                        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, at + from, step);
                    });
            done += step;
        }
    }

    @Override
    public boolean[] readResident(long offset, byte[] into, int at, int length)
            throws ShmException {
        read(offset, into, at, length);
        if (length == 0) {
            return new boolean[0];
        }
        long pages = (offset + length - 1) / PAGE_BYTES - offset / PAGE_BYTES + 1;
        boolean[] read = new boolean[(int) pages];
        Arrays.fill(read, true);
        return read;
    }

    @Override
    public long word(long offset) throws ShmException {
        checkAligned(offset);
        byte[] word = new byte[Long.BYTES];
        read(offset, word, 0, word.length);
        return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Override
    public void putWord(long offset, long value) throws ShmException {
        checkAligned(offset);
        byte[] word = new byte[Long.BYTES];
        ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        write(offset, word, 0, word.length);
    }

    private static void checkAligned(long offset) {
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("a word at " + offset + " is not aligned");
        }
    }

    @Override
    public void write(long offset, byte[] from, int at, int length) throws ShmException {
        if (access == Access.READ_ONLY) {
            throw Failures.readOnly(id);
        }
        Objects.checkFromIndexSize(at, length, from.length);
        checkRange(offset, length);
        for (int done = 0; done < length; ) {
            int start = done;
            int step = Math.min(TRANSFER_BYTES, length - done);
            transfer(
                    "write",
                    buffer -> {
                        MemorySegment.copy(
                                from, at + start, buffer, ValueLayout.JAVA_BYTE, 0, step);
                        kernel.write(descriptor, buffer.address(), step, offset + start);
                    });
            done += step;
        }
    }

    @Override
    public Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException {
        if (access == Access.READ_ONLY) {
            throw Failures.readOnly(id);
        }
        if (expected.length != next.length) {
            throw new IllegalArgumentException(
                    "%d bytes expected, %d to write".formatted(expected.length, next.length));
        }
        byte[] actual = new byte[next.length];
        read(offset, actual, 0, actual.length);
        int differs = Arrays.mismatch(expected, actual);
        if (differs >= 0) {
            return new Replaced.MovedOn(offset + differs, 0, actual);
        }
        write(offset, next, 0, next.length);
        return new Replaced.Done(false);
    }

    @Override
    public Sweep sweep(long capBytes) throws ShmException {
        Copied copied = new Copied();
        return new ShadowSweep(copied, capBytes, copied::free);
    }

    @Override
    public SearchOutcome search(SearchRequest request, SearchListener listener)
            throws ShmException {
        Copied copied = new Copied();
        try {
            return new SegmentSearch(copied, request, listener).run();
        } finally {
            copied.free();
        }
    }

    @Override
    public Narrowing narrowing(ValueType type, long offset, long length, int alignment)
            throws ShmException {
        Copied copied = new Copied();
        return new ValueNarrowing(
                copied, type, offset, length, alignment, Narrowing.CAP_BYTES, copied::free);
    }

    /// Copies each stretch before it is compared. What was cut off meanwhile is left out.
    private final class Copied implements Swept {
        private final Arena memory = Arena.ofShared();
        private final MemorySegment copy = memory.allocate(MappedSegment.CHUNK_BYTES, Long.BYTES);

        void free() {
            memory.close();
        }

        @Override
        public SegmentId id() {
            return id;
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public long sizeBytes() throws ShmException {
            return OpenedObject.this.sizeBytes();
        }

        @Override
        public long dataFrom(long offset) throws ShmException {
            long[] data = new long[1];
            transfer("read", _ -> data[0] = kernel.dataFrom(descriptor, offset));
            return data[0];
        }

        @Override
        public long holeFrom(long offset) throws ShmException {
            long[] hole = new long[1];
            transfer("read", _ -> hole[0] = kernel.holeFrom(descriptor, offset));
            return hole[0];
        }

        @Override
        public Look look(long offset, int length) throws ShmException {
            int done = 0;
            while (done < length) {
                int step = readSome(offset + done, done, Math.min(TRANSFER_BYTES, length - done));
                if (step == 0) {
                    break;
                }
                done += step;
            }
            return new Look(copy.asSlice(0, done), _ -> true);
        }

        private int readSome(long offset, long at, int length) throws ShmException {
            long[] got = new long[1];
            transfer(
                    "read",
                    _ -> got[0] = kernel.read(descriptor, copy.address() + at, length, offset));
            return (int) got[0];
        }

        @Override
        public boolean mayBeSwapped() {
            return false;
        }
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        Lock lock = use.writeLock();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                kernel.close(descriptor);
                arena.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
