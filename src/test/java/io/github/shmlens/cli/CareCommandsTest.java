package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `check`, `repair`, `slots --ghosts` and `wipe`, on a host in memory.
class CareCommandsTest {

    private static final int FREE = 24;

    private final FakeSource host = new FakeSource();

    @TempDir Path folder;

    private Shell shell() {
        return new Shell(host);
    }

    private SegmentId store() {
        shell().run("put", "7", "1", "one", "--size", "1024");
        shell().run("put", "7", "2", "two");
        return new SegmentId.Sysv(0);
    }

    private void word(SegmentId id, int at, long value) {
        host.memory(id)
                .put(
                        at,
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(value)
                                .array());
    }

    private byte[] bytes(SegmentId id) {
        return host.memory(id).bytes(0, 1024);
    }

    @Test
    void checkSaysWhatAFindingMeansWhatPhpDoesAndThatItCanBeRepaired() {
        word(store(), FREE, 5);

        Shell.Said said = shell().run("check", "7");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .startsWith("! sum-mismatch at 24: ")
                .contains("\n    PHP 8.2:      ", "\n    hardened PHP: ")
                .endsWith(
                        "→ \"shmlens repair 0x7 --save FILE\" would repair it: 2 slots stay, none is lost\n");
    }

    @Test
    void checkTellsScriptsTheSame() {
        word(store(), FREE, 5);

        Shell.Said said = shell().run("check", "7", "--json");

        assertThat(said.json("problems.0.code")).isEqualTo("sum-mismatch");
        assertThat(said.json("problems.0.php")).asString().isNotEmpty();
        assertThat(said.json("repair.possible")).isEqualTo(true);
        assertThat(said.json("repair.changes.0.offset")).isEqualTo(24L);
        assertThat(said.json("repair.changes.0.new")).isEqualTo(888L);
    }

    @Test
    void aSoundStoreHasNoRepairInJson() {
        store();
        assertThat(shell().run("check", "7", "--json").json("repair")).isNull();
    }

    @Test
    void repairWantsToSaveFirst() {
        SegmentId id = store();
        word(id, FREE, 5);
        byte[] before = bytes(id);

        Shell.Said said = shell().run("repair", "7");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("--save FILE");
        assertThat(bytes(id)).isEqualTo(before);
    }

    @Test
    void whoIsRefusedADamagedStoreHearsOfRepair() throws Exception {
        SegmentId id = store();
        word(id, FREE, -5);
        byte[] damaged = bytes(id);

        for (String command : List.of("put 7 9 x", "unset 7 1", "wipe 7")) {
            Shell.Said said = shell().run(command.split(" "));
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("; \"shmlens repair\" may put it right");
            assertThat(said.err().lines()).hasSize(1);
        }
        assertThat(bytes(id)).isEqualTo(damaged);
    }

