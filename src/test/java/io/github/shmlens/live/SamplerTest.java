package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aConstructorStartsNothing() throws Exception {
        try (Watched watched = Watched.segment(4096)) {
            watched.pace.pass(SECOND);

            assertThat(watched.memory.reads()).isZero();
        }
    }

    @Test
    void samplesOnceAFrame() throws Exception {
        try (Watched watched = started()) {
            for (int i = 0; i < 5; i++) {
                frame(watched);
            }

            assertThat(watched.samples).hasSize(6);
        }
    }

    @Test
    void numbersItsSamples() throws Exception {
        try (Watched watched = started()) {
            frame(watched);

            assertThat(watched.samples).extracting(Sample::number).containsExactly(1L, 2L);
        }
    }

    @Test
    void aStillViewShowsAChangeAfterHalfAFrame() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.view(0, 64);
            frame(watched);
            frame(watched);
            int before = watched.samples.size();
            watched.memory.put(5, new byte[] {42});
            halfAFrame(watched);

            assertThat(watched.samples).hasSize(before + 1);
            assertThat(watched.last().window().bytes()[5]).isEqualTo((byte) 42);
        }
    }

    @Test
    void aStillViewIsSampledNoMoreOften() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.view(0, 64);
            frame(watched);
            frame(watched);
            int before = watched.samples.size();
            for (int i = 0; i < 6; i++) {
                halfAFrame(watched);
            }

            assertThat(watched.samples.size() - before).isBetween(2, 3);
        }
    }

    @Test
    void aViewThatChangesAllTheTimeIsSampledNoMoreOften() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.view(0, 64);
            frame(watched);
            frame(watched);
            int before = watched.samples.size();
            for (int i = 0; i < 12; i++) {
                watched.memory.put(5, new byte[] {(byte) (i + 1)});
                halfAFrame(watched);
            }

            assertThat(watched.samples.size() - before).isBetween(5, 7);
        }
    }

    private static void halfAFrame(Watched watched) throws InterruptedException {
        watched.pace.pass(Watched.FRAME.dividedBy(2));
        watched.pace.settle();
    }

    @Test
    void measuresItsRate() throws Exception {
        try (Watched watched = started()) {
            for (int i = 0; i < 40; i++) {
                frame(watched);
            }

            assertThat(watched.last().counters().rateHz()).isBetween(29.0, 31.0);
        }
    }

    @Test
    void doesNotCatchUpWithFramesItMissed() throws Exception {
        try (Watched watched = started()) {
            watched.pace.pass(Duration.ofSeconds(10));
            watched.pace.settle();

            assertThat(watched.samples.size()).isLessThan(5);
        }
    }

    @Test
    void aMovedViewIsSampledBeforeTheFrameIsDue() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.rate(1);
            watched.pace.pass(Duration.ofMillis(10));
            watched.sampler.view(0, 64);
            watched.pace.settle();

            assertThat(watched.last().window().length()).isEqualTo(64);
        }
    }

    @Test
    void aViewThatDoesNotMoveGivesNoSample() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.view(0, 64);
            watched.pace.pass(Duration.ofMillis(10));
            watched.pace.settle();
            int before = watched.samples.size();
            watched.sampler.view(0, 64);
            watched.pace.pass(Duration.ofMillis(10));
            watched.pace.settle();

            assertThat(watched.samples).hasSize(before);
        }
    }

    @Test
    void aPausedSamplerReadsNothing() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.pause();
            // A sample that was due may still be taken.
            frame(watched);
            long reads = watched.memory.reads();
            watched.pace.pass(SECOND);
            watched.pace.settle();

            assertThat(watched.sampler.paused()).isTrue();
            assertThat(watched.memory.reads()).isEqualTo(reads);
        }
    }

    @Test
    void goesOnAfterAPause() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.pause();
            frame(watched);
            int before = watched.samples.size();
            watched.sampler.resume();
            frame(watched);

            assertThat(watched.samples.size()).isGreaterThan(before);
        }
    }

    @Test
    void aRateOfZeroSleepsEvenWhenTheViewMoves() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.rate(0);
            watched.pace.settle();
            long reads = watched.memory.reads();
            watched.sampler.view(0, 64);
            watched.pace.pass(SECOND);
            watched.pace.settle();

            assertThat(watched.memory.reads()).isEqualTo(reads);
        }
    }

    @Test
    void wakesFromARateOfZero() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.rate(0);
            watched.pace.pass(SECOND);
            watched.pace.settle();
            int before = watched.samples.size();
            watched.sampler.rate(30);
            watched.pace.settle();

            assertThat(watched.samples.size()).isGreaterThan(before);
        }
    }

    @Test
    void aHiddenTabSamplesSlowly() throws Exception {
        try (Watched watched = started()) {
            watched.sampler.rate(2);
            watched.pace.settle();
            int before = watched.samples.size();
            for (int i = 0; i < 30; i++) {
                frame(watched);
            }

            assertThat(watched.samples.size() - before).isBetween(1, 3);
        }
    }

    @Test
    void saysOnceThatTheSegmentIsGone() throws Exception {
        try (Watched watched = started()) {
            watched.segment.close();
            watched.pace.pass(Watched.FRAME);
            await(watched, 1);

            assertThat(watched.failures).hasSize(1);
            assertThat(watched.failures.getFirst()).isInstanceOf(ShmFailure.Gone.class);
        }
    }

    @Test
    void aFailureNobodyExpectedIsTold() throws Exception {
        try (Watched watched = started()) {
            watched.memory.breakWith(new IllegalStateException("a bug"));
            watched.pace.pass(Watched.FRAME);
            await(watched, 1);

            assertThat(watched.failures.getFirst())
                    .isInstanceOfSatisfying(
                            ShmFailure.Unexpected.class,
                            failure -> assertThat(failure.errno()).contains("a bug"));
        }
    }

    @Test
    void tellsNothingOnceClosed() throws Exception {
        Watched watched = started();
        watched.close();
        int before = watched.samples.size();
        watched.pace.pass(SECOND);
        watched.sampler.view(0, 64);

        assertThat(watched.samples).hasSize(before);
        assertThat(watched.failures).isEmpty();
    }

    @Test
    void canBeClosedByItsOwnListener() throws Exception {
        try (Watched watched = Watched.segment(4096)) {
            Sampler[] sampler = new Sampler[1];
            Sampler.Listener closing =
                    new Sampler.Listener() {
                        @Override
                        public void sampled(Sample sample) {
                            watched.samples.add(sample);
                            sampler[0].close();
                        }

                        @Override
                        public void ended(ShmFailure failure) {
                            watched.failures.add(failure);
                        }
                    };
            sampler[0] =
                    new Sampler(
                            watched.segment,
                            List.of(),
                            Sampler.Options.DEFAULT,
                            closing,
                            watched.pace);
            sampler[0].step();

            assertThat(watched.samples).hasSize(1);
            assertThat(watched.failures).isEmpty();
        }
    }

    @Test
    void aSegmentMarkedForRemovalLivesOn() throws Exception {
        try (Watched watched = started()) {
            watched.source.remove(watched.id);
            frame(watched);

            assertThat(watched.failures).isEmpty();
            assertThat(watched.samples).hasSize(2);
        }
    }

    @Test
    void anUnlinkedObjectLivesOn() throws Exception {
        try (Watched watched = Watched.object(4096)) {
            watched.sampler.start();
            watched.pace.settle();
            watched.source.remove(watched.id);
            frame(watched);

            assertThat(watched.failures).isEmpty();
            assertThat(watched.samples).hasSize(2);
        }
    }

    private static Watched started() throws ShmException, InterruptedException {
        Watched watched = Watched.segment(4096);
        watched.sampler.start();
        watched.pace.settle();
        return watched;
    }

    private static void frame(Watched watched) throws InterruptedException {
        watched.pace.pass(Watched.FRAME.plusNanos(1));
        watched.pace.settle();
    }

    private static void await(Watched watched, int failures) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (watched.failures.size() < failures && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
