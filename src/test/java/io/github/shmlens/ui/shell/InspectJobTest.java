package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.theme.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

/// The panel at the cursor on real memory: live, typed into, and following pointers.
final class InspectJobTest extends MainJob {

    private String value(String fact) {
        return lookup("#at-cursor-" + fact) instanceof Labeled label ? label.getText() : "";
    }

    private void type(String fact, String text) {
        click("#at-cursor-" + fact);
        robot.type(KeyCode.ENTER);
        waitUntil("editor", () -> isThere("#at-cursor-editor"));
        control(KeyCode.A);
        robot.write(text, 0);
        robot.type(KeyCode.ENTER);
        waitForFx();
    }

    @Test
    void aValueTypedInPlaceReachesTheRealMemoryAndThePanelFollowsOthers() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x20, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        openOnSegment();
        unlock();
        clickByte(0x20);
        waitUntil("read", () -> value("u8").equals("1"));
        type("i32", "-5");
        waitUntil("written", () -> notice().contains("4 bytes written at 0x20"));
        assertThat(notice()).contains("in one atomic step").contains("without a lock");
        assertThat(memory(id, 0x1f, 6)).containsExactly(0, 0xfb, 0xff, 0xff, 0xff, 5);
        type("f64", "0.1");
        waitUntil("written", () -> notice().contains("8 bytes written"));
        assertThat(ByteBuffer.wrap(memory(id, 0x20, 8)).order(ByteOrder.LITTLE_ENDIAN).getDouble())
                .isEqualTo(0.1);
        poke(id, 0x20, 0x41, 0x42);
        waitUntil("live", () -> value("utf8").startsWith("AB") && value("u16").equals("16961"));
        assertThat(memory(id, 0x28, 1)).containsExactly(9);
    }

    @Test
    void lockedItHintsAndAConflictAsksMineOrTheirs() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x20, 1);
        openOnSegment();
        clickByte(0x20);
        click("#at-cursor-u8");
        robot.type(KeyCode.ENTER);
        waitUntil("hint", () -> words(".shm-tab").contains("Unlock the segment to type"));
        control(KeyCode.I);
        robot.type(KeyCode.ESCAPE);
        waitUntil("bytes have the keys", () -> find(".hex-view", HexView.class).isFocused());
        unlock();
        control(KeyCode.I);
        robot.type(KeyCode.HOME, KeyCode.DOWN, KeyCode.ENTER);
        waitUntil("editor", () -> isThere("#at-cursor-editor"));
        control(KeyCode.A);
        robot.write("7", 0);
        poke(id, 0x20, 0x63);
        waitUntil("told", () -> words("#at-cursor-problem").contains("it is 99 now"));
        robot.type(KeyCode.ENTER);
        waitUntil("asked", () -> isThere("#conflict-keep"));
        assertThat(memory(id, 0x20, 1)).containsExactly(0x63);
        click("#conflict-keep");
        waitUntil("decided", () -> !isThere("#conflict-keep"));
        assertThat(memory(id, 0x20, 1)).containsExactly(0x63);
    }

    @Test
    void aPointerIntoThePhpProcessLeadsToItsOffset() throws Exception {
        Php php = servant();
        php.ask("put 1 'Hello'");
        SegmentId id = id();
        Attachment theirs =
                host.attachments(id).seen().stream()
                        .filter(one -> one.pid() == php.pid())
                        .findFirst()
                        .orElseThrow();
        long address = theirs.address() + 0x28;
        byte[] pointer =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(address).array();
        int[] values = new int[8];
        for (int i = 0; i < 8; i++) {
            values[i] = pointer[i] & 0xff;
        }
        poke(id, 0xf00, values);
        openOnSegment();
        control(KeyCode.G);
        fill("#go-to", "0xf00");
        robot.type(KeyCode.ENTER);
        waitUntil(
                "pointer",
                () ->
                        value("pointer")
                                .equals(
                                        "0x%x  offset 0x28, as mapped by php (%d)"
                                                .formatted(address, php.pid())));
        click("#at-cursor-follow");
        HexView hex = find(".hex-view", HexView.class);
        assertThat(ask(() -> hex.getSelection().caret())).isEqualTo(0x28);
    }

    @Test
    void everythingCanBeReadInTheSmallestWindow() throws Exception {
        width = 900;
        height = 600;
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        clickSlot(0);
        screenshot(stage(), "inspect-900");
    }

    @Test
    void atTheUsualSize() throws Exception {
        width = 1280;
        height = 800;
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        clickSlot(1);
        unlock();
        click("#at-cursor-u32");
        robot.type(KeyCode.ENTER);
        waitForFx();
        screenshot(stage(), "inspect-1280");
    }

    @Test
    void theHeadSaysThatTheSlotIsGoneWhoseMemberIsTyped() {
        Php php = servant();
        php.ask("put 1 ['limit' => 10]");
        php.ask("put 2 'beside'");
        openOnSegment();
        clickSlot(0);
        unlock();
        typeFirstMember("55");
        assertThat(ask(() -> words("#value-head"))).startsWith("Slot 1 · array");
        php.ask("unset 1 -");
        waitUntil("said", () -> words("#value-head").contains("gone: this is its last value"));
        assertThat(find("#value-editor", TextInputControl.class).getText()).isEqualTo("55");
        php.ask("put 1 ['limit' => 11]");
        waitUntil("there again", () -> !words("#value-head").contains("gone"));
        clickSlot(1);
        waitUntil("held", () -> words(".value-typed").contains("typed for slot 1"));
        php.ask("unset 1 -");
        waitUntil("gone", () -> words("#value-head").contains("gone: this is its last value"));
        assertThat(find("#value-editor", TextInputControl.class).getText()).isEqualTo("55");
    }

    private double brightness(String field) {
        return lookup(field + " .text") instanceof Text text && text.getFill() instanceof Color fill
                ? fill.getBrightness()
                : -1;
    }

    @Test
    void whatIsTypedCanBeReadInTheDark() {
        settings.appearanceProperty().set(Settings.Appearance.DARK);
        servant().ask("put 1 ['limit' => 10]");
        openOnSegment();
        clickSlot(0);
        unlock();
        typeFirstMember("55");
        waitUntil("a member", () -> brightness("#value-editor") > 0.7);
        robot.type(KeyCode.ESCAPE);
        clickByte(0x40);
        click("#at-cursor-u8");
        robot.type(KeyCode.ENTER);
        waitUntil("editor", () -> isThere("#at-cursor-editor"));
        robot.write("77");
        screenshot(stage(), "typed-dark");
        waitUntil("a number", () -> brightness("#at-cursor-editor") > 0.7);
        robot.type(KeyCode.ESCAPE);
    }
}
