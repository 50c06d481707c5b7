package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SearchWatch;
import java.lang.foreign.MemorySegment;

/// Goes through a range of a segment in steps of at most 1 MiB, and in each through the runs of
/// pages that are in memory. Holes of objects, however large, are passed over in one step.
///
/// @param tail so many bytes behind the range may end what begins in it
/// @param width what is looked for has this many bytes and lies in a run as a whole; it may begin
///   in one step and end in the next
record Stretches(Swept segment, long offset, long length, int tail, int width) {

    private static final int STEP_BYTES = MappedSegment.CHUNK_BYTES;
    private static final int PAGE_BYTES = AttachedSegment.PAGE_BYTES;

    /// Takes one run after the other.
    interface Runs {

        /// What is looked for may begin in `[from, to)` of `memory` and lies in it as a whole.
        ///
        /// @param start where `memory` begins in the segment
        /// @return false when nothing more is wanted
        boolean take(MemorySegment memory, long start, long from, long to) throws ShmException;
    }

    /// @param ended everything was looked at
    /// @param passedBytes looked at or skipped
    record Passed(boolean ended, boolean stopped, long passedBytes, long skippedBytes) {}

    /// @throws ShmException `Gone` when the segment was detached, or ends before the range does
    Passed go(Runs runs, SearchWatch watch) throws ShmException {
        long end = offset + length;
        long skipped = 0;
        for (long at = offset; at < end; ) {
            long next;
            try {
                long data = Math.min(end, segment.dataFrom(at));
                if (data > at) {
                    checkNotCut(data);
                    skipped += data - at;
                    next = data;
                } else {
                    long solid = Math.min(end + tail, segment.holeFrom(at));
                    // Steps end where pages do, so that what is aligned stays so.
                    next = (at + STEP_BYTES - width) / PAGE_BYTES * PAGE_BYTES;
                    next = Math.min(next, Math.min(end, solid));
                    Step step =
                            new Step(look(at, Math.min(solid, next + width - 1)), at, next - at);
                    boolean more = step.go(runs);
                    skipped += step.skipped;
                    if (!more) {
                        return new Passed(false, false, next - offset, skipped);
                    }
                }
            } catch (IllegalStateException ended) {
                if (segment.closed()) {
                    throw Failures.detached(segment.id(), ended);
                }
                throw ended;
            } catch (ShmException refused) {
                // The kernel answers oddly for memory that is no longer there.
                throw segment.closed() ? Failures.detached(segment.id()) : refused;
            }
            at = next;
            if (!watch.goOn(at - offset, length) && at < end) {
                return new Passed(false, true, at - offset, skipped);
            }
        }
        return new Passed(true, false, length, skipped);
    }

    private Look look(long from, long to) throws ShmException {
        Look look = segment.look(from, (int) (to - from));
        if (look.bytes().byteSize() < to - from) {
            throw Failures.cutShort(segment.id());
        }
        return look;
    }

    /// What looks like a hole may be the end of an object that is shorter now.
    private void checkNotCut(long to) throws ShmException {
        if (segment.sizeBytes() < to) {
            throw Failures.cutShort(segment.id());
        }
    }

    private final class Step {
        private final Look look;
        private final long start;
        private final long own;
        private long skipped;

        /// @param own so many bytes are this step's; what lies behind them only ends what begins
        ///   here
        Step(Look look, long start, long own) {
            this.look = look;
            this.start = start;
            this.own = own;
        }

        boolean go(Runs runs) throws ShmException {
            long bytes = look.bytes().byteSize();
            for (long at = 0; at < bytes; ) {
                boolean present = resident(at);
                long to = pageEnd(at);
                while (to < bytes && resident(to) == present) {
                    to = pageEnd(to);
                }
                long runEnd = Math.min(to, bytes);
                if (!present) {
                    skipped += Math.max(0, Math.min(runEnd, own) - at);
                } else {
                    long beginEnd = Math.min(own, runEnd - width + 1);
                    if (beginEnd > at && !runs.take(look.bytes(), start, at, beginEnd)) {
                        return false;
                    }
                }
                at = runEnd;
            }
            return true;
        }

        private boolean resident(long at) {
            return look.resident().page((int) ((start + at) / PAGE_BYTES - start / PAGE_BYTES));
        }

        private long pageEnd(long at) {
            return ((start + at) / PAGE_BYTES + 1) * PAGE_BYTES - start;
        }
    }
}
