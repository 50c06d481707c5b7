package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `fields`, and `get`, `write` and `watch` with `--struct`, on a host in memory.
class FieldCommandsTest {

    private static final String HEADER =
            """
            #include "ring.h"
            enum state { IDLE, RUNNING = 4 };
            struct point { int16_t x, y; };
            struct sensor {
                uint32_t sequence;
                enum state state : 4;
                unsigned level : 9, : 0;
                char name[8];
                double value;
                struct point ring[3];
                struct sensor *next;
                uint64_t tail[];
            };
            struct other { _Atomic int a; };
            struct sensor;
            """;

    private final FakeSource host = new FakeSource();

    @TempDir Path folder;

    private SegmentId id = new SegmentId.Sysv(0);

    @BeforeEach
    void someSensor() throws IOException {
        Files.writeString(folder.resolve("s.h"), HEADER);
        id = host.add(new SegmentKey(7), 64);
        host.memory(id)
                .put(
                        0,
                        HexFormat.of()
                                .parseHex(
                                        "2a000000"
                                                + "f4030000"
                                                + "6162000000000000"
                                                + "0000000000000040"
                                                + "0100ffff"
                                                + "02000300"
                                                + "00000000"
                                                + "00000000"
                                                + "efbe000000000000"
                                                + "ffffffffffffffff"));
    }

    private Shell.Said run(String... arguments) {
        return new Shell(host).run(arguments);
    }

    private String sensor() {
        return folder.resolve("s.h") + ":sensor";
    }

