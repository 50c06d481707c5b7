package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepRoundsTest {

    private static final int MIB = 1 << 20;

    @Test
    void aSmallSegmentIsSweptAtEachSample() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            Sample sample = watched.steps(4);

            assertThat(sample.counters().sweepNanos()).isEqualTo(Watched.FRAME.toNanos());
            assertThat(sample.counters().watchedBytes()).isEqualTo(MIB);
        }
    }

    @Test
    void countsChangesOutOfView() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            watched.memory.put(9000, (byte) 0);
            watched.steps(2);
            watched.memory.put(9000, new byte[] {1, 2, 3});

            Sample sample = watched.steps(2);

            double seconds = 3 * Watched.FRAME.toNanos() / 1e9;
            assertThat(sample.counters().changesPerSecond() * seconds).isBetween(2.99, 3.01);
        }
    }

    @Test
    void sweepsNoMoreThanTheBudgetAllows() throws ShmException {
        try (Watched watched = Watched.segment(1024L * MIB)) {
            watched.steps(2);
            watched.pace.eachLookTakes(Duration.ofMillis(1));
            long reads = watched.memory.reads();
            long begun = watched.pace.nanos();
            watched.steps(30);
            long elapsedMillis = (watched.pace.nanos() - begun) / 1_000_000;
            long chunks = watched.memory.reads() - reads - 30;

            // One chunk takes a millisecond; 25 may have been saved up.
            assertThat(chunks).isBetween(elapsedMillis / 8, elapsedMillis / 4 + 26);
        }
    }

    @Test
    void aLargeSegmentTakesManySamplesToSweep() throws ShmException {
        try (Watched watched = Watched.segment(256L * MIB)) {
            watched.pace.eachLookTakes(Duration.ofMillis(1));
            Sample sample = watched.steps(5);

            // Estimated from what was swept so far.
            assertThat(sample.counters().sweepNanos()).isGreaterThan(500_000_000);
        }
    }

    @Test
    void saysHowMuchWasNotResident() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            watched.memory.put(0, (byte) 1);
            watched.sampler.view(4096, 4096);

            assertThat(watched.steps(3).counters().skippedBytes()).isEqualTo(MIB - 4096);
        }
    }

    @Test
    void watchesNoMoreThanTheCap() throws ShmException {
        Sampler.Options small = new Sampler.Options(30, MIB, 0.25);
        try (Watched watched = Watched.segment(64L << 30, small)) {
            assertThat(watched.steps(2).counters().watchedBytes()).isEqualTo(MIB);
        }
    }

    @Test
    void commitsNoPageOfASparseSegment() throws ShmException {
        try (Watched watched = Watched.segment(64 * MIB)) {
            watched.steps(20);

            assertThat(watched.memory.committedPages()).isZero();
        }
    }

    @Test
    void watchesAnObjectThatGrows() throws ShmException {
        try (Watched watched = Watched.object(4096)) {
            watched.steps(2);
            watched.memory.resize(65536);
            watched.pace.pass(Duration.ofSeconds(3));
            Sample sample = watched.step();

            assertThat(sample.sizeBytes()).isEqualTo(65536);
            assertThat(sample.counters().watchedBytes()).isEqualTo(65536);
        }
    }

    @Test
    void goesOnWithAnObjectThatIsCutShort() throws ShmException {
        try (Watched watched = Watched.object(65536)) {
            watched.sampler.view(0, 65536);
            watched.steps(2);
            watched.memory.resize(5000);
            Sample sample = watched.step();

            assertThat(sample.sizeBytes()).isEqualTo(5000);
            assertThat(sample.window().end()).isEqualTo(5000);
            assertThat(sample.counters().watchedBytes()).isEqualTo(5000);
        }
    }

    @Test
    void goesOnWithAnObjectThatIsCutShortInTheMiddleOfASample() throws ShmException {
        try (Watched watched = Watched.object(65536)) {
            watched.sampler.view(0, 65536);
            watched.steps(2);
            watched.memory.beforeRead(() -> watched.memory.resize(5000));
            Sample sample = watched.step();

            assertThat(sample.window().end()).isEqualTo(5000);
        }
    }

    @Test
    void goesOnWithAnObjectThatIsEmptied() throws ShmException {
        try (Watched watched = Watched.object(65536)) {
            watched.sampler.view(0, 65536);
            watched.steps(2);
            watched.memory.resize(0);
            Sample sample = watched.step();

            assertThat(sample.window().length()).isZero();
            assertThat(sample.state()).isEqualTo(Sample.State.PLAIN);
        }
    }
}
