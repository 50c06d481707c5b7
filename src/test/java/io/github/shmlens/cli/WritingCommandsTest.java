package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `write` and `load`, on a host in memory.
class WritingCommandsTest {

    private final FakeSource host = new FakeSource();

    @TempDir Path folder;

    @Test
    void writePokesBytesAndSaysWhatWasThere() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        host.memory(id).put(10, (byte) 1, (byte) 2);
        Shell.Said said = shell().run("write", "7", "--offset", "10", "--hex", "00ff");
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo("shmlens: wrote 2 bytes at offset 10 of 0x7 (id:0), over 0102\n");
        assertThat(hex(id, 9, 4)).isEqualTo("0000ff00");
    }

    @Test
    void writePrintsJson() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        host.memory(id).put(8, (byte) 1);
        Shell.Said said =
                shell().run(
                                "write",
                                "7",
                                "--offset",
                                "8",
                                "--hex",
                                "02",
                                "--expect",
                                "01",
                                "--json");
        assertThat(said.json())
                .hasToString("{offset=8, lengthBytes=1, old=01, new=02, atomic=true}");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void writeLeavesOtherBytesThanThoseExpected() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        host.memory(id).put(10, (byte) 1, (byte) 2);
        Shell.Said said =
                shell().run("write", "7", "--offset", "10", "--hex", "0a0b", "--expect", "0103");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: 0x7 (id:0): the bytes are not those expected, from offset 11 on:"
                                + " there is 0102; nothing was written\n");
        assertThat(hex(id, 10, 2)).isEqualTo("0102");
    }

    @ParameterizedTest
    @CsvSource({"100, 00", "99, 0000", "0x7fffffffffffffff, 00"})
    void writeRefusesWhatDoesNotFit(String offset, String hex) {
        SegmentId id = host.add(new SegmentKey(7), 100);
        Shell.Said said = shell().run("write", "7", "--offset", offset, "--hex", hex);
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("has 100 bytes").contains("nothing was written");
        assertThat(hex(id, 98, 2)).isEqualTo("0000");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 00, 00, offset",
        "0, 0, 0, hex digits",
        "0, '', '', empty",
        "0, xy, xy, hex digits",
        "0, 00, 0000, as many"
    })
    void writeChecksWhatWasTyped(String offset, String hex, String expect, String why) {
        host.add(new SegmentKey(7), 100);
        Shell.Said said =
                shell().run("write", "7", "--offset", offset, "--hex", hex, "--expect", expect);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(why);
    }

    @Test
    void writeWithoutALockBesideOthersSaysSo() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        host.othersAttach(id, 71, "php");
        assertThat(shell().run("write", "7", "--offset", "0", "--hex", "01").err())
                .startsWith(
                        "shmlens: 0x7 (id:0) is attached once by others, and was written without a"
                                + " lock");
        assertThat(
                        shell().run("write", "7", "--offset", "0", "--hex", "01", "--lock", "sem:7")
                                .err())
                .startsWith("shmlens: wrote 1 byte ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write 7 --offset 0 --hex 01", "load 7 FILE"})
    void aLockThatIsTakenTimesOutAndNothingIsWritten(String command) throws IOException {
        SegmentId id = host.add(new SegmentKey(7), 8);
        host.othersLock(new SegmentKey(9), 71);
        String[] words =
                (command.replace("FILE", image("0101010101010101")) + " --lock sem:9")
                        .concat(" --lock-timeout 0.01")
                        .split(" ");
        Shell.Said said = shell().run(words);
        assertThat(said.code()).isEqualTo(4);
        assertThat(said.err()).contains("held by process 71").contains("nothing was changed");
        assertThat(hex(id, 0, 8)).isEqualTo("0000000000000000");
    }

    @Test
    void loadPutsBackWhatDumpSaved() throws IOException {
        shell().run("put", "7", "1", "before", "--size", "200");
        String file = folder.resolve("image").toString();
        shell().run("dump", "7", "-o", file);
        shell().run("put", "7", "1", "after");
        Shell.Said said = shell().run("load", "7", file);
        assertThat(said.code()).isZero();
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: overwriting all of 0x7 (id:0), 200 bytes; nobody is attached\n");
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("before\n");
    }

    @Test
    void loadSaysBeforehandWhoIsAttached() throws IOException {
        SegmentId id = host.add(new SegmentKey(7), 2);
        host.othersAttach(id, 71, "php");
        assertThat(shell().run("load", "7", image("0102")).err())
                .isEqualTo(
                        "shmlens: overwriting all of 0x7 (id:0), 2 bytes; 1 process is attached: php"
                                + " 71 (www-data)\n");
    }

    @ParameterizedTest
    @CsvSource({"01, 1", "010203, 3"})
    void loadRefusesAnotherLength(String hex, int code) throws IOException {
        SegmentId id = host.add(new SegmentKey(7), 2);
        Shell.Said said = shell().run("load", "7", image(hex));
        assertThat(said.code()).isEqualTo(code);
        assertThat(said.err()).contains("0x7 (id:0) has 2").contains("nothing was written");
        assertThat(hex(id, 0, 2)).isEqualTo("0000");
    }

    @Test
    void loadMakesTheSegmentWhenAsked() throws IOException {
        Shell.Said refused = shell().run("load", "7", image("0102"));
        assertThat(refused.err()).contains("no segment 0x7").contains("; --create makes it");
        assertThat(refused.code()).isEqualTo(1);
        Shell.Said said =
                shell().run("load", "7", image("0102"), "--create", "--mode", "600", "--json");
        assertThat(said.err()).isEqualTo("shmlens: created 0x7 (id:0), 2 bytes, mode 0600\n");
        assertThat(said.json("sizeBytes")).isEqualTo(2L);
        assertThat(said.json("perms")).isEqualTo("0600");
        assertThat(shell().run("dump", "7").bytes()).containsExactly(1, 2);
    }

    @Test
    void loadReadsNoMoreOfWhatHasNoEndThanTheSegmentHolds() {
        SegmentId id = host.add(new SegmentKey(7), 2);
        for (String endless : List.of("/dev/zero", "-")) {
            Shell.Said said = new Shell(host).typing("abc").run("load", "7", endless);
            assertThat(said.code()).isEqualTo(3);
            assertThat(said.err())
                    .isEqualTo(
                            "shmlens: %s has more than the 2 bytes of the segment: nothing was written\n"
                                    .formatted(endless.equals("-") ? "standard input" : endless));
        }
        assertThat(hex(id, 0, 2)).isEqualTo("0000");
    }

    @Test
    void loadReadsStandardInput() {
        host.add(new SegmentKey(7), 2);
        assertThat(new Shell(host).typing("ab").run("load", "7", "-").code()).isZero();
        assertThat(shell().run("dump", "7").out()).isEqualTo("ab");
    }

    @Test
    void loadOfAnEmptyFileMakesNothing() throws IOException {
        assertThat(shell().run("load", "7", image(""), "--create").code()).isEqualTo(3);
        assertThat(shell().run("info", "7").code()).isEqualTo(1);
    }

    @Test
    void loadNamesTheFileThatIsNotThere() {
        host.add(new SegmentKey(7), 2);
        Shell.Said said = shell().run("load", "7", folder.resolve("no").toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("cannot read").contains("ENOENT");
        assertThat(shell().run("load", "7", folder.toString()).code()).isEqualTo(2);
    }

    private String image(String hex) throws IOException {
        return Files.write(folder.resolve("bytes"), HexFormat.of().parseHex(hex)).toString();
    }

    private String hex(SegmentId id, long offset, int length) {
        return HexFormat.of().formatHex(host.memory(id).bytes(offset, length));
    }

    private Shell shell() {
        return new Shell(host);
    }
}
