package io.github.shmlens.cli;

/// What has to be done when a signal ends the process before the work is over: nothing half-done
/// stays behind. Close it when the work is over.
final class Farewell implements AutoCloseable {

    private final Thread hook;

    private Farewell(Runnable cleanUp) {
        this.hook = new Thread(cleanUp, "farewell");
    }

    /// @param cleanUp runs on a thread of its own, while the work still goes on; short, because the
    ///   process waits for it
    static Farewell to(Runnable cleanUp) {
        Farewell farewell = new Farewell(cleanUp);
        try {
            Runtime.getRuntime().addShutdownHook(farewell.hook);
        } catch (IllegalStateException ending) {
            // The process is ending already: the work, which is told so, cleans up by itself.
            return farewell;
        }
        return farewell;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending and the hook runs; there is nothing left to take back.
            return;
        }
    }
}
