package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;

/// What a tab's header says.
///
/// @param name the key in hex, or the object's name: `0xf1206`, `/sensor`
/// @param format the format's name where one was recognised, empty otherwise
public record TabLabel(String name, State state, Access access, String format) {

    /// How the content stands to its segment. Each has a word, so that colour is never the only
    /// cue.
    public enum State {
        LIVE("live"),
        PAUSED("paused"),
        /// Removed under us, or no longer readable: the last bytes stay on screen.
        LOST("lost"),
        /// A saved dump: nobody changes it.
        FILE("file");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
