package io.github.shmlens.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Member;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.testing.Compiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds our layouts against GCC's: structures made at random are compiled, a program writes into
/// them, and we read and write the same bytes. `installer/structs` makes many more.
final class CompilerTest {

    private static final int BATCH = 500;

    private static final int STRUCTURES = Integer.getInteger("structs.count", BATCH);

    private static final long SEED = Long.getLong("structs.seed", 20261125);

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void needsACompiler() {
        Compiling.needs("gcc");
    }

    @Test
    void aCompiledProgramAndWeReadAndWriteTheSameBytes()
            throws IOException, InterruptedException, BadDeclaration, BadInput {
        for (int done = 0; done < STRUCTURES; done += BATCH) {
            List<RandomDeclarations.Made> batch = batch(done, false);
            StringBuilder program = program(batch);
            program.append("int main(void) {\n");
            for (RandomDeclarations.Made one : batch) {
                program.append(
                        "{ union { %s v; unsigned char b[sizeof(%s) + 1]; } u;\n"
                                .formatted(one.name(), one.name()));
                program.append("#define v u.v\nmemset(&u, 0, sizeof u);\n");
                one.values().forEach(value -> program.append(value.statement()).append(";\n"));
                program.append("#undef v\nprintf(\"%zu %zu \", sizeof(")
                        .append(one.name())
                        .append("), _Alignof(")
                        .append(one.name())
                        .append("));\nfor (size_t i = 0; i < sizeof(")
                        .append(one.name())
                        .append("); i++) printf(\"%02x\", u.b[i]);\nputchar('\\n'); }\n");
            }
            program.append("return 0; }\n");
            Path source = Files.writeString(folder.resolve("written.c"), program);
            run("gcc", "-w", "-O0", "-o", "written", source.toString());
            String[] lines = run(folder.resolve("written").toString()).split("\n");
            assertThat(lines).hasSameSizeAs(batch);
            Declarations ours = Declarations.parse(text(batch), Abi.X86_64);
            for (int i = 0; i < batch.size(); i++) {
                agree(batch.get(i), ours, lines[i].split(" ", -1));
            }
        }
    }

    @Test
    void thirtyTwoBitLayoutsAreThoseOfTheCompiler()
            throws IOException, InterruptedException, BadDeclaration, BadInput {
        for (int done = 0; done < STRUCTURES; done += BATCH) {
            compiledButNotRun(done, Abi.I386, "", "gcc", "-m32", "-ffreestanding");
        }
    }

    @Test
    void layoutsOfArmAreThoseOfItsCompiler()
            throws IOException, InterruptedException, BadDeclaration, BadInput {
        String prefix = "aarch64-linux-gnu-";
        Compiling.needs(prefix + "gcc");
        for (int done = 0; done < STRUCTURES; done += BATCH) {
            compiledButNotRun(done, Abi.AARCH64, prefix, prefix + "gcc", "-ffreestanding");
        }
    }

