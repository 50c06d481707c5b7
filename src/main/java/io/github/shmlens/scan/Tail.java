package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The last few bytes of a stretch, one by one.
final class Tail {

    private Tail() {}

    /// @param length less than a block
    /// @param block the number of this last block
    static void update(
            MemorySegment live,
            long liveAt,
            MemorySegment shadow,
            long shadowAt,
            int length,
            int block,
            Differences into) {
        long differing = 0;
        for (int i = 0; i < length; i++) {
            byte now = live.get(ValueLayout.JAVA_BYTE, liveAt + i);
            if (now != shadow.get(ValueLayout.JAVA_BYTE, shadowAt + i)) {
                shadow.set(ValueLayout.JAVA_BYTE, shadowAt + i, now);
                differing |= 1L << i;
            }
        }
        if (differing != 0) {
            into.add(block, differing);
        }
    }

    static boolean isZero(MemorySegment live, long at, int length) {
        for (int i = 0; i < length; i++) {
            if (live.get(ValueLayout.JAVA_BYTE, at + i) != 0) {
                return false;
            }
        }
        return true;
    }
}
