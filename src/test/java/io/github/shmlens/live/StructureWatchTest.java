package io.github.shmlens.live;

import static io.github.shmlens.live.TinyShape.entry;
import static io.github.shmlens.live.TinyShape.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Sample.State;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureWatchTest {

    @Test
    void isPlainWhereNoShapeRecognisesAnything() throws ShmException {
        try (Watched watched = Watched.segment(4096)) {
            Sample sample = watched.step();

            assertThat(sample.state()).isEqualTo(State.PLAIN);
            assertThat(sample.structure()).isNull();
            assertThat(sample.structureCopy()).isEmpty();
        }
    }

    @Test
    void isWholeWhenNobodyWrites() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"), entry(2, "two"))) {
            Sample sample = watched.step();

            assertThat(sample.state()).isEqualTo(State.WHOLE);
            assertThat(sample.structureCopy()).isEqualTo(store(entry(1, "one"), entry(2, "two")));
            assertThat(sample.tracks()).extracting(PartTrack::key).containsExactly(1L, 2L);
        }
    }

    @Test
    void walksAnUnchangedStoreOnce() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            Sample first = watched.step();
            Sample last = watched.steps(10);

            assertThat(watched.shape.walks()).isEqualTo(1);
            assertThat(last.structure()).isSameAs(first.structure());
            assertThat(last.structureCopy()).isSameAs(first.structureCopy());
            assertThat(last.tracks()).isSameAs(first.tracks());
        }
    }

    @Test
    void anUnchangedStoreIsWholeAsOfNow() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            Sample last = watched.steps(10);

            assertThat(last.structureAtNanos()).isEqualTo(last.atNanos());
        }
    }

    @Test
    void isBusyWhileAWriterIsInTheWay() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            Sample whole = watched.step();
            watched.memory.beforeRead(() -> scribble(watched));

            Sample busy = watched.step();

            assertThat(busy.state()).isEqualTo(State.BUSY);
            assertThat(busy.structure()).isSameAs(whole.structure());
            assertThat(busy.structureAtNanos()).isEqualTo(whole.structureAtNanos());
            assertThat(busy.counters().tornSamples()).isEqualTo(1);
        }
    }

    @Test
    void triesAgainWithinASample() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            long begin = watched.memory.reads();
            watched.memory.beforeRead(() -> {
                if (watched.memory.reads() < begin + 5) {
                    scribble(watched);
                } else {
                    watched.memory.put(0, store(entry(1, "two")));
                }
            });

            assertThat(watched.step().state()).isEqualTo(State.WHOLE);
        }
    }

    @Test
    void twoEqualReadsOfAnUnsoundCopyAreNotEnough() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            Sample whole = watched.step();
            watched.memory.put(20, (byte) 0x55);

            Sample busy = watched.step();

            assertThat(busy.state()).isEqualTo(State.BUSY);
            assertThat(busy.structure()).isSameAs(whole.structure());
        }
    }

    @Test
    void whatStaysUnsoundIsDamaged() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            watched.memory.put(28, (byte) 'X');

            Sample damaged = watched.steps(3);

            assertThat(damaged.state()).isEqualTo(State.DAMAGED);
            assertThat(damaged.structureCopy()[28]).isEqualTo((byte) 'X');
            assertThat(damaged.tracks().getFirst().last()).isEqualTo(PartTrack.Change.CHANGED);
        }
    }

    @Test
    void aDamagedStoreThatIsRepairedIsWhole() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.memory.put(28, (byte) 'X');
            watched.steps(4);
            watched.memory.put(28, (byte) 'o');

            assertThat(watched.step().state()).isEqualTo(State.WHOLE);
        }
    }

    @Test
    void aDamagedStoreThatLiesStillIsWalkedNoMore() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.memory.put(28, (byte) 'X');
            watched.steps(4);
            int walks = watched.shape.walks();
            watched.steps(10);

            assertThat(watched.shape.walks()).isEqualTo(walks);
        }
    }

    @Test
    void aStoreThatIsAlwaysUnsoundIsDamagedThoughItMoves() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            for (int i = 0; i < 20; i++) {
                watched.memory.put(28, (byte) ('A' + i));
                watched.step();
            }

            assertThat(watched.last().state()).isEqualTo(State.DAMAGED);
        }
    }

    @Test
    void aWriterThatSleepsHalfWayIsNotDamageAtOnce() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            watched.memory.put(28, (byte) 'X');
            watched.step();
            watched.memory.put(0, store(entry(1, "Xne")));
            Sample after = watched.step();

            assertThat(watched.samples)
                    .extracting(Sample::state)
                    .containsExactly(State.WHOLE, State.BUSY, State.WHOLE);
            assertThat(after.tracks().getFirst().changes()).isEqualTo(1);
        }
    }

    @Test
    void anEntryThatIsNotThereForAMomentIsNotMissed() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"), entry(2, "two"))) {
            watched.step();
            watched.memory.put(0, store(entry(2, "two")));
            Sample between = watched.step();
            watched.memory.put(0, store(entry(2, "two"), entry(1, "uno")));
            Sample after = watched.step();

            assertThat(between.state()).isEqualTo(State.BUSY);
            assertThat(between.removed()).isEmpty();
            assertThat(after.state()).isEqualTo(State.WHOLE);
            assertThat(after.tracks())
                    .extracting(PartTrack::last)
                    .containsExactly(PartTrack.Change.MOVED, PartTrack.Change.CHANGED);
        }
    }

    @Test
    void anEntryThatStaysAwayIsRemoved() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"), entry(2, "two"))) {
            watched.step();
            watched.memory.put(0, store(entry(2, "two")));
            Sample later = watched.steps(2);

            assertThat(later.state()).isEqualTo(State.WHOLE);
            assertThat(later.removed()).extracting(PartTrack::key).containsExactly(1L);
        }
    }

    @Test
    void anEntryIsRemovedAlsoWhenTheOthersNeverRest() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"), entry(2, "two"))) {
            watched.step();
            for (int i = 0; i < 20; i++) {
                watched.memory.put(0, store(entry(2, "t" + i)));
                watched.step();
            }

            assertThat(watched.last().state()).isEqualTo(State.WHOLE);
            assertThat(watched.last().removed()).extracting(PartTrack::key).containsExactly(1L);
        }
    }

    @Test
    void whereOthersAreAttachedTheFirstCopyMustLieStill() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.source.othersAttach(watched.id, 77, "php");
            AttachedSegment segment = watched.source.attach(watched.id, Access.READ_ONLY);
            Sampler second =
                    new Sampler(
                            segment,
                            List.of(watched.shape),
                            Sampler.Options.DEFAULT,
                            watched,
                            watched.pace);
            try (segment;
                    second) {
                second.step();
                watched.pace.pass(Watched.FRAME);
                second.step();
            }

            assertThat(watched.samples)
                    .extracting(Sample::state)
                    .containsExactly(State.BUSY, State.WHOLE);
        }
    }

    @Test
    void aStoreThatIsWipedIsPlainAndItsEntriesAreRemoved() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            watched.memory.put(0, new byte[64]);

            Sample plain = watched.step();

            assertThat(plain.state()).isEqualTo(State.PLAIN);
            assertThat(plain.structure()).isNull();
            assertThat(plain.tracks()).isEmpty();
            assertThat(plain.removed()).extracting(PartTrack::key).containsExactly(1L);
        }
    }

    @Test
    void aStoreMadeWhileWeWatchHasNewEntries() throws ShmException {
        try (Watched watched = Watched.segment(4096)) {
            watched.step();
            watched.memory.put(0, store(entry(1, "one")));

            PartTrack track = watched.step().tracks().getFirst();

            assertThat(track.last()).isEqualTo(PartTrack.Change.ADDED);
        }
    }

    @Test
    void entriesThatWereThereFromTheBeginningAreNotNew() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            PartTrack track = watched.step().tracks().getFirst();

            assertThat(track.last()).isEqualTo(PartTrack.Change.PRESENT);
        }
    }

    @Test
    void anExtentThatReachesIntoUntouchedPagesCommitsNothing() throws ShmException {
        try (Watched watched = Watched.segment(64 << 20)) {
            byte[] claim = store();
            claim[6] = 0x10;
            watched.memory.put(0, claim);
            watched.steps(5);

            assertThat(watched.memory.committedPages()).isEqualTo(1);
            assertThat(watched.last().state()).isEqualTo(State.DAMAGED);
        }
    }

    @Test
    void aPageOfAStoreThatIsSwappedOutIsStillRead() throws ShmException {
        String large = "x".repeat(8000);
        try (Watched watched = Watched.store(entry(1, large))) {
            watched.step();
            watched.memory.swapOut(4096);

            assertThat(watched.step().state()).isEqualTo(State.WHOLE);
        }
    }

    @Test
    void aStoreThatWasPartlySwappedOutBeforeWeCameIsWhole() throws ShmException {
        String large = "x".repeat(8000);
        Watched other = Watched.store(entry(1, large));
        other.memory.swapOut(4096);
        try (other;
                AttachedSegment segment = other.source.attach(other.id, Access.READ_ONLY)) {
            StructureWatch watch = new StructureWatch(segment, List.of(other.shape), other.pace);
            watch.look(segment.sizeBytes(), Watched.FRAME.toNanos());
            other.pace.pass(Watched.FRAME);
            watch.look(segment.sizeBytes(), Watched.FRAME.toNanos());

            assertThat(watch.state()).isEqualTo(State.WHOLE);
        }
    }

    @Test
    void aSegmentShorterThanAHeadIsFine() throws ShmException {
        try (Watched watched = Watched.segment(8)) {
            assertThat(watched.step().state()).isEqualTo(State.PLAIN);
        }
    }

    @Test
    void aStoreThatTakesLongIsLookedAtMoreRarely() throws ShmException {
        try (Watched watched = Watched.store(entry(1, "one"))) {
            watched.step();
            watched.pace.eachLookTakes(Duration.ofMillis(40));
            watched.step();
            Sample skipped = watched.step();

            assertThat(skipped.structureAtNanos()).isLessThan(skipped.atNanos());
            assertThat(skipped.state()).isEqualTo(State.WHOLE);
        }
    }

    private static void scribble(Watched watched) {
        long reads = watched.memory.reads();
        watched.memory.put(28, (byte) reads, (byte) (reads >> 8));
    }
}
