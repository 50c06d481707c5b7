package io.github.shmlens.live;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Watches one attached segment on a thread of its own: copies what is in view every frame, follows
/// the structure the segment holds, and sweeps the rest for changes within a budget.
///
/// Methods may be called on any thread and do not wait for a sample. The segment is the caller's:
/// closing the sampler does not detach. That a segment was marked for removal, or that an object's
/// name was unlinked, ends nothing: the memory lives on for whoever is attached.
public final class Sampler implements AutoCloseable {

    /// The longest stretch that can be in view.
    public static final int MAX_VIEW_BYTES = 64 << 10;

    /// Faster makes no difference to an eye.
    public static final double MAX_RATE_HZ = 120;

    /// A view that moves gives a sample at once, but a dragged scroll bar moves at every pixel.
    private static final long SHORTEST_FRAME_NANOS = (long) (1e9 / MAX_RATE_HZ);

    /// A view in which nothing happens is looked at twice a frame, so that the first change in it
    /// is shown sooner. Slower samplers are of tabs that nobody sees.
    private static final long LONGEST_PEEKED_FRAME_NANOS = 100_000_000;

    private static final long NO_PEEK = Long.MAX_VALUE;

    /// How to watch.
    ///
    /// @param rateHz samples a second; 0 for none
    /// @param shadowCapBytes how much of the segment, from its start, is swept for changes; the
    ///   shadow takes at most that much memory off the heap, and marks of what changed at most
    ///   three eighths of it more. What was never touched, or holds zeros, takes none
    /// @param sweepShare how much of one core sweeping may take, 0 to 1
    public record Options(double rateHz, long shadowCapBytes, double sweepShare) {

        private static final long LEAST_CAP = 256L << 20;
        private static final long MOST_CAP = 4L << 30;

        /// The cap goes by the host: an eighth of its memory, where the JVM has its usual heap.
        public static final Options DEFAULT =
                new Options(
                        30,
                        Math.clamp(Runtime.getRuntime().maxMemory() / 2, LEAST_CAP, MOST_CAP),
                        0.25);

        public Options {
            rateHz = Math.clamp(rateHz, 0, MAX_RATE_HZ);
            shadowCapBytes = Math.max(0, shadowCapBytes);
            sweepShare = Math.clamp(sweepShare, 0, 1);
        }
    }

    /// Told what was seen. Called on the sampler's thread, which waits for it: hand over and
    /// return. Nothing is called any more once [Sampler#close] has returned.
    public interface Listener {

        /// One more look. A receiver that is slower than the sampler keeps only the newest.
        void sampled(Sample sample);

        /// The segment cannot be watched any more; the last call.
        void ended(ShmFailure failure);
    }

    private final AttachedSegment segment;
    private final Listener listener;

    /// Somebody waits for the nearest change.
    private record Asked(
            long block, int step, long sinceNanos, CompletableFuture<OptionalLong> to) {}

    private final Pace pace;
    private final Sampling sampling;

    /// Held while the listener is called, so that `close` can promise silence.
    private final ReentrantLock telling = new ReentrantLock();

    private final Object lock = new Object();

    // All below are guarded by `lock`.
    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean started;
    private boolean closed;
    private boolean paused;
    private double rateHz;
    private long viewOffset;
    private int viewLength;
    private boolean viewMoved;
    private boolean baselineWanted;
    private List<OwnWrites.Write> ownWrites = new ArrayList<>();
    private long lastNanos;
    private long dueNanos;

    /// When to look whether the still view has moved; of the thread that samples.
    private long peekNanos = NO_PEEK;

    /// Starts nothing; [#start] does.
    public Sampler(
            AttachedSegment segment, List<Shape> shapes, Options options, Listener listener) {
        this(segment, shapes, options, listener, new Pace.Clock());
    }

    Sampler(
            AttachedSegment segment,
            List<Shape> shapes,
            Options options,
            Listener listener,
            Pace pace) {
        this.segment = segment;
        this.listener = listener;
        this.pace = pace;
        this.rateHz = options.rateHz();
        this.sampling = new Sampling(segment, List.copyOf(shapes), options, pace);
        this.lastNanos = pace.nanos() - SHORTEST_FRAME_NANOS;
        this.dueNanos = pace.nanos();
    }

