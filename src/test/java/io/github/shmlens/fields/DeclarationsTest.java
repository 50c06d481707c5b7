package io.github.shmlens.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeclarationsTest {

    private static Declarations read(String source) throws BadDeclaration {
        return Declarations.parse(source, Abi.X86_64);
    }

    private static FieldAt over(String source, String type, long segmentBytes)
            throws BadDeclaration {
        return FieldAt.root(read(source).type(type).orElseThrow(), 0, segmentBytes);
    }

    private static String places(String source) throws BadDeclaration {
        FieldAt root = FieldAt.root(read(source).main().orElseThrow().type(), 0, 1 << 20);
        StringBuilder places = new StringBuilder();
        for (long i = 0; i < root.childCount(); i++) {
            FieldAt child = root.child(i);
            places.append(child.name()).append('@').append(child.offset());
            if (child.bitField()) {
                places.append('.').append(child.bitOffset()).append(':').append(child.bits());
            }
            places.append(' ');
        }
        return places + "= " + root.type().sizeBytes();
    }

    @Test
    void onlyHeadersWhoseTypesAreNotKnownAnywayAreSaidToBeLeftOut() throws Exception {
        Declarations all =
                read(
                        """
                        #include <stdint.h>
                        #  include <sys/types.h>
                        #include <stdatomic.h>
                        #include "types.h"
                        #include <time.h>
                        struct s { uint8_t a; size_t b; atomic_uint c; };
                        """);
        assertThat(all.notes())
                .extracting(Note::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("line 4: #include"),
                        text -> assertThat(text).startsWith("line 5: #include"));
    }

    @Test
    void headersAreTakenAsPeopleHaveThem() throws BadDeclaration {
        String header =
                """
                #ifndef SENSOR_H
                #define SENSOR_H
                #include "ring.h"
                #ifdef __cplusplus
                extern "C" {
                #endif
                #define CACHE_LINE 64   /* bytes,
                                           on both machines */
                #define ALIGNED(n) __attribute__((aligned(n)))
                #define NAME_LEN (16 * 2)
                // one reading
                typedef struct reading {
                    uint64_t at_ns;          /* when */
                    double celsius, humidity;
                } reading_t;
                #if 0
                this is not C at all
                #elif defined(SENSOR_H) && NAME_LEN > 8
                enum state { IDLE, RUNNING = 1 << 2, FAILED };
                #endif
                struct sensor {
                    volatile _Atomic uint32_t sequence;
                    enum state state : 4;
                    unsigned ready : 1, : 2, level : 9;
                    char name[NAME_LEN];
                    struct sensor *next, *(*pick)(struct sensor *, int);
                    const reading_t *const latest;
                    union { int as_int; float as_float; };
                    struct { short x, y; } corner[2][3];
                    reading_t ring[4] ALIGNED(CACHE_LINE);
                    char pad[CACHE_LINE - sizeof(reading_t) % CACHE_LINE];
                    reading_t history[];
                };
                extern struct sensor *shared;
                int sensor_open(const char *path, int flags);
                static inline int sensor_ready(struct sensor *s) { return s->ready && (s->level > 3); }
                _Static_assert(sizeof(reading_t) == 24, "reading");
                #ifdef __cplusplus
                }
                #endif
                #endif
                """;
        Declarations all = read(header);
        assertThat(places(header))
                .isEqualTo(
                        "sequence@0 state@4.0:4 ready@4.4:1 level@4.7:9 name@6 next@40 pick@48"
                                + " latest@56 @64 corner@68 ring@128 pad@224 history@264 = 320");
        assertThat(all.types())
                .extracting(DeclaredType::name)
                .containsExactly("struct reading", "reading_t", "struct sensor");
        assertThat(all.notes())
                .extracting(Note::text)
                .contains(
                        "line 3: #include is not followed: paste what it declares, if needed",
                        "line 34: the variable \"shared\" is left out",
                        "line 35: the function \"sensor_open\" is left out");
        assertThat(all.type("reading").orElseThrow().sizeBytes()).isEqualTo(24);
        assertThat(
                        CType.atomic(
                                ((CType.Compound) all.type("sensor").orElseThrow())
                                        .members()
                                        .getFirst()
                                        .type()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    struct a { int x; struct a y; };             | line 1, column 28: struct a is not complete here
                    struct a { foo_t x; };                       | line 1, column 12: the type foo_t is not known
                    struct a { char x[1ULL << 63]; };            | line 1, column 19: this is larger than 2^56
                    struct a { char x[-1]; };                    | line 1, column 19: an array has no -1 elements
                    struct a { char x[9223372036854775807]; };   | line 1, column 19: this is larger than 2^56
                    struct a { char x[1 << 30][1 << 30]; };      | this is larger than 2^56
                    struct a { char x[99999999999999999999]; };  | has more than 64 bits
                    struct a { int x : 33; };                    | line 1, column 20: a bit-field of type int has at most 32
                    struct a { float x : 3; };                   | line 1, column 18: a bit-field is a whole number
                    struct a { int x; int x; };                  | line 1, column 23: there are two members named x
                    struct a { int x; union { int y, x; }; };    | there are two members named x
                    struct a { int x }                           | line 1, column 18: "}" does not belong here: a ; may be missing
                    struct a { int x;                            | the text ends in the middle
                    struct a { int x; } /* and so on             | line 1, column 21: this comment does not end
                    struct a { char x[]; int y; };               | line 1, column 26: nothing can follow
                    struct a { void x; };                        | void cannot be a member
                    struct a { int f(void); };                   | a function cannot be a member
                    struct a { int x[N]; };                      | line 1, column 18: N is no constant
                    struct a { int x[1 / 0]; };                  | this divides by zero
                    struct a { long short x; };                  | line 1, column 12: these words together
                    struct a { int x[2]; } __attribute__((vector_size(16))); | the attribute vector_size
                    struct a { int x __attribute__((aligned(3))); };         | an alignment is a power of two
                    struct a { std::string x; };                 | the type std::string is not known
                    struct a { std::vector<int> x; };            | of the templates of C++
                    class a { int x; };                          | the type class is not known
                    struct a { int x __attribute__((offset_from_start)); };      | line 1, column 33: where a number leads must be said
                    struct a { void *x __attribute__((offset_from_start)); };    | an offset leads to a type that has a name, not to void
                    struct a { struct a **x __attribute__((offset_from_field)); }; | an offset leads to a type that has a name, not to struct a *
                    struct a { struct b *x __attribute__((offset_from_start)); }; | line 1, column 39: struct b is not declared, and an offset leads there
                    struct a { double x __attribute__((offset_from_start(int))); }; | an offset is a pointer or a whole number, not double
                    struct a { int x : 3 __attribute__((offset_from_start(int))); }; | an offset is no bit-field
                    struct a { int x __attribute__((aligned(int))); };           | an alignment is a number, not a type
                    struct a { int x; }; struct a { int y; };    | struct a is declared twice
                    #if 1                                        | this condition has no #endif
                    #endif                                       | there is no #if
                    struct a { int @x; };                        | does not belong here
                    struct { double x[0x7fffffff * 2]; } y;      | the result does not fit its type
                    """)
    void whatHasNoLayoutIsRefusedWithItsPlace(String source, String sentence) {
        assertThatThrownBy(() -> read(source))
                .isInstanceOfSatisfying(
                        BadDeclaration.class, bad -> assertThat(bad.sentence()).contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            textBlock =
                    """
                    2 + 3 * 4                      => 14
                    (7 - 2) % 3 << 2 | 1           => 9
                    sizeof(int[3]) + sizeof(void *) => 20
                    ~0u                            => 4294967295
                    -1 < 0u ? 1 : 2                => 2
                    'A'                            => 65
                    1 ? 5 : 1 / 0                  => 5
                    (unsigned char)300             => 44
                    0x10 + 010 + 0b11              => 27
                    1'000                          => 1000
                    sizeof(struct { char c; int i; }) => 8
                    _Alignof(double)               => 8
                    !0 && 3 || 0                   => 1
                    B                              => 7
                    """)
    void constantsAreComputedAsACompilerDoes(String expression, long value) throws BadDeclaration {
        CType type =
                read("enum { A = 6, B };\nstruct s { char c[%s]; };".formatted(expression))
                        .type("struct s")
                        .orElseThrow();
        assertThat(type.sizeBytes()).isEqualTo(value);
    }

    @Test
    void charIsSignedAsTheProcessorHasIt() throws BadDeclaration {
        String source = "struct s { char c; wchar_t w; unsigned : 8; char d; };";
        byte[] bytes = {-1, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0};
        for (Abi abi : Abi.values()) {
            FieldAt root =
                    FieldAt.root(Declarations.parse(source, abi).type("s").orElseThrow(), 0, 12);
            String first = FieldValue.read(root.child(0), ByteView.of(bytes), 0).text();
            String wide = FieldValue.read(root.child(1), ByteView.of(bytes), 0).text();
            assertThat(first + " " + wide)
                    .isEqualTo(abi == Abi.AARCH64 ? "255 4294967295" : "-1 -1");
        }
    }

    @Test
    void numbersOfNetworkOrderAreReadAndWrittenInIt() throws BadDeclaration, BadInput {
        FieldAt field = over("struct s { __be16 port; };", "s", 2).child(0);
        assertThat(FieldValue.read(field, ByteView.of(new byte[] {1, 2}), 0).text())
                .isEqualTo("258");
        assertThat(FieldEdit.of(field, "513").over(new byte[2])).containsExactly(2, 1);
    }

    @Test
    void pathsLeadThroughMembersWithoutANameAndSayWhereTheyEnd() throws BadDeclaration, BadInput {
        FieldAt root =
                over("struct s { int a; union { struct { char b, c[4]; }; long d; }; };", "s", 99);
        assertThat(root.find("c[2]").offset()).isEqualTo(11);
        assertThat(root.find("c[2]").path()).isEqualTo("c[2]");
        assertThat(root.find("")).isEqualTo(root);
        assertThatThrownBy(() -> root.find("e"))
                .hasMessageContaining("struct s has no field e; it has a, …");
        assertThatThrownBy(() -> root.find("c[4]"))
                .hasMessageContaining("c has 4 elements: there is no [4]");
        assertThatThrownBy(() -> root.find("a.b")).hasMessageContaining("a is of type int");
        assertThatThrownBy(() -> root.find("a[0]")).hasMessageContaining("no array");
        assertThatThrownBy(() -> root.find(".a")).hasMessageContaining("not written as");
        assertThatThrownBy(() -> root.find("c[-1]")).hasMessageContaining("not written as");
    }

    @Test
    void anArrayOfOpenLengthReachesToTheSegmentsEnd() throws BadDeclaration {
        FieldAt root =
                FieldAt.root(
                        read("struct s { int n; struct { int x, y, z; } all[]; };")
                                .type("s")
                                .orElseThrow(),
                        100,
                        1 << 30);
        FieldAt all = root.child(1);
        assertThat(all.childCount()).isEqualTo(((1 << 30) - 104) / 12);
        assertThat(all.child(1000).child(2).offset()).isEqualTo(104 + 12 * 1000 + 8);
        assertThat(root.deepestAt(104 + 12 * 1000 + 9).orElseThrow().path())
                .isEqualTo("all[1000].z");
    }

    @Test
    void tenMillionRecordsCostNothingUntilTheyAreLookedAt() throws BadDeclaration, BadInput {
        FieldAt root =
                over("struct s { struct { long a[2]; char t; } r[10000000]; };", "s", 1L << 40);
        assertThat(root.find("r[9999999].t").offset()).isEqualTo(9_999_999L * 24 + 16);
        assertThat(root.deepestAt(24 * 5_000_000L + 3).orElseThrow().path())
                .isEqualTo("r[5000000].a[0]");
        // Padding belongs to what holds it.
        assertThat(root.deepestAt(24 * 7L + 20).orElseThrow().path()).isEqualTo("r[7]");
    }

    @Test
    void bitFieldsThatShareAByteAreAllFound() throws BadDeclaration {
        FieldAt root = over("struct s { int a : 3, b : 20, c : 9; int d; };", "s", 8);
        assertThat(root.deepestAt(0).orElseThrow().path()).isEqualTo("a");
        assertThat(root.deepestAt(1).orElseThrow().path()).isEqualTo("b");
        assertThat(root.deepestAt(3).orElseThrow().path()).isEqualTo("c");
        assertThat(root.deepestAt(4).orElseThrow().path()).isEqualTo("d");
        assertThat(root.deepestAt(8)).isEmpty();
    }

    @Test
    void aBitFieldsEditLeavesTheBitsAroundIt() throws BadDeclaration, BadInput {
        FieldAt field = over("struct s { unsigned a : 3, b : 7, c : 6; };", "s", 4).child(1);
        byte[] seen = {(byte) 0b1010_1101, (byte) 0b1111_1101};
        assertThat(FieldEdit.of(field, "0").over(seen)).containsExactly(0b101, 0b1111_1100);
        assertThat(FieldEdit.same(field, seen, new byte[] {(byte) 0b1010_1010, 1})).isTrue();
        assertThat(FieldEdit.same(field, seen, new byte[] {(byte) 0b1010_1010, 2})).isFalse();
        assertThatThrownBy(() -> FieldEdit.of(field, "128"))
                .hasMessage("the value 128 does not fit b: it must lie between 0 and 127");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    i | 0x80000000 | does not fit
                    i | 12x        | not a whole number
                    u | -1         | must lie between 0 and 255
                    f | 1e39       | too large for float
                    f | one        | is not a number
                    b | 2          | neither true nor false
                    t | abcd       | has 4 bytes and t holds 3
                    e | C          | has no constant C
                    o | 00         | 16 pairs of hex digits
                    n | 1          | only its fields can be written
                    """)
    void valuesThatAreNoneAreRefused(String path, String value, String sentence)
            throws BadDeclaration, BadInput {
        FieldAt root =
                over(
                        "enum E { A, B }; struct s { int i; unsigned char u; float f; bool b;"
                                + " char t[3]; enum E e; long double o; struct { int z; } n; };",
                        "s",
                        999);
        FieldAt field = root.find(path);
        assertThatThrownBy(() -> FieldEdit.of(field, value)).hasMessageContaining(sentence);
    }

    @Test
    void fieldsBehindTheCopyAreMissingAndNotRead() throws BadDeclaration {
        FieldAt root = over("struct s { long a; char t[9]; long b; };", "s", 12);
        ByteView copy = ByteView.of(new byte[12]);
        assertThat(FieldValue.read(root.child(0), copy, 0)).isInstanceOf(FieldValue.Whole.class);
        assertThat(FieldValue.read(root.child(1), copy, 0)).isEqualTo(new FieldValue.Missing());
        assertThat(FieldValue.read(root.child(2), copy, 0)).isEqualTo(new FieldValue.Missing());
        assertThat(FieldValue.read(root.child(0), copy, 4)).isEqualTo(new FieldValue.Missing());
    }

    @Test
    @Timeout(60)
    void hostileTextsEndSoonAndWithASentence() {
        List<String> hostile =
                List.of(
                        "/".repeat(10 << 20),
                        "struct a { int x" + "[1]".repeat(5000) + "; };",
                        "struct a { int " + "*".repeat(90_000) + "x; };",
                        "struct a { int x["
                                + "(".repeat(90_000)
                                + "1"
                                + ")".repeat(90_000)
                                + "]; };",
                        "struct a { int x[" + "-".repeat(90_000) + "1]; };",
                        "struct a { int x[" + "1+".repeat(90_000) + "1]; };",
                        "struct a { int x[" + "1?1:".repeat(90_000) + "1]; };",
                        "struct a {".repeat(20_000),
                        "extern \"C\" {".repeat(20_000),
                        "#if 1\n".repeat(90_000),
                        "{".repeat(1 << 20),
                        ";".repeat(1 << 20),
                        "\"".repeat(1 << 20),
                        "typedef " + "x".repeat(1 << 19) + " y;",
                        doubling(false),
                        doubling(true),
                        "#define A(x) x x\nstruct s { int y["
                                + "A(".repeat(60)
                                + "1"
                                + ")".repeat(60)
                                + "]; };",
                        nested(),
                        "#pragma pack(push, 1)\n".repeat(40_000) + "struct a { b c; };");
        for (String source : hostile) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> read(source))
                    .as(source.substring(0, 30))
                    .isInstanceOfSatisfying(
                            BadDeclaration.class,
                            bad -> assertThat(bad.sentence().length()).isLessThan(200));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as(source.substring(0, 30))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    /// Macros each of which is the next one twice.
    private static String doubling(boolean empty) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("#define M%d M%d M%d\n".formatted(i, i + 1, i + 1));
        }
        return text.append("#define M60 ")
                .append(empty ? "" : "1")
                .append("\nstruct a { int x[M0]; };\n")
                .toString();
    }

    /// Structures each of which is in the next one.
    private static String nested() {
        StringBuilder text = new StringBuilder("struct s0 { char c; };\n");
        for (int i = 1; i < 5000; i++) {
            text.append("struct s%d { struct s%d a; };\n".formatted(i, i - 1));
        }
        return text.toString();
    }

    @Test
    @Timeout(60)
    void aLongHeaderIsRead() throws BadDeclaration {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8000; i++) {
            text.append("struct s%d { int a, b[%d]; char *name; } ;\n".formatted(i, i + 1));
        }
        assertThat(read(text.toString()).types()).hasSize(8000);
    }

    @Test
    void pragmaPackHoldsUntilItIsTakenBack() throws BadDeclaration {
        assertThat(
                        places(
                                "#pragma pack(push, 2)\nstruct s { char a; long b; };\n#pragma pack(pop)\n"))
                .isEqualTo("a@0 b@2 = 10");
        assertThat(places("#pragma pack(2)\n#pragma pack()\nstruct s { char a; long b; };\n"))
                .isEqualTo("a@0 b@8 = 16");
    }

    @Test
    void structuresMayBeNamedBeforeTheyAreComplete() throws BadDeclaration {
        assertThat(
                        places(
                                "typedef struct node node_t;\n"
                                        + "struct node { node_t *next; int value; };\n"
                                        + "struct list { node_t head; int count; };"))
                .isEqualTo("head@0 count@16 = 24");
    }

    @Test
    void atomicsOfCAndOfCPlusPlusAreKnown() throws BadDeclaration {
        assertThat(
                        places(
                                "struct s { char a; std::atomic<uint32_t> b; atomic_llong c; std::uint8_t d; };"))
                .isEqualTo("a@0 b@4 c@8 d@16 = 24");
    }

    @Test
    void whatStandsBehindAStarIsHeededAsGccDoes() throws BadDeclaration, BadInput {
        assertThat(places("struct s { char a; int * __attribute__((aligned(16))) p; char b; };"))
                .isEqualTo("a@0 p@16 b@24 = 32");
        assertThat(
                        places(
                                "struct s { char a; int * __attribute__((aligned(32))) *p; int * __attribute__((packed)) q; };"))
                .isEqualTo("a@0 p@8 q@16 = 24");
        Declarations all = read("struct s { struct s *__attribute__((offset_from_start)) next; };");
        FieldAt root = FieldAt.root(all.type("struct s").orElseThrow(), 0, 64);
        assertThat(CType.offset(root.find("next").type()))
                .isEqualTo(new CType.Offset(false, "struct s"));
        assertThatThrownBy(() ->
                        read("struct s { struct s *__attribute__((offset_from_start)) *x; };"))
                .hasMessageContaining("leads to a type that has a name, not to struct s *");
    }

    @Test
    void offsetsAreMarkedOnMembersArraysAndTypedefs() throws BadDeclaration, BadInput {
        Declarations all =
                read(
                        """
                        struct node;
                        typedef struct node *link __attribute__((offset_from_field));
                        struct node { link next; struct node *table[4] __attribute__((offset_from_start));
                                      uint32_t name __attribute__((__offset_from_start__(struct text)));
                                      struct node *plain; };
                        struct text { char letters[8]; };
                        """);
        FieldAt root = FieldAt.root(all.type("struct node").orElseThrow(), 0, 64);
        assertThat(CType.offset(root.find("next").type()))
                .isEqualTo(new CType.Offset(true, "struct node"));
        assertThat(CType.offset(root.find("table[3]").type()))
                .isEqualTo(new CType.Offset(false, "struct node"));
        assertThat(CType.offset(root.find("name").type()))
                .isEqualTo(new CType.Offset(false, "struct text"));
        assertThat(CType.offset(root.find("plain").type())).isNull();
        assertThat(root.sizeBytes()).isEqualTo(56);
    }
}
