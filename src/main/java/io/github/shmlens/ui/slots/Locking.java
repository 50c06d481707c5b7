package io.github.shmlens.ui.slots;

import io.github.shmlens.segment.SegmentKey;

/// How edits keep out of the way of the programs that use the segment.
public sealed interface Locking {

    /// Each write holds the semaphore that PHP's `sem_get` makes for this key.
    record Under(SegmentKey semaphore) implements Locking {}

    /// Each write happens at once.
    record Without() implements Locking {}
}
