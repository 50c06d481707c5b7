package io.github.shmlens.ui.records;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Sheets;

/// What the table of records asks of the tab it is in. FX thread.
public interface RecordsPlace {

    AttachedSegment segment();

    /// Where the segment is from.
    SegmentSource source();

    Sheets sheets();

    /// What the words of an offset stand for.
    OffsetText.Meaning meaning() throws BadInput;

    /// Chooses these bytes and has them on the screen; the keyboard stays where it is.
    void show(long offset, long length);

    /// Whether bytes may be changed.
    boolean unlocked();

    /// Somebody wants to change a value while that is locked.
    void hintLocked();

    /// Writes what was typed, if the bytes are still those that were seen.
    ///
    /// @param words what changes, in the value's own terms
    void commit(HexEdit edit, String words);

    /// The pane wants to be seen, or no longer.
    void opened(boolean open);

    void notice(String sentence);
}
