package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Looks for a run of bytes, some of which may be known only in part.
///
/// Two bytes of the needle, far apart and unlikely to be common, are compared with many places at
/// once; only where both fit is the rest looked at. That is W. Muła's "generic SIMD" search (first
/// and last byte), with the two bytes chosen by what memory is full of.
public final class NeedleSearch {

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] value;
    private final byte[] mask;
    private final int early;
    private final int late;
    private final boolean plain;

    /// @param value what is looked for; bits outside the mask do not count
    /// @param mask as long as `value`; its bits say which bits of `value` must fit. At least one is
    ///   set
    public NeedleSearch(byte[] value, byte[] mask) {
        if (value.length == 0 || value.length != mask.length) {
            throw new IllegalArgumentException(
                    "%d bytes and %d of mask".formatted(value.length, mask.length));
        }
        this.value = new byte[value.length];
        this.mask = mask.clone();
        for (int at = 0; at < value.length; at++) {
            this.value[at] = (byte) (value[at] & mask[at]);
        }
        this.early = best(-1);
        this.late = best(early);
        this.plain = mask[early] == -1 && mask[late] == -1;
        if (mask[early] == 0) {
            throw new IllegalArgumentException("a mask of zeros");
        }
    }

    /// The byte that tells most; far from the other where several are as good.
    private int best(int other) {
        int best = other < 0 ? 0 : other;
        int bestScore = -1;
        for (int at = 0; at < value.length; at++) {
            if (at == other) {
                continue;
            }
            int score = score(at);
            if (score > bestScore || (score == bestScore && other >= 0 && score > 0)) {
                best = at;
                bestScore = score;
            }
        }
        return other >= 0 && bestScore <= 0 ? other : best;
    }

    private int score(int at) {
        int known = Integer.bitCount(mask[at] & 0xff);
        boolean common = value[at] == 0 || value[at] == -1 || value[at] == ' ';
        return known == Byte.SIZE && common ? known - 1 : known * 2;
    }

    int early() {
        return early;
    }

    int late() {
        return late;
    }

    /// Whether both chosen bytes are known in full.
    boolean plain() {
        return plain;
    }

    byte value(int at) {
        return value[at];
    }

    byte mask(int at) {
        return mask[at];
    }

    public int length() {
        return value.length;
    }

    /// Adds every hit that begins in `[from, to)`. What lies behind the hit's first byte must lie
    /// inside `memory`, so `to` is at most `memory.byteSize() - length() + 1`.
    ///
    /// The memory may change meanwhile: whoever needs to be sure looks at a hit again.
    public void find(MemorySegment memory, long from, long to, Hits hits) {
        if (to > memory.byteSize() - value.length + 1) {
            throw new IndexOutOfBoundsException(
                    "hits up to %d in %d bytes".formatted(to, memory.byteSize()));
        }
        long at = from;
        if (VectorUnit.isUsable()) {
            at = NeedleVectors.find(this, memory, from, to, hits);
        }
        findByWords(memory, at, to, hits);
    }

    /// Eight places at a time, without vectors.
    void findByWords(MemorySegment memory, long from, long to, Hits hits) {
        long wanted = (value[early] & 0xff) * ONES;
        long wantedMask = (mask[early] & 0xff) * ONES;
        long at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long differences = (memory.get(WORD, at + early) & wantedMask) ^ wanted;
            // Nothing but the lowest mark is sure: a borrow can mark bytes above it.
            long zeros = differences - ONES & ~differences & HIGHS;
            while (zeros != 0) {
                long place = at + (Long.numberOfTrailingZeros(zeros) >>> 3);
                addIfFits(memory, place, hits);
                zeros &= zeros - 1;
            }
        }
        for (; at < to; at++) {
            addIfFits(memory, at, hits);
        }
    }

    void addIfFits(MemorySegment memory, long at, Hits hits) {
        if (fits(memory, at)) {
            hits.add(at);
        }
    }

    private boolean fits(MemorySegment memory, long at) {
        if ((memory.get(ValueLayout.JAVA_BYTE, at + late) & mask[late]) != value[late]) {
            return false;
        }
        for (int i = 0; i < value.length; i++) {
            if ((memory.get(ValueLayout.JAVA_BYTE, at + i) & mask[i]) != value[i]) {
                return false;
            }
        }
        return true;
    }
}
