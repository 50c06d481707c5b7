package io.github.shmlens.scan;

import java.util.Objects;

/// The blocks of one stretch that differed. For one thread at a time; used again and again, so that
/// a comparison allocates nothing.
public final class Differences {

    private final int[] blocks;
    private final long[] bytes;
    private int count;

    /// @param mostBytes the longest stretch that will be compared
    public Differences(int mostBytes) {
        int most = (mostBytes + BlockCompare.BLOCK_BYTES - 1) / BlockCompare.BLOCK_BYTES;
        blocks = new int[most];
        bytes = new long[most];
    }

    /// How many blocks differed.
    public int count() {
        return count;
    }

    /// Where one of them begins, in bytes from the start of the stretch.
    public int offset(int index) {
        return blocks[Objects.checkIndex(index, count)] * BlockCompare.BLOCK_BYTES;
    }

    /// One bit for each byte of the block that differed; the lowest for its first.
    public long bytes(int index) {
        return bytes[Objects.checkIndex(index, count)];
    }

    void clear() {
        count = 0;
    }

    /// @param block counted from the start of the stretch
    void add(int block, long differing) {
        blocks[count] = block;
        bytes[count] = differing;
        count++;
    }
}
