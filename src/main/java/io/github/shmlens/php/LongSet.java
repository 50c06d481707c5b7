package io.github.shmlens.php;

import java.util.Arrays;

/// Remembers longs without boxing them: a walk asks for each of 100,000 keys whether it was there.
final class LongSet {

    private long[] table = new long[64];
    private int size;
    private boolean hasZero;

    /// @return false when it was there already
    boolean add(long value) {
        if (value == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (size >= table.length / 2) {
            grow();
        }
        if (!insert(value)) {
            return false;
        }
        size++;
        return true;
    }

    private boolean insert(long value) {
        int mask = table.length - 1;
        int at = spread(value) & mask;
        while (table[at] != 0) {
            if (table[at] == value) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = value;
        return true;
    }

    private void grow() {
        long[] old = table;
        table = Arrays.copyOf(new long[0], old.length * 2);
        for (long value : old) {
            if (value != 0) {
                insert(value);
            }
        }
    }

    /// Keys in a row must not land in one run, nor keys chosen to.
    private static int spread(long value) {
        long mixed = (value ^ (value >>> 31)) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
