package io.github.shmlens.php;

/// A value was stored.
///
/// @param offset where its slot begins now: always behind all others
/// @param replaced whether there was a slot with this key before
public record Put(long offset, boolean replaced) {}
