package io.github.shmlens.ui.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RemovalWordsTest {

    private static final SegmentFacts FREE = Seg.sysv(3, 0xf1206, 1024, 0);
    private static final SegmentFacts HELD = Seg.sysv(3, 0xf1206, 1024, 1);

    @Test
    void whatNobodyHoldsIsDestroyedAtOnce() {
        assertThat(RemovalWords.prospect(Seg.held(FREE)))
                .isEqualTo(
                        "Nobody is attached: the segment and its 1,024 bytes are destroyed at once.");
    }

    @Test
    void whatIsHeldIsMarkedAndItsKeyIsNoLongerFound() {
        assertThat(RemovalWords.prospect(Seg.held(HELD, 7)))
                .contains(
                        "marked for removal",
                        "key 0x000f1206 is no longer found",
                        "destroyed at the last detach");
    }

    @Test
    void whatIsMarkedAlreadyIsSaidToBe() {
        SegmentFacts marked = Seg.sysv(3, 0, 1024, 1, SegmentStatus.DEST);
        assertThat(RemovalWords.prospect(Seg.held(marked, 7))).contains("already");
    }

    @Test
    void anObjectLosesItsName() {
        assertThat(RemovalWords.prospect(Seg.held(Seg.posix("/sensor", 10), 7)))
                .contains("The name /sensor goes at once", "keeps its 10 bytes");
    }

    @Test
    void detachingSaysWhatStays() {
        assertThat(RemovalWords.farewell(HELD, Seg.held(HELD, 7)))
                .endsWith("The segment and its 1,024 bytes stay in memory; 1 process is attached.");
    }

    @Test
    void detachingTheLastOneSaysThatNobodyIsAttached() {
        assertThat(RemovalWords.farewell(HELD, Seg.held(FREE)))
                .endsWith("stay in memory; nobody is attached.");
    }

    @Test
    void detachingTheLastOneOfAMarkedSegmentSaysThatItIsGone() {
        assertThat(RemovalWords.farewell(HELD, null)).contains("marked for removal and is gone");
    }

    @Test
    void attachesThatCannotBeSeenAreCountedAsAttaches() {
        SegmentFacts three = Seg.sysv(3, 1, 1024, 3);
        assertThat(Seg.held(three, 7).clause()).isEqualTo("it is attached 3 times");
        assertThat(Seg.held(three, 7).lines()).contains("2 of 3 attaches not visible to this user");
    }

    @Test
    void aStopNamesTheStepAndWhatWasDoneBefore() {
        ShmException denied =
                new ShmException(
                        new ShmFailure.AccessDenied("id:3", "write", "mode is 0400", "EACCES"));
        assertThat(
                        RemovalWords.problem(
                                        new Removal.Outcome.Stopped(
                                                "wiping the bytes",
                                                denied,
                                                Path.of("/tmp/x.bin"),
                                                false))
                                .sentence())
                .contains("was not removed", "wiping the bytes failed", "/tmp/x.bin");
    }
}
