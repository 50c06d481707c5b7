package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.OwnSegments;
import io.github.shmlens.testing.Php;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same calls on two segments that begin alike, one written by PHP and one by us: after every
/// call all their bytes are equal, stale ones too.
///
/// The one deliberate difference: where a new value does not fit, PHP has already lost the old one
/// and we still have it. That is asserted; then the old one is taken away, and the bytes are
/// compared again.
///
/// A usual run takes some hundred sequences; `installer/differential` takes as many as it is told.
@Tag("differential")
final class DifferentialTest {

    private static final int SEQUENCES = Integer.getInteger("differential.sequences", 300);
    private static final long SEED = Long.getLong("differential.seed", 20261125);

    /// PHP works on the next sequences while we repeat the last ones.
    private static final int AHEAD = 50;

    private static final int[] SIZES = {40, 80, 200, 333, 1021, 4096, 16_384};

    private static final long[] KEYS = {
        0, 1, 2, 3, -1, -2, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE, Long.MIN_VALUE
    };

    /// Each line is one sequence: which segment, what lies in it at first (as hex, cut behind the
    /// last byte that is not zero), and calls `pKEY:HEX`, `gKEY`, `hKEY` and `rKEY`. Answers with a
    /// result and the segment's hash for the beginning and each call.
    private static final String SERVANT =
            """
            class Point { public $x = 1; protected $y = 2; private $z = [3]; }
            class Child extends Point { private $z = 'mine'; public $next = null; }
            enum Suit { case Hearts; case Spades; }
            $segments = [];
            foreach (array_slice($argv, 1) as $pair) {
                [$key, $size] = explode('=', $pair);
                $segments[] = [(int) $key, (int) $size, shmop_open((int) $key, 'w', 0, 0)];
            }
            say('ready');
            while (true) {
                $calls = explode(' ', hear());
                [$key, $size, $bytes] = $segments[array_shift($calls)];
                shmop_write($bytes, str_pad(hex2bin(array_shift($calls)), $size, "\\0"), 0);
                $shm = shm_attach($key, $size);
                $answers = ['-' . hash('sha256', shmop_read($bytes, 0, $size))];
                foreach ($calls as $call) {
                    [$slot, $text] = explode(':', substr($call, 1)) + [1 => ''];
                    $slot = (int) $slot;
                    $answer = match ($call[0]) {
                        'p' => @shm_put_var($shm, $slot, unserialize(hex2bin($text))) ? 'y' : 'n',
                        'r' => @shm_remove_var($shm, $slot) ? 'y' : 'n',
                        'h' => shm_has_var($shm, $slot) ? 'y' : 'n',
                        'g' => shm_has_var($shm, $slot) ? md5(serialize(shm_get_var($shm, $slot))) : 'n',
                    };
                    $answers[] = $answer . '-' . hash('sha256', shmop_read($bytes, 0, $size));
                }
                shm_detach($shm);
                say(implode(' ', $answers));
            }
            """;

    private final SegmentSource host = new HostSegments();
    private final OwnSegments own = new OwnSegments(host);
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Php> running = new ArrayList<>();
    private int calls;
    private int refused;
    private int lostByPhpOnly;

    /// Two segments of one size; theirs is known by its key.
    private record Pair(SegmentKey theirs, AttachedSegment ours, int size) {}

    private enum Verb {
        PUT,
        REMOVE,
        HAS,
        GET
    }

    private record Call(Verb verb, long key, byte[] payload) {

        String line() {
            return switch (verb) {
                case PUT -> "p" + key + ":" + HexFormat.of().formatHex(payload);
                case REMOVE -> "r" + key;
                case HAS -> "h" + key;
                case GET -> "g" + key;
            };
        }
    }

    /// @param number of the sequence, for the one who reads a failure
    private record Sequence(int number, int which, byte[] start, List<Call> calls) {

        String line() {
            StringBuilder line = new StringBuilder();
            int used = start.length;
            while (used > 0 && start[used - 1] == 0) {
                used--;
            }
            line.append(which).append(' ').append(HexFormat.of().formatHex(start, 0, used));
            calls.forEach(call -> line.append(' ').append(call.line()));
            return line.toString();
        }
    }

    @AfterEach
    void removeWhatWeMade() throws ShmException {
        running.forEach(Php::close);
        own.close();
    }

    @Test
    void everyByteIsWhatPhpLeavesAfterEveryCall() throws Exception {
        for (int size : SIZES) {
            pairs.add(pair(size));
        }
        Php php =
                Php.start(
                        SERVANT,
                        pairs.stream()
                                .map(pair -> pair.theirs.value() + "=" + pair.size)
                                .toArray(String[]::new));
        running.add(php);
        assertThat(php.line()).isEqualTo("ready");

        long begun = System.nanoTime();
        Random random = new Random(SEED);
        RandomValues values = RandomValues.asPhpWrites(SEED);
        for (int done = 0; done < SEQUENCES; ) {
            List<Sequence> sequences = new ArrayList<>();
            for (; sequences.size() < AHEAD && done < SEQUENCES; done++) {
                sequences.add(sequence(done, random, values));
            }
            sequences.forEach(sequence -> php.send(sequence.line()));
            for (Sequence sequence : sequences) {
                repeat(sequence, List.of(php.line().split(" ", -1)));
            }
        }
        assertThat(refused).as("puts that did not fit").isPositive();
        assertThat(lostByPhpOnly).as("values that only PHP lost").isPositive();
        System.getLogger("differential")
                .log(
                        SEQUENCES > 1000 ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                        "%,d sequences, %,d calls, %,d did not fit, %,d of them lost a value in PHP only; seed %d, %.1f s"
                                .formatted(
                                        SEQUENCES,
                                        calls,
                                        refused,
                                        lostByPhpOnly,
                                        SEED,
                                        (System.nanoTime() - begun) / 1e9));
    }

