package io.github.shmlens.live;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Sweep;
import java.util.function.BooleanSupplier;

/// Sweeps the whole segment round after round, as fast as a share of one core allows, and leaves
/// out what is in view: that is compared at each sample anyway.
final class SweepRounds {

    /// So much at a time, so that a detach is quick.
    static final int CHUNK = 1 << 20;

    /// After a long sleep not everything that was saved up is spent at once.
    private static final long MOST_SAVED_NANOS = 25_000_000;

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
    /// something more urgent waits.
    void go(Sweep sweep, long viewFrom, long viewTo, BooleanSupplier urgent) throws ShmException {
        long covered = sweep.coveredBytes();
        long now = pace.nanos();
        savedNanos = Math.min(MOST_SAVED_NANOS, savedNanos + (long) ((now - paidUntil) * share));
        paidUntil = now;
        if (covered == 0) {
            return;
        }
        if (position >= covered) {
            position = 0;
        }
        while (savedNanos > 0 && !urgent.getAsBoolean()) {
            if (position == 0) {
                beginRound(now);
            }
            int length = (int) Math.min(CHUNK, covered - position);
            skipped += advance(sweep, position, length, viewFrom, viewTo, now);
            position += length;
            long after = pace.nanos();
            savedNanos -= after - now;
            paidUntil = after;
            now = after;
            if (position >= covered) {
                skippedLastRound = skipped;
                wentRound = true;
                position = 0;
                return;
            }
        }
    }

    /// Looks at one stretch out of turn.
    ///
    /// @return how many bytes were skipped because their pages are not resident
    long advance(Sweep sweep, long from, int length, long viewFrom, long viewTo, long now)
            throws ShmException {
        long to = Math.min(from + length, sweep.coveredBytes());
        long left = part(sweep, from, Math.min(to, viewFrom), now);
        return left + part(sweep, Math.max(from, viewTo), to, now);
    }

    private long part(Sweep sweep, long from, long to, long now) throws ShmException {
        if (from >= to) {
            return 0;
        }
        return sweep.advance(
                from,
                (int) (to - from),
                (block, before, after, length) -> {
                    long changed = differences(before, after, length);
                    if (changed != 0) {
                        changedBytes += Long.bitCount(changed);
                        marks.changed(block, changed, own.among(block, changed, after, 0), now);
                    }
                });
    }

    private void beginRound(long now) {
        if (!roundIsNew) {
            roundNanos = now - roundBegan;
        }
        roundIsNew = false;
        roundBegan = now;
        skipped = 0;
    }

    /// One bit for each byte that differs.
    static long differences(byte[] before, byte[] after, int length) {
        long differing = 0;
        for (int i = 0; i < length; i++) {
            if (before[i] != after[i]) {
                differing |= 1L << i;
            }
        }
        return differing;
    }
}
