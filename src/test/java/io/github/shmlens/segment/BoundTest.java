package io.github.shmlens.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundTest {

    private static SegmentFacts facts(long size, long rss, long swap) {
        Principal root = new Principal(0, "root");
        return new SegmentFacts(
                new SegmentId.Sysv(1),
                new SegmentKey(1),
                size,
                rss,
                swap,
                root,
                root,
                root,
                Mode.DEFAULT,
                Set.of(),
                0,
                1,
                1,
                null,
                null,
                null);
    }

    @Test
    void theKernelsDefaultsBoundNothing() {
        assertThat(new Bound(5, -1L - (1L << 24)).bounds()).isFalse();
        assertThat(new Bound(5, -1L).bounds()).isFalse();
        assertThat(new Bound(5, -1L).share()).isZero();
    }

    @Test
    void aLimitAboveLongIsStillOne() {
        Bound half = new Bound(1L << 62, Long.MIN_VALUE);
        assertThat(half.bounds()).isTrue();
        assertThat(half.share()).isEqualTo(0.5);
    }

    @Test
    void aLimitOfNothingIsNoDivisionByIt() {
        assertThat(new Bound(0, 0).share()).isZero();
    }

    @Test
    void aLimitBelowWhatIsThereIsMoreThanFull() {
        assertThat(new Bound(20, 10).share()).isEqualTo(2);
    }

    @Test
    void useCountsWholePagesAndSumsThatDoNotFitAreTheLargest() {
        MemoryUse use =
                MemoryUse.of(
                        List.of(
                                facts(1, 4096, 0),
                                facts(4097, -1, 8192),
                                facts(Long.MAX_VALUE, 0, 0)),
                        4096);
        assertThat(use.segments()).isEqualTo(3);
        assertThat(use.bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(use.pages()).isEqualTo(3 + (1L << 51));
        assertThat(use.largestBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(use.residentBytes()).isEqualTo(4096);
        assertThat(use.swappedBytes()).isEqualTo(8192);
        assertThat(use.unknown()).isEqualTo(1);
    }
}
