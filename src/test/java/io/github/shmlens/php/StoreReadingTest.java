package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreReadingTest {

    private static final int THIRD_SLOT = 160;

    @Test
    void layoutMatchesTheStructsOfExtSysvshm() {
        assertThat(StoreLayout.HEADER.size()).isEqualTo(40);
        assertThat(StoreLayout.SLOT.size()).isEqualTo(24);
        assertThat(List.of(0, 1, 8, 9, 16, 50))
                .extracting(StoreLayout::strideFor)
                .containsExactly(32L, 40L, 40L, 48L, 48L, 88L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -48, Long.MIN_VALUE})
    void stopsAtAStrideThatLeadsNowhere(long stride) {
        StoreReading reading = thirdSlotWith(StoreLayout.STRIDE.offset(), stride);

        assertThat(reading.slots()).extracting(Slot::key).containsExactly(1L, 2L, 3L);
        assertThat(reading.problems()).extracting(Problem::code).contains("next-not-positive");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 159, 1L << 40, 137})
    void stopsAtAStrideThatLeavesTheStore(long stride) {
        StoreReading reading = thirdSlotWith(StoreLayout.STRIDE.offset(), stride);

        assertThat(reading.slots()).extracting(Slot::key).containsExactly(1L, 2L, 3L);
        assertThat(reading.problems()).extracting(Problem::code).contains("next-beyond-end");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1000})
    void listsSlotsBehindOneWhoseLengthIsImpossible(long length) {
        StoreReading reading = thirdSlotWith(StoreLayout.LENGTH.offset(), length);

        assertThat(reading.slots()).extracting(Slot::key).containsExactly(1L, 2L, 3L, -4L, 5L);
        assertThat(reading.slots().get(2).payload()).isNull();
        assertThat(reading.slots().get(2).decoded()).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void peopleGetAmountsInGroupsOfDigitsAndKeysAndScriptsNever() {
        byte[] bytes = Dumps.bytes("c00-base");
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(THIRD_SLOT, 987_654)
                .putLong(THIRD_SLOT + StoreLayout.LENGTH.offset(), 1_048_576);

        Problem found =
                StoreReading.of(ByteView.of(bytes), bytes.length).problems().stream()
                        .filter(problem -> problem.code().equals("length-beyond-end"))
                        .findFirst()
                        .orElseThrow();

        assertThat(found.message()).startsWith("slot 987654 with its 1048576 bytes reaches");
        assertThat(found.shown()).startsWith("slot 987654 with its 1,048,576 bytes reaches");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 200, 290})
    void aCopyThatEndsBeforeTheSlotsDoIsNotSound(int length) {
        byte[] bytes = Dumps.bytes("c00-base");
        ByteView cut = ByteView.of(Arrays.copyOf(bytes, length));

        assertThat(StoreReading.of(cut, bytes.length).sound()).isFalse();
    }

    @Test
    void findsTheFirstOfTwoSlotsWithOneKeyAsPhpDoes() {
        StoreReading reading = thirdSlotWith(StoreLayout.KEY.offset(), 1);

        assertThat(reading.slot(1).orElseThrow().offset()).isEqualTo(40);
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("duplicate-key");
    }

    @Test
    void dividesASoundStoreWithoutGapOrOverlap() {
        byte[] bytes = Dumps.bytes("c00-base");
        List<Part> parts = StoreReading.of(ByteView.of(bytes), bytes.length).parts();

        assertThat(parts)
                .extracting(Part::kind)
                .containsExactly(
                        Part.Kind.HEADER,
                        Part.Kind.ENTRY,
                        Part.Kind.ENTRY,
                        Part.Kind.ENTRY,
                        Part.Kind.ENTRY,
                        Part.Kind.ENTRY,
                        Part.Kind.FREE);
        long end = 0;
        for (Part part : parts) {
            assertThat(part.offset()).isEqualTo(end);
            end = part.end();
        }
        assertThat(end).isEqualTo(bytes.length);
    }

    @Test
    void aFullStoreHasNoFreePart() {
        assertThat(Dumps.reading("19-full-exact").parts())
                .extracting(Part::kind)
                .doesNotContain(Part.Kind.FREE);
    }

    @Test
    void walks100000SlotsInWellUnder100Milliseconds() {
        byte[] bytes = manySlots(100_000);
        // Of this thread's own time: others may be busy beside it.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            long begun = clock.getCurrentThreadCpuTime();
            StoreReading reading = StoreReading.of(ByteView.of(bytes), bytes.length);
            assertThat(reading.sound()).isTrue();
            assertThat(reading.slots()).hasSize(100_000);
            millis.add((clock.getCurrentThreadCpuTime() - begun) / 1_000_000);
        }

        assertThat(millis).anyMatch(once -> once < 50);
    }

    @Test
    void aChainOfEightByteStepsThroughAMebibyteEnds() {
        byte[] bytes = new byte[1 << 20];
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length; at += 8) {
            numbers.putLong(at, 8);
        }
        header(numbers, bytes.length, 0, bytes.length);

        StoreReading reading = StoreReading.of(ByteView.of(bytes), bytes.length);

        assertThat(reading.slots()).hasSizeGreaterThan(100_000);
        assertThat(reading.problems()).hasSizeBetween(3, 10_000);
    }

    @Test
    void asksForNoMoreBytesThanTheSegmentHas() {
        ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header(head, Long.MAX_VALUE, 0, 0);

        assertThat(new StoreShape().extentBytes(ByteView.of(head.array()), 5000)).isEqualTo(5000);
    }

    @Test
    void asksForTheHeaderWhereTheEndIsImpossible() {
        ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header(head, Long.MIN_VALUE, 0, 0);

        assertThat(new StoreShape().extentBytes(ByteView.of(head.array()), 5000)).isEqualTo(40);
    }

    private static StoreReading thirdSlotWith(int field, long value) {
        byte[] bytes = Dumps.bytes("c00-base");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(THIRD_SLOT + field, value);
        return StoreReading.of(ByteView.of(bytes), bytes.length);
    }

    private static byte[] manySlots(int count) {
        int size = 40 + count * 40;
        ByteBuffer numbers = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header(numbers, size, 0, size);
        for (int i = 0; i < count; i++) {
            int at = 40 + i * 40;
            numbers.putLong(at, i).putLong(at + 8, 2).putLong(at + 16, 40);
            numbers.put(at + 24, (byte) 'N').put(at + 25, (byte) ';');
        }
        return numbers.array();
    }

    private static void header(ByteBuffer numbers, long end, long free, long total) {
        numbers.put(0, StoreLayout.magic());
        numbers.put(7, (byte) 0);
        numbers.putLong(8, 40).putLong(16, end).putLong(24, free).putLong(32, total);
    }
}
