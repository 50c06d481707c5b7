package io.github.shmlens.ui.slots;

import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// [SlotForm] as a dialog. Its result is what to write; none when the user turned back or changed
/// nothing. Writes nothing itself.
public final class SlotEditor extends Dialog<SlotEdit> {

    private static final Texts TEXTS = Texts.of(SlotEditor.class);

    private static final Duration LOOK_EVERY = Duration.millis(250);
    private static final KeyCombination SAVE =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final SlotForm form;
    private final Banner reason = new Banner();
    private final Banner question = new Banner();
    private final Button cancel;

    /// What is typed is saved, or the user chose to leave it.
    private boolean left;

    /// How much higher the dialog is for the question.
    private double grown;

    /// @param slot the slot to edit; null for a new one
    /// @param newest the newest look at the store, asked again and again while the dialog is open;
    ///   null while there is none
    /// @param around who else is attached and whether a lock is held, in a sentence or two; asked
    ///   as often
    public SlotEditor(
            @Nullable Window owner,
            @Nullable Slot slot,
            Supplier<@Nullable StoreReading> newest,
            Supplier<String> around) {
        form = slot == null ? SlotForm.empty() : SlotForm.of(slot);
        Runnable renew =
                () -> {
                    form.setStore(newest.get());
                    form.aroundProperty().set(around.get());
                };
        renew.run();
        if (owner != null) {
            initOwner(owner);
        }
        setTitle(
                slot == null
                        ? TEXTS.say("form.put-title")
                        : TEXTS.say("form.edit-title", slot.key()));
        setResizable(true);
        DialogPane pane = getDialogPane();
        ButtonType save =
                new ButtonType(
                        slot == null ? TEXTS.say("form.put") : TEXTS.say("form.save"),
                        ButtonData.OK_DONE);
        pane.getButtonTypes().addAll(save, ButtonType.CANCEL);
        pane.setHeaderText(null);
        question.setId("slot-question");
        VBox content = new VBox(reason, form, question);
        VBox.setVgrow(form, Priority.ALWAYS);
        pane.setContent(content);
        cancel = (Button) pane.lookupButton(ButtonType.CANCEL);
        cancel.addEventFilter(
                ActionEvent.ACTION,
                pressed -> {
                    if (keepsOpen()) {
                        pressed.consume();
                    }
                });
        // The window's own cross, too.
        setOnCloseRequest(closing -> {
            if (keepsOpen()) {
                closing.consume();
            }
        });
        Button button = (Button) pane.lookupButton(save);
        button.setId("slot-save");
        button.disableProperty().bind(form.savableProperty().not());
        pane.addEventFilter(
                KeyEvent.KEY_PRESSED,
                press -> {
                    if (SAVE.match(press) && !button.isDisabled()) {
                        button.fire();
                        press.consume();
                    }
                });
        Timeline look = new Timeline(new KeyFrame(LOOK_EVERY, _ -> renew.run()));
        look.setCycleCount(Animation.INDEFINITE);
        setOnShown(_ -> {
            look.play();
            // Later: a dialog gives the focus to its default button after this.
            FxExecutor.FX.execute(form::focusFirst);
        });
        setOnHidden(_ -> look.stop());
        setResultConverter(pressed -> {
            left |= pressed == save;
            return pressed == save ? form.edit().orElse(null) : null;
        });
    }

    /// Esc, Cancel and the cross ask once where something typed would be lost; asked again, they go
    /// back to it.
    private boolean keepsOpen() {
        if (left || !form.isChanged()) {
            return false;
        }
        if (question.showing()) {
            goOn();
            return true;
        }
        question.show(
                Banner.Weight.WARNING,
                new Problem(TEXTS.say("form.unsaved"), TEXTS.say("form.unsaved-line"), ""),
                new Banner.Offer(
                        TEXTS.say("form.discard"),
                        () -> {
                            left = true;
                            cancel.fire();
                        }),
                new Banner.Offer(TEXTS.say("form.go-on"), this::goOn));
        // Its height is known when it is dressed.
        question.applyCss();
        question.layout();
        grow(question.prefHeight(form.getWidth()));
        question.focusLast();
        return true;
    }

    private void goOn() {
        question.clear();
        grow(0);
        form.focusFirst();
    }

    /// Gives the question room of its own, and takes it back: the form has none to give.
    private void grow(double more) {
        if (getDialogPane().getScene().getWindow() instanceof Stage stage) {
            stage.setHeight(stage.getHeight() - grown + more);
            grown = more;
        }
    }

    /// Begins with a value typed before, instead of the slot's own.
    public SlotEditor resume(long key, byte[] typed) {
        form.resume(key, typed);
        return this;
    }

    /// Says why the whole value is edited and not a part of it.
    public SlotEditor because(String why) {
        reason.show(
                Banner.Weight.NOTE,
                new Problem(TEXTS.say("form.whole"), Problem.sentence(why), ""));
        return this;
    }

    /// The form inside.
    public SlotForm form() {
        return form;
    }
}
