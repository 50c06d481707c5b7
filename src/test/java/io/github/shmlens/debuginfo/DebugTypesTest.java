package io.github.shmlens.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.RandomDeclarations;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.testing.Compiling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types of programs that the compiler has just made, read by the real gdb.
final class DebugTypesTest {

    private static final String SOURCE =
            """
            #include <pthread.h>
            #include <stdatomic.h>
            #include <stdbool.h>
            #include <stddef.h>
            #include <stdint.h>
            #include <stdio.h>
            enum mood { CALM, BUSY = 3, ANGRY = 70000 };
            enum tiny { ONE = 1, TWO } __attribute__((packed));
            typedef enum { LEFT = -1, RIGHT = 1 } side_t;
            typedef unsigned int count_t;
            typedef count_t counts_t[3];
            typedef int (*compare_t)(const void *, const void *);
            struct point { int16_t x, y; };
            typedef struct { short a; char tag; double d; } box_t;
            typedef struct node node_t;
            struct node { node_t *next; struct node *back; struct nobody *who; int value; };
            union number { int i; double d; char text[12]; };
            struct __attribute__((packed)) tight { char c; int i; struct point p; long long l : 40; };
            struct sensor {
                uint32_t sequence;
                unsigned level : 3, flags : 9;
                enum mood mood : 20;
                _Atomic int counter;
                char name[13];
                enum tiny tiny;
                bool ready;
                side_t side;
                struct point ring[3][2];
                box_t box;
                node_t first, *list;
                struct { int a; union { float f; uint8_t raw[4]; }; } inner[2];
                union { int one; struct { char two; short three; }; };
                enum { OFF, ON = 5 } power;
                compare_t compare;
                void (*callbacks[2])(struct sensor *, int);
                count_t count;
                counts_t counts;
                const volatile long *address;
                union number number;
                struct tight tight;
                int lonely __attribute__((aligned(64)));
                pthread_mutex_t mutex;
                long double wide;
                _Complex double strange;
                struct { int hidden; } *pointed;
                double values[];
            };
            struct sensor *one; box_t *two;
            #define SHOW(m) printf(#m " %zu\\n", offsetof(struct sensor, m))
            int main(void) {
                printf("size %zu\\n", sizeof(struct sensor));
                SHOW(counter); SHOW(name); SHOW(tiny); SHOW(ready); SHOW(side); SHOW(ring); SHOW(box.d);
                SHOW(first.value); SHOW(list); SHOW(inner[1].raw); SHOW(one); SHOW(three); SHOW(power);
                SHOW(compare); SHOW(callbacks); SHOW(count); SHOW(counts); SHOW(address); SHOW(number);
                SHOW(tight.p.y); SHOW(lonely); SHOW(mutex); SHOW(wide); SHOW(strange); SHOW(pointed);
                SHOW(values);
                return 0;
            }
            """;

    private static final int STRUCTURES = Integer.getInteger("taken.count", 6);

    private static final long SEED = Long.getLong("structs.seed", 20261125);

    @TempDir static Path folder = Path.of("");

    private static Path program = Path.of("");

