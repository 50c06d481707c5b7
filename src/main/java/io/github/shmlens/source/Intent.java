package io.github.shmlens.source;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Ownership;

/// What somebody means to do to a segment, before it is done.
public sealed interface Intent {

    record Attach(Access access) implements Intent {}

    record Remove() implements Intent {}

    /// @param next whose it shall be, and with which mode
    record Change(Ownership next) implements Intent {}

    /// @param locked whether its pages shall stay in memory, or may be swapped out again
    record LockInMemory(boolean locked) implements Intent {}
}
