package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.FakeSegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tries to fool what a store remembers: the other writer is a second store on the same bytes.
final class ProvenStoreTest {

    private final byte[] memory = new byte[4096];
    private final FakeSegment segment = FakeSegment.of(memory);
    private final ProvenStore ours = new ProvenStore(segment);
    private final PhpStore theirs = new PhpStore(FakeSegment.of(memory));

    private void filled(int slots) throws Exception {
        theirs.format();
        for (int key = 1; key <= slots; key++) {
            theirs.put(key, value(key, 'a'));
        }
    }

    /// Values of one length that tell whose they are.
    private static byte[] value(long key, char version) {
        String text = Long.toString(key) + version;
        return ("s:20:\"" + text.repeat(20).substring(0, 20) + "\";")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte @Nullable [] get(ProvenStore store, long key) throws Exception {
        return store.get(key);
    }

    @Test
    void aStoreOfOtherWordsIsRefusedAndKeepsItsBytes() throws Exception {
        byte[] narrow = Dumps.bytes("38-32bit");
        byte[] bytes = narrow.clone();
        ProvenStore store = new ProvenStore(FakeSegment.of(bytes));
        assertThatThrownBy(() -> get(store, 1)).isInstanceOf(NotAStore.class);
        assertThatThrownBy(() -> store.put(1, value(1, 'b')))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining("never written");
        assertThatThrownBy(() -> store.unset(1)).isInstanceOf(NotAStore.class);
        assertThat(bytes).isEqualTo(narrow);
    }

    @Test
    void aSecondGetReadsOnlyWhatProvesIt() throws Exception {
        filled(3);
        assertThat(get(ours, 3)).isEqualTo(value(3, 'a'));
        int before = segment.reads();
        assertThat(get(ours, 3)).isEqualTo(value(3, 'a'));
        // Header word by word, one run for the chain, the slot twice; sizes after each.
        assertThat(segment.reads() - before).isLessThan(20);
    }

    @Test
    void aRemovedSlotIsGoneThoughItsStaleBytesStillMatch() throws Exception {
        filled(3);
        assertThat(get(ours, 3)).isNotNull();
        theirs.unset(3);
        // The whole slot still lies at its offset, key and all.
        assertThat(get(ours, 3)).isNull();
        assertThat(ours.contains(3)).isFalse();
    }

    @Test
    void aStaleSlotIsNotBelievedWhenTheHeaderComesBackToTheSameNumbers() throws Exception {
        filled(3);
        assertThat(get(ours, 2)).isNotNull();
        theirs.unset(2);
        theirs.put(4, value(4, 'a'));
        // Same start, end, free and total; where 2 was, 3 is now.
        assertThat(get(ours, 2)).isNull();
        assertThat(get(ours, 3)).isEqualTo(value(3, 'a'));
        assertThat(get(ours, 4)).isEqualTo(value(4, 'a'));
    }

    @Test
    void aReplacedValueOfEqualSizeIsTheNewOne() throws Exception {
        filled(3);
        assertThat(get(ours, 3)).isEqualTo(value(3, 'a'));
        theirs.put(3, value(3, 'b'));
        assertThat(get(ours, 3)).isEqualTo(value(3, 'b'));
    }

    @Test
    void slotsOfEqualSizeThatChangedPlacesAreFound() throws Exception {
        filled(4);
        assertThat(get(ours, 1)).isEqualTo(value(1, 'a'));
        theirs.put(2, value(2, 'b'));
        theirs.put(1, value(1, 'b'));
        for (int key = 1; key <= 4; key++) {
            assertThat(get(ours, key)).isEqualTo(value(key, key <= 2 ? 'b' : 'a'));
        }
    }

    @Test
    void anEarlierSlotThatTakesOverTheKeyIsFoundFirst() throws Exception {
        filled(3);
        assertThat(get(ours, 3)).isNotNull();
        // Damage nobody writes on purpose: slot 1 becomes a second 3. Scripts find the first.
        memory[40] = 3;
        assertThat(get(ours, 3)).isEqualTo(value(1, 'a'));
    }

    @Test
    void aStoreBegunAnewIsEmpty() throws Exception {
        filled(3);
        assertThat(get(ours, 2)).isNotNull();
        theirs.format();
        assertThat(get(ours, 2)).isNull();
        assertThat(ours.keys()).isEmpty();
    }

    @Test
    void aWriterBetweenAnyTwoStepsNeverMakesItAnotherSlotsValue() throws Exception {
        for (int step = 0; step < 40; step++) {
            for (int key = 1; key <= 4; key++) {
                filled(4);
                ProvenStore reader = new ProvenStore(segment);
                get(reader, key);
                int at = step;
                AtomicInteger reads = new AtomicInteger();
                segment.beforeEachRead(() -> {
                    if (reads.getAndIncrement() == at) {
                        rotate();
                    }
                });
                byte[] found = get(reader, key);
                segment.beforeEachRead(() -> {});
                assertThat(found).isIn(value(key, 'a'), value(key, 'b'));
            }
        }
    }

    private static byte[] content(long key, char version) {
        byte[] text = value(key, version);
        return Arrays.copyOfRange(text, 6, text.length - 2);
    }

    @Test
    void aWriterBetweenAnyTwoStepsOfALookAtOnceNeverMakesItAnotherSlotsValue() throws Exception {
        int taken = 0;
        int refused = 0;
        for (int step = 0; step < 40; step++) {
            for (int key = 1; key <= 4; key++) {
                for (boolean string : new boolean[] {false, true}) {
                    filled(4);
                    ProvenStore reader = new ProvenStore(segment);
                    get(reader, key);
                    int at = step;
                    AtomicInteger reads = new AtomicInteger();
                    segment.beforeEachRead(() -> {
                        if (reads.getAndIncrement() == at) {
                            rotate();
                        }
                    });
                    byte[] found = string ? reader.stringAtOnce(key) : reader.getAtOnce(key);
                    segment.beforeEachRead(() -> {});
                    if (found == null) {
                        refused++;
                    } else if (string) {
                        assertThat(found).isIn(content(key, 'a'), content(key, 'b'));
                        taken++;
                    } else {
                        assertThat(found).isIn(value(key, 'a'), value(key, 'b'));
                        taken++;
                    }
                }
            }
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void aLookAtOnceGivesWhatIsRememberedAndStillThereAndNothingElse() throws Exception {
        filled(3);
        assertThat(ours.stringAtOnce(3)).isNull();
        assertThat(ours.getAtOnce(3)).isNull();
        assertThat(get(ours, 3)).isNotNull();
        assertThat(ours.stringAtOnce(1)).isEqualTo(content(1, 'a'));
        assertThat(ours.getAtOnce(1)).isEqualTo(value(1, 'a'));
        assertThat(ours.stringAtOnce(4)).isNull();
        theirs.put(3, value(3, 'b'));
        assertThat(ours.stringAtOnce(3)).isEqualTo(content(3, 'b'));
        theirs.unset(3);
        assertThat(ours.stringAtOnce(3)).isNull();
        assertThat(ours.getAtOnce(3)).isNull();
    }

    @Test
    void aLookAtOnceBelievesNothingWhileASlotIsMissing() throws Exception {
        filled(3);
        assertThat(get(ours, 3)).isNotNull();
        theirs.unset(2);
        ProvenStore patient = new ProvenStore(segment, Long.MAX_VALUE);
        assertThat(get(ours, 1)).isEqualTo(value(1, 'a'));
        assertThat(ours.getAtOnce(1)).isNull();
        assertThat(get(patient, 1)).isEqualTo(value(1, 'a'));
        assertThat(patient.getAtOnce(1)).isEqualTo(value(1, 'a'));
    }

    @Test
    void onlyAWholeStringIsTakenAtOnce() throws Exception {
        theirs.format();
        List<String> texts =
                List.of(
                        "s:1:\"1\";",
                        "s:9:\"123456789\";",
                        "s:1000:\"" + "x".repeat(1000) + "\";",
                        "i:123456;",
                        "s:0:\"\";",
                        "s:8:\"123456789\";",
                        "s:9:\"123456789\":",
                        "s:9:\"123456789\"",
                        "s::\"123456789\";",
                        "S:9:\"123456789\";");
        for (int key = 0; key < texts.size(); key++) {
            theirs.put(key, texts.get(key).getBytes(StandardCharsets.US_ASCII));
        }
        get(ours, 0);
        for (int key = 0; key < texts.size(); key++) {
            byte[] found = ours.stringAtOnce(key);
            if (key < 3) {
                String text = texts.get(key);
                String content = text.substring(text.indexOf('"') + 1, text.length() - 2);
                assertThat(found).asString(StandardCharsets.US_ASCII).isEqualTo(content);
            } else {
                assertThat(found).as(texts.get(key)).isNull();
            }
        }
        // A length that leads out of the slot.
        memory[48 + 1] = 0x7f;
        assertThat(ours.stringAtOnce(0)).isNull();
        assertThat(ours.getAtOnce(0)).isNull();
    }

    @Test
    void slotsAddedAfterOneWasTakenOutAreWhereTheyBelong() throws Exception {
        filled(3);
        // Chains share their arrays as they grow; one that was made shorter must not.
        assertThat(get(ours, 1)).isNotNull();
        for (int key = 4; key <= 9; key++) {
            ours.put(key, value(key, 'a'));
        }
        ours.unset(9);
        ours.put(10, value(10, 'a'));
        ours.put(5, value(5, 'b'));
        ours.put(11, "i:1;".getBytes(StandardCharsets.US_ASCII));
        ours.put(11, value(11, 'c'));
        for (int key : new int[] {1, 2, 3, 4, 6, 7, 8, 10}) {
            assertThat(ours.getAtOnce(key)).isEqualTo(value(key, 'a'));
        }
        assertThat(ours.getAtOnce(5)).isEqualTo(value(5, 'b'));
        assertThat(ours.getAtOnce(11)).isEqualTo(value(11, 'c'));
        assertThat(ours.keys()).containsExactly(1, 2, 3, 4, 6, 7, 8, 10, 5, 11);
    }

    /// Every slot moves, and the header ends with the numbers it had.
    private void rotate() {
        try {
            theirs.put(1, value(1, 'b'));
            theirs.put(2, value(2, 'b'));
            theirs.put(3, value(3, 'b'));
        } catch (ShmException | NotAStore impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aWriterStoppedWhileItMovesTheLastSlotIsWaitedFor() throws Exception {
        filled(4);
        assertThat(get(ours, 4)).isEqualTo(value(4, 'a'));
        // PHP replaces slot 2 and is stopped when slot 4 is half moved: the store is sound.
        theirs.put(3, value(3, 'a'));
        theirs.put(4, value(4, 'a'));
        byte[] whole = memory.clone();
        int last = 40 + 3 * 64;
        theirs.unset(2);
        System.arraycopy(whole, last - 64 + 40, memory, last - 64 + 40, 24);
        assertThat(new PhpStore(FakeSegment.of(memory)).read().sound()).isTrue();
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            if (reads.incrementAndGet() == 300) {
                System.arraycopy(whole, last + 40, memory, last - 64 + 40, 24);
            }
        });
        assertThat(get(ours, 4)).isEqualTo(value(4, 'a'));
        assertThat(reads.get()).isGreaterThanOrEqualTo(300);
        segment.beforeEachRead(() -> {});
        assertThat(get(ours, 1)).isEqualTo(value(1, 'a'));
    }

    @Test
    void aSlotTakenOutToBeReplacedIsWaitedFor() throws Exception {
        filled(3);
        // Waits as long as it takes: the time limit has no part in this.
        ProvenStore patient = new ProvenStore(segment, Long.MAX_VALUE);
        assertThat(get(patient, 3)).isEqualTo(value(3, 'a'));
        theirs.unset(3);
        AtomicInteger reads = new AtomicInteger();
        segment.beforeEachRead(() -> {
            if (reads.incrementAndGet() == 40) {
                put(3, 'b');
            }
        });
        assertThat(get(patient, 2)).isEqualTo(value(2, 'a'));
        assertThat(get(patient, 3)).isEqualTo(value(3, 'b'));
    }

    private void put(long key, char version) {
        try {
            theirs.put(key, value(key, version));
        } catch (ShmException | NotAStore impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void writesLeaveTheBytesThatTheWholeStoreWrites() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 30; round++) {
            byte[] one = new byte[3000];
            byte[] other = new byte[3000];
            PhpStore whole = new PhpStore(FakeSegment.of(one));
            ProvenStore proven = new ProvenStore(FakeSegment.of(other));
            whole.format();
            new PhpStore(FakeSegment.of(other)).format();
            for (int step = 0; step < 100; step++) {
                long key = random.nextInt(12) - 3;
                // A value that can be read: others are waited for, in case somebody is writing
                // them.
                String text = step + "x".repeat(random.nextInt(200));
                byte[] payload =
                        ("s:" + text.length() + ":\"" + text + "\";")
                                .getBytes(StandardCharsets.US_ASCII);
                String expected;
                String actual;
                if (random.nextInt(4) == 0) {
                    expected = Boolean.toString(whole.unset(key));
                    actual = Boolean.toString(proven.unset(key));
                } else {
                    expected = outcome(() -> whole.put(key, payload));
                    actual = outcome(() -> proven.put(key, payload));
                }
                assertThat(actual).isEqualTo(expected);
                assertThat(other).isEqualTo(one);
                assertThat(proven.contains(key)).isEqualTo(whole.read().slot(key).isPresent());
            }
            List<Long> keys = whole.read().slots().stream().map(Slot::key).toList();
            assertThat(proven.keys()).containsExactly(keys.toArray(Long[]::new));
        }
    }

    private interface Write {
        Put run() throws Exception;
    }

    private static String outcome(Write write) throws Exception {
        try {
            return write.run().toString();
        } catch (ShmException refused) {
            return refused.failure().toString();
        }
    }

    @Test
    void aValueThatDoesNotFitLeavesTheOldOne() throws Exception {
        filled(2);
        assertThatThrownBy(() -> ours.put(2, new byte[5000]))
                .isInstanceOfSatisfying(
                        ShmException.class,
                        refused ->
                                assertThat(refused.failure())
                                        .isInstanceOf(ShmFailure.DoesNotFit.class));
        assertThat(get(ours, 2)).isEqualTo(value(2, 'a'));
    }

    @Test
    void aDamagedStoreIsReadAndNotWritten() throws Exception {
        filled(3);
        ours.put(1, value(1, 'c'));
        // The stride of the second slot is 0: the chain ends there.
        int second = 40 + 32 + 32;
        Arrays.fill(memory, second + 16, second + 24, (byte) 0);
        byte[] before = memory.clone();
        assertThat(get(ours, 2)).isEqualTo(value(2, 'a'));
        assertThatThrownBy(() -> ours.put(9, value(9, 'a'))).isInstanceOf(NotAStore.class);
        assertThatThrownBy(() -> ours.unset(2)).isInstanceOf(NotAStore.class);
        assertThat(memory).isEqualTo(before);
    }

    @Test
    void whatIsNoStoreIsSaidToBeNone() {
        assertThatThrownBy(() -> get(ours, 1)).isInstanceOf(NotAStore.class);
        assertThatThrownBy(ours::keys).isInstanceOf(NotAStore.class);
        assertThatThrownBy(() -> ours.put(1, value(1, 'a'))).isInstanceOf(NotAStore.class);
    }

    @Test
    void manySlotsAreFoundThroughTheIndexToo() throws Exception {
        byte[] large = new byte[40 + 3000 * 64];
        ProvenStore many = new ProvenStore(FakeSegment.of(large));
        new PhpStore(FakeSegment.of(large)).format();
        for (int key = 0; key < 3000; key++) {
            many.put(key * 0x100000001L, value(key, 'a'));
        }
        for (int key = 0; key < 3000; key += 7) {
            assertThat(get(many, key * 0x100000001L)).isEqualTo(value(key, 'a'));
        }
        assertThat(many.contains(5)).isFalse();
        many.unset(0);
        for (int key = 2999; key > 0; key -= 7) {
            assertThat(get(many, key * 0x100000001L)).isEqualTo(value(key, 'a'));
        }
    }
}
