package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `ls`, `info`, `create`, `remove`, `hex`, `dump`, `ftok` and help, on a host in memory.
class SegmentCommandsTest {

    private final FakeSource host = new FakeSource();

    @Test
    void lsPrintsTheContractsJson() {
        host.add(new SegmentKey(987654), 1024);
        Object segments = shell().run("ls", "--json").json("segments");
        assertThat(segments)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .asInstanceOf(
                        org.assertj.core.api.InstanceOfAssertFactories.map(
                                String.class, Object.class))
                .containsEntry("kind", "sysv")
                .containsEntry("key", 987654L)
                .containsEntry("keyHex", "0x000f1206")
                .containsEntry("shmid", 0L)
                .containsEntry("owner", "ada")
                .containsEntry("uid", 1000L)
                .containsEntry("group", "users")
                .containsEntry("perms", "0666")
                .containsEntry("sizeBytes", 1024L)
                .containsEntry("rssBytes", 0L)
                .containsEntry("swapBytes", 0L)
                .containsEntry("nattch", 0L)
                .containsEntry("cpid", 100L)
                .containsEntry("lpid", 100L)
                .containsEntry("status", List.of())
                .containsEntry("attachTime", null)
                .containsEntry("detachTime", null)
                .containsEntry("changeTime", "1970-01-01T00:00:00Z")
                .containsEntry("format", null);
    }

    @Test
    void lsOfNothingIsAnEmptyList() {
        assertThat(shell().run("ls", "--json").json()).isEqualTo(Map.of("segments", List.of()));
    }

