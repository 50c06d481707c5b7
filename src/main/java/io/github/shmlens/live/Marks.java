package io.github.shmlens.live;

import io.github.shmlens.source.Sweep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is remembered about bytes that changed, in view or not: whether since the baseline, whether
/// by us, when, and how often their block did. For one thread at a time.
///
/// Memory is bounded and mostly off the heap. A stretch of 256 KiB costs 96 KiB as soon as
/// something in it changes; of stretches beyond the swept part only the 64 used last are kept. The
/// time of each single byte is kept for 4096 blocks; for others, of the block.
///
/// ```
/// one block of 64 bytes, in a stretch
/// 0               8               16      20      24
/// +---------------+---------------+-------+-------+
/// | since: 1 bit  | ours: 1 bit   | last, | times |
/// | for each byte | for each byte | ticks |       |
/// +---------------+---------------+-------+-------+
/// ```
///
/// A tick is 2^20 nanoseconds, about a millisecond, counted from the first change; they last for 52
/// days, and a block that changes later keeps the last.
final class Marks implements AutoCloseable {

    static final int BLOCK = Sweep.BLOCK_BYTES;

    private static final int STRETCH = 256 << 10;
    private static final int ENTRY = 24;
    private static final int SINCE = 0;
    private static final int OURS = 8;
    private static final int STAMP = 16;
    private static final int COUNT = 20;
    private static final int STRETCH_BLOCKS = STRETCH / BLOCK;
    private static final int STRETCH_MARKS = STRETCH_BLOCKS * ENTRY;
    private static final int MOST_BEYOND = 64;
    private static final int TIMED = 4096;

    private static final int TICK_BITS = 20;
    private static final long LAST_TICK = 0xffffffffL;

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT;

    private final Arena arena = Arena.ofShared();
    private @Nullable MemorySegment[] swept = {};

    /// Least recently used first.
    private final LinkedHashMap<Long, MemorySegment> beyond = new LinkedHashMap<>(16, 0.75f, true);

    private final long sweptBytes;
    private final Grains grains = new Grains();

    /// The time of tick 1.
    private long epochNanos;

    private boolean hasEpoch;

    /// Times of single bytes: a block has one place only, which it takes from the block that had it
    /// before. Null until something changes.
    private long @Nullable [] timedBlocks;

    private long[] times = {};

    // Blocks in view keep their place.
    private long viewFrom;
    private long viewTo;

    /// @param sweptBytes how far from the segment's start changes are looked for everywhere
    Marks(long sweptBytes) {
        this.sweptBytes = sweptBytes;
    }

    void inView(long from, long to) {
        viewFrom = from;
        viewTo = to;
    }

    /// Notes that bytes changed.
    ///
    /// @param block offset of the block
    /// @param changed one bit for each byte; at least one is set
    /// @param ours those of them that we wrote
    void changed(long block, long changed, long ours, long now) {
        if (!hasEpoch) {
            hasEpoch = true;
            epochNanos = now;
        }
        MemorySegment marks = stretchFor(block);
        long entry = entry(block);
        long since = marks.get(I64, entry + SINCE);
        time(block, changed, since, nanos(marks.get(I32, entry + STAMP)), now);
        marks.set(I64, entry + SINCE, since | changed);
        marks.set(I64, entry + OURS, (marks.get(I64, entry + OURS) & ~changed) | ours);
        marks.set(I32, entry + STAMP, tick(now));
        int count = marks.get(I32, entry + COUNT);
        if (count != Integer.MAX_VALUE) {
            marks.set(I32, entry + COUNT, count + 1);
        }
        grains.changed(block, now);
    }

    /// Notes that the two reads of a block differed.
    void torn(long block, long now) {
        grains.torn(block, now);
    }

    /// What is known of the segment at large.
    Grains grains() {
        return grains;
    }

    private int tick(long now) {
        return (int) Math.clamp(((now - epochNanos) >> TICK_BITS) + 1, 1, LAST_TICK);
    }

    /// @return 0 for never
    private long nanos(int tick) {
        return tick == 0 ? 0 : epochNanos + ((Integer.toUnsignedLong(tick) - 1) << TICK_BITS);
    }

    /// How often a block was seen to change.
    int changes(long block) {
        MemorySegment known = stretch(block);
        return known == null ? 0 : known.get(I32, entry(block) + COUNT);
    }

    /// The nearest block that changed at `since` or later.
    ///
    /// @param block where to begin; it counts itself
    /// @param step 1 to look onwards, −1 to look back
    /// @return its offset; −1 when there is none
    long find(long block, int step, long since) {
        int least = hasEpoch ? tick(Math.max(since, epochNanos)) : 1;
        long at = block / BLOCK;
        while (at >= 0) {
            long stretch = nearestStretch(at * BLOCK / STRETCH, step);
            if (stretch < 0) {
                return -1;
            }
            if (stretch != at * BLOCK / STRETCH) {
                at = stretch * STRETCH_BLOCKS + (step > 0 ? 0 : STRETCH_BLOCKS - 1);
            }
            MemorySegment marks = Objects.requireNonNull(stretch(at * BLOCK));
            while (at >= 0 && at * BLOCK / STRETCH == stretch) {
                int stamp = marks.get(I32, entry(at * BLOCK) + STAMP);
                if (stamp != 0 && Integer.compareUnsigned(stamp, least) >= 0) {
                    return at * BLOCK;
                }
                at += step;
            }
        }
        return -1;
    }