    /// Begins to sample. Later calls do nothing.
    public void start() {
        synchronized (lock) {
            if (started || closed) {
                return;
            }
            started = true;
            dueNanos = pace.nanos();
        }
        Thread.ofPlatform().daemon().name("sampler " + segment.id().text()).start(this::run);
    }

    /// What is in view. Takes effect at the next sample, which is taken at once, even while paused:
    /// then only bytes that were not in view before are read.
    ///
    /// @param length at most [#MAX_VIEW_BYTES]; what lies outside the segment is left out. The
    ///   window in a sample is rounded out to whole blocks of 64 bytes.
    public void view(long offset, int length) {
        synchronized (lock) {
            long from = Math.max(0, offset);
            int bytes = Math.clamp(length, 0, MAX_VIEW_BYTES);
            if (from == viewOffset && bytes == viewLength) {
                return;
            }
            viewOffset = from;
            viewLength = bytes;
            viewMoved = true;
        }
        pace.wake();
    }

    /// No more samples until [#resume], except for a view that moves.
    public void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    public void resume() {
        synchronized (lock) {
            paused = false;
            dueNanos = pace.nanos();
        }
        pace.wake();
    }

    public boolean paused() {
        synchronized (lock) {
            return paused;
        }
    }

    /// @param hz samples a second from now on; 0 sleeps until the next call
    public void rate(double hz) {
        synchronized (lock) {
            rateHz = Math.clamp(hz, 0, MAX_RATE_HZ);
            dueNanos = lastNanos + frameNanos();
        }
        pace.wake();
    }

    /// What changed before the next sample no longer counts as changed since the baseline.
    public void resetBaseline() {
        synchronized (lock) {
            baselineWanted = true;
        }
        pace.wake();
    }

    /// Announces a write of our own, best just before it is made: bytes that are then seen to have
    /// changed to exactly these are marked as ours. One that was announced and not seen within a
    /// second is forgotten.
    public void ours(long offset, byte[] written) {
        if (written.length == 0) {
            return;
        }
        synchronized (lock) {
            ownWrites.add(new OwnWrites.Write(offset, written.clone(), pace.nanos()));
        }
    }

    /// Finds the next block of 64 bytes, by offset, that was seen to change.
    ///
    /// @param offset blocks that begin behind it count
    /// @param sinceNanos only changes seen at this [System#nanoTime] or later; `Long.MIN_VALUE` for
    ///   any
    /// @return completed on the sampler's thread, soon, even while paused; empty when there is
    ///   none, or the sampler has ended
    public CompletableFuture<OptionalLong> changeAfter(long offset, long sinceNanos) {
        return ask(Math.max(0, offset) / Marks.BLOCK * Marks.BLOCK + Marks.BLOCK, 1, sinceNanos);
    }

    /// Finds the nearest block before this offset that was seen to change; otherwise as
    /// [#changeAfter].
    ///
    /// @param offset the block that it lies in does not count
    public CompletableFuture<OptionalLong> changeBefore(long offset, long sinceNanos) {
        return ask(Math.max(0, offset) / Marks.BLOCK * Marks.BLOCK - Marks.BLOCK, -1, sinceNanos);
    }

    private CompletableFuture<OptionalLong> ask(long block, int step, long sinceNanos) {
        CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
        synchronized (lock) {
            if (closed) {
                answer.complete(OptionalLong.empty());
                return answer;
            }
            asked.add(new Asked(block, step, sinceNanos, answer));
        }
        pace.wake();
        return answer;
    }

    /// Answers on the thread that samples: what is remembered is its own.
    private void answer() {
        for (Asked one = nextAsked(); one != null; one = nextAsked()) {
            long found = sampling.findChange(one.block(), one.step(), one.sinceNanos());
            one.to().complete(found < 0 ? OptionalLong.empty() : OptionalLong.of(found));
        }
    }

