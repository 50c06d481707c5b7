package io.github.shmlens.segment;

/// How a segment is attached.
public enum Access {
    READ_ONLY,
    READ_WRITE
}
