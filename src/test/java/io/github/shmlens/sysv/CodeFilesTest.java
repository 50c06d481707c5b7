package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.ShmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks at the programs of processes of this host.
final class CodeFilesTest {

    private final CodeFiles files =
            new CodeFiles(new ProcFiles(Path.of("/proc")), new Names(new Kernel()));

    @TempDir Path folder;

    @Test
    void aProcessesProgramComesFirstAndThenItsLibraries() throws ShmException, IOException {
        List<CodeFile> ours = files.of((int) ProcessHandle.current().pid());
        assertThat(ours.getFirst().program()).isTrue();
        assertThat(ours.getFirst().file())
                .isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java").toRealPath());
        assertThat(ours.subList(1, ours.size()))
                .anyMatch(file -> file.name().endsWith("/libjvm.so"))
                .allSatisfy(file -> {
                    assertThat(file.program()).isFalse();
                    assertThat(file.file()).isRegularFile();
                });
    }

    @Test
    void aProgramThatLostItsNameIsStillFound()
            throws ShmException, IOException, InterruptedException {
        Path program = folder.resolve("sleeper");
        Files.copy(Path.of("/bin/sleep"), program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Process sleeper = new ProcessBuilder(program.toString(), "60").start();
        try {
            // Replaced, as an upgrade does.
            Files.delete(program);
            Files.writeString(program, "another");
            CodeFile found = files.of((int) sleeper.pid()).getFirst();
            assertThat(found.name()).isEqualTo(program + " (deleted)");
            assertThat(Files.mismatch(found.file(), Path.of("/bin/sleep"))).isEqualTo(-1);
        } finally {
            sleeper.destroyForcibly();
            assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aProcessThatIsNotThereHasNoProgram() {
        assertThatThrownBy(() -> files.of(Integer.MAX_VALUE)).isInstanceOf(ShmException.class);
        // The kernel's own threads have none either.
        assumeThat(Files.exists(Path.of("/proc/2/exe"))).isFalse();
        assertThatThrownBy(() -> files.of(2)).isInstanceOf(ShmException.class);
    }
}
