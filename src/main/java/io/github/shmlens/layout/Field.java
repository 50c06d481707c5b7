package io.github.shmlens.layout;

/// One named run of bytes in a [Layout].
///
/// @param offset from the start of the layout, in bytes
/// @param size in bytes
public record Field(String name, int offset, int size, Kind kind) {

    public enum Kind {
        BYTES,
        INT32,
        INT64
    }
}
