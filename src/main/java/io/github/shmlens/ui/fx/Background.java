package io.github.shmlens.ui.fx;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs work that may block off the FX thread, and brings what comes of it back to it.
///
/// Threads are daemons, made as needed: a call that hangs in the kernel holds up neither another
/// nor the program's end.
public final class Background {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "background-" + STARTED.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private Background() {}

    /// Any thread.
    ///
    /// @param work off the FX thread
    /// @param done with its result, on the FX thread
    /// @param failed with what it threw, on the FX thread
    public static <T> void run(
            Work<? extends T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        THREADS.execute(() -> {
            T result;
            try {
                result = work.get();
            } catch (Throwable thrown) {
                // Whatever it is, whoever asked must hear of it: an error too.
                FxExecutor.FX.execute(() -> failed.accept(thrown));
                return;
            }
            FxExecutor.FX.execute(() -> done.accept(result));
        });
    }

    /// Work that gives a result or says why not.
    @FunctionalInterface
    public interface Work<T> {
        T get() throws Exception;
    }
}
