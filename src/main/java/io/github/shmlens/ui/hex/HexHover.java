package io.github.shmlens.ui.hex;

import java.util.function.LongFunction;
import javafx.animation.PauseTransition;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;

/// Says what the byte under a resting mouse is part of.
final class HexHover {

    private static final double BELOW = 18;

    private final HexView view;
    private final LongFunction<String> asked;
    private final Tooltip tip = new Tooltip();
    private final PauseTransition rest = new PauseTransition(Duration.millis(450));
    private long over = -1;
    private double screenX;
    private double screenY;

    /// @param asked what a byte is part of; empty where there is nothing to say
    HexHover(HexView view, LongFunction<String> asked) {
        this.view = view;
        this.asked = asked;
        tip.setId("hex-tip");
        tip.setWrapText(true);
        tip.setMaxWidth(560);
        rest.setOnFinished(_ -> show());
    }

    void listen() {
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hide());
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> hide());
        view.addEventHandler(ScrollEvent.SCROLL, _ -> hide());
        view.addEventHandler(KeyEvent.KEY_PRESSED, _ -> hide());
    }

    private void moved(MouseEvent event) {
        long at = view.byteAt(event.getX(), event.getY());
        if (at == over && at >= 0) {
            return;
        }
        hide();
        over = at;
        if (at >= 0) {
            screenX = event.getScreenX();
            screenY = event.getScreenY();
            rest.playFromStart();
        }
    }

    private void hide() {
        over = -1;
        rest.stop();
        tip.hide();
    }

    private void show() {
        String words = over < 0 || view.getScene() == null ? "" : asked.apply(over);
        if (!words.isEmpty()) {
            tip.setText(words);
            tip.show(view, screenX, screenY + BELOW);
        }
    }
}
