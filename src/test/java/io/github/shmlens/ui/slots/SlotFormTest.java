package io.github.shmlens.ui.slots;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.kryo.SlotInput.As;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javafx.application.Application;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotFormTest extends FxTest {

    private final WatchedStore store =
            WatchedStore.ofSize(400)
                    .put(1, "s:5:\"Hello\";")
                    .put(2, "i:+42;")
                    .put(3, "a:1:{s:1:\"k\";i:1;}")
                    .put(4, "b:1;");
    private SlotForm form = ask(SlotForm::empty);

    @BeforeEach
    void useTheTheme() {
        fx(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
    }

    private void edit(long key) {
        StoreReading reading = store.reading();
        open(
                () -> {
                    form = SlotForm.of(reading.slot(key).orElseThrow());
                    form.setStore(reading);
                    return form;
                },
                560,
                420);
        fx(() -> form.focusFirst());
    }

    private void putNew() {
        open(
                () -> {
                    form = SlotForm.empty();
                    form.setStore(store.reading());
                    return form;
                },
                560,
                420);
        fx(() -> form.focusFirst());
    }

    private void choose(As as) {
        fx(() -> {
            @SuppressWarnings("unchecked")
            ComboBox<As> types = (ComboBox<As>) form.lookup("#slot-form-type");
            types.setValue(as);
        });
    }

    private String label(String id) {
        return ask(() -> ((Label) form.lookup("#slot-form-" + id)).getText());
    }

    private String field(String id) {
        return ask(() -> ((TextInputControl) form.lookup("#slot-form-" + id)).getText());
    }

    private boolean savable() {
        return ask(() -> form.savableProperty().get());
    }

    private Optional<SlotEdit> result() {
        // What was typed is there first.
        waitForFx();
        return ask(() -> form.edit());
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aTypedStringReplacesTheValueAndKeepsWhatWasSeen() {
        edit(1);
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL).write("Bye");
        SlotEdit edit = result().orElseThrow();
        assertThat(edit.key()).isEqualTo(1);
        assertThat(text(edit.payload())).isEqualTo("s:3:\"Bye\";");
        assertThat(text(edit.seenPayload())).isEqualTo("s:5:\"Hello\";");
    }

    @Test
    void anUneditedValueWritesNothing() {
        edit(2);
        assertThat(savable()).isTrue();
        assertThat(result()).isEmpty();
    }

    @Test
    void goingToAnotherTypeAndBackKeepsTheBytes() {
        edit(2);
        choose(As.STRING);
        assertThat(field("text")).isEqualTo("+42");
        choose(As.INT);
        assertThat(result()).isEmpty();
    }

    @Test
    void aBadNumberIsOneSentenceAtTheField() {
        edit(2);
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL).write("4x");
        assertThat(label("problem"))
                .isEqualTo("The int \"4x\" is not a whole number (decimal, 0x… hex or 0… octal).");
        assertThat(savable()).isFalse();
        assertThat(result()).isEmpty();
    }

    @Test
    void saysBeforeWritingThatAValueFits() {
        edit(1);
        assertThat(label("fit"))
                .startsWith("Payload: 12 bytes. Fits: the slot takes 48 of ")
                .contains("free and 48 of the old value");
    }

    @Test
    void saysBeforeWritingThatAValueDoesNotFit() {
        edit(1);
        fx(() -> ((TextInputControl) form.lookup("#slot-form-text")).setText("x".repeat(400)));
        assertThat(label("fit")).contains("Does not fit: the slot needs 448 bytes");
        assertThat(savable()).isFalse();
    }

    @Test
    void theFitFollowsTheStoreWhileTheFormIsOpen() {
        edit(1);
        fx(() -> ((TextInputControl) form.lookup("#slot-form-text")).setText("x".repeat(150)));
        assertThat(savable()).isTrue();
        store.put(9, "s:100:\"" + "y".repeat(100) + "\";");
        fx(() -> form.setStore(store.reading()));
        assertThat(savable()).isFalse();
    }

    @Test
    void saysThatSomeoneChangedTheSlotMeanwhile() {
        edit(1);
        store.put(1, "s:3:\"new\";");
        fx(() -> form.setStore(store.reading()));
        assertThat(label("note"))
                .isEqualTo("Someone changed this slot meanwhile: saving asks what to keep.");
        store.unset(1);
        fx(() -> form.setStore(store.reading()));
        assertThat(label("note")).startsWith("Someone removed this slot meanwhile");
    }

    @Test
    void aBoolIsChosenByKeyboard() {
        edit(4);
        robot.type(KeyCode.DOWN);
        assertThat(text(result().orElseThrow().payload())).isEqualTo("b:0;");
    }

    @Test
    void anArrayIsEditedAsJson() {
        edit(3);
        assertThat(field("text")).isEqualTo("{\n  \"k\": 1\n}");
        fx(() ->
                ((TextInputControl) form.lookup("#slot-form-text"))
                        .setText("{\"k\": [true, null]}"));
        assertThat(text(result().orElseThrow().payload()))
                .isEqualTo("a:1:{s:1:\"k\";a:2:{i:0;b:1;i:1;N;}}");
    }

    @Test
    void nullNeedsNoValue() {
        edit(1);
        choose(As.NULL);
        assertThat(text(result().orElseThrow().payload())).isEqualTo("N;");
    }

    @Test
    void serializedTextIsCheckedWhileTyping() {
        edit(1);
        choose(As.PHP);
        assertThat(field("text")).isEqualTo("s:5:\"Hello\";");
        fx(() -> ((TextInputControl) form.lookup("#slot-form-text")).setText("s:9:\"Hello\";"));
        assertThat(label("problem")).startsWith("PHP could not read this text:");
        assertThat(savable()).isFalse();
    }

    @Test
    void rawBytesMayBeWhatPhpCannotReadAndItSaysSo() {
        edit(1);
        choose(As.RAW);
        fx(() -> ((TextInputControl) form.lookup("#slot-form-text")).setText("00 ff"));
        assertThat(label("note")).startsWith("PHP cannot read these bytes as a value:");
        assertThat(result().orElseThrow().payload()).containsExactly(0, 0xff);
    }

    @Test
    void aNewSlotNeedsAKeyOfSixtyFourBits() {
        putNew();
        assertThat(savable()).isFalse();
        robot.write("9223372036854775808");
        assertThat(label("key-problem")).contains("does not fit: it must lie between");
        robot.type(KeyCode.BACK_SPACE);
        robot.type(KeyCode.TAB).type(KeyCode.TAB).write("Hi");
        SlotEdit edit = result().orElseThrow();
        assertThat(edit.key()).isEqualTo(922337203685477580L);
        assertThat(text(edit.payload())).isEqualTo("s:2:\"Hi\";");
        assertThat(edit.seenPayload()).isNull();
    }

    @Test
    void aNewSlotWithAnOldKeySaysWhatItReplaces() {
        putNew();
        robot.write("1");
        assertThat(label("note"))
                .isEqualTo("Slot 1 is there already: string \"Hello\". Saving replaces it.");
        assertThat(text(result().orElseThrow().seenPayload())).isEqualTo("s:5:\"Hello\";");
    }

    @Test
    void aValueTooLongToEditIsReplacedOnlyWhenSomethingIsTyped() {
        String longText = "s:70000:\"" + "x".repeat(70_000) + "\";";
        StoreReading reading = WatchedStore.ofSize(100_000).put(1, longText).reading();
        open(
                () -> {
                    form = SlotForm.of(reading.slot(1).orElseThrow());
                    form.setStore(reading);
                    return form;
                },
                560,
                420);
        assertThat(savable()).isFalse();
        assertThat(label("note")).startsWith("The present value has 70,011 bytes");
        fx(() -> form.focusFirst());
        robot.write("a");
        assertThat(text(result().orElseThrow().payload())).isEqualTo("s:1:\"a\";");
    }

    @Test
    void tabLeadsOutOfTheTextAndShiftTabBack() {
        edit(1);
        robot.press(KeyCode.SHIFT).type(KeyCode.TAB).release(KeyCode.SHIFT);
        assertThat(ask(() -> form.lookup("#slot-form-type").isFocused())).isTrue();
        robot.type(KeyCode.TAB);
        assertThat(ask(() -> form.lookup("#slot-form-text").isFocused())).isTrue();
        assertThat(field("text")).isEqualTo("Hello");
    }

    @Test
    void goesOnWithWhatWasTypedBefore() {
        edit(1);
        fx(() -> form.resume(1, "i:9;".getBytes(StandardCharsets.UTF_8)));
        assertThat(field("line")).isEqualTo("9");
        SlotEdit edit = result().orElseThrow();
        assertThat(text(edit.payload())).isEqualTo("i:9;");
        assertThat(text(edit.seenPayload())).isEqualTo("s:5:\"Hello\";");
    }
}
