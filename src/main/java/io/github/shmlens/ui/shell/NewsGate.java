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

    private @Nullable Window window;
    private @Nullable Structure structure;
    private @Nullable Overview overview;
    private Sample.@Nullable State state;
    private long sizeBytes = -1;
    private long letAtNanos;

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
        if (!news && newest.atNanos() - letAtNanos < FIGURES_NANOS) {
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
