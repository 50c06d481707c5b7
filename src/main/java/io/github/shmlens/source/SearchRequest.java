package io.github.shmlens.source;

/// One search.
///
/// @param offset of the first byte of the range
/// @param length of the range; a hit lies in it as a whole
/// @param alignment a power of two up to 4096: hits at other offsets, counted from the segment's
///   first byte, are left out
/// @param limit how many hits are reported at most; at least 1
public record SearchRequest(
        SearchPattern pattern, long offset, long length, int alignment, long limit) {

    public static final int MOST_ALIGNMENT = 4096;

    public SearchRequest {
        if (Integer.bitCount(alignment) != 1 || alignment < 1 || alignment > MOST_ALIGNMENT) {
            throw new IllegalArgumentException("alignment " + alignment);
        }
        if (offset < 0 || length < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "%d bytes at %d, at most %d hits".formatted(length, offset, limit));
        }
    }
}
