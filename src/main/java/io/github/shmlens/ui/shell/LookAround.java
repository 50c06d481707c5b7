package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the kernel about one attached segment once a second, on a thread of its own: who is
/// attached, whether it was marked for removal, whether another one took its key.
final class LookAround implements AutoCloseable {

    interface Listener {
        /// On the looking thread.
        void seen(Surroundings now);

        /// The name of an object or file leads to another one by now; what the kernel says under
        /// this name is not about ours. On the looking thread.
        void superseded();

        /// On the looking thread. The next look may succeed.
        void failed(ShmFailure failure);
    }

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final Target named;
    private final Listener listener;
    private final ScheduledExecutorService clock;
    private volatile @Nullable SegmentKey semaphore;
    private volatile boolean awake;

    /// @param named how the user named the segment; a key, path or name is asked again and again
    LookAround(SegmentSource source, AttachedSegment segment, Target named, Listener listener) {
        this.source = source;
        this.segment = segment;
        this.named = named;
        this.listener = listener;
        this.clock =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform()
                                .daemon()
                                .name("shmlens-facts-" + segment.id().text())
                                .factory());
    }

    /// Begins; asleep until woken.
    void start() {
        clock.scheduleWithFixedDelay(this::lookIfAwake, 0, 1, TimeUnit.SECONDS);
    }

    /// Asleep it asks nothing.
    void awake(boolean wanted) {
        boolean wakes = wanted && !awake;
        awake = wanted;
        if (wakes) {
            now();
        }
    }

    /// Which semaphore to look at besides.
    void watch(@Nullable SegmentKey key) {
        semaphore = key;
        now();
    }

    /// Looks at once.
    void now() {
        try {
            clock.execute(this::lookIfAwake);
        } catch (RejectedExecutionException closed) {
            // The tab was closed between the click and now: there is nothing left to look at.
            awake = false;
        }
    }

    private void lookIfAwake() {
        if (!awake) {
            return;
        }
        try {
            if (segment.isSuperseded()) {
                listener.superseded();
            } else {
                listener.seen(look());
            }
        } catch (ShmException refused) {
            listener.failed(refused.failure());
        } catch (RuntimeException fault) {
            // An exception would end the schedule without a word.
            listener.failed(
                    new ShmFailure.Unexpected(
                            segment.id().text(), "look around", String.valueOf(fault)));
        }
    }

    private Surroundings look() throws ShmException {
        SegmentFacts facts = source.facts(segment.id());
        SegmentKey key = semaphore;
        Optional<LockFacts> lock = key == null ? Optional.empty() : source.lock(key);
        return new Surroundings(facts, source.attachments(segment.id()), lock, heir(facts));
    }

    /// Which other segment has our key now. A file that is gone (ftok, inode) names none.
    private @Nullable SegmentId heir(SegmentFacts facts) throws ShmException {
        SegmentKey key = segment.factsBefore().key();
        Target asked = key != null && !key.equals(SegmentKey.PRIVATE) ? new Target.Key(key) : named;
        if (!facts.markedForRemoval() && segment.id() instanceof SegmentId.Sysv) {
            return null;
        }
        try {
            SegmentId now = source.resolve(asked).id();
            return now == null || now.equals(segment.id()) ? null : now;
        } catch (BadInput gone) {
            return null;
        }
    }

    @Override
    public void close() {
        awake = false;
        clock.shutdownNow();
    }
}
