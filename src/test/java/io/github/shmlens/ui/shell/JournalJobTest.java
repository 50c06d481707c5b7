package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Reason;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The journal in the window, undo and redo, filling a range, and a segment's properties.
final class JournalJobTest extends MainJob {

    @BeforeEach
    void keep() {
        journal = Journal.in(folder.resolve("state"), "window");
    }

    private List<Entry> entries() {
        return Journal.in(folder.resolve("state"), "reader").read().entries();
    }

    private void edit(int offset, String digits) {
        clickByte(offset);
        robot.write(digits);
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("written at 0x%x".formatted(offset)));
    }

    private void undo() {
        control(KeyCode.Z);
    }

    private void redo() {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.Z);
        robot.release(KeyCode.SHIFT, KeyCode.CONTROL);
    }

    private int byteAt(SegmentId id, long offset) {
        try {
            return memory(id, offset, 1)[0] & 0xff;
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }

    private int rows() {
        return ask(() ->
                ((TableView<?>) Objects.requireNonNull(lookup("#journal-table")))
                        .getItems()
                        .size());
    }

    // ---- undo and redo -----------------------------------------------------------------------

    @Test
    void editsAreTakenBackAndMadeAgainInOrderByTheKeyboard() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x24, 0x11, 0x22, 0x33);
        openOnSegment();
        unlock();
        edit(0x24, "a7");
        edit(0x26, "b8");
        undo();
        waitUntil("second", () -> byteAt(id, 0x24 + 2) == 0x33);
        assertThat(memory(id, 0x24, 3)).containsExactly(0xa7, 0x22, 0x33);
        undo();
        waitUntil("first", () -> byteAt(id, 0x24) == 0x11);
        undo();
        waitUntil("no more", () -> notice().contains("nothing to undo"));
        redo();
        redo();
        waitUntil("again", () -> byteAt(id, 0x24 + 2) == 0xb8);
        assertThat(memory(id, 0x24, 3)).containsExactly(0xa7, 0x22, 0xb8);
        redo();
        waitUntil("no more", () -> notice().contains("nothing to make again"));
        assertThat(entries())
                .extracting(Entry::reason)
                .containsExactly(
                        Reason.EDIT,
                        Reason.EDIT,
                        Reason.UNDO,
                        Reason.UNDO,
                        Reason.REDO,
                        Reason.REDO);
    }

    @Test
    void nothingIsTakenBackWhileTheSegmentIsLocked() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        unlock();
        edit(0x24, "a7");
        control(KeyCode.E);
        undo();
        waitUntil("hint", () -> words(".shm-tab").contains("Unlock the segment"));
        assertThat(memory(id, 0x24, 1)).containsExactly(0xa7);
    }

    @Test
    void whatSomeoneElseWroteSinceIsShownBeforeItIsOverwritten() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        unlock();
        edit(0x24, "a7");
        poke(id, 0x24, 0x55);
        undo();
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs"));
        assertThat(ask(() -> words(".conflict-dialog")))
                .contains("no longer those that your change");
        click("#conflict-back");
        waitUntil("left", () -> !isThere("#conflict-back"));
        assertThat(memory(id, 0x24, 1)).containsExactly(0x55);
        undo();
        waitUntil("again", () -> isThere("#conflict-write"));
        click("#conflict-write");
        waitUntil("over it", () -> byteAt(id, 0x24) == 0);
    }

    @Test
    void phpFindsTheOldValueOfASlotThatWasEditedAndTakenBack() {
        Php php = servant();
        php.ask("put 1 'Hello'");
        php.ask("put 2 'two'");
        openOnSegment();
        clickSlot(0);
        unlock();
        click("#slot-edit");
        fill("#slot-form-text", "Good morning, and a longer text than before");
        click("#slot-save");
        waitUntil("stored", () -> notice().startsWith("Slot 1 replaced"));
        php.ask("put 2 'PHP moved the slots meanwhile'");
        undo();
        waitUntil(
                "undone",
                () -> notice().matches("(?s)Took entry \\d+ back: slot 1: .* → \"Hello\".*"));
        assertThat(php.ask("same 1 'Hello'")).isEqualTo("true");
        assertThat(php.ask("same 2 'PHP moved the slots meanwhile'")).isEqualTo("true");
        php.ask("put 1 'theirs'");
        redo();
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs-value"));
        assertThat(ask(() -> words("#conflict-theirs-value"))).contains("theirs");
        click("#conflict-back");
        waitUntil("left", () -> !isThere("#conflict-back"));
        assertThat(php.ask("same 1 'theirs'")).isEqualTo("true");
    }

    @Test
    void aMemberThatIsTakenBackIsNamedByItsPath() {
        Php php = servant();
        php.ask("put 1 ['limit' => 10, 'name' => 'Ada']");
        openOnSegment();
        clickSlot(0);
        unlock();
        typeFirstMember("55");
        robot.type(KeyCode.ENTER);
        waitUntil("stored", () -> notice().startsWith("Slot 1, limit: 10 → 55, now at 0x"));
        undo();
        waitUntil(
                "taken back",
                () -> notice().matches("Took entry \\d+ back: slot 1, limit: 55 → 10.*"));
        assertThat(php.ask("same 1 ['limit' => 10, 'name' => 'Ada']")).isEqualTo("true");
    }

    @Test
    void afterARestartAnEntryCanBeTakenBackFromThePanel() throws Exception {
        SegmentId id = raw(4096);
        try (AttachedSegment before = inEarlierWindow(id)) {
            before.replace(0x24, new byte[] {0}, new byte[] {0x42});
            before.replace(0x28, new byte[] {0}, new byte[] {0x43});
        }
        openOnSegment();
        unlock();
        control(KeyCode.J);
        waitUntil("listed", () -> rows() == 2);
        fill("#journal-filter", "at 0x24");
        waitUntil("filtered", () -> rows() == 1);
        assertThat(ask(() -> words("#journal-detail"))).contains("1 byte at 0x24: 00 → 42");
        click("#journal-undo");
        waitUntil("undone", () -> byteAt(id, 0x24) == 0);
        waitUntil("said", () -> !isDisabled("#journal-redo"));
        assertThat(isDisabled("#journal-undo")).isTrue();
        assertThat(memory(id, 0x28, 1)).containsExactly(0x43);
    }

    @Test
    void anAmountIsFoundWithItsDigitsGroupedAndWithout() throws Exception {
        SegmentId id = raw(8192);
        try (AttachedSegment before = inEarlierWindow(id)) {
            before.replace(0, new byte[2000], filled(2000));
            before.replace(0x1000, new byte[1], filled(1));
        }
        openOnSegment();
        control(KeyCode.J);
        waitUntil("both", () -> rows() == 2);
        fill("#journal-filter", "2000 bytes");
        waitUntil("plain", () -> rows() == 1);
        fill("#journal-filter", "1 byte");
        waitUntil("the other", () -> words("#journal-detail").contains("1 byte at 0x1000"));
        fill("#journal-filter", "2,000 bytes");
        waitUntil("grouped", () -> words("#journal-detail").contains("2,000 bytes at 0x0"));
    }

    private AttachedSegment inEarlierWindow(SegmentId id) throws Exception {
        return new JournaledSource(host, Journal.in(folder.resolve("state"), "earlier window"))
                .attach(id, Access.READ_WRITE);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    @Test
    void entriesOfAnEarlierSegmentOfThisKeyAreListedAndCannotBeTakenBack() throws Exception {
        SegmentId old = raw(4096);
        openOnSegment();
        unlock();
        edit(0x24, "a7");
        host.remove(old);
        waitUntil("said", () -> words(".shm-tab").contains("Marked for removal"));
        control(KeyCode.W);
        click("#last-go");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        SegmentId heir = raw(4096);
        poke(heir, 0x24, 0xa7);
        attachByKey();
        unlock();
        undo();
        waitUntil("nothing", () -> notice().contains("nothing to undo"));
        control(KeyCode.J);
        waitUntil("none of it", () -> words("#journal-panel").contains("Nothing was written here"));
        click("#journal-everywhere");
        waitUntil("listed", () -> rows() == 1);
        assertThat(ask(() -> words("#journal-detail"))).contains("earlier one of this key");
        assertThat(isDisabled("#journal-undo")).isTrue();
        assertThat(memory(heir, 0x24, 1)).containsExactly(0xa7);
    }

    @Test
    void whatIsListedCanBeExportedToANewFile() throws Exception {
        raw(4096);
        openOnSegment();
        unlock();
        edit(0x24, "a7");
        control(KeyCode.J);
        waitUntil("listed", () -> rows() == 1);
        click("#journal-export-button");
        Path file = folder.resolve("export.jsonl");
        fill("#journal-export-file", file.toString());
        robot.type(KeyCode.ENTER);
        waitUntil("exported", () -> notice().contains("1 entry was written"));
        assertThat(Files.readString(file))
                .contains("\"reason\":\"edit\"")
                .contains("\"runs\":[{\"offset\":36,\"old\":\"00\",\"new\":\"a7\"}]")
                .endsWith("\n");
        click("#journal-export-button");
        fill("#journal-export-file", file.toString());
        robot.type(KeyCode.ENTER);
        waitUntil("refused", () -> words("#journal-export").contains("is there already"));
    }

    // ---- filling -----------------------------------------------------------------------------

    @Test
    void aRangeIsFilledAfterAPreviewAndTakenBack() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x40, 1, 2, 3, 4);
        openOnSegment();
        unlock();
        clickByte(0x40);
        control(KeyCode.K);
        waitUntil("sheet", () -> isThere("#fill-sheet"));
        click("#fill-pattern");
        fill("#fill-length", "5");
        fill("#fill-text", "de ad");
        waitUntil("preview", () -> words("#fill-after").strip().equals("de ad de ad de"));
        assertThat(ask(() -> words("#fill-before").strip())).isEqualTo("01 02 03 04 00");
        assertThat(ask(() -> words("#fill-prospect"))).contains("from 0x40 to 0x44", "5 of them");
        assertThat(ask(() -> words("#fill-holders"))).contains("this window");
        assertThat(memory(id, 0x40, 5)).containsExactly(1, 2, 3, 4, 0);
        robot.type(KeyCode.ENTER);
        waitUntil("filled", () -> notice().contains("written at 0x40"));
        assertThat(memory(id, 0x3f, 7)).containsExactly(0, 0xde, 0xad, 0xde, 0xad, 0xde, 0);
        assertThat(entries().getLast().reason()).isEqualTo(Reason.FILL);
        undo();
        waitUntil("undone", () -> byteAt(id, 0x40) == 1);
        assertThat(memory(id, 0x40, 5)).containsExactly(1, 2, 3, 4, 0);
    }

    @Test
    void bytesThatMovedSinceThePreviewAreShownAnewAndNotFilled() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        unlock();
        clickByte(0x40);
        control(KeyCode.K);
        waitUntil("sheet", () -> isThere("#fill-sheet"));
        click("#fill-byte");
        fill("#fill-text", "0xff");
        waitUntil("preview", () -> words("#fill-after").strip().equals("ff"));
        poke(id, 0x40, 0x77);
        click("#fill-confirm");
        waitUntil("told", () -> words("#fill-sheet").contains("changed meanwhile"));
        assertThat(memory(id, 0x40, 1)).containsExactly(0x77);
        waitUntil("anew", () -> words("#fill-before").strip().equals("77"));
        click("#fill-confirm");
        waitUntil("filled", () -> byteAt(id, 0x40) == 0xff);
    }

    @Test
    void whatCannotBeFilledIsSaidUnderTheField() throws Exception {
        raw(100);
        openOnSegment();
        unlock();
        clickByte(0x10);
        control(KeyCode.K);
        waitUntil("sheet", () -> isThere("#fill-sheet"));
        fill("#fill-length", "1000");
        waitUntil("beyond", () -> words("#fill-error").contains("which has 100 bytes"));
        assertThat(isDisabled("#fill-confirm")).isTrue();
        fill("#fill-length", "no number");
        waitUntil("no number", () -> words("#fill-error").contains("not a whole number"));
    }

    // ---- loading -----------------------------------------------------------------------------

    private void chooseLoad() {
        click("#more");
        click("#more-load");
    }

    @Test
    void anImageIsLoadedAfterItIsSaidWhatThatChangesAndTakenBack() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x40, 1, 2, 3, 4);
        byte[] wanted = new byte[4096];
        wanted[0x40] = 1;
        wanted[0xfff] = 7;
        files = new ThisFile(Files.write(folder.resolve("image.bin"), wanted));
        openOnSegment();
        chooseLoad();
        waitUntil("hint", () -> words(".shm-tab").contains("Unlock the segment"));
        unlock();
        chooseLoad();
        waitUntil("compared", () -> isThere("#load-sheet") && !words("#load-holders").isBlank());
        assertThat(ask(() -> words("#load-prospect")))
                .contains("All 4,096 bytes", "4 of them change, the first at 0x41", "only where");
        assertThat(ask(() -> words("#load-holders"))).contains("They belong to", "this window");
        poke(id, 0x100, 9);
        click("#load-confirm");
        waitUntil("told", () -> words("#load-sheet").contains("changed meanwhile"));
        waitUntil("anew", () -> words("#load-prospect").contains("5 of them change"));
        assertThat(memory(id, 0x40, 4)).containsExactly(1, 2, 3, 4);
        screenshot(stage(), "load-moved");

        robot.type(KeyCode.TAB, KeyCode.SPACE);
        waitUntil("loaded", () -> notice().contains("5 bytes changed"));
        waitUntil("closed", () -> !isThere("#load-sheet"));
        assertThat(memory(id, 0, 4096)).isEqualTo(wanted);
        assertThat(entries().getLast().reason()).isEqualTo(Reason.LOAD);
        undo();
        waitUntil("undone", () -> byteAt(id, 0x41) == 2);
        assertThat(memory(id, 0x100, 1)).containsExactly(9);
        assertThat(memory(id, 0xfff, 1)).containsExactly(0);
    }

    @Test
    void anImageOfAnotherSizeIsNotLoaded() throws Exception {
        raw(4096);
        files = new ThisFile(Files.write(folder.resolve("image.bin"), new byte[4095]));
        openOnSegment();
        unlock();
        chooseLoad();
        waitUntil("why", () -> words("#load-error").contains("4,095 bytes and the segment 4,096"));
        assertThat(isDisabled("#load-confirm")).isTrue();
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#load-sheet"));
    }

    // ---- properties --------------------------------------------------------------------------

    @Test
    void theModeIsChangedByTicksAndTheSegmentIsLockedInMemory() throws Exception {
        SegmentId id = raw(4096);
        Mode before = host.facts(id).mode();
        openOnSegment();
        robot.press(KeyCode.ALT).type(KeyCode.ENTER);
        robot.release(KeyCode.ALT);
        waitUntil("shown", () -> !text("#props-owner").isEmpty());
        assertThat(ask(() -> words("#props-title"))).contains(key.hex());
        assertThat(text("#props-mode")).isEqualTo(before.octal());
        assertThat(isDisabled("#props-apply")).as("nothing to change yet").isTrue();
        fill("#props-mode", "0660");
        click("#props-bit-4");
        assertThat(text("#props-mode")).isEqualTo("0664");
        assertThat(ask(() -> words("#props-prospect"))).contains("Everyone on this host may read");
        click("#props-locked");
        click("#props-apply");
        waitUntil("changed", () -> notice().contains("mode 0664"));
        assertThat(host.facts(id).mode()).isEqualTo(new Mode(0664));
        assertThat(host.facts(id).status()).contains(SegmentStatus.LOCKED);
        control(KeyCode.J);
        waitUntil("both are kept", () -> rows() == 2);
        assertThat(ask(() -> words("#journal-detail")))
                .contains("mode %s → 0664".formatted(before.octal()));
        click("#journal-undo");
        waitUntil("undone, though no byte may be edited", () -> modeOf(id).equals(before));
        waitUntil("said", () -> notice().matches("(?s)Took entry \\d+ back: mode.*"));
        assertThat(host.facts(id).status()).contains(SegmentStatus.LOCKED);
    }

    @Test
    void aModeThatSomebodyElseChangedSinceIsTakenBackOnlyWhenThePersonSaysSo() throws Exception {
        SegmentId id = raw(4096);
        Mode before = host.facts(id).mode();
        JournaledSource earlier =
                new JournaledSource(host, Journal.in(folder.resolve("state"), "earlier window"));
        earlier.change(id, mode(id, 0640));
        host.change(id, mode(id, 0600));
        openOnSegment();
        unlock();
        undo();
        waitUntil("told", () -> words(".shm-tab").contains("Somebody changed it since"));
        press("Leave it so");
        assertThat(modeOf(id)).isEqualTo(new Mode(0600));
        undo();
        press("Change it to owner");
        waitUntil("over it", () -> modeOf(id).equals(before));
    }

    private Ownership mode(SegmentId id, int bits) throws ShmException {
        Ownership now = Ownership.of(host.facts(id));
        return new Ownership(now.owner(), now.group(), new Mode(bits));
    }

    private Mode modeOf(SegmentId id) {
        try {
            return host.facts(id).mode();
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void aSegmentGivenAwayMeanwhileIsShownAnewAndNotChanged() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        SegmentId id = raw(4096);
        openOnSegment();
        robot.press(KeyCode.ALT).type(KeyCode.ENTER);
        robot.release(KeyCode.ALT);
        waitUntil("shown", () -> !text("#props-owner").isEmpty());
        host.change(
                id,
                new io.github.shmlens.segment.Ownership(
                        host.user("nobody"), host.group("nogroup"), new Mode(0600)));
        fill("#props-mode", "0640");
        click("#props-apply");
        waitUntil("told", () -> words("#properties-sheet").contains("somebody else meanwhile"));
        waitUntil("anew", () -> text("#props-owner").equals("nobody"));
        assertThat(host.facts(id).mode()).isEqualTo(new Mode(0600));
        fill("#props-owner", "nobody-of-this-name");
        click("#props-apply");
        waitUntil("no such", () -> words("#props-error").contains("no user"));

        fill("#props-owner", "daemon");
        click("#props-apply");
        waitUntil("given away", () -> ownerOf(id).equals("daemon"));
        control(KeyCode.J);
        waitUntil("kept", () -> rows() == 1);
        assertThat(ask(() -> words("#journal-detail"))).contains("nobody", "daemon");
        click("#journal-undo");
        waitUntil("taken back", () -> ownerOf(id).equals("nobody"));
    }

    private String ownerOf(SegmentId id) {
        try {
            return host.facts(id).owner().name();
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }

    private String text(String selector) {
        return ask(() ->
                ((javafx.scene.control.TextField) Objects.requireNonNull(lookup(selector)))
                        .getText());
    }

    // ---- how it looks ------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 800, 13", "DARK, 900, 600, 13"})
    void pictures(Appearance appearance, int wide, int high, int letters) throws Exception {
        settings.appearanceProperty().set(appearance);
        settings.setFontSize(letters);
        width = wide;
        height = high;
        String name =
                "-%s-%d-%d".formatted(appearance, wide, letters).toLowerCase(java.util.Locale.ROOT);
        Php php = servant();
        php.ask("put 1 'Hello'");
        php.ask("put 2 [1, 2, 3]");
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 2);
        unlock();
        try (AttachedSegment other =
                new JournaledSource(host, Journal.in(folder.resolve("state"), "command line"))
                        .attach(id(), Access.READ_WRITE)) {
            other.replace(0x200, new byte[2], new byte[] {(byte) 0xa7, 0x22});
            other.replace(0x300, new byte[1], new byte[] {0x17});
        }
        undo();
        waitUntil("undone", () -> notice().startsWith("Took entry"));
        control(KeyCode.J);
        waitUntil("listed", () -> rows() == 3);
        screenshot(stage(), "journal" + name);
        control(KeyCode.J);
        control(KeyCode.K);
        waitUntil("sheet", () -> isThere("#fill-sheet"));
        click("#fill-counting");
        fill("#fill-from", "0x400");
        fill("#fill-length", "200");
        waitUntil("preview", () -> words("#fill-prospect").contains("200 bytes"));
        screenshot(stage(), "fill" + name);
        robot.type(KeyCode.ESCAPE);
        robot.press(KeyCode.ALT).type(KeyCode.ENTER);
        robot.release(KeyCode.ALT);
        waitUntil("shown", () -> !text("#props-owner").isEmpty());
        screenshot(stage(), "properties" + name);
    }
}
