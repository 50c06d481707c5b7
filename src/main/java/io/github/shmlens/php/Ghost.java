package io.github.shmlens.php;

/// A slot whose bytes still lie in a store's free room although no script finds it there.
///
/// @param slot as it lies there, with its offset from the segment's start
public record Ghost(Slot slot, Kind kind) {

    /// What became of the slot.
    public enum Kind {
        /// No slot has its key any more.
        REMOVED("removed"),
        /// Its key lives on with other bytes: these are an older value.
        REPLACED("replaced"),
        /// The same bytes live elsewhere: PHP moved the slot and left this copy.
        MOVED("moved");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As scripts see it.
        public String word() {
            return word;
        }
    }
}
