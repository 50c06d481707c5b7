package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.slots.SlotEdit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Editing bytes and slots, also against others who write.
final class EditJobTest extends MainJob {

    /// Puts the next value into slot 1 while it holds the semaphore, lets go when told, and checks
    /// what it finds the next time.
    private static final String LOCKED_WRITER =
            """
            $shm = shm_attach((int) $argv[1], (int) $argv[2]);
            $sem = sem_get((int) $argv[1]);
            for ($round = 0; ; $round++) {
                sem_acquire($sem);
                if ($round > 0) {
                    $found = shm_get_var($shm, 1);
                    if ($found !== "window $round") {
                        say("round $round: found " . var_export($found, true));
                        exit(1);
                    }
                }
                shm_put_var($shm, 1, "php $round");
                say("holding $round");
                hear();
                sem_release($sem);
                hear();
            }
            """;

    /// As above, but leaves one byte of each value to the window.
    private static final String LOCKED_BYTE_WRITER =
            """
            $shm = shm_attach((int) $argv[1], (int) $argv[2]);
            $sem = sem_get((int) $argv[1]);
            for ($round = 0; ; $round++) {
                sem_acquire($sem);
                if ($round > 0) {
                    $found = shm_get_var($shm, 1);
                    if ($found !== sprintf('php %03d%s', $round - 1, chr(65 + $round % 9))) {
                        say("round $round: found " . var_export($found, true));
                        exit(1);
                    }
                }
                shm_put_var($shm, 1, sprintf('php %03d?', $round));
                say("holding $round");
                hear();
                sem_release($sem);
                hear();
            }
            """;

