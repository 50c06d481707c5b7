package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.OwnSegments;
import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real segment, real PHP on one side and us on the other.
final class PhpInteropTest {

    private static final int SEGMENT_BYTES = 8192;

    /// Obeys one line after the other: `put N key code`, `get N key`, `has N key`, `same N key
    /// code` and `remove N key`, where N says which of two segments. Answers in one line.
    private static final String SERVANT =
            """
            class Point { public $x = 1; protected $y = 2; private $z = [3]; }
            class Child extends Point { private $z = 'mine'; public ?Child $next = null; }
            enum Suit: string { case Hearts = 'H'; case Spades = 'S'; }
            class Old implements Serializable {
                public $d;
                function serialize() { return $this->d; }
                function unserialize($d) { $this->d = $d; }
                function __serialize(): array { return [$this->d]; }
                function __unserialize(array $d): void { $this->d = $d[0]; }
            }
            $shms = [shm_attach((int) $argv[1], (int) $argv[3]), shm_attach((int) $argv[2], (int) $argv[3])];
            say('ready');
            while (true) {
                [$verb, $which, $key, $code] = explode(' ', hear(), 4) + ['', '', '', ''];
                $shm = $shms[$which]; $key = (int) $key;
                say(match ($verb) {
                    'put' => var_export(shm_put_var($shm, $key, eval("return $code;")), true),
                    'get' => bin2hex(serialize(shm_get_var($shm, $key))),
                    'has' => var_export(shm_has_var($shm, $key), true),
                    'same' => var_export(shm_get_var($shm, $key) === eval("return $code;"), true),
                    'remove' => var_export(shm_remove_var($shm, $key), true),
                });
            }
            """;

    private final SegmentSource host = new HostSegments();
    private final OwnSegments own = new OwnSegments(host);
    private final List<AttachedSegment> attached = new ArrayList<>();

    private Php php;
    private PhpStore store;
    private SegmentKey first = SegmentKey.PRIVATE;

    @BeforeEach
    void startPhpOnTwoSegments() throws Exception {
        first = own.create(SEGMENT_BYTES);
        attached.add(own.attachLast());
        SegmentKey second = own.create(SEGMENT_BYTES);
        attached.add(own.attachLast());
        php =
                Php.start(
                        SERVANT,
                        Integer.toString(first.value()),
                        Integer.toString(second.value()),
                        Integer.toString(SEGMENT_BYTES));
        assertThat(php.line()).isEqualTo("ready");
        store = new PhpStore(attached.getFirst());
    }

