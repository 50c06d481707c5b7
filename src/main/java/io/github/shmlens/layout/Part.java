package io.github.shmlens.layout;

/// One stretch of a structure.
///
/// An entry is a header from `offset` up to `contentOffset`, then `contentLength` bytes of content,
/// then padding up to `offset + length`. All other kinds have no content (`contentLength` 0).
///
/// @param key what identifies an entry (for a store: the slot's key, never its offset); 0 for other
///   kinds
/// @param offset from the segment's start
/// @param length of the whole part, in bytes
public record Part(
        Kind kind, long key, long offset, long length, long contentOffset, long contentLength) {

    public enum Kind {
        /// Describes the whole structure.
        HEADER,
        /// One variable.
        ENTRY,
        /// Room that is not used.
        FREE
    }

    public static Part header(long offset, long length) {
        return new Part(Kind.HEADER, 0, offset, length, offset, 0);
    }

    public static Part free(long offset, long length) {
        return new Part(Kind.FREE, 0, offset, length, offset, 0);
    }

    public long end() {
        return offset + length;
    }

    public boolean covers(long at) {
        return at >= offset && at < end();
    }
}
