package io.github.shmlens.bench;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.sysv.HostSegments;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A sweep of 1 GiB, every page of it in memory: compare with the shadow, bring the shadow up to
/// date. The peers are the same loop in C, and plain memcmp, which brings nothing up to date. Times
/// are the thread's own on a processor: on a quiet machine those of the clock, on a busy one not
/// those of its neighbours.
final class SweepCase implements BenchCase {

    private static final long SIZE = 1L << 30;
    private static final int STEP = 1 << 20;
    private static final int ROUNDS = 31;
    private static final int WARM_UPS = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double GIB = SIZE / (double) (1L << 30);

    @Override
    public List<String> names() {
        return List.of("sweep-vs-c", "sweep-vs-memcmp", "sweep-dirty-vs-c");
    }

    @Override
    public List<Row> run() throws Exception {
        SegmentSource host = new HostSegments();
        SegmentKey key = new SegmentKey(new Random().nextInt(1 << 24, Integer.MAX_VALUE));
        SegmentId id = host.create(new Target.Key(key), SIZE, Mode.DEFAULT, false).id();
        String shmid = Integer.toString(((SegmentId.Sysv) id).shmid());
        try (Peer peer = Peer.inC("sweep", shmid);
                AttachedSegment segment = host.attach(id, Access.READ_ONLY);
                Sweep sweep = segment.sweep(SIZE)) {
            peer.ask("fill");
            // The compiler takes its time, the more so on a busy machine.
            for (int i = 0; i < WARM_UPS; i++) {
                seconds(sweep, 0);
            }
            Rounds.Side ours = () -> GIB / seconds(sweep, 0);
            double[] clean =
                    Rounds.medians(
                            ROUNDS,
                            ours,
                            () -> GIB / peer.ask("sweep"),
                            () -> GIB / peer.ask("memcmp"));
            // The peer writes to every hundredth block, then both find it.
            double[] dirty =
                    Rounds.medians(
                            ROUNDS,
                            () -> {
                                long blocks = (long) peer.ask("dirty");
                                return GIB / seconds(sweep, blocks);
                            },
                            () -> GIB / peer.ask("sweep"));
            List<Row> rows = new ArrayList<>();
            rows.add(new Row("sweep-vs-c", "GiB/s", clean[0], clean[1]));
            rows.add(new Row("sweep-vs-memcmp", "GiB/s", clean[0], clean[2]));
            rows.add(new Row("sweep-dirty-vs-c", "GiB/s", dirty[0], dirty[1]));
            return rows;
        } finally {
            host.remove(id);
        }
    }

    /// @param expected how many blocks must be found to have changed
    private static double seconds(Sweep sweep, long expected) throws Exception {
        long[] found = new long[1];
        long begun = THREADS.getCurrentThreadCpuTime();
        for (long at = 0; at < SIZE; at += STEP) {
            sweep.advance(at, STEP, (_, _) -> found[0]++);
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
        if (found[0] != expected) {
            throw new AssertionError(found[0] + " blocks found, " + expected + " changed");
        }
        return seconds;
    }
}
