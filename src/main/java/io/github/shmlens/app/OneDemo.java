package io.github.shmlens.app;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.shell.DemoStarter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The demo of this window: at most one process at a time, ended with the window.
final class OneDemo implements DemoStarter, AutoCloseable {

    private @Nullable DemoProcess running;
    private boolean closed;

    @Override
    public synchronized Target start() throws IOException {
        if (closed) {
            throw new IOException("the window is closed");
        }
        DemoProcess demo = running;
        if (demo == null || !demo.alive()) {
            demo = DemoProcess.start();
            running = demo;
        }
        try {
            return Target.parse(demo.target());
        } catch (BadInput unexpected) {
            throw new IOException("its first line names no segment: " + demo.target(), unexpected);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }
}