    @Test
    void lsNeverAttaches() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        shell().run("ls");
        assertThat(host.memory(id).reads()).isZero();
    }

    @Test
    void lsRecognisesFormatsWhenAsked() {
        shell().run("put", "7", "1", "x");
        assertThat(shell().run("ls", "--format", "--json").json("segments.0.format"))
                .isEqualTo("php-sysvshm");
    }

    @Test
    void lsListsPosixObjectsWhenAsked() {
        host.addObject("/sensor", 100);
        assertThat(shell().run("ls", "--json").json("segments")).isEqualTo(List.of());
        Shell.Said said = shell().run("ls", "--posix", "--json");
        assertThat(said.json("segments.0.kind")).isEqualTo("posix");
        assertThat(said.json("segments.0.name")).isEqualTo("/sensor");
        assertThat(said.json("segments.0.key")).isNull();
        assertThat(said.json("segments.0.nattch")).isNull();
    }

    @Test
    void lsWritesNegativeKeysSigned() {
        host.add(new SegmentKey(-2), 100);
        Shell.Said said = shell().run("ls", "--json");
        assertThat(said.json("segments.0.key")).isEqualTo(-2L);
        assertThat(said.json("segments.0.keyHex")).isEqualTo("0xfffffffe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sizeBytes", "SIZE", "size"})
    void lsSortsByHeadingOrJsonName(String column) {
        host.add(new SegmentKey(1), 300);
        host.add(new SegmentKey(2), 100);
        Shell.Said said = shell().run("ls", "--sort", column, "--json");
        assertThat(said.json("segments.0.sizeBytes")).isEqualTo(100L);
    }

    @Test
    void lsReverses() {
        host.add(new SegmentKey(1), 300);
        host.add(new SegmentKey(2), 100);
        assertThat(shell().run("ls", "--reverse", "--json").json("segments.0.key")).isEqualTo(2L);
    }

    @Test
    void lsNamesTheColumnsThereAreToSortBy() {
        Shell.Said said = shell().run("ls", "--sort", "colour");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("shmlens: there is no column \"colour\" to sort by: kind, key, keyHex");
    }

    @Test
    void lsFiltersByAge() {
        host.add(new SegmentKey(1), 300);
        assertThat(shell().run("ls", "--older-than", "2d").out()).contains("0x00000001");
        assertThat(shell().run("ls", "--older-than", "999999d").out()).doesNotContain("0x00000001");
    }

    @Test
    void lsFiltersByOwnerAndSize() {
        host.add(new SegmentKey(1), 300);
        assertThat(shell().run("ls", "--owner", "1000", "--larger-than", "299").out())
                .contains("0x00000001");
        assertThat(shell().run("ls", "--owner", "bob").out()).doesNotContain("0x00000001");
        assertThat(shell().run("ls", "--larger-than", "1K").out()).doesNotContain("0x00000001");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void lsFitsTheTerminal(int columns) {
        host.add(new SegmentKey(987654), 1L << 33);
        assertThat(new Shell(host).onTerminal(columns).run("ls").out().lines())
                .allMatch(line -> line.length() <= columns)
                .anyMatch(line -> line.startsWith("0x000f1206"));
    }

    @Test
    void aHostThatRefusesToListIsSaidSo() {
        host.failListings(new ShmFailure.Unexpected("the segments", "shmctl", "EFAULT"));
        Shell.Said said = shell().run("ls");
        assertThat(said.code()).isEqualTo(70);
        assertThat(said.err())
                .startsWith("shmlens: the segments: shmctl failed")
                .contains("EFAULT");
    }

    @Test
    void infoTellsWhoIsAttached() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.othersAttach(id, 71, "php");
        Shell.Said said = shell().run("info", "7", "--json");
        assertThat(said.json("attachments.0.pid")).isEqualTo(71L);
        assertThat(said.json("attachments.0.command")).isEqualTo("php");
        assertThat(said.json("attachments.0.user")).isEqualTo("www-data");
        assertThat(said.json("attachments.0.writable")).isEqualTo(true);
        assertThat(said.json("nattch")).isEqualTo(1L);
    }

    @Test
    void infoDoesNotCountItself() {
        shell().run("put", "7", "1", "x");
        Shell.Said said = shell().run("info", "7", "--json");
        assertThat(said.json("nattch")).isEqualTo(0L);
        assertThat(said.json("format")).isEqualTo("php-sysvshm");
    }

    @Test
    void infoWorksWithoutTheRightToRead() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.allow(id, new Mode(0), new Rights(false, false, false));
        Shell.Said said = shell().run("info", "7");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("we may     nothing");
    }

    @Test
    void infoShowsTheKeyInEachWay() {
        host.add(new SegmentKey(-2), 4096);
        assertThat(shell().run("info", "-2").out())
                .contains("key        0xfffffffe, decimal 4294967294, signed -2\n");
        host.add(new SegmentKey(7), 1);
        assertThat(shell().run("info", "7").out())
                .contains("key        0x00000007, decimal 7\n", "size       1 byte\n");
    }

    @Test
    void createMakesASegment() {
        assertThat(shell().run("create", "7", "--size", "64K", "--mode", "0600").out())
                .isEqualTo("created 0x7 (id:0), 65536 bytes, mode 0600\n");
    }

    @Test
    void createFailsWhereThereIsOne() {
        host.add(new SegmentKey(7), 4096);
        Shell.Said said = shell().run("create", "7", "--size", "100");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).startsWith("shmlens: 0x7 exists already (EEXIST)");
    }

    @Test
    void createOrOpenTakesTheOneThatIsThere() {
        host.add(new SegmentKey(7), 4096);
        Shell.Said said = shell().run("create", "7", "--size", "100", "--or-open", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.json("sizeBytes")).isEqualTo(4096L);
    }

    @Test
    void aSizeBeyondTheHostsLimitIsNoRoom() {
        assertThat(shell().run("create", "7", "--size", "4T").code()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "9223372036854775808", "9999999T", ""})
    void aSizeThatCannotBeIsWrongUsage(String size) {
        Shell.Said said = shell().run("create", "7", "--size", size);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("shmlens: the size ");
        assertThat(host.listings()).isZero();
    }

    @Test
    void removeSaysThatNobodyIsAttached() {
        host.add(new SegmentKey(7), 4096);
        assertThat(shell().run("remove", "7").err())
                .isEqualTo(
                        "shmlens: removed 0x7 (id:0), 4096 bytes: nobody is attached; its memory is"
                                + " free again\n");
    }

    @Test
    void removeSaysWhoIsAttachedAndWhatHappensNext() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.othersAttach(id, 71, "php");
        assertThat(shell().run("remove", "7").err())
                .isEqualTo(
                        "shmlens: removed 0x7 (id:0), 4096 bytes: 1 process is attached: php 71"
                                + " (www-data); the bytes stay until the last of them detaches, and no"
                                + " new process finds it by key\n");
    }

    @Test
    void aDryRunOnlySays() {
        host.add(new SegmentKey(7), 4096);
        assertThat(shell().run("remove", "--dry-run", "--wipe", "7").err())
                .startsWith("shmlens: would remove 0x7 (id:0), 4096 bytes (to be wiped)");
        assertThat(shell().run("info", "7").code()).isZero();
    }

    @Test
    void aDryRunSaysWhatWouldBeSavedAndSavesNothing(@TempDir Path folder) {
        host.add(new SegmentKey(7), 4096);
        Path image = folder.resolve("image.bin");
        assertThat(shell().run("remove", "--dry-run", "--save", image.toString(), "7").err())
                .startsWith("shmlens: would save 4096 bytes to %s\n".formatted(image))
                .contains("shmlens: would remove 0x7 (id:0), 4096 bytes");
        assertThat(image).doesNotExist();
    }

    @Test
    void severalAreRemovedAtOnce() {
        host.add(new SegmentKey(7), 4096);
        host.add(new SegmentKey(8), 4096);
        assertThat(shell().run("remove", "7", "id:1").code()).isZero();
        assertThat(shell().run("ls", "--json").json("segments")).isEqualTo(List.of());
    }

    @Test
    void oneThatIsMissingDoesNotKeepTheOthers() {
        host.add(new SegmentKey(8), 4096);
        Shell.Said said = shell().run("remove", "7", "8");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err().lines()).hasSize(2);
        assertThat(shell().run("info", "8").code()).isEqualTo(1);
    }

    @Test
    void aTargetThatDoesNotParseKeepsAll() {
        host.add(new SegmentKey(8), 4096);
        assertThat(shell().run("remove", "8", "what").code()).isEqualTo(2);
        assertThat(shell().run("info", "8").code()).isZero();
    }

    @Test
    void wipeZeroesEveryByte() {
        SegmentId id = host.add(new SegmentKey(7), 10_000);
        host.memory(id).put(9_999, (byte) 1);
        host.memory(id).put(0, (byte) 1);
        host.othersAttach(id, 71, "php");
        shell().run("remove", "--wipe", "7");
        assertThat(host.memory(id).bytes(0, 10_000)).isEqualTo(new byte[10_000]);
    }

    @Test
    void saveKeepsTheBytes(@TempDir Path folder) throws Exception {
        SegmentId id = host.add(new SegmentKey(7), 10_000);
        host.memory(id).put(9_999, (byte) 42);
        Path image = folder.resolve("image");
        assertThat(shell().run("remove", "7", "--wipe", "--save", image.toString()).code())
                .isZero();
        byte[] expected = new byte[10_000];
        expected[9_999] = 42;
        assertThat(image).hasBinaryContent(expected);
    }

    @Test
    void saveNeverOverwritesAndThenNothingIsRemoved(@TempDir Path folder) throws Exception {
        host.add(new SegmentKey(7), 10_000);
        Path image = Files.writeString(folder.resolve("image"), "precious");
        Shell.Said said = shell().run("remove", "7", "--save", image.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("it exists already");
        assertThat(image).hasContent("precious");
        assertThat(shell().run("info", "7").code()).isZero();
    }

    @Test
    void removingWithoutTheRightIsNotPermitted() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.allow(id, Mode.DEFAULT, new Rights(true, true, false));
        Shell.Said said = shell().run("remove", "7");
        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: 0x7 (id:0): not permitted to remove (EPERM): only the owner ada"
                                + " or the creator may; repeat this as one of them\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--wipe", "--save image.bin"})
    void aDryRunSaysThatARemovalWouldBeRefused(String options) {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.allow(id, Mode.DEFAULT, new Rights(true, true, false));

        Shell.Said said = shell().run(("remove 7 --dry-run " + options).strip().split(" "));

        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: would be refused: 0x7 (id:0): not permitted to remove (EPERM):"
                                + " only the owner ada or the creator may; repeat this as one of"
                                + " them\n");
    }

    @Test
    void aDryRunSaysThatWipingWouldBeRefused() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.allow(id, new Mode(0644), new Rights(true, false, true));

        Shell.Said said = shell().run("remove", "7", "--dry-run", "--wipe");

        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err())
                .startsWith("shmlens: would be refused: 0x7 (id:0): not permitted to attach")
                .endsWith("; repeat this as a user whom the mode lets in, or as root\n");
    }

    @Test
    void nothingIsWipedThatMayNotBeRemoved() {
        SegmentId id = host.add(new SegmentKey(7), 64);
        host.memory(id).put(0, (byte) 'A');
        host.allow(id, Mode.DEFAULT, new Rights(true, true, false));

        assertThat(shell().run("remove", "7", "--wipe").code()).isEqualTo(77);

        assertThat(host.memory(id).bytes(0, 1)).containsExactly('A');
    }

    @Test
    void oneAttachByAProcessThatHidesIsOne() {
        SegmentId id = host.add(new SegmentKey(7), 64);
        host.hiddenAttach(id);
        assertThat(shell().run("remove", "7", "--dry-run").err())
                .contains(": it is attached once, by a process we may not see; ");
        host.hiddenAttach(id);
        assertThat(shell().run("remove", "7", "--dry-run").err())
                .contains(": it is attached 2 times, by processes we may not see; ");
    }

    @Test
    void hexShowsBytesAndTextAndLeavesOutRepeats() {
        SegmentId id = host.add(new SegmentKey(7), 64);
        host.memory(id).put(0, (byte) 'A');
        assertThat(shell().run("hex", "7").out())
                .isEqualTo(
                        """
                        00000000  41 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |A...............|
                        00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
                        *
                        00000030  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
                        """);
    }

    @Test
    void hexShowsTheStretchAskedFor() {
        SegmentId id = host.add(new SegmentKey(7), 64);
        host.memory(id).put(20, (byte) 0xff);
        assertThat(shell().run("hex", "7", "--offset", "0x14", "--length", "2").out())
                .startsWith("00000014  ff 00 ");
    }

    @Test
    void hexPrintsEveryByteAsJsonInPieces() {
        SegmentId id = host.add(new SegmentKey(7), 5000);
        host.memory(id).put(4097, (byte) 0xfe);
        Shell.Said said = shell().run("hex", "7", "--offset", "1", "--json");
        assertThat(said.out().lines())
                .containsExactly(
                        "{\"offset\":1,\"bytes\":\"%s\"}".formatted("00".repeat(4096)),
                        "{\"offset\":4097,\"bytes\":\"fe%s\"}".formatted("00".repeat(902)));
    }

    @Test
    void hexOfNothingAsJsonIsNoLine() {
        host.add(new SegmentKey(7), 64);
        Shell.Said said = shell().run("hex", "7", "--length", "0", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEmpty();
    }

    @Test
    void hexBehindTheEndIsWrongUsage() {
        host.add(new SegmentKey(7), 64);
        assertThat(shell().run("hex", "7", "--offset", "65").code()).isEqualTo(2);
    }

    @Test
    void dumpWritesEveryByte() {
        SegmentId id = host.add(new SegmentKey(7), 3_000_000);
        host.memory(id).put(2_999_999, (byte) 7);
        byte[] bytes = shell().run("dump", "7").bytes();
        assertThat(bytes).hasSize(3_000_000);
        assertThat(Arrays.copyOfRange(bytes, 2_999_998, 3_000_000)).containsExactly(0, 7);
    }

    @Test
    void dumpTakesItsFileAsLoadDoesOrAsAnOption(@TempDir Path folder) throws IOException {
        SegmentId id = host.add(new SegmentKey(7), 10_000);
        host.memory(id).put(9_999, (byte) 7);
        Path first = folder.resolve("first.bin");
        Path second = folder.resolve("second.bin");

        assertThat(shell().run("dump", "7", first.toString()).code()).isZero();
        assertThat(shell().run("dump", "7", "-o", second.toString()).code()).isZero();

        assertThat(first).hasBinaryContent(host.memory(id).bytes(0, 10_000));
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(shell().run("dump", "7", "-").bytes()).isEqualTo(Files.readAllBytes(first));
        Shell.Said twice = shell().run("dump", "7", "third", "-o", "fourth");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(shell().run("dump", "7", "").err())
                .isEqualTo("shmlens: the name of the file is empty\n");
        assertThat(twice.err())
                .isEqualTo("shmlens: two files, \"third\" and \"fourth\": name one\n");
    }

    @Test
    void dumpDoesNotGarbleATerminal() {
        host.add(new SegmentKey(7), 64);
        assertThat(new Shell(host).onTerminal(80).run("dump", "7").code()).isEqualTo(2);
    }

    @Test
    void ftokPrintsTheKeyInEachWay() {
        host.key(new Target.Ftok(Path.of("/etc/passwd"), 'a'), new SegmentKey(-1));
        assertThat(shell().run("ftok", "/etc/passwd", "a").out())
                .isEqualTo("hex       0xffffffff\nunsigned  4294967295\nsigned    -1\n");
    }

    @Test
    void jsonThatIsWatchedGoesOnUntilNobodyReads() {
        int[] looks = {0};
        Shell shell = new Shell(host);
        shell.whileWaiting(_ -> {
            if (++looks[0] == 9) {
                throw new UncheckedIOException(new IOException("Broken pipe"));
            }
        });
        Shell.Said said = shell.run("ls", "--watch", "--json");
        assertThat(said.code()).isEqualTo(141);
        assertThat(said.out().lines()).hasSize(9);
    }

    @Test
    void removeGoesOnBehindATargetThatIsNone() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        Shell.Said said = shell().run("remove", "ftok:/no/such/file:t", "7");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .contains("/no/such/file")
                .contains("removed 0x7 (" + id.text() + ")");
    }

    @Test
    void ftokFindsFilesThatGiveAKey() {
        SegmentKey key = new SegmentKey(0x74001234);
        host.fileWithKey(key, new Target.Ftok(Path.of("/srv/app"), 't'), "php 71");
        Shell.Said said = shell().run("ftok", "--find", "0x74001234", "--under", "/srv");
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .isEqualTo(
                        "ftok:/srv/app:t                           ftok, project 0x74, used by php 71\n");
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: 1 of 131072 files gives the key 0x74001234; by accident 1.00 would: no hit here is certain\n");
        assertThat(shell().run("ftok", "--find", "8", "--under", "/srv").err())
                .isEqualTo(
                        "shmlens: none of 131072 files, below /srv and around the segment, gives the key 0x00000008\n");
    }

    @Test
    void ftokFindsNothingAndSaysSo() {
        Shell.Said said = shell().run("ftok", "--find", "-5", "--json");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.json("hits")).isEqualTo(List.of());
        assertThat(said.json("key")).isEqualTo(-5L);
        assertThat(said.json("expectedAccidents")).isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftok", "ftok /x", "ftok /x t --under /", "ftok /x t --find 7"})
    void ftokSaysWhatIsMissingOrTooMuch(String command) {
        assertThat(shell().run(command.split(" ")).code()).isEqualTo(2);
    }

    @Test
    void infoDoubtsAnFtokKeyThatOpensAStrangersSegment() {
        Target.Ftok target = new Target.Ftok(Path.of("/srv/app"), 't');
        host.key(target, new SegmentKey(7));
        host.add(new SegmentKey(7), 100);
        assertThat(shell().run("info", "ftok:/srv/app:t").err()).isEmpty();
        host.actAs(new Principal(33, "www-data"));
        assertThat(shell().run("info", "ftok:/srv/app:t").err())
                .startsWith("shmlens: This segment was made by ada, not by you (www-data).")
                .contains("1 in 65,536");
        assertThat(shell().run("info", "7").err()).isEmpty();
    }

    @Test
    void helpListsTheCommands() {
        assertThat(shell().run("help").out())
                .contains("ls ", "info ", "put, send ", "remove, delete ", "demo ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls", "info", "slots", "get", "put", "send", "unset", "has", "remove", "delete",
                "create", "check", "repair", "wipe", "hex", "dump", "ftok", "demo", "wait", "watch",
                "write", "load"
            })
    void everyCommandExplainsItself(String command) {
        Shell.Said asked = shell().run("help", command);
        Shell.Said option = shell().run(command, "--help");
        assertThat(asked.code()).isZero();
        assertThat(asked.out()).startsWith("Usage: shmlens ").isEqualTo(option.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "ls --version", "put --version"})
    void versionIsEverywhere(String command) {
        Shell.Said said = shell().run(command.split(" "));
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("shmlens ");
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        Shell.Said said = shell().run("frobnicate");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo("shmlens: no command \"frobnicate\"; \"shmlens help\" explains\n");
    }

    @Test
    void helpOnAnUnknownCommandSaysTheSame() {
        Shell.Said said = shell().run("help", "frobnicate");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo("shmlens: no command \"frobnicate\"; \"shmlens help\" explains\n");
    }

    @Test
    void aMissingObjectOrFileIsLookedForWhereItWouldBe() {
        assertThat(shell().run("hex", "posix:/none").err())
                .isEqualTo(
                        "shmlens: no object posix:/none (ENOENT): \"shmlens ls --posix\" lists"
                                + " those that are here\n");
        assertThat(shell().run("hex", "file:/none").err())
                .isEqualTo("shmlens: there is no file:/none (ENOENT): look at its path\n");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(shell().run("--debug").code()).isEqualTo(2);
    }

    @Test
    void aBugIsOneLineWithoutDebug() {
        Shell.Said said = broken().run("ls");
        assertThat(said.code()).isEqualTo(70);
        assertThat(said.err().lines()).hasSize(1);
    }

    @Test
    void aBugShowsItsStackWithDebug() {
        assertThat(broken().run("ls", "--debug").err()).contains("\tat io.github.shmlens");
    }

    @Test
    void anOutputThatCannotBeWrittenIsSaidOnce() {
        Shell.Said said = shell().withBrokenOutput("No space left on device").run("help");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .isEqualTo("shmlens: the output could not be written: No space left on device\n");
    }

    @Test
    void whereSomethingWasChangedAFullOutputDoesNotSayThatItWasNot() {
        Shell.Said said =
                shell().withBrokenOutput("No space left on device")
                        .run("create", "0x7777", "--size", "64", "--json");
        assertThat(said.code()).isEqualTo(70);
        assertThat(shell().run("info", "0x7777").code()).isZero();
    }

    @Test
    void anOutputThatFailsOtherwiseThanForRoomIsNotTheScriptsFault() {
        Shell.Said said = shell().withBrokenOutput("Input/output error").run("help");
        assertThat(said.code()).isEqualTo(70);
        assertThat(said.err())
                .isEqualTo("shmlens: the output could not be written: Input/output error\n");
    }

    @Test
    void aReaderThatWentAwayIsNoError() {
        Shell.Said said = shell().withBrokenOutput("Broken pipe").run("help");
        assertThat(said.code()).isEqualTo(141);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aReaderOfJsonThatWentAwayIsNoError() {
        Shell.Said said = shell().withBrokenOutput("Broken pipe").run("ls", "--json");
        assertThat(said.code()).isEqualTo(141);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void jsonThatCannotBeWrittenIsSaidOnce() {
        Shell.Said said = shell().withBrokenOutput("No space left on device").run("ls", "--json");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .isEqualTo("shmlens: the output could not be written: No space left on device\n");
    }

    @Test
    void anErrorStaysOnOneLineWhateverWasTyped() {
        Shell.Said said = shell().run("info", "7\n\u001b[31m");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).doesNotContain("\u001b");
    }

    private Shell shell() {
        return new Shell(host);
    }

    private static Shell broken() {
        return new Shell(() -> {
            throw new IllegalStateException("broken on purpose");
        });
    }
}
