package io.github.shmlens.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.fields.RecordFilter.Comparison;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordLayoutTest {

    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private static RecordLayout layout(String columns, long offset, long stride, long count)
            throws BadInput {
        return RecordLayout.of(
                "", offset, stride, count, RecordColumns.parse(columns, LE).columns());
    }

    private static FieldAt over(String source, String path) throws Exception {
        CType type = Declarations.parse(source, Abi.X86_64).main().orElseThrow().type();
        return FieldAt.root(type, 16, 1 << 20).find(path);
    }

    private static String places(RecordColumns list) {
        StringBuilder text = new StringBuilder();
        for (RecordLayout.Column column : list.columns()) {
            text.append(column.name()).append(' ');
            text.append(column.field().offset()).append('+');
            text.append(column.field().sizeBytes()).append("; ");
        }
        return text + "= " + list.strideBytes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    i32 f64                  | i32@0 0+4; f64@8 8+8; = 16
                    i8,i32;i8                | i8@0 0+1; i32@4 4+4; i8@8 8+1; = 12
                    x:f64@4 u8               | x 4+8; u8@12 12+1; = 16
                    u8[3] tag:char[5] ptr    | u8@0 0+1; u8@1 1+1; u8@2 2+1; tag 3+5; ptr@8 8+8; = 16
                    rgb:u8[2]@0x10           | rgb[0] 16+1; rgb[1] 17+1; = 18
                    char BOOL                | char@0 0+1; bool@1 1+1; = 2
                    a:u32@0 b:u32@0          | a 0+4; b 0+4; = 4
                    """)
    void columnsFollowOneAnotherAsACompilerPlacesThemUnlessTold(String list, String places)
            throws BadInput {
        assertThat(places(RecordColumns.parse(list, LE))).isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                          | a record has at least one column
                    int                         | column 1, "int": int is called i32 here; types are i8 i16
                    u8 uint8_t[4]               | column 2, "uint8_t[4]": uint8_t is called u8 here
                    i32 a                       | column 2, "a": a is no type; as the name of the column before it stands in front: a:i32; types
                    u8, char[8] tag             | column 3, "tag": tag is no type; as the name of the column before it stands in front: tag:char[8];
                    x:i32 a                     | column 2, "a": a is no type; a name stands in front of one: a:i32; types
                    a i32                       | column 1, "a": a is no type; a name stands in front of one: a:i32; types
                    x:f8@4                      | column 1, "x:f8@4": f8 is no type; types are i8
                    i32 i32@                    | column 2, "i32@", is not written as
                    i32@-4                      | is not written as
                    i32@9223372036854775807     | must lie between 0 and 1099511627776
                    i32@ffffff                  | is not a whole number
                    u8[0]                       | must lie between 1 and 256
                    u8[257]                     | must lie between 1 and 256
                    u8[200] u8[57]              | a record has at most 256 columns
                    char[99999999999999999999]  | must lie between 1 and 1048576
                    """)
    void columnsThatCannotBeAreRefusedWithASentence(String list, String sentence) {
        assertThatThrownBy(() -> RecordColumns.parse(list, LE))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, -1",
        "0, -8, -1",
        "-1, 8, -1",
        "0, 8, -2",
        "9223372036854775807, 1, -1",
        "9223372036854775804, 1, 1",
        "0, 9223372036854775807, 3",
        "0, 8, 9223372036854775807",
        "1, 1, 9223372036854775805",
        "-9223372036854775808, -9223372036854775808, -9223372036854775808"
    })
    void noOffsetStrideAndCountMakesANumberOverflow(long offset, long stride, long count) {
        assertThatThrownBy(() -> layout("i32", offset, stride, count)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() ->
                        new RecordLayout(
                                "",
                                offset,
                                stride,
                                count,
                                RecordColumns.parse("i32", LE).columns(),
                                ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFarthestRecordThatCanBeIsStillFound() throws BadInput {
        RecordLayout far = layout("i32", 0, 1L << 62, 2);
        assertThat(far.offsetOf(1)).isEqualTo(1L << 62);
        assertThat(far.rowAt((1L << 62) + 3, 100)).isEqualTo(1);
        RecordLayout many = layout("i8", 0, 1, Long.MAX_VALUE);
        assertThat(many.rows(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(many.offsetOf(many.rows(0) - 1)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(many.cell(Long.MAX_VALUE - 1, 0).end()).isEqualTo(Long.MAX_VALUE);
        RecordLayout open = layout("i32", 10, 7, RecordLayout.TO_THE_END);
        assertThat(open.rows(Long.MAX_VALUE)).isEqualTo((Long.MAX_VALUE - 14) / 7 + 1);
        assertThat(open.offsetOf(open.rows(Long.MAX_VALUE) - 1)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 16, 0, 0",
        "0, 16, 11, 0",
        "0, 16, 12, 1",
        "0, 16, 27, 1",
        "0, 16, 28, 2",
        "100, 16, 99, 0",
        "100, 16, 112, 1",
        "0, 1, 14, 3"
    })
    void toTheEndMeansRecordsThatFitAsAWhole(long offset, long stride, long size, long rows)
            throws BadInput {
        assertThat(layout("i32 u8@11", offset, stride, RecordLayout.TO_THE_END).rows(size))
                .isEqualTo(rows);
    }

    @Test
    void aByteLeadsToItsRecordAndColumn() throws BadInput {
        RecordLayout layout = layout("i32@0 f64@8", 100, 24, 10);
        assertThat(layout.rowAt(99, 1 << 20)).isEqualTo(-1);
        assertThat(layout.rowAt(100 + 24 * 10, 1 << 20)).isEqualTo(-1);
        assertThat(layout.rowAt(100 + 24 * 3 + 23, 1 << 20)).isEqualTo(3);
        assertThat(layout.columnAt(3, 100 + 24 * 3 + 9)).isEqualTo(1);
        assertThat(layout.columnAt(3, 100 + 24 * 3 + 4)).isEqualTo(-1);
        assertThat(layout.cell(3, 1).path()).isEqualTo("[3].f64@8");
        assertThat(layout.cell(3, 1).offset()).isEqualTo(100 + 24 * 3 + 8);
    }

    @Test
    void anArrayOfStructuresHasAColumnForEachFieldByItsPath() throws Exception {
        String source =
                """
                struct point { int x, y; };
                struct track {
                    unsigned id : 12, on : 1;
                    struct point pos;
                    char tag[6];
                    union { float f; unsigned u; };
                    double m[2][2];
                    short long_one[40];
                };
                struct all { int count; struct track tracks[1000]; int plain[]; };
                """;
        RecordLayout tracks = RecordLayout.of(over(source, "tracks"));
        assertThat(tracks.columns().stream().map(RecordLayout.Column::name).limit(11))
                .containsExactly(
                        "id", "on", "pos.x", "pos.y", "tag", "f", "u", "m[0][0]", "m[0][1]",
                        "m[1][0]", "m[1][1]");
        assertThat(tracks.count()).isEqualTo(1000);
        assertThat(tracks.leftOut())
                .isEqualTo("Without columns: of long_one all but the first 16 of 40");
        FieldAt whole = over(source, "tracks[7].pos.y");
        assertThat(tracks.cell(7, 3)).isEqualTo(whole);
        assertThat(tracks.cell(7, 1)).isEqualTo(over(source, "tracks[7].on"));
        RecordLayout plain = RecordLayout.of(over(source, "plain"));
        assertThat(plain.count()).isEqualTo(RecordLayout.TO_THE_END);
        assertThat(plain.columns()).hasSize(1);
        assertThat(plain.cell(2, 0)).hasToString(over(source, "plain[2]").toString());
        assertThatThrownBy(() -> RecordLayout.of(over(source, "tracks[0].tag")))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> RecordLayout.of(over(source, "count")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void structuresOfAThousandFieldsHaveAsManyColumnsAsAreOfUseAndSaySo() throws Exception {
        StringBuilder source = new StringBuilder("struct wide {");
        for (int i = 0; i < 1000; i++) {
            source.append("int f").append(i).append(';');
        }
        source.append("}; struct all { struct wide rows[3]; };");
        RecordLayout wide = RecordLayout.of(over(source.toString(), "rows"));
        assertThat(wide.columns()).hasSize(RecordLayout.MOST_COLUMNS);
        assertThat(wide.leftOut()).isEqualTo("Without columns: the fields from f256 on");
        assertThatThrownBy(() ->
                        RecordLayout.of(over("struct e { }; struct all { struct e x[9]; };", "x")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("nothing to show");
    }

    @Test
    void bigEndianNumbersAreReadAndTyped() throws BadInput {
        for (String type : new String[] {"i16", "u32", "f32", "f64", "i64"}) {
            FieldAt field =
                    RecordColumns.parse(type, ByteOrder.BIG_ENDIAN).columns().getFirst().field();
            byte[] bytes = FieldEdit.of(field, "3").over(new byte[(int) field.sizeBytes()]);
            ByteBuffer big = ByteBuffer.wrap(bytes);
            double read =
                    switch (type) {
                        case "i16" -> big.getShort();
                        case "u32" -> big.getInt();
                        case "f32" -> big.getFloat();
                        case "f64" -> big.getDouble();
                        default -> big.getLong();
                    };
            assertThat(read).as(type).isEqualTo(3);
            assertThat(FieldValue.read(field, ByteView.of(bytes), 0).text())
                    .as(type)
                    .startsWith("3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    i8      | 80 ff 00 7f
                    u8      | 00 7f 80 ff
                    i16     | 0080 ffff 0000 ff7f
                    u64     | 0000000000000000 ffffffffffffff7f ffffffffffffffff
                    i64     | 0000000000000080 ffffffffffffffff 0000000000000000 ffffffffffffff7f
                    f32     | 000080ff 000080bf 00000000 0000803f 0000807f 0000c07f
                    f64     | 000000000000f0ff 000000000000f0bf 0100000000000000 000000000000f03f
                    ptr     | 0000000000000000 0000000000000080
                    char[4] | 00616161 41000000 41410000 42000000 ff000000
                    """)
    void keysOfValuesAreInTheOrderOfTheValues(String type, String rising) throws BadInput {
        FieldAt field = RecordColumns.parse(type, LE).columns().getFirst().field();
        CellOrder order = new CellOrder(field);
        long before = Long.MIN_VALUE;
        boolean first = true;
        for (String hex : rising.split(" ", -1)) {
            long key = order.key(HexFormat.of().parseHex(hex), 0);
            assertThat(first || key > before).as(hex).isTrue();
            before = key;
            first = false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    i32     | EQUAL    | usual       | -1    |     | ffffffff         | true
                    u32     | GREATER  | hex         | 0x10  |     | ffffffff         | true
                    i32     | GREATER  | hex         | 0x10  |     | ffffffff         | false
                    i32     | BETWEEN  | usual       | -5    | 5   | fbffffff         | true
                    i32     | BETWEEN  | usual       | -5    | 5   | faffffff         | false
                    f32     | EQUAL    | usual       | 0.1   |     | cdcccc3d         | true
                    f64     | EQUAL    | usual       | 0     |     | 0000000000000080 | true
                    f64     | GREATER  | usual       | 1     |     | 000000000000f87f | false
                    f64     | LESS     | usual       | 1     |     | 000000000000f87f | false
                    f64     | UNEQUAL  | usual       | 1     |     | 000000000000f87f | true
                    i32     | AT_LEAST | scaled:0.01 | 12.34 |     | d2040000         | true
                    i32     | AT_LEAST | scaled:0.01 | 12.35 |     | d2040000         | false
                    i64     | LESS     | time-s      | 1970-01-02 | | 0000000000000000 | true
                    char[4] | EQUAL    | usual       | AB    |     | 41420000         | true
                    char[4] | EQUAL    | usual       | ABx   |     | 41420000         | false
                    char[4] | CONTAINS | usual       | BC    |     | 41424344         | true
                    char[4] | CONTAINS | usual       | BC    |     | 41004243         | false
                    """)
    void filtersCompareAsThePersonWhoTypedMeant(
            String type,
            Comparison comparison,
            String format,
            String first,
            String second,
            String hex,
            boolean wanted)
            throws BadInput {
        RecordFilter filter =
                RecordFilter.of(
                        layout(type, 0, 8, 1),
                        0,
                        comparison,
                        FieldFormat.parse(format),
                        first,
                        second == null ? "" : second);
        byte[] bytes = HexFormat.of().parseHex("ee" + hex);
        assertThat(filter.wants(bytes, 1, bytes.length - 1)).isEqualTo(wanted);
    }

    @Test
    void filtersOfABitFieldLookAtItsBitsOnly() throws Exception {
        RecordLayout layout =
                RecordLayout.of(
                        over(
                                "struct r { int a : 3, b : 4; }; struct all { struct r x[2]; };",
                                "x"));
        RecordFilter filter =
                RecordFilter.of(layout, 1, Comparison.EQUAL, FieldFormat.Fixed.USUAL, "-1", "");
        assertThat(filter.wants(new byte[] {0b0111_1000}, 0, 1)).isTrue();
        assertThat(filter.wants(new byte[] {(byte) 0b1111_1111}, 0, 1)).isTrue();
        assertThat(filter.wants(new byte[] {0b0011_1111}, 0, 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    i8      | EQUAL    | 300 |   | does not fit
                    i8      | BETWEEN  | 5   | 1 | nothing lies between 5 and 1
                    i8      | EQUAL    | x   |   | is not a whole number
                    i8      | CONTAINS | 1   |   | is not compared by contains
                    char[4] | LESS     | 1   |   | is not compared by <
                    char[4] | CONTAINS | ``  |   | missing text
                    """)
    void filtersThatCannotBeMeantAreRefused(
            String type, Comparison comparison, String first, String second, String sentence) {
        assertThatThrownBy(() ->
                        RecordFilter.of(
                                layout(type, 0, 8, 1),
                                0,
                                comparison,
                                FieldFormat.Fixed.USUAL,
                                first,
                                second == null ? "" : second))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }
}
