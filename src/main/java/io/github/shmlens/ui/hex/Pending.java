package io.github.shmlens.ui.hex;

/// How much is typed and not written yet.
///
/// @param conflicts how many of these bytes changed in memory since they were typed over
public record Pending(int bytes, int conflicts) {

    public static final Pending NONE = new Pending(0, 0);

    public boolean isEmpty() {
        return bytes == 0;
    }
}
