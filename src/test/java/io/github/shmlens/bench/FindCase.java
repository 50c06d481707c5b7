package io.github.shmlens.bench;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.PatternText;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Every hit of a needle in 1 GiB of random bytes, as the window and the command line search: live,
/// with each hit copied. The peer is memmem of the C library, called again behind each hit.
final class FindCase implements BenchCase {

    private static final long SIZE = 1L << 30;
    private static final int ROUNDS = 61;

    /// Until the JIT is done.
    private static final int WARM_UP_ROUNDS = 10;

    private static final double GIB = SIZE / (double) (1L << 30);

    private static final String NEEDLE = HexFormat.of().formatHex("shmlens's needle".getBytes());

    /// Two bytes that lie about 16,000 times among random ones.
    private static final String PAIR = "9d41";

    @Override
    public List<String> names() {
        return List.of("find16-vs-memmem", "find2-vs-memmem");
    }

    @Override
    public List<Row> run() throws Exception {
        SegmentSource host = new HostSegments();
        SegmentKey key = new SegmentKey(new Random().nextInt(1 << 24, Integer.MAX_VALUE));
        SegmentId id = host.create(new Target.Key(key), SIZE, Mode.DEFAULT, false).id();
        String shmid = Integer.toString(((SegmentId.Sysv) id).shmid());
        try (Peer peer = Peer.inC("find", shmid);
                AttachedSegment segment = host.attach(id, Access.READ_ONLY)) {
            peer.ask("fill");
            List<Row> rows = new ArrayList<>();
            rows.add(row("find16-vs-memmem", NEEDLE, segment, peer));
            rows.add(row("find2-vs-memmem", PAIR, segment, peer));
            return rows;
        } finally {
            host.remove(id);
        }
    }

    private static Row row(String name, String hex, AttachedSegment segment, Peer peer)
            throws Exception {
        peer.ask("find " + hex);
        long expected = (long) peer.ask("hits");
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            seconds(segment, hex, expected);
        }
        double[] rates =
                Rounds.medians(
                        ROUNDS,
                        () -> GIB / peer.ask("find " + hex),
                        () -> {
                            long hits = (long) peer.ask("hits");
                            return GIB / seconds(segment, hex, hits);
                        });
        return new Row(name, "GiB/s", rates[1], rates[0]);
    }

    /// @param expected how many hits there are
    private static double seconds(AttachedSegment segment, String hex, long expected)
            throws Exception {
        SearchRequest request = new SearchRequest(PatternText.hex(hex), 0, SIZE, 1, Long.MAX_VALUE);
        long begun = System.nanoTime();
        SearchOutcome outcome = segment.search(request, new Counting());
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (outcome.hits() != expected) {
            throw new AssertionError(outcome.hits() + " hits, memmem found " + expected);
        }
        return seconds;
    }

    private static final class Counting implements SearchListener {
        @Override
        public void found(SearchHits hits) {}

        @Override
        public boolean goOn(long doneBytes, long ofBytes) {
            return true;
        }
    }
}
