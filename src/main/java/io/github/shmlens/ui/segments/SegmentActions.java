package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;

/// What the list asks of the window. FX thread.
public interface SegmentActions {

    void attach(SegmentFacts facts, Access access);

    /// Opens the Remove… dialog.
    void remove(SegmentFacts facts);

    /// Opens the Attach… dialog.
    void attachOrCreate();

    void startDemo();

    /// Opens the review of orphans.
    void reviewOrphans();
}
