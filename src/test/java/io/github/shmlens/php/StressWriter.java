package io.github.shmlens.php;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// One of the writers of [StressTest], in a process of its own, so that it can be killed.
///
/// Takes the semaphore; finds everything as it left it; checks a value of another writer; changes
/// one slot of its own and counts that in a slot that all share; lets go. [StressTest] says what
/// lies where. Ends when the count is reached or its input ends, and says `done OPERATIONS FULL
/// HURT`; says `lost …` at once and ends when a value is not what it must be.
final class StressWriter {

    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);
    private static final long WHILE_POISONED_NANOS = 300_000;

    private final SegmentSource host = new HostSegments();
    private final SegmentKey key;
    private final int me;
    private final long limit;
    private final int pad;
    private final Random random;
    private final PhpStore store;
    private final AttachedSegment board;
    private final Map<Long, String> mine = new HashMap<>();
    private volatile boolean told;
    private long generation = -1;
    private long deaths = -1;
    private long counted;
    private long operations;
    private long full;
    private long hurt;

    private StressWriter(
            SegmentKey key, SegmentKey boardKey, int me, long limit, int pad, long seed)
            throws Exception {
        this.key = key;
        this.me = me;
        this.limit = limit;
        this.pad = pad;
        this.random = new Random(seed);
        this.store = new PhpStore(attached(key));
        this.board = attached(boardKey);
    }

    private AttachedSegment attached(SegmentKey wanted) throws Exception {
        return host.attach(
                Objects.requireNonNull(host.resolve(new Target.Key(wanted)).id()),
                Access.READ_WRITE);
    }

    /// Writes until it is told to stop, or has counted far enough.
    ///
    /// @param arguments key of the store, key of the board, which writer, how far to count, seed,
    ///   most bytes of a value
    public static void main(String[] arguments) throws Exception {
        StressWriter writer =
                new StressWriter(
                        new SegmentKey(Integer.parseInt(arguments[0])),
                        new SegmentKey(Integer.parseInt(arguments[1])),
                        Integer.parseInt(arguments[2]),
                        Long.parseLong(arguments[3]),
                        Integer.parseInt(arguments[5]),
                        Long.parseLong(arguments[4]));
        Thread.ofPlatform().daemon().start(writer::listen);
        say("ready");
        try {
            writer.run();
            say("done %d %d %d".formatted(writer.operations, writer.full, writer.hurt));
        } catch (Lost lost) {
            say("lost: " + lost.getMessage());
        } catch (ShmException | NotAStore | RuntimeException refused) {
            say("lost: " + refused);
        }
        System.exit(0);
    }

    private void listen() {
        try {
            while (System.in.read() >= 0) {
                // Only the end matters.
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            told = true;
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void run() throws ShmException, NotAStore, Lost {
        boolean more = true;
        while (more && !told) {
            try (HeldLock held = host.hold(key, LOCK_LIMIT).orElseThrow()) {
                if (board.word(StressTest.INSIDE) == 0) {
                    board.putWord(StressTest.INSIDE, me);
                    more = step();
                    board.putWord(StressTest.INSIDE, 0);
                    continue;
                }
            }
            // Somebody died inside: the one who looks after the store comes first.
            LockSupport.parkNanos(WHILE_POISONED_NANOS);
        }
    }

    /// @return whether to go on
    private boolean step() throws ShmException, NotAStore, Lost {
        agree(store.read());
        StoreReading reading = store.read();
        long total = number(reading, StressTest.COUNT, counted, "the count");
        if (total >= limit) {
            return false;
        }
        long own = StressTest.slot(me, random.nextInt(StressTest.SLOTS));
        expect(reading, own);
        long other =
                StressTest.slot(
                        1 + random.nextInt(StressTest.WRITERS), random.nextInt(StressTest.SLOTS));
        String theirs = text(reading, other);
        // One that a death spoiled stays so until its owner comes by.
        if (theirs != null && deaths == 0 && !sealed(theirs)) {
            throw new Lost("slot %d of another holds %s".formatted(other, theirs));
        }
        if (random.nextInt(5) == 0) {
            store.unset(own);
            mine.remove(own);
        } else {
            String value = seal("%d:%d:%s".formatted(me, operations, pad()));
            try {
                store.put(own, string(value));
                mine.put(own, value);
            } catch (ShmException refused) {
                if (!(refused.failure() instanceof ShmFailure.DoesNotFit)) {
                    throw refused;
                }
                full++;
            }
        }
        operations++;
        counted = total + 1;
        store.put(StressTest.COUNT, string(StressTest.digits(counted)));
        return true;
    }

    /// After a death or a new beginning, what was known holds no longer.
    private void agree(StoreReading reading) throws ShmException, NotAStore {
        long newGeneration = board.word(StressTest.GENERATION);
        long newDeaths = board.word(StressTest.DEATHS);
        if (newGeneration != generation) {
            generation = newGeneration;
            mine.clear();
            for (int i = 0; i < StressTest.SLOTS; i++) {
                store.unset(StressTest.slot(me, i));
            }
        } else if (newDeaths != deaths) {
            for (int i = 0; i < StressTest.SLOTS; i++) {
                long slot = StressTest.slot(me, i);
                String now = text(reading, slot);
                if (!Objects.equals(now, mine.get(slot))) {
                    hurt++;
                    store.unset(slot);
                    mine.remove(slot);
                }
            }
        }
        if (newDeaths != deaths) {
            deaths = newDeaths;
            counted = 0;
        }
    }

    private void expect(StoreReading reading, long slot) throws Lost {
        String now = text(reading, slot);
        if (!Objects.equals(now, mine.get(slot))) {
            throw new Lost(
                    "slot %d holds %s where %s was put".formatted(slot, now, mine.get(slot)));
        }
    }

    private static long number(StoreReading reading, long slot, long least, String what)
            throws Lost {
        String digits = text(reading, slot);
        if (digits == null || Long.parseLong(digits) < least) {
            throw new Lost("%s is %s where it was %d".formatted(what, digits, least));
        }
        return Long.parseLong(digits);
    }

    private static @Nullable String text(StoreReading reading, long slot) {
        return reading.slot(slot)
                .map(found ->
                        switch (found.decoded()) {
                            case Decoded.Value(PhpValue.Str text, _) ->
                                    new String(text.bytes(), StandardCharsets.ISO_8859_1);
                            case Decoded.Value(PhpValue other, _) -> other.toString();
                            case Decoded.Unreadable unreadable -> unreadable.toString();
                        })
                .orElse(null);
    }

    private String pad() {
        return Character.toString('a' + random.nextInt(26)).repeat(random.nextInt(pad));
    }

    private static byte[] string(String text) {
        return PhpEncoder.encode(PhpValue.Str.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String seal(String body) {
        return body + "#" + crc(body);
    }

    private static boolean sealed(String text) {
        int mark = text.lastIndexOf('#');
        return mark >= 0 && text.substring(mark + 1).equals(crc(text.substring(0, mark)));
    }

    private static String crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toString(crc.getValue());
    }

    /// A value is not what it must be.
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        private Lost(String what) {
            super(what);
        }
    }
}
