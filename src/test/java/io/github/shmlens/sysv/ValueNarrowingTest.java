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
import io.github.shmlens.source.Condition;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.Narrowing.Candidate;
import io.github.shmlens.source.SearchWatch;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.source.ValueType.Kind;
import io.github.shmlens.sysv.Segments.Scratch;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ValueNarrowingTest {

    private static final int MIB = 1 << 20;
    private static final SearchWatch PATIENT = (_, _) -> true;
    private static final ValueType INT32 = new ValueType(Kind.SIGNED, 4, ByteOrder.LITTLE_ENDIAN);
    private static final ValueType INT64 = new ValueType(Kind.SIGNED, 8, ByteOrder.LITTLE_ENDIAN);

    private final HostSegments host = new HostSegments();

    /// The same, over lists.
    private static List<Candidate> plain(
            List<Candidate> before, byte[] now, ValueType type, Condition condition) {
        List<Candidate> next = new ArrayList<>();
        for (Candidate one : before) {
            long bits = type.bits(now, (int) one.offset());
            if (condition.holds(type.rank(one.bits()), type.rank(bits))) {
                next.add(new Candidate(one.offset(), bits));
            }
        }
        return next;
    }

    private static List<Candidate> everyPlace(int from, int length, ValueType type, int alignment) {
        List<Candidate> all = new ArrayList<>();
        for (int at = from; at + type.widthBytes() <= length; at += alignment) {
            all.add(new Candidate(at, 0));
        }
        return all;
    }

    @Test
    void remainsWhatAPlainListWouldKeepInEveryType() throws Exception {
        Random random = new Random(7);
        // Around a border between two steps.
        int from = MIB - 16 * 4096;
        int length = MIB + 3 * 4096 + 77;
        try (Scratch scratch = scratch(length);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            for (ValueType type : ValueType.ALL) {
                int alignment = random.nextBoolean() ? 1 : type.widthBytes();
                byte[] bytes = new byte[length];
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) random.nextInt(3);
                }
                segment.write(0, bytes, 0, length);
                boolean snapshot = random.nextBoolean();
                Condition first =
                        snapshot
                                ? new Condition.Any()
                                : new Condition.Between(
                                        type.rank(type.bytes(0).length == 1 ? 1 : 0x01000000),
                                        type.rank(
                                                type.bits(new byte[] {2, 2, 2, 2, 2, 2, 2, 2}, 0)));
                try (Narrowing narrowing =
                        segment.narrowing(type, from, length - from, alignment)) {
                    List<Candidate> wanted =
                            plain(everyPlace(from, length, type, alignment), bytes, type, first);
                    assertThat(narrowing.narrow(first, PATIENT).remaining())
                            .as("%s", type)
                            .isEqualTo(wanted.size());
                    List<Condition> steps =
                            List.of(
                                    new Condition.Changed(),
                                    new Condition.Unchanged(),
                                    new Condition.Increased(),
                                    new Condition.Decreased());
                    for (int step = 0; step < 4; step++) {
                        Condition condition = steps.get((step + random.nextInt(2)) % 4);
                        int changes = step == 0 ? length / 50 : length / 3;
                        for (int i = 0; i < changes; i++) {
                            bytes[random.nextInt(length)] = (byte) random.nextInt(3);
                        }
                        segment.write(0, bytes, 0, length);
                        wanted = plain(wanted, bytes, type, condition);
                        assertThat(narrowing.narrow(condition, PATIENT).remaining())
                                .as("%s, %s", type, condition)
                                .isEqualTo(wanted.size());
                        assertThat(narrowing.candidates(0, Integer.MAX_VALUE))
                                .as("%s, %s", type, condition)
                                .isEqualTo(wanted);
                    }
                }
            }
        }
    }

    @Test
    void findsACounterByWhatItDoes() throws Exception {
        try (Scratch scratch = scratch(8L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] noise = new byte[8 * MIB];
            new Random(3).nextBytes(noise);
            segment.write(0, noise, 0, noise.length);
            try (Narrowing narrowing = segment.narrowing(INT64, 0, 8L * MIB, 8)) {
                segment.putWord(5L * MIB + 16, 41);
                assertThat(narrowing.narrow(new Condition.Any(), PATIENT).remaining())
                        .isEqualTo(MIB);
                segment.putWord(5L * MIB + 16, 42);
                segment.putWord(64, -1);
                assertThat(narrowing.narrow(new Condition.Changed(), PATIENT).remaining())
                        .isEqualTo(2);
                segment.putWord(5L * MIB + 16, 43);
                assertThat(narrowing.narrow(new Condition.Increased(), PATIENT).remaining())
                        .isEqualTo(1);
                assertThat(narrowing.candidates(0, 10))
                        .containsExactly(new Candidate(5L * MIB + 16, 43));

                assertThat(narrowing.undo()).isTrue();
                assertThat(narrowing.steps()).isEqualTo(2);
                assertThat(narrowing.candidates(0, 10))
                        .containsExactly(new Candidate(64, -1), new Candidate(5L * MIB + 16, 42));
                assertThat(narrowing.candidates(1, 1))
                        .containsExactly(new Candidate(5L * MIB + 16, 42));
                assertThat(narrowing.undo()).as("a second time").isFalse();
            }
        }
    }

    @Test
    void aStepThatIsStoppedWasNotTaken() throws Exception {
        try (Scratch scratch = scratch(8L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(0, new byte[8 * MIB], 0, 8 * MIB);
            try (Narrowing narrowing = segment.narrowing(INT32, 0, 8L * MIB, 4)) {
                narrowing.narrow(new Condition.Any(), PATIENT);
                Narrowing.Step step = narrowing.narrow(new Condition.Changed(), (_, _) -> false);
                assertThat(step).isEqualTo(new Narrowing.Step(false, 2L * MIB, 0));
                assertThat(narrowing.steps()).isEqualTo(1);
                assertThat(narrowing.remaining()).isEqualTo(2L * MIB);
            }
        }
    }

    @Test
    void commitsNoPageThatNobodyTouched() throws Exception {
        try (Scratch scratch = scratch(64L * MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            for (long at = 0; at < 64L * MIB; at += 9L * MIB) {
                segment.putWord(at + 8, 5);
            }
            long before = host.facts(scratch.id()).rssBytes();
            try (Narrowing narrowing = segment.narrowing(INT64, 0, 64L * MIB, 8)) {
                Narrowing.Step first = narrowing.narrow(new Condition.Any(), PATIENT);
                assertThat(first.remaining()).isEqualTo(8 * 512);
                assertThat(first.skippedBytes()).isEqualTo(64L * MIB - 8 * 4096);
                narrowing.narrow(new Condition.Unchanged(), PATIENT);
                narrowing.narrow(new Condition.Between(5, 5), PATIENT);
                assertThat(narrowing.remaining()).isEqualTo(8);
            }
            assertThat(host.facts(scratch.id()).rssBytes()).isEqualTo(before);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheStepBeforeStays() throws Exception {
        try (Scratch scratch = scratch(4L * MIB);
                MappedSegment segment =
                        (MappedSegment) host.attach(scratch.id(), Access.READ_WRITE)) {
            segment.write(0, new byte[4 * MIB], 0, 4 * MIB);
            try (Narrowing narrowing =
                    new ValueNarrowing(segment, INT32, 0, 4L * MIB, 4, 3L * MIB, () -> {})) {
                assertThatExceptionOfType(ShmException.class)
                        .isThrownBy(() -> narrowing.narrow(new Condition.Any(), PATIENT))
                        .satisfies(thrown ->
                                assertThat(thrown.failure())
                                        .isInstanceOf(ShmFailure.LimitReached.class));
                assertThat(narrowing.steps()).isZero();
                segment.putWord(MIB, 9);
                assertThat(narrowing.narrow(new Condition.Between(9, 9), PATIENT).remaining())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aDetachDuringAStepIsAFailureAndNoCrash() throws Exception {
        try (Scratch scratch = scratch(8L * MIB)) {
            AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE);
            segment.write(0, new byte[8 * MIB], 0, 8 * MIB);
            try (Narrowing narrowing = segment.narrowing(INT32, 0, 8L * MIB, 4)) {
                narrowing.narrow(new Condition.Any(), PATIENT);
                SearchWatch detaching =
                        (_, _) -> {
                            segment.close();
                            return true;
                        };
                assertThatExceptionOfType(ShmException.class)
                        .isThrownBy(() -> narrowing.narrow(new Condition.Unchanged(), detaching))
                        .satisfies(thrown ->
                                assertThat(thrown.failure()).isInstanceOf(ShmFailure.Gone.class));
                assertThat(narrowing.candidates(0, 1)).hasSize(1);
            }
        }
    }

    @Test
    void whatAnObjectLostIsNoCandidateAnyMore() throws Exception {
        SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
        Path path = Path.of("/dev/shm" + id.name());
        host.create(new Target.Posix(id.name()), 3L * MIB, new Mode(0600), false);
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE);
                Narrowing many = segment.narrowing(INT64, 0, 3L * MIB, 8);
                Narrowing few = segment.narrowing(INT64, 0, 3L * MIB, 8)) {
            segment.putWord(8, 5);
            segment.putWord(2L * MIB + 8, 5);
            many.narrow(new Condition.Any(), PATIENT);
            few.narrow(new Condition.Between(5, 5), PATIENT);
            assertThat(few.remaining()).isEqualTo(2);
            assertThat(many.remaining()).as("the two pages that are there").isEqualTo(1024);
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(MIB + 4);
            }
            assertThat(many.narrow(new Condition.Unchanged(), PATIENT).remaining()).isEqualTo(512);
            few.narrow(new Condition.Unchanged(), PATIENT);
            assertThat(few.candidates(0, 10)).containsExactly(new Candidate(8, 5));
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
