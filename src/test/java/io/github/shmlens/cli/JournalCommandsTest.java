package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import io.github.shmlens.testing.Shell.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `journal` and `undo`, and that whatever writes is in the one and can be taken back by the other.
class JournalCommandsTest {

    @TempDir Path folder;

    private final FakeSource source = new FakeSource();
    private final SegmentId.Sysv id = source.add(new SegmentKey(0xf1206), 1024);
    private final Shell shell = new Shell(source);

    @BeforeEach
    void keep() {
        shell.keeping(Journal.in(folder, "command line"));
    }

    private void done(String... arguments) {
        Said said = shell.run(arguments);
        assertThat(said.code()).as(said.toString()).isZero();
    }

    private List<?> reasons() {
        return shell.run("journal", "--json").json("entries") instanceof List<?> entries
                ? entries.stream()
                        .map(one -> one instanceof java.util.Map<?, ?> map ? map.get("reason") : "")
                        .toList()
                : List.of();
    }

    @Test
    void everyCommandThatWritesIsInIt() throws IOException {
        done("put", "0xf1206", "1", "Hello", "--format-store");
        done("put", "0xf1206", "2", "x");
        done("unset", "0xf1206", "2");
        done("wipe", "0xf1206");
        done("write", "0xf1206", "--offset", "16", "--hex", "00");
        done("repair", "0xf1206", "--save", folder.resolve("before.bin").toString());
        Path image = Files.write(folder.resolve("image.bin"), new byte[1024]);
        done("load", "0xf1206", image.toString());
        done("remove", "0xf1206", "--wipe");
        assertThat(reasons())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
                .containsExactly(
                        "format", "slot", "slot", "slot", "wipe", "write", "repair", "load", "wipe",
                        "remove");
    }

    @Test
    void listsWhatWasWrittenWhereAndHowItStands() {
        done("put", "0xf1206", "1", "Hello", "--format-store");
        done("put", "0xf1206", "1", "World");
        done("undo", "3");
        String out = shell.onTerminal(160).run("journal").out();
        assertThat(out)
                .contains("0x000f1206 id:0")
                .containsPattern("slot +done +slot 1: none → \"Hello\"")
                .containsPattern("slot +undone +slot 1: \"Hello\" → \"World\"")
                .containsPattern("undo +done +undo of 3: slot 1: \"World\" → \"Hello\"");
        assertThat(shell.run("get", "0xf1206", "1").out()).contains("Hello");
    }

    @Test
    void jsonTellsBothSides() {
        done("write", "0xf1206", "--offset", "64", "--hex", "a7 22");
        Said said = shell.run("journal", "--json");
        assertThat(said.json("entries.0.entry")).isEqualTo(1L);
        assertThat(said.json("entries.0.by")).isEqualTo("command line");
        assertThat(said.json("entries.0.runs.0.offset")).isEqualTo(64L);
        assertThat(said.json("entries.0.runs.0.old")).isEqualTo("0000");
        assertThat(said.json("entries.0.runs.0.new")).isEqualTo("a722");
        assertThat(said.json("entries.0.state")).isEqualTo("done");
        assertThat(said.json("unreadable")).isEqualTo(0L);
    }

    @Test
    void undoTakesBackAndRedoMakesAgain() {
        done("write", "0xf1206", "--offset", "64", "--hex", "a722");
        Said undo = shell.run("undo", "1");
        assertThat(undo.code()).isZero();
        assertThat(undo.err()).contains("took back entry 1 in id:0: 2 bytes at 0x40");
        assertThat(source.memory(id).bytes(64, 2)).containsExactly(0, 0);
        assertThat(shell.run("undo", "1").code()).as("a second time").isEqualTo(1);
        done("undo", "1", "--redo");
        assertThat(source.memory(id).bytes(64, 2)).containsExactly(0xa7, 0x22);
    }

    @Test
    void undoRefusesOverWhatSomebodyElseWrote() {
        done("write", "0xf1206", "--offset", "64", "--hex", "a722");
        source.memory(id).put(64, (byte) 9);
        Said said = shell.run("undo", "1");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("entry 1 in id:0 was not taken back")
                .contains("at offset 64 there is 0922, and it left a722")
                .contains("nothing was written over it");
        assertThat(source.memory(id).bytes(64, 2)).containsExactly(9, 0x22);
    }

    @Test
    void undoShowsTheValuesOfASlotAsTheJournalDoes() {
        done("put", "0xf1206", "1", "Hello", "--format-store");
        done("put", "0xf1206", "1", "World");
        done("put", "0xf1206", "1", "again");
        assertThat(shell.run("undo", "3").err())
                .contains("slot 1 holds \"again\", and it left \"World\"");
        done("unset", "0xf1206", "1");
        assertThat(shell.run("undo", "3").err())
                .contains("slot 1 is not there, and it left \"World\"");
        String long1 = "x".repeat(60);
        done("put", "0xf1206", "1", long1 + "1");
        done("put", "0xf1206", "1", long1 + "2");
        assertThat(shell.run("undo", "6").err())
                .as("values that begin alike are told apart, or by their bytes")
                .contains("and it left 733a36313a22");
    }

