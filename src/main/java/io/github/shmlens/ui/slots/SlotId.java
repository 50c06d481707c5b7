package io.github.shmlens.ui.slots;

/// Which slot is meant. PHP finds the first of two slots with one key; a damaged store can hold
/// several, so the view counts them.
///
/// @param occurrence 0 for the first slot with this key in the store's order
public record SlotId(long key, int occurrence) {

    public static SlotId first(long key) {
        return new SlotId(key, 0);
    }
}
