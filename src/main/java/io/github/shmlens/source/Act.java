package io.github.shmlens.source;

/// The time in which a [Deed] is done, on one thread. Must be closed.
public interface Act extends AutoCloseable {

    /// Of segments that keep no journal.
    Act NONE = () -> {};

    /// It ended as it was meant to. Closed without this, it broke off somewhere.
    default void done() {}

    /// Nothing was written, and nothing will be before it is closed: it did not come to it.
    default void dropped() {}

    @Override
    void close();
}
