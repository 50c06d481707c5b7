package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Attachments;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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

        /// The name of an object or file leads nowhere any more; ours is still there. On the
        /// looking thread.
        ///
        /// @param onlyOurs whether nobody else is seen to hold it
        void nameless(boolean onlyOurs);

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
    private volatile @Nullable Holders holders;

    /// Of what has no name. Nobody comes to hold it anew, so that this stays once it is so.
    private boolean onlyOurs;

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

    /// Looks at once, and at everything.
    void now() {
        holders = null;
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
                Surroundings now = look();
                onlyOurs = false;
                listener.seen(now);
            }
        } catch (ShmException refused) {
            if (isNameless(refused.failure())) {
                onlyOurs = onlyOurs || isLastHolder();
                listener.nameless(onlyOurs);
            } else {
                listener.failed(refused.failure());
            }
        } catch (RuntimeException fault) {
            // An exception would end the schedule without a word.
            listener.failed(
                    new ShmFailure.Unexpected(
                            segment.id().text(), "look around", String.valueOf(fault)));
        }
    }

    /// Whether that says no more than that the name is gone.
    private boolean isNameless(ShmFailure failure) {
        return !(segment.id() instanceof SegmentId.Sysv)
                && !segment.closed()
                && (failure instanceof ShmFailure.Gone || failure instanceof ShmFailure.NotFound);
    }

    private boolean isLastHolder() {
        try {
            return segment.isLastHolder();
        } catch (ShmException unknown) {
            // Detached in this moment: nobody is told any more.
            return false;
        }
    }

    /// One look, on the calling thread.
    Surroundings look() throws ShmException {
        SegmentFacts facts = source.facts(segment.id());
        SegmentKey key = semaphore;
        Optional<LockFacts> lock = key == null ? Optional.empty() : source.lock(key);
        return new Surroundings(facts, attachments(facts), lock, heir(facts));
    }

    /// Who is attached takes a look at the mappings of every process. The kernel counts attaches
    /// and stamps them, and detaches, with the second: where it says that there were none since the
    /// last look, that one holds. What it does not stamp (a process that calls itself otherwise) is
    /// seen some seconds later.
    private Attachments attachments(SegmentFacts facts) throws ShmException {
        Holders known = holders;
        if (known != null && known.hold(facts, System.nanoTime())) {
            return known.seen();
        }
        long atNanos = System.nanoTime();
        Instant at = Instant.now();
        Attachments seen = source.attachments(segment.id());
        holders = new Holders(facts, seen, at, atNanos);
        return seen;
    }

    /// Who was attached, and what the kernel said just before.
    private record Holders(SegmentFacts facts, Attachments seen, Instant at, long atNanos) {

        private static final long LONGEST_NANOS = 10_000_000_000L;

        /// Stamps are of whole seconds: what happened in the second of the look may be missing.
        private static final Duration STAMPED_WITHIN = Duration.ofSeconds(2);

        boolean hold(SegmentFacts now, long nowNanos) {
            return now.nattch() >= 0
                    && now.nattch() == facts.nattch()
                    && now.lpid() == facts.lpid()
                    && Objects.equals(now.attachTime(), facts.attachTime())
                    && Objects.equals(now.detachTime(), facts.detachTime())
                    && isLongAgo(now.attachTime())
                    && isLongAgo(now.detachTime())
                    && nowNanos - atNanos < LONGEST_NANOS;
        }

        private boolean isLongAgo(@Nullable Instant stamp) {
            return stamp == null || stamp.plus(STAMPED_WITHIN).isBefore(at);
        }
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
