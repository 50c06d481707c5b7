package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A block is one vector of 512 bits, two of 256 or four of 128, as the machine has them.
final class VectorCompare implements BlockCompare {

    private static final VectorSpecies<Byte> LANES =
            ByteVector.SPECIES_PREFERRED.length() > BLOCK_BYTES
                    ? ByteVector.SPECIES_512
                    : ByteVector.SPECIES_PREFERRED;

    private static final int STEP = LANES.length();

    /// Asked about at once; more, and several groups side by side, were slower.
    private static final int GROUP_BLOCKS = 64;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Whether a vector of this machine holds a whole block.
    static boolean isWide() {
        return STEP == BLOCK_BYTES;
    }

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
        int first = 0;
        for (; first <= blocks - GROUP_BLOCKS; first += GROUP_BLOCKS) {
            long at = (long) first * BLOCK_BYTES;
            if (!isSame(live, liveAt + at, shadow, shadowAt + at)) {
                updateBlocks(live, liveAt, shadow, shadowAt, first, first + GROUP_BLOCKS, into);
            }
        }
        updateBlocks(live, liveAt, shadow, shadowAt, first, blocks, into);
        int rest = length % BLOCK_BYTES;
        if (rest != 0) {
            long at = (long) length - rest;
            Tail.update(live, liveAt + at, shadow, shadowAt + at, rest, blocks, into);
        }
    }

    /// Whether a group is as it was. One branch for all of it: the processor has more loads under
    /// way at once.
    private static boolean isSame(
            MemorySegment live, long liveAt, MemorySegment shadow, long shadowAt) {
        ByteVector differing = ByteVector.zero(LANES);
        for (int at = 0; at < GROUP_BLOCKS * BLOCK_BYTES; at += STEP) {
            ByteVector now = ByteVector.fromMemorySegment(LANES, live, liveAt + at, ORDER);
            ByteVector old = ByteVector.fromMemorySegment(LANES, shadow, shadowAt + at, ORDER);
            differing = differing.or(now.lanewise(VectorOperators.XOR, old));
        }
        return !differing.compare(VectorOperators.NE, (byte) 0).anyTrue();
    }

    /// Loads each vector anew: what is stored is what was compared.
    private static void updateBlocks(
            MemorySegment live,
            long liveAt,
            MemorySegment shadow,
            long shadowAt,
            int first,
            int end,
            Differences into) {
        for (int block = first; block < end; block++) {
            long differing = 0;
            for (int part = 0; part < BLOCK_BYTES; part += STEP) {
                long at = (long) block * BLOCK_BYTES + part;
                ByteVector now = ByteVector.fromMemorySegment(LANES, live, liveAt + at, ORDER);
                ByteVector old = ByteVector.fromMemorySegment(LANES, shadow, shadowAt + at, ORDER);
                long bits = now.compare(VectorOperators.NE, old).toLong();
                if (bits != 0) {
                    now.intoMemorySegment(shadow, shadowAt + at, ORDER);
                    differing |= bits << part;
                }
            }
            if (differing != 0) {
                into.add(block, differing);
            }
        }
    }

    @Override
    public boolean isZero(MemorySegment live, long at, int length) {
        int whole = length / STEP * STEP;
        for (int done = 0; done < whole; done += STEP) {
            ByteVector now = ByteVector.fromMemorySegment(LANES, live, at + done, ORDER);
            if (now.compare(VectorOperators.NE, (byte) 0).anyTrue()) {
                return false;
            }
        }
        return Tail.isZero(live, at + whole, length - whole);
    }
}
