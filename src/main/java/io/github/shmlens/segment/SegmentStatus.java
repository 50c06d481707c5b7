package io.github.shmlens.segment;

/// Words about the state of a segment.
public enum SegmentStatus {
    /// Marked for removal: gone at the last detach.
    DEST("dest"),
    /// Locked in memory (SHM_LOCK).
    LOCKED("locked"),
    /// Nobody is attached and the process that created it is dead.
    ORPHAN("orphan");

    private final String word;

    SegmentStatus(String word) {
        this.word = word;
    }

    /// The word as the window and the command line print it.
    public String word() {
        return word;
    }
}
