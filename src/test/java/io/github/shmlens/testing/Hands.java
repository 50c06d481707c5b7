package io.github.shmlens.testing;

import java.util.Arrays;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.robot.BaseRobot;
import org.testfx.robot.KeyboardRobot;
import org.testfx.robot.Motion;
import org.testfx.robot.MouseRobot;
import org.testfx.service.query.PointQuery;

/// TestFX's hands without its waits, which are of a fixed length and come after every character and
/// every step of the mouse: what was done is waited for once, until the window has answered it.
final class Hands extends FxRobot {

    /// Far enough for a click there to be no second one.
    private static final double AWAY = 12;

    private final BaseRobot base = robotContext().getBaseRobot();
    private final KeyboardRobot keyboard = robotContext().getKeyboardRobot();
    private final MouseRobot mouse = robotContext().getMouseRobot();
    private final Runnable settle;

    /// @param settle waits until the window has answered
    Hands(Runnable settle) {
        this.settle = settle;
    }

    // ---- keys

    @Override
    public FxRobot type(KeyCode... keys) {
        // In one go: a key that is held while the window thinks begins to repeat.
        FxTest.fx(() -> {
            for (KeyCode key : keys) {
                keyboard.pressNoWait(key);
                keyboard.releaseNoWait(key);
            }
        });
        return settled();
    }

    @Override
    public FxRobot type(KeyCode key, int times) {
        KeyCode[] keys = new KeyCode[times];
        Arrays.fill(keys, key);
        return type(keys);
    }

    @Override
    public FxRobot press(KeyCode... keys) {
        keyboard.pressNoWait(keys);
        return settled();
    }

    @Override
    public FxRobot release(KeyCode... keys) {
        keyboard.releaseNoWait(keys);
        return settled();
    }

    @Override
    public FxRobot write(String text) {
        return write(text, 0);
    }

    /// The characters arrive as such, also those that no keyboard has a key for.
    @Override
    public FxRobot write(String text, int sleepMillis) {
        Scene scene =
                FxTest.ask(() ->
                        Window.getWindows().stream()
                                .filter(Window::isFocused)
                                .findFirst()
                                .orElseGet(() -> Window.getWindows().getFirst())
                                .getScene());
        text.chars()
                .forEach(character ->
                        base.typeKeyboard(
                                scene, keyOf(character), Character.toString((char) character)));
        return settled();
    }

    private static KeyCode keyOf(int character) {
        return switch (character) {
            case '\n' -> KeyCode.ENTER;
            case '\t' -> KeyCode.TAB;
            default -> KeyCode.UNDEFINED;
        };
    }

    // ---- mouse

    @Override
    public FxRobot moveTo(PointQuery where, Motion motion) {
        FxTest.fx(() -> mouse.moveNoWait(where.query()));
        return settled();
    }

    @Override
    public FxRobot press(MouseButton... buttons) {
        mouse.pressNoWait(buttons);
        return settled();
    }

    @Override
    public FxRobot release(MouseButton... buttons) {
        mouse.releaseNoWait(buttons);
        return settled();
    }

    @Override
    public FxRobot clickOn(MouseButton... buttons) {
        click(buttons);
        return settled();
    }

    @Override
    public FxRobot clickOn(PointQuery where, Motion motion, MouseButton... buttons) {
        // In one go: what is clicked on may move.
        FxTest.fx(() -> {
            mouse.moveNoWait(where.query());
            click(buttons);
        });
        return settled();
    }

    @Override
    public FxRobot doubleClickOn(MouseButton... buttons) {
        click(buttons);
        click(buttons);
        return settled();
    }

    @Override
    public FxRobot doubleClickOn(PointQuery where, Motion motion, MouseButton... buttons) {
        // From elsewhere: right after another one there it would be a third click and a fourth.
        FxTest.fx(() -> mouse.moveNoWait(where.query().add(AWAY, 0)));
        settle.run();
        FxTest.fx(() -> {
            mouse.moveNoWait(where.query());
            click(buttons);
            click(buttons);
        });
        return settled();
    }

    private void click(MouseButton... buttons) {
        mouse.pressNoWait(buttons);
        mouse.releaseNoWait(buttons);
    }

    private FxRobot settled() {
        settle.run();
        return this;
    }
}
