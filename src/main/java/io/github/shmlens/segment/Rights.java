package io.github.shmlens.segment;

/// What this process may do with one segment, as far as mode, owner and capabilities tell.
public record Rights(boolean read, boolean write, boolean remove) {}
