package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.app.Main;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SharedMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Looks at processes of a /proc that lies in a folder.
final class ProcessesTest {

    private static final String MAPS =
            """
            559c2f0b4000-559c2f0d8000 r--p 00000000 fe:00 1048601                    /usr/bin/php8.2
            7f1a10000000-7f1a10001000 rw-s 00000000 00:01 3                          /SYSV000f1206 (deleted)
            7f1a10004000-7f1a10005000 rw-s 00000000 00:01 3                          /dev/zero (deleted)
            7f1a20000000-7f1a20001000 r--s 00000000 00:1b 17                         /dev/shm/a\\040b
            7f1a30000000-7f1a30001000 rw-s 00000000 00:1b 18                         /dev/shm/gone (deleted)
            7f1a40000000-7f1a40001000 rw-s 00000000 fe:00 99                         /tmp/file
            not a line of this file
            """;

    @TempDir Path root;

    private void process(int pid, String name, String maps) throws IOException {
        Path folder = Files.createDirectories(root.resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("status"),
                "Name:\t%s\nPPid:\t1\nUid:\t0\t0\t0\t0\n".formatted(name));
        Files.writeString(folder.resolve("maps"), maps);
        Files.createDirectories(folder.resolve("ns"));
        Files.createSymbolicLink(folder.resolve("ns/ipc"), Path.of("ipc:[1]"));
        Files.createSymbolicLink(folder.resolve("ns/pid"), Path.of("pid:[1]"));
        Files.writeString(folder.resolve("cgroup"), "0::/\n");
    }

    private Processes processes() {
        ProcFiles proc = new ProcFiles(root);
        return new Processes(proc, new Names(new Kernel()));
    }

    private Optional<ProcessFacts> look(int pid) {
        return processes().look(pid, (name, _) -> new SegmentId.Posix(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java -cp x " + ProcFiles.OUR_MAIN + " | Shmlens",
                "java -cp x " + ProcFiles.OUR_MAIN + " --demo | Shmlens",
                "java -cp x " + ProcFiles.OUR_MAIN + " attach 7 | Shmlens",
                "/opt/jre/bin/java " + ProcFiles.OUR_MAIN + " demo --with-parent | Shmlens demo",
                "java -jar /opt/shmlens.jar watch 7 | Shmlens watch",
                "java -jar | java",
                "java -jar /opt/other-shmlens.jar | java",
                "java -cp shmlens.jar com.example.Main | java",
                "java | java",
            })
    void callsItsOwnProgramByName(String line, String name) throws IOException {
        process(7, "java", "");
        Files.writeString(root.resolve("7/cmdline"), line.replace(' ', '\0') + "\0");
        assertThat(look(7).orElseThrow().command()).isEqualTo(name);
    }

    @Test
    void whoseCommandLineCannotBeReadIsCalledAsTheKernelCallsIt() throws IOException {
        process(7, "java", "");
        assertThat(look(7).orElseThrow().command()).isEqualTo("java");
    }

    @Test
    void itsOwnProgramBeginsWhereItLooksForIt() {
        assertThat(ProcFiles.OUR_MAIN).isEqualTo(Main.class.getName());
    }

    @Test
    void listsItsSharedMemoryAndNothingElse() {
        List<SharedMapping> found =
                Processes.shared(
                        MAPS.lines().toList(), true, (name, _) -> new SegmentId.Posix(name));
        assertThat(found)
                .extracting(SharedMapping::name)
                .containsExactly(
                        "/SYSV000f1206 (deleted)",
                        "/dev/shm/a b",
                        "/dev/shm/gone (deleted)",
                        "/tmp/file");
        assertThat(found)
                .extracting(SharedMapping::id)
                .containsExactly(new SegmentId.Sysv(3), new SegmentId.Posix("/a b"), null, null);
        assertThat(found.getFirst().line()).startsWith("7f1a10000000-7f1a10001000 rw-s");
        assertThat(found.get(1).writable()).isFalse();
    }

    @Test
    void idsOfAnotherNamespaceAreNotOurs() {
        assertThat(Processes.shared(MAPS.lines().toList(), false, (_, _) -> null))
                .extracting(SharedMapping::id)
                .containsOnlyNulls();
    }

    @Test
    void tellsWhatAProcessWasStartedWith() throws IOException {
        process(1, "self", "");
        Files.createSymbolicLink(root.resolve("self"), Path.of("1"));
        process(4000000, "php", MAPS);
        Files.writeString(root.resolve("4000000/cmdline"), "php\0-r\0two words\nand a line\0");
        ProcessFacts facts = look(4000000).orElseThrow();
        assertThat(facts.command()).isEqualTo("php");
        assertThat(facts.parentPid()).isEqualTo(1);
        assertThat(facts.commandLine()).containsExactly("php", "-r", "two words\nand a line");
        assertThat(facts.commandLineCut()).isFalse();
        assertThat(facts.mappings()).hasSize(4);
        assertThat(facts.container()).isEmpty();
    }

    @Test
    void cutsACommandLineThatIsTooLong() throws IOException {
        process(4000000, "php", "");
        Files.writeString(
                root.resolve("4000000/cmdline"), "php\0" + "x".repeat(1 << 20) + "\0more\0");
        ProcessFacts facts = look(4000000).orElseThrow();
        assertThat(facts.commandLineCut()).isTrue();
        assertThat(String.join(" ", facts.commandLine()).length()).isLessThan(9000);
    }

    @Test
    void namesAContainerOnlyWhereItIsNotOurs() throws IOException {
        String id = "0123456789ab".repeat(5) + "0123";
        process(1, "self", "");
        Files.createSymbolicLink(root.resolve("self"), Path.of("1"));
        process(2, "web", "");
        process(3, "job", "");
        Files.writeString(root.resolve("2/cgroup"), "0::/docker/" + id + "\n");
        Files.delete(root.resolve("3/ns/pid"));
        Files.createSymbolicLink(root.resolve("3/ns/pid"), Path.of("pid:[2]"));
        ProcFiles proc = new ProcFiles(root);
        assertThat(proc.container(2, proc.ownHome())).isEqualTo("docker 0123456789ab");
        assertThat(proc.container(3, proc.ownHome())).isEqualTo("another PID namespace");
        Files.writeString(root.resolve("1/cgroup"), "0::/docker/" + id + "\n");
        assertThat(proc.container(2, proc.ownHome())).isEmpty();
    }

    @Test
    void listsNamespacesWithOneOfTheirProcessesOursFirst() throws IOException {
        process(5, "self", "");
        Files.createSymbolicLink(root.resolve("self"), Path.of("5"));
        process(7, "apache2", "");
        process(9, "worker", "");
        for (int pid : new int[] {7, 9}) {
            Files.delete(root.resolve(pid + "/ns/ipc"));
            Files.createSymbolicLink(root.resolve(pid + "/ns/ipc"), Path.of("ipc:[0]"));
        }
        Namespaces.Found found = new Namespaces(new ProcFiles(root)).find();
        assertThat(found.all())
                .extracting(one ->
                        "%s %s %d %s"
                                .formatted(one.name(), one.own(), one.processes(), one.command()))
                .containsExactly("ipc:[1] true 1 self", "ipc:[0] false 2 apache2");
        assertThat(found.hidden()).isZero();
    }

    @Test
    void aProcessThatHasEndedIsEmpty() {
        assertThat(look(4000001)).isEmpty();
    }
}
