package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/// [NeedleSearch] with vectors: as many places at once as a vector has bytes. Loaded only where the
/// Vector API is there.
final class NeedleVectors {

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private NeedleVectors() {}

    /// Adds the hits that begin in `[from, to)`, but for the last few places.
    ///
    /// @return where it stopped: what is left up to `to` is less than a vector
    static long find(NeedleSearch needle, MemorySegment memory, long from, long to, Hits hits) {
        return needle.plain()
                ? findPlain(needle, memory, from, to, hits)
                : findMasked(needle, memory, from, to, hits);
    }

    private static long findPlain(
            NeedleSearch needle, MemorySegment memory, long from, long to, Hits hits) {
        int early = needle.early();
        int late = needle.late();
        byte earlyByte = needle.value(early);
        byte lateByte = needle.value(late);
        int step = BYTES.length();
        long at = from;
        for (; at <= to - step; at += step) {
            ByteVector first = ByteVector.fromMemorySegment(BYTES, memory, at + early, ORDER);
            ByteVector second = ByteVector.fromMemorySegment(BYTES, memory, at + late, ORDER);
            long places = first.eq(earlyByte).and(second.eq(lateByte)).toLong();
            while (places != 0) {
                needle.addIfFits(memory, at + Long.numberOfTrailingZeros(places), hits);
                places &= places - 1;
            }
        }
        return at;
    }

    private static long findMasked(
            NeedleSearch needle, MemorySegment memory, long from, long to, Hits hits) {
        int early = needle.early();
        int late = needle.late();
        byte earlyByte = needle.value(early);
        byte lateByte = needle.value(late);
        byte earlyMask = needle.mask(early);
        byte lateMask = needle.mask(late);
        int step = BYTES.length();
        long at = from;
        for (; at <= to - step; at += step) {
            ByteVector first =
                    ByteVector.fromMemorySegment(BYTES, memory, at + early, ORDER).and(earlyMask);
            ByteVector second =
                    ByteVector.fromMemorySegment(BYTES, memory, at + late, ORDER).and(lateMask);
            long places = first.eq(earlyByte).and(second.eq(lateByte)).toLong();
            while (places != 0) {
                needle.addIfFits(memory, at + Long.numberOfTrailingZeros(places), hits);
                places &= places - 1;
            }
        }
        return at;
    }
}
