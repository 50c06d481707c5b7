package io.github.shmlens.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int EACH = 20_000;

    private final Turns turns = new Turns();
    private long left;
    private long right;

    @Test
    void noTwoHaveATurnAtOnceAlsoWhenOneIsInterrupted() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                boolean interrupted = thread == 3;
                all.add(
                        pool.submit(() -> {
                            if (interrupted) {
                                Thread.currentThread().interrupt();
                            }
                            for (int i = 0; i < EACH; i++) {
                                turns.take();
                                assertThat(turns.mine()).isTrue();
                                left++;
                                right--;
                                turns.end();
                                assertThat(turns.mine()).isFalse();
                            }
                            assertThat(Thread.interrupted()).isEqualTo(interrupted);
                        }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(left).isEqualTo(4 * EACH);
        assertThat(right).isEqualTo(-4 * EACH);
    }

    @Test
    void aLookThatNobodyCameBetweenSawOneMoment() throws Exception {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<?> writer =
                    pool.submit(() -> {
                        for (int i = 0; i < 50 * EACH; i++) {
                            turns.take();
                            left++;
                            right--;
                            turns.end();
                        }
                    });
            long believed = 0;
            while (!writer.isDone() || believed == 0) {
                long look = turns.look();
                long sum = left + right;
                if (look != 0 && turns.unchangedSince(look)) {
                    assertThat(sum).isZero();
                    believed++;
                }
            }
            writer.get();
        }
    }

    @Test
    void aLookDuringATurnOrOverOneIsWorthNothing() {
        long before = turns.look();
        assertThat(before).isNotZero();
        assertThat(turns.unchangedSince(before)).isTrue();
        turns.take();
        assertThat(turns.look()).isZero();
        assertThat(turns.unchangedSince(before)).isFalse();
        turns.end();
        assertThat(turns.unchangedSince(before)).isFalse();
        assertThat(turns.look()).isNotZero();
    }
}