    @Test
    void modeAndLockInMemoryAreListedAndTakenBackWithoutAnAttach() throws ShmException {
        done("set", "0xf1206", "--mode", "0640", "--lock-memory");
        assertThat(reasons()).hasToString("[set, set]");
        assertThat(shell.run("journal").out())
                .contains("mode 0666 → 0640")
                .contains("locked in memory");
        source.allow(id, new Mode(0640), new Rights(false, false, true));
        Said undo = shell.run("undo", "1", "--lock", "sem:5");
        assertThat(undo.code()).as(undo.toString()).isZero();
        assertThat(undo.err()).contains("took back entry 1 in id:0: mode 0666 → 0640");
        assertThat(source.facts(id).mode()).isEqualTo(Mode.DEFAULT);
        done("undo", "2");
        assertThat(source.facts(id).status()).isEmpty();
        assertThat(shell.run("undo", "2").err()).contains("no longer locked in memory");
    }

    @Test
    void aModeThatSomebodyElseChangedSinceIsLeftAlone() throws ShmException {
        done("set", "0xf1206", "--mode", "0640");
        source.allow(id, new Mode(0600), new Rights(true, true, true));
        Said said = shell.run("undo", "1");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("it has owner ada, group users, mode 0600 now")
                .contains("the entry left owner ada, group users, mode 0640")
                .contains("nothing was changed");
        assertThat(source.facts(id).mode()).isEqualTo(new Mode(0600));
    }

    @Test
    void whatWasMadeAndRemovedIsListedAndSaidNotToComeBack() {
        done("put", "77", "1", "Hello", "--size", "2000", "--mode", "0600");
        done("remove", "77");
        Said listed = shell.run("journal", "77");
        assertThat(listed.out())
                .contains("made: 2000 bytes, mode 0600")
                .contains("removed for good: 2000 bytes, mode 0600, attached nowhere");
        assertThat(shell.run("journal", "77", "--json").json("entries.3.attached")).isEqualTo(0L);
        Said undo = shell.run("undo", "4");
        assertThat(undo.code()).isEqualTo(1);
        assertThat(undo.err()).contains("does not come back");
        assertThat(shell.run("undo", "1").err()).contains("a step of its own");
    }

    @Test
    void undoSaysWhyItCannot() throws Exception {
        done("put", "0xf1206", "1", "Hello", "--format-store");
        done("unset", "0xf1206", "1");
        done("wipe", "0xf1206");
        assertThat(shell.run("undo", "4").err()).contains("wiping is for good");
        assertThat(shell.run("undo", "99").err()).contains("the journal has no entry 99");
        assertThat(shell.run("undo", "99").code()).isEqualTo(1);
        assertThat(shell.run("undo", "one").code()).isEqualTo(2);
        source.remove(id);
        assertThat(shell.run("undo", "3").code()).isEqualTo(1);
    }

    @Test
    void aTargetLeavesOutWhatWasWrittenElsewhere() throws ShmException {
        source.add(new SegmentKey(5), 100);
        done("write", "5", "--offset", "0", "--hex", "01");
        done("write", "0xf1206", "--offset", "0", "--hex", "02");
        assertThat(shell.run("journal", "5", "--json").json("entries"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        source.remove(id);
        assertThat(shell.run("journal", "0xf1206", "--json").json("entries.0.segment"))
                .as("also of one that is gone")
                .isEqualTo("id:0");
    }

    @Test
    void theNewestAreShownAndTheRestCounted() {
        for (int i = 0; i < 5; i++) {
            done("write", "0xf1206", "--offset", "" + i, "--hex", "0" + i);
        }
        Said said = shell.run("journal", "--last", "2");
        assertThat(said.out().lines()).hasSize(3);
        assertThat(said.err()).contains("3 older entries are left out");
    }

    @Test
    void anEmptyJournalSaysWhatItHasNothingAbout() {
        assertThat(shell.run("journal").err()).isEqualTo("shmlens: the journal has no entries\n");
        done("write", "0xf1206", "--offset", "0", "--hex", "01");
        assertThat(shell.run("journal", "99").err())
                .isEqualTo("shmlens: the journal has no entries about 99\n");
    }

    @Test
    void damagedLinesAreCountedAndTheRestIsShown() throws IOException {
        done("write", "0xf1206", "--offset", "0", "--hex", "01");
        Files.writeString(
                folder.resolve("journal.jsonl"), "\u001b[31mgarbage\n", StandardOpenOption.APPEND);
        done("write", "0xf1206", "--offset", "0", "--hex", "02");
        Said said = shell.run("journal");
        assertThat(said.out().lines()).hasSize(3);
        assertThat(said.err())
                .contains("shmlens: the journal ", ": 1 line cannot be read and is left out")
                .doesNotContain("garbage");
    }

    @Test
    void aJournalThatCannotBeWrittenIsSaidOnceAndTheValueIsStored() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        shell.keeping(Journal.in(inTheWay.resolve("below"), "command line"));
        Said said = shell.run("put", "0xf1206", "1", "Hello", "--format-store");
        assertThat(said.code()).isZero();
        assertThat(said.err()).containsOnlyOnce("is not in the journal, and cannot be undone");
        assertThat(shell.run("get", "0xf1206", "1").out()).contains("Hello");
    }
}
