package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A block is one vector of 512 bits, two of 256 or four of 128, as the machine has them.
final class VectorCompare implements BlockCompare {

    private static final VectorSpecies<Byte> LANES =
            ByteVector.SPECIES_PREFERRED.length() > BLOCK_BYTES
                    ? ByteVector.SPECIES_512
                    : ByteVector.SPECIES_PREFERRED;

    private static final int STEP = LANES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
            long differing = 0;
            for (int part = 0; part < BLOCK_BYTES; part += STEP) {
                long at = (long) block * BLOCK_BYTES + part;
                ByteVector now = ByteVector.fromMemorySegment(LANES, live, liveAt + at, ORDER);
                ByteVector old = ByteVector.fromMemorySegment(LANES, shadow, shadowAt + at, ORDER);
                VectorMask<Byte> unequal = now.compare(VectorOperators.NE, old);
                long bits = unequal.toLong();
                if (bits != 0) {
                    now.intoMemorySegment(shadow, shadowAt + at, ORDER);
                    differing |= bits << part;
                }
            }
            if (differing != 0) {
                into.add(block, differing);
            }
        }
        int rest = length % BLOCK_BYTES;
        if (rest != 0) {
            long at = (long) length - rest;
            Tail.update(live, liveAt + at, shadow, shadowAt + at, rest, blocks, into);
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
