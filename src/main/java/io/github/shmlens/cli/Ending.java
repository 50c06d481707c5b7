package io.github.shmlens.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A signal that comes while a command writes: the process ends when the writing has come to a
/// point at which the journal can say what was written. Nothing else is held up.
final class Ending {

    /// Who ends a process kills it some seconds later; containers do after ten.
    private static final long LONGEST_MS = 5_000;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean wanted;
    private @Nullable Thread hook;

    /// From now on a signal waits until [#over()], for some seconds at most.
    void hold() {
        if (hook == null) {
            Thread fresh = new Thread(this::await, "ending");
            hook = fresh;
            try {
                Runtime.getRuntime().addShutdownHook(fresh);
            } catch (IllegalStateException already) {
                wanted = true;
            }
        }
    }

    /// Whether something was, or may have been, changed.
    boolean held() {
        return hook != null;
    }

    /// What runs when a signal came. Blocks.
    void await() {
        wanted = true;
        try {
            if (!over.await(LONGEST_MS, TimeUnit.MILLISECONDS)) {
                // The journal will say of the entry that it never ended, which is true then.
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process is to end: long writing stops at its next step.
    boolean wanted() {
        return wanted;
    }

    /// Before something is begun.
    ///
    /// @throws Refusal when the process is to end
    void check() throws Refusal {
        if (wanted) {
            throw stopped("nothing more was begun");
        }
    }

    /// @param what is done and what is not, in a clause
    Refusal stopped(String what) {
        return new Refusal(ExitCode.STOPPED, "stopped by a signal: " + what);
    }

    /// The command is over, and has said what it had to say.
    void over() {
        over.countDown();
        Thread held = hook;
        if (held != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(held);
            } catch (IllegalStateException ending) {
                // It runs, and ends by itself now.
                return;
            }
        }
    }
}
