package io.github.shmlens.php;

/// Bytes of former values that anybody who attaches can still read: those that are not zero where
/// PHP reads nothing.
///
/// @param freeBytes so many in the free room
/// @param paddingBytes so many in the spare bytes behind the values of slots
public record StaleBytes(long freeBytes, long paddingBytes) {

    public long bytes() {
        return freeBytes + paddingBytes;
    }
}
