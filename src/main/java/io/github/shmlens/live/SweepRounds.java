package io.github.shmlens.live;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Sweep;
import java.util.function.BooleanSupplier;

/// Sweeps the whole segment round after round, as fast as a share of one core allows, and leaves
/// out what is in view: that is compared at each sample anyway. What is spent is the thread's own
/// time on a processor, so that a busy host makes rounds longer and not dearer.
final class SweepRounds {

    /// So much at a time, so that a detach is quick.
    static final int CHUNK = 1 << 20;

    /// After a long sleep not everything that was saved up is spent at once.
    private static final long MOST_SAVED_NANOS = 25_000_000;

    /// In larger segments what lies near the view does not wait for its turn.
    private static final long NEAR_FROM_BYTES = 64 << 20;

    /// So much on each side of the view.
    private static final int NEAR = 256 << 10;

    private final Marks marks;
    private final OwnWrites own;
    private final Pace pace;
    private final double share;

    private long position;
    private long skipped;
    private long skippedLastRound;
    private boolean wentRound;
    private long roundBegan;
    private boolean roundIsNew = true;
    private long roundNanos;
    private long savedNanos;
    private long paidUntil;
    private long changedBytes;

    private static final int SMOOTHED = 16;

    // Made once: a sweep that finds nothing leaves nothing to collect.
    private final Sweep.Places places = (block, changed) -> changed(block, changed, 0);
    private final Sweep.Changes bytes = this::changed;
    private long stamp;

    SweepRounds(Marks marks, OwnWrites own, Pace pace, double share) {
        this.marks = marks;
        this.own = own;
        this.pace = pace;
        this.share = share;
        this.paidUntil = pace.nanos();
        this.savedNanos = MOST_SAVED_NANOS;
    }

    /// Bytes seen to change since this was asked last.
    long takeChangedBytes() {
        long changed = changedBytes;
        changedBytes = 0;
        return changed;
    }

    /// From the beginning of one round to that of the next; for as long as there has been none,
    /// what it will be if it goes on like this.
    long roundNanos(long covered, long now) {
        if (roundNanos > 0 || position == 0) {
            return roundNanos;
        }
        return (long) ((now - roundBegan) * ((double) covered / position));
    }

    long skippedBytes() {
        return wentRound ? skippedLastRound : skipped;
    }

    /// The shadow is new.
    void restart() {
        position = 0;
        skipped = 0;
        wentRound = false;
        roundIsNew = true;
        roundNanos = 0;
    }

    /// Goes on where the last call stopped: until the budget is spent, the round is over, or
    /// something more urgent waits. In a segment whose rounds take long, what lies next to the view
    /// is looked at first, every time: that is where a person looks next.
    void go(Sweep sweep, long viewFrom, long viewTo, BooleanSupplier urgent) throws ShmException {
        long covered = sweep.coveredBytes();
        long now = pace.nanos();
        long cpu = pace.cpuNanos();
        savedNanos = Math.min(MOST_SAVED_NANOS, savedNanos + (long) ((now - paidUntil) * share));
        paidUntil = now;
        if (covered == 0) {
            return;
        }
        if (position >= covered) {
            position = 0;
        }
        if (savedNanos > 0 && covered > NEAR_FROM_BYTES && viewTo > viewFrom) {
            advance(sweep, near(viewFrom - NEAR), NEAR, viewFrom, viewTo, now);
            advance(sweep, near(viewTo), NEAR, viewFrom, viewTo, now);
            cpu = pay(cpu);
        }
        while (savedNanos > 0 && !urgent.getAsBoolean()) {
            if (position == 0) {
                beginRound(now);
            }
            int length = (int) Math.min(CHUNK, covered - position);
            skipped += advance(sweep, position, length, viewFrom, viewTo, now);
            position += length;
            now = pace.nanos();
            cpu = pay(cpu);
            if (position >= covered) {
                skippedLastRound = skipped;
                wentRound = true;
                position = 0;
                return;
            }
        }
    }

    /// @param since the thread's own time that is not paid for yet
    private long pay(long since) {
        long cpu = pace.cpuNanos();
        savedNanos -= cpu - since;
        return cpu;
    }

    /// A place to sweep from.
    private static long near(long offset) {
        return Math.max(0, offset) / Marks.BLOCK * Marks.BLOCK;
    }

    /// Looks at one stretch out of turn.
    ///
    /// @return how many bytes were skipped because their pages are not resident
    long advance(Sweep sweep, long from, int length, long viewFrom, long viewTo, long now)
            throws ShmException {
        long to = Math.min(from + length, sweep.coveredBytes());
        stamp = now;
        long left = part(sweep, from, Math.min(to, viewFrom));
        return left + part(sweep, Math.max(from, viewTo), to);
    }

    private long part(Sweep sweep, long from, long to) throws ShmException {
        if (from >= to) {
            return 0;
        }
        int length = (int) (to - from);
        // The bytes are wanted only to compare them with what we wrote.
        return own.isEmpty()
                ? sweep.advance(from, length, places)
                : sweep.advance(from, length, bytes);
    }

    private void changed(long block, long changed, long ours) {
        changedBytes += Long.bitCount(changed);
        marks.changed(block, changed, ours, stamp);
    }

    private void changed(long block, byte[] before, byte[] after, int length) {
        long changed = Sweep.differences(before, after, length);
        if (changed != 0) {
            changed(block, changed, own.among(block, changed, after, 0));
        }
    }

    private void beginRound(long now) {
        if (!roundIsNew) {
            long newest = now - roundBegan;
            // A figure that people read must not flicker; one that has changed is told at once.
            boolean alike = Math.abs(newest - roundNanos) < roundNanos / 4;
            roundNanos = alike ? roundNanos + (newest - roundNanos) / SMOOTHED : newest;
        }
        roundIsNew = false;
        roundBegan = now;
        skipped = 0;
    }
}
