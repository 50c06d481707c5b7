package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.php.Dumps.Json;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.FakeSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhpStoreTest {

    private static final int END = 16;
    private static final int FREE = 24;
    private static final int TOTAL = 32;

    private static List<String> traces() {
        return Dumps.traces();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void leavesEveryByteAsPhpDoesAfterEachCall(String name) throws Exception {
        Json trace = Dumps.expected(name);
        FakeSegment segment = FakeSegment.ofSize((int) trace.get("segmentSize").number());
        PhpStore store = new PhpStore(segment);
        store.format();
        assertThat(sha256(segment.bytes())).isEqualTo(trace.get("initialSha256").text());

        int number = 0;
        for (Json call : trace.get("ops").list()) {
            boolean done = replay(store, call);
            assertThat(done).as("call %d", number).isEqualTo(call.get("result").bool());
            // PHP loses the old value of a replaced slot when the new one does not fit; we do not,
            // so from there on the bytes would differ.
            if (!done && call.get("op").text().equals("put")) {
                loseOldValueAsPhpDoes(store, call);
            }
            assertThat(sha256(segment.bytes()))
                    .as("call %d", number)
                    .isEqualTo(call.get("sha256").text());
            number++;
        }
        assertThat(segment.bytes()).isEqualTo(Dumps.bytes(name));
    }

    private static boolean replay(PhpStore store, Json call) throws Exception {
        long key = call.get("key").number();
        if (call.get("op").text().equals("remove")) {
            return store.unset(key);
        }
        try {
            store.put(key, call.get("serializedHex").hex());
            return true;
        } catch (ShmException refused) {
            assertThat(refused.failure()).isInstanceOf(ShmFailure.DoesNotFit.class);
            return false;
        }
    }

    private static void loseOldValueAsPhpDoes(PhpStore store, Json call) throws Exception {
        store.unset(call.get("key").number());
    }

    @Test
    void formatsAsShmAttachDoes() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1024);

        new PhpStore(segment).format();

        assertThat(segment.bytes()).isEqualTo(Dumps.bytes("18-empty"));
    }

    @Test
    void keepsTheByteBehindTheMagic() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1024);
        segment.bytes()[7] = (byte) 0xaa;

        new PhpStore(segment).format();

        assertThat(segment.bytes()[7]).isEqualTo((byte) 0xaa);
    }

    @Test
    void doesNotFormatWhatIsTooSmall() {
        FakeSegment segment = FakeSegment.ofSize(39);

        assertThat(failureOf(() -> new PhpStore(segment).format()))
                .isEqualTo(new ShmFailure.DoesNotFit("id:7", 40, 39));
        assertThat(segment.writes()).isZero();
    }

    @Test
    void keepsTheOldValueWhenTheNewOneDoesNotFit() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("19-full-exact"));
        byte[] before = segment.bytes().clone();
        Slot slot = new PhpStore(segment).read().slots().getFirst();

        ShmFailure failure =
                failureOf(() ->
                        new PhpStore(segment)
                                .put(slot.key(), bytes("s:40:\"" + "x".repeat(40) + "\";")));

        assertThat(failure).isInstanceOf(ShmFailure.DoesNotFit.class);
        assertThat(segment.bytes()).isEqualTo(before);
        assertThat(segment.writes()).isZero();
    }

    @Test
    void saysHowMuchIsNeededAndHowMuchThereIs() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("19-full-exact"));

        assertThat(failureOf(() -> new PhpStore(segment).put(77, bytes("N;"))))
                .isEqualTo(new ShmFailure.DoesNotFit("id:7", 40, 0));
    }

    @Test
    void fillsTheLastByte() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(80);
        PhpStore store = new PhpStore(segment);
        store.format();

        assertThat(store.fit(1, 2)).isEqualTo(new Fit(40, 40, 0, true, false));
        store.put(1, bytes("N;"));

        assertThat(store.fit(2, 2)).isEqualTo(new Fit(40, 0, 0, false, false));
        assertThat(store.fit(1, 2)).isEqualTo(new Fit(40, 0, 40, true, true));
    }

    @Test
    void putsAReplacedSlotBehindAllOthers() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        Put put = new PhpStore(segment).put(1, bytes("s:5:\"alpha\";"));

        assertThat(put).isEqualTo(new Put(248, true));
        assertThat(new PhpStore(segment).read().slots())
                .extracting(Slot::key)
                .containsExactly(2L, 3L, -4L, 5L, 1L);
    }

    @Test
    void unsetsNothingWhereThereIsNothing() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        assertThat(new PhpStore(segment).unset(999)).isFalse();
        assertThat(segment.writes()).isZero();
    }

    @Test
    void neverShowsAHeaderThatHardenedPhpWouldRefuse() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        AtomicInteger looks = new AtomicInteger();
        segment.beforeEachWrite(() -> {
            looks.incrementAndGet();
            assertThat(long64(segment, FREE))
                    .isBetween(0L, long64(segment, TOTAL) - long64(segment, END));
        });
        PhpStore store = new PhpStore(segment);

        store.put(9, bytes("i:9;"));
        store.put(2, bytes("s:80:\"" + "y".repeat(80) + "\";"));
        store.unset(1);

        assertThat(looks).hasValueGreaterThan(10);
    }

    @Test
    void showsANewSlotOnlyOnceItsBytesStand() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        segment.beforeEachWrite(() -> {
            StoreReading seen = reading(segment);
            assertThat(seen.slot(9)).isEmpty();
            assertThat(seen.slots()).hasSize(5);
        });

        new PhpStore(segment).put(9, bytes("i:9;"));

        assertThat(reading(segment).slot(9)).isPresent();
    }

    @Test
    void movesMoreThanAMebibyteInPieces() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(4 << 20);
        PhpStore store = new PhpStore(segment);
        store.format();
        store.put(1, bytes("i:1;"));
        byte[] large = PhpEncoder.encode(PhpValue.Str.of("z".repeat(3 << 20)));
        store.put(2, large);

        store.unset(1);

        assertThat(store.read().slot(2).orElseThrow().offset()).isEqualTo(40);
        assertThat(store.read().slot(2).orElseThrow().payload()).isEqualTo(large);
    }

    @Test
    void readsAgainWhenAWriterSlippedIn() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            if (reads.incrementAndGet() == 3) {
                segment.bytes()[70]++;
            }
        });

        StoreReading reading = new PhpStore(segment).read();

        assertThat(reading.sound()).isTrue();
        // Head and two copies, again, and once what lies behind the last slot.
        assertThat(reads).hasValue(7);
    }

    @Test
    void readsTheWholeOfAStoreThatGrewAfterTheFirstLook() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        PhpStore other = new PhpStore(FakeSegment.of(segment.bytes()));
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            // After the head told where the slots end, before they are copied.
            if (reads.incrementAndGet() == 2) {
                put(other, 8, "s:200:\"" + "g".repeat(200) + "\";");
            }
        });

        StoreReading reading = new PhpStore(segment).read();

        assertThat(reading.slot(8).orElseThrow().decoded()).isInstanceOf(Decoded.Value.class);
    }

    @Test
    void looksAgainWhenAValueCannotBeReadThoughTheStructureIsSound() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c24-payload-garbage"));
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            if (reads.incrementAndGet() == 4) {
                byte[] healed = Dumps.bytes("c00-base");
                System.arraycopy(healed, 0, segment.bytes(), 0, healed.length);
            }
        });

        assertThat(new PhpStore(segment).read().problems()).isEmpty();
    }

    /// Four slots of one size, of which PHP takes out the second, and is stopped half-way through
    /// the last one.
    ///
    /// @param finish how the memory is when it goes on
    private static byte[] halfMoved(byte[] finish) throws Exception {
        PhpStore store = new PhpStore(FakeSegment.of(finish));
        store.format();
        for (int key = 1; key <= 4; key++) {
            put(store, key, "s:20:\"" + Integer.toString(key).repeat(20) + "\";");
        }
        byte[] before = finish.clone();
        store.unset(2);
        byte[] stopped = finish.clone();
        int last = 40 + 2 * 64;
        System.arraycopy(before, last + 40, stopped, last + 40, 24);
        return stopped;
    }

    @Test
    void aLastSlotThatDiffersFromWhatItIsMovedFromIsWaitedFor() throws Exception {
        byte[] finish = new byte[4096];
        FakeSegment segment = FakeSegment.of(halfMoved(finish));
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            if (reads.incrementAndGet() == 7) {
                System.arraycopy(finish, 0, segment.bytes(), 0, finish.length);
            }
        });

        StoreReading reading = new PhpStore(segment).read();

        assertThat(reading.slot(4).orElseThrow().decoded())
                .isEqualTo(
                        PhpDecoder.decode(
                                ("s:20:\"" + "4".repeat(20) + "\";")
                                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat(reads).hasValueGreaterThan(7);
    }

    @Test
    void aLastSlotThatIsAsWhatItWasMovedFromIsTakenAtOnce() throws Exception {
        byte[] finish = new byte[4096];
        halfMoved(finish);
        FakeSegment segment = FakeSegment.of(finish);

        assertThat(new PhpStore(segment).read().sound()).isTrue();
        // Head, two copies, and what lies behind.
        assertThat(segment.reads()).isEqualTo(4);
    }

    @Test
    void aWriterStoppedForLongCannotBeToldFromAValueOfTheSameSize() throws Exception {
        byte[] stopped = halfMoved(new byte[4096]);
        byte[] replaced = new byte[4096];
        halfMoved(replaced);
        put(
                new PhpStore(FakeSegment.of(replaced)),
                4,
                "s:20:\"" + "4".repeat(10) + "3".repeat(10) + "\";");

        StoreReading reading = new PhpStore(FakeSegment.of(stopped)).read();

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.slot(4).orElseThrow().payload())
                .isEqualTo(reading(FakeSegment.of(replaced)).slot(4).orElseThrow().payload());
    }

    @Test
    void callsAStoreTornThatNeverHoldsStill() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        segment.beforeEachRead(() -> segment.bytes()[70]++);

        StoreReading reading = new PhpStore(segment).read();

        assertThat(reading.sound()).isFalse();
        assertThat(reading.problems())
                .filteredOn(problem -> problem.code().equals("torn"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.offset()).isEqualTo(70));
    }

    @Test
    void doesNotWriteIntoAStoreThatNeverHoldsStill() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        segment.beforeEachRead(() -> segment.bytes()[70]++);

        assertThat(failureOf(() -> new PhpStore(segment).put(1, bytes("N;"))))
                .isInstanceOf(ShmFailure.Moved.class);
        assertThat(segment.writes()).isZero();
    }

    @Test
    void plansAgainWhenTheHeaderChangedRightBeforeTheWrite() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        PhpStore other = new PhpStore(FakeSegment.of(segment.bytes()));
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            // Head, two copies, and then the last look before the first write.
            if (reads.incrementAndGet() == 4) {
                put(other, 8, "i:8;");
            }
        });

        new PhpStore(segment).put(9, bytes("i:9;"));

        assertThat(reading(segment).slots())
                .extracting(Slot::key)
                .containsExactly(1L, 2L, 3L, -4L, 5L, 8L, 9L);
        assertThat(reading(segment).sound()).isTrue();
    }

    @Test
    void putsWhatTheCallerSawReplaced() throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        Put put = new PhpStore(segment).putIf(5, bytes("N;"), bytes("i:5;"));

        assertThat(put.replaced()).isTrue();
        assertThat(reading(segment).slot(5).orElseThrow().payload()).isEqualTo(bytes("i:5;"));
    }

    @Test
    void refusesWhenTheSlotHoldsSomethingElseByNow() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        assertThat(failureOf(() -> new PhpStore(segment).putIf(5, bytes("i:1;"), bytes("i:5;"))))
                .isEqualTo(new ShmFailure.Moved("id:7", 256, 0));
        assertThat(segment.writes()).isZero();
    }

    @Test
    void refusesWhenTheSlotIsThereAndShouldNotBe() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        assertThat(failureOf(() -> new PhpStore(segment).putIf(5, null, bytes("i:5;"))))
                .isInstanceOf(ShmFailure.Moved.class);
    }

    @Test
    void refusesWhenTheSlotIsGone() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));

        assertThat(failureOf(() -> new PhpStore(segment).putIf(6, bytes("N;"), bytes("i:5;"))))
                .isInstanceOf(ShmFailure.Moved.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c02-magic-no-nul",
                "c04-start-low",
                "c06-end-beyond",
                "c10-free-negative",
                "c12-total-small",
                "c14-next-negative",
                "c16-next-into-middle",
                "c18-next-unaligned",
                "c20-length-huge",
                "c32-end-in-slot-header",
                "c34-torn-remove",
                "c38-all-ff",
                "c40-truncated-dump",
                "c42-zero-bytes",
                "38-32bit"
            })
    void refusesToWriteWhereThatWouldMakeItWorse(String name) {
        FakeSegment segment = FakeSegment.of(Dumps.bytes(name));
        PhpStore store = new PhpStore(segment);

        assertThatThrownBy(() -> store.put(5, bytes("N;"))).isInstanceOf(NotAStore.class);
        assertThatThrownBy(() -> store.unset(5)).isInstanceOf(NotAStore.class);
        assertThat(segment.bytes()).isEqualTo(Dumps.bytes(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c08-free-too-small",
                "c22-length-short",
                "c24-payload-garbage",
                "c26-string-length-wrong",
                "c28-bad-reference"
            })
    void writesWhereOnlyAValueOrTheSumIsWrong(String name) throws Exception {
        FakeSegment segment = FakeSegment.of(Dumps.bytes(name));
        PhpStore store = new PhpStore(segment);

        store.unset(1);
        store.put(5, bytes("i:5;"));

        assertThat(store.read().slot(1)).isEmpty();
        assertThat(store.read().slot(5).orElseThrow().payload()).isEqualTo(bytes("i:5;"));
    }

    @Test
    void doesNotReplaceOneOfTwoSlotsWithTheSameKey() {
        byte[] bytes = Dumps.bytes("c00-base");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(88, 1);
        FakeSegment segment = FakeSegment.of(bytes);

        assertThatThrownBy(() -> new PhpStore(segment).put(1, bytes("N;")))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("twice");
    }

    @Test
    void neverWritesBehindTheSegmentWhateverTheHeaderBelieves() throws Exception {
        // What PHP makes of a foreign segment: it believes in the size it was asked for.
        FakeSegment segment = FakeSegment.ofSize(120);
        PhpStore store = new PhpStore(segment);
        store.format();
        ByteBuffer numbers = ByteBuffer.wrap(segment.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(FREE, 9960).putLong(TOTAL, 10000);

        store.put(1, bytes("i:1;"));
        store.put(2, bytes("i:2;"));

        assertThat(failureOf(() -> store.put(3, bytes("i:3;"))))
                .isEqualTo(new ShmFailure.DoesNotFit("id:7", 40, 0));
    }

    @Test
    void readsTheBytesBehindEndWhenADamagedSlotReachesThere() throws Exception {
        byte[] bytes = Dumps.bytes("c00-base");
        // Slot 5, the last one, now claims bytes that lie in the free space.
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(264, 100);

        StoreReading reading = new PhpStore(FakeSegment.of(bytes)).read();

        assertThat(reading.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "length-beyond-end", "next-not-canonical", "payload-trailing");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3, false"})
    void knowsABlankSegment(int value, boolean blank) throws Exception {
        FakeSegment segment = FakeSegment.ofSize(3 << 20);
        segment.bytes()[(2 << 20) + 5] = (byte) value;

        assertThat(new PhpStore(segment).blank()).isEqualTo(blank);
    }

    @Test
    void leavesPagesUntouchedThatNobodyTouched() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1 << 20);
        segment.forgetPages(0, 256);
        PhpStore store = new PhpStore(segment);

        assertThat(store.blank()).isTrue();
        assertThat(store.read().isStore()).isFalse();
        assertThat(segment.isResident(0)).isFalse();
    }

    @Test
    void readingAStoreTouchesNothingBehindItsSlots() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1 << 20);
        PhpStore store = new PhpStore(segment);
        store.format();
        store.put(1, bytes("i:1;"));
        segment.forgetPages(1, 255);

        store.read();

        assertThat(segment.isResident(1)).isFalse();
    }

    @Test
    void saysGoneWhenTheSegmentIsRemovedMeanwhile() {
        FakeSegment segment = FakeSegment.of(Dumps.bytes("c00-base"));
        segment.removeUnderUs();

        assertThat(failureOf(() -> new PhpStore(segment).read()))
                .isInstanceOf(ShmFailure.Gone.class);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static ShmFailure failureOf(Action action) {
        return catchThrowableOfType(ShmException.class, action::run).failure();
    }

    private static StoreReading reading(FakeSegment segment) {
        byte[] copy = segment.bytes().clone();
        return StoreReading.of(ByteView.of(copy), copy.length);
    }

    private static void put(PhpStore store, long key, String payload) {
        try {
            store.put(key, bytes(payload));
        } catch (ShmException | NotAStore refused) {
            throw new AssertionError(refused);
        }
    }

    private static long long64(FakeSegment segment, int offset) {
        return ByteBuffer.wrap(segment.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
