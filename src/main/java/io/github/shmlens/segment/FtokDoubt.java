package io.github.shmlens.segment;

import java.util.Optional;

/// What to say when a key that was made of a file opens a segment which somebody else made.
public final class FtokDoubt {

    private FtokDoubt() {}

    /// A plain word, two sentences without the final stop; empty where there is no reason for one.
    ///
    /// @param self who we are
    public static Optional<String> about(Target target, SegmentFacts facts, Principal self) {
        if (!(target instanceof Target.Ftok) || facts.creator().id() == self.id()) {
            return Optional.empty();
        }
        return Optional.of(
                "This segment was made by %s, not by you (%s). An ftok key keeps only part of the file's numbers: another file on the same disk has the same key with a chance of 1 in 65,536, so this may be a stranger's segment"
                        .formatted(facts.creator().name(), self.name()));
    }
}
