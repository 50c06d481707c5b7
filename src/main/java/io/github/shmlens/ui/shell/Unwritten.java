package io.github.shmlens.ui.shell;

import java.util.concurrent.CompletionStage;

/// What is typed in one tab and not written. FX thread.
interface Unwritten {

    /// What and where, as a sentence.
    String sentence();

    /// Whether there is anywhere left to write it to.
    boolean writable();

    /// Writes it as Enter would, except that nothing is asked: what cannot be written stays typed,
    /// and the tab says why.
    ///
    /// @return true when all of it is written. On the FX thread
    CompletionStage<Boolean> write();

    /// Forgets it.
    void drop();
}
