package io.github.shmlens.source;

import io.github.shmlens.segment.ShmException;

/// Compares live memory with a private, off-heap shadow and brings the shadow up to date. For one
/// thread at a time.
///
/// The first comparison of a stretch only fills the shadow and reports nothing. Pages that are not
/// resident are skipped and count as zeros; when such a page appears later, its bytes that are not
/// zero are reported as changed.
public interface Sweep extends AutoCloseable {

    /// Grain of a report.
    int BLOCK_BYTES = 64;

    /// Bytes from the segment's start that the shadow covers.
    long coveredBytes();

    /// Compares `[from, from + length)`, which the caller keeps to at most 1 MiB so that a detach
    /// is quick. `from` is a multiple of [#BLOCK_BYTES]; what lies beyond [#coveredBytes()] is
    /// ignored.
    ///
    /// @return how many bytes were skipped because their pages are not resident
    long advance(long from, int length, Changes changes) throws ShmException;

    /// Frees the shadow.
    @Override
    void close();

    /// Told about each block that changed.
    interface Changes {

        /// Called on the sweeping thread.
        ///
        /// @param offset of the block's first byte, a multiple of [#BLOCK_BYTES]
        /// @param before the shadow's bytes; valid only during the call
        /// @param after the copy that was compared, and that is the shadow now; valid only during
        ///   the call
        /// @param length of the block, 64 or less at the segment's end
        void changed(long offset, byte[] before, byte[] after, int length);
    }
}
