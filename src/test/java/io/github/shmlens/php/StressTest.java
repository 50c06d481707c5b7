package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.OwnSegments;
import io.github.shmlens.testing.Php;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// PHP processes and processes of ours write one store under one semaphore. Nobody loses a value;
/// and one that is killed at any moment leaves a store of which every fault has a name.
///
/// A usual run is a short one; `installer/stress` takes as long as it is told.
@Tag("stress")
final class StressTest {

    private static final long OPERATIONS = Long.getLong("stress.operations", 1200);
    private static final int KILLS = Integer.getInteger("stress.kills", 3);
    private static final int PHP_WRITERS = Integer.getInteger("stress.php", 2);
    private static final int OUR_WRITERS = Integer.getInteger("stress.ours", 1);
    private static final long SEED = Long.getLong("stress.seed", 20261125);

    // The store: a count that all share, and some slots for each writer. It is too small for what
    // they hold on average, so that in any run some of it does not fit. Where writers are killed,
    // values are large, so that much of their time they are in the middle of one.
    static final long COUNT = 7;
    static final int SLOTS = 8;
    static final int WRITERS = PHP_WRITERS + OUR_WRITERS;
    private static final int SMALL = 260;
    private static final int LARGE = 60_000;

    // The board, in a segment of its own: who is inside (counted from 1), how often somebody died
    // there, and how often the store was begun anew.
    static final int INSIDE = 0;
    static final int DEATHS = 8;
    static final int GENERATION = 16;
    private static final int BOARD_BYTES = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The findings a store can have.
    private static final Set<String> CODES =
            Set.of(
                    "too-short",
                    "magic",
                    "start-below-header",
                    "start-not-40",
                    "end-before-start",
                    "end-beyond-segment",
                    "total-beyond-segment",
                    "total-below-end",
                    "free-negative",
                    "free-too-large",
                    "sum-mismatch",
                    "chain-leaves-segment",
                    "slot-header-crosses-end",
                    "duplicate-key",
                    "length-negative",
                    "length-beyond-end",
                    "length-over-next",
                    "payload-empty",
                    "payload-invalid",
                    "payload-trailing",
                    "next-not-positive",
                    "next-beyond-end",
                    "next-unaligned",
                    "next-not-canonical");

    /// The same as [StressWriter], in PHP.
    private static final String WRITER =
            """
            [, $key, $boardKey, $me, $limit, $seed, $pad, $writers, $slots, $count] = array_map('intval', $argv);
            $shm = shm_attach($key);
            $sem = sem_get($key);
            $board = shmop_open($boardKey, 'w', 0, 0);
            function word($at) { global $board; return unpack('q', shmop_read($board, $at, 8))[1]; }
            function lost($what) { say("lost: $what"); exit(1); }
            function text($slot) { global $shm; return shm_has_var($shm, $slot) ? shm_get_var($shm, $slot) : null; }
            function sealed($text) {
                $mark = is_string($text) ? strrpos($text, '#') : false;
                return $mark !== false && substr($text, $mark + 1) === (string) crc32(substr($text, 0, $mark));
            }
            mt_srand($seed);
            stream_set_blocking(STDIN, false);
            $mine = []; $generation = $deaths = -1; $counted = $ops = $full = $hurt = 0;
            say('ready');
            while (true) {
                if ($ops % 16 == 0 && fgets(STDIN) === false && feof(STDIN)) break;
                sem_acquire($sem);
                if (word(0) != 0) { sem_release($sem); usleep(300); continue; }
                shmop_write($board, pack('q', $me), 0);
                [$d, $g] = [word(8), word(16)];
                if ($g != $generation) {
                    $generation = $g; $mine = [];
                    for ($i = 0; $i < $slots; $i++) @shm_remove_var($shm, $me * 100 + $i);
                } else if ($d != $deaths) {
                    for ($i = 0; $i < $slots; $i++)
                        if (@text($me * 100 + $i) !== ($mine[$i] ?? null)) {
                            $hurt++; unset($mine[$i]); @shm_remove_var($shm, $me * 100 + $i);
                        }
                }
                if ($d != $deaths) { $deaths = $d; $counted = 0; }
                $total = text($count);
                if ($total === null || (int) $total < $counted) lost("the count is " . var_export($total, true) . " where it was $counted");
                $total = (int) $total;
                if ($total >= $limit) { shmop_write($board, pack('q', 0), 0); sem_release($sem); break; }
                $i = mt_rand(0, $slots - 1);
                $slot = $me * 100 + $i;
                $now = text($slot);
                if ($now !== ($mine[$i] ?? null))
                    lost("slot $slot holds " . var_export($now, true) . ' where ' . var_export($mine[$i] ?? null, true) . ' was put');
                $other = mt_rand(1, $writers) * 100 + mt_rand(0, $slots - 1);
                $theirs = text($other);
                if ($theirs !== null && $d == 0 && !sealed($theirs)) lost("slot $other of another holds " . var_export($theirs, true));
                if (mt_rand(0, 4) == 0) {
                    if ($now !== null) shm_remove_var($shm, $slot);
                    unset($mine[$i]);
                } else {
                    $body = "$me:$ops:" . str_repeat(chr(mt_rand(97, 122)), mt_rand(0, $pad - 1));
                    $value = $body . '#' . crc32($body);
                    if (@shm_put_var($shm, $slot, $value)) $mine[$i] = $value;
                    // PHP has lost the old value.
                    else { $full++; unset($mine[$i]); }
                }
                $ops++;
                $counted = $total + 1;
                if (!shm_put_var($shm, $count, sprintf('%012d', $counted))) lost('no room for the count');
                shmop_write($board, pack('q', 0), 0);
                sem_release($sem);
            }
            say("done $ops $full $hurt");
            """;

