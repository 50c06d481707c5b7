package io.github.shmlens.sysv;

import io.github.shmlens.scan.BlockCompare;
import io.github.shmlens.source.Content;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Guesses from a few blocks what a stretch holds. Whether it holds anything but zeros is no guess.
final class ContentGuess {

    /// So many chunks of a stretch are asked.
    static final int MOST_CHUNKS = 16;

    private static final int BLOCK = BlockCompare.BLOCK_BYTES;
    private static final int PAGE = 4096;

    /// So many blocks are looked at, spread over the chunks.
    private static final int SAMPLES = 16;

    /// Fewer bytes say too little about how many values there are.
    private static final int FEWEST_FOR_DENSE = 256;

    private final int samplesOfChunk;
    private boolean compared;
    private boolean present;
    private int looked;
    private int notZero;
    private int printable;
    private final long[] values = new long[4];

    /// @param chunks how many will be looked at, about
    ContentGuess(long chunks) {
        samplesOfChunk = (int) Math.max(1, SAMPLES / Math.max(1, chunks));
    }

    void compared() {
        compared = true;
    }

    void present() {
        present = true;
    }

    /// Looks at `[from, to)` of a chunk's shadow.
    void look(MemorySegment shadow, int from, int to, BlockCompare kernel) {
        int blocks = (to - from + BLOCK - 1) / BLOCK;
        int samples = Math.min(samplesOfChunk, blocks);
        int before = notZero;
        for (int i = 0; i < samples; i++) {
            int at = from + (int) ((long) blocks * i / samples) * BLOCK;
            count(shadow, at, Math.min(to, at + BLOCK));
        }
        if (notZero == before) {
            lookFurther(shadow, from, to, kernel);
        }
    }

    /// All that was looked at is zeros: finds the first page that is not.
    private void lookFurther(MemorySegment shadow, int from, int to, BlockCompare kernel) {
        for (int at = from; at < to; at += PAGE) {
            int end = Math.min(to, at + PAGE);
            if (!kernel.isZero(shadow, at, end - at)) {
                count(shadow, at, end);
                return;
            }
        }
    }

    private void count(MemorySegment shadow, int from, int to) {
        for (int at = from; at < to; at++) {
            int value = shadow.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            looked++;
            values[value / Long.SIZE] |= 1L << value;
            if (value != 0) {
                notZero++;
                if (isPrintable(value)) {
                    printable++;
                }
            }
        }
    }

    /// White space counts too.
    private static boolean isPrintable(int value) {
        return (value >= 0x20 && value < 0x7f) || (value >= '\t' && value <= '\r');
    }

    Content content() {
        if (!compared) {
            return Content.UNKNOWN;
        }
        if (notZero == 0) {
            return present ? Content.ZERO : Content.ABSENT;
        }
        if (printable >= notZero - notZero / 8) {
            return Content.TEXT;
        }
        // Bytes drawn by lot would show so many different values.
        double expected = 256 * (1 - Math.pow(255.0 / 256, looked));
        return looked >= FEWEST_FOR_DENSE && different() >= 0.9 * expected
                ? Content.DENSE
                : Content.BINARY;
    }

    private int different() {
        int count = 0;
        for (long some : values) {
            count += Long.bitCount(some);
        }
        return count;
    }
}
