package io.github.shmlens.ui.inspect;

import io.github.shmlens.php.Slot;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.typing.ValuePlace;

/// What the view of a slot's value asks of the tab it is in. FX thread.
public interface SlotPlace extends ValuePlace {

    /// Stores the whole value with what was typed, if the slot still holds the one that was seen.
    void store(SlotEdit edit);

    /// Edits a slot's whole value, because what was chosen in it cannot be typed by itself.
    ///
    /// @param why a sentence
    void editWhole(Slot slot, String why);
}
