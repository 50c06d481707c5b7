package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [RangeSearch] with vectors: passes over stretches of a vector's size that hold no hit, and has
/// the others looked at one by one. Loaded only where the Vector API is there.
final class RangeVectors {

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private static final int STEP = BYTES.vectorByteSize();

    private RangeVectors() {}

    /// Adds the hits that begin in `[from, to)`, but for the last few places.
    ///
    /// @param from aligned
    /// @return where it stopped: what is left up to `to` is little more than a vector
    static long find(RangeSearch range, MemorySegment memory, long from, long to, Hits hits) {
        int width = range.width();
        int grain = Math.min(hits.alignment(), width);
        long at = from;
        // The last of the shifted loads begins width − grain behind the first.
        long last = Math.min(to, memory.byteSize() - (width - grain)) - STEP;
        while (at <= last) {
            at =
                    switch (width) {
                        case Byte.BYTES -> passBytes(range, memory, at, last);
                        case Short.BYTES -> passShorts(range, memory, at, last, grain);
                        case Integer.BYTES ->
                                range.isFloats()
                                        ? passFloats(range, memory, at, last, grain)
                                        : passInts(range, memory, at, last, grain);
                        default ->
                                range.isFloats()
                                        ? passDoubles(range, memory, at, last, grain)
                                        : passLongs(range, memory, at, last, grain);
                    };
            if (at > last) {
                break;
            }
            range.findOneByOne(memory, hits.aligned(at), at + STEP, hits);
            at += STEP;
        }
        return hits.aligned(at);
    }

    /// Each of these returns the first stretch at or behind `at` that holds a hit, or one behind
    /// `last`.
    private static long passBytes(RangeSearch range, MemorySegment memory, long at, long last) {
        byte least = (byte) range.least();
        byte span = (byte) range.span();
        long place = at;
        for (; place <= last; place += STEP) {
            ByteVector there =
                    ByteVector.fromMemorySegment(BYTES, memory, place, ByteOrder.LITTLE_ENDIAN);
            if (there.sub(least).compare(VectorOperators.ULE, span).anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static long passShorts(
            RangeSearch range, MemorySegment memory, long at, long last, int grain) {
        short least = (short) range.least();
        short span = (short) range.span();
        ByteOrder order = range.order();
        long place = at;
        for (; place <= last; place += STEP) {
            VectorMask<Short> fits =
                    ShortVector.fromMemorySegment(SHORTS, memory, place, order)
                            .sub(least)
                            .compare(VectorOperators.ULE, span);
            for (int shift = grain; shift < Short.BYTES; shift += grain) {
                fits =
                        fits.or(
                                ShortVector.fromMemorySegment(SHORTS, memory, place + shift, order)
                                        .sub(least)
                                        .compare(VectorOperators.ULE, span));
            }
            if (fits.anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static long passInts(
            RangeSearch range, MemorySegment memory, long at, long last, int grain) {
        int least = (int) range.least();
        int span = (int) range.span();
        ByteOrder order = range.order();
        long place = at;
        for (; place <= last; place += STEP) {
            VectorMask<Integer> fits =
                    IntVector.fromMemorySegment(INTS, memory, place, order)
                            .sub(least)
                            .compare(VectorOperators.ULE, span);
            for (int shift = grain; shift < Integer.BYTES; shift += grain) {
                fits =
                        fits.or(
                                IntVector.fromMemorySegment(INTS, memory, place + shift, order)
                                        .sub(least)
                                        .compare(VectorOperators.ULE, span));
            }
            if (fits.anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static long passLongs(
            RangeSearch range, MemorySegment memory, long at, long last, int grain) {
        long least = range.least();
        long span = range.span();
        ByteOrder order = range.order();
        long place = at;
        for (; place <= last; place += STEP) {
            VectorMask<Long> fits =
                    LongVector.fromMemorySegment(LONGS, memory, place, order)
                            .sub(least)
                            .compare(VectorOperators.ULE, span);
            for (int shift = grain; shift < Long.BYTES; shift += grain) {
                fits =
                        fits.or(
                                LongVector.fromMemorySegment(LONGS, memory, place + shift, order)
                                        .sub(least)
                                        .compare(VectorOperators.ULE, span));
            }
            if (fits.anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static long passFloats(
            RangeSearch range, MemorySegment memory, long at, long last, int grain) {
        // Rounded outwards: what fits only by rounding is sorted out one by one.
        float low = Math.nextDown((float) range.low());
        float high = Math.nextUp((float) range.high());
        ByteOrder order = range.order();
        long place = at;
        for (; place <= last; place += STEP) {
            VectorMask<Float> fits = fits(memory, place, order, low, high);
            for (int shift = grain; shift < Float.BYTES; shift += grain) {
                fits = fits.or(fits(memory, place + shift, order, low, high));
            }
            if (fits.anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static VectorMask<Float> fits(
            MemorySegment memory, long place, ByteOrder order, float low, float high) {
        FloatVector there = FloatVector.fromMemorySegment(FLOATS, memory, place, order);
        return there.compare(VectorOperators.GE, low).and(there.compare(VectorOperators.LE, high));
    }

    private static long passDoubles(
            RangeSearch range, MemorySegment memory, long at, long last, int grain) {
        double low = range.low();
        double high = range.high();
        ByteOrder order = range.order();
        long place = at;
        for (; place <= last; place += STEP) {
            VectorMask<Double> fits = fits(memory, place, order, low, high);
            for (int shift = grain; shift < Double.BYTES; shift += grain) {
                fits = fits.or(fits(memory, place + shift, order, low, high));
            }
            if (fits.anyTrue()) {
                break;
            }
        }
        return place;
    }

    private static VectorMask<Double> fits(
            MemorySegment memory, long place, ByteOrder order, double low, double high) {
        DoubleVector there = DoubleVector.fromMemorySegment(DOUBLES, memory, place, order);
        return there.compare(VectorOperators.GE, low).and(there.compare(VectorOperators.LE, high));
    }
}
