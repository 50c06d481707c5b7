package io.github.shmlens.live;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Time, as a thread that does something again and again needs it. The program's pace is the clock;
/// a test's pace counts.
interface Pace {

    /// Longer than anybody waits: until somebody wakes.
    long UNTIL_WOKEN = Long.MAX_VALUE;

    /// As [System#nanoTime].
    long nanos();

    /// Time that the calling thread has spent on a processor, in nanoseconds from some beginning.
    /// What it waited for others does not count.
    long cpuNanos();

    /// Waits so long, or until somebody wakes, whichever is first. One wake that came while nobody
    /// waited is remembered.
    void await(long nanos) throws InterruptedException;

    /// Any thread.
    void wake();

    /// The clock on the wall.
    final class Clock implements Pace {

        /// Takes a moment to load, which the thread that samples has and the one that draws has
        /// not.
        private static final class Threads {
            private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
        }

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean woken;

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long cpuNanos() {
            return Threads.BEAN.isCurrentThreadCpuTimeSupported()
                    ? Threads.BEAN.getCurrentThreadCpuTime()
                    : System.nanoTime();
        }

        @Override
        public void await(long nanos) throws InterruptedException {
            lock.lock();
            try {
                long left = nanos;
                while (!woken && left > 0) {
                    left = changed.awaitNanos(left);
                }
                woken = false;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
