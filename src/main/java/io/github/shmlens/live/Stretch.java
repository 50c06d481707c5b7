package io.github.shmlens.live;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;

/// A stretch of a segment as it was copied last. Pages that nobody ever touched stay untouched. For
/// one thread.
public final class Stretch {

    private final long offset;
    private final byte[] bytes;
    private final int length;

    /// One for each page that it touches, whether it was copied.
    private boolean[] resident = {};

    /// @param lengthBytes a caller sees to it that this is no number out of the segment
    public Stretch(long offset, int lengthBytes) {
        this(offset, new byte[lengthBytes], lengthBytes);
    }

    /// One that is copied into an array which others use too.
    ///
    /// @param bytes with room for that many
    public Stretch(long offset, byte[] bytes, int lengthBytes) {
        if (lengthBytes > bytes.length) {
            throw new IllegalArgumentException(
                    "%d bytes into %d".formatted(lengthBytes, bytes.length));
        }
        this.offset = offset;
        this.bytes = bytes;
        this.length = lengthBytes;
    }

    /// Copies it as it is now.
    public void copy(AttachedSegment segment) throws ShmException {
        if (length > 0) {
            resident = segment.readResident(offset, bytes, 0, length);
        }
    }

    /// Copies it once more, where nothing was missing without asking again: that costs more than
    /// the copy, and a busy writer leaves little time.
    void again(AttachedSegment segment) throws ShmException {
        if (isWhole()) {
            segment.read(offset, bytes, 0, length);
        } else {
            copy(segment);
        }
    }

    public long offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /// What was copied, from its beginning on; 0 where it was not.
    public byte[] bytes() {
        return bytes;
    }

    /// Whether all of its pages were copied.
    public boolean isWhole() {
        return length == 0 || holds(offset, offset + length);
    }

    /// Whether none was.
    public boolean isMissing() {
        for (boolean page : resident) {
            if (page) {
                return false;
            }
        }
        return true;
    }

    /// Whether all pages of these bytes were copied; of bytes outside they never were.
    ///
    /// @param from the first offset, from the segment's start
    /// @param to the first behind them
    public boolean holds(long from, long to) {
        long first = offset / AttachedSegment.PAGE_BYTES;
        for (long page = from / AttachedSegment.PAGE_BYTES;
                page <= (to - 1) / AttachedSegment.PAGE_BYTES;
                page++) {
            long index = page - first;
            if (index < 0 || index >= resident.length || !resident[(int) index]) {
                return false;
            }
        }
        return true;
    }
}
