package io.github.shmlens.sysv;

import io.github.shmlens.scan.Hits;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchRequest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/// One search, from its request to its outcome.
final class SegmentSearch implements Stretches.Runs {

    private static final int MOST_BATCH_BYTES = 1 << 18;

    private final Swept segment;
    private final SearchRequest request;
    private final int tail;
    private final SearchListener listener;
    private final SearchPattern pattern;
    private final StretchSearch kernel;
    private final Hits hits;
    private final long[] offsets;
    private final byte[] bytes;
    private int held;
    private long reported;
    private boolean full;

    SegmentSearch(Swept segment, SearchRequest request, SearchListener listener)
            throws ShmException {
        this(segment, request, 0, listener);
    }

    /// @param tail so many bytes behind the range may end hits that begin in it
    SegmentSearch(Swept segment, SearchRequest request, int tail, SearchListener listener)
            throws ShmException {
        Objects.checkFromIndexSize(request.offset(), request.length(), segment.sizeBytes());
        this.segment = segment;
        this.request = request;
        this.tail = tail;
        this.listener = listener;
        this.pattern = request.pattern();
        this.kernel = StretchSearch.of(pattern);
        this.hits = new Hits(request.alignment());
        int most = Math.clamp(MOST_BATCH_BYTES / pattern.lengthBytes(), 1, SearchHits.MOST);
        this.offsets = new long[most];
        this.bytes = new byte[most * pattern.lengthBytes()];
    }

    SearchOutcome run() throws ShmException {
        int threads = SideBySideSearch.threads(segment, request);
        return threads > 1
                ? new SideBySideSearch(segment, request, listener, threads).run()
                : runAlone();
    }

    /// The same on this thread only.
    SearchOutcome runAlone() throws ShmException {
        Stretches.Passed passed =
                new Stretches(
                                segment,
                                request.offset(),
                                request.length(),
                                tail,
                                pattern.lengthBytes())
                        .go(
                                this,
                                (done, of) -> {
                                    tell();
                                    return listener.goOn(done, of);
                                });
        tell();
        SearchOutcome.End end =
                full
                        ? SearchOutcome.End.MORE_THAN_LIMIT
                        : passed.stopped() ? SearchOutcome.End.STOPPED : SearchOutcome.End.ALL;
        return new SearchOutcome(
                reported, end, passed.passedBytes() - passed.skippedBytes(), passed.skippedBytes());
    }

    @Override
    public boolean take(MemorySegment memory, long start, long from, long to) {
        hits.restart(start);
        kernel.find(memory, from, to, hits);
        for (int i = 0; i < hits.count(); i++) {
            if (!keepIfStill(memory, start, hits.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Copies the hit, and believes the copy only: the memory may have changed since.
    private boolean keepIfStill(MemorySegment memory, long start, int at) {
        int length = pattern.lengthBytes();
        int to = held * length;
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, bytes, to, length);
        if (!pattern.matches(bytes, to)) {
            return true;
        }
        if (reported + held == request.limit()) {
            full = true;
            return false;
        }
        offsets[held++] = start + at;
        if (held == offsets.length) {
            tell();
        }
        return true;
    }

    private void tell() {
        if (held > 0) {
            listener.found(
                    new SearchHits(
                            Arrays.copyOf(offsets, held),
                            Arrays.copyOf(bytes, held * pattern.lengthBytes())));
            reported += held;
            held = 0;
        }
    }
}
