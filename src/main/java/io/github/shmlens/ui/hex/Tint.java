package io.github.shmlens.ui.hex;

/// A stretch of bytes with a background of its own. Where tints overlap, the later one in the list
/// is seen.
public record Tint(long offset, long length, Kind kind) {

    public enum Kind {
        /// The structure's own header.
        HEADER("header"),
        SLOT_HEADER("slot header"),
        VALUE("value"),
        PADDING("padding"),
        FREE("free"),
        /// Left over in free space, still readable by anyone.
        STALE("stale"),
        CHOSEN("chosen"),
        /// Found by a search.
        MATCH("match"),
        BOOKMARK_AMBER("bookmark"),
        BOOKMARK_ROSE("bookmark"),
        BOOKMARK_LIME("bookmark"),
        BOOKMARK_VIOLET("bookmark");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// For people who do not see the colour.
        public String words() {
            return words;
        }

        /// Whether a person put it there; such a stretch has a line above it too.
        boolean isBookmark() {
            return switch (this) {
                case BOOKMARK_AMBER, BOOKMARK_ROSE, BOOKMARK_LIME, BOOKMARK_VIOLET -> true;
                case HEADER, SLOT_HEADER, VALUE, PADDING, FREE, STALE, CHOSEN, MATCH -> false;
            };
        }
    }

    /// Overflow-safe: a length that would pass the largest offset ends there.
    public long end() {
        return offset > 0 && length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    }
}
