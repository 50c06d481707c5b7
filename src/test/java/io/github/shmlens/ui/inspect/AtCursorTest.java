package io.github.shmlens.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.testing.FxTest;
import javafx.application.Application;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtCursorTest extends FxTest {

    private AtCursor view = ask(AtCursor::new);

    @BeforeEach
    void openView() {
        fx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            view = new AtCursor();
        });
        open(() -> view, 520, 260);
    }

    private void show(int... bytes) {
        byte[] given = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            given[i] = (byte) bytes[i];
        }
        fx(() -> view.show(given, 0x40));
    }

    private String value(String fact) {
        return ask(() -> ((TextField) view.lookup("#at-cursor-" + fact)).getText());
    }

    @Test
    void readsNumbersLittleEndian() {
        show(0xfe, 0xff, 0, 0, 0, 0, 0, 0x80);
        assertThat(value("i8")).isEqualTo("-2");
        assertThat(value("u8")).isEqualTo("254");
        assertThat(value("i16")).isEqualTo("-2");
        assertThat(value("u16")).isEqualTo("65534");
        assertThat(value("i32")).isEqualTo("65534");
        assertThat(value("i64")).isEqualTo("-9223372036854710274");
        assertThat(value("u64")).isEqualTo("9223372036854841342");
        assertThat(value("bits")).isEqualTo("1111 1110");
    }

    @Test
    void aClickReadsThemBigEndian() {
        show(0x3f, 0xf0, 0, 0, 0, 0, 0, 0);
        robot.clickOn("#order-be");
        assertThat(value("f64")).isEqualTo("1.0");
        assertThat(value("i16")).isEqualTo("16368");
        robot.clickOn("#order-be");
        assertThat(ask(() -> view.bigEndianProperty().get())).isTrue();
    }

    @Test
    void saysNothingWhereBytesAreMissing() {
        show(1, 2, 3);
        assertThat(value("i16")).isEqualTo("513");
        assertThat(value("i32")).isEqualTo("–");
        assertThat(value("f64")).isEqualTo("–");
        fx(() -> view.clear());
        assertThat(value("i8")).isEqualTo("–");
    }

    @Test
    void readsTimes() {
        show(0x80, 0x51, 1, 0, 0, 0, 0, 0);
        assertThat(value("seconds")).isEqualTo("1970-01-02 00:00:00 UTC");
        assertThat(value("millis")).isEqualTo("1970-01-01 00:01:26 UTC");
    }

    @Test
    void aNumberTooLargeIsNoTime() {
        show(255, 255, 255, 255, 255, 255, 255, 0x7f);
        assertThat(value("seconds")).isEqualTo("–");
    }

    @Test
    void showsTextAndDotsForTheRest() {
        show('H', 0xc3, 0xa9, 0, 0xff, 'x', 0xe2, 0x82);
        assertThat(value("text")).isEqualTo("Hé..x..");
    }

    @Test
    void valuesCanBeCopiedAndNotTypedOver() {
        show(42);
        robot.clickOn("#at-cursor-u8").write("7");
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A);
        robot.press(KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        assertThat(ask(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("42");
    }
}
