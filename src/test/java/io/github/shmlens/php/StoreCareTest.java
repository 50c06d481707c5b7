package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeMemory;
import io.github.shmlens.testing.FakeSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StoreCareTest {

    private static final Set<String> PHP_CAN_LIVE_WITH =
            Set.of("start-not-40", "duplicate-key", "next-unaligned", "next-not-canonical");

    private static final int START = 8;
    private static final int END = 16;
    private static final int FREE = 24;
    private static final int TOTAL = 32;

    private final FakeSource host = new FakeSource();

    private static List<String> damaged() {
        return Dumps.damaged();
    }

    /// One store in a segment of its own.
    private final class Held {
        private final SegmentId id;
        private final int size;
        private final StoreCare care;
        private final PhpStore store;

        private Held(byte[] bytes) throws ShmException {
            size = bytes.length;
            id = host.add(new SegmentKey(7), size);
            memory().put(0, bytes);
            AttachedSegment segment = host.attach(id, Access.READ_WRITE);
            care = new StoreCare(host, segment);
            store = new PhpStore(segment);
        }

        private FakeMemory memory() {
            return host.memory(id);
        }

        private byte[] bytes() {
            return memory().bytes(0, size);
        }
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] base() {
        return Dumps.bytes("c00-base");
    }

    private static byte[] baseWith(int at, long value) {
        byte[] bytes = base();
        numbers(bytes).putLong(at, value);
        return bytes;
    }

    private static Set<String> structuralCodes(byte[] bytes) {
        return StoreReading.of(ByteView.of(bytes), bytes.length).structuralProblems().stream()
                .map(Problem::code)
                .collect(Collectors.toSet());
    }

    /// What shm_attach of hardened PHP checks.
    private static void assertHardenedPhpAttaches(byte[] bytes) {
        ByteBuffer header = numbers(bytes);
        long start = header.getLong(START);
        long end = header.getLong(END);
        long free = header.getLong(FREE);
        long total = header.getLong(TOTAL);
        assertThat(total).isBetween(40L, (long) bytes.length);
        assertThat(start).isBetween(40L, total);
        assertThat(end).isBetween(start, total);
        assertThat(free).isBetween(0L, total - end);
    }

    // ---- repair ------------------------------------------------------------------------------

    @Test
    void aSoundStoreNeedsNoRepair() throws Exception {
        assertThat(new Held(base()).care.plan()).isEqualTo(new Repair.NotNeeded());
    }

    @ParameterizedTest
    @CsvSource({
        "16, 5000",
        "16, 1000",
        "16, 0",
        "16, 39",
        "16, -1",
        "16, 9223372036854775807",
        "16, 300",
        "24, 0",
        "24, -5",
        "24, 99999",
        "24, 727",
        "32, 0",
        "32, 100",
        "32, -1",
        "32, 5000",
        "32, 9223372036854775807",
        "8, 0",
        "8, -9223372036854775808",
        "8, 41",
        "8, 39",
        "8, 900",
    })
    void oneWrongWordOfTheHeaderIsMadeRightAndNothingIsLost(int at, long value) throws Exception {
        Held held = new Held(baseWith(at, value));

        Repair.Plan plan = (Repair.Plan) held.care.plan();
        held.care.repair(plan);

        assertThat(held.bytes()).isEqualTo(base());
        assertThat(plan.keptSlots()).isEqualTo(5);
    }

    @Test
    void everyWrongStrideIsMadeRightFromTheLength() throws Exception {
        for (Slot slot : Dumps.reading("c00-base").slots()) {
            for (long stride : new long[] {0, -48, 8, 51, 24, 1 << 20, Long.MAX_VALUE}) {
                Held held = new Held(baseWith((int) slot.offset() + 16, stride));

                held.care.repair((Repair.Plan) held.care.plan());

                assertThat(held.bytes()).as("%s with stride %d", slot, stride).isEqualTo(base());
            }
        }
    }

    @Test
    void everyWrongLengthIsMadeRightFromTheValue() throws Exception {
        for (Slot slot : Dumps.reading("c00-base").slots()) {
            for (long length : new long[] {-1, 999, 1 << 30, Long.MAX_VALUE, Long.MIN_VALUE}) {
                Held held = new Held(baseWith((int) slot.offset() + 8, length));

                held.care.repair((Repair.Plan) held.care.plan());

                assertThat(held.bytes()).as("%s with length %d", slot, length).isEqualTo(base());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void whatIsRepairedIsAStoreThatPhpCanLiveWith(String name) throws Exception {
        Held held = new Held(Dumps.bytes(name));
        byte[] before = held.bytes();

        if (held.care.plan() instanceof Repair.Plan plan) {
            held.care.repair(plan);
            assertThat(PHP_CAN_LIVE_WITH).containsAll(structuralCodes(held.bytes()));
            assertHardenedPhpAttaches(held.bytes());
            assertThat(held.care.plan()).isEqualTo(new Repair.NotNeeded());
        } else {
            assertThat(held.bytes()).isEqualTo(before);
        }
    }

    @Test
    void whateverIsWrongTheRepairedStoreIsOneThatPhpCanLiveWith() throws Exception {
        Random random = new Random(20261125);
        long[] odd = {0, 1, -1, 24, 40, 64, 296, 1024, Long.MAX_VALUE, Long.MIN_VALUE, 1 << 20};
        int repaired = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = base();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                int at = random.nextInt(8, 320);
                switch (random.nextInt(3)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> numbers(bytes).putLong(at & ~7, odd[random.nextInt(odd.length)]);
                    default -> numbers(bytes).putLong(at & ~7, random.nextLong(-100, 1200));
                }
            }
            StoreReading reading = StoreReading.of(ByteView.of(bytes), bytes.length);
            if (Repair.of(reading) instanceof Repair.Plan plan) {
                for (Repair.Change change : plan.changes()) {
                    ByteBuffer word = numbers(bytes);
                    assertThat(word.getLong((int) change.offset())).isEqualTo(change.before());
                    word.putLong((int) change.offset(), change.after());
                }
                assertThat(PHP_CAN_LIVE_WITH)
                        .as("round %d: %s", round, plan)
                        .containsAll(structuralCodes(bytes));
                assertHardenedPhpAttaches(bytes);
                repaired++;
            }
        }
        assertThat(repaired).isGreaterThan(1000);
    }

    @Test
    void aChainThatNothingVouchesForIsCutAndTheLossIsSaidBefore() throws Exception {
        byte[] bytes = base();
        List<Slot> slots = Dumps.reading("c00-base").slots();
        Slot broken = slots.get(3);
        numbers(bytes)
                .putLong((int) broken.offset() + 8, -1)
                .putLong((int) broken.offset() + 16, 8);
        Held held = new Held(bytes);

        Repair.Plan plan = (Repair.Plan) held.care.plan();
        held.care.repair(plan);

        assertThat(plan.keptSlots()).isEqualTo(3);
        assertThat(plan.lost()).contains(new Repair.LostSlot(broken.key(), broken.offset()));
        assertThat(plan.cutBytes()).isEqualTo(296 - broken.offset());
        assertThat(held.store.read().sound()).isTrue();
        assertThat(held.store.read().slots()).extracting(Slot::key).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whereNeitherEndNorFreeCanBeRightNothingIsGuessed() throws Exception {
        byte[] bytes = baseWith(END, 5000);
        numbers(bytes).putLong(FREE, -7);

        assertThat(new Held(bytes).care.plan())
                .isEqualTo(
                        new Repair.Impossible(
                                "end is 5000 and free is -7, and neither says where the slots end"));
    }

    @Test
    void nothingIsRepairedThatIsNoLongerTheStorePlannedFor() throws Exception {
        Held held = new Held(baseWith(FREE, 5));
        Repair.Plan plan = (Repair.Plan) held.care.plan();
        byte[] meanwhile = baseWith(FREE, 6);
        held.memory().put(0, meanwhile);

        ShmException refused =
                catchThrowableOfType(ShmException.class, () -> held.care.repair(plan));

        assertThat(refused.failure()).isInstanceOf(ShmFailure.Moved.class);
        assertThat(held.bytes()).isEqualTo(meanwhile);
    }

    @Test
    void aStoreOfOtherWordsIsNeitherRepairedNorWiped() throws Exception {
        byte[] bytes = Dumps.bytes("38-32bit");
        bytes[16]++;
        Held held = new Held(bytes);

        assertThat(held.care.plan()).isInstanceOf(Repair.Impossible.class);
        assertThat(catchThrowableOfType(NotAStore.class, () -> held.care.wipe(true))).isNotNull();
        assertThat(catchThrowableOfType(NotAStore.class, held.care::ghosts)).isNotNull();
        assertThat(held.bytes()).isEqualTo(bytes);
    }

    @Test
    void everyFindingThereIsExplained() {
        for (String name : Dumps.damaged()) {
            assertThat(Dumps.reading(name).problems())
                    .allSatisfy(problem -> assertThat(Damage.of(problem)).isPresent());
        }
        for (Damage damage : Damage.values()) {
            assertThat(List.of(damage.meaning(), damage.php(), damage.hardenedPhp()))
                    .allSatisfy(text -> assertThat(text).endsWith("."));
        }
    }

    // ---- ghosts ------------------------------------------------------------------------------

    private Held withSlots(int size, String... values) throws Exception {
        Held held = new Held(new byte[size]);
        held.store.format();
        for (int key = 1; key <= values.length; key++) {
            held.store.put(key, text(values[key - 1]));
        }
        return held;
    }

    private static byte[] text(String value) {
        return "s:%d:\"%s\";".formatted(value.length(), value).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theLastSlotRemovedIsAGhost() throws Exception {
        Held held = withSlots(1024, "one", "two");
        long offset = held.store.read().slots().get(1).offset();
        held.store.unset(2);

        Ghosts ghosts = held.care.ghosts();

        assertThat(ghosts.found())
                .singleElement()
                .satisfies(ghost -> {
                    assertThat(ghost.kind()).isEqualTo(Ghost.Kind.REMOVED);
                    assertThat(ghost.slot().key()).isEqualTo(2);
                    assertThat(ghost.slot().offset()).isEqualTo(offset);
                    assertThat(ghost.slot().payload()).isEqualTo(text("two"));
                });
    }

    @Test
    void theCopyThatPhpLeavesWhenItMovesASlotIsToldApart() throws Exception {
        Held held = withSlots(1024, "one", "two", "three");
        held.store.unset(1);

        assertThat(held.care.ghosts().found())
                .extracting(ghost -> ghost.kind().word() + " " + ghost.slot().key())
                .containsExactly("moved 3");
    }

    @Test
    void anOlderValueOfALivingSlotIsToldApart() throws Exception {
        Held held = withSlots(1024, "a longer first value", "two");
        held.store.unset(2);
        held.store.unset(1);
        held.store.put(2, text("x"));

        assertThat(held.care.ghosts().found())
                .extracting(ghost -> ghost.kind().word() + " " + ghost.slot().key())
                .containsExactly("replaced 2");
    }

    @Test
    void aFreshStoreHasNoGhostsAndItsFreeRoomStaysUntouched() throws Exception {
        SegmentId id = host.add(new SegmentKey(7), 64L << 20);
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            new PhpStore(segment).format();
            StoreCare care = new StoreCare(host, segment);

            assertThat(care.ghosts().found()).isEmpty();
            assertThat(care.stale()).isEqualTo(new StaleBytes(0, 0));
            assertThat(care.wipe(false)).isEqualTo(new StaleBytes(0, 0));
            assertThat(host.memory(id).committedPages()).isEqualTo(1);
        }
    }

    @Test
    void aGhostAcrossTwoLooksIsFound() throws Exception {
        Held held = new Held(new byte[4 << 20]);
        held.store.format();
        held.store.put(1, text("x".repeat((1 << 20) - 200)));
        held.store.put(2, text("y".repeat(1 << 20)));
        held.store.put(3, text("z"));
        held.store.unset(3);
        held.store.unset(2);
        held.store.unset(1);

        assertThat(held.care.ghosts().found())
                .extracting(ghost -> ghost.slot().key())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void ghostsThatOverlapCostNoMoreThanAFewLooks() throws Exception {
        int size = 2 << 20;
        byte[] bytes = new byte[size];
        System.arraycopy(Dumps.bytes("18-empty"), 0, bytes, 0, 40);
        ByteBuffer words = numbers(bytes);
        words.putLong(FREE, size - 40).putLong(TOTAL, size);
        // Every place claims a slot of half the room whose text is wrong at its very end.
        for (int at = 40; at + 24 < size / 2; at += 24) {
            long length = size / 2 / 8 * 8 - 40;
            words.putLong(at, 1).putLong(at + 8, length).putLong(at + 16, length + 32);
        }
        Held held = new Held(bytes);

        Ghosts ghosts = held.care.ghosts();

        assertThat(ghosts.whole()).isFalse();
        assertThat(held.memory().reads()).isLessThan(100);
    }

    @Test
    void onlySoManyGhostsAreListedAndAllAreCounted() throws Exception {
        Held held = new Held(new byte[1 << 20]);
        held.store.format();
        byte[] room = new byte[3000 * 40];
        for (int i = 0; i < 3000; i++) {
            numbers(room).putLong(i * 40, i).putLong(i * 40 + 8, 2).putLong(i * 40 + 16, 40);
            room[i * 40 + 24] = 'N';
            room[i * 40 + 25] = ';';
        }
        held.memory().put(40, room);

        Ghosts ghosts = held.care.ghosts();

        assertThat(ghosts.count()).isEqualTo(3000);
        assertThat(ghosts.found()).hasSize(GhostSearch.MOST_LISTED);
        assertThat(ghosts.whole()).isTrue();
    }

    @Test
    void garbageInFreeRoomIsNoGhost() throws Exception {
        Random random = new Random(5);
        Held held = withSlots(1 << 20, "one");
        byte[] garbage = new byte[(1 << 20) - 200];
        random.nextBytes(garbage);
        held.memory().put(200, garbage);

        assertThat(held.care.ghosts().count()).isZero();
    }

    @Test
    void withoutAnEndThereIsNoFreeRoomToLookIn() throws Exception {
        Held held = new Held(baseWith(END, -1));

        assertThat(catchThrowableOfType(NotAStore.class, held.care::ghosts).sentence())
                .contains("end is -1");
    }

    // ---- wipe --------------------------------------------------------------------------------

    @Test
    void aWipeLeavesNoStaleByteAndEverySlotAsItWas() throws Exception {
        Held held = new Held(Dumps.bytes("22-replaced"));
        List<Slot> before = held.store.read().slots();
        StaleBytes stale = held.care.stale();
        assertThat(stale.freeBytes()).isPositive();
        assertThat(stale.paddingBytes()).isPositive();

        assertThat(held.care.wipe(false)).isEqualTo(stale);

        assertThat(held.care.stale()).isEqualTo(new StaleBytes(0, 0));
        assertThat(held.care.ghosts().found()).isEmpty();
        assertThat(held.store.read().slots()).isEqualTo(before);
        assertThat(held.store.read().problems()).isEmpty();
    }

    @Test
    void aWipeStopsWhenAWriterComesInBetween() throws Exception {
        Held held = new Held(Dumps.bytes("22-replaced"));
        byte[] before = held.bytes();
        long[] reads = {0};
        held.memory()
                .beforeRead(() -> {
                    if (++reads[0] == 8) {
                        byte[] moved = before.clone();
                        ByteBuffer header = numbers(moved);
                        header.putLong(END, header.getLong(END) + 48);
                        header.putLong(FREE, header.getLong(FREE) - 48);
                        held.memory().put(0, moved);
                    }
                });

        ShmException refused =
                catchThrowableOfType(ShmException.class, () -> held.care.wipe(false));

        assertThat(refused.failure()).isInstanceOf(ShmFailure.Moved.class);
    }

    @Test
    void aDamagedStoreIsNotWiped() throws Exception {
        Held held = new Held(baseWith(END, 88));
        byte[] before = held.bytes();

        assertThat(catchThrowableOfType(NotAStore.class, () -> held.care.wipe(false)).sentence())
                .contains("damaged");
        assertThat(held.bytes()).isEqualTo(before);
    }

    @Test
    void whatLiesBehindTheStoresTotalStays() throws Exception {
        byte[] bytes = new byte[2048];
        System.arraycopy(base(), 0, bytes, 0, 1024);
        bytes[2000] = 'x';
        bytes[1000] = 'y';
        Held held = new Held(bytes);

        held.care.wipe(true);

        assertThat(held.bytes()[2000]).isEqualTo((byte) 'x');
        assertThat(held.bytes()[1000]).isZero();
    }
}