    @Test
    void twoHexDigitsAndEnterChangeOneByteOfTheRealMemory() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x24, 0x11, 0x22, 0x33);
        openOnSegment();
        unlock();
        clickByte(0x25);
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("written at 0x25"));
        assertThat(memory(id, 0x23, 4)).containsExactly(0, 0x11, 0xa7, 0x33);
    }

    @Test
    void nothingIsWrittenBeforeItIsUnlocked() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        clickByte(0x25);
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        waitUntil("hint", () -> words(".shm-tab").contains("Unlock the segment to type"));
        assertThat(memory(id, 0, 4096)).containsOnly(0);
    }

    @Test
    void phpReadsTheMemberThatWasTypedAnewInTheTree() {
        Php php = servant();
        php.ask("put 1 ['limit' => 10, 'name' => 'Ada']");
        openOnSegment();
        clickSlot(0);
        unlock();
        typeFirstMember("55");
        screenshot(stage(), "member-typed");
        control(KeyCode.W);
        waitUntil("asked", () -> words("#unwritten-lines").contains("$value['limit'] = 55"));
        click("#unwritten-stay");
        click("#value-editor");
        robot.type(KeyCode.ENTER);
        waitUntil("stored", () -> notice().startsWith("Slot 1, limit: 10 → 55, now at 0x"));
        assertThat(php.ask("same 1 ['limit' => 55, 'name' => 'Ada']")).isEqualTo("true");
    }

    @Test
    void theUnlockedBannerFollowsWhoIsAttached() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        unlock();
        waitUntil("alone", () -> words(".shm-tab").contains("nobody else is attached"));
        AttachedSegment other = keep(host.attach(id, Access.READ_WRITE));
        waitUntil(
                "seen",
                () -> words(".shm-tab").contains("1 other attach may write at the same moment"));
        assertThat(ask(() -> words(".shm-tab"))).doesNotContain("nobody else is attached");
        other.close();
        waitUntil("alone again", () -> words(".shm-tab").contains("nobody else is attached"));
        press("Dismiss");
        assertThat(ask(() -> words(".shm-tab"))).doesNotContain("Unlocked for editing");
    }

    @Test
    void theStoreOfA32BitPhpIsShownAndCannotBeEdited() throws Exception {
        byte[] narrow = Files.readAllBytes(Path.of("src/test/resources/php-segments/38-32bit.bin"));
        SegmentId id = raw(narrow.length);
        try (AttachedSegment maker = host.attach(id, Access.READ_WRITE)) {
            maker.write(0, narrow, 0, narrow.length);
        }
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 4);
        for (String told :
                List.of("Shown read-only", "made by a 32-bit PHP", "4 slots of a 32-bit PHP")) {
            waitUntil(told, () -> words(".shm-tab").contains(told));
        }
        control(KeyCode.E);
        clickByte(0x25);
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        assertThat(isDisabled("#edit")).isTrue();
        assertThat(isDisabled("#slot-put")).isTrue();
        screenshot(stage(), "narrow-store");
        assertThat(memory(id, 0, narrow.length)).isEqualTo(narrow);
    }

    @Test
    void phpReadsTheValueThatWasSavedInTheSlotEditor() {
        Php php = servant();
        php.ask("put 1 'Hello'");
        openOnSegment();
        clickSlot(0);
        unlock();
        click("#slot-edit");
        fill("#slot-form-text", "Good morning");
        click("#slot-save");
        waitUntil("stored", () -> notice().startsWith("Slot 1 replaced"));
        assertThat(php.ask("same 1 'Good morning'")).isEqualTo("true");
        assertThat(php.ask("put 2 'PHP goes on'")).isEqualTo("true");
        waitUntil("seen", () -> slots().size() == 2);
    }

    @Test
    void keepingTheirsLeavesTheByteThatSomeoneElseWroteMeanwhile() throws Exception {
        SegmentId id = raw(4096);
        conflictOverByte(id);
        click("#conflict-keep");
        waitUntil("decided", () -> !isThere("#conflict-keep"));
        assertThat(memory(id, 0x25, 1)).containsExactly(0x77);
    }

    @Test
    void writingMineOverTheirsWritesTheByte() throws Exception {
        SegmentId id = raw(4096);
        conflictOverByte(id);
        click("#conflict-write");
        waitUntil("written", () -> notice().contains("written at 0x25"));
        assertThat(memory(id, 0x25, 1)).containsExactly(0xa7);
    }

    private void conflictOverByte(SegmentId id) throws Exception {
        openOnSegment();
        unlock();
        clickByte(0x25);
        robot.write("a7");
        poke(id, 0x25, 0x77);
        robot.type(KeyCode.ENTER);
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs"));
        assertThat(memory(id, 0x25, 1)).containsExactly(0x77);
    }

    @Test
    void keepingTheirsLeavesTheSlotThatPhpWroteMeanwhile() {
        Php php = servant();
        conflictOverSlot(php);
        click("#conflict-keep");
        waitUntil("decided", () -> !isThere("#conflict-keep"));
        assertThat(php.ask("same 1 'theirs'")).isEqualTo("true");
    }

    @Test
    void writingMineOverTheirsStoresTheSlot() {
        Php php = servant();
        conflictOverSlot(php);
        click("#conflict-write");
        waitUntil("stored", () -> notice().startsWith("Slot 1 replaced"));
        assertThat(php.ask("same 1 'mine'")).isEqualTo("true");
    }

    private void conflictOverSlot(Php php) {
        php.ask("put 1 'seen'");
        openOnSegment();
        clickSlot(0);
        unlock();
        click("#slot-edit");
        fill("#slot-form-text", "mine");
        php.ask("put 1 'theirs'");
        click("#slot-save");
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs-value"));
        assertThat(ask(() -> words("#conflict-theirs-value"))).contains("theirs");
        assertThat(php.ask("same 1 'theirs'")).isEqualTo("true");
    }

    @Test
    void aLockedPhpWriterAndOurEditsAlternateThreeHundredTimes() throws Exception {
        Php php = lockedWriter(LOCKED_WRITER);
        assertThat(php.line()).isEqualTo("holding 0");
        try (AttachedSegment segment = host.attach(id(), Access.READ_WRITE);
                Edits edits = new Edits(host, segment, (_, _) -> {})) {
            edits.take(key);
            for (int round = 1; round <= 300; round++) {
                SlotEdit edit =
                        new SlotEdit(1, string("php " + (round - 1)), string("window " + round));
                // Asked for while PHP holds the semaphore.
                CompletableFuture<Edits.Outcome> change = edits.slot(edit);
                php.send("let go");
                assertThat(change.get(10, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Edits.Outcome.SlotWritten.class,
                                written -> assertThat(written.under()).isEqualTo(key));
                php.send("next");
                assertThat(php.line()).isEqualTo("holding " + round);
            }
        }
    }

    @Test
    void bytesTypedInTheWindowAlternateThreeHundredTimesWithALockedPhpWriter() throws Exception {
        Php php = lockedWriter(LOCKED_BYTE_WRITER);
        assertThat(php.line()).isEqualTo("holding 0");
        openOnSegment();
        waitUntil("held", () -> words("#lock").contains("held by " + php.pid()));
        unlock();
        long mark = offsetOf('?');
        clickByte(mark);
        for (int round = 1; round <= 300; round++) {
            String theirs = "php %03d?".formatted(round - 1);
            waitUntil(theirs, () -> firstSlot().contains(theirs));
            // The table may be a sample ahead of the bytes, and an edit goes by these.
            waitUntil("its byte", () -> shownByte(mark) == '?');
            // 0x41 to 0x49.
            strike(KeyCode.DIGIT4, digit(1 + round % 9), KeyCode.ENTER, KeyCode.LEFT);
            waitUntil("the edit waits for PHP", this::isWaitedFor);
            php.send("let go");
            String ours = "php %03d%c".formatted(round - 1, 'A' + round % 9);
            waitUntil(ours, () -> firstSlot().contains(ours));
            php.send("next");
            assertThat(php.line()).isEqualTo("holding " + round);
        }
        assertThat(notice()).endsWith("under the semaphore " + key.hex() + ".");
    }

    @Test
    void slotsSavedInTheWindowAlternateWithALockedPhpWriter() throws Exception {
        Php php = lockedWriter(LOCKED_WRITER);
        assertThat(php.line()).isEqualTo("holding 0");
        openOnSegment();
        waitUntil("held", () -> words("#lock").contains("held by " + php.pid()));
        unlock();
        for (int round = 1; round <= 8; round++) {
            String theirs = "php " + (round - 1);
            waitUntil(theirs, () -> firstSlot().contains(theirs));
            clickSlot(0);
            click("#slot-edit");
            fill("#slot-form-text", "window " + round);
            click("#slot-save");
            waitUntil("the edit waits for PHP", this::isWaitedFor);
            php.send("let go");
            String ours = "window " + round;
            waitUntil(ours, () -> firstSlot().contains(ours));
            php.send("next");
            assertThat(php.line()).isEqualTo("holding " + round);
        }
        assertThat(notice()).endsWith("under the semaphore " + key.hex() + ".");
    }

    /// Whether somebody, here our edit, waits for the semaphore.
    private boolean isWaitedFor() {
        try {
            return host.lock(key).orElseThrow().waiters() == 1;
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }

    private long offsetOf(char wanted) throws Exception {
        byte[] all = memory(id(), 0, STORE_BYTES);
        for (int at = 0; at < all.length; at++) {
            if (all[at] == wanted) {
                return at;
            }
        }
        throw new AssertionError("not in memory: " + wanted);
    }

    private static KeyCode digit(int value) {
        return KeyCode.values()[KeyCode.DIGIT0.ordinal() + value];
    }

    private Php lockedWriter(String script) {
        return keep(
                Php.start(script, Integer.toString(key.value()), Integer.toString(STORE_BYTES)));
    }

    private static byte[] string(String text) {
        return "s:%d:\"%s\";".formatted(text.length(), text).getBytes(StandardCharsets.UTF_8);
    }
}