    @Test
    void repairSavesAnImageAndSaysWhatItWrote() throws Exception {
        SegmentId id = store();
        byte[] sound = bytes(id);
        word(id, FREE, 5);
        byte[] damaged = bytes(id);
        Path image = folder.resolve("image.bin");

        Shell.Said said = shell().run("repair", "7", "--save", image.toString());

        assertThat(said.code()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo(
                        """
                        shmlens: saved 1024 bytes to %s
                        shmlens: repaired 0x7 (id:0): 2 slots stay, none is lost
                        shmlens: free at 24 from 5 to 888: so many bytes lie between end and total
                        """
                                .formatted(image));
        assertThat(Files.readAllBytes(image)).isEqualTo(damaged);
        assertThat(bytes(id)).isEqualTo(sound);
        assertThat(shell().run("check", "7").code()).isZero();
    }

    @Test
    void anImageThatCannotBeSavedStopsTheRepair() throws Exception {
        SegmentId id = store();
        word(id, FREE, 5);
        byte[] damaged = bytes(id);
        Path taken = Files.createFile(folder.resolve("taken"));

        Shell.Said said = shell().run("repair", "7", "--save", taken.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(bytes(id)).isEqualTo(damaged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wipe", "repair"})
    void aDryRunIsRefusedWhereNothingMayBeWritten(String command) {
        SegmentId id = store();
        word(id, FREE, 5);
        host.allow(id, new Mode(0644), new Rights(true, false, false));

        Shell.Said said = shell().run(command, "7", "--dry-run");

        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err())
                .startsWith("shmlens: would be refused: 0x7 (id:0): not permitted to attach");
    }

    @Test
    void aDryRunOfARepairOnlySays() {
        SegmentId id = store();
        word(id, FREE, 5);
        byte[] damaged = bytes(id);

        Shell.Said said = shell().run("repair", "7", "--dry-run");

        assertThat(said.code()).isZero();
        assertThat(said.err()).startsWith("shmlens: would repair 0x7 (id:0): ");
        assertThat(bytes(id)).isEqualTo(damaged);
    }

    @Test
    void aRepairThatNeedsGuessingIsRefused() {
        SegmentId id = store();
        word(id, 16, -1);
        word(id, FREE, -1);

        Shell.Said said = shell().run("repair", "7", "--dry-run");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("cannot be repaired without guessing");
    }

    @Test
    void repairWaitsForTheLockAndGivesUp() {
        SegmentId id = store();
        word(id, FREE, 5);
        byte[] damaged = bytes(id);
        host.othersLock(new SegmentKey(9), 42);

        Shell.Said said =
                shell().run(
                                "repair",
                                "7",
                                "--save",
                                folder.resolve("image").toString(),
                                "--lock",
                                "sem:9",
                                "--lock-timeout",
                                "0");

        assertThat(said.code()).isEqualTo(4);
        assertThat(bytes(id)).isEqualTo(damaged);
    }

    @Test
    void ghostsStandApartFromSlots() {
        store();
        shell().run("unset", "7", "2");

        Shell.Said said = shell().run("slots", "7", "--ghosts");

        assertThat(said.out().lines().filter(line -> line.contains("\"two\"")))
                .singleElement()
                .asString()
                .startsWith("removed");
        assertThat(said.out()).contains("1 ghost in the free room from 88 to 1024");
    }

    @Test
    void scriptsGetGhostsWithTheFieldsOfSlots() {
        store();
        shell().run("unset", "7", "2");

        Shell.Said said = shell().run("slots", "7", "--ghosts", "--json");

        assertThat(said.json("ghosts.0.ghost")).isEqualTo("removed");
        assertThat(said.json("ghosts.0.key")).isEqualTo(2L);
        assertThat(said.json("ghosts.0.offset")).isEqualTo(88L);
        assertThat(said.json("ghosts.0.value")).isEqualTo("two");
        assertThat(said.json("ghostCount")).isEqualTo(1L);
        assertThat(said.json("slots.0.key")).isEqualTo(1L);
    }

    @Test
    void withoutTheOptionNothingIsSaidOfGhosts() {
        store();
        shell().run("unset", "7", "2");
        assertThat(shell().run("slots", "7").out()).doesNotContain("ghost");
        assertThat(shell().run("slots", "7", "--json").out()).doesNotContain("ghost");
    }

    @Test
    void wipeSaysHowManyBytesItWiped() {
        store();
        shell().run("unset", "7", "2");

        assertThat(shell().run("wipe", "7", "--dry-run").err())
                .isEqualTo(
                        "shmlens: would wipe 13 stale bytes of 0x7 (id:0): 13 in the free room, 0 in padding; nobody is attached\n");
        assertThat(shell().run("wipe", "7").err())
                .isEqualTo(
                        "shmlens: wiped 13 stale bytes of 0x7 (id:0): 13 in the free room, 0 in padding; nobody is attached\n");
        assertThat(shell().run("slots", "7", "--ghosts", "--json").json("ghostCount"))
                .isEqualTo(0L);
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("one\n");
    }

    @Test
    void aDamagedStoreIsNotWiped() {
        SegmentId id = store();
        word(id, FREE, 5);

        Shell.Said said = shell().run("wipe", "7");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("nothing was wiped");
    }
}
