package io.github.shmlens.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The Java API and real PHP, on one segment.
final class SharedStorePhpTest {

    private static final int ROUNDS = 100_000;

    private final HostSegments host = new HostSegments();
    private final SegmentKey key =
            new SegmentKey(ThreadLocalRandom.current().nextInt(1 << 20, Integer.MAX_VALUE));

    @AfterEach
    void removeSegment() throws Exception {
        SegmentId id = host.resolve(new Target.Key(key)).id();
        if (id != null) {
            host.remove(id);
        }
        host.removeLock(key);
    }

    private SharedStore open() throws Exception {
        return SharedStore.open(key.hex(), StoreOptions.readWrite().create(8192));
    }

    @Test
    void valuesGoBothWays() throws Exception {
        try (SharedStore store = open()) {
            store.put(1, Map.of("list", List.of(1, 2.5, true), "text", "grün"));
            store.putKryo(2, List.of('c', 1));
            String said =
                    Php.run(
                            """
                            $shm = shm_attach((int) $argv[1]);
                            var_dump(shm_get_var($shm, 1) == ['list' => [1, 2.5, true], 'text' => 'grün']);
                            shm_put_var($shm, 3, ['a' => null, 5 => -1.5]);
                            shm_put_var($shm, 4, shm_get_var($shm, 2));
                            shm_remove_var($shm, 2);
                            """,
                            key.unsigned());
            assertThat(said).isEqualTo("bool(true)\n");
            assertThat(store.get(3, Map.class).orElseThrow())
                    .hasSize(2)
                    .containsEntry("a", null)
                    .containsEntry(5L, -1.5);
            assertThat(store.get(4).orElseThrow().toJava()).isEqualTo(List.of('c', 1));
            assertThat(store.contains(2)).isFalse();
        }
    }

    /// PHP writes as fast as it can, two values of one size in turn, into two of four slots of one
    /// size, so that slots move all the time and the header always comes back to the same numbers.
    @Test
    void aValueIsNeverMixedNorAnotherSlots() throws Exception {
        try (SharedStore store = open();
                Php php =
                        Php.start(
                                """
                                $shm = shm_attach((int) $argv[1]);
                                for ($slot = 1; $slot <= 4; $slot++) {
                                    shm_put_var($shm, $slot, str_repeat("$slot" . 'a', 100));
                                }
                                say('ready');
                                stream_set_blocking(STDIN, false);
                                $rounds = 0;
                                while (fgets(STDIN) === false && !feof(STDIN)) {
                                    for ($i = 0; $i < 1000; $i++, $rounds++) {
                                        $slot = $i % 3 + 1;
                                        shm_put_var($shm, $slot, str_repeat($slot . ($i & 1 ? 'a' : 'b'), 100));
                                    }
                                }
                                say($rounds);
                                """,
                                key.unsigned())) {
            assertThat(php.line()).isEqualTo("ready");
            long[] seen = new long[5];
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            for (int i = 0; i < ROUNDS && System.nanoTime() < until; i++) {
                int slot = i % 4 + 1;
                Optional<String> value = store.get(slot, String.class);
                if (value.isEmpty()) {
                    // Taken out by PHP, which then had to wait long for its processor.
                    continue;
                }
                seen[slot]++;
                assertThat(value.get()).isIn((slot + "a").repeat(100), (slot + "b").repeat(100));
            }
            assertThat(Long.parseLong(php.ask("stop"))).isPositive();
            assertThat(seen[4]).isPositive();
            assertThat(seen[1]).isPositive();
        }
    }

    @Test
    void twoLanguagesCountUnderOneSemaphoreWithoutLosingACount() throws Exception {
        try (SharedStore store =
                        SharedStore.open(
                                key.hex(),
                                StoreOptions.readWrite()
                                        .create(1000)
                                        .lock(key, Duration.ofSeconds(30)));
                Php php =
                        Php.start(
                                """
                                $shm = shm_attach((int) $argv[1]);
                                $sem = sem_get((int) $argv[1]);
                                say('ready');
                                for ($i = 0; $i < 2000; $i++) {
                                    sem_acquire($sem);
                                    shm_put_var($shm, 1, shm_get_var($shm, 1) + 1);
                                    sem_release($sem);
                                }
                                say('done');
                                hear();
                                """,
                                key.unsigned())) {
            store.put(1, 0);
            assertThat(php.line()).isEqualTo("ready");
            for (int i = 0; i < 2000; i++) {
                store.exclusively(() -> {
                    store.put(1, store.get(1, Long.class).orElseThrow() + 1);
                    return true;
                });
            }
            assertThat(php.line()).isEqualTo("done");
            assertThat(store.get(1, Long.class)).contains(4000L);
        }
    }

    @Test
    void theSampleOfTheReadmeRuns() throws Exception {
        Path samples = Path.of("src/site/samples");
        Process sample =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                samples.resolve("Exchange.java").toString(),
                                key.hex())
                        .redirectErrorStream(true)
                        .start();
        sample.getOutputStream().close();
        String said = new String(sample.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sample.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("PHP found: Hello from Java")
                .contains("Java found: Hello from PHP")
                .contains("Java found: {sum=3.5, from=PHP 8")
                .contains("Java found: Visit[page=/home, count=3]");
        assertThat(host.resolve(new Target.Key(key)).id()).isNull();
    }
}
