package io.github.shmlens.source;

/// Whoever waits for a long look at a segment. Called on the thread that asked for it, after each
/// stretch of 1 MiB or so; of 16 MiB where several threads look.
public interface SearchWatch {

    /// Told how far it is, and asked whether to go on.
    ///
    /// @param doneBytes how much of what there is to look at is done
    /// @param ofBytes how much there is
    /// @return false to stop now
    boolean goOn(long doneBytes, long ofBytes);
}