    @AfterEach
    void removeWhatWeMade() throws Exception {
        php.close();
        own.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "null | null | null",
                "true | bool | true",
                "-42 | int | -42",
                "PHP_INT_MIN | int | -9223372036854775808",
                "0.1 | float | 0.1",
                "-NAN | float | NAN",
                "\"h\\u{e9}llo\" | string | \"héllo\"",
                "\"\\0\\xff\" | string | \"\\x00\\xff\"",
                "[1, 'k' => [true, null]] | array | [0: 1, k: [true, null]]",
                "new Point | object | Point {x: 1, y: 2, z: [3]}",
                "new Child | object | Child {x: 1, y: 2, z: [3], z: \"mine\", next: null}",
                "Suit::Hearts | enum | Suit::Hearts",
                "(fn($o) => [$o, $o])(new stdClass) | array | [stdClass {}, → 2]",
            })
    void decodesWhatPhpPuts(String code, String type, String line) throws Exception {
        assertThat(php.ask("put 0 7 " + code)).isEqualTo("true");

        PhpValue value = value(store.read().slot(7).orElseThrow());
        assertThat(value.typeName()).isEqualTo(type);
        assertThat(PhpText.oneLine(value, 200)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NULL | ~~ | null",
                "BOOL | true | true",
                "BOOL | 0 | false",
                "INT | -5 | -5",
                "INT | 0x7fffffffffffffff | PHP_INT_MAX",
                "FLOAT | 0.1 | 0.1",
                "FLOAT | 1e25 | 1e25",
                "FLOAT | -inf | -INF",
                "STRING | héllo | \"h\\u{e9}llo\"",
                "STRING | ~~ | ''",
                "JSON | [1,2.5,\"x\",null,true] | [1, 2.5, 'x', null, true]",
                "JSON | {\"5\":\"five\",\"05\":{\"a\":[]}} | [5 => 'five', '05' => ['a' => []]]",
                "JSON | 9007199254740993 | 9007199254740993",
                "PHP | a:1:{s:1:\"k\";d:0.5;} | ['k' => 0.5]",
                "PHP | E:11:\"Suit:Spades\"; | Suit::Spades",
            })
    void phpGetsExactlyWhatWePut(TypedInput.As as, String typed, String code) throws Exception {
        store.put(-3, TypedInput.payload(as, typed.getBytes(StandardCharsets.UTF_8)));

        assertThat(php.ask("same 0 -3 " + code)).isEqualTo("true");
    }

    @Test
    void phpGetsItsObjectsBackFromTheValueWeDecodedAndEncoded() throws Exception {
        php.ask("put 0 1 (fn($c) => [$c, $c, Suit::Hearts, Suit::Hearts, 1e-9])(new Child)");
        String before = php.ask("get 0 1");

        store.put(2, PhpEncoder.encode(value(store.read().slot(1).orElseThrow())));

        assertThat(php.ask("get 0 2")).isEqualTo(before);
    }

    @Test
    void phpFindsNoSlotThatWeUnset() throws Exception {
        php.ask("put 0 1 'one'");
        php.ask("put 0 2 'two'");

        assertThat(store.unset(1)).isTrue();

        assertThat(php.ask("has 0 1")).isEqualTo("false");
        assertThat(php.ask("same 0 2 'two'")).isEqualTo("true");
    }

    @Test
    void weFindNoSlotThatPhpRemoved() throws Exception {
        store.put(1, bytes("s:3:\"one\";"));

        assertThat(php.ask("remove 0 1")).isEqualTo("true");

        assertThat(store.read().slots()).isEmpty();
    }

    @Test
    void phpUsesTheStoreThatWeFormatted() throws Exception {
        AttachedSegment segment = attached.getFirst();
        segment.write(0, new byte[SEGMENT_BYTES], 0, SEGMENT_BYTES);
        store.format();

        php.ask("put 0 1 [1, 2, 3]");

        assertThat(bytes(0)).isEqualTo(bytesAfter("put 1 1 [1, 2, 3]", 1));
    }

    @Test
    void aStoreThatBothWriteHasTheBytesOfOneThatOnlyPhpWrote() throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 600; i++) {
            long key = random.nextInt(12) - 3;
            boolean put = random.nextInt(3) > 0;
            String text = "x".repeat(random.nextInt(300));
            String call = put ? "put %d " + key + " '" + text + "'" : "remove %d " + key;
            if (!put && store.read().slot(key).isEmpty()) {
                continue;
            }
            boolean ours = random.nextBoolean();
            if (!ours) {
                php.ask(call.formatted(0));
            } else if (put) {
                store.put(key, PhpEncoder.encode(PhpValue.Str.of(text)));
            } else {
                store.unset(key);
            }
            assertThat(bytes(0))
                    .as("step %d, by %s: %s", i, ours ? "us" : "php", call)
                    .isEqualTo(bytesAfter(call.formatted(1), 1));
        }
    }

    @Test
    void readsWholeStoresWhilePhpWrites() throws Exception {
        try (Php writer =
                Php.start(
                        """
                        $shm = shm_attach((int) $argv[1]);
                        say('ready');
                        stream_set_blocking(STDIN, false);
                        for ($i = 0; fgets(STDIN) === false && !feof(STDIN); $i++)
                            shm_put_var($shm, $i % 5, str_repeat(chr(65 + $i % 26), $i % 200));
                        say('done');
                        """,
                        Integer.toString(first.value()))) {
            writer.line();
            int whole = 0;
            for (int i = 0; i < 100; i++) {
                StoreReading reading = store.read();
                if (reading.problems().isEmpty()) {
                    whole++;
                    assertThat(reading.slots())
                            .allSatisfy(slot ->
                                    assertThat(slot.decoded()).isInstanceOf(Decoded.Value.class));
                }
            }
            assertThat(whole).isGreaterThan(20);
            assertThat(writer.ask("stop")).isEqualTo("done");
        }
    }

    private byte[] bytesAfter(String call, int which) throws ShmException {
        php.ask(call);
        return bytes(which);
    }

    private byte[] bytes(int which) throws ShmException {
        byte[] all = new byte[SEGMENT_BYTES];
        attached.get(which).read(0, all, 0, all.length);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PhpValue value(Slot slot) {
        return switch (slot.decoded()) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }
}
