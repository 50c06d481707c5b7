package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhpJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "N; | null",
                "b:1; | true",
                "i:-9223372036854775808; | -9223372036854775808",
                "d:1; | 1.0",
                "d:-0; | -0.0",
                "d:1.0E+25; | 1.0E+25",
                "d:.5; | 0.5",
                "d:NAN; | {\"__float\":\"NAN\"}",
                "d:-INF; | {\"__float\":\"-INF\"}",
                "s:2:\"é\"; | \"é\"",
                "S:1:\"\\ff\"; | {\"__bytes\":\"ff\"}",
                "a:0:{} | []",
                "a:2:{i:0;i:1;i:1;i:2;} | [1,2]",
                "a:2:{i:1;i:1;i:0;i:2;} | {\"1\":1,\"0\":2}",
                "a:2:{s:1:\"0\";i:1;s:1:\"1\";i:2;} | [1,2]",
                "a:2:{i:5;i:1;s:1:\"5\";i:2;} | {\"5\":2}",
                "O:5:\"Point\":1:{s:1:\"x\";i:1;} | {\"__class\":\"Point\",\"x\":1}",
                "O:1:\"A\":2:{S:4:\"\\00*\\00p\";i:1;S:4:\"\\00A\\00q\";i:2;} | {\"__class\":\"A\",\"p\":1,\"q\":2}",
                "O:1:\"B\":2:{S:4:\"\\00A\\00q\";i:1;S:4:\"\\00B\\00q\";i:2;} | {\"__class\":\"B\",\"q\":1,\"B::q\":2}",
                "C:1:\"C\":2:{xy} | {\"__class\":\"C\",\"__serialized\":\"xy\"}",
                "E:11:\"Suit:Hearts\"; | {\"__enum\":\"Suit:Hearts\"}",
                "a:2:{i:0;O:1:\"A\":0:{}i:1;r:2;} | [{\"__class\":\"A\"},{\"__class\":\"A\"}]",
                "a:2:{i:0;i:7;i:1;R:2;} | [7,7]",
                "O:1:\"A\":1:{s:2:\"me\";r:1;} | {\"__class\":\"A\",\"me\":{\"__ref\":1}}",
                "a:1:{i:0;a:1:{i:0;R:2;}} | [[{\"__ref\":2}]]",
                "a:2:{i:0;C:1:\"C\":0:{}i:1;r:9;} | [{\"__class\":\"C\",\"__serialized\":\"\"},{\"__ref\":9}]",
            })
    void showsEveryKindOfValue(String serialized, String json) {
        assertThat(PhpJson.toJson(value(serialized))).isEqualTo(json);
    }

    @Test
    void writes4096LevelsAndReadsThemBack() throws BadInput {
        String deep = "[".repeat(4096) + "]".repeat(4096);

        assertThat(PhpJson.toJson(PhpJson.parse(deep))).isEqualTo(deep);
    }

    @Test
    void refusesALevelMore() {
        assertThatThrownBy(() -> PhpJson.parse("[".repeat(4097) + "]".repeat(4097)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("4096");
    }

    @Test
    void aShortTextOfReferencesDoesNotGrowWithoutEnd() {
        StringBuilder bomb = new StringBuilder("a:40:{i:0;a:2:{i:0;i:1;i:1;i:2;}");
        for (int i = 1; i < 40; i++) {
            int before = i == 1 ? 2 : 5 + (i - 2);
            bomb.append("i:%d;a:2:{i:0;R:%d;i:1;R:%d;}".formatted(i, before, before));
        }
        bomb.append('}');

        assertThat(PhpJson.toJson(value(bomb.toString())).length()).isLessThan(3_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-5",
                "9223372036854775807",
                "-9223372036854775808",
                "0.1",
                "1e2",
                "1.0E+25",
                "-0.0",
                "4.9E-324",
                "\"\\u00e9\\ud83d\\ude00\\u0000\"",
                "[]",
                "{}",
                "[1,[2,[3]]]",
                "{\"a\":1,\"b\":[true,null]}",
                "{\"5\":1,\"-5\":2,\"05\":3,\"-0\":4,\"\":5}",
                "{\"9223372036854775807\":1,\"9223372036854775808\":2}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"1\":\"x\",\"0\":\"y\"}",
                " [ 1 , 2 ] \n"
            })
    void readsWhatPhpsJsonDecodeReads(String json) throws BadInput {
        String theirs = Php.run("echo bin2hex(serialize(json_decode($argv[1], true)));", json);

        assertThat(HexFormat.of().formatHex(PhpEncoder.encode(PhpJson.parse(json))))
                .isEqualTo(theirs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | line 1 column 1",
                "[1,2 | ends too early, at line 1 column 5",
                "[1,] | line 1 column 4",
                "{\"a\":1}x | line 1 column 8",
                "{'a':1} | line 1 column 2",
                "nul | line 1 column",
                "[1] [2] | line 1 column 5",
                "[99999999999999999999] | 64 bit",
                "[1e999] | 64 bit",
                "[\"\\ud800\"] | surrogate",
                "[NaN] | line 1 column",
                "[01] | line 1 column",
                "// x | line 1 column"
            })
    void saysWhereATextIsWrong(String json, String where) {
        assertThatThrownBy(() -> PhpJson.parse(json))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("the JSON text is not valid")
                .hasMessageContaining(where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\" 1} | after a name belongs a colon, not 1, at line 1 column 6",
                "{\"a\":1,} | a comma stands before the closing }, at line 1 column 8",
                "{a:1} | a name has to stand in double quotes, not begin with a, at line 1 column 2",
                "[1 2] | a comma is missing before 2, at line 1 column 4",
                "[,1] | a value is missing before ,, at line 1 column 2",
                "[yes] | yes is no value; texts stand in double quotes, at line 1 column 2",
                "[01] | a number does not begin with 0, at line 1 column 3",
                "[1]] | ] closes nothing, at line 1 column 4"
            })
    void saysInOneSentenceWhatIsWrong(String json, String sentence) {
        assertThatThrownBy(() -> PhpJson.parse(json))
                .hasMessage("the JSON text is not valid: " + sentence);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> PhpJson.parse("{\n  \"a\": 1,\n  \"b\": ?\n}"))
                .hasMessageContaining("line 3 column 8");
    }

    @Test
    void knowsWhichValuesSurviveEditingAsJson() {
        assertThat(List.of("a:1:{s:1:\"k\";d:0.5;}", "s:1:\"x\";", "a:0:{}", "i:5;"))
                .allMatch(text -> PhpJson.survives(value(text)));
        assertThat(
                        List.of(
                                "O:1:\"A\":0:{}",
                                "S:1:\"\\ff\";",
                                "d:NAN;",
                                "a:2:{i:0;i:7;i:1;R:2;}",
                                "i:+5;"))
                .noneMatch(text -> PhpJson.survives(value(text)));
    }

    private static PhpValue value(String text) {
        return switch (PhpDecoder.decode(text.getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }
}
