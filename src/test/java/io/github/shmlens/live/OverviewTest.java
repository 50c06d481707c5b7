package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Content;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OverviewTest {

    private static final int MIB = 1 << 20;

    /// Long enough for everything to be looked at.
    private static Overview later(Watched watched) throws ShmException {
        for (int i = 0; i < 4; i++) {
            watched.steps(2);
            watched.pace.pass(Duration.ofNanos(Grains.OVERVIEW_NANOS));
        }
        return watched.steps(2).overview();
    }

    private static long found(Watched watched, CompletableFuture<OptionalLong> asked)
            throws ShmException {
        assertThat(asked).isNotDone();
        watched.step();
        return asked.join().orElse(-1);
    }

    @Test
    void cutsTheSegmentIntoAtMost4096EqualStretches() throws ShmException {
        try (Watched small = Watched.segment(100);
                Watched large = Watched.segment(64L << 30)) {
            Overview ofSmall = later(small);
            assertThat(ofSmall.count()).isEqualTo(2);
            assertThat(ofSmall.grainBytes()).isEqualTo(64);

            Overview ofLarge = later(large);
            assertThat(ofLarge.count()).isEqualTo(4096);
            assertThat(ofLarge.grainBytes()).isEqualTo(16 * MIB);
            assertThat(ofLarge.sizeBytes()).isEqualTo(64L << 30);
        }
    }

    @Test
    void showsWhereChangesWereAndHowMany() throws ShmException {
        try (Watched watched = Watched.segment(4 * MIB)) {
            watched.memory.put(3 * MIB, (byte) 1);
            later(watched);
            watched.memory.put(3 * MIB, (byte) 2);
            later(watched);
            watched.memory.put(3 * MIB, (byte) 3);
            Overview overview = later(watched);

            Overview.Stretch hot = overview.over(3 * MIB, 3 * MIB + 1024);
            assertThat(hot.changes()).isEqualTo(2);
            assertThat(hot.changedAtNanos()).isPositive();
            assertThat(overview.over(0, 3 * MIB).changes()).isZero();
            assertThat(overview.over(0, 3 * MIB).changedAtNanos()).isZero();
            assertThat(overview.over(0, 4 * MIB).changes()).isEqualTo(2);
        }
    }

    @Test
    void showsWhatIsThereAndWhatIsNot() throws ShmException {
        try (Watched watched = Watched.segment(4 * MIB)) {
            watched.memory.put(MIB, (byte) 1);
            Overview overview = later(watched);

            assertThat(overview.over(0, MIB).content()).isEqualTo(Content.ABSENT);
            assertThat(overview.over(0, 2 * MIB).content()).isEqualTo(Content.BINARY);
            assertThat(overview.over(2 * MIB, 9 * MIB).content()).isEqualTo(Content.ABSENT);
        }
    }

    @Test
    void isTheSameAsLongAsNothingIsNew() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            Overview overview = later(watched);
            assertThat(later(watched)).isSameAs(overview);

            watched.memory.put(5000, (byte) 1);
            assertThat(later(watched)).isNotSameAs(overview);
        }
    }

    @Test
    void showsWhereItWasTorn() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            watched.sampler.view(8192, 4096);
            byte[] value = {0};
            watched.memory.put(8200, value);
            watched.steps(2);
            watched.memory.beforeRead(() -> watched.memory.put(8200, ++value[0]));
            watched.step();
            watched.memory.beforeRead(() -> {});

            Overview overview = later(watched);
            assertThat(overview.over(8192, 8192 + 64).tornAtNanos()).isPositive();
            assertThat(overview.over(0, 8192).tornAtNanos()).isZero();
        }
    }

    @Test
    void keepsWhatItKnowsOfAnObjectThatGrows() throws ShmException {
        try (Watched watched = Watched.object(65536)) {
            watched.memory.put(60000, (byte) 1);
            later(watched);
            watched.memory.put(60000, (byte) 2);
            later(watched);
            watched.memory.resize(16 * MIB);

            Overview overview = later(watched);
            assertThat(overview.grainBytes()).isEqualTo(4096);
            assertThat(overview.over(57344, 61440).changes()).isEqualTo(1);
        }
    }

    @Test
    void findsTheNextAndThePreviousChange() throws ShmException {
        try (Watched watched = Watched.segment(4 * MIB)) {
            for (int at : new int[] {100, 5000, 3 * MIB}) {
                watched.memory.put(at, (byte) 1);
            }
            watched.steps(2);
            for (int at : new int[] {100, 5000, 3 * MIB}) {
                watched.memory.put(at, (byte) 2);
            }
            watched.steps(2);
            Sampler sampler = watched.sampler;
            long any = Long.MIN_VALUE;

            assertThat(found(watched, sampler.changeAfter(0, any))).isEqualTo(64);
            assertThat(found(watched, sampler.changeAfter(64, any))).isEqualTo(4992);
            assertThat(found(watched, sampler.changeAfter(5000, any))).isEqualTo(3 * MIB);
            assertThat(found(watched, sampler.changeAfter(3 * MIB, any))).isEqualTo(-1);
            assertThat(found(watched, sampler.changeBefore(4 * MIB, any))).isEqualTo(3 * MIB);
            assertThat(found(watched, sampler.changeBefore(3 * MIB, any))).isEqualTo(4992);
            assertThat(found(watched, sampler.changeBefore(5000, any))).isEqualTo(64);
            assertThat(found(watched, sampler.changeBefore(64, any))).isEqualTo(-1);
            assertThat(found(watched, sampler.changeBefore(0, any))).isEqualTo(-1);
        }
    }

    @Test
    void findsOnlyChangesThatAreYoungEnough() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            watched.memory.put(100, (byte) 1);
            watched.memory.put(9000, (byte) 1);
            watched.steps(2);
            watched.memory.put(100, (byte) 2);
            watched.steps(2);
            watched.pace.pass(Duration.ofSeconds(5));
            long since = watched.pace.nanos();
            watched.memory.put(9000, (byte) 2);
            watched.steps(2);

            assertThat(found(watched, watched.sampler.changeAfter(0, since))).isEqualTo(8960);
            assertThat(found(watched, watched.sampler.changeBefore(8960, since))).isEqualTo(-1);
        }
    }

    @Test
    void findsChangesInViewBeyondWhatIsSwept() throws ShmException {
        Sampler.Options small = new Sampler.Options(30, 4096, 0.25);
        try (Watched watched = Watched.segment(64L << 30, small)) {
            long far = 50L << 30;
            watched.memory.put(far, (byte) 1);
            watched.sampler.view(far, 4096);
            watched.steps(2);
            watched.memory.put(far, (byte) 2);
            watched.steps(2);

            long any = Long.MIN_VALUE;
            assertThat(found(watched, watched.sampler.changeAfter(0, any))).isEqualTo(far);
            assertThat(found(watched, watched.sampler.changeBefore(60L << 30, any))).isEqualTo(far);
        }
    }

    @Test
    void answersWithNothingOnceTheSamplerHasEnded() throws Exception {
        try (Watched watched = Watched.segment(MIB)) {
            CompletableFuture<OptionalLong> asked = watched.sampler.changeAfter(0, 0);
            watched.sampler.close();

            assertThat(asked).isCompletedWithValue(OptionalLong.empty());
            assertThat(watched.sampler.changeAfter(0, 0))
                    .isCompletedWithValue(OptionalLong.empty());
        }
    }

    @Test
    void answersWhilePaused() throws Exception {
        try (Watched watched = Watched.segment(MIB)) {
            watched.memory.put(100, (byte) 1);
            watched.steps(2);
            watched.memory.put(100, (byte) 2);
            watched.steps(2);
            watched.sampler.pause();
            watched.sampler.start();
            CompletableFuture<OptionalLong> asked = watched.sampler.changeAfter(0, Long.MIN_VALUE);
            watched.pace.settle();

            assertThat(asked).isCompletedWithValue(OptionalLong.of(64));
        }
    }

    @Test
    void aWindowCountsTheChangesOfItsBlocks() throws ShmException {
        try (Watched watched = Watched.segment(MIB)) {
            watched.sampler.view(4096, 4096);
            watched.memory.put(4200, (byte) 1);
            watched.steps(2);
            watched.memory.put(4200, (byte) 2);
            watched.steps(2);
            watched.memory.put(4201, (byte) 3);
            Window window = watched.steps(2).window();

            assertThat(window.changes(4200)).isEqualTo(2);
            assertThat(window.changes(4096)).isZero();
        }
    }
}
