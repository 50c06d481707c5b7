package io.github.shmlens.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.typing.FakeTab;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtCursorTest extends FxTest {

    private final FakeTab tab = new FakeTab();
    private final List<HexEdit> edits = tab.edits;
    private AtCursor view = ask(() -> new AtCursor(tab));
    private Stage stage = ask(Stage::new);

    @BeforeEach
    void openView() {
        fx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            view = new AtCursor(tab);
        });
        stage = open(() -> view, 520, 330);
    }

    private void show(int... bytes) {
        byte[] given = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            given[i] = (byte) bytes[i];
        }
        fx(() -> view.show(Seen.of(0x40, given)));
    }

    private Label cell(String fact) {
        return (Label) Objects.requireNonNull(view.lookup("#at-cursor-" + fact));
    }

    private String value(String fact) {
        return ask(() -> cell(fact).getText());
    }

    private void edit(String fact, String text) {
        robot.doubleClickOn("#at-cursor-" + fact);
        waitForFx();
        robot.press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        robot.write(text, 0);
        robot.type(KeyCode.ENTER);
        waitForFx();
    }

    @Test
    void aClickReadsNumbersBigEndian() {
        show(0x3f, 0xf0, 0, 0, 0, 0, 0, 0);
        robot.clickOn("#order-be");
        assertThat(value("f64")).isEqualTo("1.0");
        assertThat(value("i16")).isEqualTo("16368");
        robot.clickOn("#order-be");
        assertThat(ask(() -> view.bigEndianProperty().get())).isTrue();
    }

    @Test
    void saysNothingWithoutACaretAndSaysWhyWhereNothingWasRead() {
        show(1, 2, 3);
        assertThat(value("i16")).isEqualTo("513");
        fx(() -> view.clear());
        assertThat(value("i8")).isEqualTo("–");
        assertThat(value("where")).isEqualTo("No byte chosen");
        fx(() -> view.show(new Seen(0x40, new byte[16], 0xffff, 0)));
        assertThat(value("where")).endsWith("never touched or swapped out, not read");
        assertThat(value("i8")).isEqualTo("–");
        fx(() -> view.show(new Seen(0x40, new byte[16], 0, 2)));
        assertThat(value("where")).endsWith("a writer was at work, new and old may be mixed");
    }

    /// As in a window of 900 by 600 with the letters eight steps larger.
    @Test
    void whereItIsStaysInOneLineAndTheButtonsGoBelowInANarrowView() {
        show(1, 2, 3);
        Label where = cell("where");
        Region big = (Region) Objects.requireNonNull(view.lookup("#order-be"));
        double beside = ask(() -> big.localToScene(0, 0).getY());
        fx(() -> {
            view.setStyle("-fx-font-size: 21px");
            stage.setWidth(215);
        });
        waitUntil("narrow", () -> view.getWidth() <= 215);
        waitForFx();
        double line = ask(() -> where.prefHeight(-1));
        assertThat(ask(where::getHeight)).as("one line").isLessThan(1.5 * line);
        assertThat(ask(() -> big.localToScene(0, 0).getY())).isGreaterThan(beside + line / 2);
        assertThat(ask(() -> big.localToScene(big.getWidth(), 0).getX()))
                .isLessThanOrEqualTo(ask(view::getWidth));
    }

    @Test
    void theArrowsMoveAndControlCCopiesTheWholeValue() {
        show(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xef, 0x7f, 0, 0, 0, 0);
        robot.clickOn("#at-cursor-i8");
        robot.type(KeyCode.RIGHT, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN);
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        assertThat(ask(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("1.7976931348623157E308");
    }

    @Test
    void aValueTypedInPlaceIsAnEditOfTheBytesThatWereShown() {
        fx(() -> tab.unlocked.set(true));
        show(1, 2, 3, 4, 5, 6, 7, 8);
        edit("i32", "-2");
        assertThat(edits)
                .containsExactly(
                        new HexEdit(0x40, new byte[] {1, 2, 3, 4}, new byte[] {-2, -1, -1, -1}));
        robot.clickOn("#order-be");
        edit("u16", "258");
        assertThat(edits).as("the same bytes are nothing to write").hasSize(1);
        edit("u16", "513");
        assertThat(edits.getLast())
                .isEqualTo(new HexEdit(0x40, new byte[] {1, 2}, new byte[] {2, 1}));
    }

    @Test
    void aChangeIsToldOnBothSidesAsTheViewWritesItHoweverItWasTyped() {
        fx(() -> tab.unlocked.set(true));
        show(5, 0, 0, 0, 'a', 'b', 'c', 'd');
        edit("u32", "0x10");
        edit("bits", "0b111");
        edit("u64", "0");
        assertThat(tab.told)
                .containsExactly(
                        "u32: 5 → 16",
                        "bits: 0000 0101 → 0000 0111",
                        "u64: 7233733595238498309 → 0");
        tab.told.clear();
        show('l', 'i', 'm', 'i', 't');
        edit("utf8", "Li");
        assertThat(tab.told).containsExactly("UTF-8: li → Li");
    }

    @Test
    void theBytesSeenAreThoseWhenTypingBeganAndAWriteMeanwhileIsTold() {
        fx(() -> tab.unlocked.set(true));
        show(1, 0, 0, 0);
        robot.clickOn("#at-cursor-u8");
        robot.type(KeyCode.ENTER);
        robot.write("7", 0);
        show(9, 0, 0, 0);
        assertThat(value("problem")).isEqualTo("Somebody changed it meanwhile: it is 9 now.");
        robot.type(KeyCode.ENTER);
        waitForFx();
        assertThat(edits).containsExactly(new HexEdit(0x40, new byte[] {1}, new byte[] {7}));
        assertThat(value("u8")).isEqualTo("9");
    }

    @Test
    void whatDoesNotFitIsSaidAndTheFieldStays() {
        fx(() -> tab.unlocked.set(true));
        show(1, 0, 0, 0);
        edit("u8", "256");
        assertThat(value("problem")).contains("must lie between 0 and 255");
        assertThat(ask(() -> view.lookup("#at-cursor-editor"))).isInstanceOf(TextField.class);
        screenshot(stage, "at-cursor-refused");
        robot.type(KeyCode.ESCAPE);
        waitForFx();
        assertThat(ask(() -> view.lookup("#at-cursor-editor"))).isNull();
        assertThat(edits).isEmpty();
    }

    @Test
    void nothingIsTypedWhileLockedAndNothingStaysTypedWhenTheCaretMoves() {
        show(42);
        robot.doubleClickOn("#at-cursor-u8");
        assertThat(tab.told).containsExactly("locked");
        assertThat(ask(() -> view.lookup("#at-cursor-editor"))).isNull();
        fx(() -> tab.unlocked.set(true));
        robot.doubleClickOn("#at-cursor-u8");
        fx(() -> view.show(Seen.of(0x41, (byte) 1)));
        assertThat(ask(() -> view.lookup("#at-cursor-editor"))).isNull();
        assertThat(edits).isEmpty();
    }

    @Test
    void whatIsTypedStaysInItsPlaceWhileTheCaretMovesOnAndUntilItIsDropped() {
        show(42);
        fx(() -> tab.unlocked.set(true));
        robot.doubleClickOn("#at-cursor-u8");
        robot.write("43");
        fx(() -> view.show(Seen.of(0x41, (byte) 7)));
        assertThat(ask(() -> view.typed().orElseThrow().words())).isEqualTo("u8 = 43");
        assertThat(ask(() -> view.lookup("#at-cursor-editor"))).isNotNull();
        robot.type(KeyCode.ESCAPE);
        waitForFx();
        assertThat(ask(() -> view.typed())).isEmpty();
        assertThat(ask(() -> cell("u8").getText())).isEqualTo("7");
        assertThat(edits).isEmpty();
    }

    @Test
    void f2TypesOverAValueAndTheOrderOfItsBytesStaysUntilItIsWritten() {
        show(1, 0);
        fx(() -> tab.unlocked.set(true));
        robot.clickOn("#at-cursor-u16").type(KeyCode.F2);
        waitForFx();
        robot.write("2", 0);
        robot.clickOn("#order-be");
        waitForFx();
        assertThat(value("problem")).startsWith("u16 is typed and not written");
        assertThat(ask(() -> view.lookup("#at-cursor-editor").getAccessibleText()))
                .isEqualTo("unsigned, 16 bit");
        assertThat(ask(() -> view.bigEndianProperty().get())).isFalse();
        assertThat(ask(() -> ((ToggleButton) view.lookup("#order-le")).isSelected())).isTrue();
        robot.type(KeyCode.ENTER);
        waitForFx();
        assertThat(edits).containsExactly(new HexEdit(0x40, new byte[] {1, 0}, new byte[] {2, 0}));
        assertThat(tab.told).containsExactly("u16: 1 → 2");
        robot.clickOn("#order-be");
        waitForFx();
        assertThat(value("u16")).isEqualTo("256");
    }

    /// The widest numbers there are, at every width of the panel: whole, or with dots at the end.
    @ParameterizedTest
    @ValueSource(ints = {150, 230, 290, 360, 420, 480, 1000})
    void noNumberIsCutWithoutASign(int width) {
        fx(() -> stage.setWidth(width));
        waitForFx();
        for (int[] bytes :
                new int[][] {
                    {1, 0, 0, 0, 0, 0, 0x10, 0x80},
                    {0, 0, 0, 0, 0, 0, 0, 0x80, 'W', 'W', 'W', 'W', 'W', 'W', 'W', 'W'}
                }) {
            show(bytes);
            waitForFx();
            fx(() -> {
                for (Fact fact : Fact.values()) {
                    Label label = cell(fact.name().toLowerCase(java.util.Locale.ROOT));
                    double needed = label.prefWidth(-1);
                    boolean whole = label.getWidth() >= needed - 0.5;
                    assertThat(whole || label.isTextTruncated())
                            .as("%s at %d: %s", fact, width, label.getText())
                            .isTrue();
                    boolean number = fact != Fact.UTF8 && fact != Fact.UTF16;
                    if (width >= 290 && number && !label.getText().contains(":")) {
                        assertThat(whole).as("%s whole at %d", fact, width).isTrue();
                    }
                }
            });
        }
    }
}
