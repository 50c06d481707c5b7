package io.github.shmlens.source;

import io.github.shmlens.segment.SegmentKey;

/// A semaphore we hold. Close it to release; the kernel releases it if we die first.
public interface HeldLock extends AutoCloseable {

    SegmentKey key();

    /// Releases. A second call does nothing. If the set was removed meanwhile there is nothing to
    /// release and this does nothing either.
    @Override
    void close();
}
