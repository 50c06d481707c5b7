package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;

/// Compares memory with a shadow of it in blocks of 64 bytes, and brings the shadow up to date.
///
/// What is stored is what was compared, from one and the same load: another process may write at
/// any time, and a byte that was not reported never reaches the shadow. Any thread may use a
/// kernel; it keeps nothing.
public sealed interface BlockCompare permits VectorCompare, LongCompare {

    /// Grain of the comparison.
    int BLOCK_BYTES = 64;

    /// The fastest kernel of this process. Chosen once.
    static BlockCompare best() {
        return Best.KERNEL;
    }

    /// Compares `[liveAt, liveAt + length)` with as many bytes of the shadow from `shadowAt` on,
    /// and copies what differs into the shadow. Bounds and liveness are the segments' own, checked
    /// at each access.
    ///
    /// @param length the last block may be shorter than 64 bytes
    /// @param into receives the blocks that differ, in rising order; what it held is dropped
    /// @throws IllegalStateException when one of the segments was closed; the blocks before that
    ///   one are in `into`, and in the shadow
    void update(
            MemorySegment live,
            long liveAt,
            MemorySegment shadow,
            long shadowAt,
            int length,
            Differences into);

    /// Whether all bytes of a stretch are 0.
    boolean isZero(MemorySegment live, long at, int length);

    /// Chosen when first needed.
    final class Best {
        private static final BlockCompare KERNEL =
                VectorUnit.isUsable() ? new VectorCompare() : new LongCompare();

        private Best() {}
    }
}
