package io.github.shmlens.ui.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.kryo.SlotInput.As;
import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static As fitting(String latin) {
        return Typed.fitting(bytes(latin));
    }

    @Test
    void eachKindOfValueHasItsField() {
        assertThat(fitting("s:5:\"Hello\";")).isEqualTo(As.STRING);
        assertThat(fitting("i:42;")).isEqualTo(As.INT);
        assertThat(fitting("d:0.1;")).isEqualTo(As.FLOAT);
        assertThat(fitting("b:1;")).isEqualTo(As.BOOL);
        assertThat(fitting("N;")).isEqualTo(As.NULL);
        assertThat(fitting("a:2:{i:0;i:1;i:1;s:1:\"x\";}")).isEqualTo(As.JSON);
        assertThat(fitting("O:3:\"Foo\":0:{}")).isEqualTo(As.PHP);
        assertThat(fitting("E:11:\"Suit:Hearts\";")).isEqualTo(As.PHP);
        assertThat(fitting("garbage")).isEqualTo(As.RAW);
    }

    @Test
    void aStringThatNoTextFieldKeepsOpensAsSerializedText() {
        assertThat(fitting("s:3:\"a\rb\";")).isEqualTo(As.PHP);
        assertThat(fitting("s:3:\"a\0b\";")).isEqualTo(As.PHP);
        assertThat(fitting("s:3:\"a\377b\";")).isEqualTo(As.PHP);
    }

    @Test
    void anArrayThatJsonWouldChangeOpensAsSerializedText() {
        assertThat(fitting("a:1:{i:5;O:3:\"Foo\":0:{}}")).isEqualTo(As.PHP);
        assertThat(fitting("a:1:{i:0;d:0.10000000000000001;}")).isEqualTo(As.PHP);
    }

    @Test
    void bytesBehindTheValueAreKeptAsRaw() {
        assertThat(fitting("i:1;x")).isEqualTo(As.RAW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s:5:\"Hello\";",
                "s:2:\"\303\251\";",
                "s:0:\"\";",
                "i:-7;",
                "d:0.1;",
                "d:1.0E+25;",
                "d:NAN;",
                "b:0;",
                "N;",
                "a:2:{s:1:\"k\";a:0:{}i:9;d:1.5;}",
                "O:3:\"Foo\":1:{s:6:\"\0Foo\0x\";i:1;}",
                "s:4:\"\\x41\";",
                "O:4:\"A\\xa\":0:{}",
                "s:4:\"a\0\377\r\";",
                "\1\2garbage"
            })
    void everyPayloadComesBackFromItsFieldsAsItWas(String latin) throws BadInput {
        byte[] payload = bytes(latin);
        for (As as : new As[] {Typed.fitting(payload), As.RAW}) {
            assertThat(Typed.payload(as, Typed.text(as, payload))).isEqualTo(payload);
        }
    }

    @Test
    void theSerializedFormEscapesOnlyWhatIsNoText() {
        assertThat(Typed.text(As.PHP, bytes("O:7:\"App\\Foo\":1:{s:4:\"\0*\0x\";i:1;}")))
                .isEqualTo("O:7:\"App\\Foo\":1:{s:4:\"\\x00*\\x00x\";i:1;}");
    }

    @Test
    void hexMayHaveGapsAndMustBeWhole() throws BadInput {
        assertThat(Typed.payload(As.RAW, "69 3A\n31 3b")).isEqualTo(bytes("i:1;"));
        assertThatThrownBy(() -> Typed.payload(As.RAW, "69 3"))
                .hasMessage("the last byte has only one hex digit");
        assertThatThrownBy(() -> Typed.payload(As.RAW, "69 zz"))
                .hasMessage("\"z\" is no hex digit, at character 4");
    }

    @Test
    void oneKindTurnsIntoAnother() {
        assertThat(Typed.text(As.STRING, bytes("i:42;"))).isEqualTo("42");
        assertThat(Typed.text(As.INT, bytes("s:2:\"42\";"))).isEqualTo("42");
        assertThat(Typed.text(As.INT, bytes("s:2:\"4x\";"))).isEqualTo("0");
        assertThat(Typed.text(As.JSON, bytes("i:42;"))).isEqualTo("42");
        assertThat(Typed.text(As.BOOL, bytes("s:1:\"0\";"))).isEqualTo("false");
    }

    @Test
    void aKryoValueIsEditedAsJsonWhereThatGivesBackTheSameBytes() throws BadInput {
        byte[] plain = Typed.payload(As.KRYO, "{\"a\": [1, 2.5]}");
        assertThat(Typed.fitting(plain)).isEqualTo(As.KRYO);
        assertThat(Typed.text(As.KRYO, plain)).isEqualTo("{\n  \"a\": [\n    1,\n    2.5\n  ]\n}");
        assertThat(Typed.payload(As.KRYO, Typed.text(As.KRYO, plain))).isEqualTo(plain);
        assertThat(Typed.text(As.JSON, plain)).contains("\"a\": [");

        byte[] narrow = KryoSlot.payload(new KryoValue.Whole(1, KryoValue.Width.BYTE));
        assertThat(Typed.fitting(narrow)).isEqualTo(As.PHP);
    }

    @Test
    void jsonIsWrittenInLines() {
        assertThat(Typed.indented("{\"a\":[1,{}],\"b\\\"c\":\"{,}\"}"))
                .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\\\"c\": \"{,}\"\n}");
    }
}
