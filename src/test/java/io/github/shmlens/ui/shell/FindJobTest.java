package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import java.nio.charset.StandardCharsets;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/// Finding something in the real memory, and narrowing down where a number lives.
final class FindJobTest extends MainJob {

    private static int[] ints(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ints = new int[bytes.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = bytes[i];
        }
        return ints;
    }

    private Selection selection() {
        return find(".hex-view", HexView.class).getSelection();
    }

    private void selected(long from, long length) {
        waitUntil(
                "%d bytes at %d".formatted(length, from),
                () -> selection().from() == from && selection().length() == length);
    }

    private ListView<?> hits() {
        return find("#find-hits", ListView.class);
    }

    private void choose(String selector, String words) {
        ComboBox<?> box = find(selector, ComboBox.class);
        fx(() -> select(box, words));
        waitForFx();
    }

    private static <T> void select(ComboBox<T> box, String words) {
        box.setValue(
                box.getItems().stream()
                        .filter(one -> box.getConverter().toString(one).equals(words))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no choice " + words)));
    }

    @Test
    void textIsFoundAndSteppedThroughByKeyboardAlone() throws Exception {
        SegmentId id = raw(3 << 20);
        poke(id, 100, ints("needle"));
        poke(id, (1 << 20) - 3, ints("needle"));
        poke(id, 3 << 19, ints("needle"));
        openOnSegment();
        control(KeyCode.F);
        robot.write("needle", 0);
        robot.type(KeyCode.ENTER);
        selected(100, 6);
        waitUntil("count", () -> words("#find-count").startsWith("1 of 3 hits"));
        assertThat(hits().getItems()).hasSize(3);
        robot.type(KeyCode.F3);
        selected((1 << 20) - 3, 6);
        robot.type(KeyCode.F3);
        selected(3 << 19, 6);
        robot.type(KeyCode.F3);
        selected(100, 6);
        assertThat(notice()).startsWith("That was the last hit");
        robot.press(KeyCode.SHIFT).type(KeyCode.F3).release(KeyCode.SHIFT);
        selected(3 << 19, 6);
        waitUntil("preview", () -> words("#find-hits").contains("needle"));

        poke(id, 100, ints("noodle"));
        waitUntil("told apart", () -> words("#find-hits").contains("changed since"));

        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#find-panel"));
        waitUntil("bytes have the keys", () -> find(".hex-view", HexView.class).isFocused());
    }

    @Test
    void whatCannotBeMeantIsSaidAtTheField() throws Exception {
        raw(4096);
        openOnSegment();
        click("#find-button");
        choose("#find-kind", "Bytes (hex)");
        fill("#find-text", "4");
        robot.type(KeyCode.ENTER);
        waitUntil("error", () -> words("#find-error").startsWith("Half a byte"));
        fill("#find-text", "4? 5?");
        waitUntil("error gone", () -> !isThere("#find-error"));
        robot.type(KeyCode.ENTER);
        waitUntil("nothing", () -> words("#find-count").startsWith("0 hits"));
        assertThat(words("#find-note")).startsWith("4.0 KiB never touched");
    }

    @Test
    void aHitInAStoreSaysItsSlot() {
        phpStore();
        openOnSegment();
        control(KeyCode.F);
        robot.write("Hello", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("hit", () -> words("#find-hits").contains("slot 1"));
        waitUntil("slot chosen", () -> selection().length() == 5);
    }

    @Test
    void aCounterOfPhpIsNarrowedDownToOne() {
        Php php = servant();
        php.ask("put 1 3");
        php.ask("put 2 'some text that stays'");
        php.ask("put 1 4");
        openOnSegment();
        control(KeyCode.R);
        choose("#narrow-type", "u8");
        click("#narrow-any");
        waitUntil("begun", () -> words("#narrow-count").contains("after 1 step"));
        php.ask("put 1 5");
        click("#narrow-increased");
        waitUntil("one", () -> words("#narrow-count").startsWith("1 remains after 2 steps"));
        waitUntil("slot", () -> words("#narrow-list").contains("slot 1"));
        php.ask("put 1 7");
        waitUntil("live", () -> words("#narrow-list").contains("was 53"));
        click("#narrow-decreased");
        waitUntil("none", () -> words("#narrow-count").startsWith("0 remain after 3 steps"));
        click("#narrow-undo");
        waitUntil("back", () -> words("#narrow-count").startsWith("1 remains after 2 steps"));
        waitUntil("no second undo", () -> isDisabled("#narrow-undo"));
        fill("#narrow-text", "50..60");
        robot.type(KeyCode.ENTER);
        waitUntil("still", () -> words("#narrow-count").startsWith("1 remains after 3 steps"));
        click("#narrow-reset");
        waitUntil("over", () -> isThere("#narrow-any") && !isThere("#narrow-undo"));
    }

    @Test
    void aNumberIsNarrowedDownByKeyboardAloneAndEachStepKeepsTheFocus() throws Exception {
        poke(raw(4096), 0x40, new int[] {7});
        openOnSegment();
        control(KeyCode.R);
        robot.type(KeyCode.TAB, KeyCode.TAB);
        waitUntil("any", () -> isFocused("#narrow-any"));
        robot.type(KeyCode.SPACE);
        waitUntil("begun", () -> words("#narrow-count").contains("after 1 step"));
        waitUntil("first of the next", () -> isFocused("#narrow-changed"));
        assertThat(find("#narrow-changed", Node.class).isFocusVisible()).isTrue();
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        waitUntil("second", () -> words("#narrow-count").contains("after 2 steps"));
        waitForFx();
        assertThat(ask(() -> isFocused("#narrow-unchanged"))).isTrue();
        robot.type(KeyCode.TAB, KeyCode.TAB, KeyCode.TAB, KeyCode.SPACE);
        waitUntil("back", () -> words("#narrow-count").contains("after 1 step"));
        waitUntil("beside", () -> isFocused("#narrow-decreased"));
    }

    @Test
    void theArrowKeysShowWhichOfTwoTheyWentTo() throws Exception {
        raw(4096);
        openOnSegment();
        control(KeyCode.F);
        int plain = ask(() -> layers("#find-mode"));
        fx(() -> find("#narrow-mode", Node.class).requestFocus());
        robot.type(KeyCode.LEFT);
        waitUntil("there", () -> isFocused("#find-mode"));
        waitUntil("shown", () -> layers("#find-mode") > plain);
    }

    private int layers(String selector) {
        return lookup(selector) instanceof Region region
                ? region.getBackground().getFills().size()
                : 0;
    }

    private boolean isFocused(String selector) {
        return lookup(selector) instanceof Node node && node.isFocused();
    }

    @Test
    void detachingWhileANumberIsRememberedFreesItAndFailsNothing() throws Exception {
        SegmentId id = raw(8 << 20);
        poke(id, 0, new int[4096]);
        openOnSegment();
        control(KeyCode.R);
        click("#narrow-any");
        waitUntil("begun", () -> words("#narrow-count").contains("after 1 step"));
        control(KeyCode.W);
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
    }
}
