package io.github.shmlens.ui.bookmarks;

import java.util.Comparator;

/// A stretch of a segment that somebody wants to find again.
///
/// @param length at least 1; the stretch ends at the largest offset at the latest
/// @param note on one line, up to [#MOST_NOTE] characters; may be empty
record Bookmark(long offset, long length, Shade shade, String note) {

    static final int MOST_NOTE = 500;

    /// As they lie in the segment.
    static final Comparator<Bookmark> BY_PLACE =
            Comparator.comparingLong(Bookmark::offset)
                    .thenComparingLong(Bookmark::length)
                    .thenComparing(Bookmark::note);

    Bookmark {
        if (offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
            throw new IllegalArgumentException("%d bytes at %d".formatted(length, offset));
        }
        if (note.length() > MOST_NOTE) {
            throw new IllegalArgumentException("a note of %d characters".formatted(note.length()));
        }
    }

    boolean covers(long at) {
        return at >= offset && at < offset + length;
    }
}
