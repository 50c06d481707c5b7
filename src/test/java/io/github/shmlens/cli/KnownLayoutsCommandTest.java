package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What other programs left is named by the commands, on a host in memory.
class KnownLayoutsCommandTest {

    private final FakeSource host = new FakeSource();
    private final Shell shell = new Shell(host);

    @Test
    void infoAndListsNameTheFormat() throws IOException {
        add("postgresql", 2427397);
        add("ntp-shm", 0x4e545030);
        assertThat(shell.run("info", "2427397", "--json").json("format")).isEqualTo("postgresql");
        Shell.Said listed = shell.run("ls", "--format", "--json");
        assertThat(listed.json("segments.0.format")).isEqualTo("postgresql");
        assertThat(listed.json("segments.1.format")).isEqualTo("ntp-shm");
    }

    @Test
    void aClockUnderAnotherKeyIsNone() throws IOException {
        add("ntp-shm", 0x1234);
        assertThat(shell.run("info", "0x1234", "--json").json("format")).isNull();
    }

    @Test
    void hexNamesTheFormatBesideTheBytes() throws IOException {
        add("perl-shareable", 77);
        Shell.Said said = shell.run("hex", "77", "--length", "16");
        assertThat(said.err()).contains("holds perl-shareable");
        assertThat(said.out()).startsWith("00000000").contains("|IPC::Shareable");
        assertThat(shell.run("hex", "77", "--json").err()).isEmpty();
    }

    @Test
    void fieldsWithoutADeclarationAreThoseOfTheLayout() throws IOException {
        add("postgresql", 2427397);
        Shell.Said said = shell.run("fields", "2427397", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.json("format")).isEqualTo("postgresql");
        assertThat(said.json("fields.1.field")).isEqualTo("creatorPID");
        assertThat(said.json("fields.1.offset")).isEqualTo(4L);
        assertThat(said.json("fields.1.sizeBytes")).isEqualTo(4L);
        assertThat(said.json("fields.1.value")).isEqualTo(977L);
        assertThat(shell.run("fields", "2427397").out())
                .startsWith("PostgreSQL server's header (postgresql)")
                .containsPattern("inode +u64 +48 +8 +2427397");
    }

    @Test
    void fieldsOfNoKnownLayoutNeedADeclaration() {
        host.add(new SegmentKey(5), 64);
        Shell.Said said = shell.run("fields", "5");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("missing --struct: 0x5 (id:0) is of no known layout");
    }

    private void add(String format, int key) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/known", format + ".bin"));
        SegmentId id = host.add(new SegmentKey(key), bytes.length);
        host.memory(id).put(0, bytes);
    }
}
