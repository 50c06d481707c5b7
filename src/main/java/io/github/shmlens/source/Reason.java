package io.github.shmlens.source;

import java.util.Locale;
import java.util.Optional;

/// Why something is changed, in one word.
public enum Reason {
    /// Typed over in the window.
    EDIT,
    /// By the command line's `write`.
    WRITE,
    /// A variable of a store was put or removed.
    SLOT,
    /// A range was filled.
    FILL,
    /// The bytes of a file.
    LOAD,
    /// An empty store was begun.
    FORMAT,
    /// A damaged store was put right.
    REPAIR,
    /// Zeros over what nobody should read any more.
    WIPE,
    /// A segment was made.
    CREATE,
    /// A segment got another owner, group or mode, or was locked in memory or unlocked.
    SET,
    /// A segment was marked for removal, or an object's name removed.
    REMOVE,
    /// An earlier change was taken back.
    UNDO,
    /// A change that was taken back was made again.
    REDO;

    /// As files and people have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Reason> named(String word) {
        for (Reason reason : values()) {
            if (reason.word().equals(word)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
