package io.github.shmlens.source;

import io.github.shmlens.segment.ShmException;

/// Compares live memory with a private, off-heap shadow and brings the shadow up to date. For one
/// thread at a time.
///
/// The first comparison of a stretch only fills the shadow and reports nothing. Pages that are not
/// resident are skipped and count as zeros; when such a page appears later, its bytes that are not
/// zero are reported as changed. A hole of an object or file is skipped too, and a hole that is
/// punched where something was is reported: from then on there are zeros.
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

    /// As the other, for whoever only wants to know where: no bytes are copied for the report.
    default long advance(long from, int length, Places places) throws ShmException {
        return advance(
                from,
                length,
                (offset, before, after, size) ->
                        places.changed(offset, differences(before, after, size)));
    }

    /// Which bytes of two blocks differ: one bit for each, the lowest for the first.
    static long differences(byte[] before, byte[] after, int length) {
        long differing = 0;
        for (int i = 0; i < length; i++) {
            if (before[i] != after[i]) {
                differing |= 1L << i;
            }
        }
        return differing;
    }

    /// What lies in a stretch, by the newest comparison: looks at a few bytes of the shadow, never
    /// at the segment, and takes a few microseconds however long the stretch is. That it is all
    /// zeros is certain where it is not longer than 16 MiB; between text, binary and dense it is a
    /// guess.
    ///
    /// @return `UNKNOWN` for what was not compared yet, or is not covered
    Content content(long from, long length) throws ShmException;

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

    /// Told where blocks changed.
    interface Places {

        /// Called on the sweeping thread.
        ///
        /// @param offset of the block's first byte, a multiple of [#BLOCK_BYTES]
        /// @param bytes one bit for each byte that differs from the shadow, the lowest for the
        ///   first; at least one is set
        void changed(long offset, long bytes);
    }
}
