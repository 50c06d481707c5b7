package io.github.shmlens.ui.find;

import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.hex.Selection;

/// What the find panel asks of the tab it is in. FX thread.
public interface FindPlace {

    AttachedSegment segment();

    /// The segment's size as it was seen last.
    long sizeBytes();

    /// What is chosen in the hex view.
    Selection selection();

    /// Chooses these bytes and has them on the screen.
    void show(long offset, long length);

    /// In which part of a known structure an offset lies: `slot 5`, `header`; empty where there is
    /// none.
    String part(long offset);

    /// Which bytes are marked has changed.
    void marksChanged();

    /// The panel wants to be seen, or no longer.
    void opened(boolean open);

    void notice(String sentence);
}
