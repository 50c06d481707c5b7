package io.github.shmlens.known;

/// One named field of a known layout, as it was in one copy.
///
/// @param name as the program that made it calls it; text from memory is escaped
/// @param offset from the segment's start, in bytes
/// @param lengthBytes how many bytes it takes
/// @param type in a word: `i32`, `u32 big-endian`, `text`
/// @param value for people, on one line, cut where it is long
/// @param note what the value means; empty for none
public record KnownField(
        String name, long offset, long lengthBytes, String type, String value, String note) {

    public long end() {
        return offset + lengthBytes;
    }

    public boolean covers(long at) {
        return at >= offset && at < end();
    }
}
