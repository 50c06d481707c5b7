package io.github.shmlens.testing;

import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bytes of one segment, page by page, so that a test's segment can be as large as it likes.
/// Pages that nobody touched are not resident. Safe on any thread; each call is one atomic step.
public final class FakeMemory {

    private static final int PAGE = AttachedSegment.PAGE_BYTES;

    private final Map<Long, byte[]> pages = new HashMap<>();
    private final Set<Long> swapped = new HashSet<>();
    private long size;
    private Runnable beforeRead = () -> {};
    private long reads;
    private @Nullable RuntimeException broken;

    public FakeMemory(long size) {
        this.size = size;
    }

    public synchronized long size() {
        return size;
    }

    /// As `ftruncate` does it: what is cut off is zero when it comes back.
    public synchronized void resize(long newSize) {
        size = newSize;
        pages.keySet().removeIf(page -> page * PAGE >= newSize);
        byte[] last = pages.get(newSize / PAGE);
        if (last != null) {
            Arrays.fill(last, (int) (newSize % PAGE), PAGE, (byte) 0);
        }
    }

    /// Writes, as another process would.
    public synchronized void put(long offset, byte... bytes) {
        check(offset, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            long at = offset + i;
            swapped.remove(at / PAGE);
            pages.computeIfAbsent(at / PAGE, page -> new byte[PAGE])[(int) (at % PAGE)] = bytes[i];
        }
    }

    /// The bytes as they are; touches nothing and counts as no read.
    public synchronized byte[] bytes(long offset, int length) {
        check(offset, length);
        byte[] copy = new byte[length];
        for (int at = 0; at < length; ) {
            int inPage = (int) ((offset + at) % PAGE);
            int part = Math.min(PAGE - inPage, length - at);
            byte[] page = pages.get((offset + at) / PAGE);
            if (page != null) {
                System.arraycopy(page, inPage, copy, at, part);
            }
            at += part;
        }
        return copy;
    }

    /// How many pages are in memory or swapped out.
    public synchronized int committedPages() {
        return pages.size();
    }

    public synchronized void swapOut(long offset) {
        if (pages.containsKey(offset / PAGE)) {
            swapped.add(offset / PAGE);
        }
    }

    public synchronized boolean isResident(long offset) {
        return pages.containsKey(offset / PAGE) && !swapped.contains(offset / PAGE);
    }

    public synchronized long swappedBytes() {
        return (long) swapped.size() * PAGE;
    }

    /// How often somebody has read through an attachment.
    public synchronized long reads() {
        return reads;
    }

    /// Runs before every read through an attachment, on the reader's thread: a writer that always
    /// gets in between.
    public synchronized void beforeRead(Runnable writer) {
        beforeRead = writer;
    }

    /// Every read fails from now on.
    public synchronized void breakWith(RuntimeException failure) {
        broken = failure;
    }

    /// A read of an attachment: touches, as reading does.
    void read(long offset, byte[] into, int at, int length) {
        aboutToRead();
        synchronized (this) {
            check(offset, length);
            if (length > 0) {
                for (long page = offset / PAGE; page <= (offset + length - 1) / PAGE; page++) {
                    pages.computeIfAbsent(page, fresh -> new byte[PAGE]);
                    swapped.remove(page);
                }
            }
            System.arraycopy(bytes(offset, length), 0, into, at, length);
        }
    }

    /// A read of an attachment that touches nothing.
    boolean[] readResident(long offset, byte[] into, int at, int length, boolean holesAreRead) {
        aboutToRead();
        synchronized (this) {
            check(offset, length);
            if (length == 0) {
                return new boolean[0];
            }
            long first = offset / PAGE;
            boolean[] read = new boolean[(int) ((offset + length - 1) / PAGE - first + 1)];
            System.arraycopy(bytes(offset, length), 0, into, at, length);
            for (int i = 0; i < read.length; i++) {
                long page = first + i;
                read[i] = holesAreRead || isResident(page * PAGE);
                if (!read[i]) {
                    long from = Math.max(offset, page * PAGE);
                    long to = Math.min(offset + length, (page + 1) * PAGE);
                    int start = at + (int) (from - offset);
                    Arrays.fill(into, start, start + (int) (to - from), (byte) 0);
                }
            }
            return read;
        }
    }

    private void aboutToRead() {
        Runnable writer;
        synchronized (this) {
            reads++;
            if (broken != null) {
                throw broken;
            }
            writer = beforeRead;
        }
        writer.run();
    }

    private void check(long offset, int length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(
                    "%d bytes at %d of a segment of %d".formatted(length, offset, size));
        }
    }
}
