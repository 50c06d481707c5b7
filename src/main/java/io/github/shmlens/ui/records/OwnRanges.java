package io.github.shmlens.ui.records;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// What we wrote ourselves a moment ago, so that a change can be told to be ours. Any thread.
public final class OwnRanges {

    private static final long KEPT_NANOS = 2_000_000_000L;
    private static final int MOST = 64;

    private record Range(long offset, byte[] bytes, long atNanos) {}

    private final Deque<Range> ranges = new ArrayDeque<>();

    /// Tells it bytes that were just written.
    ///
    /// @param nowNanos [System#nanoTime]
    public synchronized void left(long offset, byte[] bytes, long nowNanos) {
        ranges.addLast(new Range(offset, bytes.clone(), nowNanos));
        if (ranges.size() > MOST) {
            ranges.removeFirst();
        }
    }

    /// Whether these bytes are what a write of ours left there.
    public synchronized boolean covers(long offset, byte[] now, long nowNanos) {
        ranges.removeIf(range -> nowNanos - range.atNanos() > KEPT_NANOS);
        for (Range range : ranges) {
            long from = Math.max(offset, range.offset());
            long to = Math.min(offset + now.length, range.offset() + range.bytes().length);
            if (from < to
                    && Arrays.equals(
                            now,
                            (int) (from - offset),
                            (int) (to - offset),
                            range.bytes(),
                            (int) (from - range.offset()),
                            (int) (to - range.offset()))) {
                return true;
            }
        }
        return false;
    }
}
