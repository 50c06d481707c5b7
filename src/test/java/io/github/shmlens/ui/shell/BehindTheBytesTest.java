package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThatList;

import io.github.shmlens.ui.theme.Settings.Appearance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import org.junit.jupiter.api.Test;

/// Every background on the way to the bytes would be drawn with each of their changes: the scene's
/// own colour is the only one, in every theme.
final class BehindTheBytesTest extends MainJob {

    @Test
    void nothingIsDrawnButTheScenesColourWhichFollowsTheTheme() throws Exception {
        fx(() -> settings.appearanceProperty().set(Appearance.LIGHT));
        raw(4096);
        openOnSegment();
        assertThatList(ask(this::drawnBehind)).isEmpty();
        waitUntil("light", () -> fill().equals(Color.WHITE));
        fx(() -> settings.appearanceProperty().set(Appearance.DARK));
        waitUntil("dark", () -> fill() instanceof Color color && color.getBrightness() < 0.2);
        assertThatList(ask(this::drawnBehind)).isEmpty();
    }

    private Paint fill() {
        return stage().getScene().getFill();
    }

    private List<String> drawnBehind() {
        List<String> drawn = new ArrayList<>();
        Node bytes = Objects.requireNonNull(lookup(".hex-view"));
        for (Node at = bytes; at != null; at = at.getParent()) {
            if (at instanceof Region region && region.getBackground() != null) {
                for (BackgroundFill fill : region.getBackground().getFills()) {
                    Insets insets = fill.getInsets();
                    if (insets.getLeft() + insets.getRight() < region.getWidth()) {
                        drawn.add(region.getStyleClass() + ": " + fill.getFill());
                    }
                }
            }
        }
        return drawn;
    }
}
