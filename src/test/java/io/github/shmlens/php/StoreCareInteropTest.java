package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What PHP itself makes of a store that was repaired or wiped here.
final class StoreCareInteropTest {

    private static final int SIZE = 4096;

    private static final String SERVANT =
            """
            $shm = shm_attach((int) $argv[1], 4096);
            say('ready');
            while (true) {
                [$verb, $key, $code] = explode(' ', hear(), 3) + ['', '', ''];
                $key = (int) $key;
                say(match ($verb) {
                    'put' => var_export(shm_put_var($shm, $key, eval("return $code;")), true),
                    'get' => var_export(shm_get_var($shm, $key), true),
                    'has' => var_export(shm_has_var($shm, $key), true),
                    'remove' => var_export(shm_remove_var($shm, $key), true),
                });
            }
            """;

    private final SegmentSource host = new HostSegments();
    private SegmentId id;
    private AttachedSegment segment;
    private StoreCare care;
    private PhpStore store;
    private int key;

    @BeforeEach
    void makeASegment() throws Exception {
        key = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        id = host.create(new Target.Key(new SegmentKey(key)), SIZE, Mode.DEFAULT, false).id();
        segment = host.attach(id, Access.READ_WRITE);
        care = new StoreCare(host, segment);
        store = new PhpStore(segment);
    }

    @AfterEach
    void removeIt() throws Exception {
        segment.close();
        host.remove(id);
    }

    private Php php() {
        Php php = Php.start(SERVANT, Integer.toString(key));
        assertThat(php.line()).isEqualTo("ready");
        return php;
    }

    private static List<String> damaged() {
        return Dumps.damaged().stream()
                .filter(name -> Dumps.bytes(name).length == 1024)
                .filter(name -> Repair.of(Dumps.reading(name)) instanceof Repair.Plan)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void phpPutsGetsAndRemovesInARepairedStore(String name) throws Exception {
        byte[] bytes = Dumps.bytes(name);
        segment.write(0, bytes, 0, bytes.length);
        // The dumps are 1024 bytes long, and so their stores say.
        care.repair((Repair.Plan) care.plan());
        List<Slot> kept = List.copyOf(store.read().slots());

        try (Php php = php()) {
            assertThat(php.ask("put 77 'x'")).isEqualTo("true");
            assertThat(php.ask("put 78 str_repeat('y', 100)")).isEqualTo("true");
            assertThat(php.ask("put 77 'longer than before'")).isEqualTo("true");
            assertThat(php.ask("get 77")).isEqualTo("'longer than before'");
            for (Slot slot : kept) {
                assertThat(php.ask("has " + slot.key())).isEqualTo("true");
            }
            for (Slot slot : kept) {
                assertThat(php.ask("remove " + slot.key())).isEqualTo("true");
            }
            assertThat(php.ask("remove 78")).isEqualTo("true");
        }
        StoreReading after = store.read();
        assertThat(after.structuralProblems()).extracting(Problem::code).isEmpty();
        assertThat(after.slots()).extracting(Slot::key).containsExactly(77L);
    }

    @Test
    void whatPhpRemovedIsAGhostUntilItIsWipedAndPhpGoesOn() throws Exception {
        try (Php php = php()) {
            php.ask("put 1 'stays'");
            php.ask("put 2 'a secret'");
            php.ask("remove 2");

            assertThat(care.ghosts().found())
                    .singleElement()
                    .satisfies(ghost -> {
                        assertThat(ghost.kind()).isEqualTo(Ghost.Kind.REMOVED);
                        assertThat(ghost.slot().key()).isEqualTo(2);
                    });

            assertThat(care.wipe(false).freeBytes()).isPositive();

            assertThat(care.ghosts().found()).isEmpty();
            byte[] all = new byte[SIZE];
            segment.read(0, all, 0, SIZE);
            assertThat(new String(all, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
            assertThat(php.ask("get 1")).isEqualTo("'stays'");
            assertThat(php.ask("put 2 'new'")).isEqualTo("true");
            assertThat(php.ask("get 2")).isEqualTo("'new'");
        }
    }
}
