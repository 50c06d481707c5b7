package io.github.shmlens.ui.care;

import io.github.shmlens.php.Ghosts;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.ui.fx.Background;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks for ghosts when a store has changed: one look at a time, off the FX thread, and never for
/// more than a small part of the time. FX thread.
final class GhostWatch {

    private static final long SOONEST_NANOS = 500_000_000;

    /// A look that took long is repeated so many times its length later, but no later than this.
    private static final long REST = 20;

    private static final long LATEST_NANOS = 5_000_000_000L;

    private final StoreCare care;
    private final Consumer<@Nullable Ghosts> found;
    private @Nullable Object lookedAt;
    private boolean looking;
    private long notBeforeNanos;
    private boolean closed;

    /// @param found given what every look found; null when ghosts cannot be looked for
    GhostWatch(StoreCare care, Consumer<@Nullable Ghosts> found) {
        this.care = care;
        this.found = found;
        this.notBeforeNanos = System.nanoTime();
    }

    /// Looks, if there is anything new to see and it is time.
    ///
    /// @param state equal by identity as long as nothing changed
    void look(Object state) {
        long now = System.nanoTime();
        if (closed || looking || state == lookedAt || now - notBeforeNanos < 0) {
            return;
        }
        looking = true;
        lookedAt = state;
        Background.run(
                () -> {
                    long begun = System.nanoTime();
                    try {
                        Ghosts ghosts = care.ghosts();
                        return new Found(ghosts, System.nanoTime() - begun);
                    } catch (NotAStore noRoom) {
                        return new Found(null, 0);
                    }
                },
                this::ended,
                // The segment is gone, or was cut short: the tab tells that.
                _ -> ended(new Found(null, 0)));
    }

    /// Looks again at the next chance, whatever seems to have changed.
    void again() {
        lookedAt = null;
        notBeforeNanos = System.nanoTime();
    }

    void close() {
        closed = true;
    }

    /// @param tookNanos how long the look took
    private record Found(@Nullable Ghosts ghosts, long tookNanos) {}

    private void ended(Found result) {
        looking = false;
        notBeforeNanos =
                System.nanoTime()
                        + Math.clamp(result.tookNanos() * REST, SOONEST_NANOS, LATEST_NANOS);
        if (!closed) {
            found.accept(result.ghosts());
        }
    }
}
