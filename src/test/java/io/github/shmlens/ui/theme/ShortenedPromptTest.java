package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.testing.FxTest;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

final class ShortenedPromptTest extends FxTest {

    private static final String PROMPT = "Filter: key, id, name";

    private final CustomTextField field = ask(CustomTextField::new);

    private void widen(double width) {
        fx(() -> field.setPrefWidth(width));
        waitForFx();
    }

    private double drawnWidth() {
        return ask(() ->
                field.lookupAll(".text").stream()
                        .filter(Text.class::isInstance)
                        .map(Text.class::cast)
                        .filter(text -> text.getText().equals(field.getPromptText()))
                        .mapToDouble(text -> text.getLayoutBounds().getWidth())
                        .max()
                        .orElseThrow());
    }

    private double room() {
        return ask(() -> {
            Node icon = field.getLeft();
            return field.getWidth()
                    - field.getInsets().getRight()
                    - icon.localToScene(icon.getLayoutBounds()).getMaxX()
                    + field.localToScene(0, 0).getX();
        });
    }

    @Test
    void aPromptEndsInDotsWhereItHasNoRoomAndIsWholeWhereItHas() {
        fx(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
        fx(() -> {
            field.setLeft(new Label("?"));
            ShortenedPrompt.in(field, PROMPT);
        });
        open(() -> new Pane(field), 600, 200);
        widen(400);
        assertThat(ask(field::getPromptText)).isEqualTo(PROMPT);
        widen(110);
        assertThat(ask(field::getPromptText)).startsWith("Filter").endsWith("…");
        assertThat(drawnWidth()).isLessThanOrEqualTo(room());
        widen(250);
        assertThat(ask(field::getPromptText)).isEqualTo(PROMPT);
        fx(() -> field.setStyle("-fx-font-size: 30px"));
        waitForFx();
        assertThat(ask(field::getPromptText)).endsWith("…");
        assertThat(drawnWidth()).isLessThanOrEqualTo(room());
    }
}