    /// The next stretch, this one included, of which anything is remembered; −1 when there is none.
    private long nearestStretch(long from, int step) {
        long nearest = -1;
        for (long index = Math.min(from, step > 0 ? from : swept.length - 1);
                index >= 0 && index < swept.length;
                index += step) {
            if (swept[(int) index] != null) {
                nearest = index;
                break;
            }
        }
        for (long index : beyond.keySet()) {
            boolean ahead = step > 0 ? index >= from : index <= from;
            boolean nearer = nearest < 0 || (step > 0 ? index < nearest : index > nearest);
            if (ahead && nearer) {
                nearest = index;
            }
        }
        return nearest;
    }

    /// Writes one block's marks and times into the arrays of a window.
    ///
    /// @param length of the block, less than 64 at the segment's end
    void into(long block, int length, byte[] marks, long[] changedAt, int at) {
        MemorySegment known = stretch(block);
        if (known == null) {
            return;
        }
        long entry = entry(block);
        long stamp = nanos(known.get(I32, entry + STAMP));
        if (stamp == 0) {
            return;
        }
        long since = known.get(I64, entry + SINCE);
        long ours = known.get(I64, entry + OURS);
        int place = timedPlace(block);
        for (int i = 0; i < length; i++) {
            boolean changed = (since >>> i & 1) != 0;
            if (changed) {
                marks[at + i] |= Window.SINCE_BASELINE;
            }
            if ((ours >>> i & 1) != 0) {
                marks[at + i] |= Window.OURS;
            }
            if (place >= 0) {
                changedAt[at + i] = times[place * BLOCK + i];
            } else if (changed) {
                changedAt[at + i] = stamp;
            }
        }
    }

    /// Nothing has changed since the baseline. When it changed last, and by whom, stays.
    void resetBaseline() {
        for (MemorySegment marks : swept) {
            if (marks != null) {
                clearSince(marks);
            }
        }
        beyond.values().forEach(Marks::clearSince);
    }

    @Override
    public void close() {
        arena.close();
    }

    private static void clearSince(MemorySegment marks) {
        for (long entry = 0; entry < STRETCH_MARKS; entry += ENTRY) {
            marks.set(I64, entry + SINCE, 0);
        }
    }

    private void time(long block, long changed, long since, long stampBefore, long now) {
        if (timedBlocks == null) {
            timedBlocks = new long[TIMED];
            Arrays.fill(timedBlocks, -1);
            times = new long[TIMED * BLOCK];
        }
        int place = place(block);
        long holder = timedBlocks[place];
        if (holder != block) {
            boolean holderInView = holder >= viewFrom && holder < viewTo;
            boolean inView = block >= viewFrom && block < viewTo;
            if (holderInView && !inView) {
                return;
            }
            timedBlocks[place] = block;
            for (int i = 0; i < BLOCK; i++) {
                times[place * BLOCK + i] = (since >>> i & 1) != 0 ? stampBefore : 0;
            }
        }
        for (long left = changed; left != 0; left &= left - 1) {
            times[place * BLOCK + Long.numberOfTrailingZeros(left)] = now;
        }
    }

    private int timedPlace(long block) {
        if (timedBlocks == null) {
            return -1;
        }
        int place = place(block);
        return timedBlocks[place] == block ? place : -1;
    }

    /// Neighbours never take each other's place: what is in view fits.
    private static int place(long block) {
        return (int) (block / BLOCK % TIMED);
    }

    private static long entry(long block) {
        return block % STRETCH / BLOCK * ENTRY;
    }

    private @Nullable MemorySegment stretch(long block) {
        long index = block / STRETCH;
        if (block >= sweptBytes) {
            return beyond.get(index);
        }
        return index < swept.length ? swept[(int) index] : null;
    }

    private MemorySegment stretchFor(long block) {
        MemorySegment known = stretch(block);
        if (known != null) {
            return known;
        }
        MemorySegment fresh;
        if (block < sweptBytes) {
            fresh = arena.allocate(STRETCH_MARKS, Long.BYTES);
            int index = (int) (block / STRETCH);
            if (index >= swept.length) {
                swept = Arrays.copyOf(swept, Math.max(index + 1, swept.length * 2));
            }
            swept[index] = fresh;
        } else if (beyond.size() < MOST_BEYOND) {
            fresh = arena.allocate(STRETCH_MARKS, Long.BYTES);
            beyond.put(block / STRETCH, fresh);
        } else {
            fresh = beyond.pollFirstEntry().getValue();
            fresh.fill((byte) 0);
            beyond.put(block / STRETCH, fresh);
        }
        return fresh;
    }
}
