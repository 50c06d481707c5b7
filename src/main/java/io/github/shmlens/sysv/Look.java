package io.github.shmlens.sysv;

import java.lang.foreign.MemorySegment;

/// A stretch of a segment that a sweep can compare: either the live memory itself, or a copy.
///
/// @param bytes the stretch, its first byte at 0; shorter than asked for where the segment ends
/// @param resident which of the stretch's pages may be touched
record Look(MemorySegment bytes, Residency resident) {

    /// Answers for one page, counted from the one that the stretch begins in.
    @FunctionalInterface
    interface Residency {
        boolean page(int index);
    }
}
