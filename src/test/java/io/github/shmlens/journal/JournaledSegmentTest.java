package io.github.shmlens.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Digits;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.FakeSource;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What gets into the journal, and what is taken back from there.
class JournaledSegmentTest {

    private static final byte[] HELLO = "s:5:\"Hello\";".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WORLD = "s:5:\"World\";".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LONG =
            ("s:100:\"" + "x".repeat(100) + "\";").getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private final FakeSource plain = new FakeSource();
    private final SegmentId.Sysv id = plain.add(new SegmentKey(0xf1206), 4096);
    private Journal journal = Journal.none();
    private SegmentSource source = plain;

    @BeforeEach
    void journaled() {
        journal = Journal.in(folder, "window");
        source = new JournaledSource(plain, journal);
    }

    private AttachedSegment attach() throws ShmException {
        return source.attach(id, Access.READ_WRITE);
    }

    private List<Entry> entries() {
        return Journal.in(folder, "another").read().entries();
    }

    private Entry last() {
        return entries().getLast();
    }

    private byte[] memory(int at, int length) {
        return plain.memory(id).bytes(at, length);
    }

    private static byte[] of(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return all;
    }

    private Reversal.Outcome reverse(Entry entry, boolean again) throws ShmException, NotAStore {
        try (AttachedSegment segment = attach()) {
            return new Reversal(entry, again).carryOut(segment);
        }
    }

