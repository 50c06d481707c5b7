package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.testing.FakeSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Stores in the words of other PHPs: read like any, never written.
final class StoreWordsTest {

    @ParameterizedTest
    @CsvSource({"c00-base, LITTLE_64, BIG_64", "38-32bit, LITTLE_32, BIG_32"})
    void readsTheSameFromABigEndianTwin(String name, StoreWords ours, StoreWords swapped) {
        StoreReading original = Dumps.reading(name);
        StoreReading twin = reading(bigEndian(Dumps.bytes(name)));

        assertThat(original.words()).isEqualTo(ours);
        assertThat(twin.words()).isEqualTo(swapped);
        assertThat(twin.header()).isEqualTo(original.header());
        assertThat(rows(twin)).isEqualTo(rows(original));
        assertThat(twin.parts()).isEqualTo(original.parts());
        assertThat(twin.problems()).isEmpty();
        assertThat(twin.sound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreWords.class,
            names = {"LITTLE_32", "BIG_64", "BIG_32"})
    void neverWritesAStoreInOtherWords(StoreWords words) throws Exception {
        byte[] bytes = store(words);
        FakeSegment segment = FakeSegment.of(bytes.clone());
        PhpStore store = new PhpStore(segment);

        assertThatThrownBy(() -> store.put(1, new byte[] {'N', ';'}))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining(words.maker())
                .hasMessageContaining("never written");
        assertThatThrownBy(() -> store.unset(1))
                .isInstanceOf(NotAStore.class)
                .hasMessageContaining(words.maker());
        assertThatThrownBy(() -> store.fit(1, 2)).isInstanceOf(NotAStore.class);
        assertThat(store.read().fit(1, 2)).isEmpty();
        assertThat(segment.writes()).isZero();
        assertThat(segment.bytes()).isEqualTo(bytes);
    }

    @Test
    void readsAsMuchAsA32BitStoreTakesAndNoMore() throws Exception {
        byte[] bytes = Dumps.bytes("38-32bit");
        FakeSegment segment = FakeSegment.of(Arrays.copyOf(bytes, 1 << 20));
        segment.forgetPages(1, 255);

        assertThat(new PhpStore(segment).read().slots()).hasSize(4);
        assertThat(segment.isResident(1)).isFalse();
    }

    @Test
    void aDamagedStartOf64BitIsNotTakenFor32Bit() {
        byte[] bytes = Dumps.bytes("c00-base");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(8, 24);

        StoreReading reading = reading(bytes);

        assertThat(reading.words()).isEqualTo(StoreWords.LITTLE_64);
        assertThat(reading.problems())
                .extracting(Problem::code)
                .containsExactly("start-below-header");
    }

    @Test
    void knowsTheSmallest32BitStore() {
        byte[] bytes = Arrays.copyOf(Dumps.bytes("38-32bit"), 24);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 24).putInt(16, 0);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(20, 24);

        assertThat(new StoreShape().recognises(ByteView.of(bytes), 24)).isTrue();
        assertThat(reading(bytes).header()).isEqualTo(new StoreHeader("PHP_SM", 24, 24, 0, 24));
        assertThat(reading(bytes).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20, -1, next-not-positive",
        "20, 0, next-not-positive",
        "20, 2147483647, next-beyond-end",
        "20, 18, next-unaligned",
        "16, -2147483648, length-negative",
        "16, 2147483647, length-beyond-end",
        "0, -2, duplicate-key"
    })
    void findsTheDamageOfA32BitStore(int inFirstSlot, int value, String code) {
        byte[] bytes = Dumps.bytes("38-32bit");
        int at = inFirstSlot == 0 ? 24 : 24 + inFirstSlot - 12;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);

        StoreReading reading = reading(bytes);

        assertThat(reading.words()).isEqualTo(StoreWords.LITTLE_32);
        assertThat(reading.problems()).extracting(Problem::code).contains(code);
        assertThat(reading.sound()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1, 25})
    void everyPartOfADamaged32BitStoreLiesInside(int number) {
        for (int at = 12; at < 176; at += 4) {
            byte[] bytes = Dumps.bytes("38-32bit");
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
            for (byte[] either : List.of(bytes, bigEndian(bytes))) {
                for (Part part : reading(either).parts()) {
                    assertThat(part.offset()).isBetween(0L, (long) bytes.length);
                    assertThat(part.end()).isBetween(part.offset(), (long) bytes.length);
                }
            }
        }
    }

    private static byte[] store(StoreWords words) {
        return switch (words) {
            case LITTLE_64 -> Dumps.bytes("c00-base");
            case LITTLE_32 -> Dumps.bytes("38-32bit");
            case BIG_64 -> bigEndian(Dumps.bytes("c00-base"));
            case BIG_32 -> bigEndian(Dumps.bytes("38-32bit"));
        };
    }

    private static StoreReading reading(byte[] bytes) {
        return StoreReading.of(ByteView.of(bytes), bytes.length);
    }

    private static List<String> rows(StoreReading reading) {
        return reading.slots().stream()
                .map(slot -> "%s %s".formatted(slot, HexFormat.of().formatHex(slot.payload())))
                .toList();
    }

    /// The same store as a machine with the other byte order would have written it. Follows the
    /// chain by what the original says of it, and stops where that leads out.
    private static byte[] bigEndian(byte[] little) {
        int word = ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN).getInt(8) == 24 ? 4 : 8;
        byte[] big = little.clone();
        for (int i = 0; i < 4; i++) {
            swap(big, 8 + i * word, word);
        }
        StoreReading reading = reading(little);
        for (Slot slot : reading.slots()) {
            for (int i = 0; i < 3; i++) {
                swap(big, (int) slot.offset() + i * word, word);
            }
        }
        return big;
    }

    private static void swap(byte[] bytes, int at, int length) {
        for (int i = 0; i < length / 2; i++) {
            byte one = bytes[at + i];
            bytes[at + i] = bytes[at + length - 1 - i];
            bytes[at + length - 1 - i] = one;
        }
    }
}