    private final SegmentSource host = new HostSegments();
    private final OwnSegments own = new OwnSegments(host);
    private final List<Writer> writers = new ArrayList<>();
    private final Random random = new Random(SEED);

    private SegmentKey key = SegmentKey.PRIVATE;
    private SegmentKey boardKey = SegmentKey.PRIVATE;
    private AttachedSegment board;
    private PhpStore store;
    private int pad = SMALL;
    private long started;

    /// A process that writes.
    private sealed interface Writer extends AutoCloseable {

        String line();

        void kill();

        @Override
        void close();

        record OfPhp(Php php) implements Writer {
            @Override
            public String line() {
                return php.line();
            }

            @Override
            public void kill() {
                php.kill();
            }

            @Override
            public void close() {
                php.close();
            }
        }

        record OfOurs(Process process, BufferedReader output) implements Writer {
            @Override
            public String line() {
                try {
                    String line = output.readLine();
                    if (line == null) {
                        throw new AssertionError("a writer of ours ended without a word");
                    }
                    return line;
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            }

            @Override
            public void kill() {
                process.destroyForcibly();
                try {
                    process.waitFor();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void close() {
                kill();
            }
        }
    }

    static long slot(int writer, int which) {
        return writer * 100L + which;
    }

    /// Always as long, so that there is room for the next one.
    static String digits(long count) {
        return "%012d".formatted(count);
    }

    @AfterEach
    void endAndRemove() throws Exception {
        writers.forEach(Writer::close);
        own.close();
        host.removeLock(key);
    }

    @Test
    void nobodyLosesAValue() throws Exception {
        startAll(OPERATIONS);
        long begun = System.nanoTime();
        waitForCount(OPERATIONS);
        long operations = 0;
        long full = 0;
        List<Long> each = new ArrayList<>();
        for (Writer writer : writers) {
            String[] said = writer.line().split(" ", 2);
            assertThat(said[0]).as("%s", List.of(said)).isEqualTo("done");
            String[] numbers = said[1].split(" ", -1);
            operations += Long.parseLong(numbers[0]);
            each.add(Long.parseLong(numbers[0]));
            full += Long.parseLong(numbers[1]);
            assertThat(numbers[2]).as("values hurt").isEqualTo("0");
        }
        StoreReading reading = store.read();
        assertThat(reading.problems()).isEmpty();
        assertThat(operations).isEqualTo(OPERATIONS);
        assertThat(count(reading)).isEqualTo(OPERATIONS);
        assertThat(each).allSatisfy(one -> assertThat(one).isPositive());
        assertThat(full).as("puts that did not fit").isPositive();
        tell(
                "%,d operations by %d PHP writers and %d of ours (%s), %,d did not fit: no value lost, chain sound; seed %d, %.1f s"
                        .formatted(
                                operations,
                                PHP_WRITERS,
                                OUR_WRITERS,
                                each,
                                full,
                                SEED,
                                (System.nanoTime() - begun) / 1e9));
    }

    @Test
    @Tag("kill")
    void everyFaultThatAKilledWriterLeavesHasAName() throws Exception {
        startAll(Long.MAX_VALUE);
        long begun = System.nanoTime();
        Map<String, Integer> findings = new TreeMap<>();
        int inside = 0;
        int anew = 0;
        for (int i = 0; i < KILLS; i++) {
            int victim = victim();
            writers.get(victim).kill();
            try (HeldLock held = host.hold(key, PATIENCE).orElseThrow()) {
                StoreReading reading = store.read();
                List<Problem> problems = reading.problems();
                assertThat(problems)
                        .extracting(Problem::code)
                        .allSatisfy(code -> assertThat(CODES).contains(code));
                assertThat(problems).allSatisfy(one -> assertThat(one.message()).isNotEmpty());
                problems.forEach(one -> findings.merge(one.code(), 1, Integer::sum));
                int left = (int) board.word(INSIDE);
                if (left != 0 && left != victim + 1) {
                    throw new AssertionError(
                            "writer %d ended inside: %s"
                                    .formatted(left, writers.get(left - 1).line()));
                }
                if (board.word(INSIDE) == 0) {
                    assertThat(problems).as("nobody died inside").isEmpty();
                } else {
                    inside++;
                    board.putWord(DEATHS, board.word(DEATHS) + 1);
                    if (!reading.sound() || reading.slot(COUNT).isEmpty()) {
                        anew++;
                        beginStore();
                    }
                    board.putWord(INSIDE, 0);
                }
            }
            long seen = count(store.read());
            writers.set(victim, started(victim, Long.MAX_VALUE));
            // The others go on, whatever happened.
            waitForCount(Math.max(seen, 0) + 1);
        }
        tell(
                "%d kills, %d of them inside; findings %s; begun anew %d times; seed %d, %.1f s"
                        .formatted(
                                KILLS,
                                inside,
                                findings,
                                anew,
                                SEED,
                                (System.nanoTime() - begun) / 1e9));
    }

    /// Whoever is inside at this moment, or anybody; the moment is anyone's guess.
    private int victim() throws ShmException {
        LockSupport.parkNanos(random.nextInt(20_000_000));
        int inside = (int) board.word(INSIDE);
        return inside > 0 && random.nextInt(4) > 0 ? inside - 1 : random.nextInt(writers.size());
    }

    @BeforeEach
    void begin(TestInfo test) throws Exception {
        pad = test.getTags().contains("kill") ? LARGE : SMALL;
        key = own.create(120 + WRITERS * SLOTS * (pad / 2));
        store = new PhpStore(own.attachLast());
        boardKey = own.create(BOARD_BYTES);
        board = own.attachLast();
        beginStore();
    }

    private void beginStore() throws Exception {
        store.format();
        store.put(COUNT, PhpEncoder.encode(PhpValue.Str.of(digits(0))));
        board.putWord(GENERATION, board.word(GENERATION) + 1);
    }

    /// All at once: nobody gets the semaphore before the last one is ready. They begin together:
    /// the first would be done before the last is there.
    private void startAll(long limit) throws ShmException {
        try (HeldLock held = host.hold(key, PATIENCE).orElseThrow()) {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(started(i, limit));
            }
            assertThat(held.key()).isEqualTo(key);
            long begun = System.nanoTime();
            int waiting = 0;
            while (waiting < WRITERS) {
                assertThat(System.nanoTime() - begun)
                        .as("%d of %d writers wait", waiting, WRITERS)
                        .isLessThan(PATIENCE.toNanos());
                LockSupport.parkNanos(2_000_000);
                waiting = host.lock(key).orElseThrow().waiters();
            }
        }
    }

