package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// [NeedleSearch] with vectors: as many places at once as a vector has bytes. Loaded only where the
/// Vector API is there.
///
/// A stretch is cut into four stripes that are gone through side by side, with one branch for all
/// four: the processor fetches ahead in each for itself. Where one of them may hold a hit is
/// marked; what is marked is looked at again afterwards, in order. Short stripes do not pay: such a
/// loop wants thousands of turns.
final class NeedleVectors {

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int STEP = BYTES.length();

    private static final int STRIPES = 4;
    private static final int LEAST_STRIPE = STEP * Long.SIZE;
    private static final int MOST_STRIPE = (1 << 20) / STRIPES;

    private NeedleVectors() {}

    /// Adds the hits that begin in `[from, to)`, but for the last few places.
    ///
    /// @return where it stopped: what is left up to `to` is less than a vector
    static long find(NeedleSearch needle, MemorySegment memory, long from, long to, Hits hits) {
        long at = from;
        if (needle.plain()) {
            while (to - at >= STRIPES * LEAST_STRIPE) {
                int stripe = (int) Math.min(MOST_STRIPE, (to - at) / STRIPES / STEP * STEP);
                addMarked(needle, memory, at, stripe, marks(needle, memory, at, stripe), hits);
                at += (long) STRIPES * stripe;
            }
        }
        for (; at <= to - STEP; at += STEP) {
            addVector(needle, memory, at, hits);
        }
        return at;
    }

    /// One bit for each vector of a stripe: set where it, or its like in another of the four
    /// stripes, may hold a hit.
    ///
    /// @param stripe length of one, in bytes
    private static long[] marks(NeedleSearch needle, MemorySegment memory, long from, int stripe) {
        long[] marks = new long[(stripe / STEP + Long.SIZE - 1) / Long.SIZE];
        int late = needle.late() - needle.early();
        byte earlyByte = needle.value(needle.early());
        byte lateByte = needle.value(needle.late());
        long at = from + needle.early();
        for (int i = 0; i < stripe; i += STEP) {
            VectorMask<Byte> first = fits(memory, at + i, late, earlyByte, lateByte);
            VectorMask<Byte> second = fits(memory, at + stripe + i, late, earlyByte, lateByte);
            VectorMask<Byte> third = fits(memory, at + 2L * stripe + i, late, earlyByte, lateByte);
            VectorMask<Byte> fourth = fits(memory, at + 3L * stripe + i, late, earlyByte, lateByte);
            if (first.or(second).or(third.or(fourth)).anyTrue()) {
                int vector = i / STEP;
                marks[vector / Long.SIZE] |= 1L << vector;
            }
        }
        return marks;
    }

    private static VectorMask<Byte> fits(
            MemorySegment memory, long at, int late, byte earlyByte, byte lateByte) {
        ByteVector first = ByteVector.fromMemorySegment(BYTES, memory, at, ORDER);
        ByteVector second = ByteVector.fromMemorySegment(BYTES, memory, at + late, ORDER);
        return first.eq(earlyByte).and(second.eq(lateByte));
    }

    /// Looks again at the vectors that are marked, stripe after stripe: hits come in rising order.
    private static void addMarked(
            NeedleSearch needle,
            MemorySegment memory,
            long from,
            int stripe,
            long[] marks,
            Hits hits) {
        for (int number = 0; number < STRIPES; number++) {
            long start = from + (long) number * stripe;
            for (int word = 0; word < marks.length; word++) {
                for (long left = marks[word]; left != 0; left &= left - 1) {
                    long vector = (long) word * Long.SIZE + Long.numberOfTrailingZeros(left);
                    addVector(needle, memory, start + vector * STEP, hits);
                }
            }
        }
    }

    private static void addVector(NeedleSearch needle, MemorySegment memory, long at, Hits hits) {
        int early = needle.early();
        int late = needle.late();
        ByteVector first = ByteVector.fromMemorySegment(BYTES, memory, at + early, ORDER);
        ByteVector second = ByteVector.fromMemorySegment(BYTES, memory, at + late, ORDER);
        long places =
                first.and(needle.mask(early))
                        .eq(needle.value(early))
                        .and(second.and(needle.mask(late)).eq(needle.value(late)))
                        .toLong();
        while (places != 0) {
            needle.addIfFits(memory, at + Long.numberOfTrailingZeros(places), hits);
            places &= places - 1;
        }
    }
}
