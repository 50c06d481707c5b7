package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import java.util.List;

/// Opens the window: what the command line may ask of it without knowing it.
@FunctionalInterface
public interface WindowOpener {

    /// Opens the window on these segments and waits until it is closed. Where there is no display
    /// it says so instead.
    ///
    /// @return the exit code
    int open(List<Target> targets, Access access);
}
