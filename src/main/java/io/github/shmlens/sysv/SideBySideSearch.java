package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One search by several threads: one of them alone does not use all that memory gives. Each takes
/// one block after the other, a few blocks ahead of what was told; the thread that asked tells what
/// they found, in order.
///
/// What is found ahead takes bounded room: of a block with more hits the rest is searched once it
/// is its turn.
final class SideBySideSearch {

    static final long BLOCK_BYTES = 16L << 20;

    private static final int MOST_THREADS = 4;

    /// For the hits of one block that wait to be told.
    private static final int MOST_WAITING_BYTES = 2 << 20;

    private final Swept segment;
    private final SearchRequest request;
    private final SearchListener listener;
    private final int threads;
    private final long end;
    private final long mostWaiting;

    private volatile boolean over;
    private long reported;
    private long lookedAt;
    private long skipped;

    /// A block as one thread searched it.
    ///
    /// @param rest where to go on; the block's end when it is done
    private record Block(
            long from, long to, long rest, List<SearchHits> found, SearchOutcome outcome) {}

    SideBySideSearch(Swept segment, SearchRequest request, SearchListener listener, int threads) {
        this.segment = segment;
        this.request = request;
        this.listener = listener;
        this.threads = threads;
        this.end = request.offset() + request.length();
        int bytesPerHit = Long.BYTES + request.pattern().lengthBytes();
        this.mostWaiting = Math.max(1, MOST_WAITING_BYTES / bytesPerHit);
    }

    /// How many are worth it; 1 also where only one may look.
    static int threads(Swept segment, SearchRequest request) {
        boolean several = segment.severalMayLook() && request.length() > 2 * BLOCK_BYTES;
        return several ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()) : 1;
    }

    SearchOutcome run() throws ShmException {
        try (ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("search-", 1).factory())) {
            try {
                return outcome(run(pool));
            } finally {
                // Closing the pool waits for what is still searched.
                over = true;
            }
        }
    }

    private SearchOutcome outcome(SearchOutcome.End how) {
        return new SearchOutcome(reported, how, lookedAt, skipped);
    }

    private SearchOutcome.End run(ExecutorService pool) throws ShmException {
        Deque<Future<Block>> ahead = new ArrayDeque<>();
        long next = request.offset();
        while (next < end || !ahead.isEmpty()) {
            while (next < end && ahead.size() < 2 * threads) {
                long from = next;
                next = Math.min(end, (from / BLOCK_BYTES + 1) * BLOCK_BYTES);
                long to = next;
                ahead.add(pool.submit(() -> search(from, to)));
            }
            Block block = wait(ahead.remove());
            for (SearchHits hits : block.found) {
                if (!tell(hits)) {
                    count(block.outcome);
                    return SearchOutcome.End.MORE_THAN_LIMIT;
                }
            }
            count(block.outcome);
            SearchOutcome.End rest = block.rest < block.to ? finish(block) : SearchOutcome.End.ALL;
            if (rest != SearchOutcome.End.ALL) {
                return rest;
            }
            boolean goOn = listener.goOn(block.to - request.offset(), request.length());
            if (!goOn && block.to < end) {
                return SearchOutcome.End.STOPPED;
            }
        }
        return SearchOutcome.End.ALL;
    }

    /// On a thread of the pool.
    private Block search(long from, long to) throws ShmException {
        List<SearchHits> found = new ArrayList<>();
        SearchListener gather =
                new SearchListener() {
                    @Override
                    public void found(SearchHits hits) {
                        found.add(hits);
                    }

                    @Override
                    public boolean goOn(long doneBytes, long ofBytes) {
                        return !over;
                    }
                };
        SearchOutcome outcome = part(from, to, mostWaiting, gather).runAlone();
        boolean more = outcome.end() == SearchOutcome.End.MORE_THAN_LIMIT;
        long rest = more ? last(found.getLast()) + 1 : to;
        // Counted is what is told; the rest will count itself.
        SearchOutcome counted =
                more ? new SearchOutcome(0, outcome.end(), rest - from, 0) : outcome;
        return new Block(from, to, rest, found, counted);
    }

    private static long last(SearchHits hits) {
        return hits.offsets()[hits.count() - 1];
    }

    private SegmentSearch part(long from, long to, long limit, SearchListener told)
            throws ShmException {
        int tail = (int) Math.min(request.pattern().lengthBytes() - 1L, end - to);
        return new SegmentSearch(
                segment,
                new SearchRequest(request.pattern(), from, to - from, request.alignment(), limit),
                tail,
                told);
    }

    /// The rest of a block that had too many hits to be found ahead.
    private SearchOutcome.End finish(Block block) throws ShmException {
        if (reported == request.limit()) {
            return SearchOutcome.End.MORE_THAN_LIMIT;
        }
        long before = block.rest - request.offset();
        SearchListener through =
                new SearchListener() {
                    @Override
                    public void found(SearchHits hits) {
                        listener.found(hits);
                    }

                    @Override
                    public boolean goOn(long doneBytes, long ofBytes) {
                        return listener.goOn(before + doneBytes, request.length());
                    }
                };
        SearchOutcome outcome =
                part(block.rest, block.to, request.limit() - reported, through).runAlone();
        reported += outcome.hits();
        count(outcome);
        return outcome.end();
    }

    private void count(SearchOutcome outcome) {
        lookedAt += outcome.lookedAtBytes();
        skipped += outcome.skippedBytes();
    }

    /// @return false when there are more than are wanted
    private boolean tell(SearchHits hits) {
        long room = request.limit() - reported;
        if (hits.count() <= room) {
            listener.found(hits);
            reported += hits.count();
            return true;
        }
        if (room > 0) {
            int some = (int) room;
            int length = request.pattern().lengthBytes();
            listener.found(
                    new SearchHits(
                            Arrays.copyOf(hits.offsets(), some),
                            Arrays.copyOf(hits.bytes(), some * length)));
            reported += some;
        }
        return false;
    }

    /// Also when this thread is interrupted: what stops a search is its listener.
    private static Block wait(Future<Block> block) throws ShmException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return block.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw cause(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ShmException cause(ExecutionException failed) {
        return switch (failed.getCause()) {
            case ShmException refused -> refused;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case null, default -> throw new IllegalStateException(failed);
        };
    }
}
