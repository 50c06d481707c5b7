package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.OffsetText.Meaning;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetTextTest {

    private static final Meaning KIB =
            new Meaning(
                    1024,
                    0x100,
                    key ->
                            key == 5
                                    ? OptionalLong.of(0x80)
                                    : key == -3 ? OptionalLong.of(0x20) : OptionalLong.empty());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    64              | 64
                    0x40            | 64
                    0100            | 64
                    0x40 + 3*24     | 136
                    (0x40+3)*4      | 268
                    2*(3+(4-1))*5   | 60
                    100 - 10 - 5    | 85
                    100/7*7         | 98
                    100 % 7         | 2
                    100 - -28       | 128
                    #5              | 128
                    #5+8            | 136
                    #-3             | 32
                    #5-3            | 125
                    end             | 1023
                    end-16          | 1008
                    end/2           | 512
                    here            | 256
                    here*2          | 512
                    +8              | 264
                    -0x10           | 240
                    +2*16           | 288
                    - 0x10 + 1      | 241
                    0               | 0
                    1023            | 1023
                    """)
    void readsWhatIsMeant(String text, long offset) throws BadInput {
        assertThat(OffsetText.read(text, KIB)).isEqualTo(offset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1024                       | behind the end: the last byte is at 0x3ff (1023)
                    end + 0x1                  | 0x401 lies behind the end
                    512+512                    | behind the end
                    -0x101                     | lies before the first byte
                    1 -                        | a number is missing at character 4
                    (1 + 2                     | the parenthesis at character 1 is not closed
                    1 + 2)                     | ")" is not expected at character 6
                    3 * * 4                    | "* 4" at character 5 is no number
                    4 / (2-2)                  | divides by zero at character 3
                    4 % 0                      | divides by zero at character 3
                    #7                         | there is no slot 7 (character 1)
                    1 + #                      | key is missing after the # at character 5
                    12x                        | "12x" is not a whole number
                    ff                         | at character 1
                    0x40 0x41                  | "0x41" is not expected at character 6
                    9223372036854775807+1      | at character 20 leaves what 64 bits can hold
                    0x7fffffffffffffff*2       | at character 19 leaves what 64 bits can hold
                    99999999999999999999       | does not fit
                    """)
    void refusesWithOneSentenceThatNamesThePlace(String text, String sentence) {
        assertThatThrownBy(() -> OffsetText.read(text, KIB))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesAnEmptyLineAnEmptySegmentAndOneThatIsTooLong() {
        assertThatThrownBy(() -> OffsetText.read("  ", KIB)).hasMessageStartingWith("nothing is");
        assertThatThrownBy(() -> OffsetText.read("0", new Meaning(0, -1, KIB.slots())))
                .hasMessageContaining("the segment is empty");
        assertThatThrownBy(() -> OffsetText.read("(".repeat(100_000), KIB))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aRelativeOffsetThatLeavesALongIsRefusedToo() {
        Meaning huge = new Meaning(Long.MAX_VALUE, Long.MAX_VALUE - 1, KIB.slots());
        assertThatThrownBy(() -> OffsetText.read("+0x7fffffffffffffff", huge))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("leaves what 64 bits can hold");
    }

    @Test
    void anyTextIsAnOffsetInsideOrOneSentence() {
        String signs = "0123456789abcdefx+-*/%()#. endher\t\u00e9\u0660\ud83d\ude00";
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(14);
            for (int i = 0; i < length; i++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                assertThat(OffsetText.read(text.toString(), KIB)).isBetween(0L, 1023L);
                read++;
            } catch (BadInput refused) {
                assertThat(refused.sentence())
                        .isNotBlank()
                        .doesNotContain("\n")
                        .hasSizeLessThan(200);
            }
        }
        assertThat(read).as("some of them make sense").isGreaterThan(100);
    }

    @Test
    void sumsOfAnySizeAreExactOrRefused() {
        Random random = new Random(7);
        Meaning huge = new Meaning(Long.MAX_VALUE, 0, KIB.slots());
        for (int round = 0; round < 20_000; round++) {
            long a = random.nextLong() >>> random.nextInt(1, 64);
            long b = random.nextLong() >>> random.nextInt(1, 64);
            BigInteger exact =
                    BigInteger.valueOf(a)
                            .multiply(BigInteger.valueOf(b))
                            .subtract(BigInteger.valueOf(a));
            String text = "%d*%d-%d".formatted(a, b, a);
            try {
                assertThat(BigInteger.valueOf(OffsetText.read(text, huge)))
                        .as(text)
                        .isEqualTo(exact);
            } catch (BadInput refused) {
                assertThat(exact.signum() < 0 || exact.add(BigInteger.valueOf(a)).bitLength() > 62)
                        .as("%s: %s", text, refused.sentence())
                        .isTrue();
            }
        }
    }
}
