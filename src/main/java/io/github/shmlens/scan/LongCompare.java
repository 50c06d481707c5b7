package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A block is eight words. For processes without the Vector API, or without the compiler it needs.
final class LongCompare implements BlockCompare {

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    /// As a factor, moves the highest bits of all eight bytes into the highest byte.
    private static final long GATHER = 0x0002040810204081L;

    @Override
    public void update(
            MemorySegment live,
            long liveAt,
            MemorySegment shadow,
            long shadowAt,
            int length,
            Differences into) {
        into.clear();
        int blocks = length / BLOCK_BYTES;
        for (int block = 0; block < blocks; block++) {
            long now = liveAt + (long) block * BLOCK_BYTES;
            long old = shadowAt + (long) block * BLOCK_BYTES;
            // Loaded once; these very words are stored when one of them differs.
            long a = live.get(WORD, now);
            long b = live.get(WORD, now + 8);
            long c = live.get(WORD, now + 16);
            long d = live.get(WORD, now + 24);
            long e = live.get(WORD, now + 32);
            long f = live.get(WORD, now + 40);
            long g = live.get(WORD, now + 48);
            long h = live.get(WORD, now + 56);
            long da = a ^ shadow.get(WORD, old);
            long db = b ^ shadow.get(WORD, old + 8);
            long dc = c ^ shadow.get(WORD, old + 16);
            long dd = d ^ shadow.get(WORD, old + 24);
            long de = e ^ shadow.get(WORD, old + 32);
            long df = f ^ shadow.get(WORD, old + 40);
            long dg = g ^ shadow.get(WORD, old + 48);
            long dh = h ^ shadow.get(WORD, old + 56);
            if ((da | db | dc | dd | de | df | dg | dh) != 0) {
                shadow.set(WORD, old, a);
                shadow.set(WORD, old + 8, b);
                shadow.set(WORD, old + 16, c);
                shadow.set(WORD, old + 24, d);
                shadow.set(WORD, old + 32, e);
                shadow.set(WORD, old + 40, f);
                shadow.set(WORD, old + 48, g);
                shadow.set(WORD, old + 56, h);
                into.add(
                        block,
                        nonZeroBytes(da)
                                | nonZeroBytes(db) << 8
                                | nonZeroBytes(dc) << 16
                                | nonZeroBytes(dd) << 24
                                | nonZeroBytes(de) << 32
                                | nonZeroBytes(df) << 40
                                | nonZeroBytes(dg) << 48
                                | nonZeroBytes(dh) << 56);
            }
        }
        int rest = length % BLOCK_BYTES;
        if (rest != 0) {
            long at = (long) length - rest;
            Tail.update(live, liveAt + at, shadow, shadowAt + at, rest, blocks, into);
        }
    }

    /// One bit, 0 to 7, for each byte of the word that is not 0.
    private static long nonZeroBytes(long word) {
        long highBits = ((word & LOW_BITS) + LOW_BITS | word) & ~LOW_BITS;
        return (highBits * GATHER) >>> 56;
    }

    @Override
    public boolean isZero(MemorySegment live, long at, int length) {
        int whole = length / Long.BYTES * Long.BYTES;
        for (int done = 0; done < whole; done += Long.BYTES) {
            if (live.get(WORD, at + done) != 0) {
                return false;
            }
        }
        return Tail.isZero(live, at + whole, length - whole);
    }
}
