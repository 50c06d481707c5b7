package io.github.shmlens.ui.hex;

/// Bytes chosen in the hex view, both ends included. At least one byte, unless it is [#NONE].
///
/// @param anchor where choosing began
/// @param caret where it is now; typing goes here
public record Selection(long anchor, long caret) {

    /// Of a segment without bytes.
    public static final Selection NONE = new Selection(-1, -1);

    public static Selection at(long offset) {
        return new Selection(offset, offset);
    }

    public boolean isNone() {
        return caret < 0;
    }

    /// First byte.
    public long from() {
        return Math.min(anchor, caret);
    }

    /// Last byte.
    public long to() {
        return Math.max(anchor, caret);
    }

    public long length() {
        return isNone() ? 0 : to() - from() + 1;
    }

    public boolean covers(long offset) {
        return !isNone() && offset >= from() && offset <= to();
    }
}
