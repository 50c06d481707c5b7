package io.github.shmlens.ui.shell;

import io.github.shmlens.journal.Change;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.php.MemberChange;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Put;
import io.github.shmlens.php.Repair;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.php.StoreHeader;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.segments.ImageLoad;
import io.github.shmlens.ui.segments.SegmentImage;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.slots.Locking;
import io.github.shmlens.ui.slots.SlotEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries out what a person changes in one attached segment: one change after the other, on a
/// thread of its own, under the semaphore that is chosen at that moment or without one.
///
/// Nothing here overwrites what the person did not see: bytes go through compare-and-set, slots
/// through their last seen payload. Overwriting is a second, deliberate call that names the bytes
/// it found.
final class Edits implements AutoCloseable {

    /// Of larger stores only so much is told apart as our own writing.
    private static final int OWN_BYTES = 1 << 20;

    /// As much as that of an image.
    private static final long OWN_IMAGE_BYTES = 16 << 20;

    /// How a change ended.
    sealed interface Outcome {

        /// @param under the semaphore that was held meanwhile; null when none was
        record BytesWritten(HexEdit edit, boolean atomic, @Nullable SegmentKey under)
                implements Outcome {}

        /// @param actual the bytes of the whole edit as they are now
        /// @param writtenBytes how many bytes from the edit's start were written before that
        record BytesMoved(HexEdit edit, byte[] actual, int writtenBytes) implements Outcome {}

        /// @param offset where the slot lies now
        /// @param member what of an array or object is another now; null where it is not about
        ///   members
        record SlotWritten(
                SlotEdit edit,
                long offset,
                boolean replaced,
                @Nullable MemberChange member,
                @Nullable SegmentKey under)
                implements Outcome {}

        /// @param theirs the slot as it is now; null when it is not there any more
        record SlotMoved(SlotEdit edit, @Nullable Slot theirs) implements Outcome {}

        record SlotRemoved(Slot seen, @Nullable SegmentKey under) implements Outcome {}

        /// The slot to be removed is not the one that was seen.
        record SlotChanged(Slot seen, @Nullable Slot theirs) implements Outcome {}

        /// Nothing was written: the semaphore stayed taken.
        record LockBusy(SegmentKey semaphore, Duration waited, Optional<LockFacts> facts)
                implements Outcome {}

        /// What was asked for in a sheet, which tells it.
        sealed interface OfStore extends Outcome {}

        /// @param stays what is still found in it
        record Repaired(
                Repair.Plan plan, Path image, List<Problem> stays, @Nullable SegmentKey under)
                implements OfStore {}

        /// Nothing was repaired: the image could not be written.
        record NotSaved(IOException why) implements OfStore {}

        record Wiped(StaleBytes bytes, @Nullable SegmentKey under) implements OfStore {}

        /// An image was loaded, or was not: the sheet that asked tells it.
        record ImageLoaded(ImageLoad.Outcome outcome, @Nullable SegmentKey under)
                implements Outcome {}

        /// A change was taken back, or made again.
        record Reversed(Reversal reversal, @Nullable SegmentKey under) implements Outcome {}

        /// It was not: somebody wrote there since, or it cannot be done.
        record NotReversed(Reversal reversal, Reversal.Outcome why) implements Outcome {}

        record Failed(ShmFailure failure) implements Outcome {}

        record NoStore(String sentence) implements Outcome {}
    }

    /// Told which bytes a change of ours left behind, so that the live marks can tell ours from
    /// theirs. On the editing thread.
    interface OwnBytes {
        void left(long offset, byte[] bytes);
    }

    /// One change, made while the lock (if any) is held.
    private interface Job {
        Outcome make(@Nullable SegmentKey under) throws ShmException, NotAStore;
    }

    /// Neighbours' bits that are written all the time do not hold an edit up for ever.
    private static final int MOST_ATTEMPTS = 1000;

    /// Writing itself takes no longer.
    private static final long WRITE_MS = 2000;

    /// Who waits for a semaphore hears within this time that it shall not.
    private static final Duration HEARING = Duration.ofMillis(200);

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final PhpStore store;
    private final StoreCare care;
    private final OwnBytes own;
    private final ExecutorService line;
    private volatile @Nullable SegmentKey semaphore;
    private volatile Duration limit = Locking.Under.USUAL_LIMIT;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger stopping = new AtomicInteger();

