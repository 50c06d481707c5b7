package io.github.shmlens.ui.records;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// Numbers of records in an order of their own, off the heap, at most [#MOST] of them. Filled by
/// one thread, then read by any; closing while others read is safe: they get an
/// [IllegalStateException].
final class RowSet implements AutoCloseable {

    /// 128 MiB of numbers, and twice that while they are being sorted.
    static final int MOST = 1 << 24;

    private static final int FIRST = 1 << 12;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private Arena arena = Arena.ofShared();
    private MemorySegment numbers = arena.allocate(LONG, FIRST);
    private long room = FIRST;
    private long count;

    /// Whether there is room for one more.
    boolean isFull() {
        return count == MOST;
    }

    /// @param number behind all that are there
    void add(long number) {
        if (isFull()) {
            throw new IllegalStateException("there are %d already".formatted(count));
        }
        if (count == room) {
            grow();
        }
        numbers.setAtIndex(LONG, count++, number);
    }

    @SuppressWarnings("MustBeClosed") // closed when it grows again, and by close
    private void grow() {
        long larger = Math.min(room * 2, MOST);
        Arena next = Arena.ofShared();
        MemorySegment copy = next.allocate(LONG, larger);
        MemorySegment.copy(numbers, 0, copy, 0, count * Long.BYTES);
        arena.close();
        arena = next;
        numbers = copy;
        room = larger;
    }

    long size() {
        return count;
    }

    /// The number at a place.
    long at(long index) {
        Objects.checkIndex(index, count);
        return numbers.getAtIndex(LONG, index);
    }

    void set(long index, long number) {
        Objects.checkIndex(index, count);
        numbers.setAtIndex(LONG, index, number);
    }

    /// Where a number stands; −1 where it does not. Looks at all of them.
    long indexOf(long number) {
        for (long i = 0; i < count; i++) {
            if (numbers.getAtIndex(LONG, i) == number) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
