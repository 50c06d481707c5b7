package io.github.shmlens.ui.attach;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.problem.Problem;
import java.util.function.Consumer;

/// Attaches a segment and opens a tab on it.
@FunctionalInterface
public interface SegmentOpener {

    /// FX thread; returns at once.
    ///
    /// @param created the segment was made by the user, a moment ago
    /// @param opened its tab is there and in front
    /// @param refused no tab was opened, and why
    void open(
            Target target,
            Access access,
            boolean created,
            Runnable opened,
            Consumer<Problem> refused);
}
