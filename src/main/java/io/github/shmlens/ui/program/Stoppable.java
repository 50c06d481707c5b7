package io.github.shmlens.ui.program;

import io.github.shmlens.ui.fx.Background;
import org.jspecify.annotations.Nullable;

/// Background work that can be ended before it has an answer. Any thread.
///
/// The thread is a borrowed one: it is interrupted only while it does this work, and gives back no
/// interrupt that came too late.
final class Stoppable<T> implements Background.Work<T> {

    private final Background.Work<T> work;
    private @Nullable Thread working;
    private boolean stopped;

    Stoppable(Background.Work<T> work) {
        this.work = work;
    }

    @Override
    public T get() throws Exception {
        synchronized (this) {
            if (stopped) {
                throw new InterruptedException();
            }
            working = Thread.currentThread();
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                working = null;
                if (Thread.interrupted()) {
                    stopped = true;
                }
            }
        }
    }

    synchronized void stop() {
        stopped = true;
        Thread now = working;
        if (now != null) {
            now.interrupt();
        }
    }
}
