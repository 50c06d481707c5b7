package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50 48 0a",
                "50480a",
                "0x50, 0x48, 0xA",
                "\\x50\\x48\\x0a",
                "50:48:0A",
                "char a[] = {0x50, 0x48, 0x0a};",
                "byte[] b = {0x50, (byte) 0x48, 0xa};",
                " 50-48\n0a "
            })
    void readsHexHoweverItIsWritten(String text) throws BadInput {
        assertThat(Paste.bytes(text, Paste.As.HEX)).containsExactly(0x50, 0x48, 0x0a);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    5 48      | half a byte at character 1
                    50 4      | half a byte at character 4
                    50 zz     | "z" at character 4
                    50 ··     | stands for bytes that were not read
                    Hello     | "H" at character 1
                    { }       | there is no text
                    """)
    void refusesWhatIsNoHexAndSaysWhere(String text, String sentence) {
        assertThatThrownBy(() -> Paste.bytes(text, Paste.As.HEX))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void textIsItsUtf8AndHalfACharacterIsRefused() throws BadInput {
        assertThat(Paste.bytes("é 1", Paste.As.TEXT))
                .isEqualTo("é 1".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Paste.bytes("a\ud83d", Paste.As.TEXT))
                .hasMessageContaining("half a character");
    }

    @Test
    void aLimitHolds() throws BadInput {
        assertThat(Paste.bytes("00 ".repeat(Paste.MOST_BYTES), Paste.As.HEX))
                .hasSize(Paste.MOST_BYTES);
        assertThatThrownBy(() -> Paste.bytes("00 ".repeat(Paste.MOST_BYTES + 1), Paste.As.HEX))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("65,536");
        assertThatThrownBy(() -> Paste.bytes("x".repeat(50_000_000), Paste.As.TEXT))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void anyTextIsBytesOrOneSentence() {
        Random random = new Random(11);
        String signs = "0123456789abcfxX{}()\\byte, ;:\n·é\ud83d";
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int i = 0; i < length; i++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                byte[] bytes = Paste.bytes(text.toString(), Paste.As.HEX);
                assertThat(bytes.length).as("%s", HexFormat.of().formatHex(bytes)).isPositive();
                read++;
            } catch (BadInput refused) {
                assertThat(refused.sentence()).isNotBlank();
            }
        }
        assertThat(read).isGreaterThan(100);
    }
}
