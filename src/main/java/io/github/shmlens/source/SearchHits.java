package io.github.shmlens.source;

/// Some hits of a search, in rising order of their offsets.
///
/// @param offsets of the hits' first bytes, from the segment's start
/// @param bytes what lay there when it was found to be a hit: one hit's bytes after the other's
public record SearchHits(long[] offsets, byte[] bytes) {

    /// The most hits that come at once.
    public static final int MOST = 1024;

    public int count() {
        return offsets.length;
    }
}
