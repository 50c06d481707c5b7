package io.github.shmlens.source;

import org.jspecify.annotations.Nullable;

/// What writes are for, told to a segment before the first of them ([AttachedSegment#begin]). A
/// segment that keeps a journal keeps them as this; to any other it means nothing.
///
/// Where deeds are inside one another, a slot stays a slot, and the outermost says why.
public sealed interface Deed {

    /// Each write is a change of its own.
    record Each(Reason reason) implements Deed {}

    /// All writes together are one change.
    record Whole(Reason reason) implements Deed {}

    /// A variable of a store. The bytes of others may move with it, so it is known by its key and
    /// what it holds. Whoever gets one must not change its arrays.
    ///
    /// @param old what it held; null when it was not there
    /// @param next what it holds then; null when it is removed
    record Slot(long key, byte @Nullable [] old, byte @Nullable [] next) implements Deed {}

    /// A change in the journal is taken back, or made again.
    ///
    /// @param entry its number there
    /// @param again true to make it again
    /// @param whole whether several writes are one change
    record Back(long entry, boolean again, boolean whole) implements Deed {}

    /// Zeros for good. What they cover is kept nowhere: that is what wiping is for.
    record Wipe() implements Deed {}

    /// Nobody will want to take these back, and there may be many: what a demo plays.
    record Unkept() implements Deed {}
}
