package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.ui.hex.HexView;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Going to places, by sums and slots, and back again.
final class GoAboutJobTest extends MainJob {

    private void goTo(String text) {
        control(KeyCode.G);
        fill("#go-to", text);
        robot.type(KeyCode.ENTER);
        waitForFx();
    }

    private void alt(KeyCode code) {
        robot.press(KeyCode.ALT);
        robot.type(code);
        robot.release(KeyCode.ALT);
        waitForFx();
    }

    private long caret() {
        HexView hex = find(".hex-view", HexView.class);
        return ask(() -> hex.getSelection().caret());
    }

    @Test
    void sumsAndSlotsLeadThereAndAltLeftLeadsBack() throws Exception {
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        goTo("0x40 + 3*24");
        assertThat(caret()).isEqualTo(0x40 + 3 * 24);
        goTo("#2");
        long slot2 = caret();
        assertThat(memory(id(), slot2, 5)).asString().isEqualTo("i:42;");
        goTo("end-16");
        assertThat(caret()).isEqualTo(STORE_BYTES - 16);
        goTo("-0x100");
        assertThat(caret()).isEqualTo(STORE_BYTES - 16 - 0x100);
        alt(KeyCode.LEFT);
        alt(KeyCode.LEFT);
        assertThat(caret()).isEqualTo(slot2);
        click("#back");
        assertThat(caret()).isEqualTo(0x40 + 3 * 24);
        alt(KeyCode.RIGHT);
        assertThat(caret()).isEqualTo(slot2);
    }

    @Test
    void theBarSaysWhereASumLeadsAndWhatIsWrongWithIt() throws Exception {
        raw(4096);
        openOnSegment();
        control(KeyCode.G);
        fill("#go-to", "16*(2+1)");
        assertThat(find("#go-to-answer", Labeled.class).getText()).isEqualTo("0x30 (48)");
        fill("#go-to", "16*(2+1");
        assertThat(find("#go-to-answer", Labeled.class).getText()).isEmpty();
        robot.type(KeyCode.ENTER);
        waitUntil(
                "told",
                () -> words(".shm-go-to").contains("the parenthesis at character 4 is not closed"));
        assertThat(caret()).isZero();
        screenshot(stage(), "go-to-refused");
    }
}