    private @Nullable Asked nextAsked() {
        synchronized (lock) {
            return asked.poll();
        }
    }

    /// Nobody waits for an answer that will not come.
    private void answerNothing() {
        for (Asked one = nextAsked(); one != null; one = nextAsked()) {
            one.to().complete(OptionalLong.empty());
        }
    }

    /// Ends the thread. Waits at most for the listener's present call; what was being read is
    /// dropped. A second call does nothing.
    @Override
    public void close() {
        boolean hasThread;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            hasThread = started;
        }
        pace.wake();
        telling.lock();
        telling.unlock();
        if (!hasThread) {
            answerNothing();
            sampling.close();
        }
    }

    private void run() {
        try (sampling) {
            while (awaitFrame()) {
                step();
            }
        } catch (ShmException refused) {
            end(refused.failure());
        } catch (InterruptedException | RuntimeException | Error broken) {
            end(unexpected(broken));
        } finally {
            answerNothing();
        }
    }

    private ShmFailure unexpected(Throwable broken) {
        return new ShmFailure.Unexpected(segment.id().text(), "sample", broken.toString());
    }

    /// Takes one sample on the calling thread, tells the listener, then sweeps.
    void step() throws ShmException {
        answer();
        long now = pace.nanos();
        Sampling.Request request;
        long frame;
        synchronized (lock) {
            request =
                    new Sampling.Request(
                            viewOffset, viewLength, paused, baselineWanted, List.copyOf(ownWrites));
            viewMoved = false;
            baselineWanted = false;
            ownWrites.clear();
            frame = frameNanos();
            lastNanos = now;
            dueNanos = Math.max(dueNanos + frame, now);
        }
        Sample sample = sampling.take(request, frame);
        boolean peeks = frame <= LONGEST_PEEKED_FRAME_NANOS && frame > 2 * SHORTEST_FRAME_NANOS;
        peekNanos = peeks && !request.frozen() && sampling.still() ? now + frame / 2 : NO_PEEK;
        tell(() -> listener.sampled(sample));
        if (!request.frozen() && !isWanted()) {
            sampling.sweep(this::isWanted);
        }
    }

    private boolean awaitFrame() throws InterruptedException {
        while (true) {
            answer();
            long left;
            long leftUntilPeek;
            synchronized (lock) {
                if (closed) {
                    return false;
                }
                long now = pace.nanos();
                left = nanosUntilFrame(now);
                boolean peeks = peekNanos != NO_PEEK && !paused && !viewMoved && rateHz != 0;
                leftUntilPeek = peeks ? peekNanos - now : left;
            }
            if (left <= 0 || (leftUntilPeek <= 0 && moved())) {
                return true;
            }
            if (leftUntilPeek > 0) {
                pace.await(Math.min(left, leftUntilPeek));
            }
        }
    }

    /// Looks once between two samples. One that comes early moves those after it.
    private boolean moved() {
        peekNanos = NO_PEEK;
        if (!sampling.hasMoved()) {
            return false;
        }
        synchronized (lock) {
            dueNanos = pace.nanos();
        }
        return true;
    }

    private long nanosUntilFrame(long now) {
        if (rateHz == 0) {
            return Pace.UNTIL_WOKEN;
        }
        if (viewMoved) {
            return lastNanos + SHORTEST_FRAME_NANOS - now;
        }
        return paused ? Pace.UNTIL_WOKEN : dueNanos - now;
    }

    private long frameNanos() {
        return rateHz == 0 ? Long.MAX_VALUE / 4 : (long) (1e9 / rateHz);
    }

    /// Whether something waits that is more urgent than sweeping.
    private boolean isWanted() {
        synchronized (lock) {
            return closed || viewMoved;
        }
    }

    private void end(ShmFailure failure) {
        tell(() -> listener.ended(failure));
        synchronized (lock) {
            closed = true;
        }
    }

    private void tell(Runnable call) {
        telling.lock();
        try {
            boolean silent;
            synchronized (lock) {
                silent = closed;
            }
            if (!silent) {
                call.run();
            }
        } finally {
            telling.unlock();
        }
    }
}
