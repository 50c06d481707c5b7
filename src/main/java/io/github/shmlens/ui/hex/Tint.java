package io.github.shmlens.ui.hex;

import io.github.shmlens.ui.text.Texts;

/// A stretch of bytes with a background of its own. Where tints overlap, the later one in the list
/// is seen.
public record Tint(long offset, long length, Kind kind) {

    private static final Texts TEXTS = Texts.of(Tint.class);

    public enum Kind {
        /// The structure's own header.
        HEADER("tint.header"),
        SLOT_HEADER("tint.slot-header"),
        VALUE("tint.value"),
        PADDING("tint.padding"),
        FREE("tint.free"),
        /// Left over in free space, still readable by anyone.
        STALE("tint.stale"),
        CHOSEN("tint.chosen"),
        /// Found by a search.
        MATCH("tint.match"),
        BOOKMARK_AMBER("tint.bookmark"),
        BOOKMARK_ROSE("tint.bookmark"),
        BOOKMARK_LIME("tint.bookmark"),
        BOOKMARK_VIOLET("tint.bookmark"),
        /// Fields of a structure, so that neighbours differ.
        FIELD_BLUE("tint.field"),
        FIELD_GREEN("tint.field"),
        FIELD_SAND("tint.field"),
        FIELD_MAUVE("tint.field");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /// For people who do not see the colour.
        public String words() {
            return TEXTS.say(key);
        }

        /// Whether a person put it there; such a stretch has a line above it too.
        boolean isBookmark() {
            return switch (this) {
                case BOOKMARK_AMBER, BOOKMARK_ROSE, BOOKMARK_LIME, BOOKMARK_VIOLET -> true;
                case HEADER,
                        SLOT_HEADER,
                        VALUE,
                        PADDING,
                        FREE,
                        STALE,
                        CHOSEN,
                        MATCH,
                        FIELD_BLUE,
                        FIELD_GREEN,
                        FIELD_SAND,
                        FIELD_MAUVE ->
                        false;
            };
        }
    }

    /// Overflow-safe: a length that would pass the largest offset ends there.
    public long end() {
        return offset > 0 && length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
    }
}
