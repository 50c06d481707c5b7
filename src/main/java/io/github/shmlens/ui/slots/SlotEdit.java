package io.github.shmlens.ui.slots;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One slot as the user wants it. Whoever gets one must not change its arrays.
///
/// @param seenPayload what the slot held when the user began; null when there was no such slot
/// @param payload what it shall hold
public record SlotEdit(long key, byte @Nullable [] seenPayload, byte[] payload) {

    /// Whether writing it would change anything the user saw.
    public boolean changes() {
        return !Arrays.equals(seenPayload, payload);
    }
}
