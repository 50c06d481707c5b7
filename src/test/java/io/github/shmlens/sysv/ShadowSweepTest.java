package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.scratch;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.shmlens.scan.Fingerprint;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Content;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.sysv.Segments.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ShadowSweepTest {

    private static final int MIB = 1 << 20;

    private final HostSegments host = new HostSegments();

    /// A change as it was reported.
    private record Change(long offset, List<Byte> before, List<Byte> after) {}

    private static List<Change> advance(Sweep sweep, long from, int length) throws ShmException {
        List<Change> seen = new ArrayList<>();
        sweep.advance(
                from,
                length,
                (offset, before, after, size) ->
                        seen.add(new Change(offset, list(before, size), list(after, size))));
        return seen;
    }

    private static List<Byte> list(byte[] bytes, int length) {
        List<Byte> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(bytes[i]);
        }
        return list;
    }

    private static List<Long> offsets(List<Change> changes) {
        return changes.stream().map(Change::offset).toList();
    }

    @Test
    void isSilentTheFirstTime() throws Exception {
        try (Scratch scratch = scratch(8192);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            segment.putWord(0, 1);
            assertThat(advance(sweep, 0, 8192)).isEmpty();
            assertThat(advance(sweep, 0, 8192)).isEmpty();
        }
    }

    @Test
    void reportsABlockThatChangedOnce() throws Exception {
        try (Scratch scratch = scratch(8192);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            segment.putWord(4096 + 72, 1);
            advance(sweep, 0, 8192);
            segment.putWord(4096 + 72, 2);
            List<Change> changes = advance(sweep, 0, 8192);
            assertThat(offsets(changes)).containsExactly(4096L + 64);
            assertThat(changes.getFirst().before().get(8)).isEqualTo((byte) 1);
            assertThat(changes.getFirst().after().get(8)).isEqualTo((byte) 2);
            assertThat(changes.getFirst().after()).hasSize(64);
            assertThat(advance(sweep, 0, 8192)).isEmpty();
        }
    }

    @Test
    void reportsAPageThatWasTouchedLaterAgainstZeros() throws Exception {
        try (Scratch scratch = scratch(2 * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            assertThat(sweep.advance(MIB, MIB, (_, _, _, _) -> {})).isEqualTo(MIB);
            segment.putWord(MIB + 4096 + 128, -1);
            List<Change> changes = advance(sweep, MIB, MIB);
            assertThat(offsets(changes)).containsExactly(MIB + 4096L + 128);
            assertThat(changes.getFirst().before()).containsOnly((byte) 0);
            assertThat(sweep.advance(MIB, MIB, (_, _, _, _) -> {})).isEqualTo(MIB - 4096);
        }
    }

    @Test
    void leavesUntouchedPagesUntouched() throws Exception {
        try (Scratch scratch = scratch(8 * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            for (int round = 0; round < 3; round++) {
                for (long at = 0; at < 8 * MIB; at += MIB) {
                    sweep.advance(at, MIB, (_, _, _, _) -> {});
                }
            }
            assertThat(host.facts(scratch.id()).rssBytes()).isZero();
        }
    }

    @Test
    void comparesTheShortLastBlockOfAnOddSize() throws Exception {
        try (Scratch scratch = scratch(1021);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            advance(sweep, 0, MIB);
            segment.write(1020, new byte[] {3}, 0, 1);
            List<Change> changes = advance(sweep, 0, MIB);
            assertThat(offsets(changes)).containsExactly(960L);
            assertThat(changes.getFirst().after()).hasSize(61).endsWith((byte) 3);
        }
    }

    @Test
    void takesPartsOfPagesForThemselves() throws Exception {
        try (Scratch scratch = scratch(4096);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            segment.write(0, filled(4096, 1), 0, 4096);
            advance(sweep, 128, 100);
            segment.write(0, filled(4096, 2), 0, 4096);
            // 128..255 was seen before, the rest is new and silent.
            assertThat(offsets(advance(sweep, 0, 4096))).containsExactly(128L, 192L);
            segment.write(0, filled(4096, 3), 0, 4096);
            assertThat(advance(sweep, 0, 4096)).hasSize(64);
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void ignoresWhatLiesBeyondItsCap() throws Exception {
        try (Scratch scratch = scratch(8192);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(4096)) {
            assertThat(sweep.coveredBytes()).isEqualTo(4096);
            segment.write(0, filled(8192, 1), 0, 8192);
            advance(sweep, 0, 8192);
            segment.write(0, filled(8192, 2), 0, 8192);
            assertThat(advance(sweep, 0, 8192)).hasSize(64);
            assertThat(advance(sweep, 4096, 4096)).isEmpty();
        }
    }

    @Test
    void findsExactlyWhatChangedAmongManyBlocks() throws Exception {
        int size = 3 * MIB + 777;
        Random random = new Random(7);
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            advance(sweep, 0, size);
            byte[] shadow = new byte[size];
            for (int round = 0; round < 20; round++) {
                BitSet expected = new BitSet();
                for (int i = 0; i < 200; i++) {
                    int at = random.nextInt(size);
                    byte value = (byte) (shadow[at] + 1 + random.nextInt(255));
                    byte was = shadow[at];
                    segment.write(at, new byte[] {value}, 0, 1);
                    shadow[at] = value;
                    assertThat(value).isNotEqualTo(was);
                    expected.set(at / 64);
                }
                BitSet seen = new BitSet();
                for (long at = 0; at < size; at += MIB) {
                    sweep.advance(
                            at,
                            MIB,
                            (offset, _, after, length) -> {
                                seen.set((int) (offset / 64));
                                for (int i = 0; i < length; i++) {
                                    assertThat(after[i]).isEqualTo(shadow[(int) offset + i]);
                                }
                            });
                }
                assertThat(seen).isEqualTo(expected);
            }
        }
    }

    @Test
    void isGoneWhenTheSegmentIsDetached() throws Exception {
        try (Scratch scratch = scratch(8192)) {
            AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
            segment.putWord(0, 1);
            try (Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
                advance(sweep, 0, 8192);
                segment.close();
                assertThatExceptionOfType(ShmException.class)
                        .isThrownBy(() -> advance(sweep, 0, 8192))
                        .satisfies(thrown ->
                                assertThat(thrown.failure()).isInstanceOf(ShmFailure.Gone.class));
            }
        }
    }

    /// Memory with pages that come and go, as swap makes them.
    private static final class Swapping implements Swept {
        final byte[] bytes;
        final BitSet resident = new BitSet();
        boolean swapped;

        Swapping() {
            this(8192);
        }

        Swapping(int size) {
            bytes = new byte[size];
        }

        @Override
        public SegmentId id() {
            return new SegmentId.Sysv(0);
        }

        @Override
        public boolean closed() {
            return false;
        }

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public Look look(long offset, int length) {
            int first = (int) (offset / 4096);
            return new Look(
                    MemorySegment.ofArray(bytes).asSlice(offset, length),
                    page -> resident.get(first + page));
        }

        @Override
        public boolean mayBeSwapped() {
            return swapped;
        }
    }

    @Test
    void isSilentAboutAPageThatWasInSwapBefore() throws Exception {
        Swapping memory = new Swapping();
        memory.swapped = true;
        try (Sweep sweep = new ShadowSweep(memory, Long.MAX_VALUE, () -> {})) {
            memory.bytes[5000] = 1;
            assertThat(sweep.advance(0, 8192, (_, _, _, _) -> {})).isEqualTo(8192);
            memory.resident.set(1);
            assertThat(advance(sweep, 0, 8192)).isEmpty();
            memory.bytes[5000] = 2;
            assertThat(offsets(advance(sweep, 0, 8192))).containsExactly(4992L);
        }
    }

    @Test
    void remembersAPageThatWentToSwap() throws Exception {
        Swapping memory = new Swapping();
        memory.swapped = true;
        memory.resident.set(0, 2);
        try (Sweep sweep = new ShadowSweep(memory, Long.MAX_VALUE, () -> {})) {
            memory.bytes[5000] = 1;
            advance(sweep, 0, 8192);
            memory.resident.clear(1);
            memory.bytes[5000] = 2;
            assertThat(advance(sweep, 0, 8192)).isEmpty();
            memory.resident.set(1);
            List<Change> changes = advance(sweep, 0, 8192);
            assertThat(changes).hasSize(1);
            assertThat(changes.getFirst().before()).contains((byte) 1);
        }
    }

    @Test
    void reportsAPageThatWasGivenBackAsZeros() throws Exception {
        Swapping memory = new Swapping();
        memory.resident.set(0, 2);
        memory.bytes[5000] = 1;
        memory.bytes[6000] = 1;
        try (Sweep bytes = new ShadowSweep(memory, Long.MAX_VALUE, () -> {});
                Sweep places = new ShadowSweep(memory, Long.MAX_VALUE, () -> {})) {
            for (int round = 0; round < 3; round++) {
                assertThat(advance(bytes, 0, 8192)).isEmpty();
                places.advance(0, 8192, (at, _) -> assertThat(at).isNegative());
            }
            memory.resident.clear(1);
            memory.bytes[5000] = 0;
            memory.bytes[6000] = 0;
            List<Change> changes = advance(bytes, 0, 8192);
            assertThat(offsets(changes)).containsExactly(4992L, 5952L);
            assertThat(changes.getFirst().before()).contains((byte) 1);
            assertThat(changes.getFirst().after()).containsOnly((byte) 0);
            List<Long> seen = new ArrayList<>();
            assertThat(places.advance(0, 8192, (at, _) -> seen.add(at))).isEqualTo(4096);
            assertThat(seen).containsExactly(4992L, 5952L);
            assertThat(advance(bytes, 0, 8192)).isEmpty();
            memory.resident.set(1);
            assertThat(advance(bytes, 0, 8192)).isEmpty();
        }
    }

    @Test
    void tellsPlacesAsItTellsBytes() throws Exception {
        int size = 2 * MIB + 333;
        Random random = new Random(23);
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep places = segment.sweep(Long.MAX_VALUE);
                Sweep bytes = segment.sweep(Long.MAX_VALUE)) {
            for (int round = 0; round < 30; round++) {
                // Half of the rounds look at a part first, so that blocks are fresh at many places.
                int from = random.nextInt(size / 64) * 64;
                int length = round % 2 == 0 ? MIB : random.nextInt(MIB);
                List<String> places1 = new ArrayList<>();
                List<String> bytes1 = new ArrayList<>();
                long skipped1 =
                        places.advance(from, length, (at, mask) -> places1.add(at + " " + mask));
                long skipped2 =
                        bytes.advance(
                                from,
                                length,
                                (at, before, after, count) ->
                                        bytes1.add(
                                                at
                                                        + " "
                                                        + Sweep.differences(before, after, count)));
                assertThat(places1).isEqualTo(bytes1);
                assertThat(skipped1).isEqualTo(skipped2);
                for (int i = 0; i < 300; i++) {
                    segment.write(random.nextInt(size), new byte[] {(byte) round}, 0, 1);
                }
            }
        }
    }

    @Test
    void missesNoChangeOfAPageItKnowsByItsFingerprint() throws Exception {
        int size = MIB + 5 * 4096 + 100;
        Random random = new Random(41);
        Swapping memory = new Swapping(size);
        memory.resident.set(0, 300);
        random.nextBytes(memory.bytes);
        try (Sweep sweep =
                new ShadowSweep(memory, Long.MAX_VALUE, Fingerprint.ofVectors(), () -> {})) {
            sweep.advance(0, MIB, (_, _) -> {});
            sweep.advance(MIB, MIB, (_, _) -> {});
            byte[] shadow = memory.bytes.clone();
            for (int round = 0; round < 60; round++) {
                // Now and then some pages change, others stay and have their fingerprints taken.
                // One byte a page, back and forth: content returns that had a fingerprint once.
                for (int at = 77; at < size && round % 3 == 0; at += 4096) {
                    memory.bytes[at] ^= (byte) random.nextInt(2);
                }
                // Whole chunks, or a part that begins and ends within pages.
                int from = round % 4 == 1 ? random.nextInt(MIB / 64) * 64 : 0;
                int to = round % 4 == 1 ? Math.min(size, from + random.nextInt(MIB)) : size;
                to = Math.min(size, (to + 63) / 64 * 64);
                BitSet expected = new BitSet();
                for (int i = from; i < to; i++) {
                    if (shadow[i] != memory.bytes[i]) {
                        expected.set(i / 64);
                    }
                }
                System.arraycopy(memory.bytes, from, shadow, from, to - from);
                BitSet seen = new BitSet();
                for (int at = from; at < to; at += MIB) {
                    int length = Math.min(MIB, to - at);
                    if (random.nextInt(3) == 0) {
                        sweep.advance(at, length, (o, _, _, _) -> seen.set((int) (o / 64)));
                    } else {
                        sweep.advance(at, length, (o, _) -> seen.set((int) (o / 64)));
                    }
                }
                assertThat(seen).isEqualTo(expected);
            }
        }
    }

    @Test
    void seesAPageFilledWithOneByteThatIsFilledWithAnother() throws Exception {
        Swapping memory = new Swapping();
        memory.resident.set(0, 2);
        memory.bytes[0] = 1;
        try (Sweep sweep =
                new ShadowSweep(memory, Long.MAX_VALUE, Fingerprint.ofVectors(), () -> {})) {
            for (int value = 0; value < 256; value++) {
                java.util.Arrays.fill(memory.bytes, 4096, 8192, (byte) value);
                // Seen, and then known by its fingerprint.
                List<Long> seen = new ArrayList<>();
                sweep.advance(0, 8192, (at, _) -> seen.add(at));
                assertThat(seen).as("filled with %d", value).hasSize(value == 0 ? 0 : 64);
                assertThat(sweep.advance(0, 8192, (at, _) -> seen.add(at))).isZero();
                assertThat(seen).hasSize(value == 0 ? 0 : 64);
            }
        }
    }

    @Test
    void tellsWhatAStretchHolds() throws Exception {
        try (Scratch scratch = scratch(5 * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(4 * MIB)) {
            byte[] chance = new byte[MIB];
            new Random(5).nextBytes(chance);
            segment.write(0, chance, 0, MIB);
            segment.write(MIB, "some words ".repeat(9000).getBytes(US_ASCII), 0, 99_000);
            segment.write(3 * MIB, new byte[4096], 0, 4096);
            assertThat(sweep.content(0, MIB)).isEqualTo(Content.UNKNOWN);
            for (long at = 0; at < 5 * MIB; at += MIB) {
                sweep.advance(at, MIB, (_, _) -> {});
            }
            assertThat(sweep.content(0, MIB)).isEqualTo(Content.DENSE);
            assertThat(sweep.content(MIB, MIB)).isEqualTo(Content.TEXT);
            assertThat(sweep.content(2 * MIB, MIB)).isEqualTo(Content.ABSENT);
            assertThat(sweep.content(3 * MIB, MIB)).isEqualTo(Content.ZERO);
            assertThat(sweep.content(3 * MIB + 4096, 4096)).isEqualTo(Content.ABSENT);
            assertThat(sweep.content(4 * MIB, MIB)).isEqualTo(Content.UNKNOWN);
        }
    }

    @Test
    void findsTheOneByteThatIsNotZeroInAStretch() throws Exception {
        try (Scratch scratch = scratch(MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(MIB)) {
            segment.write(777_777, new byte[] {1}, 0, 1);
            sweep.advance(0, MIB, (_, _) -> {});
            assertThat(sweep.content(0, MIB)).isEqualTo(Content.BINARY);
        }
    }

    @Test
    void goesThrough64GibThatNobodyTouchedAndCommitsNothing() throws Exception {
        int noReserve = 010000;
        int key = new Random().nextInt(1 << 24, Integer.MAX_VALUE);
        long size = 64L << 30;
        SegmentId id = new SegmentId.Sysv(new Kernel().createSegment(key, size, 0600 | noReserve));
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE);
                Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
            long far = 50L << 30;
            segment.putWord(far, 1);
            long before = host.facts(id).rssBytes();
            long skipped = 0;
            for (long at = 0; at < size; at += MIB) {
                skipped += sweep.advance(at, MIB, (_, _) -> {});
            }
            segment.putWord(far, 2);

            assertThat(skipped).isEqualTo(size - 4096);
            assertThat(offsets(advance(sweep, far, MIB))).containsExactly(far);
            assertThat(sweep.content(far - MIB, 2 * MIB)).isEqualTo(Content.BINARY);
            assertThat(sweep.content(0, 16 * MIB)).isEqualTo(Content.ABSENT);
            assertThat(host.facts(id).rssBytes()).isEqualTo(before);
        } finally {
            host.remove(id);
        }
    }

    @Test
    void goesOnWithAChunkWhosePagesWereAllThere() throws Exception {
        try (Scratch scratch = scratch(2 * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                Sweep sweep = segment.sweep(2 * MIB)) {
            segment.write(0, filled(2 * MIB, 1), 0, 2 * MIB);
            for (int round = 0; round < 3; round++) {
                assertThat(sweep.advance(0, MIB, (_, _) -> {})).isZero();
            }
            segment.write(4096 * 3 + 5, new byte[] {9}, 0, 1);
            List<String> seen = new ArrayList<>();
            sweep.advance(0, MIB, (at, bytes) -> seen.add(at + " " + bytes));

            assertThat(seen).containsExactly(4096 * 3 + " " + (1 << 5));
        }
    }

    @Test
    void survivesADetachInTheMiddleAgainAndAgain() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (Scratch scratch = scratch(4 * MIB)) {
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                segment.write(0, filled(4 * MIB, round + 1), 0, 4 * MIB);
                try (Sweep sweep = segment.sweep(4 * MIB)) {
                    CountDownLatch sweeping = new CountDownLatch(1);
                    CompletableFuture<ShmFailure> end =
                            CompletableFuture.supplyAsync(() -> sweepUntilGone(sweep, sweeping));
                    sweeping.await();
                    segment.close();

                    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(ShmFailure.Gone.class);
                }
            }
        }
    }

    private static ShmFailure sweepUntilGone(Sweep sweep, CountDownLatch sweeping) {
        try {
            while (true) {
                for (long at = 0; at < 4 * MIB; at += MIB) {
                    sweep.advance(at, MIB, (_, _) -> {});
                }
                sweeping.countDown();
            }
        } catch (ShmException gone) {
            return gone.failure();
        }
    }
}
