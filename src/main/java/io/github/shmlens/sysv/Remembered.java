package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.LimitReached;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers that remain after one step of narrowing down, off the heap.
///
/// They are kept by groups, each within 1 MiB of the segment. A group with few numbers lists them;
/// one with many keeps a copy of the memory and, unless all in it remain, one bit for each place.
final class Remembered implements AutoCloseable {

    /// Some numbers that lie near each other.
    sealed interface Group {
        /// Where the group begins in the segment.
        long start();

        int count();
    }

    /// Each number by itself.
    ///
    /// @param offsets counted from `start`, rising, four bytes each
    /// @param bits the numbers, `width` bytes each, in the byte order of the segment
    record Few(long start, int count, MemorySegment offsets, MemorySegment bits) implements Group {
        int offset(int index) {
            return offsets.getAtIndex(ValueLayout.JAVA_INT, index);
        }
    }

    /// A copy of the memory.
    ///
    /// @param places how many numbers may lie in it, one each `alignment` bytes, the first at
    ///   `start`
    /// @param remain one bit for each place; null when all remain
    record Many(
            long start, int count, int places, MemorySegment copy, @Nullable MemorySegment remain)
            implements Group {

        /// The next place at or behind `place` that remains; `places` when there is none.
        int next(int place) {
            if (remain == null || place >= places) {
                return Math.min(place, places);
            }
            int word = place >>> 6;
            int words = (places + 63) >>> 6;
            long bits = remain.getAtIndex(ValueLayout.JAVA_LONG, word) & -1L << place;
            while (bits == 0) {
                if (++word >= words) {
                    return places;
                }
                bits = remain.getAtIndex(ValueLayout.JAVA_LONG, word);
            }
            return Math.min(places, (word << 6) + Long.numberOfTrailingZeros(bits));
        }
    }

    private final SegmentId id;
    private final int alignment;
    private final int width;
    private final long capBytes;
    private final Arena arena = Arena.ofShared();
    private final List<Group> groups = new ArrayList<>();
    private long count;
    private long bytes;

    Remembered(SegmentId id, int alignment, int width, long capBytes) {
        this.id = id;
        this.alignment = alignment;
        this.width = width;
        this.capBytes = capBytes;
    }

    List<Group> groups() {
        return groups;
    }

    long count() {
        return count;
    }

    int alignment() {
        return alignment;
    }

    /// Keeps everything in a stretch.
    ///
    /// @param memory not changing; its first byte lies at `start`, which is aligned
    void addAll(long start, int places, MemorySegment memory) throws ShmException {
        if (places > 0) {
            add(new Many(start, places, places, copyOf(places, memory), null));
        }
    }

    /// Keeps some numbers of a stretch.
    ///
    /// @param memory not changing, its first byte at `start`, which is aligned
    /// @param offsets rising, counted from `start`
    void add(long start, MemorySegment memory, int[] offsets, int size) throws ShmException {
        if (size == 0) {
            return;
        }
        int places = offsets[size - 1] / alignment + 1;
        long manyBytes = copyBytes(places) + bitmapBytes(places);
        if ((long) size * (Integer.BYTES + width) < manyBytes) {
            MemorySegment bits = allocated((long) size * width);
            for (int i = 0; i < size; i++) {
                MemorySegment.copy(memory, offsets[i], bits, (long) i * width, width);
            }
            add(new Few(start, size, offsets(offsets, size), bits));
            return;
        }
        MemorySegment remain = null;
        if (size < places) {
            remain = allocated(bitmapBytes(places));
            for (int i = 0; i < size; i++) {
                int place = offsets[i] / alignment;
                long word = remain.getAtIndex(ValueLayout.JAVA_LONG, place >>> 6);
                remain.setAtIndex(ValueLayout.JAVA_LONG, place >>> 6, word | 1L << place);
            }
        }
        add(new Many(start, size, places, copyOf(places, memory), remain));
    }

    /// Keeps some numbers that are known one by one.
    ///
    /// @param bits as [Few#bits]
    void addFew(long start, int[] offsets, MemorySegment bits, int size) throws ShmException {
        if (size > 0) {
            MemorySegment kept = allocated((long) size * width);
            MemorySegment.copy(bits, 0, kept, 0, (long) size * width);
            add(new Few(start, size, offsets(offsets, size), kept));
        }
    }

    private MemorySegment offsets(int[] offsets, int size) throws ShmException {
        MemorySegment kept = allocated((long) size * Integer.BYTES);
        MemorySegment.copy(offsets, 0, kept, ValueLayout.JAVA_INT, 0, size);
        return kept;
    }

    private MemorySegment copyOf(int places, MemorySegment memory) throws ShmException {
        MemorySegment copy = allocated(copyBytes(places));
        MemorySegment.copy(memory, 0, copy, 0, copy.byteSize());
        return copy;
    }

    private long copyBytes(int places) {
        return (long) (places - 1) * alignment + width;
    }

    private static long bitmapBytes(int places) {
        return ((places + 63L) >>> 6) * Long.BYTES;
    }

    private void add(Group group) {
        groups.add(group);
        count += group.count();
    }

    private MemorySegment allocated(long size) throws ShmException {
        bytes += size;
        if (bytes > capBytes) {
            throw new ShmException(
                    new LimitReached(
                            id.text(),
                            "more remains than the %d MiB for it can remember: narrow the range, or"
                                            .formatted(capBytes >> 20)
                                    + " begin with a number",
                            "ENOMEM"));
        }
        try {
            return arena.allocate(size, Long.BYTES);
        } catch (OutOfMemoryError full) {
            throw new ShmException(
                    new LimitReached(
                            id.text(),
                            "there is no memory left to remember what remains",
                            "ENOMEM"),
                    full);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
