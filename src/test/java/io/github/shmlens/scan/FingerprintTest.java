package io.github.shmlens.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final int WORDS_IN_A_ROW = Fingerprint.BYTES / Long.BYTES;

    private final Fingerprint fingerprint = Fingerprint.ofVectors();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(3 * Fingerprint.PAGE_BYTES);
    private final MemorySegment page =
            memory.asSlice(Fingerprint.PAGE_BYTES, Fingerprint.PAGE_BYTES);
    private final MemorySegment prints = arena.allocate(2 * Fingerprint.BYTES);

    @BeforeEach
    void take() {
        Random random = new Random(3);
        for (long at = 0; at < memory.byteSize(); at += Long.BYTES) {
            memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, random.nextLong());
        }
        fingerprint.take(page, 0, prints, Fingerprint.BYTES);
    }

    @AfterEach
    void free() {
        arena.close();
    }

    private boolean matches() {
        return fingerprint.matches(page, 0, prints, Fingerprint.BYTES);
    }

    private void flip(int word, int bit) {
        long at = (long) word * Long.BYTES;
        long old = page.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        page.set(ValueLayout.JAVA_LONG_UNALIGNED, at, old ^ 1L << bit);
    }

    @Test
    void seesEachBitOfEachWord() {
        assertThat(matches()).isTrue();
        for (int word = 0; word < Fingerprint.PAGE_BYTES / Long.BYTES; word++) {
            // Each word has another two bits; all 64 come round in each column.
            for (int bit : new int[] {word / WORDS_IN_A_ROW % 64, (word * 7 + 31) % 64}) {
                flip(word, bit);
                assertThat(matches()).as("word %d, bit %d", word, bit).isFalse();
                flip(word, bit);
            }
        }
        assertThat(matches()).isTrue();
    }

    @Test
    void seesTwoBitsOfOneColumnThatMightCancel() {
        // Within a column, the next word but one follows; a rotation could bring bits together.
        for (int first = 0; first < 64; first++) {
            for (int second = 0; second < 64; second++) {
                flip(24, first);
                flip(24 + 2 * WORDS_IN_A_ROW, second);
                assertThat(matches()).as("bits %d and %d", first, second).isFalse();
                flip(24, first);
                flip(24 + 2 * WORDS_IN_A_ROW, second);
            }
        }
    }

    @Test
    void seesWordsThatChangedPlaces() {
        for (int other = 1; other < 200; other++) {
            long first = page.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
            long at = (long) other * Long.BYTES;
            page.set(
                    ValueLayout.JAVA_LONG_UNALIGNED,
                    0,
                    page.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
            page.set(ValueLayout.JAVA_LONG_UNALIGNED, at, first);
            assertThat(matches()).as("word 0 and word %d", other).isFalse();
            page.set(
                    ValueLayout.JAVA_LONG_UNALIGNED,
                    at,
                    page.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
            page.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, first);
        }
        assertThat(matches()).isTrue();
    }

    @Test
    void tellsPagesOfOneByteApart() {
        page.fill((byte) 0);
        fingerprint.take(page, 0, prints, Fingerprint.BYTES);
        for (int value = 1; value < 256; value++) {
            page.fill((byte) value);
            assertThat(matches()).as("all %d, where all was 0", value).isFalse();
        }
    }

    @Test
    void seesTheSameChangeInTwoRowsThatWereAlike() {
        page.fill((byte) 0);
        fingerprint.take(page, 0, prints, Fingerprint.BYTES);
        int words = Fingerprint.PAGE_BYTES / Long.BYTES;
        for (int word = 0; word + WORDS_IN_A_ROW < words; word++) {
            for (int bit : new int[] {0, word % 64, 63}) {
                flip(word, bit);
                flip(word + WORDS_IN_A_ROW, bit);
                assertThat(matches()).as("word %d, bit %d", word, bit).isFalse();
                flip(word, bit);
                flip(word + WORDS_IN_A_ROW, bit);
            }
        }
        assertThat(matches()).isTrue();
    }

    @Test
    void looksAtNothingElse() {
        memory.asSlice(0, Fingerprint.PAGE_BYTES).fill((byte) 1);
        memory.asSlice(2 * Fingerprint.PAGE_BYTES, Fingerprint.PAGE_BYTES).fill((byte) 1);
        prints.asSlice(0, Fingerprint.BYTES).fill((byte) 1);
        assertThat(matches()).isTrue();
    }

    @Test
    void staysWithinItsMemory() {
        assertThatThrownBy(() -> fingerprint.matches(page, 64, prints, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> fingerprint.take(page, 0, prints, Fingerprint.BYTES + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isTheSameForAllOfAProcess() {
        assertThat(Fingerprint.ofVectors().matches(page, 0, prints, Fingerprint.BYTES)).isTrue();
    }
}
