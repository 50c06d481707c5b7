package io.github.shmlens.ui.records;

import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.hex.HexEdit;

/// What a view in which values are typed asks of the tab it is in. FX thread.
public interface ValuePlace {

    AttachedSegment segment();

    /// Whether bytes may be changed.
    boolean unlocked();

    /// Somebody wants to change a value while that is locked.
    void hintLocked();

    /// Writes what was typed, if the bytes are still those that were seen.
    ///
    /// @param words what changes, in the value's own terms
    void commit(HexEdit edit, String words);

    void notice(String sentence);
}
