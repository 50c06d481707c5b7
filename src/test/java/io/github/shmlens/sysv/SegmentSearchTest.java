package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.scratch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.PatternText;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.sysv.Segments.Scratch;
import io.github.shmlens.testing.PlainSearch;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SegmentSearchTest {

    private static final int MIB = 1 << 20;
    private static final int PAGE = AttachedSegment.PAGE_BYTES;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final HostSegments host = new HostSegments();

    /// Remembers everything it is told.
    private static class Told implements SearchListener {
        final List<Long> offsets = new ArrayList<>();
        final List<Byte> bytes = new ArrayList<>();
        final List<Long> progress = new ArrayList<>();

        @Override
        public void found(SearchHits hits) {
            assertThat(hits.count()).isBetween(1, SearchHits.MOST);
            for (long offset : hits.offsets()) {
                offsets.add(offset);
            }
            for (byte one : hits.bytes()) {
                bytes.add(one);
            }
        }

        @Override
        public boolean goOn(long doneBytes, long ofBytes) {
            progress.add(doneBytes);
            return true;
        }
    }

    private static SearchPattern text(String text) throws Exception {
        return PatternText.text(text, StandardCharsets.UTF_8, false);
    }

    private static SearchRequest everywhere(SearchPattern pattern, AttachedSegment segment)
            throws ShmException {
        return new SearchRequest(pattern, 0, segment.sizeBytes(), 1, NO_LIMIT);
    }

    @Test
    void findsWhatLiesAcrossTheBordersOfSteps() throws Exception {
        byte[] bytes = new byte[3 * MIB + 123];
        Random random = new Random(4);
        random.nextBytes(bytes);
        for (int border = MIB - 5 * PAGE; border <= 3 * MIB; border += PAGE) {
            byte[] word = "needle in a haystack".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(word, 0, bytes, border - random.nextInt(21), word.length);
        }
        try (Scratch scratch = scratch(bytes.length);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(0, bytes, 0, bytes.length);
            ValueType int32 = new ValueType(ValueType.Kind.SIGNED, 4, ByteOrder.BIG_ENDIAN);
            List<SearchPattern> patterns =
                    List.of(
                            text("needle in a haystack"),
                            PatternText.hex("6e ?5 65"),
                            PatternText.hex("4?"),
                            PatternText.number("-100000..100000", int32));
            for (SearchPattern pattern : patterns) {
                for (int alignment : new int[] {1, 4}) {
                    Told told = new Told();
                    SearchOutcome outcome =
                            segment.search(
                                    new SearchRequest(
                                            pattern, 0, bytes.length, alignment, NO_LIMIT),
                                    told);
                    assertThat(told.offsets)
                            .isEqualTo(PlainSearch.hits(bytes, pattern, alignment))
                            .isNotEmpty();
                    assertThat(outcome)
                            .isEqualTo(
                                    new SearchOutcome(
                                            told.offsets.size(),
                                            SearchOutcome.End.ALL,
                                            bytes.length,
                                            0));
                }
            }
        }
    }

    @Test
    void severalThreadsFindWhatOneFindsInTheSameOrder() throws Exception {
        int block = (int) SideBySideSearch.BLOCK_BYTES;
        byte[] bytes = new byte[3 * block + 12_345];
        Random random = new Random(5);
        random.nextBytes(bytes);
        byte[] word = "needle in a haystack".getBytes(StandardCharsets.UTF_8);
        for (int border = block; border <= 3 * block; border += block) {
            System.arraycopy(word, 0, bytes, border - random.nextInt(1, 20), word.length);
        }
        // More hits in one block than may wait, up to the next one and over the border.
        Arrays.fill(bytes, 2 * block - 400_000, 2 * block + 100, (byte) 0);
        try (Scratch scratch = scratch(bytes.length);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(0, bytes, 0, bytes.length);
            List<SearchPattern> patterns =
                    List.of(
                            text("needle in a haystack"),
                            PatternText.hex("00"),
                            PatternText.hex("0000000000000000"));
            for (SearchPattern pattern : patterns) {
                for (int offset : new int[] {0, 4_097}) {
                    same(segment, pattern, offset, bytes.length - offset - 7, NO_LIMIT);
                }
            }
            long zeros = same(segment, PatternText.hex("00"), 0, bytes.length, NO_LIMIT).hits();
            for (long limit : new long[] {1, 70_000, 131_000, 380_000, zeros - 1, zeros}) {
                assertThat(same(segment, PatternText.hex("00"), 0, bytes.length, limit).end())
                        .isEqualTo(
                                limit < zeros
                                        ? SearchOutcome.End.MORE_THAN_LIMIT
                                        : SearchOutcome.End.ALL);
            }
        }
    }

    private static SearchOutcome same(
            AttachedSegment segment, SearchPattern pattern, long offset, long length, long limit)
            throws Exception {
        SearchRequest request = new SearchRequest(pattern, offset, length, 1, limit);
        Told alone = new Told();
        SearchOutcome one = new SegmentSearch((MappedSegment) segment, request, alone).runAlone();
        Told told = new Told();
        SearchOutcome several =
                new SideBySideSearch((MappedSegment) segment, request, told, 3).run();
        assertThat(told.offsets).isEqualTo(alone.offsets).isNotEmpty();
        assertThat(told.bytes).isEqualTo(alone.bytes);
        assertThat(told.progress).isSorted();
        assertThat(several.hits()).isEqualTo(one.hits()).isEqualTo(told.offsets.size());
        assertThat(several.end()).isEqualTo(one.end());
        if (one.end() == SearchOutcome.End.ALL) {
            assertThat(several).isEqualTo(one);
            assertThat(told.progress).endsWith(length);
        }
        return several;
    }

    @Test
    void severalThreadsStopWhenTheListenerHasEnough() throws Exception {
        long size = 8 * SideBySideSearch.BLOCK_BYTES;
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            SearchOutcome outcome =
                    new SideBySideSearch(
                                    (MappedSegment) segment,
                                    everywhere(text("x"), segment),
                                    new Told() {
                                        @Override
                                        public boolean goOn(long doneBytes, long ofBytes) {
                                            return doneBytes < 3 * SideBySideSearch.BLOCK_BYTES;
                                        }
                                    },
                                    3)
                            .run();
            assertThat(outcome.end()).isEqualTo(SearchOutcome.End.STOPPED);
            assertThat(outcome.skippedBytes()).isEqualTo(3 * SideBySideSearch.BLOCK_BYTES);
        }
    }

    @Test
    void aHitLiesInTheRangeAsAWhole() throws Exception {
        byte[] bytes = new byte[2 * MIB];
        Arrays.fill(bytes, (byte) 'a');
        try (Scratch scratch = scratch(bytes.length);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(0, bytes, 0, bytes.length);
            Told told = new Told();
            segment.search(new SearchRequest(text("aaa"), MIB - 3, 6, 1, NO_LIMIT), told);
            assertThat(told.offsets).containsExactly(MIB - 3L, MIB - 2L, MIB - 1L, (long) MIB);
            Told tooShort = new Told();
            segment.search(new SearchRequest(text("aaa"), MIB - 1, 2, 1, NO_LIMIT), tooShort);
            segment.search(new SearchRequest(text("aaa"), 2L * MIB, 0, 1, NO_LIMIT), tooShort);
            assertThat(tooShort.offsets).isEmpty();
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() ->
                            segment.search(
                                    new SearchRequest(text("a"), 1, bytes.length, 1, NO_LIMIT),
                                    new Told()));
        }
    }

    @Test
    void pagesThatNobodyTouchedAreSkippedSaidAndStayUntouched() throws Exception {
        try (Scratch scratch = scratch(64L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.putWord(40L * MIB + 8, 7);
            long before = host.facts(scratch.id()).rssBytes();
            Told told = new Told();
            SearchOutcome outcome =
                    segment.search(
                            new SearchRequest(
                                    PatternText.hex("0000000000000000"), 0, 64L * MIB, 8, NO_LIMIT),
                            told);
            assertThat(outcome.lookedAtBytes()).isEqualTo(PAGE);
            assertThat(outcome.skippedBytes()).isEqualTo(64L * MIB - PAGE);
            assertThat(told.offsets)
                    .hasSize(PAGE / 8 - 1)
                    .allMatch(offset -> offset / PAGE == 40L * MIB / PAGE);
            assertThat(host.facts(scratch.id()).rssBytes()).isEqualTo(before);
        }
    }

    @Test
    void stopsAtTheLimitAndSaysThatThereIsMore() throws Exception {
        try (Scratch scratch = scratch(4L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] bytes = new byte[4 * MIB];
            segment.write(0, bytes, 0, bytes.length);
            Told told = new Told();
            SearchOutcome outcome =
                    segment.search(
                            new SearchRequest(PatternText.hex("00"), 0, 4L * MIB, 1, 5000), told);
            assertThat(outcome.end()).isEqualTo(SearchOutcome.End.MORE_THAN_LIMIT);
            assertThat(outcome.hits()).isEqualTo(5000);
            assertThat(told.offsets).hasSize(5000).endsWith(4999L);

            Told exact = new Told();
            SearchOutcome all =
                    segment.search(
                            new SearchRequest(PatternText.hex("00"), 0, 5000, 1, 5000), exact);
            assertThat(all.end()).isEqualTo(SearchOutcome.End.ALL);
        }
    }

    @Test
    void stopsWhenTheListenerHasEnough() throws Exception {
        try (Scratch scratch = scratch(16L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            SearchOutcome outcome =
                    segment.search(
                            everywhere(text("x"), segment),
                            new Told() {
                                @Override
                                public boolean goOn(long doneBytes, long ofBytes) {
                                    assertThat(ofBytes).isEqualTo(16L * MIB);
                                    return doneBytes < 3L * MIB;
                                }
                            });
            assertThat(outcome.end()).isEqualTo(SearchOutcome.End.STOPPED);
            assertThat(outcome.lookedAtBytes() + outcome.skippedBytes())
                    .isBetween(3L * MIB, 4L * MIB);
        }
    }

    @Test
    void aDetachDuringASearchIsAFailureAndNoCrash() throws Exception {
        // More than is searched ahead before anything is told.
        try (Scratch scratch = scratch(160L * MIB)) {
            AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
            byte[] bytes = new byte[16 * MIB];
            for (long at = 0; at < 160L * MIB; at += bytes.length) {
                segment.write(at, bytes, 0, bytes.length);
            }
            Told detaching =
                    new Told() {
                        @Override
                        public boolean goOn(long doneBytes, long ofBytes) {
                            segment.close();
                            return true;
                        }
                    };
            assertThatExceptionOfType(ShmException.class)
                    .isThrownBy(() -> segment.search(everywhere(text("x"), segment), detaching))
                    .satisfies(thrown ->
                            assertThat(thrown.failure()).isInstanceOf(ShmFailure.Gone.class));
        }
    }

    @Test
    void reportsOnlyCopiesThatFitWhateverAWriterDoes() throws Exception {
        try (Scratch scratch = scratch(4L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                AttachedSegment other = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] mark = "needle!!".getBytes(StandardCharsets.UTF_8);
            boolean[] done = {false};
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                Random random = new Random(1);
                                try {
                                    while (!isDone(done)) {
                                        long at = random.nextInt(4 * MIB / 8) * 8L;
                                        other.write(at, mark, 0, mark.length);
                                        other.putWord(random.nextInt(4 * MIB / 8) * 8L, 0);
                                    }
                                } catch (ShmException ended) {
                                    throw new AssertionError(ended);
                                }
                            });
            Told told = new Told();
            for (int round = 0; round < 200 && told.offsets.size() < 5000; round++) {
                segment.search(everywhere(text("needle!!"), segment), told);
            }
            synchronized (done) {
                done[0] = true;
            }
            writer.join();
            assertThat(told.offsets).isNotEmpty();
            byte[] seen = new byte[told.bytes.size()];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = told.bytes.get(i);
            }
            assertThat(new String(seen, StandardCharsets.UTF_8))
                    .isEqualTo("needle!!".repeat(told.offsets.size()));
        }
    }

    private static boolean isDone(boolean[] done) {
        synchronized (done) {
            return done[0];
        }
    }

    @Test
    void objectsAreSearchedAndMayBeCutShortMeanwhile() throws Exception {
        SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
        Path path = Path.of("/dev/shm" + id.name());
        host.create(new Target.Posix(id.name()), 8L * MIB, new Mode(0600), false);
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            byte[] mark = "needle".getBytes(StandardCharsets.UTF_8);
            segment.write(MIB - 3, mark, 0, mark.length);
            segment.write(6L * MIB, mark, 0, mark.length);
            Told told = new Told();
            segment.search(everywhere(text("needle"), segment), told);
            assertThat(told.offsets).containsExactly(MIB - 3L, 6L * MIB);

            Told cutting =
                    new Told() {
                        @Override
                        public boolean goOn(long doneBytes, long ofBytes) {
                            try (RandomAccessFile file =
                                    new RandomAccessFile(path.toFile(), "rw")) {
                                file.setLength(2L * MIB);
                            } catch (java.io.IOException refused) {
                                throw new java.io.UncheckedIOException(refused);
                            }
                            return true;
                        }
                    };
            SearchRequest whole = new SearchRequest(text("needle"), 0, 8L * MIB, 1, NO_LIMIT);
            assertThatExceptionOfType(ShmException.class)
                    .isThrownBy(() -> segment.search(whole, cutting))
                    .satisfies(thrown ->
                            assertThat(thrown.failure()).isInstanceOf(ShmFailure.Gone.class));
            assertThat(cutting.offsets).as("found before").containsExactly(MIB - 3L);
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Test
    void aSparseGiantIsSearchedWhereItHoldsSomethingAndStaysSparse() throws Exception {
        SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
        long size = 64L << 30;
        host.create(new Target.Posix(id.name()), size, new Mode(0600), false);
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            byte[] mark = "needle".getBytes(StandardCharsets.UTF_8);
            segment.write((40L << 30) + 5, mark, 0, mark.length);
            segment.write(size - mark.length, mark, 0, mark.length);
            long before = host.facts(id).rssBytes();
            Told told = new Told();
            SearchOutcome outcome = segment.search(everywhere(text("needle"), segment), told);
            assertThat(told.offsets).containsExactly((40L << 30) + 5, size - mark.length);
            assertThat(outcome.skippedBytes()).isEqualTo(size - 2 * PAGE);
            assertThat(host.facts(id).rssBytes()).isEqualTo(before);
            assertThat(told.progress).hasSizeLessThan(10).endsWith(size);
        } finally {
            host.remove(id);
        }
    }
}
