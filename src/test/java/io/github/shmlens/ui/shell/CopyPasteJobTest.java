package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import java.util.Map;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The clipboard in both directions, on real memory.
final class CopyPasteJobTest extends MainJob {

    private HexView hex() {
        return find(".hex-view", HexView.class);
    }

    private static void clipboard(String text) {
        fx(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text)));
    }

    private static String clipboard() {
        return ask(() -> Clipboard.getSystemClipboard().getString());
    }

    private void select(long from, long to) {
        HexView hex = hex();
        fx(() -> {
            hex.select(new Selection(from, to));
            hex.requestFocus();
        });
    }

    @Test
    void theMenuOfFormsCopiesAPhpStringByKeysAlone() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0x10, 'H', 'i', ' ', '$', 0xff);
        openOnSegment();
        select(0x10, 0x14);
        clipboard("before");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.C);
        robot.release(KeyCode.SHIFT, KeyCode.CONTROL);
        waitForFx();
        for (int line = 0; line < 4; line++) {
            robot.type(KeyCode.DOWN);
        }
        robot.type(KeyCode.ENTER);
        waitUntil("copied", () -> !"before".equals(Clipboard.getSystemClipboard().getString()));
        assertThat(clipboard()).isEqualTo("\"Hi \\$\\xff\"");
    }

    @Test
    void aFormWithoutASignForUnreadBytesIsRefusedInOneSentence() throws Exception {
        SegmentId id = raw(3 * 4096);
        poke(id, 0, 1);
        openOnSegment();
        select(4000, 4200);
        clipboard("before");
        robot.rightClickOn(ask(() -> io.github.shmlens.ui.hex.HexCells.hex(hexNow(), 0)));
        fx(() -> hexNow().select(new Selection(4000, 4200)));
        robot.clickOn("Copy as base64");
        waitUntil("told", () -> notice().startsWith("Not copied: 105 of the bytes"));
        assertThat(clipboard()).isEqualTo("before");
    }

    private HexView hexNow() {
        return (HexView) java.util.Objects.requireNonNull(lookup(".hex-view"));
    }

    @Test
    void pastingMoreThanIsChosenAsksFirstAndTakesWhatIsAnswered() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0, 0x11);
        openOnSegment();
        unlock();
        select(0x20, 0x23);
        clipboard("01 02 03 04 05 06");
        control(KeyCode.V);
        waitUntil("asked", () -> words(".shm-tab").contains("holds 6 bytes and 4 are chosen"));
        assertThat(ask(() -> hexNow().getPending().isEmpty())).isTrue();
        screenshot(stage(), "paste-question");
        press("Paste the first 4");
        waitUntil("pending", () -> hexNow().getPending().bytes() == 4);
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("4 bytes written at 0x20"));
        assertThat(memory(id, 0x20, 6)).containsExactly(1, 2, 3, 4, 0, 0);
    }

    @Test
    void pastingBeyondTheEndAsksAndCanBeLeft() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0, 0x11);
        openOnSegment();
        unlock();
        control(KeyCode.END);
        robot.type(KeyCode.LEFT);
        clipboard("aabbcc");
        control(KeyCode.V);
        waitUntil(
                "asked", () -> words(".shm-tab").contains("the segment ends 2 bytes behind 0xffe"));
        robot.type(KeyCode.SPACE);
        waitUntil("bytes have the keys", () -> hexNow().isFocused());
        assertThat(ask(() -> hexNow().getPending().isEmpty())).isTrue();
        control(KeyCode.V);
        press("Paste the first 2");
        waitUntil("pending", () -> hexNow().getPending().bytes() == 2);
        robot.type(KeyCode.ESCAPE);
        assertThat(memory(id, 0xffe, 2)).containsOnly(0);
    }

    @Test
    void aPasteBeyondWhatIsOnTheScreenIsReadFirstAndWrittenOnlyOverThat() throws Exception {
        SegmentId id = raw(1 << 20);
        poke(id, 0, 0x11);
        poke(id, 60_000, 0x77);
        openOnSegment();
        unlock();
        select(0x100, 0x100);
        clipboard("5a".repeat(60_000));
        control(KeyCode.V);
        waitUntil("pending", () -> hexNow().getPending().bytes() == 60_000);
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("60,000 bytes written at 0x100"));
        assertThat(memory(id, 0x100, 60_000)).containsOnly(0x5a);
        assertThat(memory(id, 0x100 + 60_000, 8)).containsOnly(0);
    }

    @Test
    void textThatIsNoHexIsRefusedAndPastedAsTextByTheMenu() throws Exception {
        SegmentId id = raw(4096);
        poke(id, 0, 0x11);
        openOnSegment();
        unlock();
        select(0x40, 0x40);
        clipboard("Hello");
        control(KeyCode.V);
        waitUntil("told", () -> notice().startsWith("Nothing was pasted: \"H\" at character 1"));
        robot.rightClickOn(ask(() -> io.github.shmlens.ui.hex.HexCells.hex(hexNow(), 0x40)));
        robot.clickOn("Paste text");
        waitUntil("pending", () -> hexNow().getPending().bytes() == 5);
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("5 bytes written at 0x40"));
        assertThat(memory(id, 0x40, 5)).asString().isEqualTo("Hello");
    }
}
