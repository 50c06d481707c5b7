package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhpTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "0.1, 0.1",
        "-2.5, -2.5",
        "1e16, 10000000000000000",
        "123456789012345678, 1.2345678901234568E+17",
        "1e17, 1.0E+17",
        "1e25, 1.0E+25",
        "0.0001, 0.0001",
        "0.00001, 1.0E-5",
        "1.25e-7, 1.25E-7",
        "4.9E-324, 4.9E-324",
        "1.7976931348623157E308, 1.7976931348623157E+308",
        "NaN, NAN",
        "-Infinity, -INF"
    })
    void writesFloatsAsPhpDoes(double value, String text) {
        String expected = text.equals("4.9E-324") ? "5.0E-324" : text;

        assertThat(PhpText.shortest(value)).isEqualTo(expected);
    }

    @Test
    void writesTenThousandFloatsAsPhpDoes() {
        Random random = new Random(42);
        StringBuilder ours = new StringBuilder();
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            double value =
                    switch (i % 4) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(2_000_000) / 1000.0;
                        case 2 -> random.nextLong() * Math.pow(10, random.nextInt(40) - 30);
                        default -> Double.longBitsToDouble(random.nextLong() >>> 12);
                    };
            ours.append(PhpText.shortest(value)).append('\n');
            bits.append("%016x".formatted(Double.doubleToRawLongBits(value)));
        }

        try (Php php =
                Php.start(
                        """
                        foreach (str_split(hear(), 16) as $hex)
                            say(substr(serialize(unpack('E', hex2bin($hex))[1]), 2, -1));
                        """)) {
            php.send(bits.toString());
            StringBuilder theirs = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                theirs.append(php.line()).append('\n');
            }
            assertThat(ours.toString()).isEqualTo(theirs.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "N; | null",
                "b:1; | true",
                "i:-7; | -7",
                "d:0.5; | 0.5",
                "s:3:\"abc\"; | \"abc\"",
                "a:2:{i:0;i:1;i:1;s:1:\"x\";} | [1, \"x\"]",
                "a:1:{s:1:\"k\";a:0:{}} | [k: []]",
                "O:5:\"Point\":1:{s:4:\"\0*\0x\";i:1;} | Point {x: 1}",
                "E:11:\"Suit:Hearts\"; | Suit::Hearts"
            })
    void saysAValueInOneLine(String text, String line) {
        assertThat(PhpText.oneLine(value(text), 100)).isEqualTo(line);
    }

    @Test
    void cutsALongLine() {
        assertThat(PhpText.oneLine(PhpValue.Str.of("x".repeat(1_000_000)), 10))
                .isEqualTo("\"xxxxxxxx…");
    }

    @Test
    void keepsALineALine() {
        assertThat(PhpText.oneLine(PhpValue.Str.of("a\nb\u0000"), 100)).isEqualTo("\"a\\nb\\x00\"");
    }

    @Test
    void showsBytesThatAreNoText() {
        byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0xc3};

        assertThat(PhpText.oneLine(PhpValue.Str.of(bytes), 100)).isEqualTo("\"a\\xffé\\xc3\"");
    }

    @Test
    void aLineOfAHugeArrayCostsNoMoreThanALineOfASmallOne() {
        PhpValue huge =
                new PhpValue.Array(
                        LongStream.range(0, 1_000_000)
                                .mapToObj(
                                        i -> new PhpValue.Entry(PhpValue.Int.of(i), PhpValue.NULL))
                                .toList());

        assertThat(PhpText.oneLine(huge, 20)).isEqualTo("[null, null, null, …");
    }

    @Test
    void printsASerializedTextAsItIs() {
        assertThat(PhpText.php(bytes("s:4:\"é\\n\";"))).isEqualTo("s:4:\"é\\n\";");
    }

    @Test
    void escapesASerializedTextThatIsNotPrintable() {
        assertThat(PhpText.php(bytes("s:2:\"\0\\\";"))).isEqualTo("s:2:\"\\x00\\\\\";");
    }

    @Test
    void textWithControlCharactersIsNotPrintable() {
        assertThat(PhpText.printable(bytes("a\u0001b"))).isNull();
        assertThat(PhpText.printable(bytes("a\tb\n"))).isEqualTo("a\tb\n");
    }

    @Test
    void givesEveryKindItsWord() {
        assertThat(List.of("N;", "b:0;", "i:1;", "d:1;", "s:0:\"\";", "a:0:{}", "O:1:\"A\":0:{}"))
                .extracting(text -> value(text).typeName())
                .containsExactly("null", "bool", "int", "float", "string", "array", "object");
    }

    private static PhpValue value(String text) {
        return switch (PhpDecoder.decode(bytes(text))) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
