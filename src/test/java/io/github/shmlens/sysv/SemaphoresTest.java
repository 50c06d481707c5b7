package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.testing.Php;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SemaphoresTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    /// Obeys: get, take, try, give, remove.
    private static final String SCRIPT =
            """
            $sem = sem_get((int) $argv[1]);
            say('ready');
            while (true) {
                switch (hear()) {
                    case 'take': say(sem_acquire($sem) ? 'yes' : 'no'); break;
                    case 'try': say(sem_acquire($sem, true) ? 'yes' : 'no'); break;
                    case 'give': say(sem_release($sem) ? 'yes' : 'no'); break;
                    case 'remove': say(sem_remove($sem) ? 'yes' : 'no'); break;
                }
            }
            """;

    private final HostSegments host = new HostSegments();
    private final SegmentKey key = new SegmentKey(new Random().nextInt() | 1);

    @AfterEach
    void removeTheSet() throws Exception {
        if (host.lock(key).isPresent()) {
            Php.run("sem_remove(sem_get((int) $argv[1]));", Integer.toString(key.value()));
        }
        assertThat(host.lock(key)).isEmpty();
    }

    private Php php() {
        Php php = Php.start(SCRIPT, Integer.toString(key.value()));
        assertThat(php.line()).isEqualTo("ready");
        return php;
    }

    private LockFacts facts() throws ShmException {
        return host.lock(key).orElseThrow();
    }

    private HeldLock held() throws ShmException {
        return host.hold(key, LONG).orElseThrow();
    }

    private void awaitWaiters(int count) throws ShmException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (facts().waiters() != count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void showsNothingWhereThereIsNoSet() throws Exception {
        assertThat(host.lock(key)).isEmpty();
    }

    @Test
    void makesAndInitialisesTheSetAsPhpDoes() throws Exception {
        try (HeldLock lock = held()) {
            assertThat(lock.key()).isEqualTo(key);
            LockFacts facts = facts();
            assertThat(facts.initialised()).isTrue();
            assertThat(facts.held()).isTrue();
            assertThat(facts.lastPid()).isEqualTo((int) ProcessHandle.current().pid());
        }
        assertThat(facts().value()).isEqualTo(1);
        assertThat(facts().initialised()).isFalse();
    }

    @Test
    void isHeldOnceAtATime() throws Exception {
        try (HeldLock lock = held()) {
            assertThat(host.hold(key, Duration.ZERO)).isEmpty();
            assertThat(host.hold(key, SHORT)).isEmpty();
            assertThat(lock.key()).isEqualTo(key);
        }
        held().close();
    }

    @Test
    void releasesOnlyOnce() throws Exception {
        HeldLock lock = held();
        lock.close();
        lock.close();
        assertThat(facts().value()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanAllowedWhilePhpHoldsIt() throws Exception {
        try (Php php = php()) {
            assertThat(php.ask("take")).isEqualTo("yes");
            assertThat(facts().held()).isTrue();
            assertThat(facts().lastPid()).isEqualTo((int) php.pid());
            long start = System.nanoTime();
            assertThat(host.hold(key, Duration.ofMillis(400))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(399), Duration.ofSeconds(5));
            assertThat(php.ask("give")).isEqualTo("yes");
            held().close();
        }
    }

    @Test
    void keepsPhpOutWhileWeHoldIt() throws Exception {
        try (Php php = php()) {
            HeldLock lock = held();
            assertThat(php.ask("try")).isEqualTo("no");
            lock.close();
            assertThat(php.ask("try")).isEqualTo("yes");
            assertThat(php.ask("give")).isEqualTo("yes");
        }
    }

    @Test
    void wakesPhpThatWaits() throws Exception {
        try (Php php = php()) {
            HeldLock lock = held();
            php.send("take");
            awaitWaiters(1);
            lock.close();
            assertThat(php.line()).isEqualTo("yes");
            assertThat(php.ask("give")).isEqualTo("yes");
        }
    }

    @Test
    void keepsOutPhpThatComesWhenAllOthersHaveLeft() throws Exception {
        Php first = php();
        HeldLock lock = held();
        first.close();
        try (Php second = php()) {
            // The second one would have set the lock free if nobody counted as a user.
            assertThat(second.ask("try")).isEqualTo("no");
            lock.close();
            assertThat(second.ask("try")).isEqualTo("yes");
            assertThat(second.ask("give")).isEqualTo("yes");
        }
    }

    @Test
    void getsWhatAKilledHolderHeld() throws Exception {
        try (Php php = php()) {
            assertThat(php.ask("take")).isEqualTo("yes");
            assertThat(host.hold(key, SHORT)).isEmpty();
            php.kill();
            held().close();
        }
    }

    /// We come first and initialise the set; `kill -9` is the only way we end without giving back.
    @Test
    void phpGetsWhatWeHeldWhenWeAreKilled() throws Exception {
        Process holder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                Integer.toString(key.value()))
                        .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("holds " + key.hex());
            assertThat(facts().lastPid()).isEqualTo(holder.pid());
            assertThat(facts().lastCommand()).isEqualTo("java");
            try (Php php = php()) {
                assertThat(php.ask("try")).isEqualTo("no");
                holder.destroyForcibly().waitFor();
                assertThat(php.ask("take")).isEqualTo("yes");
                assertThat(facts().value()).isZero();
                assertThat(php.ask("give")).isEqualTo("yes");
                assertThat(facts().value()).isEqualTo(1);
            }
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void keepsALargerLimitThatPhpLeftBehind() throws Exception {
        Php.run("sem_get((int) $argv[1], 3);", Integer.toString(key.value()));
        try (HeldLock one = held();
                HeldLock two = held()) {
            assertThat(facts().value()).isEqualTo(1);
            assertThat(one.key()).isEqualTo(two.key());
        }
        assertThat(facts().value()).isEqualTo(3);
    }

    @Test
    void goesOnWithANewSetWhenItsIsRemovedWhileItWaits() throws Exception {
        try (Php php = php()) {
            assertThat(php.ask("take")).isEqualTo("yes");
            CompletableFuture<Optional<HeldLock>> got = new CompletableFuture<>();
            Thread waiting =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    got.complete(host.hold(key, LONG));
                                } catch (ShmException refused) {
                                    got.completeExceptionally(refused);
                                }
                            });
            awaitWaiters(1);
            assertThat(php.ask("remove")).isEqualTo("yes");
            waiting.join();
            got.join().orElseThrow().close();
        }
    }

    @Test
    void releasesQuietlyWhenTheSetIsGone() throws Exception {
        try (Php php = php()) {
            HeldLock lock = held();
            assertThat(php.ask("remove")).isEqualTo("yes");
            lock.close();
            assertThat(host.lock(key)).isEmpty();
        }
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        try (HeldLock lock = held()) {
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread waiting =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    boolean empty = host.hold(key, LONG).isEmpty();
                                    interrupted.set(
                                            empty && Thread.currentThread().isInterrupted());
                                } catch (ShmException refused) {
                                    throw new AssertionError(refused);
                                }
                            });
            awaitWaiters(1);
            waiting.interrupt();
            waiting.join(Duration.ofSeconds(10));
            assertThat(interrupted).hasValue(true);
            assertThat(lock.key()).isEqualTo(key);
        }
    }

    @Test
    void letsOneAtATimeThroughAmongManyThreadsAndPhp() throws Exception {
        int rounds = 50;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            Thread.ofPlatform()
                    .start(() -> {
                        try {
                            for (int round = 0; round < rounds; round++) {
                                try (HeldLock lock = held()) {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    assertThat(lock.key()).isEqualTo(key);
                                    inside.decrementAndGet();
                                }
                            }
                        } catch (ShmException refused) {
                            most.set(99);
                        } finally {
                            done.countDown();
                        }
                    });
        }
        Php.run(
                "$s = sem_get((int) $argv[1]);"
                        + "for ($i = 0; $i < 50; $i++) { sem_acquire($s); sem_release($s); }",
                Integer.toString(key.value()));
        done.await();
        assertThat(most).hasValue(1);
        assertThat(facts().value()).isEqualTo(1);
    }

    @Test
    void refusesASetThatIsNotPhps() throws Exception {
        int semid = KERNEL.createSemaphores(key.value(), 1, 0600);
        try {
            assertThatExceptionOfType(ShmException.class)
                    .isThrownBy(() -> host.hold(key, SHORT))
                    .satisfies(refused ->
                            assertThat(refused.failure()).isInstanceOf(ShmFailure.NotFound.class));
            assertThat(facts().initialised()).isFalse();
        } finally {
            Segments.removeSemaphores(semid);
        }
    }

    @Test
    void refusesThePrivateKey() throws Exception {
        assertThatExceptionOfType(ShmException.class)
                .isThrownBy(() -> host.hold(SegmentKey.PRIVATE, SHORT));
        assertThat(host.lock(SegmentKey.PRIVATE)).isEmpty();
    }

    @Test
    void saysWhoMayTakeIt() throws Exception {
        int semid = KERNEL.createSemaphores(key.value(), 3, 0600);
        try {
            ShmFailure failure =
                    Unprivileged.run(() -> {
                        try {
                            return new ShmFailure.NotFound("taken: " + host.hold(key, SHORT), "");
                        } catch (ShmException refused) {
                            return refused.failure();
                        }
                    });
            assertThat(failure)
                    .isEqualTo(
                            new ShmFailure.AccessDenied(
                                    Semaphores.subject(key),
                                    "take the semaphore",
                                    "mode is 0600, owner root; otherwise it takes CAP_IPC_OWNER",
                                    "EACCES"));
        } finally {
            Segments.removeSemaphores(semid);
        }
    }
}
