package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;

/// What a sweep asks of a segment.
interface Swept {

    SegmentId id();

    boolean closed();

    /// The size now.
    long sizeBytes() throws ShmException;

    /// Where the next byte lies, from `offset` on, that somebody may have written; what lies before
    /// it is a hole, which reads as zeros. Beyond the end when there is none.
    default long dataFrom(long offset) throws ShmException {
        return offset;
    }

    /// Where the next hole begins, from `offset` on, which lies in no hole. Beyond the end when
    /// there is none.
    default long holeFrom(long offset) throws ShmException {
        return Long.MAX_VALUE;
    }

    /// Shows a stretch. Valid until the next call.
    Look look(long offset, int length) throws ShmException;

    /// As [#look], for a stretch whose pages were all there a moment ago: need not ask again.
    default Look lookAgain(long offset, int length) throws ShmException {
        return look(offset, length);
    }

    /// Whether several threads may look at once: a look stays valid then.
    default boolean severalMayLook() {
        return false;
    }

    /// Whether pages that are not resident may have been touched once, and hold something.
    boolean mayBeSwapped() throws ShmException;
}
