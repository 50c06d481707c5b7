package io.github.shmlens.ui.slots;

import io.github.shmlens.segment.SegmentKey;
import java.time.Duration;

/// How edits keep out of the way of the programs that use the segment.
public sealed interface Locking {

    /// Each write holds the semaphore that PHP's `sem_get` makes for this key.
    ///
    /// @param limit how long a write waits for it at most
    record Under(SegmentKey semaphore, Duration limit) implements Locking {

        /// What a person waits without wondering.
        public static final Duration USUAL_LIMIT = Duration.ofSeconds(3);
    }

    /// Each write happens at once.
    record Without() implements Locking {}
}