    @Test
    void fieldsAreShownInTheFormatsAskedForAndJsonKeepsTheirValues() {
        String[] asked = {
            "fields",
            "7",
            "--struct",
            sensor(),
            "--format",
            "sequence=hex",
            "--format",
            "ring[].x=scaled:1/2",
            "--format",
            "ring[1].x=dec"
        };
        assertThat(run(asked).out())
                .containsPattern("(?m)^sequence .* 0x0000002a$")
                .containsPattern("(?m)^ring\\[0]\\.x .* 0\\.5$")
                .containsPattern("(?m)^ring\\[0]\\.y .* -1$")
                .containsPattern("(?m)^ring\\[1]\\.x .* 2$");
        String[] json = Arrays.copyOf(asked, asked.length + 1);
        json[asked.length] = "--json";
        assertThat(run(json).out())
                .containsPattern("\"value\" ?: ?42,\\s*\"shown\" ?: ?\"0x0000002a\"")
                .containsPattern("\"value\" ?: ?1,\\s*\"shown\" ?: ?\"0.5\"")
                .containsPattern("\"value\" ?: ?-1,\\s*\"raw\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sequence          | takes FIELD=FORMAT
                    sequence=oct      | the format "oct" is none of
                    nothing=hex       | --format nothing: no field of that name is shown
                    value=hex         | the format hex makes no sense of value, of type double
                    sequence=scaled:0 | the factor "0" is no number
                    """)
    void aFormatThatCannotBeIsRefusedInOneSentence(String format, String sentence) {
        Shell.Said said = run("fields", "7", "--struct", sensor(), "--format", format);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(sentence);
    }

    @Test
    void fieldsShowsEveryValueWithItsPlace() {
        Shell.Said said = run("fields", "7", "--struct", sensor());
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .isEqualToNormalizingWhitespace(
                        """
                        FIELD TYPE OFFSET SIZE BITS VALUE
                        sequence uint32_t 0 4 - 42
                        state enum state 4 1 0+4 RUNNING
                        level unsigned int 4 2 4+9 63
                        name char [8] 8 8 - "ab"
                        value double 16 8 - 2.0
                        ring[0].x int16_t 24 2 - 1
                        ring[0].y int16_t 26 2 - -1
                        ring[1].x int16_t 28 2 - 2
                        ring[1].y int16_t 30 2 - 3
                        ring[2].x int16_t 32 2 - 0
                        ring[2].y int16_t 34 2 - 0
                        next struct sensor * 40 8 - 0xbeef
                        tail[0] uint64_t 48 8 - 18446744073709551615
                        tail[1] uint64_t 56 8 - 0
                        """);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: line 1: #include is not followed: paste what it declares, if needed\n");
    }

    @Test
    void fieldsPrintsJson() {
        host.memory(id).put(48, new byte[8]);
        Shell.Said said = run("fields", "7", "--struct", sensor(), "--elements", "1", "--json");
        assertThat(said.json("struct")).isEqualTo("sensor");
        assertThat(said.json("abi")).isEqualTo("x86-64");
        assertThat(said.json("fields.0"))
                .hasToString(
                        "{field=sequence, type=uint32_t, offset=0, sizeBytes=4, bits=null,"
                                + " atomic=false, value=42, raw=2a000000}");
        assertThat(said.json("fields.2"))
                .hasToString(
                        "{field=level, type=unsigned int, offset=4, sizeBytes=2,"
                                + " bits={from=4, count=9}, atomic=false, value=63, raw=f403}");
        assertThat(said.json("fields.3.value")).isEqualTo("ab");
        assertThat(said.json("fields.4.value")).isEqualTo(2.0);
        assertThat(said.json("omitted"))
                .hasToString("[{field=ring, from=1, count=2}, {field=tail, from=1, count=1}]");
        assertThat(said.json("notes.0.line")).isEqualTo(1L);
    }

    @Test
    void fieldsTakesAnOffsetAndSaysWhatLiesBehindTheEnd() {
        Shell.Said said = run("fields", "7", "--struct", sensor(), "--offset", "40", "--json");
        assertThat(said.err()).isEmpty();
        assertThat(said.json("fields.0.value")).isEqualTo(0xbeefL);
        assertThat(said.json("fields.0.offset")).isEqualTo(40L);
        assertThat(said.json("fields.5.value")).isNull();
        assertThat(said.json("fields.5.raw")).isNull();
        assertThat(run("fields", "7", "--struct", sensor(), "--offset", "40").out())
                .contains("behind the end");
    }

    @Test
    void theLastStructureIsTakenUnlessOneIsNamed() {
        String file = folder.resolve("s.h").toString();
        assertThat(run("fields", "7", "--struct", file, "--json").json("struct"))
                .isEqualTo("struct other");
        assertThat(
                        new Shell(host)
                                .typing("struct t { char c; };")
                                .run("get", "7", "c", "--struct", "-")
                                .out())
                .isEqualTo("42 '*'\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    level     | 63
                    state     | RUNNING
                    name      | ab
                    ring[1].y | 3
                    next      | 0xbeef
                    """)
    void getPrintsOneField(String field, String value) {
        Shell.Said said = run("get", "7", field, "--struct", sensor());
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo(value + "\n");
    }

    @Test
    void getWritesAFieldsBytesAndItsJson() {
        assertThat(run("get", "7", "value", "--struct", sensor(), "--raw").bytes())
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0x40);
        assertThat(run("get", "7", "tail[0]", "--struct", sensor(), "--json").out())
                .contains("\"value\":18446744073709551615");
        assertThat(run("get", "7", "ring", "--struct", sensor(), "--json").json("fields.3.value"))
                .isEqualTo(3L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing | 2 | struct sensor has no field nothing
                    sensor.ring | 2 | sensor is the whole and no field of it: start with a field
                    ring[3] | 2 | ring has 3 elements: there is no [3]
                    tail[2] | 2 | tail has 2 elements
                    """)
    void getSaysWhereAPathEnds(String field, int code, String sentence) {
        Shell.Said said = run("get", "7", field, "--struct", sensor());
        assertThat(said.code()).isEqualTo(code);
        assertThat(said.err()).contains(sentence);
    }

    @Test
    void badDeclarationsAreRefusedWithFileLineAndColumn() throws IOException {
        Path file = folder.resolve("bad.h");
        Files.writeString(file, "struct a {\n  foo_t x;\n};\n");
        Shell.Said said = run("fields", "7", "--struct", file.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: %s, line 2, column 3: the type foo_t is not known: declare it above\n"
                                .formatted(file));
        assertThat(run("fields", "7", "--struct", folder.resolve("none.h") + "").err())
                .contains("there is no file");
        assertThat(run("fields", "7", "--struct", folder.resolve("s.h") + ":nobody").err())
                .contains(
                        "declares no type nobody that is complete; it has struct point, struct sensor");
        assertThat(run("fields", "7", "--struct", sensor(), "--abi", "vax").err())
                .contains("none of x86-64, aarch64 and i386");
        assertThat(run("fields", "7").err()).contains("missing --struct");
    }

    @Test
    void writeChangesOnlyABitFieldsBits() {
        Shell.Said said =
                run("write", "7", "511", "--field", "level", "--struct", sensor(), "--json");
        assertThat(said.code()).isZero();
        assertThat(said.json())
                .hasToString("{offset=4, lengthBytes=2, old=f403, new=f41f, atomic=true}");
        assertThat(hex(4, 4)).isEqualTo("f41f0000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ring[0].y | -2      | 26 | feff
                    name      | long    | 8  | 6c6f6e6700000000
                    value     | -0.5    | 16 | 000000000000e0bf
                    state     | IDLE    | 4  | f003
                    """)
    void writeTakesValuesAsTheFieldsTypeHasThem(String field, String value, int at, String bytes) {
        Shell.Said said = run("write", "7", "--field", field, value, "--struct", sensor());
        assertThat(said.err()).contains("wrote");
        assertThat(said.code()).isZero();
        assertThat(hex(at, bytes.length() / 2)).isEqualTo(bytes);
    }

    @Test
    void writeLeavesAnotherValueThanTheOneExpected() {
        Shell.Said said =
                run("write", "7", "--field", "level", "1", "--expect", "62", "--struct", sensor());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("level is not 62 but 63; nothing was written");
        assertThat(
                        run(
                                        "write",
                                        "7",
                                        "--field",
                                        "level",
                                        "1",
                                        "--expect",
                                        "63",
                                        "--struct",
                                        sensor())
                                .code())
                .isZero();
        assertThat(hex(4, 2)).isEqualTo("1400");
    }

    @Test
    void writeRefusesWhatDoesNotFitAndTouchesNothing() {
        Shell.Said said = run("write", "7", "--field", "level", "512", "--struct", sensor());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("it must lie between 0 and 511");
        assertThat(run("write", "7", "--field", "ring", "1", "--struct", sensor()).code())
                .isEqualTo(2);
        assertThat(run("write", "7", "--field", "level", "--struct", sensor()).code()).isEqualTo(2);
        assertThat(run("write", "7", "--offset", "4").err())
                .isEqualTo("shmlens: missing --hex; \"shmlens help write\" explains\n");
        assertThat(hex(4, 4)).isEqualTo("f4030000");
    }

    @Test
    void watchTellsFieldsByNameAndOnlyThoseThatChanged() {
        int[] looks = {0};
        Shell.Said said =
                new Shell(host)
                        .whileWaiting(_ -> {
                            if (looks[0]++ == 0) {
                                // The level alone: state shares its byte.
                                host.memory(id).put(4, (byte) 0x04);
                                host.memory(id).put(26, (byte) 5, (byte) 0);
                                host.memory(id).put(62, (byte) 1);
                            }
                        })
                        .run("watch", "7", "--struct", sensor(), "--count", "3", "--json");
        assertThat(said.out().lines())
                .extracting(line -> line.replaceFirst("\"time\":\"[^\"]*\",", ""))
                .containsExactly(
                        "{\"kind\":\"field\",\"field\":\"level\",\"offset\":4,\"old\":63,\"new\":48}",
                        "{\"kind\":\"field\",\"field\":\"ring[0].y\",\"offset\":26,\"old\":-1,\"new\":5}",
                        "{\"kind\":\"field\",\"field\":\"tail[1]\",\"offset\":56,\"old\":0,\"new\":281474976710656}");
    }

    @Test
    void aSequenceThatIsOddAllTheTimeIsNoAnswer() {
        assertThat(run("get", "7", "value", "--struct", sensor(), "--sequence", "sequence").out())
                .isEqualTo("2.0\n");
        assertThat(run("fields", "7", "--struct", sensor(), "--sequence", "sequence").out())
                .contains("ring[1].y  int16_t              30     2  -     3");
        assertThat(
                        run("fields", "7", "--struct", sensor(), "--sequence", "sequence", "--json")
                                .out())
                .contains("\"sequence\":{\"copies\":1,\"repeated\":0}");
        host.memory(id).put(0, (byte) 1);
        Shell.Said said = run("fields", "7", "--struct", sensor(), "--sequence", "sequence");
        assertThat(said.code()).isEqualTo(4);
        assertThat(said.err()).contains("none of 100000 copies was whole by its sequence");
        assertThat(run("get", "7", "value", "--struct", sensor(), "--sequence", "name").err())
                .contains("a sequence is a whole number of its own");
    }

    @Test
    void watchRemembersTheLastWholeCopyWhileTheSequenceIsOdd() {
        int[] looks = {0};
        Shell.Said said =
                new Shell(host)
                        .whileWaiting(_ -> {
                            switch (looks[0]++) {
                                case 0 -> {
                                    host.memory(id).put(0, (byte) 43);
                                    host.memory(id).put(24, (byte) 9);
                                }
                                case 1 -> host.memory(id).put(24, (byte) 8);
                                case 2 -> host.memory(id).put(0, (byte) 44);
                                default -> {}
                            }
                        })
                        .run(
                                "watch",
                                "7",
                                "--struct",
                                sensor(),
                                "--sequence",
                                "sequence",
                                "--count",
                                "2",
                                "--json");
        assertThat(said.out().lines())
                .extracting(line -> line.replaceFirst("\"time\":\"[^\"]*\",", ""))
                .containsExactly(
                        "{\"kind\":\"field\",\"field\":\"sequence\",\"offset\":0,\"old\":42,\"new\":44}",
                        "{\"kind\":\"field\",\"field\":\"ring[0].x\",\"offset\":24,\"old\":1,\"new\":8}");
        assertThat(said.err()).contains("were not whole by the sequence");
    }

    private String hex(int offset, int length) {
        return HexFormat.of().formatHex(host.memory(id).bytes(offset, length));
    }

    /// A list of three nodes that ends in a ring, in offsets of both kinds.
    private String list() throws IOException {
        Path file = folder.resolve("list.h");
        Files.writeString(
                file,
                """
                #define START __attribute__((offset_from_start))
                typedef struct node node;
                struct list { uint32_t first __attribute__((offset_from_start(node))); int count;
                              node *last START; struct node *wild[2] START; };
                struct node { node *next __attribute__((offset_from_field)); int value; };
                struct other { node *n START; };
                """);
        SegmentId list = host.add(new SegmentKey(8), 256);
        host.memory(list).put(0, HexFormat.of().parseHex("4000000003000000" + "8000000000000000"));
        host.memory(list).put(16, HexFormat.of().parseHex("f900000000000000ffffffffffffff7f"));
        // 64 to 96, 96 to 128, 128 back to 64; values 1, 2, 3.
        host.memory(list).put(64, HexFormat.of().parseHex("200000000000000001000000"));
        host.memory(list).put(96, HexFormat.of().parseHex("200000000000000002000000"));
        host.memory(list).put(128, HexFormat.of().parseHex("c0ffffffffffffff03000000"));
        return file + ":list";
    }

    @Test
    void offsetsAreFollowedWhenTold() throws IOException {
        String list = list();
        Shell.Said plain = run("fields", "8", "--struct", list);
        assertThat(plain.out())
                .contains("64 -> struct node at 64\n")
                .contains("0xf9 -> 249, outside the segment")
                .contains("0x7fffffffffffffff -> 9223372036854775807, outside the segment")
                .doesNotContain("->value");
        Shell.Said followed = run("fields", "8", "--struct", list, "--follow", "9");
        assertThat(followed.code()).isZero();
        assertThat(followed.out().lines().map(line -> line.split(" ")[0]))
                .containsExactly(
                        "FIELD",
                        "first",
                        "first->next",
                        "first->next->next",
                        "first->next->next->next",
                        "first->next->next->value",
                        "first->next->value",
                        "first->value",
                        "count",
                        "last",
                        "wild[0]",
                        "wild[1]");
        Shell.Said json = run("fields", "8", "--struct", list, "--follow", "1", "--json");
        assertThat(json.json("fields.0.target")).hasToString("{offset=64, type=struct node}");
        assertThat(json.json("fields.1.field")).isEqualTo("first->next");
        assertThat(json.json("fields.1.target.offset")).isEqualTo(96L);
    }

    @Test
    void aPathGoesAlongOffsets() throws IOException {
        String list = list();
        assertThat(run("get", "8", "first->next->value", "--struct", list).out()).isEqualTo("2\n");
        assertThat(run("get", "8", "last->next->value", "--struct", list).out()).isEqualTo("1\n");
        assertThat(run("get", "8", "first", "--struct", list).out()).isEqualTo("64\n");
        assertThat(run("write", "8", "--field", "last->value", "7", "--struct", list).code())
                .isZero();
        assertThat(run("get", "8", "last->value", "--struct", list).out()).isEqualTo("7\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wild[0]->value     | wild[0] leads to offset 249, which is outside the segment
                    count->value       | count is of type int and not marked as an offset
                    first->value->next | first->value is of type int and not marked
                    first->nothing     | has no field nothing
                    wild->value        | wild is of type struct node * [2] and not marked
                    """)
    void aPathThatLeadsAstrayIsRefused(String path, String sentence) throws IOException {
        Shell.Said said = run("get", "8", path, "--struct", list());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(sentence);
    }

    @Test
    void anOffsetOfZeroOrBoostsOneLeadsNowhere() throws IOException {
        String list = list();
        SegmentId id = host.add(new SegmentKey(9), 256);
        host.memory(id).put(0, HexFormat.of().parseHex("40000000"));
        host.memory(id).put(64, HexFormat.of().parseHex("0100000000000000"));
        assertThat(run("get", "9", "last->value", "--struct", list).err())
                .contains("last leads nowhere (it is null)");
        assertThat(run("get", "9", "first->next->value", "--struct", list).err())
                .contains("first->next leads nowhere (it is null)");
        assertThat(run("fields", "9", "--struct", list, "--follow", "2").out())
                .contains("0x1 (leads nowhere)");
    }
}
