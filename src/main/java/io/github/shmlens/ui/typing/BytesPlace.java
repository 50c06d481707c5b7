package io.github.shmlens.ui.typing;

import io.github.shmlens.ui.hex.HexEdit;

/// What a view of values that are bytes asks besides. FX thread.
public interface BytesPlace extends ValuePlace {

    /// Writes what was typed, if the bytes are still those that were seen.
    ///
    /// @param words what changes, in the value's own terms
    void commit(HexEdit edit, String words);
}
