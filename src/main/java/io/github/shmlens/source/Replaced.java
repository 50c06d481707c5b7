package io.github.shmlens.source;

/// Outcome of a compare-and-set.
public sealed interface Replaced {

    /// All bytes are written.
    ///
    /// @param atomic true when one atomic operation changed them all; false when others could see,
    ///   or slip in, between two steps
    record Done(boolean atomic) implements Replaced {}

    /// The bytes were not those expected; writing stopped there.
    ///
    /// @param offset first byte that was not as expected
    /// @param writtenBytes how many bytes from the start of the request were written before that
    /// @param actual the bytes of the whole request's range as they are now
    record MovedOn(long offset, int writtenBytes, byte[] actual) implements Replaced {}
}
