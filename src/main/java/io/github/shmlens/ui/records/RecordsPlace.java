package io.github.shmlens.ui.records;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.typing.BytesPlace;

/// What the table of records asks of the tab it is in. FX thread.
public interface RecordsPlace extends BytesPlace {

    AttachedSegment segment();

    /// Where the segment is from.
    SegmentSource source();

    Sheets sheets();

    /// What the words of an offset stand for.
    OffsetText.Meaning meaning() throws BadInput;

    /// Chooses these bytes and has them on the screen; the keyboard stays where it is.
    void show(long offset, long length);

    /// The pane wants to be seen, or no longer.
    void opened(boolean open);
}