    @Test
    void peopleGetNumbersOfBytesInGroupsOfDigitsAndScriptsAndValuesNever() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.write(0, new byte[2048], 0, 2048);
        }
        assertThat(EntryText.what(last(), 1)).startsWith("2048 bytes at 0x0: 00 …");
        assertThat(EntryText.what(last(), 1, Digits.GROUPED)).startsWith("2,048 bytes at 0x0:");
        assertThat(EntryText.takenBack(last(), 1, Digits.GROUPED)).startsWith("2,048 bytes at");
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(987_654, "s:10:\"2048 bytes\";".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(EntryText.what(last(), 40, Digits.GROUPED))
                .isEqualTo("slot 987654: none → \"2048 bytes\"");
    }

    // ---- what is kept ------------------------------------------------------------------------

    @Test
    void aCompareAndSetIsKeptWithWhatWasThereAndWhy() throws ShmException {
        try (AttachedSegment segment = attach();
                Act act = segment.begin(new Deed.Each(Reason.EDIT))) {
            segment.replace(64, of(0, 0), of(1, 2));
            act.done();
        }
        assertThat(last().change()).isEqualTo(Change.Bytes.at(64, of(0, 0), of(1, 2)));
        assertThat(last().reason()).isEqualTo(Reason.EDIT);
        assertThat(last().segment()).isEqualTo("id:0");
        assertThat(last().key()).isEqualTo("0x000f1206");
        assertThat(last().by()).isEqualTo("window");
        assertThat(last().broken()).isFalse();
    }

    @Test
    void whatWasRefusedIsNoChangeAndAPartIsKeptAsAPart() throws ShmException {
        plain.memory(id).put(72, of(9));
        try (AttachedSegment segment = attach()) {
            assertThat(segment.replace(72, of(0), of(1))).isInstanceOf(Replaced.MovedOn.class);
            assertThat(entries()).isEmpty();
            segment.replace(64, new byte[9], of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        }
        assertThat(last().change())
                .isEqualTo(Change.Bytes.at(64, new byte[8], of(1, 2, 3, 4, 5, 6, 7, 8)));
    }

    @Test
    void aWriteThatCannotBeIsNotKept() throws ShmException {
        try (AttachedSegment segment = attach();
                AttachedSegment reader = source.attach(id, Access.READ_ONLY)) {
            assertThatThrownBy(() -> segment.write(4090, new byte[10], 0, 10))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> reader.replace(0, of(0), of(1)))
                    .isInstanceOf(ShmException.class);
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void theLineIsInTheFileBeforeTheBytesAreInTheMemory() throws ShmException {
        FakeSegment memory = FakeSegment.ofSize(4096);
        List<Integer> lines = new ArrayList<>();
        memory.beforeEachWrite(() -> lines.add(entries().size()));
        try (AttachedSegment segment = new JournaledSegment(memory, journal, "today")) {
            segment.write(64, of(1), 0, 1);
            segment.replace(64, of(1), of(2));
            segment.putWord(72, 5);
        }
        assertThat(lines).containsExactly(1, 2, 3);
    }

    /// What others do while the journal is written, which takes as long as the disk does.
    private static AttachedSegment whileTold(AttachedSegment segment, Callable<?> others) {
        AtomicBoolean once = new AtomicBoolean();
        return (AttachedSegment)
                Proxy.newProxyInstance(
                        AttachedSegment.class.getClassLoader(),
                        new Class<?>[] {AttachedSegment.class},
                        (_, method, arguments) -> {
                            Object result = method.invoke(segment, arguments);
                            boolean slot =
                                    method.getName().equals("begin")
                                            && arguments[0] instanceof Deed.Slot;
                            if (slot && !once.getAndSet(true)) {
                                others.call();
                            }
                            return result;
                        });
    }

    @Test
    void whatOthersStoreWhileTheJournalIsWrittenIsNotLost() throws Exception {
        try (AttachedSegment ours = attach();
                AttachedSegment theirs = plain.attach(id, Access.READ_WRITE)) {
            PhpStore other = new PhpStore(theirs);
            other.format();
            new PhpStore(whileTold(ours, () -> other.put(2, WORLD))).put(1, HELLO);
            assertThat(other.read().slots()).extracting(Slot::key).containsExactly(2L, 1L);
            new PhpStore(whileTold(ours, () -> other.put(3, LONG))).unset(1);
            assertThat(other.read().slots()).extracting(Slot::key).containsExactly(2L, 3L);
            assertThat(other.read().problems()).isEmpty();
        }
        assertThat(entries())
                .extracting(Entry::change)
                .containsExactly(new Change.Slot(1, null, HELLO), new Change.Slot(1, HELLO, null));
    }

    @Test
    void aSlotIsKeptAsAValueAndNotAsTheBytesThatMovedWithIt() throws Exception {
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, HELLO);
            store.put(2, HELLO);
            store.put(1, WORLD);
            store.unset(2);
        }
        assertThat(entries())
                .extracting(Entry::change)
                .containsExactly(
                        ((Change.Bytes) entries().getFirst().change()),
                        new Change.Slot(1, null, HELLO),
                        new Change.Slot(2, null, HELLO),
                        new Change.Slot(1, HELLO, WORLD),
                        new Change.Slot(2, HELLO, null));
        Entry format = entries().getFirst();
        assertThat(format.reason()).isEqualTo(Reason.FORMAT);
        assertThat(((Change.Bytes) format.change()).runs())
                .as("all but the byte behind the magic")
                .extracting(Change.Run::offset, Change.Run::length)
                .containsExactly(tuple(0L, 7), tuple(8L, 32));
    }

    @Test
    void aWipeIsCountedAndWhatItWipedIsNotKept() throws Exception {
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, "s:6:\"SECRET\";".getBytes(StandardCharsets.UTF_8));
            Files.delete(folder.resolve("journal.jsonl"));
            store.unset(1);
            Files.delete(folder.resolve("journal.jsonl"));
            new StoreCare(source, segment).wipe(true);
        }
        assertThat(last().reason()).isEqualTo(Reason.WIPE);
        assertThat(last().change())
                .isInstanceOfSatisfying(
                        Change.NotKept.class,
                        lost -> {
                            assertThat(lost.why()).isEqualTo(Change.Why.WIPED);
                            assertThat(lost.lengthBytes()).isPositive();
                        });
        assertThat(Files.readString(folder.resolve("journal.jsonl")))
                .doesNotContain("534543524554");
        assertThat(reverse(last(), false))
                .isInstanceOfSatisfying(
                        Reversal.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("wiping is for good"));
    }

    @Test
    void ofALargeWriteOnlyThatItWasIsKept() throws Exception {
        SegmentId.Sysv large = plain.add(new SegmentKey(5), 2 << 20);
        try (AttachedSegment segment = source.attach(large, Access.READ_WRITE);
                Act act = segment.begin(new Deed.Whole(Reason.LOAD))) {
            segment.write(0, new byte[1 << 20], 0, 1 << 20);
            segment.write(1 << 20, new byte[1 << 20], 0, 1 << 20);
            act.done();
        }
        assertThat(last().change()).isEqualTo(new Change.NotKept(0, 2 << 20, Change.Why.TOO_LARGE));
        assertThat(Files.size(folder.resolve("journal.jsonl"))).isLessThan(2000);
    }

    @Test
    void aWholeIsOneEntryAndKnownToHaveBegunWhileItLasts() throws Exception {
        try (AttachedSegment segment = attach();
                Act act = segment.begin(new Deed.Whole(Reason.REPAIR))) {
            assertThat(entries()).as("nothing was written yet").isEmpty();
            segment.replace(0, of(0), of(1));
            assertThat(last().change())
                    .isEqualTo(new Change.NotKept(0, -1, Change.Why.NEVER_ENDED));
            segment.replace(2, of(0), of(3));
            segment.replace(1, of(0), of(2));
            segment.replace(9, of(0), of(4));
            act.done();
        }
        assertThat(entries()).hasSize(1);
        assertThat(last().change())
                .isEqualTo(
                        new Change.Bytes(
                                List.of(
                                        new Change.Run(0, of(0, 0, 0), of(1, 2, 3)),
                                        new Change.Run(9, of(0), of(4)))));
        assertThat(last().broken()).isFalse();
    }

    @Test
    void whatADemoPlaysIsNotKept() throws Exception {
        try (AttachedSegment segment = attach();
                Act _ = segment.begin(new Deed.Unkept())) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, HELLO);
        }
        assertThat(entries()).isEmpty();
    }

    // ---- taking back -------------------------------------------------------------------------

    @Test
    void bytesAreTakenBackAndMadeAgainInOrder() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.replace(64, of(0, 0), of(1, 2));
            segment.replace(65, of(2), of(3));
        }
        Entry first = entries().get(0);
        Entry second = entries().get(1);
        assertThat(reverse(first, false)).isInstanceOf(Reversal.Outcome.BytesMoved.class);
        assertThat(memory(64, 2)).containsExactly(1, 3);
        assertThat(history().nextUndo()).contains(second);
        assertThat(reverse(second, false)).isEqualTo(new Reversal.Outcome.Done());
        assertThat(history().nextUndo()).contains(first);
        assertThat(history().nextRedo()).contains(second);
        assertThat(reverse(first, false)).isEqualTo(new Reversal.Outcome.Done());
        assertThat(memory(64, 2)).containsExactly(0, 0);
        assertThat(history().nextUndo()).isEmpty();
        assertThat(history().nextRedo()).contains(first);
        assertThat(reverse(first, true)).isEqualTo(new Reversal.Outcome.Done());
        assertThat(reverse(second, true)).isEqualTo(new Reversal.Outcome.Done());
        assertThat(memory(64, 2)).containsExactly(1, 3);
        assertThat(history().nextRedo()).isEmpty();
        assertThat(history().nextUndo()).contains(second);
        assertThat(last().reason()).isEqualTo(Reason.REDO);
        assertThat(last().of()).isEqualTo(second.number());
    }

    private History history() throws ShmException {
        try (AttachedSegment segment = attach()) {
            return History.of(entries(), segment.identity());
        }
    }

    @Test
    void aNewChangeEndsWhatCouldBeMadeAgain() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.replace(64, of(0), of(1));
            reverse(last(), false);
            assertThat(history().nextRedo()).isPresent();
            segment.replace(80, of(0), of(1));
        }
        assertThat(history().nextRedo()).isEmpty();
        assertThat(history().undone(entries().getFirst())).isTrue();
    }

    @Test
    void whatSomebodyElseWroteSinceIsShownAndNotOverwritten() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.replace(64, of(0, 0), of(1, 2));
            plain.memory(id).put(64, of(7));
            Reversal reversal = new Reversal(last(), false);
            Reversal.Outcome outcome = reversal.carryOut(segment);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Reversal.Outcome.BytesMoved.class,
                            moved -> {
                                assertThat(moved.left()).containsExactly(1, 2);
                                assertThat(moved.actual()).containsExactly(7, 2);
                                assertThat(moved.wanted()).containsExactly(0, 0);
                            });
            assertThat(memory(64, 2)).containsExactly(7, 2);
            assertThat(history().undone(entries().getFirst())).isFalse();
            assertThat(reversal.carryOutOver(segment, outcome))
                    .isEqualTo(new Reversal.Outcome.Done());
        }
        assertThat(memory(64, 2)).containsExactly(0, 0);
        assertThat(last().change()).isEqualTo(Change.Bytes.at(64, of(7, 2), of(0, 0)));
    }

    @Test
    void aSlotIsTakenBackByItsValueWhereverItLies() throws Exception {
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, HELLO);
            store.put(2, LONG);
            store.put(1, WORLD);
            Entry replaced = last();
            store.put(2, HELLO);
            assertThat(reverse(replaced, false)).isEqualTo(new Reversal.Outcome.Done());
            assertThat(store.read().slot(1).orElseThrow().payload()).isEqualTo(HELLO);
            Entry undo = last();
            assertThat(undo.reason()).isEqualTo(Reason.UNDO);
            assertThat(undo.of()).isEqualTo(replaced.number());
            assertThat(undo.change()).isEqualTo(new Change.Slot(1, WORLD, HELLO));
            assertThat(reverse(replaced, true)).isEqualTo(new Reversal.Outcome.Done());
            assertThat(store.read().slot(1).orElseThrow().payload()).isEqualTo(WORLD);
            assertThat(store.read().sound()).isTrue();
        }
    }

    @Test
    void aNewSlotIsTakenBackByRemovingItAndARemovedOneByStoringIt() throws Exception {
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, HELLO);
            Entry put = last();
            store.unset(1);
            Entry unset = last();
            assertThat(reverse(unset, false)).isEqualTo(new Reversal.Outcome.Done());
            assertThat(store.read().slot(1).orElseThrow().payload()).isEqualTo(HELLO);
            assertThat(reverse(put, false)).isEqualTo(new Reversal.Outcome.Done());
            assertThat(store.read().slots()).isEmpty();
        }
    }

    @Test
    void aSlotThatHoldsAnotherValueByNowIsNotOverwritten() throws Exception {
        try (AttachedSegment segment = attach()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            store.put(1, HELLO);
            Entry put = last();
            try (AttachedSegment other = plain.attach(id, Access.READ_WRITE)) {
                new PhpStore(other).put(1, WORLD);
            }
            Reversal reversal = new Reversal(put, false);
            Reversal.Outcome outcome = reversal.carryOut(segment);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Reversal.Outcome.SlotMoved.class,
                            moved -> {
                                assertThat(moved.actual()).isEqualTo(WORLD);
                                assertThat(moved.wanted()).isNull();
                            });
            assertThat(store.read().slot(1).orElseThrow().payload()).isEqualTo(WORLD);
            assertThat(reversal.carryOutOver(segment, outcome))
                    .isEqualTo(new Reversal.Outcome.Done());
            assertThat(store.read().slots()).isEmpty();
        }
    }

    @Test
    void aChangeInSeveralPlacesIsTakenBackAsAWholeOrNotAtAll() throws Exception {
        try (AttachedSegment segment = attach()) {
            try (Act act = segment.begin(new Deed.Whole(Reason.REPAIR))) {
                segment.replace(0, of(0), of(1));
                segment.replace(100, of(0), of(2));
                act.done();
            }
            Entry whole = last();
            plain.memory(id).put(0, of(9));
            assertThat(reverse(whole, false)).isInstanceOf(Reversal.Outcome.BytesMoved.class);
            assertThat(memory(100, 1)).containsExactly(2);
            plain.memory(id).put(0, of(1));
            assertThat(reverse(whole, false)).isEqualTo(new Reversal.Outcome.Done());
            assertThat(memory(0, 1)).containsExactly(0);
            assertThat(memory(100, 1)).containsExactly(0);
            assertThat(history().undone(whole)).isTrue();
        }
    }

    @Test
    void aSegmentMadeAnewUnderTheSameKeyIsNotTouched() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.replace(64, of(0), of(1));
        }
        Entry before = last();
        plain.remove(id);
        SegmentId.Sysv heir = plain.add(new SegmentKey(0xf1206), 4096);
        plain.memory(heir).put(64, of(1));
        try (AttachedSegment segment = source.attach(heir, Access.READ_WRITE)) {
            assertThat(new Reversal(before, false).carryOut(segment))
                    .isInstanceOfSatisfying(
                            Reversal.Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("earlier segment"));
        }
        assertThat(plain.memory(heir).bytes(64, 1)).containsExactly(1);
    }

    @Test
    void anEntryBeyondTheSegmentsEndIsRefused() throws Exception {
        try (AttachedSegment segment = attach()) {
            segment.replace(64, of(0), of(1));
            Entry entry = last();
            Entry beyond =
                    entry.with(
                            new Change.Bytes(
                                    List.of(new Change.Run(Long.MAX_VALUE - 9, of(1), of(2)))));
            assertThat(new Reversal(beyond, false).carryOut(segment))
                    .isInstanceOf(Reversal.Outcome.Refused.class);
        }
    }

    // ---- nothing is forgotten ----------------------------------------------------------------

    @Test
    void everyMethodOfTheContractIsPassedOn() {
        assertThat(missing(SegmentSource.class, JournaledSource.class)).isEmpty();
        assertThat(missing(AttachedSegment.class, JournaledSegment.class)).isEmpty();
    }

    private static List<String> missing(Class<?> contract, Class<?> decorator) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method ->
                        Arrays.stream(decorator.getDeclaredMethods())
                                .noneMatch(own -> same(own, method)))
                .map(Method::toString)
                .toList();
    }

    private static boolean same(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }
}
