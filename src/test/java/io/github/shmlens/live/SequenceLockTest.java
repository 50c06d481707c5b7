package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Compiling;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.OwnSegments;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SequenceLockTest {

    private static final int SHORT = 100_000;

    private static final int SAMPLES = Integer.getInteger("sequence.samples", SHORT);

    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("sequence.seconds", 60));

    private static final int WORDS = Integer.getInteger("sequence.words", 16);

    /// What the writer of the longer test does between two writes, in turns of a loop.
    private static final int TURNS = Integer.getInteger("sequence.turns", 0);

    /// Writes one number into all words, again and again, until it is killed; between two writes it
    /// goes through a loop so many times.
    private static final String WRITER =
            """
            #include <stdatomic.h>
            #include <stdlib.h>
            #include <sys/shm.h>
            #include <unistd.h>
            struct record { _Atomic unsigned sequence; unsigned pad; volatile unsigned long long w[]; };
            int main(int argc, char **argv) {
                struct record *r = shmat(shmget(strtol(argv[1], 0, 10), 0, 0), 0, 0);
                if (r == (void *)-1) return 1;
                int turns = atoi(argv[2]), words = atoi(argv[3]);
                alarm(600);
                for (unsigned long long i = 1;; i++) {
                    unsigned s = atomic_load_explicit(&r->sequence, memory_order_relaxed);
                    atomic_store_explicit(&r->sequence, s + 1, memory_order_relaxed);
                    atomic_thread_fence(memory_order_release);
                    for (int k = 0; k < words; k++) r->w[k] = i;
                    atomic_store_explicit(&r->sequence, s + 2, memory_order_release);
                    if (turns) for (volatile int k = 0; k < turns; k++) { }
                }
            }
            """;

    @Test
    void noTornCopyOfARunningProducerIsTakenForWhole(@TempDir Path folder) throws Exception {
        Compiling.needs("gcc");
        Path source = Files.writeString(folder.resolve("writer.c"), WRITER);
        Path program = folder.resolve("writer");
        Compiling.run(folder, "gcc", "-O2", "-o", program.toString(), source.toString());
        try (OwnSegments own = new OwnSegments(new HostSegments())) {
            String key = Integer.toString(own.create(8 + WORDS * Long.BYTES).value());
            AttachedSegment segment = own.attachLast();
            Process writer =
                    new ProcessBuilder(
                                    program.toString(),
                                    key,
                                    Integer.toString(TURNS),
                                    Integer.toString(WORDS))
                            .inheritIO()
                            .start();
            try {
                sample(segment, writer);
            } finally {
                writer.destroyForcibly().waitFor();
            }
        }
    }

    private static void sample(AttachedSegment segment, Process writer) throws ShmException {
        SequenceLock lock = SequenceLock.of(segment, new SequenceLock.Counter(0, 4));
        byte[] copy = new byte[WORDS * Long.BYTES];
        ByteBuffer words = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        long begun = System.nanoTime();
        int whole = 0;
        int tornWithout = 0;
        long last = 0;
        while (whole < SAMPLES || tornWithout == 0) {
            segment.read(8, copy, 0, copy.length);
            tornWithout += equal(words) ? 0 : 1;
            if (lock.tryRead(8, copy, copy.length)) {
                whole++;
                assertThat(equal(words)).isTrue();
                assertThat(words.getLong(0)).isGreaterThanOrEqualTo(last);
                last = words.getLong(0);
            }
            assertThat(writer.isAlive()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
        }
        if (SAMPLES > SHORT) {
            // The longer command is there to tell.
            System.out.printf(
                    Locale.ROOT,
                    "%,d copies shown, none torn; %,d made for them (%.1f %% again); without the"
                            + " sequence %,d of as many were torn; %,d ms%n",
                    whole,
                    lock.reads(),
                    100.0 * lock.repeated() / lock.reads(),
                    tornWithout,
                    (System.nanoTime() - begun) / 1_000_000);
        }
        // Without the lock the same reader saw torn ones.
        assertThat(tornWithout).isPositive();
        assertThat(lock.repeated()).isPositive();
    }

    private static boolean equal(ByteBuffer words) {
        long first = words.getLong(0);
        boolean equal = true;
        for (int i = 1; i < WORDS; i++) {
            equal &= words.getLong(i * Long.BYTES) == first;
        }
        return equal;
    }

    @Test
    void aCopyUnderAnOddCounterIsNotWhole() throws ShmException {
        FakeSegment segment = FakeSegment.of(new byte[] {3, 0, 0, 0, 9, 9, 9, 9});
        SequenceLock lock = SequenceLock.of(segment, new SequenceLock.Counter(0, 4));
        assertThat(lock.read(4, new byte[4], 4, 5)).isFalse();
        assertThat(lock.reads()).isEqualTo(5);
        assertThat(lock.repeated()).isEqualTo(5);
    }

    @Test
    void aPairOfCountersIsWholeWhenTheyAreEqual() throws ShmException {
        byte[] bytes = {7, 0, 7, 0, 1, 2, 3, 4};
        byte[] copy = new byte[4];
        SequenceLock lock =
                SequenceLock.ofPair(
                        FakeSegment.of(bytes),
                        new SequenceLock.Counter(0, 2),
                        new SequenceLock.Counter(2, 2));
        assertThat(lock.tryRead(4, copy, 4)).isTrue();
        assertThat(copy).containsExactly(1, 2, 3, 4);
        SequenceLock apart =
                SequenceLock.ofPair(
                        FakeSegment.of(new byte[] {8, 0, 7, 0, 1, 2, 3, 4}),
                        new SequenceLock.Counter(0, 2),
                        new SequenceLock.Counter(2, 2));
        assertThat(apart.tryRead(4, copy, 4)).isFalse();
    }
}
