package io.github.shmlens.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactTest {

    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BE = ByteOrder.BIG_ENDIAN;

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static String read(Fact fact, ByteOrder order, int... values) {
        return fact.text(Seen.of(0x40, bytes(values)), order);
    }

    @Test
    void readsNumbersInBothOrders() {
        int[] values = {0xfe, 0xff, 0, 0, 0, 0, 0, 0x80};
        assertThat(read(Fact.I8, LE, values)).isEqualTo("-2");
        assertThat(read(Fact.U8, LE, values)).isEqualTo("254");
        assertThat(read(Fact.I16, LE, values)).isEqualTo("-2");
        assertThat(read(Fact.I16, BE, values)).isEqualTo("-257");
        assertThat(read(Fact.U16, LE, values)).isEqualTo("65534");
        assertThat(read(Fact.U32, BE, values)).isEqualTo("4278124544");
        assertThat(read(Fact.I64, LE, values)).isEqualTo("-9223372036854710274");
        assertThat(read(Fact.U64, LE, values)).isEqualTo("9223372036854841342");
        assertThat(read(Fact.POINTER, LE, values)).isEqualTo("0x800000000000fffe");
        assertThat(read(Fact.BITS, LE, values)).isEqualTo("1111 1110");
        assertThat(read(Fact.IPV4, LE, 127, 0, 0, 1)).isEqualTo("127.0.0.1");
        assertThat(read(Fact.F64, BE, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0)).isEqualTo("1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "0000, 0.0",
        "8000, -0.0",
        "3c00, 1.0",
        "c000, -2.0",
        "7bff, 65504.0",
        "0400, 6.1035156E-5",
        "0001, 5.9604645E-8",
        "7c00, Infinity",
        "fc00, -Infinity",
        "7e00, NaN",
        "2e66, 0.099975586"
    })
    void readsHalfPrecisionAsIeeeDefinesIt(String bits, String text) {
        int value = Integer.parseInt(bits, 16);
        assertThat(read(Fact.F16, BE, value >> 8, value & 0xff)).isEqualTo(text);
    }

    @Test
    void everyHalfPrecisionNumberIsTypedBackToItsBits() throws BadInput {
        for (int bits = 0; bits < 0x10000; bits++) {
            String text = read(Fact.F16, LE, bits & 0xff, bits >> 8);
            if (!text.equals("NaN")) {
                assertThat(Fact.F16.bytes(text, LE, 2))
                        .as("%04x %s", bits, text)
                        .containsExactly(bits & 0xff, bits >> 8);
            }
        }
    }

    /// Exactly between two numbers of 16 bits, and a trifle beside: by way of 32 bits the trifle is
    /// lost.
    @Test
    void halfPrecisionIsRoundedOnce() throws BadInput {
        BigDecimal tie = new BigDecimal(1 + 0x1p-11);
        BigDecimal trifle = new BigDecimal("1e-30");
        assertThat(Fact.F16.bytes(tie.toPlainString(), BE, 2)).containsExactly(0x3c, 0x00);
        assertThat(Fact.F16.bytes(tie.add(trifle).toPlainString(), BE, 2))
                .containsExactly(0x3c, 0x01);
        assertThat(Fact.F16.bytes(tie.subtract(trifle).toPlainString(), BE, 2))
                .containsExactly(0x3c, 0x00);
    }

    @Test
    void whatIsReadIsTypedBackToTheSameBytes() throws BadInput {
        Random random = new Random(17);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[Seen.MOST];
            random.nextBytes(bytes);
            ByteOrder order = random.nextBoolean() ? LE : BE;
            if (round % 3 == 0) {
                // Times of this century, which random bits hardly ever are.
                long second = random.nextLong(4_000_000_000L);
                java.nio.ByteBuffer.wrap(bytes).order(order).putLong(second);
            }
            Seen seen = Seen.of(0, bytes);
            for (Fact fact : Fact.values()) {
                String text = fact.beginning(seen, order);
                if (text.isEmpty() || text.equals("NaN")) {
                    continue;
                }
                byte[] back = fact.bytes(text, order, Seen.MOST);
                assertThat(back)
                        .as("%s %s of %s", fact, text, java.util.HexFormat.of().formatHex(bytes))
                        .isEqualTo(seen.first(back.length));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    I8      | 128                        | must lie between -128 and 127
                    U8      | -1                         | must lie between 0 and 255
                    I16     | 0x8000                     | must lie between -32768 and 32767
                    U32     | 4294967296                 | must lie between 0 and 4294967295
                    I64     | 9223372036854775808        | does not fit
                    U64     | 18446744073709551616       | between 0 and 18446744073709551615
                    U64     | -1                         | does not fit
                    F16     | 65520                      | would become infinite
                    F32     | 1e39                       | would become infinite
                    F64     | 1e999                      | would become infinite
                    F64     | 1.2.3                      | is not a number
                    F64     | 1d                         | is not a number
                    BITS    | 012                        | is not up to eight binary digits
                    BITS    | 111111111                  | is not up to eight binary digits
                    IPV4    | 1.2.3.256                  | is no IPv4 address
                    IPV4    | 1.2.3                      | is no IPv4 address
                    SECONDS | 2026-02-30 00:00:00        | there is no such time
                    SECONDS | 2026-01-01 00:00:00.5      | is finer than this count
                    NANOS   | 2300-01-01 00:00:00        | too far away
                    MILLIS  | yesterday                  | is no time
                    I32     |                            | type a value
                    UTF8    | 12345678901234567          | 17 bytes and 16 can be typed over
                    UTF16   | 123456789                  | 18 bytes and 16 can be typed over
                    """)
    void refusesWhatDoesNotFitInOneSentence(Fact fact, String typed, String sentence) {
        assertThatThrownBy(() -> fact.bytes(typed == null ? "" : typed, LE, Seen.MOST))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void numbersNearTheEndHaveNoRoom() {
        assertThatThrownBy(() -> Fact.I32.bytes("1", LE, 3))
                .isInstanceOf(BadInput.class)
                .hasMessage("the i32 has 4 bytes and 3 can be typed over here");
        assertThat(read(Fact.I32, LE, 1, 2, 3)).isEqualTo("–");
        assertThat(Fact.I32.beginning(Seen.of(0, bytes(1, 2, 3)), LE)).isEmpty();
    }

    @Test
    void showsTextWithDotsAndNeverTypesADotThatStandsForSomethingElse() throws BadInput {
        Seen seen = Seen.of(0, bytes('H', 0xc3, 0xa9, '.', 0, 0xff, 'x', 0xe2, 0x82));
        assertThat(Fact.UTF8.text(seen, LE)).isEqualTo("Hé...x..");
        assertThat(Fact.UTF8.beginning(seen, LE)).isEqualTo("Hé.");
        Seen wide = Seen.of(0, "a.\u20ac\0b\ud800".getBytes(StandardCharsets.UTF_16LE));
        assertThat(Fact.UTF16.text(wide, LE)).startsWith("a.€.b");
        assertThat(Fact.UTF16.beginning(wide, LE)).isEqualTo("a.€");
        assertThat(Fact.UTF16.bytes("a€", BE, 16)).containsExactly(0, 'a', 0x20, 0xac);
    }

    @Test
    void saysNothingOfBytesThatWereNotRead() {
        Seen half = new Seen(0xffc, new byte[16], 0xfff0, 0);
        assertThat(Fact.I32.text(half, LE)).isEqualTo("0");
        assertThat(Fact.I64.text(half, LE)).isEqualTo("–");
        assertThat(Fact.UTF8.text(half, LE)).hasSize(4);
        assertThat(Fact.I8.text(new Seen(0, new byte[16], 0xffff, 0), LE)).isEqualTo("–");
    }
}
