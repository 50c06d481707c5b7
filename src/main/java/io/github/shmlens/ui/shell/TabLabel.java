package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;
import io.github.shmlens.ui.text.Texts;

/// What a tab's header says.
///
/// @param name the key in hex, or the object's name: `0xf1206`, `/sensor`
/// @param format the format's name where one was recognised, empty otherwise
public record TabLabel(String name, State state, Access access, String format) {

    private static final Texts TEXTS = Texts.of(TabLabel.class);

    /// How the content stands to its segment. Each has a word, so that colour is never the only
    /// cue.
    public enum State {
        LIVE("state.live", "shm-live"),
        PAUSED("state.paused", "shm-paused"),
        /// Marked for removal: its key may name another one by now, and it goes at the last detach.
        REMOVED("state.removed", "shm-lost"),
        /// An object or file whose name leads nowhere, or to another one, by now.
        NAMELESS("state.nameless", "shm-lost"),
        /// Removed under us, or no longer readable: the last bytes stay on screen.
        LOST("state.lost", "shm-lost"),
        /// A saved dump: nobody changes it.
        FILE("state.file", "shm-file");

        private final String key;
        private final String styleClass;

        State(String key, String styleClass) {
            this.key = key;
            this.styleClass = styleClass;
        }

        public String word() {
            return TEXTS.say(key);
        }

        String styleClass() {
            return styleClass;
        }
    }
}
