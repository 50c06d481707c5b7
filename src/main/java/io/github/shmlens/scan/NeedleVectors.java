package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// [NeedleSearch] with vectors: as many places at once as a vector has bytes. Loaded only where the
/// Vector API is there.
///
/// Four neighbouring stripes are gone through side by side, and only where one of them may hold a
/// hit are they looked at again, in order: one branch for four vectors, and memory that comes from
/// four pages at a time, because the processor fetches ahead in each page for itself.
final class NeedleVectors {

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int STEP = BYTES.length();

    /// One bit of a `long` for each vector of a stripe.
    private static final int STRIPE = STEP * Long.SIZE;

    private static final int STRIPES = 4;

    private NeedleVectors() {}

    /// Adds the hits that begin in `[from, to)`, but for the last few places.
    ///
    /// @return where it stopped: what is left up to `to` is less than a vector
    static long find(NeedleSearch needle, MemorySegment memory, long from, long to, Hits hits) {
        long at = from;
        if (needle.plain()) {
            for (; at <= to - STRIPES * STRIPE; at += STRIPES * STRIPE) {
                addMarked(needle, memory, at, marksPlain(needle, memory, at), hits);
            }
        } else {
            for (; at <= to - STRIPES * STRIPE; at += STRIPES * STRIPE) {
                addMarked(needle, memory, at, marksMasked(needle, memory, at), hits);
            }
        }
        for (; at <= to - STEP; at += STEP) {
            addVector(needle, memory, at, hits);
        }
        return at;
    }

    /// One bit for each vector of a stripe: set where it, or its like in another of the four
    /// stripes, may hold a hit.
    private static long marksPlain(NeedleSearch needle, MemorySegment memory, long from) {
        int late = needle.late() - needle.early();
        byte earlyByte = needle.value(needle.early());
        byte lateByte = needle.value(needle.late());
        long marks = 0;
        long at = from + needle.early();
        for (int i = 0; i < Long.SIZE; i++, at += STEP) {
            VectorMask<Byte> first = fits(memory, at, late, earlyByte, lateByte);
            VectorMask<Byte> second = fits(memory, at + STRIPE, late, earlyByte, lateByte);
            VectorMask<Byte> third = fits(memory, at + 2L * STRIPE, late, earlyByte, lateByte);
            VectorMask<Byte> fourth = fits(memory, at + 3L * STRIPE, late, earlyByte, lateByte);
            if (first.or(second).or(third.or(fourth)).anyTrue()) {
                marks |= 1L << i;
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

    /// As [#marksPlain], for bytes of which only some bits are known.
    private static long marksMasked(NeedleSearch needle, MemorySegment memory, long from) {
        long marks = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            long at = from + (long) i * STEP;
            VectorMask<Byte> first = fitsMasked(needle, memory, at);
            VectorMask<Byte> second = fitsMasked(needle, memory, at + STRIPE);
            VectorMask<Byte> third = fitsMasked(needle, memory, at + 2L * STRIPE);
            VectorMask<Byte> fourth = fitsMasked(needle, memory, at + 3L * STRIPE);
            if (first.or(second).or(third.or(fourth)).anyTrue()) {
                marks |= 1L << i;
            }
        }
        return marks;
    }

    private static VectorMask<Byte> fitsMasked(NeedleSearch needle, MemorySegment memory, long at) {
        int early = needle.early();
        int late = needle.late();
        ByteVector first = ByteVector.fromMemorySegment(BYTES, memory, at + early, ORDER);
        ByteVector second = ByteVector.fromMemorySegment(BYTES, memory, at + late, ORDER);
        return first.and(needle.mask(early))
                .eq(needle.value(early))
                .and(second.and(needle.mask(late)).eq(needle.value(late)));
    }

    /// Looks again at the vectors that are marked, stripe after stripe: hits come in rising order.
    private static void addMarked(
            NeedleSearch needle, MemorySegment memory, long from, long marks, Hits hits) {
        if (marks == 0) {
            return;
        }
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            long start = from + (long) stripe * STRIPE;
            for (long left = marks; left != 0; left &= left - 1) {
                long vector = Long.numberOfTrailingZeros(left);
                addVector(needle, memory, start + vector * STEP, hits);
            }
        }
    }

    private static void addVector(NeedleSearch needle, MemorySegment memory, long at, Hits hits) {
        long places = fitsMasked(needle, memory, at).toLong();
        while (places != 0) {
            needle.addIfFits(memory, at + Long.numberOfTrailingZeros(places), hits);
            places &= places - 1;
        }
    }
}
