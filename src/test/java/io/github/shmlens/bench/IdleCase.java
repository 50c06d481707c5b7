package io.github.shmlens.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What the whole program takes while its window shows a segment of 1 MiB at 30 Hz in which nothing
/// happens.
final class IdleCase implements BenchCase {

    private static final int ROUNDS = 5;
    private static final long ROUND_MILLIS = 4_000;

    /// Until the compilers are done.
    private static final long WARM_MILLIS = 15_000;

    @Override
    public List<String> names() {
        return List.of("idle-cpu-percent");
    }

    @Override
    public boolean inWindow() {
        return true;
    }

    @Override
    public List<Row> run() throws Exception {
        try (BenchSegment segment = BenchSegment.ofSize(1 << 20);
                Peer writer = Peer.inC("writer", segment.shmid());
                BenchWindow window = BenchWindow.open(1280, 800)) {
            writer.ask("fill");
            window.attach(segment.target());
            BenchWindow.rest(WARM_MILLIS);
            double[] percent = Rounds.medians(ROUNDS, IdleCase::percent);
            System.out.println("idle window says: " + BenchWindow.ask(window::statusWords));
            return List.of(Row.value("idle-cpu-percent", "% of one core", percent[0]));
        }
    }

    private static double percent() throws InterruptedException {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long begun = System.nanoTime();
        BenchWindow.rest(ROUND_MILLIS);
        return 100.0 * (process.getProcessCpuTime() - cpu) / (System.nanoTime() - begun);
    }
}
