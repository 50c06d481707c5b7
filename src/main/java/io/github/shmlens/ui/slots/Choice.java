package io.github.shmlens.ui.slots;

/// What the user decided about a [Conflict].
public enum Choice {
    /// Memory stays as it is; the user's edit is dropped.
    KEEP_THEIRS,
    /// The user's edit replaces what is there now.
    WRITE_MINE,
    /// Nothing is written, nothing is dropped.
    BACK
}
