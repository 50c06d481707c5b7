package io.github.shmlens.live;

import java.time.Duration;

/// A clock that a test moves by hand. Safe on any thread.
final class CountedPace implements Pace {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private long now = 1_000_000_000;
    private boolean woken;
    private boolean someoneWaits;
    private long waitsUntil;
    private long tick;

    @Override
    public synchronized long nanos() {
        now += tick;
        return now;
    }

    @Override
    public synchronized long cpuNanos() {
        return now;
    }

    @Override
    public synchronized void await(long nanos) throws InterruptedException {
        waitsUntil = nanos == UNTIL_WOKEN ? Long.MAX_VALUE : now + nanos;
        someoneWaits = true;
        notifyAll();
        while (!woken && now < waitsUntil) {
            wait();
        }
        woken = false;
        someoneWaits = false;
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /// Time passes.
    synchronized void pass(Duration time) {
        now += time.toNanos();
        notifyAll();
    }

    /// From now on each look at the clock finds it this much later: work takes time.
    synchronized void eachLookTakes(Duration time) {
        tick = time.toNanos();
    }

    /// Waits until the thread has nothing to do but wait.
    synchronized void settle() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!someoneWaits || woken || now >= waitsUntil) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("the thread did not come to rest");
            }
            wait(Math.min(left, 20));
        }
    }
}
