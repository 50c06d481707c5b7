package io.github.shmlens.kryo;

/// What reading an envelope gave.
public sealed interface KryoDecoded {

    record Value(KryoValue value) implements KryoDecoded {}

    /// The bytes are no envelope, a damaged one, or hold what this version does not know. They
    /// still are a string.
    ///
    /// @param why a clause: "the envelope's checksum does not match its bytes"
    record Unreadable(String why) implements KryoDecoded {}
}
