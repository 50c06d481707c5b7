package io.github.shmlens.live;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.SegmentSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lists the segments of a source again and again on a thread of its own. Attaches to none.
///
/// Methods may be called on any thread and do not wait for a listing.
public final class SegmentsWatch implements AutoCloseable {

    public static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    /// Told what was seen, on the watch's thread. Nothing is called any more once
    /// [SegmentsWatch#stop] has returned, until the next start.
    public interface Listener {

        /// The newest listing. A receiver that is slower than the watch keeps only the newest.
        void listed(Listing listing);

        /// This listing failed. The watch goes on.
        void failed(ShmFailure failure);
    }

    private final SegmentSource source;
    private final Duration every;
    private final Listener listener;
    private final Pace pace;

    /// Held while the listener is called, so that `stop` can promise silence.
    private final ReentrantLock telling = new ReentrantLock();

    private final Object lock = new Object();

    // Guarded by `lock`. Each start has a token of its own, so that a thread of an earlier start
    // that is still in the middle of a listing knows it is no longer meant.
    private @Nullable Object running;
    private boolean refreshWanted;

    /// Starts nothing; [#start] does.
    public SegmentsWatch(SegmentSource source, Duration every, Listener listener) {
        this(source, every, listener, new Pace.Clock());
    }

    SegmentsWatch(SegmentSource source, Duration every, Listener listener, Pace pace) {
        this.source = source;
        this.every = every;
        this.listener = listener;
        this.pace = pace;
    }

    /// Lists at once and then again and again. Does nothing while it is running.
    public void start() {
        Object token = new Object();
        synchronized (lock) {
            if (running != null) {
                return;
            }
            running = token;
            refreshWanted = true;
        }
        Thread.ofPlatform().daemon().name("segments").start(() -> run(token));
    }

    /// Stops listing; [#start] begins again. Waits at most for the listener's present call.
    public void stop() {
        synchronized (lock) {
            running = null;
        }
        pace.wake();
        telling.lock();
        telling.unlock();
    }

    /// Lists now and not only when the time comes. Does nothing while stopped.
    public void refreshNow() {
        synchronized (lock) {
            refreshWanted = true;
        }
        pace.wake();
    }

    @Override
    public void close() {
        stop();
    }

    private void run(Object token) {
        try {
            long due = pace.nanos();
            while (true) {
                synchronized (lock) {
                    if (running != token) {
                        // The wake may have been meant for the thread that came after this one.
                        pace.wake();
                        return;
                    }
                    if (refreshWanted) {
                        refreshWanted = false;
                        due = pace.nanos();
                    }
                }
                long left = due - pace.nanos();
                if (left > 0) {
                    pace.await(left);
                } else {
                    list(token);
                    due = pace.nanos() + every.toNanos();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(Object token) {
        try {
            List<SegmentFacts> segments = source.segments();
            List<SegmentFacts> objects = source.objects();
            Listing listing = new Listing(segments, objects, source.host(), pace.nanos());
            tell(token, () -> listener.listed(listing));
        } catch (ShmException refused) {
            tell(token, () -> listener.failed(refused.failure()));
        } catch (RuntimeException | Error broken) {
            ShmFailure failure = new ShmFailure.Unexpected("segments", "list", broken.toString());
            tell(token, () -> listener.failed(failure));
        }
    }

    private void tell(Object token, Runnable call) {
        telling.lock();
        try {
            boolean silent;
            synchronized (lock) {
                silent = running != token;
            }
            if (!silent) {
                call.run();
            }
        } finally {
            telling.unlock();
        }
    }
}
