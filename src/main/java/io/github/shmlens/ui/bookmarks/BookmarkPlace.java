package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.hex.Selection;

/// What the bookmarks ask of the tab they are in. FX thread.
public interface BookmarkPlace {

    /// What typed offsets mean at this moment.
    ///
    /// @throws BadInput when nothing was read yet
    OffsetText.Meaning meaning() throws BadInput;

    Selection selection();

    /// Chooses these bytes and has them on the screen.
    void show(long offset, long length);

    /// Which bytes are tinted has changed.
    void marksChanged();

    /// The list wants to be seen, or no longer.
    void opened(boolean open);

    /// The file could not be read or written.
    void failed(Throwable why);

    void notice(String sentence);
}