    /// What a program of another processor begins with is read out of its object file.
    private void compiledButNotRun(int done, Abi abi, String prefix, String... compiler)
            throws IOException, InterruptedException, BadDeclaration, BadInput {
        List<RandomDeclarations.Made> batch = batch(done, abi == Abi.I386);
        StringBuilder program = program(batch);
        Declarations ours = Declarations.parse(text(batch), abi);
        for (RandomDeclarations.Made one : batch) {
            CType type = ours.type(one.name()).orElseThrow();
            program.append(
                    "_Static_assert(sizeof(%s) == %d, \"size of %s\");\n"
                            .formatted(one.name(), type.sizeBytes(), one.name()));
            program.append(
                    "_Static_assert(_Alignof(%s) == %d, \"alignment of %s\");\n"
                            .formatted(one.name(), type.alignBytes(), one.name()));
            assertOffsets(program, one.name(), (Compound) type, "", 0);
        }
        for (int i = 0; i < batch.size(); i++) {
            program.append(
                    "%s made%d __attribute__((section(\".made\"))) = {\n"
                            .formatted(batch.get(i).name(), i));
            for (RandomDeclarations.Value value : batch.get(i).values()) {
                program.append(".%s = %s,\n".formatted(value.path(), value.initial()));
            }
            program.append("};\n");
        }
        Path source = Files.writeString(folder.resolve("made.c"), program);
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(List.of("-w", "-c", "-o", "made.o", source.toString()));
        run(command.toArray(String[]::new));
        Map<String, Integer> places = new HashMap<>();
        run(prefix + "nm", "made.o")
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> places.put(words[2], Integer.parseInt(words[0], 16)));
        run(prefix + "objcopy", "-O", "binary", "-j", ".made", "made.o", "made.bin");
        byte[] made = Files.readAllBytes(folder.resolve("made.bin"));
        for (int i = 0; i < batch.size(); i++) {
            CType type = ours.type(batch.get(i).name()).orElseThrow();
            int at = Objects.requireNonNull(places.get("made" + i));
            // What is all zeros at the section's end is not written.
            byte[] bytes = Arrays.copyOfRange(made, at, at + (int) type.sizeBytes());
            String[] theirs = {
                Long.toString(type.sizeBytes()),
                Long.toString(type.alignBytes()),
                HexFormat.of().formatHex(bytes)
            };
            agree(batch.get(i), ours, theirs);
        }
    }

    @Test
    void theNamesOfTheStandardHeadersHaveTheirSizes()
            throws IOException, InterruptedException, BadDeclaration {
        List<String> names = new ArrayList<>();
        Declarations ours = Declarations.parse("", Abi.X86_64);
        for (String name :
                ("int8_t uint16_t int32_t uint64_t int_fast16_t int_least8_t uint_fast32_t size_t"
                                + " ssize_t ptrdiff_t intptr_t uintptr_t wchar_t char16_t char32_t time_t"
                                + " off_t pid_t uid_t mode_t ino_t dev_t nlink_t blksize_t pthread_mutex_t"
                                + " pthread_cond_t pthread_rwlock_t pthread_barrier_t pthread_spinlock_t"
                                + " pthread_attr_t pthread_mutexattr_t pthread_condattr_t"
                                + " pthread_rwlockattr_t pthread_barrierattr_t pthread_t sem_t atomic_int"
                                + " atomic_bool atomic_ullong atomic_size_t clock_t suseconds_t socklen_t")
                        .split(" ")) {
            names.add(name);
        }
        names.add("struct timespec");
        names.add("struct timeval");
        StringBuilder program =
                new StringBuilder(
                        """
                        #define _GNU_SOURCE
                        #include <stddef.h>
                        #include <stdio.h>
                        #include <stdint.h>
                        #include <stdatomic.h>
                        #include <pthread.h>
                        #include <semaphore.h>
                        #include <sys/time.h>
                        #include <sys/socket.h>
                        #include <uchar.h>
                        #include <wchar.h>
                        int main(void) {
                        """);
        for (String name : names) {
            program.append("printf(\"%zu %zu\\n\", sizeof(".concat(name))
                    .append("), _Alignof(")
                    .append(name)
                    .append("));\n");
        }
        program.append("}\n");
        Path source = Files.writeString(folder.resolve("names.c"), program);
        run("gcc", "-w", "-o", "names", source.toString());
        String[] lines = run(folder.resolve("names").toString()).split("\n");
        for (int i = 0; i < names.size(); i++) {
            CType type = ours.type(names.get(i)).orElseThrow();
            assertThat("%d %d".formatted(type.sizeBytes(), type.alignBytes()))
                    .as(names.get(i))
                    .isEqualTo(lines[i]);
        }
    }

    private static List<RandomDeclarations.Made> batch(int done, boolean narrow) {
        RandomDeclarations random = new RandomDeclarations(SEED + done, narrow);
        List<RandomDeclarations.Made> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(BATCH, STRUCTURES - done); i++) {
            batch.add(random.next());
        }
        return batch;
    }

    private static String text(List<RandomDeclarations.Made> batch) {
        StringBuilder text = new StringBuilder(RandomDeclarations.prelude());
        batch.forEach(one -> text.append(one.text()));
        return text.toString();
    }

    private static StringBuilder program(List<RandomDeclarations.Made> batch) {
        return new StringBuilder(
                        """
                        #include <stddef.h>
                        #include <stdint.h>
                        #if __STDC_HOSTED__
                        #include <stdio.h>
                        #include <string.h>
                        #endif
                        """)
                .append(text(batch));
    }

    private static void agree(RandomDeclarations.Made one, Declarations ours, String[] theirs)
            throws BadInput {
        CType type = ours.type(one.name()).orElseThrow();
        assertThat("%d %d".formatted(type.sizeBytes(), type.alignBytes()))
                .as(one.text())
                .isEqualTo(theirs[0] + " " + theirs[1]);
        byte[] bytes = HexFormat.of().parseHex(theirs[2]);
        FieldAt root = FieldAt.root(type, 0, bytes.length);
        ByteView view = ByteView.of(bytes);
        byte[] written = new byte[bytes.length];
        for (RandomDeclarations.Value value : one.values()) {
            FieldAt field = root.find(value.path());
            String read = FieldValue.read(field, view, 0).text();
            assertThat(withoutEnd(read))
                    .as(value.path() + " in " + one.text())
                    .isEqualTo(value.expected());
            int at = (int) field.offset();
            byte[] seen = Arrays.copyOfRange(written, at, at + (int) field.sizeBytes());
            byte[] next = FieldEdit.of(field, value.typed()).over(seen);
            System.arraycopy(next, 0, written, at, next.length);
            assertThat(root.deepestAt(field.offset())).isPresent();
        }
        assertThat(HexFormat.of().formatHex(written)).as(one.text()).isEqualTo(theirs[2]);
    }

    private static String withoutEnd(String text) {
        return text.replace(" (no end)", "");
    }

    private static void assertOffsets(
            StringBuilder program, String name, Compound type, String path, long base) {
        for (Member member : type.members()) {
            long offset = base + member.offset();
            String full = path + member.name();
            if (!member.name().isEmpty() && !member.bitField()) {
                program.append(
                        "_Static_assert(offsetof(%s, %s) == %d, \"%s of %s\");\n"
                                .formatted(name, full, offset, full, name));
            }
            if (member.type() instanceof Compound inner && !member.bitField()) {
                assertOffsets(
                        program, name, inner, member.name().isEmpty() ? path : full + ".", offset);
            }
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        return Compiling.run(folder, command);
    }
}
