package io.github.shmlens.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Threads take turns here, and a look without a turn can tell whether anybody had one meanwhile: a
/// sequence lock. The JDK's StampedLock does the same and more, and pays for it with a second full
/// fence, at the end of a turn, which is a tenth of what a put takes. Turns are short or rare, so
/// nobody queues: who waits looks again after a while. Any thread.
final class Turns {

    private static final VarHandle COUNT = handle();

    private static final int SPINS = 200;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long NOBODY = 0;

    /// Odd while somebody has a turn; even, it tells how often that began and ended.
    @SuppressWarnings("unused") // only through its handle
    private long count = 2;

    /// Id of the thread whose turn it is, which no other can find here. A number, because the
    /// collector has to be told of references.
    private long owner;

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Turns.class, "count", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /// Whether this thread has a turn; then it must not take another.
    boolean mine() {
        return owner == Thread.currentThread().threadId();
    }

    /// Waits until nobody else has a turn.
    void take() {
        if (!tryToTake()) {
            takeLater();
        }
        owner = Thread.currentThread().threadId();
    }

    private boolean tryToTake() {
        long now = (long) COUNT.getOpaque(this);
        return (now & 1) == 0 && COUNT.compareAndSet(this, now, now + 1);
    }

    private void takeLater() {
        long pause = FIRST_PAUSE_NANOS;
        for (int tries = 0; !tryToTake(); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else if (Thread.currentThread().isInterrupted()) {
                // Does not pause then; whose turn it is has to get on all the same.
                Thread.yield();
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
            }
        }
    }

    /// Ends this thread's turn.
    void end() {
        owner = NOBODY;
        COUNT.setRelease(this, (long) COUNT.getOpaque(this) + 1);
    }

    /// Begins a look without a turn.
    ///
    /// @return what [#unchangedSince] wants; 0 when somebody has a turn
    long look() {
        long now = (long) COUNT.getAcquire(this);
        return (now & 1) == 0 ? now : 0;
    }

    /// Whether nobody had a turn since a look began, so that what it saw can be believed.
    boolean unchangedSince(long look) {
        VarHandle.loadLoadFence();
        return (long) COUNT.getOpaque(this) == look;
    }
}
