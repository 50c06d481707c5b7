package io.github.shmlens.ui.typing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.theme.Looks;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InPlaceTest extends FxTest {

    private final FakeTab tab = new FakeTab();
    private final Cells cells = ask(Cells::new);
    private final InPlace<String, Integer> typing =
            ask(() -> new InPlace<>("typed", tab, cells, "some-style"));

    /// A view of one number.
    private static final class Cells extends VBox implements InPlace.View<String, Integer> {
        private final List<Integer> edits = new CopyOnWriteArrayList<>();
        private final Button values = new Button("values");
        private @Nullable String now;
        private boolean seen = true;
        private String told = "";
        private String look = "";
        private int revealed;

        Cells() {
            getChildren().add(values);
        }

        @Override
        public boolean place(String where, TextField field) {
            if (seen) {
                getChildren().add(field);
            }
            return seen;
        }

        @Override
        public void remove(String where) {
            getChildren().setAll(values);
        }

        @Override
        public void focusValues() {
            values.requestFocus();
        }

        @Override
        public void reveal(String where) {
            revealed++;
        }

        @Override
        public @Nullable String moved(String where) {
            return now;
        }

        @Override
        public void commit(String where, Integer edit) {
            edits.add(edit);
        }

        @Override
        public void tell(String sentence, String style) {
            told = sentence;
            look = style;
        }
    }

    @BeforeEach
    void openView() {
        open(() -> cells, 300, 120);
        fx(() -> tab.unlocked.set(true));
    }

    private void begin() {
        fx(() -> typing.begin("there", "limit", "10", InPlaceTest::number));
        waitForFx();
    }

    private static @Nullable Integer number(String text) throws BadInput {
        try {
            int number = Integer.parseInt(text);
            return number == 10 ? null : number;
        } catch (NumberFormatException none) {
            throw new BadInput("\"" + text + "\" is no number");
        }
    }

    private void write(String text) {
        fx(() -> typing.field().setText(text));
    }

    private void moveTo(@Nullable String value) {
        fx(() -> {
            cells.now = value;
            typing.tellMoved();
        });
    }

    @Test
    void enterHandsOnTheEditAndGivesTheKeyboardBack() {
        begin();
        robot.write("55", 0).type(KeyCode.ENTER);
        waitForFx();
        assertThat(cells.edits).containsExactly(55);
        assertThat(ask(typing::isOpen)).isFalse();
        assertThat(ask(cells.values::isFocused)).isTrue();
    }

    @Test
    void escapeDropsItAndWhatStandsForTheSameValueIsNothingToWrite() {
        begin();
        robot.write("55", 0).type(KeyCode.ESCAPE);
        waitForFx();
        assertThat(ask(typing::isOpen)).isFalse();
        begin();
        robot.write("010", 0).type(KeyCode.ENTER);
        waitForFx();
        assertThat(ask(typing::isOpen)).isFalse();
        assertThat(cells.edits).isEmpty();
    }

    @Test
    void whatIsNoValueStaysTypedAndSaidThoughTheValueBelowMovesOn() {
        begin();
        robot.write("ten", 0).type(KeyCode.ENTER);
        waitForFx();
        moveTo("11");
        assertThat(ask(() -> cells.told)).isEqualTo("\"ten\" is no number.");
        assertThat(ask(() -> cells.look)).isEqualTo(Looks.FIELD_ERROR);
        write("tens");
        assertThat(ask(() -> cells.told)).isEqualTo("Somebody changed it meanwhile: it is 11 now.");
        assertThat(ask(() -> cells.look)).isEqualTo(Looks.FACT_NAME);
    }

    @Test
    void aValueThatMovedOnIsToldWithEveryLetterAndNoLongerOnceItIsBack() {
        begin();
        moveTo("11");
        write("5");
        assertThat(ask(() -> cells.told)).contains("it is 11 now");
        moveTo(null);
        assertThat(ask(() -> cells.told)).isEmpty();
    }

    @Test
    void lockingClosesAFieldIntoWhichNothingWasTypedAndNoOther() {
        begin();
        fx(() -> tab.unlocked.set(false));
        assertThat(ask(typing::isOpen)).isFalse();
        fx(() -> tab.unlocked.set(true));
        begin();
        write("55");
        fx(() -> tab.unlocked.set(false));
        assertThat(ask(() -> typing.typed().orElseThrow().words())).isEqualTo("limit = 55");
        robot.type(KeyCode.ENTER);
        waitForFx();
        assertThat(cells.edits).isEmpty();
        assertThat(tab.told).containsExactly("locked");
        assertThat(ask(typing::isOpen)).isTrue();
    }

    @Test
    void whatIsTypedDoesNotGoByItselfAndWhatIsNotTypedDoes() {
        begin();
        fx(cells.values::requestFocus);
        assertThat(ask(typing::isOpen)).isFalse();
        begin();
        write("55");
        robot.type(KeyCode.TAB);
        waitForFx();
        assertThat(ask(() -> cells.told))
                .isEqualTo("limit is typed and not written: Enter writes it, Esc drops it.");
        fx(cells.values::requestFocus);
        assertThat(ask(typing::isOpen)).isTrue();
        assertThat(ask(typing::refuses)).isTrue();
        assertThat(ask(() -> cells.revealed)).isEqualTo(1);
        assertThat(ask(() -> typing.field().isFocused())).isTrue();
        fx(typing::drop);
        assertThat(tab.told)
                .containsExactly(
                        "Not written: limit = 55. It was typed and never confirmed with Enter.");
        assertThat(ask(typing::refuses)).isFalse();
    }

    @Test
    void nothingIsTypedWhereTheValueIsNotOnTheScreen() {
        fx(() -> cells.seen = false);
        begin();
        assertThat(ask(typing::isOpen)).isFalse();
        assertThat(ask(typing::where)).isNull();
    }

    @Test
    void aTextOfLinesIsNotTypedBeforeAnybodyTyped() {
        fx(() -> typing.begin("there", "note", "two\nlines", text -> text.length()));
        assertThat(ask(typing::typed)).isEmpty();
    }

    private void paste(String text) {
        fx(() -> {
            ClipboardContent clip = new ClipboardContent();
            clip.putString(text);
            Clipboard.getSystemClipboard().setContent(clip);
            typing.field().paste();
        });
    }

    @Test
    void whatAFieldOfOneLineLeavesOutOfAPastedTextIsSaidUntilSomethingElseIsTyped() {
        begin();
        paste("1\n2\t3\u00014");
        assertThat(ask(() -> typing.field().getText())).isEqualTo("1234");
        assertThat(ask(() -> cells.told))
                .isEqualTo(
                        "Line breaks, tabs and control characters of what was pasted were left out.");
        moveTo(null);
        assertThat(ask(() -> cells.told)).isNotEmpty();
        write("5");
        assertThat(ask(() -> cells.told)).isEmpty();
        paste("67");
        assertThat(ask(() -> cells.told)).isEmpty();
    }
}
