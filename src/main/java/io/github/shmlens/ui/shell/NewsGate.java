package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.Overview;
import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Window;
import org.jspecify.annotations.Nullable;

/// Holds back looks that saw nothing new, except a few a second for the figures that count on: an
/// idle segment then costs the FX thread next to nothing. For one thread.
final class NewsGate {

    /// Figures are read by people.
    private static final long FIGURES_NANOS = 200_000_000;

    /// Where nothing happens they hardly move; each time they are told, the window wakes for it.
    private static final long IDLE_FIGURES_NANOS = 500_000_000;

    private static final long IDLE_AFTER_NANOS = 2_000_000_000;

    private @Nullable Window window;
    private @Nullable Structure structure;
    private @Nullable Overview overview;
    private Sample.@Nullable State state;
    private long sizeBytes = -1;
    private long letAtNanos;
    private long newsAtNanos;

    /// Whether this look is worth showing. One that is held back is forgotten; the next tells the
    /// same and more.
    boolean lets(Sample newest) {
        // The same object means the same contents.
        boolean news =
                newest.window() != window
                        || newest.structure() != structure
                        || newest.overview() != overview
                        || newest.state() != state
                        || newest.sizeBytes() != sizeBytes;
        if (news) {
            newsAtNanos = newest.atNanos();
        }
        boolean idle = newest.atNanos() - newsAtNanos >= IDLE_AFTER_NANOS;
        long every = idle ? IDLE_FIGURES_NANOS : FIGURES_NANOS;
        if (!news && newest.atNanos() - letAtNanos < every) {
            return false;
        }
        window = newest.window();
        structure = newest.structure();
        overview = newest.overview();
        state = newest.state();
        sizeBytes = newest.sizeBytes();
        letAtNanos = newest.atNanos();
        return true;
    }
}
