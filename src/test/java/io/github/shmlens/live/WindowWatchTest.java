package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowWatchTest {

    @Test
    void showsTheBytesInView() throws ShmException {
        try (Watched watched = Watched.segment(1 << 20)) {
            watched.memory.put(70, (byte) 7);
            watched.sampler.view(64, 128);

            Window window = watched.step().window();

            assertThat(window.offset()).isEqualTo(64);
            assertThat(window.length()).isEqualTo(128);
            assertThat(window.bytes()[6]).isEqualTo((byte) 7);
        }
    }

    @Test
    void roundsTheViewOutToBlocks() throws ShmException {
        try (Watched watched = Watched.segment(1 << 20)) {
            watched.sampler.view(70, 100);

            Window window = watched.step().window();

            assertThat(window.offset()).isEqualTo(64);
            assertThat(window.end()).isEqualTo(192);
        }
    }

    @Test
    void endsWithTheSegment() throws ShmException {
        try (Watched watched = Watched.segment(1021)) {
            watched.sampler.view(960, 4096);

            Window window = watched.step().window();

            assertThat(window.end()).isEqualTo(1021);
        }
    }

    @Test
    void isEmptyBehindTheEnd() throws ShmException {
        try (Watched watched = Watched.segment(1024)) {
            watched.sampler.view(4096, 4096);

            assertThat(watched.step().window().length()).isZero();
        }
    }

    @Test
    void marksNothingAtTheFirstLook() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);

            assertThat(watched.step().window().marks()).containsOnly(Window.KNOWN);
        }
    }

    @Test
    void marksAByteThatChanged() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.memory.put(9, (byte) 1);

            Sample sample = watched.step();

            assertThat(sample.window().marks()[9])
                    .isEqualTo((byte) (Window.KNOWN | Window.SINCE_BASELINE));
            assertThat(sample.window().marks()[8]).isEqualTo((byte) Window.KNOWN);
            assertThat(sample.window().changedAtNanos()[9]).isPositive();
            assertThat(sample.window().changedAtNanos()[8]).isZero();
        }
    }

    @Test
    void keepsTheTimeOfEachByte() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.memory.put(1, (byte) 1);
            watched.step();
            watched.memory.put(2, (byte) 1);

            long[] changed = watched.step().window().changedAtNanos();

            assertThat(changed[2] - changed[1]).isEqualTo(Watched.FRAME.toNanos());
        }
    }

    @Test
    void keepsMarksAcrossScrolling() throws ShmException {
        try (Watched watched = resident(1 << 20)) {
            watched.sampler.view(0, 4096);
            watched.step();
            watched.memory.put(9, (byte) 1);
            Sample before = watched.step();
            watched.sampler.view(8192, 4096);
            watched.step();
            watched.sampler.view(0, 4096);

            Sample after = watched.step();

            assertThat(after.window().marks()).isEqualTo(before.window().marks());
            assertThat(after.window().changedAtNanos()).isEqualTo(before.window().changedAtNanos());
        }
    }

    @Test
    void seesWhatChangedWhileOutOfView() throws ShmException {
        try (Watched watched = resident(1 << 20)) {
            watched.step();
            watched.memory.put(9, (byte) 1);
            watched.step();
            watched.sampler.view(0, 64);

            Window window = watched.step().window();

            assertThat(window.has(9, Window.SINCE_BASELINE)).isTrue();
        }
    }

    @Test
    void seesWhatChangedJustBeforeItCameIntoView() throws ShmException {
        try (Watched watched = resident(1 << 20)) {
            watched.step();
            watched.memory.put(9, (byte) 1);
            watched.sampler.view(0, 64);

            Window window = watched.step().window();

            assertThat(window.has(9, Window.SINCE_BASELINE)).isTrue();
            assertThat(window.has(8, Window.SINCE_BASELINE)).isFalse();
        }
    }

    @Test
    void countsAChangeOnce() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 4096);
            watched.step();
            watched.memory.put(9, (byte) 1);
            watched.step();
            watched.sampler.view(2048, 64);
            watched.step();
            watched.sampler.view(0, 64);

            Sample sample = watched.step();

            double seconds = 3 * Watched.FRAME.toNanos() / 1e9;
            assertThat(sample.counters().changesPerSecond() * seconds).isBetween(0.99, 1.01);
        }
    }

    @Test
    void marksBytesThatDifferBetweenTheReadsAsTorn() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.memory.beforeRead(() -> watched.memory.put(5, (byte) watched.memory.reads()));

            Sample sample = watched.step();

            assertThat(sample.window().has(5, Window.TORN)).isTrue();
            assertThat(sample.window().has(6, Window.TORN)).isFalse();
            assertThat(sample.counters().tornSamples()).isEqualTo(1);
        }
    }

    @Test
    void tornIsForOneSampleOnly() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.memory.beforeRead(() -> watched.memory.put(5, (byte) watched.memory.reads()));
            watched.step();
            watched.memory.beforeRead(() -> {});
            watched.step();

            assertThat(watched.step().window().has(5, Window.TORN)).isFalse();
        }
    }

    @Test
    void givesTheSameWindowWhenNothingChanged() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 4096);
            Window first = watched.step().window();

            assertThat(watched.steps(3).window()).isSameAs(first);
        }
    }

    @Test
    void neverChangesAWindowItGaveAway() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            Window first = watched.step().window();
            byte[] bytes = first.bytes().clone();
            byte[] marks = first.marks().clone();
            watched.memory.put(0, new byte[] {1, 2, 3, 4});
            watched.step();

            assertThat(first.bytes()).isEqualTo(bytes);
            assertThat(first.marks()).isEqualTo(marks);
        }
    }

    @Test
    void knowsNothingOfPagesThatWereNeverTouched() throws ShmException {
        try (Watched watched = Watched.segment(16384)) {
            watched.memory.put(4096, (byte) 1);
            watched.sampler.view(0, 16384);

            Window window = watched.step().window();

            assertThat(window.has(0, Window.KNOWN)).isFalse();
            assertThat(window.has(4096, Window.KNOWN)).isTrue();
            assertThat(window.has(8192, Window.KNOWN)).isFalse();
        }
    }

    @Test
    void commitsNoPage() throws ShmException {
        try (Watched watched = Watched.segment(64 << 20)) {
            watched.memory.put(4096, (byte) 1);
            watched.sampler.view(0, 16384);
            watched.steps(100);

            assertThat(watched.memory.committedPages()).isEqualTo(1);
        }
    }

    @Test
    void aPageThatIsSwappedOutAndInAgainHasNotChanged() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.memory.put(9, (byte) 1);
            watched.sampler.view(0, 64);
            watched.step();
            watched.memory.swapOut(0);
            Window out = watched.step().window();
            watched.memory.put(4000, (byte) 1);
            Window in = watched.step().window();

            assertThat(out.has(9, Window.KNOWN)).isFalse();
            assertThat(out.bytes()[9]).isZero();
            assertThat(in.bytes()[9]).isEqualTo((byte) 1);
            assertThat(in.has(9, Window.SINCE_BASELINE)).isFalse();
        }
    }

    @Test
    void aNewBaselineForgetsChanges() throws ShmException {
        try (Watched watched = resident(1 << 20)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.memory.put(9, (byte) 1);
            watched.memory.put(9000, (byte) 1);
            watched.step();
            watched.sampler.resetBaseline();
            Window here = watched.step().window();
            watched.sampler.view(8960, 64);
            Window there = watched.step().window();

            assertThat(here.marks()).containsOnly(Window.KNOWN);
            assertThat(there.marks()).containsOnly(Window.KNOWN);
        }
    }

    @Test
    void marksOurOwnWriteAsOurs() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8, new byte[] {1, 2});
            watched.memory.put(8, new byte[] {1, 2, 3});

            Window window = watched.step().window();

            assertThat(window.has(8, Window.OURS)).isTrue();
            assertThat(window.has(9, Window.OURS)).isTrue();
            assertThat(window.has(10, Window.OURS)).isFalse();
        }
    }

    @Test
    void aValueThatIsNotWhatWeWroteIsNotOurs() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8, new byte[] {1});
            watched.memory.put(8, new byte[] {2});

            assertThat(watched.step().window().has(8, Window.OURS)).isFalse();
        }
    }

    @Test
    void aWriteThatComesAfterTheNextSampleIsStillOurs() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8, new byte[] {1});
            watched.step();
            watched.memory.put(8, new byte[] {1});

            assertThat(watched.step().window().has(8, Window.OURS)).isTrue();
        }
    }

    @Test
    void anAnnouncedWriteThatNeverCameIsForgotten() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8, new byte[] {1});
            watched.steps(2);
            watched.pace.pass(Duration.ofSeconds(2));
            watched.step();
            watched.memory.put(8, new byte[] {1});

            assertThat(watched.step().window().has(8, Window.OURS)).isFalse();
        }
    }

    @Test
    void anothersWriteAfterOursIsNotOurs() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8, new byte[] {1});
            watched.memory.put(8, new byte[] {1});
            watched.step();
            watched.memory.put(8, new byte[] {2});

            assertThat(watched.step().window().has(8, Window.OURS)).isFalse();
        }
    }

    @Test
    void ourWriteOutOfViewIsOursWhenItComesIntoView() throws ShmException {
        try (Watched watched = resident(1 << 20)) {
            watched.sampler.view(0, 64);
            watched.step();
            watched.sampler.ours(8200, new byte[] {1});
            watched.memory.put(8200, new byte[] {1});
            watched.step();
            watched.sampler.view(8192, 64);

            Window window = watched.step().window();

            assertThat(window.has(8, Window.OURS)).isTrue();
            assertThat(window.has(8, Window.SINCE_BASELINE)).isTrue();
        }
    }

    @Test
    void watchesWhatIsInViewBeyondTheShadow() throws ShmException {
        Sampler.Options small = new Sampler.Options(30, 4096, 0.25);
        try (Watched watched = Watched.segment(64L << 30, small)) {
            long far = 50L << 30;
            watched.memory.put(far, (byte) 1);
            watched.sampler.view(far, 64);
            watched.step();
            watched.memory.put(far + 3, (byte) 1);

            Window window = watched.step().window();

            assertThat(window.has(3, Window.SINCE_BASELINE)).isTrue();
            assertThat(watched.last().counters().watchedBytes()).isEqualTo(4096);
        }
    }

    @Test
    void whilePausedAMovedViewKeepsTheBytesThatWereInView() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 128);
            watched.step();
            watched.sampler.pause();
            watched.memory.put(70, (byte) 1);
            watched.memory.put(130, (byte) 1);
            watched.sampler.view(64, 128);

            Window window = watched.step().window();

            assertThat(window.bytes()[70 - 64]).isZero();
            assertThat(window.bytes()[130 - 64]).isEqualTo((byte) 1);
        }
    }

    @Test
    void afterAPauseEachChangeIsMarked() throws ShmException {
        try (Watched watched = resident(4096)) {
            watched.sampler.view(0, 128);
            watched.steps(2);
            watched.sampler.pause();
            watched.memory.put(70, (byte) 1);
            watched.memory.put(130, (byte) 1);
            watched.sampler.view(64, 128);
            watched.step();
            watched.sampler.resume();

            Window window = watched.step().window();

            assertThat(window.has(70 - 64, Window.SINCE_BASELINE)).isTrue();
            assertThat(window.has(130 - 64, Window.SINCE_BASELINE)).isTrue();
            List<Integer> marked = new ArrayList<>();
            for (int i = 0; i < window.length(); i++) {
                if (window.has(i, Window.SINCE_BASELINE)) {
                    marked.add(i);
                }
            }
            assertThat(marked).containsExactly(6, 66);
        }
    }

    /// A segment all of whose pages have been touched.
    private static Watched resident(int size) throws ShmException {
        Watched watched = Watched.segment(size);
        for (int at = 0; at < size; at += 4096) {
            watched.memory.put(at, (byte) 0);
        }
        return watched;
    }
}
