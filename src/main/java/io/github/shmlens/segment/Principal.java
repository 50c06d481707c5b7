package io.github.shmlens.segment;

/// A user or a group. The name is the number in decimal where the host has no name for it.
public record Principal(int id, String name) {}