    Edits(SegmentSource source, AttachedSegment segment, OwnBytes own) {
        this.source = source;
        this.segment = segment;
        this.store = new PhpStore(segment);
        this.care = new StoreCare(source, segment);
        this.own = own;
        this.line =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform()
                                .daemon()
                                .name("shmlens-edits-" + segment.id().text())
                                .factory());
    }

    /// The semaphore that edits take; null for none. Any thread.
    @Nullable SegmentKey semaphore() {
        return semaphore;
    }

    /// Any thread; holds from the next edit on.
    void take(@Nullable SegmentKey key) {
        semaphore = key;
    }

    /// How long an edit waits at most for a semaphore that another process holds.
    Duration limit() {
        return limit;
    }

    /// Any thread; holds from the next edit on.
    void waitAtMost(Duration time) {
        limit = time;
    }

    /// Replaces bytes, if they are still those that were seen.
    CompletableFuture<Outcome> bytes(HexEdit edit) {
        return bytes(edit, Reason.EDIT);
    }

    /// As the other, for another reason than typing.
    CompletableFuture<Outcome> bytes(HexEdit edit, Reason reason) {
        return inLine(under -> {
            HexEdit now = edit;
            for (int attempt = 1; ; attempt++) {
                own.left(now.offset(), now.next());
                try (Act act = segment.begin(new Deed.Each(reason))) {
                    Replaced outcome = segment.replace(now.offset(), now.seen(), now.next());
                    act.done();
                    switch (outcome) {
                        case Replaced.Done done -> {
                            return new Outcome.BytesWritten(now, done.atomic(), under);
                        }
                        case Replaced.MovedOn moved -> {
                            // Only the neighbours' bits of the same bytes: it is the same change.
                            boolean same =
                                    now.own() != null
                                            && moved.writtenBytes() == 0
                                            && edit.stands(moved.actual());
                            if (!same || attempt == MOST_ATTEMPTS) {
                                return new Outcome.BytesMoved(
                                        now, moved.actual(), moved.writtenBytes());
                            }
                            now = edit.over(moved.actual());
                        }
                    }
                }
            }
        });
    }

    /// Takes a change back, or makes it again, where everything is as it left it.
    ///
    /// @param over what somebody else wrote there, which the user has seen; null to refuse then
    CompletableFuture<Outcome> reverse(Reversal reversal, Reversal.@Nullable Outcome over) {
        if (reversal.ofItself()) {
            return inLine(() -> attempted(_ -> ofItself(reversal, over), null));
        }
        return inLine(under -> {
            tellOwn(reversal);
            Reversal.Outcome outcome =
                    over == null
                            ? reversal.carryOut(segment)
                            : reversal.carryOutOver(segment, over);
            if (!(outcome instanceof Reversal.Outcome.Done)) {
                return new Outcome.NotReversed(reversal, outcome);
            }
            if (reversal.entry().change() instanceof Change.Slot) {
                tellOwnStore();
            }
            return new Outcome.Reversed(reversal, under);
        });
    }

    /// Writes no bytes, and so takes no semaphore.
    private Outcome ofItself(Reversal reversal, Reversal.@Nullable Outcome over)
            throws ShmException {
        Reversal.Outcome outcome =
                over == null
                        ? reversal.carryOut(source, segment.id())
                        : reversal.carryOutOver(source, segment.id(), over);
        return outcome instanceof Reversal.Outcome.Done
                ? new Outcome.Reversed(reversal, null)
                : new Outcome.NotReversed(reversal, outcome);
    }

    private void tellOwn(Reversal reversal) {
        if (reversal.entry().change() instanceof Change.Bytes bytes) {
            for (Change.Run run : bytes.runs()) {
                own.left(run.offset(), reversal.again() ? run.next() : run.old());
            }
        }
    }

    /// Stores a value, if the slot still holds what was seen (or is still absent).
    CompletableFuture<Outcome> slot(SlotEdit edit) {
        return inLine(under -> {
            try {
                Put put = store.putIf(edit.key(), edit.seenPayload(), edit.payload());
                tellOwnStore();
                return new Outcome.SlotWritten(
                        edit,
                        put.offset(),
                        put.replaced(),
                        MemberChange.between(edit.seenPayload(), edit.payload()).orElse(null),
                        under);
            } catch (ShmException refused) {
                if (refused.failure() instanceof ShmFailure.Moved) {
                    return new Outcome.SlotMoved(edit, store.read().slot(edit.key()).orElse(null));
                }
                throw refused;
            }
        });
    }

    /// Removes a slot, if it still holds what was seen.
    CompletableFuture<Outcome> remove(Slot seen) {
        return inLine(under -> {
            byte[] payload = seen.payload();
            Slot theirs = store.read().slot(seen.key()).orElse(null);
            if (payload == null || theirs == null || !Arrays.equals(theirs.payload(), payload)) {
                return new Outcome.SlotChanged(seen, theirs);
            }
            store.unsetIf(seen.key(), payload);
            tellOwnStore();
            return new Outcome.SlotRemoved(seen, under);
        });
    }

    /// Saves an image to a new file, then carries the plan out, if the store still is the one it
    /// was made for.
    CompletableFuture<Outcome> repair(Repair.Plan plan, Path image) {
        return inLine(under -> {
            try {
                SegmentImage.save(segment, source.facts(segment.id()), image);
            } catch (IOException refused) {
                return new Outcome.NotSaved(refused);
            }
            StoreReading after = care.repair(plan);
            tellOwnStore();
            return new Outcome.Repaired(plan, image, after.problems(), under);
        });
    }

    /// Loads an image, if the segment and who has it are still as they were compared with it.
    ///
    /// @param over whether that does not matter
    CompletableFuture<Outcome> load(ImageLoad image, boolean over, ImageLoad.Watch watch) {
        ImageLoad.Watch both = done -> watch.goesOn(done) && goesOn();
        Job job =
                under -> {
                    Witness now = Witness.look(source, segment.id());
                    ImageLoad.Outcome outcome =
                            over || now.sameHolders(image.witness())
                                    ? image.carryOut(
                                            segment, now.facts(), over, this::tellOwn, both)
                                    : new ImageLoad.Outcome.OtherHolders();
                    return new Outcome.ImageLoaded(outcome, under);
                };
        loads.incrementAndGet();
        return inLine(
                        () -> {
                            Outcome ended = attempted(job, semaphore, watch::waits);
                            return ended instanceof Outcome.LockBusy && !both.goesOn(0)
                                    ? new Outcome.ImageLoaded(
                                            new ImageLoad.Outcome.Stopped(0), null)
                                    : ended;
                        })
                .whenComplete((_, _) -> loads.decrementAndGet());
    }

    /// Of a large image only what lies at the beginning.
    private void tellOwn(long offset, byte[] bytes) {
        if (offset < OWN_IMAGE_BYTES) {
            own.left(offset, bytes);
        }
    }

    /// Writes zeros over what former values left.
    CompletableFuture<Outcome> wipe() {
        return inLine(under -> new Outcome.Wiped(care.wipe(under != null), under));
    }

    /// A put or an unset rewrites the header and moves what lies behind the slot. All that changed
    /// since the last look up to here was us, or somebody who wrote the very same bytes.
    private void tellOwnStore() throws ShmException {
        StoreHeader header = store.read().header();
        if (header == null) {
            return;
        }
        long end = Math.clamp(header.end(), 0, Math.min(segment.sizeBytes(), OWN_BYTES));
        byte[] bytes = new byte[(int) end];
        segment.read(0, bytes, 0, bytes.length);
        own.left(0, bytes);
    }

    private CompletableFuture<Outcome> inLine(Job job) {
        return inLine(() -> attempted(job, semaphore));
    }

    private CompletableFuture<Outcome> inLine(Supplier<Outcome> work) {
        underWay.incrementAndGet();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work.get();
                        } finally {
                            underWay.decrementAndGet();
                        }
                    },
                    line);
        } catch (RejectedExecutionException closing) {
            // Whoever asked hears as of any other change that nothing was written.
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(closing);
        }
    }

    /// Whether something that was confirmed is not done yet. Any thread.
    boolean underWay() {
        return underWay.get() > 0;
    }

    /// Whether an image is among it. Any thread.
    boolean loading() {
        return loads.get() > 0;
    }

    private boolean goesOn() {
        return stopping.get() == 0 && !Thread.currentThread().isInterrupted();
    }

    /// Ends what is under way: who waits for a semaphore gives up, and of an image no more is
    /// loaded. What is written stays. Any thread.
    ///
    /// @return complete when it has ended
    CompletableFuture<Void> stop() {
        stopping.incrementAndGet();
        try {
            return CompletableFuture.runAsync(stopping::decrementAndGet, line);
        } catch (RejectedExecutionException closing) {
            // Nothing comes any more; what is left hears it.
            return closed.copy();
        }
    }

    private Outcome attempted(Job job, @Nullable SegmentKey key) {
        return attempted(job, key, () -> true);
    }

    /// @param waitsOn asked while the semaphore is taken, whether to wait on
    private Outcome attempted(Job job, @Nullable SegmentKey key, BooleanSupplier waitsOn) {
        try {
            if (key == null) {
                return job.make(null);
            }
            long began = System.nanoTime();
            Optional<HeldLock> lock = hold(key, limit, waitsOn);
            if (lock.isEmpty()) {
                Duration waited = Duration.ofNanos(System.nanoTime() - began);
                return new Outcome.LockBusy(key, waited, source.lock(key));
            }
            try (HeldLock held = lock.get()) {
                return job.make(held.key());
            }
        } catch (ShmException refused) {
            return new Outcome.Failed(refused.failure());
        } catch (NotAStore refused) {
            return new Outcome.NoStore(String.valueOf(refused.getMessage()));
        }
    }

    /// Waits for no longer than it may, and than somebody wants.
    private Optional<HeldLock> hold(SegmentKey key, Duration most, BooleanSupplier waitsOn)
            throws ShmException {
        long began = System.nanoTime();
        while (true) {
            Duration left = most.minusNanos(System.nanoTime() - began);
            boolean last = left.compareTo(HEARING) <= 0;
            Optional<HeldLock> lock = source.hold(key, last ? left : HEARING);
            if (lock.isPresent() || last || !waitsOn.getAsBoolean() || !goesOn()) {
                return lock;
            }
        }
    }

    /// Takes no more edits and returns when those under way have ended: the segment must not be
    /// detached below one that waits for its semaphore. Blocks for as long as an edit may wait for
    /// that, and a little more.
    @Override
    public void close() {
        line.shutdown();
        try {
            if (!line.awaitTermination(limit.toMillis() + WRITE_MS, TimeUnit.MILLISECONDS)) {
                line.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            line.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            closed.complete(null);
        }
    }
}
