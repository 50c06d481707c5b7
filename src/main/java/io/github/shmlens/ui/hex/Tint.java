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
        MATCH("match");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// For people who do not see the colour.
        public String words() {
            return words;
        }
    }

    /// Overflow-safe: a length that would pass the largest offset ends there.
    public long end() {
        return offset > 0 && length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    }
}
