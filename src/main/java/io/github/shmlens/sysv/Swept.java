package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;

/// What a sweep asks of a segment.
interface Swept {

    SegmentId id();

    boolean closed();

    /// The size now.
    long sizeBytes() throws ShmException;

    /// Shows a stretch. Valid until the next call.
    Look look(long offset, int length) throws ShmException;

    /// Whether pages that are not resident may have been touched once, and hold something.
    boolean mayBeSwapped() throws ShmException;
}