    private Writer started(int which, long limit) {
        int me = which + 1;
        String[] arguments = {
            Integer.toString(key.value()),
            Integer.toString(boardKey.value()),
            Integer.toString(me),
            Long.toString(limit),
            Long.toString(SEED + started++),
            Integer.toString(pad),
            Integer.toString(WRITERS),
            Integer.toString(SLOTS),
            Long.toString(COUNT)
        };
        Writer writer =
                which < PHP_WRITERS
                        ? new Writer.OfPhp(Php.start(WRITER, arguments))
                        : ours(arguments);
        assertThat(writer.line()).isEqualTo("ready");
        return writer;
    }

    private static Writer ours(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dstress.php=" + PHP_WRITERS,
                                "-Dstress.ours=" + OUR_WRITERS,
                                "-cp",
                                System.getProperty("java.class.path"),
                                StressWriter.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return new Writer.OfOurs(process, process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    /// Waits until so much was counted; not longer than the count stands still.
    private void waitForCount(long wanted) throws ShmException {
        long last = -1;
        long since = System.nanoTime();
        long now = count(store.read());
        while (now < wanted) {
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
            assertThat(System.nanoTime() - since)
                    .as("the count stands at %d", now)
                    .isLessThan(PATIENCE.toNanos());
            LockSupport.parkNanos(2_000_000);
            now = count(store.read());
        }
    }

    /// −1 while it cannot be read, between two steps of a writer.
    private static long count(StoreReading reading) {
        return reading.slot(COUNT)
                .map(slot ->
                        slot.decoded() instanceof Decoded.Value(PhpValue.Str text, _)
                                        && text.bytes().length == digits(0).length()
                                ? Long.parseLong(
                                        new String(text.bytes(), StandardCharsets.US_ASCII))
                                : -1L)
                .orElse(-1L);
    }

    private static void tell(String result) {
        boolean asked = System.getProperty("stress.operations") != null;
        System.getLogger("stress")
                .log(asked ? System.Logger.Level.INFO : System.Logger.Level.DEBUG, result);
    }
}
