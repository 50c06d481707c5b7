package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Window;
import org.junit.jupiter.api.Test;

class ChangeWordsTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void saysHowOftenAndWhen() {
        assertThat(ChangeWords.of(0, 0, 5)).isEqualTo("not seen to change");
        assertThat(ChangeWords.of(1, SECOND, SECOND)).isEqualTo("seen to change once just now");
        assertThat(ChangeWords.of(14, 0, 2 * SECOND))
                .isEqualTo("seen to change 14 times, last 2 s ago");
        assertThat(ChangeWords.of(1_400, 0, 300 * SECOND))
                .isEqualTo("seen to change 1,400 times, last 5 min ago");
        assertThat(ChangeWords.of(2, 0, 9000 * SECOND))
                .isEqualTo("seen to change 2 times, last 2 h ago");
    }

    @Test
    void speaksOfTheBlockAByteLiesIn() {
        long[] changedAt = new long[100];
        changedAt[70] = SECOND;
        changedAt[99] = 3 * SECOND;
        Window window = new Window(640, new byte[100], new byte[100], changedAt, new int[] {0, 14});
        assertThat(ChangeWords.ofBlock(window, 640 + 64, 5 * SECOND))
                .isEqualTo("Its block of 64 bytes was seen to change 14 times, last 2 s ago");
        assertThat(ChangeWords.ofBlock(window, 640 + 99, 5 * SECOND)).contains("14 times");
        assertThat(ChangeWords.ofBlock(window, 640 + 63, 5 * SECOND))
                .isEqualTo("Its block of 64 bytes was not seen to change");
    }

    @Test
    void aChangeFromAheadOfTheClockIsNow() {
        assertThat(ChangeWords.of(2, 9, 5)).isEqualTo("seen to change 2 times, last just now");
    }
}
