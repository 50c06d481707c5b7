package io.github.shmlens.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldFormatTest {

    private static FieldAt field(String declaration) throws Exception {
        CType type =
                Declarations.parse(
                                "enum state { IDLE, RUNNING = 4, FAILED = -1 };\n"
                                        + "struct all { %s; };".formatted(declaration),
                                Abi.X86_64)
                        .type("struct all")
                        .orElseThrow();
        return FieldAt.root(type, 0, 4096).child(0);
    }

    private static FieldValue value(FieldAt field, String hex) {
        return FieldValue.read(field, ByteView.of(HexFormat.of().parseHex(hex)), 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    int x           | ffffffff         | usual       | -1
                    int x           | ffffffff         | hex         | 0xffffffff
                    short x         | 2a00             | hex         | 0x002a
                    unsigned char x | a5               | bin         | 0b1010_0101
                    int x : 5       | 1f               | bin         | 0b1_1111
                    int x : 5       | 1f               | hex         | 0x1f
                    int x           | ac200000         | char        | '€'
                    int x           | 00d80000         | char        | 55296
                    char x          | 41               | char        | 'A'
                    char x          | 41               | dec         | 65
                    long x          | f09a266900000000 | time-s      | 2025-11-26 06:15:12
                    long x          | ffffffffffffffff | time-us     | 1969-12-31 23:59:59.999999
                    unsigned long x | ffffffffffffffff | time-ns     | 18446744073709551615
                    long x          | 0100000000000000 | time-ns     | 1970-01-01 00:00:00.000000001
                    double x        | 0000000000e05e40 | time-s      | 1970-01-01 00:02:03.500000
                    double x        | 000000000000f87f | time-s      | NaN
                    double x        | 0000000065cdcd41 | dec         | 1000000000
                    int x           | d2040000         | scaled:0.01 | 12.34
                    int x           | d2040000         | scaled:-10  | -12340
                    int x           | 80010000         | scaled:1/256 | 1.50000000
                    unsigned long x | ffffffffffffffff | scaled:2    | 36893488147419103230
                    float x         | cdcccc3d         | scaled:100  | 10
                    void *x         | 0010000000000000 | usual       | 0x1000
                    void *x         | 0010000000000000 | hex         | 0x0000000000001000
                    void *x         | 0000000000000000 | dec         | 0
                    unsigned long x | 0010000000000000 | pointer     | 0x1000
                    enum state x    | 04000000         | usual       | RUNNING
                    enum state x    | 04000000         | enum        | RUNNING (4)
                    enum state x    | 05000000         | enum        | 5 (no constant)
                    enum state x    | ffffffff         | hex         | 0xffffffff
                    _Bool x         | 01               | dec         | 1
                    char x[4]       | 41420000         | hex         | "AB"
                    """)
    void valuesReadAsTheFormatSays(String declaration, String hex, String id, String text)
            throws Exception {
        FieldAt field = field(declaration);
        assertThat(FieldFormat.parse(id).text(field, value(field, hex))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    int x           | 2a000000
                    unsigned long x | ffffffffffffffff
                    long x          | f09a266912340000
                    long x          | 0000000000000080
                    int x : 7       | 55
                    char x          | 27
                    enum state x    | 04000000
                    enum state x    | 07000000
                    double x        | 182d4454fb210940
                    float x         | cdcccc3d
                    void *x         | 00f0debc9a785634
                    _Bool x         | 01
                    char x[4]       | c3a94100
                    """)
    void whatAnEditBeginsWithMakesTheSameBytes(String declaration, String hex) throws Exception {
        FieldAt field = field(declaration);
        byte[] seen = HexFormat.of().parseHex(hex);
        for (FieldFormat format : FieldFormat.suiting(field)) {
            boolean rounded =
                    FieldFormat.scales(field)
                            && field.type().name().matches("double|float")
                            && format.id().startsWith("time");
            boolean beyond = hex.equals("ffffffffffffffff") && format.id().startsWith("time");
            if (!rounded && !beyond) {
                String begins = format.beginning(field, value(field, hex));
                assertThat(format.edit(field, begins).over(seen))
                        .as("%s: %s", format, begins)
                        .isEqualTo(seen);
            }
        }
    }

    @Test
    void whatIsTypedIsReadAsTheFormatWritesIt() throws Exception {
        FieldAt count = field("long x");
        assertThat(written("time-ms", count, "2025-11-25 21:47:04.007"))
                .isEqualTo(1_764_107_224_007L);
        assertThat(written("time-s", count, "2025-11-25")).isEqualTo(1_764_028_800L);
        assertThat(written("time-s", count, "77")).isEqualTo(77);
        assertThat(written("scaled:0.01", count, "12.34")).isEqualTo(1234);
        assertThat(written("hex", count, "0x10")).isEqualTo(16);
        assertThat(written("hex", count, "10")).isEqualTo(10);
        assertThat(written("hex", count, "0xffffffffffffffff")).isEqualTo(-1);
        assertThat(written("bin", count, "0b1111_0000")).isEqualTo(0xf0);
        assertThat(written("pointer", count, "NULL")).isEqualTo(0);
        assertThat(written("char", count, "'7'")).isEqualTo('7');
        assertThat(written("char", count, "7")).isEqualTo(7);
        assertThat(written("char", count, "€")).isEqualTo(0x20ac);
        FieldAt real = field("double x");
        assertThat(Double.longBitsToDouble(written("time-s", real, "1970-01-01 00:00:01.5")))
                .isEqualTo(1.5);
        assertThat(Double.longBitsToDouble(written("scaled:100", real, "12"))).isEqualTo(0.12);
        assertThat(Double.longBitsToDouble(written("scaled:1/256", real, "0.1"))).isEqualTo(25.6);
        assertThat(Double.longBitsToDouble(written("scaled:3", real, "0.09999999999999999")))
                .isEqualTo(0.09999999999999999 / 3);
    }

    private static long written(String id, FieldAt field, String typed) throws BadInput {
        byte[] bytes = FieldFormat.parse(id).edit(field, typed).over(new byte[Long.BYTES]);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    short x | scaled:0.01 | 12.345                  | 12.345 of x is no multiple of 0.01
                    float x | scaled:0.01 | 12.34567891             | 12.34567891 of x cannot be kept as a float times 0.01: the nearest is 12.345679
                    double x | scaled:3   | 0.1                     | the nearest is 0.09999999999999999
                    double x | scaled:0.1 | 1.00000000000000000001  | the nearest is 1
                    float x | scaled:1e-20 | 1e30                   | does not fit
                    short x | scaled:0.01 | 1e9999                  | does not fit x
                    short x | scaled:0.01 | ten                     | the value "ten" of x is not a number
                    short x | hex         | 0x10000                 | does not fit x
                    int x   | time-s      | 2300-01-01              | does not fit x
                    long x  | time-ns     | 2300-01-01              | is too far away for this count
                    long x  | time-s      | 2025-01-01 00:00:00.5   | is finer than this count can tell
                    long x  | time-s      | soon                    | "soon" is no time: 2026-11-25
                    """)
    void whatCannotBeMeantIsRefusedWithASentence(
            String declaration, String id, String typed, String sentence) throws Exception {
        FieldAt field = field(declaration);
        FieldFormat format = FieldFormat.parse(id);
        assertThatThrownBy(() -> format.edit(field, typed))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void everyFormatIsFoundAgainByItsIdAndNoOther() throws BadInput {
        for (FieldFormat.Fixed format : FieldFormat.Fixed.values()) {
            assertThat(FieldFormat.parse(format.id())).isEqualTo(format);
        }
        FieldFormat cents = FieldFormat.parse("scaled:0.01");
        assertThat(FieldFormat.parse(cents.id())).isEqualTo(cents);
        assertThat(FieldFormat.parse("scaled:1/256").id()).isEqualTo("scaled:0.00390625");
        for (String wrong :
                List.of(
                        "scaled:0",
                        "scaled:",
                        "scaled:1e9999",
                        "scaled:1e-31",
                        "scaled:1/0",
                        "scaled:1/3",
                        "scaled:1/2/2",
                        "scaled:/2",
                        "oct",
                        "")) {
            assertThatThrownBy(() -> FieldFormat.parse(wrong)).isInstanceOf(BadInput.class);
        }
    }

    @Test
    void onlyFormatsThatMakeSenseAreOffered() throws Exception {
        assertThat(FieldFormat.suiting(field("char x[8]")))
                .containsExactly(FieldFormat.Fixed.USUAL);
        assertThat(FieldFormat.suiting(field("short x")))
                .doesNotContain(FieldFormat.Fixed.SECONDS, FieldFormat.Fixed.POINTER);
        assertThat(FieldFormat.suiting(field("enum state x"))).contains(FieldFormat.Fixed.NAMES);
        assertThat(FieldFormat.scales(field("double x"))).isTrue();
        assertThat(FieldFormat.scales(field("void *x"))).isFalse();
    }

    @Test
    void timesOfFourGrainsAreReadAndTyped() throws BadInput {
        long second = 1_764_107_224L;
        assertThat(EpochTime.SECONDS.text(second)).contains("2025-11-25 21:47:04");
        assertThat(EpochTime.MILLIS.text(second * 1000 + 7)).contains("2025-11-25 21:47:04.007");
        assertThat(EpochTime.MICROS.text(-1)).contains("1969-12-31 23:59:59.999999");
        assertThat(EpochTime.NANOS.text(second * 1_000_000_000 + 1))
                .contains("2025-11-25 21:47:04.000000001");
        assertThat(EpochTime.SECONDS.text(Long.MAX_VALUE)).isEmpty();
        assertThat(EpochTime.SECONDS.text(Long.MIN_VALUE)).isEmpty();
        assertThat(EpochTime.SECONDS.count("2025-11-25T21:47:04Z")).isEqualTo(second);
        assertThat(EpochTime.SECONDS.count("2025-11-25")).isEqualTo(1_764_028_800L);
        assertThat(EpochTime.NANOS.count("2025-11-25 21:47")).isEqualTo(1_764_107_220_000_000_000L);
        assertThat(EpochTime.MILLIS.count("-5")).isEqualTo(-5);
    }
}