    // ---- making calls ------------------------------------------------------------------------

    private Sequence sequence(int number, Random random, RandomValues values) {
        int which = random.nextInt(pairs.size());
        int size = pairs.get(which).size;
        byte[] start = new byte[size];
        if (random.nextInt(3) == 0) {
            // Not PHP's: shm_attach takes it for blank and leaves all but the header.
            random.nextBytes(start);
            start[0] = 'X';
        }
        List<Long> keys = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            keys.add(
                    random.nextInt(4) == 0 ? random.nextLong() : KEYS[random.nextInt(KEYS.length)]);
        }
        List<Call> list = new ArrayList<>();
        byte[] last = PhpEncoder.encode(PhpValue.NULL);
        for (int i = random.nextInt(30); i >= 0; i--) {
            long key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> list.add(new Call(Verb.REMOVE, key, last));
                case 2 -> list.add(new Call(Verb.HAS, key, last));
                case 3 -> list.add(new Call(Verb.GET, key, last));
                case 4 -> list.add(new Call(Verb.PUT, key, last));
                case 5, 6 -> {
                    // Around what fits: a byte more or less, or the whole segment.
                    last = PhpEncoder.encode(values.ofAbout(around(random, size)));
                    list.add(new Call(Verb.PUT, key, last));
                }
                default -> {
                    last = PhpEncoder.encode(values.next());
                    list.add(new Call(Verb.PUT, key, last));
                }
            }
        }
        return new Sequence(number, which, start, list);
    }

    private static int around(Random random, int size) {
        return switch (random.nextInt(3)) {
            case 0 -> size - 72 + random.nextInt(17) - 8;
            case 1 -> size / 2 - 32 + random.nextInt(17) - 8;
            default -> random.nextInt(size);
        };
    }

    // ---- repeating them ----------------------------------------------------------------------

    private void repeat(Sequence sequence, List<String> answers) throws Exception {
        Pair pair = pairs.get(sequence.which);
        PhpStore store = new PhpStore(pair.ours);
        pair.ours.write(0, sequence.start, 0, sequence.start.length);
        store.format();
        assertSame(sequence, 0, "the beginning", answers.getFirst());
        assertThat(answers).hasSize(sequence.calls.size() + 1);

        for (int i = 0; i < sequence.calls.size(); i++) {
            Call call = sequence.calls.get(i);
            String answer = answers.get(i + 1);
            String said = answer.substring(0, answer.indexOf('-'));
            assertThat(made(store, pair, call, said.equals("n")))
                    .as("sequence %d, call %d, %s", sequence.number, i, call)
                    .isEqualTo(said);
            assertSame(sequence, i, call.toString(), answer.substring(said.length()));
            calls++;
        }
        StoreReading reading = store.read();
        assertThat(reading.problems()).isEmpty();
    }

    private String made(PhpStore store, Pair pair, Call call, boolean theyRefused)
            throws Exception {
        return switch (call.verb) {
            case PUT -> put(store, pair, call, theyRefused) ? "y" : "n";
            case REMOVE -> store.unset(call.key) ? "y" : "n";
            case HAS -> store.read().slot(call.key).isPresent() ? "y" : "n";
            case GET ->
                    store.read()
                            .slot(call.key)
                            .map(slot -> hash("MD5", PhpEncoder.encode(value(slot))))
                            .orElse("n");
        };
    }

    private boolean put(PhpStore store, Pair pair, Call call, boolean theyRefused)
            throws Exception {
        byte[] before = bytes(pair.ours);
        try {
            store.put(call.key, call.payload);
            return true;
        } catch (ShmException doesNotFit) {
            assertThat(doesNotFit.failure()).isInstanceOf(ShmFailure.DoesNotFit.class);
            assertThat(bytes(pair.ours)).as("a refused put leaves every byte").isEqualTo(before);
            refused++;
            if (theyRefused && store.unset(call.key)) {
                lostByPhpOnly++;
            }
            return false;
        }
    }

    private void assertSame(Sequence sequence, int call, String what, String answer)
            throws ShmException {
        byte[] ours = bytes(pairs.get(sequence.which).ours);
        if (!answer.equals("-" + hash("SHA-256", ours))) {
            throw new AssertionError(
                    "seed %d, sequence %d, call %d (%s): the bytes differ\nours:\n%s"
                            .formatted(
                                    SEED,
                                    sequence.number,
                                    call,
                                    what,
                                    HexFormat.of().formatHex(ours)));
        }
    }

    private static byte[] bytes(AttachedSegment segment) throws ShmException {
        byte[] all = new byte[(int) segment.sizeBytes()];
        segment.read(0, all, 0, all.length);
        return all;
    }

    private static PhpValue value(Slot slot) {
        return switch (slot.decoded()) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private static String hash(String name, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private Pair pair(int size) throws Exception {
        SegmentKey theirs = own.create(size);
        own.create(size);
        return new Pair(theirs, own.attachLast(), size);
    }
}
