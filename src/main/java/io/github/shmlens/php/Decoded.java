package io.github.shmlens.php;

/// What reading a payload gave.
public sealed interface Decoded {

    /// PHP would read it too.
    ///
    /// @param trailing bytes are left behind the value; PHP ignores them without a word
    record Value(PhpValue value, boolean trailing) implements Decoded {}

    /// PHP would say "Variable data in shared memory is corrupted".
    ///
    /// @param why a clause: "a string claims 9 bytes where 5 are left"
    /// @param at offset in the payload
    record Unreadable(String why, int at) implements Decoded {}
}
