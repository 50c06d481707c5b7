package io.github.shmlens.live;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Content;
import io.github.shmlens.source.Sweep;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the segment at large, in at most 4096 equal stretches, whatever its size. For
/// one thread at a time.
final class Grains {

    /// Enough for a map of one row for each pixel.
    static final int MOST = 4096;

    /// An overview is made no more often than this, and so is what costs something in it.
    static final long OVERVIEW_NANOS = 250_000_000;

    /// So many contents that may be others now are looked at for one overview: a few milliseconds.
    private static final int STALE_LOOKS = 2048;

    /// And so many of those where nothing was seen to change.
    private static final int OTHER_LOOKS = 128;

    private long sizeBytes;
    private long grainBytes = Marks.BLOCK;
    private int count;
    private final Content[] contents = new Content[MOST];
    private final boolean[] stale = new boolean[MOST];
    private final long[] changedAt = new long[MOST];
    private final long[] changes = new long[MOST];
    private final long[] tornAt = new long[MOST];
    private int staleTurn;
    private int turn;
    private boolean isNew;
    private Overview newest = Overview.EMPTY;
    private boolean isMade;
    private long madeNanos;

    Grains() {
        Arrays.fill(contents, Content.UNKNOWN);
    }

    /// The segment has this size now. What is known of a segment that grows is kept, in coarser
    /// stretches where it must be.
    void size(long bytes) {
        if (bytes == sizeBytes) {
            return;
        }
        while (bytes > 0 && (bytes - 1) / grainBytes >= MOST) {
            coarsen();
        }
        sizeBytes = bytes;
        int now = bytes == 0 ? 0 : (int) ((bytes - 1) / grainBytes + 1);
        for (int i = now; i < count; i++) {
            forget(i);
        }
        if (now > 0 && now <= count) {
            stale[now - 1] = true;
        }
        count = now;
        isNew = true;
    }

    private void coarsen() {
        for (int i = 0; i < MOST / 2; i++) {
            int one = 2 * i;
            int other = one + 1;
            contents[i] = Content.UNKNOWN;
            stale[i] = true;
            changedAt[i] = Overview.newer(changedAt[one], changedAt[other]);
            changes[i] = changes[one] + changes[other];
            tornAt[i] = Overview.newer(tornAt[one], tornAt[other]);
        }
        for (int i = MOST / 2; i < MOST; i++) {
            forget(i);
        }
        grainBytes *= 2;
        count = (count + 1) / 2;
    }

    private void forget(int i) {
        contents[i] = Content.UNKNOWN;
        stale[i] = false;
        changedAt[i] = 0;
        changes[i] = 0;
        tornAt[i] = 0;
    }

    /// A block was seen to change.
    void changed(long block, long now) {
        long grain = block / grainBytes;
        if (grain < count) {
            int i = (int) grain;
            changedAt[i] = now;
            changes[i]++;
            stale[i] = true;
            isNew = true;
        }
    }

    /// Two reads of a block differed.
    void torn(long block, long now) {
        long grain = block / grainBytes;
        if (grain < count) {
            tornAt[(int) grain] = now;
            isNew = true;
        }
    }

    /// The newest overview; a new one when it is time for it and there is something new.
    ///
    /// @param sweep to ask what the segment holds; null when there is none
    Overview overview(@Nullable Sweep sweep, long now) throws ShmException {
        if (isMade && now - madeNanos < OVERVIEW_NANOS) {
            return newest;
        }
        isMade = true;
        madeNanos = now;
        if (sweep != null) {
            lookAt(sweep);
        }
        if (isNew) {
            isNew = false;
            newest =
                    new Overview(
                            sizeBytes,
                            grainBytes,
                            List.of(Arrays.copyOf(contents, count)),
                            Arrays.copyOf(changedAt, count),
                            Arrays.copyOf(changes, count),
                            Arrays.copyOf(tornAt, count));
        }
        return newest;
    }

    /// Looks at what changed or is not known, in turn, and at some of the others, each in its turn:
    /// pages come and go without a change.
    private void lookAt(Sweep sweep) throws ShmException {
        int left = STALE_LOOKS;
        for (int i = 0; i < count && left > 0; i++) {
            staleTurn = staleTurn + 1 < count ? staleTurn + 1 : 0;
            if (stale[staleTurn] || contents[staleTurn] == Content.UNKNOWN) {
                left--;
                look(sweep, staleTurn);
            }
        }
        for (int i = Math.min(OTHER_LOOKS, count); i > 0; i--) {
            turn = turn + 1 < count ? turn + 1 : 0;
            look(sweep, turn);
        }
    }

    private void look(Sweep sweep, int i) throws ShmException {
        stale[i] = false;
        Content content = sweep.content(i * grainBytes, grainBytes);
        if (content != contents[i]) {
            contents[i] = content;
            isNew = true;
        }
    }
}
