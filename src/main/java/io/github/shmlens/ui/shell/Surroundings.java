package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known around one attached segment at one moment: everything but its bytes.
///
/// @param facts with our own attach in them
/// @param lock the semaphore that edits would take, where one is chosen and exists
/// @param heir the segment that the same key (or name) names now, when it is not this one
public record Surroundings(
        SegmentFacts facts,
        Attachments attachments,
        Optional<LockFacts> lock,
        @Nullable SegmentId heir) {

    /// How many attaches there are besides ours. For objects and files, whose attaches the kernel
    /// does not count, the mappings that are visible.
    public long others() {
        if (facts.nattch() >= 0) {
            return Math.max(0, facts.nattch() - 1);
        }
        return attachments.others().size();
    }
}
