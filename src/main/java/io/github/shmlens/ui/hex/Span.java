package io.github.shmlens.ui.hex;

/// A stretch of a segment.
public record Span(long offset, long length) {

    public static final Span NONE = new Span(0, 0);
}
