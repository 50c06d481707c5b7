package io.github.shmlens.ui.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// Runs work on the FX thread, always later and always in the order given, also when asked on the
/// FX thread itself: whoever submits never finds its own state changed under it.
public enum FxExecutor implements Executor {
    FX;

    /// Any thread.
    @Override
    public void execute(Runnable work) {
        Platform.runLater(work);
    }
}
