package io.github.shmlens.live;

/// A copy of one stretch of the segment with what is known about each byte. Immutable by agreement:
/// whoever gets one must not change its arrays.
///
/// @param offset of the first byte, from the segment's start
/// @param bytes the copy; bytes that are not [#KNOWN] are 0
/// @param marks for each byte, a set of the bits below
/// @param changedAtNanos for each byte, the [System#nanoTime] of the sample that saw it change
///   last; 0 for never. Where a great deal changed, bytes may share the time of their block of 64,
///   and older changes that no longer count since the baseline may have lost theirs
/// @param blockChanges how often each block of 64 bytes was seen to change, from the first of the
///   window on
public record Window(
        long offset, byte[] bytes, byte[] marks, long[] changedAtNanos, int[] blockChanges) {

    /// The byte was read. Without it the page is "never touched or swapped out".
    public static final int KNOWN = 1;

    /// The byte differed between the two reads of one sample: a writer was at work.
    public static final int TORN = 2;

    /// The byte was seen to change since the baseline.
    public static final int SINCE_BASELINE = 4;

    /// The last change was our own write.
    public static final int OURS = 8;

    /// No bytes at all.
    public static final Window EMPTY = new Window(0, new byte[0], new byte[0], new long[0]);

    /// A window in which no block was counted.
    public Window(long offset, byte[] bytes, byte[] marks, long[] changedAtNanos) {
        this(
                offset,
                bytes,
                marks,
                changedAtNanos,
                new int[(bytes.length + Marks.BLOCK - 1) / Marks.BLOCK]);
    }

    /// How often the block of 64 bytes that this byte lies in was seen to change.
    ///
    /// @param at an offset in the segment that the window covers; it begins at a block
    public int changes(long at) {
        return blockChanges[(int) ((at - offset) / Marks.BLOCK)];
    }

    public int length() {
        return bytes.length;
    }

    public long end() {
        return offset + bytes.length;
    }

    public boolean covers(long at) {
        return at >= offset && at < end();
    }

    public boolean has(int index, int mark) {
        return (marks[index] & mark) != 0;
    }
}
