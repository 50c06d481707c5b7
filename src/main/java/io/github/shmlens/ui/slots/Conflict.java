package io.github.shmlens.ui.slots;

import org.jspecify.annotations.Nullable;

/// Someone else wrote what the user was about to write. Arrays must not be changed by whoever gets
/// one.
public sealed interface Conflict {

    /// A slot holds another value now. A null payload means: there is no such slot.
    record OfSlot(
            long key, byte @Nullable [] seen, byte @Nullable [] theirs, byte @Nullable [] mine)
            implements Conflict {}

    /// Bytes at an offset are others now. All three have the same length.
    record OfBytes(long offset, byte[] seen, byte[] theirs, byte[] mine) implements Conflict {}
}
