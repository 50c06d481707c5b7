package io.github.shmlens.source;

/// What a stretch of a segment seems to hold.
public enum Content {
    /// Nobody has looked yet.
    UNKNOWN,

    /// No page of it is in memory: never touched, swapped out, or a hole.
    ABSENT,

    /// Nothing but zeros.
    ZERO,

    /// Mostly printable ASCII, besides zeros.
    TEXT,

    /// Something else: numbers, structures.
    BINARY,

    /// As many different bytes as chance would give: compressed or encrypted, or random.
    DENSE
}
