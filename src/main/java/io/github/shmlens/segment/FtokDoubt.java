package io.github.shmlens.segment;

import java.util.Optional;

/// A key that was made of a file opens a segment which somebody else made.
///
/// @param maker who made the segment
/// @param self who we are
public record FtokDoubt(Principal maker, Principal self) {

    /// Empty where there is no reason for one.
    public static Optional<FtokDoubt> about(Target target, SegmentFacts facts, Principal self) {
        return target instanceof Target.Ftok && facts.creator().id() != self.id()
                ? Optional.of(new FtokDoubt(facts.creator(), self))
                : Optional.empty();
    }

    /// A plain word, two sentences without the final stop.
    public String sentence() {
        return "This segment was made by %s, not by you (%s). An ftok key keeps only part of the file's numbers: another file on the same disk has the same key with a chance of 1 in 65,536, so this may be a stranger's segment"
                .formatted(maker.name(), self.name());
    }
}
