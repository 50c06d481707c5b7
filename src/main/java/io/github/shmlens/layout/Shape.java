package io.github.shmlens.layout;

/// What recognises a structure in a copy of a segment and walks its parts. Works on copies only,
/// never throws because of what the bytes say, and never believes a length it has not checked.
public interface Shape {

    /// How many bytes from the segment's start [#recognises] and [#extentBytes] want to see; a
    /// shorter segment gives fewer.
    int HEAD_BYTES = 128;

    /// The format's name as scripts see it: `php-sysvshm`.
    String format();

    /// Whether a segment that begins with these bytes is of this shape.
    boolean recognises(ByteView head, long segmentBytes);

    /// As [#recognises(ByteView, long)], for one whose key is known too: some layouts have no other
    /// mark.
    ///
    /// @param key the System V key; 0 for a private segment, an object or a file
    default boolean recognises(ByteView head, long segmentBytes, int key) {
        return recognises(head, segmentBytes);
    }

    /// How many bytes from the segment's start a walk needs, as the head tells: between 0 and
    /// `segmentBytes`, whatever the head claims.
    long extentBytes(ByteView head, long segmentBytes);

    /// Walks a copy of the first bytes of a segment.
    ///
    /// @param copy at least [#extentBytes] bytes where the caller could get them, fewer otherwise
    /// @param segmentBytes size of the whole segment
    Structure walk(ByteView copy, long segmentBytes);
}
