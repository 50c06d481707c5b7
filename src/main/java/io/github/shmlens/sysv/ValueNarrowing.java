package io.github.shmlens.sysv;

import io.github.shmlens.scan.Hits;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Condition;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchWatch;
import io.github.shmlens.source.ValueType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Numbers that remain, step by step.
///
/// A stretch is copied once and then judged by its copy, because live memory may be different at
/// every look. Later steps read what remains where it is, page by page: pages that were resident
/// once hold something, so reading them again commits nothing.
final class ValueNarrowing implements Narrowing {

    /// Copies are compared with what was by stretches; only those that differ are judged.
    private static final int BLOCK_BYTES = 64;

    private final Swept segment;
    private final ValueType type;
    private final Runnable release;
    private final long offset;
    private final long length;
    private final int alignment;
    private final int width;
    private final long capBytes;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment copy;
    private int[] kept = new int[1024];
    private int keptCount;
    private @Nullable Remembered newest;
    private @Nullable Remembered before;
    private int steps;
    private boolean closed;

    /// @param release run once, at the end
    ValueNarrowing(
            Swept segment,
            ValueType type,
            long offset,
            long length,
            int alignment,
            long capBytes,
            Runnable release)
            throws ShmException {
        Objects.checkFromIndexSize(offset, length, segment.sizeBytes());
        this.segment = segment;
        this.type = type;
        this.offset = offset;
        this.length = length;
        this.alignment = new Hits(alignment).alignment();
        this.width = type.widthBytes();
        this.capBytes = capBytes;
        this.release = release;
        this.copy = arena.allocate(MappedSegment.CHUNK_BYTES, Long.BYTES);
    }

