package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.scratch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.EntryChain;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.sysv.Segments.Scratch;
import io.github.shmlens.testing.FakeSegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MappedSegmentTest {

    private final HostSegments host = new HostSegments();

    @Test
    void readsWhatAnotherAttachWrote() throws Exception {
        try (Scratch scratch = scratch(5000);
                AttachedSegment one = host.attach(scratch.id(), Access.READ_WRITE);
                AttachedSegment two = host.attach(scratch.id(), Access.READ_ONLY)) {
            byte[] text = "over a page boundary".getBytes(StandardCharsets.US_ASCII);
            one.write(4090, text, 0, text.length);
            byte[] back = new byte[text.length];
            two.read(4090, back, 0, back.length);
            assertThat(back).isEqualTo(text);
        }
    }

    @Test
    void readsManyChunksAtOnce() throws Exception {
        int size = 5 * MappedSegment.CHUNK_BYTES + 77;
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] random = new byte[size];
            new Random(1).nextBytes(random);
            segment.write(0, random, 0, size);
            byte[] back = new byte[size + 2];
            segment.read(0, back, 1, size);
            assertThat(java.util.Arrays.copyOfRange(back, 1, size + 1)).isEqualTo(random);
        }
    }

    @Test
    void comparesAndMovesBytesWhereTheyAre() throws Exception {
        int size = 3 * MappedSegment.CHUNK_BYTES + 77;
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] random = new byte[size];
            new Random(2).nextBytes(random);
            segment.write(0, random, 0, size);
            for (int length : new int[] {0, 1, 7, 8, 9, 255, 256, 257, size - 3}) {
                assertThat(segment.holds(3, random, 3, length)).isTrue();
                if (length > 0) {
                    random[2 + length] ^= 1;
                    assertThat(segment.holds(3, random, 3, length)).isFalse();
                    random[2 + length] ^= 1;
                }
            }
            outside(() -> segment.holds(size - 1, random, 0, 2));

            segment.moveDown(100, 11, size - 100);
            byte[] expected = random.clone();
            System.arraycopy(random, 100, expected, 11, size - 100);
            assertThat(segment.holds(0, expected, 0, size)).isTrue();
            outside(() -> segment.moveDown(size - 4, 0, 5));
        }
    }

    /// Two looks: at the mapped bytes, and as the contract describes it.
    @Test
    void aContentIsTakenOnlyWhenAllThatLeadsToItIsThere() throws Exception {
        try (Scratch scratch = scratch(40_000);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            EntryChain chain = chain(segment, 300);
            byte[] array = new byte[40_000];
            FakeSegment fake = FakeSegment.of(array);
            for (int at : new int[] {0, 1, 5, 15, 16, 17, 299}) {
                for (int word = 0;
                        word < chain.places()[299] / Long.BYTES + 6;
                        word += step(word)) {
                    long offset = (long) word * Long.BYTES;
                    long was = segment.word(offset);
                    segment.putWord(offset, was ^ 1L << word % 64);
                    segment.read(0, array, 0, array.length);
                    assertThat(segment.content(chain, at)).isEqualTo(fake.content(chain, at));
                    assertThat(segment.content(chain, at, FRAME))
                            .isEqualTo(fake.content(chain, at, FRAME));
                    assertThat(segment.stands(chain, at + 1)).isEqualTo(fake.stands(chain, at + 1));
                    segment.putWord(offset, was);
                }
                assertThat(segment.stands(chain, at + 1)).isTrue();
                assertThat(segment.content(chain, at)).isEqualTo(content(at));
                assertThat(segment.content(chain, at, FRAME))
                        .isEqualTo(Arrays.copyOfRange(content(at), 2, 15));
                for (long leading :
                        new long[] {0, 8, 16, 24, 32, 40, 56, chain.places()[at] + 16}) {
                    long was = segment.word(leading);
                    segment.putWord(leading, was + 1);
                    assertThat(segment.stands(chain, at + 1)).as("%d", leading).isFalse();
                    assertThat(segment.content(chain, at)).as("%d", leading).isNull();
                    assertThat(segment.content(chain, at, FRAME)).as("%d", leading).isNull();
                    segment.putWord(leading, was);
                }
                long length = chain.places()[at] + 8;
                for (long lie : new long[] {-1, 25, Long.MIN_VALUE, Long.MAX_VALUE}) {
                    segment.putWord(length, lie);
                    assertThat(segment.content(chain, at)).isNull();
                    assertThat(segment.content(chain, at, FRAME)).isNull();
                }
                segment.putWord(length, 24);
                assertThat(segment.content(chain, at)).hasSize(24);
                segment.putWord(length, 7);
                assertThat(segment.content(chain, at)).hasSize(7);
                assertThat(segment.content(chain, at, FRAME)).isNull();
                segment.putWord(length, 16);
            }
            chain.places()[300] = 40_001;
            outside(() -> segment.content(chain, 299));
            outside(() -> segment.stands(chain, 300));
            segment.close();
            assertThatThrownBy(() -> segment.content(chain, 1)).isInstanceOf(ShmException.class);
            assertThatThrownBy(() -> segment.content(chain, 1, FRAME))
                    .isInstanceOf(ShmException.class);
            assertThatThrownBy(() -> segment.stands(chain, 1)).isInstanceOf(ShmException.class);
        }
    }

    /// Every word of the first and the last entries, and some of those between.
    private static int step(int word) {
        return word < 130 || word > 1770 ? 1 : 41;
    }

    /// Two bytes, and one more at the end, a `>`.
    private static final EntryChain.Frame FRAME =
            new EntryChain.Frame() {
                @Override
                public int before(long first, int contentBytes) {
                    return (first & 0xff) == '<' ? 2 : -1;
                }

                @Override
                public long last() {
                    return (long) '>' << 56;
                }

                @Override
                public int lastBytes() {
                    return 1;
                }
            };

    private static byte[] content(int at) {
        return "<%-14d>".formatted(at).getBytes(StandardCharsets.US_ASCII);
    }

    private static EntryChain chain(AttachedSegment segment, int entries) throws Exception {
        long[] places = new long[entries + 1];
        long[] names = new long[entries];
        places[0] = 40;
        for (int i = 0; i < entries; i++) {
            places[i + 1] = places[i] + 48;
            names[i] = i * 7L - 3;
            segment.putWord(places[i], names[i]);
            segment.putWord(places[i] + 8, 16);
            segment.putWord(places[i] + 16, 48);
            segment.write(places[i] + 24, content(i), 0, 16);
        }
        long[] head = {1, 2, 3, 4, 5};
        for (int i = 0; i < head.length; i++) {
            segment.putWord(i * 8L, head[i]);
        }
        return new EntryChain(head, 2, 8, 16, 24, places, names);
    }

    @Test
    void movesNothingWhenItMayOnlyRead() throws Exception {
        try (Scratch scratch = scratch(1000);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
            assertThatThrownBy(() -> segment.moveDown(100, 0, 10)).isInstanceOf(ShmException.class);
        }
    }

    @Test
    void knowsTheFactsAsTheyWereBeforeIt() throws Exception {
        try (Scratch scratch = scratch(100);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
            assertThat(segment.factsBefore().nattch()).isZero();
            assertThat(segment.factsBefore().lpid()).isZero();
            assertThat(segment.factsBefore().attachTime()).isNull();
            assertThat(host.facts(scratch.id()).nattch()).isEqualTo(1);
        }
    }

    @Test
    void endsAtTheExactSizeAndNotAtThePage() throws Exception {
        try (Scratch scratch = scratch(1021);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            assertThat(segment.sizeBytes()).isEqualTo(1021);
            outside(() -> segment.read(1021, new byte[1], 0, 1));
            outside(() -> segment.read(-1, new byte[1], 0, 1));
            outside(() -> segment.read(Long.MAX_VALUE, new byte[1], 0, 1));
            outside(() -> segment.readResident(1000, new byte[22], 0, 22));
            outside(() -> segment.write(1020, new byte[2], 0, 2));
            outside(() -> segment.replace(1020, new byte[2], new byte[2]));
            outside(() -> segment.word(1016));
            outside(() -> segment.putWord(1016, 1));
        }
    }

    private static void outside(ThrowingCallable access) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(access);
    }

    @Test
    void refusesWordsThatAreNotAligned() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            assertThatThrownBy(() -> segment.word(4)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesWordsLittleEndian() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.putWord(8, 0x0807060504030201L);
            byte[] bytes = new byte[8];
            segment.read(8, bytes, 0, 8);
            assertThat(bytes).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(segment.word(8)).isEqualTo(0x0807060504030201L);
        }
    }

    @Test
    void refusesToWriteThroughAReadOnlyAttach() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
            denied(() -> segment.write(0, new byte[1], 0, 1));
            denied(() -> segment.putWord(0, 1));
            denied(() -> segment.replace(0, new byte[1], new byte[1]));
            assertThat(segment.word(0)).isZero();
        }
    }

    private static void denied(ThrowingCallable access) {
        assertThatExceptionOfType(ShmException.class)
                .isThrownBy(access)
                .satisfies(refused ->
                        assertThat(refused.failure()).isInstanceOf(ShmFailure.AccessDenied.class));
    }

    private static void gone(ThrowingCallable access) {
        assertThatExceptionOfType(ShmException.class)
                .isThrownBy(access)
                .satisfies(refused ->
                        assertThat(refused.failure()).isInstanceOf(ShmFailure.Gone.class));
    }

    @Test
    void isGoneAfterDetaching() throws Exception {
        try (Scratch scratch = scratch(64)) {
            AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
            segment.close();
            segment.close();
            assertThat(segment.closed()).isTrue();
            gone(() -> segment.read(0, new byte[1], 0, 1));
            gone(() -> segment.readResident(0, new byte[1], 0, 1));
            gone(() -> segment.word(0));
            gone(() -> segment.putWord(0, 1));
            gone(() -> segment.write(0, new byte[1], 0, 1));
            gone(() -> segment.replace(0, new byte[1], new byte[] {1}));
            assertThat(host.facts(scratch.id()).nattch()).isZero();
        }
    }

    @Test
    void keepsEveryByteWhenDetached() throws Exception {
        try (Scratch scratch = scratch(64)) {
            try (AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
                segment.putWord(0, 42);
            }
            try (AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
                assertThat(segment.word(0)).isEqualTo(42);
            }
        }
    }

    @Test
    void staysUsableAfterItsRemoval() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.putWord(0, 42);
            host.remove(scratch.id());
            assertThat(segment.word(0)).isEqualTo(42);
            assertThat(host.facts(scratch.id()).markedForRemoval()).isTrue();
            try (AttachedSegment late = host.attach(scratch.id(), Access.READ_ONLY)) {
                assertThat(late.word(0)).isEqualTo(42);
            }
        }
    }

    @Test
    void detachesWhileOthersRead() throws Exception {
        int size = 64 << 20;
        try (Scratch scratch = scratch(size)) {
            for (int round = 0; round < 20; round++) {
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
                CountDownLatch reading = new CountDownLatch(3);
                List<AtomicReference<Throwable>> ends = new ArrayList<>();
                List<Thread> readers = new ArrayList<>();
                readers.add(
                        reader(
                                ends,
                                () -> {
                                    byte[] all = new byte[1 << 20];
                                    segment.read(0, all, 0, all.length);
                                    reading.countDown();
                                    byte[] more = new byte[size];
                                    while (true) {
                                        segment.read(0, more, 0, size);
                                    }
                                }));
                readers.add(
                        reader(
                                ends,
                                () -> {
                                    while (true) {
                                        segment.word(0);
                                        reading.countDown();
                                    }
                                }));
                readers.add(
                        reader(
                                ends,
                                () -> {
                                    byte[] some = new byte[100_000];
                                    while (true) {
                                        segment.readResident(50_000, some, 0, some.length);
                                        reading.countDown();
                                    }
                                }));
                reading.await();
                segment.close();
                for (Thread reader : readers) {
                    reader.join();
                }
                assertThat(ends)
                        .allSatisfy(end ->
                                assertThat(end.get())
                                        .isInstanceOfSatisfying(
                                                ShmException.class,
                                                thrown ->
                                                        assertThat(thrown.failure())
                                                                .isInstanceOf(
                                                                        ShmFailure.Gone.class)));
            }
            assertThat(host.facts(scratch.id()).nattch()).isZero();
        }
    }

    private static Thread reader(List<AtomicReference<Throwable>> ends, ThrowingCallable work) {
        AtomicReference<Throwable> end = new AtomicReference<>();
        ends.add(end);
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        work.call();
                    } catch (Throwable thrown) {
                        end.set(thrown);
                    }
                });
    }

    @Test
    void leaksNothingInTenThousandAttaches() throws Exception {
        try (Scratch scratch = scratch(8192)) {
            attachAndDetach(scratch, 100);
            long descriptors = descriptors();
            for (int i = 0; i < 100; i++) {
                attachAndDetach(scratch, 100);
            }
            assertThat(host.facts(scratch.id()).nattch()).isZero();
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 10);
            assertThat(mappingsOf(scratch)).isZero();
        }
    }

    private void attachAndDetach(Scratch scratch, int times) throws ShmException {
        for (int i = 0; i < times; i++) {
            Access access = i % 2 == 0 ? Access.READ_ONLY : Access.READ_WRITE;
            try (AttachedSegment segment = host.attach(scratch.id(), access)) {
                segment.word(0);
            }
        }
    }

    private static long descriptors() throws Exception {
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }

    private static long mappingsOf(Scratch scratch) throws Exception {
        return Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1).stream()
                .filter(line ->
                        line.contains(" " + scratch.shmid() + " ") && line.contains("/SYSV"))
                .count();
    }

    @Test
    void replacesBytesInOneWordAtomically() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.putWord(0, 0x1122334455667788L);
            Replaced done =
                    segment.replace(2, new byte[] {0x66, 0x55}, new byte[] {(byte) 0xaa, 0});
            assertThat(done).isEqualTo(new Replaced.Done(true));
            assertThat(segment.word(0)).isEqualTo(0x1122334400aa7788L);
        }
    }

    @Test
    void saysThatALongerReplaceIsNotAtomic() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            assertThat(segment.replace(7, new byte[2], new byte[] {1, 2}))
                    .isEqualTo(new Replaced.Done(false));
            assertThat(segment.word(0)).isEqualTo(1L << 56);
            assertThat(segment.word(8)).isEqualTo(2);
        }
    }

    @Test
    void stopsAtTheFirstByteThatMovedAndSaysWhatWasWritten() throws Exception {
        try (Scratch scratch = scratch(64);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(17, new byte[] {9}, 0, 1);
            byte[] next = new byte[20];
            java.util.Arrays.fill(next, (byte) 5);
            Replaced moved = segment.replace(3, new byte[20], next);
            assertThat(moved)
                    .isInstanceOfSatisfying(
                            Replaced.MovedOn.class,
                            on -> {
                                assertThat(on.offset()).isEqualTo(17);
                                assertThat(on.writtenBytes()).isEqualTo(13);
                                assertThat(on.actual())
                                        .containsExactly(
                                                5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 9, 0, 0,
                                                0, 0, 0);
                            });
        }
    }

    @Test
    void replacesTheTailOfAnOddSizedSegmentAtomically() throws Exception {
        try (Scratch scratch = scratch(1021);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            assertThat(segment.replace(1018, new byte[3], new byte[] {1, 2, 3}))
                    .isEqualTo(new Replaced.Done(true));
            byte[] tail = new byte[5];
            segment.read(1016, tail, 0, 5);
            assertThat(tail).containsExactly(0, 0, 1, 2, 3);
        }
    }

    @Test
    void replacesNothingByNothing() throws Exception {
        try (Scratch scratch = scratch(16);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            assertThat(segment.replace(16, new byte[0], new byte[0]))
                    .isEqualTo(new Replaced.Done(true));
        }
    }

    @Test
    void losesNoNeighboursWriteWhileReplacing() throws Exception {
        try (Scratch scratch = scratch(8);
                AttachedSegment ours = host.attach(scratch.id(), Access.READ_WRITE);
                AttachedSegment theirs = host.attach(scratch.id(), Access.READ_WRITE)) {
            int rounds = 200_000;
            AtomicBoolean lost = new AtomicBoolean();
            Thread neighbour =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    byte[] one = new byte[1];
                                    for (int i = 0; i < rounds; i++) {
                                        byte[] old = one.clone();
                                        one[0]++;
                                        lost.compareAndSet(
                                                false,
                                                !(theirs.replace(5, old, one)
                                                        instanceof Replaced.Done));
                                    }
                                } catch (ShmException failed) {
                                    lost.set(true);
                                }
                            });
            byte[] one = new byte[1];
            for (int i = 0; i < rounds; i++) {
                byte[] old = one.clone();
                one[0]++;
                assertThat(ours.replace(2, old, one)).isEqualTo(new Replaced.Done(true));
            }
            neighbour.join();
            assertThat(lost).isFalse();
            assertThat(ours.word(0)).isEqualTo((rounds & 0xffL) << 16 | (rounds & 0xffL) << 40);
        }
    }

    @Test
    void skipsPagesThatNobodyTouched() throws Exception {
        try (Scratch scratch = scratch(10 * 4096);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(3 * 4096, new byte[] {7}, 0, 1);
            byte[] into = new byte[3 * 4096];
            java.util.Arrays.fill(into, (byte) -1);
            boolean[] read = segment.readResident(2 * 4096 + 100, into, 0, into.length);
            assertThat(read).containsExactly(false, true, false, false);
            assertThat(into[4096 - 100]).isEqualTo((byte) 7);
            into[4096 - 100] = 0;
            assertThat(into).containsOnly(0);
            assertThat(host.facts(scratch.id()).rssBytes()).isEqualTo(4096);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 1021, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1})
    void readsResidentBytesOfAnySize(int size) throws Exception {
        try (Scratch scratch = scratch(size);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] random = new byte[size];
            new Random(size).nextBytes(random);
            segment.write(0, random, 0, size);
            byte[] back = new byte[size];
            boolean[] read = segment.readResident(0, back, 0, size);
            assertThat(read).hasSize((size + 4095) / 4096).containsOnly(true);
            assertThat(back).isEqualTo(random);
        }
    }
}
