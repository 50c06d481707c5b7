package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypedInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "STRING | Hello. | s:6:\"Hello.\";",
                "STRING | é | s:2:\"é\";",
                "STRING | ~~ | s:0:\"\";",
                "INT | 42 | i:42;",
                "INT | -9223372036854775808 | i:-9223372036854775808;",
                "INT | 0xff | i:255;",
                "INT | 017 | i:15;",
                "FLOAT | 1 | d:1;",
                "FLOAT | 1e17 | d:1.0E+17;",
                "FLOAT | nan | d:NAN;",
                "FLOAT | -.5 | d:-0.5;",
                "BOOL | TRUE | b:1;",
                "BOOL | 0 | b:0;",
                "NULL | ~~ | N;",
                "NULL | null | N;",
                "JSON | {\"a\":[1]} | a:1:{s:1:\"a\";a:1:{i:0;i:1;}}",
                "PHP | O:1:\"A\":0:{} | O:1:\"A\":0:{}",
                "PHP | E:3:\"A:b\"; | E:3:\"A:b\";",
                "RAW | anything | anything"
            })
    void makesThePayload(TypedInput.As as, String typed, String payload) throws BadInput {
        assertThat(new String(TypedInput.payload(as, bytes(typed)), StandardCharsets.UTF_8))
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INT | 1.5 | the int \"1.5\" is not a whole number",
                "INT | 9223372036854775808 | does not fit",
                "INT | ~~ | the int",
                "FLOAT | 0x1p3 | the float \"0x1p3\"",
                "FLOAT | 1d | the float \"1d\"",
                "FLOAT | 1e999 | too large",
                "BOOL | yes | the bool \"yes\"",
                "NULL | 0 | null takes no value",
                "JSON | [1, | the JSON text is not valid",
                "PHP | i:5 | PHP could not read this text",
                "PHP | i:5;i:6; | more bytes after its value, at byte 4",
                "PHP | O:0:\"\":0:{} | no name of a class",
                "PHP | O:2:\"\\A\":0:{} | no name of a class",
                "PHP | E:1:\"A\"; | no name of a class",
                "PHP | a:1:{i:0;O:3:\"A b\":0:{}} | \"A b\" is no name"
            })
    void saysWhatIsWrong(TypedInput.As as, String typed, String sentence) {
        assertThatThrownBy(() -> TypedInput.payload(as, bytes(typed)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void takesAnyBytesAsAString() throws BadInput {
        byte[] typed = {(byte) 0xff, 0};

        assertThat(TypedInput.payload(TypedInput.As.STRING, typed))
                .isEqualTo(new byte[] {'s', ':', '2', ':', '"', (byte) 0xff, 0, '"', ';'});
    }

    @Test
    void takesNoBytesThatAreNoTextAsANumber() {
        assertThatThrownBy(() -> TypedInput.payload(TypedInput.As.INT, new byte[] {(byte) 0xff}))
                .isInstanceOf(BadInput.class)
                .hasMessage("the int is not UTF-8");
    }

    @Test
    void forgivesTheLineEndOfAnEchoedSerializedText() throws BadInput {
        assertThat(TypedInput.payload(TypedInput.As.PHP, bytes("i:5;\n"))).isEqualTo(bytes("i:5;"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
