package io.github.shmlens.ui.fx;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// Carries the newest value to the FX thread. Values that arrive faster than they can be shown
/// replace each other, so the FX queue never holds more than one, and a screen that cannot keep up
/// shows less often instead of later and later.
public final class LatestOnFx<T> implements AutoCloseable {

    private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();
    private final Consumer<? super T> show;
    private volatile boolean closed;

    /// @param show called on the FX thread
    public LatestOnFx(Consumer<? super T> show) {
        this.show = show;
    }

    /// Any thread.
    public void offer(T value) {
        if (waiting.getAndSet(value) == null && !closed) {
            Platform.runLater(this::showNewest);
        }
    }

    /// Any thread. Nothing is shown after this when called on the FX thread; from another one, a
    /// value being shown at this moment still is.
    @Override
    public void close() {
        closed = true;
    }

    private void showNewest() {
        T newest = waiting.getAndSet(null);
        if (newest != null && !closed) {
            show.accept(newest);
        }
    }
}
