package io.github.shmlens.ui.hex;

import java.util.Arrays;

/// What a person typed over a run of bytes, to be written only if the bytes are still those seen.
///
/// @param seen the bytes shown when typing began; bytes of pages that were not resident count as 0
/// @param next what shall stand there; same length
public record HexEdit(long offset, byte[] seen, byte[] next) {

    public HexEdit {
        if (seen.length != next.length) {
            throw new IllegalArgumentException(
                    "an edit replaces %d bytes by %d".formatted(seen.length, next.length));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HexEdit edit
                && offset == edit.offset
                && Arrays.equals(seen, edit.seen)
                && Arrays.equals(next, edit.next);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + Arrays.hashCode(next);
    }
}
