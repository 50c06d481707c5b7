package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.Php;
import javafx.event.Event;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;

/// What is typed and not written does not go unasked.
final class UnwrittenJobTest extends MainJob {

    private SegmentId typedInto() throws Exception {
        SegmentId id = raw(4096);
        openOnSegment();
        unlock();
        clickByte(0x25);
        robot.write("a7b8");
        return id;
    }

    private void asked() {
        waitUntil("asked", () -> isThere("#unwritten-sheet"));
    }

    @Test
    void detachingAsksAndStayingKeepsWhatWasTyped() throws Exception {
        SegmentId id = typedInto();
        control(KeyCode.W);
        asked();
        assertThat(ask(() -> words("#unwritten-lines")))
                .startsWith("2 bytes of 0x%x, the first at 0x25,".formatted(key.value()));
        screenshot(stage(), "unwritten");
        robot.type(KeyCode.ESCAPE);
        waitUntil("back", () -> !isThere("#unwritten-sheet"));
        click("#detach");
        asked();
        robot.type(KeyCode.ENTER);
        waitUntil("stayed", () -> !isThere("#unwritten-sheet"));
        assertThat(ask(() -> tabs().getTabs())).hasSize(1);
        clickByte(0x27);
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("written at 0x25"));
        assertThat(memory(id, 0x24, 4)).containsExactly(0, 0xa7, 0xb8, 0);
        control(KeyCode.W);
        waitUntil("nothing to ask", () -> tabs().getTabs().isEmpty());
    }

    @Test
    void whatIsWrittenOnDetachingIsInMemory() throws Exception {
        SegmentId id = typedInto();
        control(KeyCode.W);
        click("#unwritten-write");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        assertThat(memory(id, 0x24, 4)).containsExactly(0, 0xa7, 0xb8, 0);
    }

    @Test
    void whatIsDiscardedOnDetachingIsNot() throws Exception {
        SegmentId id = typedInto();
        control(KeyCode.W);
        click("#unwritten-discard");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        assertThat(memory(id, 0, 4096)).containsOnly(0);
    }

    @Test
    void aRefusedWriteKeepsTheTabAndWhatWasTyped() throws Exception {
        SegmentId id = typedInto();
        poke(id, 0x25, 0x77);
        control(KeyCode.W);
        click("#unwritten-write");
        waitUntil("told", () -> words(".shm-tab").contains("changed since you saw them"));
        assertThat(ask(() -> tabs().getTabs())).hasSize(1);
        assertThat(memory(id, 0x24, 4)).containsExactly(0, 0x77, 0, 0);
        robot.type(KeyCode.ENTER);
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs"));
        click("#conflict-write");
        waitUntil("written", () -> notice().contains("written at 0x25"));
        assertThat(memory(id, 0x24, 4)).containsExactly(0, 0xa7, 0xb8, 0);
    }

    @Test
    void lockingAsksToo() throws Exception {
        SegmentId id = typedInto();
        control(KeyCode.E);
        asked();
        robot.type(KeyCode.ESCAPE);
        waitUntil("still unlocked", () -> words("#status-line").contains("unlocked"));
        control(KeyCode.E);
        click("#unwritten-write");
        waitUntil("locked", () -> words("#status-line").contains("read-write, locked"));
        assertThat(memory(id, 0x24, 4)).containsExactly(0, 0xa7, 0xb8, 0);
    }

    @Test
    void quittingListsEveryTabAndAsksOnce() throws Exception {
        SegmentId first = typedInto();
        SegmentKey other = new SegmentKey(key.value() ^ 1);
        SegmentId second = host.create(new Target.Key(other), 4096, Mode.DEFAULT, false).id();
        removeAtTheEnd(second);
        control(KeyCode.O);
        fill("#attach-text", other.hex());
        robot.type(KeyCode.ENTER);
        waitUntil("second tab", () -> tabs().getTabs().size() == 2 && !isThere("#attach-sheet"));
        waitUntil("bytes", () -> words("#status-line").contains("live"));
        unlock();
        control(KeyCode.I);
        robot.type(KeyCode.ENTER);
        waitUntil("a field", () -> isThere("#at-cursor-editor"));
        robot.write("65");
        fx(() ->
                Event.fireEvent(
                        stage(), new WindowEvent(stage(), WindowEvent.WINDOW_CLOSE_REQUEST)));
        asked();
        assertThat(ask(() -> words("#unwritten-lines")))
                .contains("2 bytes of 0x%x".formatted(key.value()))
                .contains("i32 = 65 of 0x%x".formatted(other.value()));
        click("#unwritten-write");
        waitUntil("quit", () -> !stage().isShowing());
        assertThat(memory(first, 0x24, 4)).containsExactly(0, 0xa7, 0xb8, 0);
        assertThat(memory(second, 0, 4)).containsExactly(65, 0, 0, 0);
    }

    @Test
    void aSlotsEditorAsksBeforeItDropsWhatWasTyped() {
        Php php = servant();
        php.ask("put 1 'Hello'");
        openOnSegment();
        clickSlot(0);
        unlock();
        click("#slot-edit");
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed unasked", () -> !isThere("#slot-form-text"));
        click("#slot-edit");
        fill("#slot-form-text", "mine");
        robot.type(KeyCode.ESCAPE);
        waitUntil("asked", () -> words("#slot-question").contains("Nothing is written yet"));
        robot.type(KeyCode.ENTER);
        waitUntil("goes on", () -> !isThere("#slot-question"));
        assertThat(find("#slot-form-text", TextInputControl.class).getText()).isEqualTo("mine");
        robot.type(KeyCode.ESCAPE);
        press("Discard it");
        waitUntil("closed", () -> !isThere("#slot-form-text"));
        assertThat(php.ask("same 1 'Hello'")).isEqualTo("true");
    }

    @Test
    void theJournalThatOpensAndClosesKeepsTheMemberThatIsBeingTyped() {
        width = 1000;
        height = 680;
        servant().ask("put 1 ['limit' => 10, 'name' => 'Ada']");
        openOnSegment();
        clickSlot(0);
        unlock();
        typeFirstMember("55");
        control(KeyCode.J);
        waitUntil("journal", () -> words(".shm-tab").contains("Journal: 0 of 0"));
        control(KeyCode.J);
        waitUntil(
                "still typed",
                () ->
                        lookup("#value-editor") instanceof TextInputControl field
                                && field.getText().equals("55"));
        control(KeyCode.W);
        asked();
        assertThat(ask(() -> words("#unwritten-lines"))).contains("$value['limit'] = 55");
        click("#unwritten-stay");
    }

    @Test
    void aConfirmedByteThatWaitsForALockIsStillWrittenWhenTheTabCloses() throws Exception {
        SegmentId id = raw(4096);
        Php php = holder();
        openOnSegment();
        unlockUnder(php);
        clickByte(0x60);
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        waitUntil("waits", this::isWaitedFor);
        control(KeyCode.W);
        waitUntil("closed", () -> tabs().getTabs().isEmpty());
        assertThat(memory(id, 0x60, 1)).containsExactly(0);
        php.send("let go");
        waitUntil("farewell", () -> notice().contains("stay in memory"));
        assertThat(memory(id, 0x60, 1)).containsExactly(0xa7);
    }

    private boolean isWaitedFor() {
        try {
            return host.lock(key).orElseThrow().waiters() == 1;
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }
}