    @Override
    public ValueType type() {
        return type;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public long remaining() {
        return newest == null ? 0 : newest.count();
    }

    @Override
    public Step narrow(Condition condition, SearchWatch watch) throws ShmException {
        Remembered known = newest;
        if (known == null && condition.needsBefore()) {
            throw new IllegalStateException("the first step has nothing to compare with");
        }
        Remembered next = new Remembered(segment.id(), alignment, width, capBytes);
        boolean taken = false;
        try {
            long skipped = 0;
            if (known == null) {
                Stretches.Passed passed =
                        new Stretches(segment, offset, length, 0, width)
                                .go(first(condition, next), watch);
                taken = passed.ended();
                skipped = passed.skippedBytes();
            } else {
                taken = again(known, condition, next, watch);
            }
            if (!taken) {
                return new Step(false, remaining(), 0);
            }
            forget(before);
            before = known;
            newest = next;
            steps++;
            return new Step(true, next.count(), skipped);
        } finally {
            if (!taken) {
                next.close();
            }
        }
    }

    // ---- the first step

    private Stretches.Runs first(Condition condition, Remembered next) {
        Hits hits = new Hits(alignment);
        return switch (condition) {
            case Condition.Any _ ->
                    (memory, start, from, to) -> {
                        long begin = aligned(start + from) - start;
                        if (begin < to) {
                            int places = (int) ((to - 1 - begin) / alignment) + 1;
                            long bytes = (long) (places - 1) * alignment + width;
                            MemorySegment.copy(memory, begin, copy, 0, bytes);
                            next.addAll(start + begin, places, copy);
                        }
                        return true;
                    };
            case Condition.Between between -> {
                SearchPattern.Between wanted =
                        new SearchPattern.Between(type, between.leastRank(), between.mostRank());
                StretchSearch kernel = StretchSearch.of(wanted);
                yield (memory, start, from, to) -> {
                    MemorySegment.copy(memory, from, copy, 0, to - from + width - 1);
                    hits.restart(start + from);
                    kernel.find(copy, 0, to - from, hits);
                    long begin = aligned(start + from);
                    restart();
                    for (int i = 0; i < hits.count(); i++) {
                        keep((int) (start + from + hits.get(i) - begin));
                    }
                    next.add(
                            begin,
                            copy.asSlice(Math.min(begin - start - from, copy.byteSize())),
                            kept,
                            keptCount);
                    return true;
                };
            }
            case Condition.Changed _,
                    Condition.Unchanged _,
                    Condition.Increased _,
                    Condition.Decreased _ ->
                    throw new IllegalStateException("nothing to compare with");
        };
    }

    private long aligned(long at) {
        return at + (-at & alignment - 1);
    }

    // ---- later steps

    private boolean again(Remembered known, Condition condition, Remembered next, SearchWatch watch)
            throws ShmException {
        long done = 0;
        for (Remembered.Group group : known.groups()) {
            try {
                switch (group) {
                    case Remembered.Few few -> judge(few, condition, next);
                    case Remembered.Many many -> judge(many, condition, next);
                }
            } catch (IllegalStateException ended) {
                if (segment.closed()) {
                    throw Failures.detached(segment.id(), ended);
                }
                throw ended;
            }
            done += group.count();
            if (!watch.goOn(done, known.count()) && done < known.count()) {
                return false;
            }
        }
        return true;
    }

    /// Reads each number by itself, so that nothing between them is touched.
    private void judge(Remembered.Few few, Condition condition, Remembered next)
            throws ShmException {
        int first = few.offset(0);
        int span = few.offset(few.count() - 1) - first + width;
        MemorySegment live = look(few.start() + first, span);
        MemorySegment bits = copy.asSlice(0, (long) few.count() * width);
        restart();
        for (int i = 0; i < few.count(); i++) {
            int at = few.offset(i);
            if (at - first + width > live.byteSize()) {
                break;
            }
            long to = (long) keptCount * width;
            MemorySegment.copy(live, at - first, bits, to, width);
            long then = rank(few.bits(), (long) i * width);
            if (condition.holds(then, rank(bits, to))) {
                keep(at);
            }
        }
        next.addFew(few.start(), kept, bits, keptCount);
    }

    private void judge(Remembered.Many many, Condition condition, Remembered next)
            throws ShmException {
        MemorySegment live = look(many.start(), (int) many.copy().byteSize());
        long bytes = live.byteSize();
        int places = bytes < width ? 0 : (int) ((bytes - width) / alignment) + 1;
        MemorySegment.copy(live, 0, copy, 0, bytes);
        restart();
        switch (condition) {
            case Condition.Any _, Condition.Between _, Condition.Unchanged _ ->
                    judgePlaces(many, condition, 0, places);
            case Condition.Changed _, Condition.Increased _, Condition.Decreased _ ->
                    judgeDifferences(many, condition, places, bytes);
        }
        next.add(many.start(), copy, kept, keptCount);
    }

    /// What did not change neither increased nor decreased: only what differs needs a closer look.
    private void judgeDifferences(
            Remembered.Many many, Condition condition, int places, long bytes) {
        int place = 0;
        while (place < places) {
            long from = (long) place * alignment;
            long same = MemorySegment.mismatch(copy, from, bytes, many.copy(), from, bytes);
            if (same < 0) {
                return;
            }
            long differs = from + same;
            int first = (int) (Math.max(from, differs - width + 1) + alignment - 1) / alignment;
            int last = (int) Math.min(places, (differs + BLOCK_BYTES) / alignment + 1);
            judgePlaces(many, condition, first, last);
            place = Math.max(place + 1, last);
        }
    }

    private void judgePlaces(Remembered.Many many, Condition condition, int first, int end) {
        for (int place = many.next(first); place < end; place = many.next(place + 1)) {
            long at = (long) place * alignment;
            if (condition.holds(rank(many.copy(), at), rank(copy, at))) {
                keep((int) at);
            }
        }
    }

    /// What is there now; shorter where an object was cut.
    private MemorySegment look(long start, int length) throws ShmException {
        long there = Math.clamp(segment.sizeBytes() - start, 0, length);
        if (there == 0) {
            return MemorySegment.NULL;
        }
        try {
            return segment.look(start, (int) there).bytes();
        } catch (ShmException refused) {
            throw segment.closed() ? Failures.detached(segment.id()) : refused;
        }
    }

    private void restart() {
        keptCount = 0;
    }

    private void keep(int at) {
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, keptCount * 2);
        }
        kept[keptCount++] = at;
    }

    private long rank(MemorySegment memory, long at) {
        return type.rank(bits(memory, at));
    }

    private long bits(MemorySegment memory, long at) {
        return switch (width) {
            case Byte.BYTES -> memory.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
            case Short.BYTES ->
                    memory.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(type.order()), at)
                            & 0xffffL;
            case Integer.BYTES ->
                    memory.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(type.order()), at)
                            & 0xffffffffL;
            default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(type.order()), at);
        };
    }

    // ---- looking at what remains

    @Override
    public List<Candidate> candidates(long from, int most) {
        List<Candidate> found = new ArrayList<>();
        long passed = 0;
        if (newest == null) {
            return found;
        }
        for (Remembered.Group group : newest.groups()) {
            if (found.size() == most) {
                break;
            }
            if (passed + group.count() > from) {
                list(group, (int) Math.max(0, from - passed), most - found.size(), found);
            }
            passed += group.count();
        }
        return found;
    }

    private void list(Remembered.Group group, int from, int most, List<Candidate> into) {
        switch (group) {
            case Remembered.Few few -> {
                for (int i = from; i < few.count() && i - from < most; i++) {
                    into.add(
                            new Candidate(
                                    few.start() + few.offset(i),
                                    bits(few.bits(), (long) i * width)));
                }
            }
            case Remembered.Many many -> {
                int passed = 0;
                int listed = 0;
                for (int place = many.next(0);
                        place < many.places() && listed < most;
                        place = many.next(place + 1)) {
                    if (passed++ >= from) {
                        long at = (long) place * alignment;
                        into.add(new Candidate(many.start() + at, bits(many.copy(), at)));
                        listed++;
                    }
                }
            }
        }
    }

    @Override
    public boolean undo() {
        Remembered back = before;
        if (back == null) {
            return false;
        }
        forget(newest);
        newest = back;
        before = null;
        steps--;
        return true;
    }

    private static void forget(@Nullable Remembered one) {
        if (one != null) {
            one.close();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forget(before);
            forget(newest);
            before = null;
            newest = null;
            arena.close();
            release.run();
        }
    }
}
