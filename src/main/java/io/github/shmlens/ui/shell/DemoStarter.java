package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Target;
import java.io.IOException;

/// Starts the live demo as a process of its own.
@FunctionalInterface
public interface DemoStarter {

    /// Starts it and waits until its segment is there; where one runs already, gives that one's.
    /// Blocks; never called on the FX thread.
    ///
    /// @return names the demo's segment
    /// @throws IOException when the process cannot be started or ends early; the message is one
    ///   sentence for the user
    Target start() throws IOException, InterruptedException;
}
