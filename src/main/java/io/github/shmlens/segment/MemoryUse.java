package io.github.shmlens.segment;

import java.util.Collection;

/// What some segments take together. Sums that do not fit are [Long#MAX_VALUE].
///
/// @param bytes the sum of their sizes
/// @param pages the same in whole pages for each, as the kernel counts against `shmall`
/// @param largestBytes the size of the largest; 0 when there is none
/// @param residentBytes what of them is in memory, of those whose resident bytes are known
/// @param swappedBytes what of them is swapped out, of those whose swapped bytes are known
/// @param unknown of how many the kernel does not say how much is resident
public record MemoryUse(
        int segments,
        long bytes,
        long pages,
        long largestBytes,
        long residentBytes,
        long swappedBytes,
        int unknown) {

    public static MemoryUse of(Collection<SegmentFacts> all, long pageBytes) {
        long bytes = 0;
        long pages = 0;
        long largest = 0;
        long resident = 0;
        long swapped = 0;
        int unknown = 0;
        for (SegmentFacts one : all) {
            long size = Math.max(0, one.sizeBytes());
            bytes = sum(bytes, size);
            pages = sum(pages, Math.ceilDiv(size, pageBytes));
            largest = Math.max(largest, size);
            resident = sum(resident, Math.max(0, one.rssBytes()));
            swapped = sum(swapped, Math.max(0, one.swapBytes()));
            unknown += one.rssBytes() < 0 ? 1 : 0;
        }
        return new MemoryUse(all.size(), bytes, pages, largest, resident, swapped, unknown);
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