    private final DebugTypes types = DebugTypes.ofHost();

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Compiling.needs("gcc", "gdb");
        Files.writeString(folder.resolve("sensor.c"), SOURCE);
        program = folder.resolve("sensor");
        run("gcc", "-g", "-w", "-o", program.toString(), "sensor.c");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return Compiling.run(folder, command);
    }

    private static FieldAt laidOut(TakenType taken) throws BadDeclaration {
        CType type = Declarations.parse(taken.text(), taken.abi()).type(taken.name()).orElseThrow();
        return FieldAt.root(type, 0, 4096);
    }

    @Test
    void aStructureComesOverWithAllItNeedsAsTheCompilerLaidItOut()
            throws NoTypes, InterruptedException, IOException, BadDeclaration, BadInput {
        TakenType taken = types.take(program, "sensor");
        assertThat(taken.name()).isEqualTo("struct sensor");
        assertThat(taken.abi()).isEqualTo(Abi.ofHost());
        FieldAt root = laidOut(taken);
        for (String line : run(program.toString()).lines().toList()) {
            String[] words = line.split(" ");
            long expected = Long.parseLong(words[1]);
            if (words[0].equals("size")) {
                assertThat(taken.sizeBytes()).isEqualTo(expected);
                assertThat(root.type().sizeBytes()).isEqualTo(expected);
            } else {
                assertThat(root.find(words[0]).offset()).as(words[0]).isEqualTo(expected);
            }
        }
        assertThat(root.find("level").bits()).isEqualTo(3);
        assertThat(root.find("flags").bitOffset()).isEqualTo(3);
        assertThat(root.find("mood").type().resolved()).isInstanceOf(CType.Enumeration.class);
        assertThat(root.find("power").type().resolved())
                .isInstanceOfSatisfying(
                        CType.Enumeration.class,
                        power -> assertThat(power.constants()).containsEntry("ON", 5L));
        assertThat(root.find("tight.l").bits()).isEqualTo(40);
        assertThat(root.find("list").type().name()).isEqualTo("struct node *");
        assertThat(root.find("counter").type()).matches(CType::atomic);
        assertThat(root.find("ring[2][1].y").type().name()).isEqualTo("int16_t");
        assertThat(root.find("strange").sizeBytes()).isEqualTo(16);
        assertThat(taken.notes()).singleElement().asString().contains("strange");
    }

    @Test
    void namesOfEveryKindAreTaken() throws NoTypes, InterruptedException, BadDeclaration, BadInput {
        assertThat(laidOut(types.take(program, "box_t")).find("d").offset()).isEqualTo(8);
        assertThat(laidOut(types.take(program, "node_t")).find("next").type().name())
                .isEqualTo("struct node *");
        assertThat(laidOut(types.take(program, "union number")).sizeBytes()).isEqualTo(16);
        assertThat(laidOut(types.take(program, "counts_t")).childCount()).isEqualTo(3);
        assertThat(laidOut(types.take(program, "struct tight")).find("l").offset()).isEqualTo(9);
        assertThat(types.take(program, "struct tight").text()).contains("__attribute__((packed))");
    }

    @Test
    void theTypesOfAProgramAreListedWithTheirPlace() throws NoTypes, InterruptedException {
        TypeList list = types.list(program);
        assertThat(list.tool()).isEqualTo("gdb");
        assertThat(list.cut()).isFalse();
        assertThat(list.types())
                .extracting(ProgramType::name)
                .contains("struct sensor", "box_t", "union number", "enum mood", "count_t")
                .doesNotContain("int");
        assertThat(list.types())
                .filteredOn(type -> type.name().equals("struct point"))
                .singleElement()
                .satisfies(type -> {
                    assertThat(type.source()).endsWith("sensor.c");
                    assertThat(type.line()).isEqualTo(13);
                });
    }

    @Test
    void aThirtyTwoBitProgramBringsItsOwnAbi()
            throws NoTypes, InterruptedException, IOException, BadDeclaration, BadInput {
        Files.writeString(
                folder.resolve("narrow.c"),
                "struct wide { char c; long long l; double d; void *p; } w;");
        run("gcc", "-g", "-m32", "-c", "-o", "narrow.o", "narrow.c");
        TakenType taken = types.take(folder.resolve("narrow.o"), "wide");
        assertThat(taken.abi()).isEqualTo(Abi.I386);
        assertThat(laidOut(taken).find("l").offset()).isEqualTo(4);
        assertThat(taken.sizeBytes()).isEqualTo(24);
    }

    /// `installer/structs` takes many more.
    @Test
    void structuresMadeAtRandomComeOverToTheSamePlaces()
            throws NoTypes, InterruptedException, IOException, BadDeclaration {
        RandomDeclarations random = new RandomDeclarations(SEED, false);
        List<RandomDeclarations.Made> all = new ArrayList<>();
        StringBuilder text = new StringBuilder(RandomDeclarations.prelude());
        for (int i = 0; i < STRUCTURES; i++) {
            RandomDeclarations.Made made = random.next();
            all.add(made);
            text.append(made.text());
        }
        StringBuilder source = new StringBuilder("#include <stdint.h>\n").append(text);
        for (int i = 0; i < all.size(); i++) {
            source.append("%s made%d;\n".formatted(all.get(i).name(), i));
        }
        Files.writeString(folder.resolve("random.c"), source);
        run("gcc", "-g", "-w", "-c", "-o", "random.o", "random.c");
        Declarations ours = Declarations.parse(text.toString(), Abi.ofHost());
        for (RandomDeclarations.Made made : all) {
            TakenType taken = types.take(folder.resolve("random.o"), made.name());
            Declarations theirs = Declarations.parse(taken.text(), taken.abi());
            List<String> mine = places(ours.type(made.name()).orElseThrow());
            assertThat(places(theirs.type(made.name()).orElseThrow()))
                    .as(made.text() + taken.text())
                    .containsAll(mine);
            assertThat(taken.sizeBytes())
                    .isEqualTo(ours.type(made.name()).orElseThrow().sizeBytes());
            assertThat(taken.notes()).as(made.text()).isEmpty();
        }
    }

    /// Every field with a value of its own, and where it is.
    private static List<String> places(CType type) {
        List<String> places = new ArrayList<>();
        places(FieldAt.root(type, 0, type.sizeBytes()), places);
        return places;
    }

    private static void places(FieldAt field, List<String> into) {
        if (field.leaf()) {
            into.add(
                    "%s at %d, %d+%d, %d bytes"
                            .formatted(
                                    field.path(),
                                    field.offset(),
                                    field.bitOffset(),
                                    field.bits(),
                                    field.sizeBytes()));
        }
        for (long i = 0; !field.leaf() && i < field.childCount(); i++) {
            places(field.child(i), into);
        }
    }

    @Test
    void aClassOfCPlusPlusComesOverAsFarAsCHasWords()
            throws NoTypes, InterruptedException, IOException, BadDeclaration, BadInput {
        Compiling.needs("g++");
        Files.writeString(
                folder.resolve("classes.cc"),
                """
                #include <string>
                namespace deep { struct Thing { int a; }; }
                struct Plain { int x; bool ready; static int count; int twice() { return x * 2; } };
                class Derived : public Plain {
                    long secret;
                  public:
                    std::string name;
                    deep::Thing thing;
                    int &other;
                    Plain plain;
                    virtual void act() {}
                    explicit Derived(int &o) : secret(1), other(o) {}
                };
                int n; Derived d(n); int Plain::count;
                int main() { d.act(); return d.plain.twice(); }
                """);
        run("g++", "-g", "-w", "-o", "classes", "classes.cc");
        Path classes = folder.resolve("classes");
        assertThat(types.take(classes, "Plain").sizeBytes()).isEqualTo(8);
        TakenType taken = types.take(classes, "Derived");
        FieldAt root = laidOut(taken);
        assertThat(root.find("secret").offset()).isEqualTo(16);
        assertThat(root.find("name").offset()).isEqualTo(24);
        assertThat(root.find("name").sizeBytes()).isEqualTo(32);
        assertThat(root.find("plain.ready").offset()).isEqualTo(76);
        assertThat(taken.notes()).anyMatch(note -> note.contains("name"));
        TypeList list = types.list(classes);
        assertThat(list.types()).extracting(ProgramType::name).contains("struct Derived");
        assertThat(list.leftOut()).isPositive();
    }

    @Test
    void whatCannotBeHadIsSaidPlainly() throws IOException, InterruptedException {
        assertThat(catchNoTypes(program, "struct nobody").why())
                .isEqualTo(NoTypes.Why.NO_SUCH_TYPE);
        assertThat(catchNoTypes(program, "elephant").sentence()).contains("has no type");
        assertThat(catchNoTypes(program, "$_shell(\"touch x\")").why())
                .isEqualTo(NoTypes.Why.NO_SUCH_TYPE);
        assertThat(catchNoTypes(Path.of("/etc/passwd"), "sensor").sentence())
                .contains("is no program");
        assertThat(catchNoTypes(folder, "sensor").why()).isEqualTo(NoTypes.Why.NO_PROGRAM);
        assertThat(catchNoTypes(folder.resolve("none"), "sensor").sentence())
                .contains("there is no file");
        run("strip", "-o", "bare", program.toString());
        assertThat(catchNoTypes(folder.resolve("bare"), "sensor").sentence())
                .contains("has no debug information: build it with -g");
        NoTypes none =
                catchThrowableOfType(
                        NoTypes.class,
                        () ->
                                DebugTypes.of(List.of(folder), Duration.ofSeconds(5))
                                        .take(program, "sensor"));
        assertThat(none.why()).isEqualTo(NoTypes.Why.NO_TOOL);
    }

    private NoTypes catchNoTypes(Path file, String type) {
        return catchThrowableOfType(NoTypes.class, () -> types.take(file, type));
    }

    @Test
    void spoiltProgramsAreReadWithoutHarm() throws IOException, InterruptedException {
        byte[] whole = Files.readAllBytes(program);
        Random random = new Random(7);
        Path spoilt = folder.resolve("spoilt");
        int sections = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(40);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole;
            bytes = bytes.clone();
            for (int k = 0; k < 8 && bytes.length > 0; k++) {
                int at = k % 2 == 0 ? random.nextInt(64) : sections + random.nextInt(2000);
                bytes[Math.min(at, bytes.length - 1)] = (byte) random.nextInt();
            }
            Files.write(spoilt, bytes);
            try {
                DebugTypes.has(spoilt);
            } catch (NoTypes none) {
                assertThat(none.sentence()).isNotBlank();
            }
        }
    }

    @Test
    void whatAHostileToolSaysIsNotBelieved() throws IOException, InterruptedException {
        // Marks are taken from the command line, as a real gdb echoes them.
        String says =
                """
                #!/bin/sh
                n=0
                for word in "$@"; do
                    case $word in
                        echo*) printf "$(printf %%s "${word#echo }")" ;;
                        ptype*) printf '%s' ;;
                        whatis*) echo 'type = struct sensor' ;;
                        output*) echo 8 ;;
                    esac
                done
                """;
        for (String ptype :
                List.of(
                        "type = struct sensor {\\n/* 0 | 4 */ int a;\\n/* total size (bytes): 999999999999999999 */\\n}\\n",
                        "type = struct sensor {\\n/* 999999999999999999 | 4 */ int a;\\n/* total size: 8 bytes */\\n}\\n",
                        "type = struct sensor {\\n/* 4 | 4 */ int a;\\n/* 0 | 4 */ int b;\\n/* total size: 8 bytes */\\n}\\n",
                        "type = struct sensor {\\n")) {
            Path bin = tool("hostile", says.formatted(ptype));
            NoTypes none =
                    catchThrowableOfType(
                            NoTypes.class,
                            () ->
                                    DebugTypes.of(List.of(bin), Duration.ofSeconds(20))
                                            .take(program, "struct sensor"));
            assertThat(none).as(ptype).isNotNull();
            assertThat(none.why()).as(none.sentence()).isEqualTo(NoTypes.Why.NOT_BELIEVED);
        }
    }

    @Test
    void aToolThatHangsOrNeverEndsTalkingIsEnded() throws IOException {
        Path hangs = tool("hangs", "#!/bin/sh\nexec sleep 600\n");
        assertThatThrownBy(
                        () -> DebugTypes.of(List.of(hangs), Duration.ofMillis(300)).list(program))
                .hasMessageContaining("did not answer within");
        Path talks = tool("talks", "#!/bin/sh\nexec yes 1: int\n");
        assertThatThrownBy(() ->
                        DebugTypes.of(List.of(talks), Duration.ofSeconds(30))
                                .take(program, "sensor"))
                .hasMessageContaining("did not answer as it should");
    }

    @Test
    void anInterruptEndsTheTool() throws IOException, InterruptedException {
        Path slow = tool("slow", "#!/bin/sh\ntouch \"$(dirname \"$0\")/begun\"\nexec sleep 600\n");
        List<Throwable> thrown = new ArrayList<>();
        Thread asking =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                DebugTypes.of(List.of(slow), Duration.ofSeconds(60)).list(program);
                            } catch (NoTypes | InterruptedException ended) {
                                thrown.add(ended);
                            }
                        });
        asking.interrupt();
        asking.join(10_000);
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    private static Path tool(String name, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name));
        Path gdb = Files.writeString(bin.resolve("gdb"), script);
        assertThat(gdb.toFile().setExecutable(true)).isTrue();
        return bin;
    }
}
