package io.github.shmlens.ui.inspect;

import java.util.Arrays;

/// The bytes from the caret on, as they were sampled last.
///
/// @param offset of the first; below 0 for no caret
/// @param bytes up to [#MOST]; fewer near the end of the segment or of what was sampled. Those that
///   were not read are 0
/// @param unread a bit for each byte, from the lowest on: it lies in a page never touched or
///   swapped out, and was not read
/// @param torn a bit for each byte, likewise: it differed between the two reads of the sample
public record Seen(long offset, byte[] bytes, int unread, int torn) {

    /// So many bytes are looked at.
    public static final int MOST = 16;

    /// No caret.
    public static final Seen NOTHING = new Seen(-1, new byte[0], 0, 0);

    public Seen {
        if (bytes.length > MOST) {
            throw new IllegalArgumentException("%d bytes at the caret".formatted(bytes.length));
        }
    }

    /// Bytes that were all read.
    public static Seen of(long offset, byte... bytes) {
        return new Seen(offset, bytes, 0, 0);
    }

    /// Whether so many bytes from the first on are there and were read.
    boolean knows(int count) {
        return count <= bytes.length && (unread & ((1 << count) - 1)) == 0;
    }

    /// How many bytes from the first on were read.
    int known() {
        return Math.min(bytes.length, Integer.numberOfTrailingZeros(unread | 1 << MOST));
    }

    /// Whether a writer was in the middle of one of these bytes.
    boolean isTorn() {
        return torn != 0;
    }

    /// The first bytes, read or not.
    byte[] first(int count) {
        return Arrays.copyOf(bytes, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seen seen
                && offset == seen.offset
                && unread == seen.unread
                && torn == seen.torn
                && Arrays.equals(bytes, seen.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + Arrays.hashCode(bytes);
    }
}
