package io.github.shmlens.ui.hex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a person typed over a run of bytes, to be written only if the bytes are still those seen.
///
/// @param seen the bytes shown when typing began; bytes of pages that were not resident count as 0
/// @param next what shall stand there; same length
/// @param own of each byte, the bits that are meant, where they are not all: the others may be
///   anything and stay as they are; null for all
public record HexEdit(long offset, byte[] seen, byte[] next, byte @Nullable [] own) {

    public HexEdit {
        if (seen.length != next.length || (own != null && own.length != seen.length)) {
            throw new IllegalArgumentException(
                    "an edit replaces %d bytes by %d".formatted(seen.length, next.length));
        }
    }

    /// Of all bits.
    public HexEdit(long offset, byte[] seen, byte[] next) {
        this(offset, seen, next, null);
    }

    /// The same change of other bytes in the same place.
    public HexEdit over(byte[] others) {
        byte[] mine = own;
        if (mine == null) {
            return new HexEdit(offset, others, next);
        }
        byte[] changed = others.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (byte) ((others[i] & ~mine[i]) | (next[i] & mine[i]));
        }
        return new HexEdit(offset, others, changed, mine);
    }

    /// Whether what it is about is, in other bytes, as it was seen.
    public boolean stands(byte[] others) {
        byte[] mine = own;
        for (int i = 0; i < seen.length; i++) {
            int bits = mine == null ? 0xff : mine[i];
            if (((seen[i] ^ others[i]) & bits) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HexEdit edit
                && offset == edit.offset
                && Arrays.equals(seen, edit.seen)
                && Arrays.equals(next, edit.next)
                && Arrays.equals(own, edit.own);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + Arrays.hashCode(next);
    }
}
