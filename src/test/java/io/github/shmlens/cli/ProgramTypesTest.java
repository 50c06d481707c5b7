package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.Compiling;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fields --types` and `--from`: a compiled program, read by the real gdb, and a host in memory.
class ProgramTypesTest {

    private static final String SOURCE =
            """
            typedef unsigned int count_t;
            struct state { count_t count; char name[8]; _Complex float odd; };
            struct state one;
            int main(void) { return 0; }
            """;

    @TempDir static Path folder = Path.of("");

    private static Path program = Path.of("");

    private final FakeSource host = new FakeSource();

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Compiling.needs("gcc", "gdb");
        Path source = Files.writeString(folder.resolve("state.c"), SOURCE);
        program = folder.resolve("state");
        Compiling.run(folder, "gcc", "-g", "-o", program.toString(), source.toString());
    }

    @BeforeEach
    void somebodyIsAttached() {
        SegmentId id = host.add(new SegmentKey(7), 64);
        host.memory(id).put(0, new byte[] {42, 0, 0, 0, 'h', 'i'});
        host.othersAttach(id, 31, "state");
        host.othersAttach(id, 32, "state");
        host.codeFiles(31, List.of(new CodeFile(program, "/srv/state", true)));
        host.codeFiles(32, List.of(new CodeFile(program, "/srv/state", true)));
    }

    private Shell.Said run(String... arguments) {
        return new Shell(host).run(arguments);
    }

    @Test
    void theTypesOfWhoIsAttachedAreListedOncePerProgram() {
        Shell.Said said = run("fields", "7", "--types");
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("/srv/state (process 31, 32): 2 types\n")
                .contains("struct state  " + folder.resolve("state.c") + ":2\n")
                .contains("count_t");
        Shell.Said json = run("fields", "7", "--types", "--json");
        assertThat(json.json("programs.0.pids")).hasToString("[31, 32]");
        assertThat(json.json("programs.0.tool")).isEqualTo("gdb");
        assertThat(json.json("programs.0.types.0.name")).isEqualTo("count_t");
        assertThat(json.json("programs.0.types.0.line")).isEqualTo(1L);
        assertThat((List<?>) json.json("programs")).hasSize(1);
        assertThat(run("fields", "7", "--types", "--from", program.toString()).out())
                .contains("struct state");
    }

    @Test
    void aTypeOfAProcessIsLaidOverTheSegment() {
        Shell.Said said = run("fields", "7", "--from", "32:state", "--json");
        assertThat(said.json("struct")).isEqualTo("struct state");
        assertThat(said.json("fields.0.value")).isEqualTo(42L);
        assertThat(said.json("fields.0.type")).isEqualTo("count_t");
        assertThat(said.json("fields.1.value")).isEqualTo("hi");
        assertThat(said.json("notes.0.note")).asString().contains("odd");
        assertThat(run("get", "7", "name", "--from", program + ":struct state").out())
                .isEqualTo("hi\n");
        assertThat(run("write", "7", "--field", "count", "43", "--from", "31:state").code())
                .isZero();
        assertThat(run("get", "7", "count", "--from", "31:state").out()).isEqualTo("43\n");
        assertThat(run("fields", "7", "--from", "31:state", "--declarations").out())
                .contains("struct state {\n    count_t count;\n");
    }

    @Test
    void whatCannotBeTakenIsSaid() {
        Shell.Said none = run("fields", "7", "--from", "31:elephant");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("has no type struct elephant whose members it knows");
        assertThat(run("fields", "7", "--from", "77:state").code()).isEqualTo(1);
        assertThat(run("fields", "7", "--from", "state").err())
                .contains("--from takes PROGRAM:TYPE");
        assertThat(run("fields", "7", "--from", "31:state", "--abi", "i386").code()).isEqualTo(2);
        assertThat(run("fields", "7", "--declarations").code()).isEqualTo(2);
        host.add(new SegmentKey(8), 64);
        Shell.Said nobody = run("fields", "8", "--types");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("no process that we may see is attached");
    }

    @Test
    void aProgramThatMayNotBeSeenIsSaidBesideOthers() {
        SegmentId id = host.add(new SegmentKey(9), 64);
        host.othersAttach(id, 99, "hidden");
        host.othersAttach(id, 31, "state");
        Shell.Said said = run("fields", "9", "--types");
        assertThat(said.code()).isZero();
        assertThat(said.err()).contains("process 99");
        assertThat(said.out()).contains("struct state");
    }
}
