package io.github.shmlens.scan;

import java.util.Arrays;

/// Where a search found something in one stretch, in rising order. Room for it grows with what is
/// found, up to one hit for every byte of the stretch, and is kept for the next stretch.
public final class Hits {

    private static final int FIRST_ROOM = 256;

    private final int alignment;
    private long start;
    private int[] offsets = new int[FIRST_ROOM];
    private int count;

    /// @param alignment a power of two: hits at other offsets, counted from the whole memory's
    ///   first byte, are left out
    public Hits(int alignment) {
        if (Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment " + alignment);
        }
        this.alignment = alignment;
    }

    /// Forgets everything; what comes next lies in another stretch.
    ///
    /// @param stretchStart where the stretch begins in the whole memory
    public void restart(long stretchStart) {
        start = stretchStart;
        count = 0;
    }

    public int count() {
        return count;
    }

    /// Where one of them begins.
    ///
    /// @return counted from the stretch's first byte
    public int get(int index) {
        return offsets[index];
    }

    public int alignment() {
        return alignment;
    }

    /// The first aligned offset of the stretch at or behind `at`.
    long aligned(long at) {
        long whole = start + at;
        return at + (-whole & (alignment - 1));
    }

    void add(long at) {
        if ((start + at & (alignment - 1)) != 0) {
            return;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = (int) at;
    }
}
