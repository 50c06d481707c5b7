package io.github.shmlens.ui.shell;

import java.util.concurrent.CompletionStage;

/// What was confirmed in one tab and is not done yet. FX thread.
interface UnderWay {

    /// What it is, and what stopping it leaves, as sentences.
    String sentence();

    /// Ends it where it is.
    ///
    /// @return complete when it has ended. On any thread
    CompletionStage<Void> stop();
}
