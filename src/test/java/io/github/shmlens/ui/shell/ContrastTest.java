package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.ui.theme.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every word that the window shows, measured against what is painted behind it (WCAG 2: 4.5 to 1,
/// in high contrast 7 to 1). Disabled controls are exempt there, and here.
class ContrastTest extends MainJob {

    @ParameterizedTest
    @CsvSource({"LIGHT, false, 4.5", "DARK, false, 4.5", "LIGHT, true, 7", "DARK, true, 7"})
    void everyWordCanBeRead(Settings.Appearance appearance, boolean high, double least) {
        fx(() -> {
            settings.appearanceProperty().set(appearance);
            settings.highContrastProperty().set(high);
        });
        phpStore();
        openWindow();
        attachByKey();
        waitUntil("slots", () -> !slots().isEmpty());
        Set<String> faint = new TreeSet<>(faint(least));
        String look = appearance.name().toLowerCase(Locale.ROOT) + (high ? "-high" : "");
        assertThat(screenshot(stage(), "contrast-" + look)).exists();
        robot.type(KeyCode.F1);
        waitUntil("shortcuts", () -> isThere(".shm-sheet"));
        faint.addAll(faint(least));
        robot.type(KeyCode.ESCAPE);
        control(KeyCode.O);
        waitUntil("attach sheet", () -> isThere("#attach-text"));
        faint.addAll(faint(least));
        assertThat(faint).isEmpty();
    }

    private List<String> faint(double least) {
        return ask(() -> {
            List<String> faint = new ArrayList<>();
            for (Window window : Window.getWindows()) {
                look(window.getScene().getRoot(), least, faint);
            }
            return faint;
        });
    }

    private static void look(Node node, double least, List<String> faint) {
        if (!node.isVisible() || node.isDisabled() || node.getOpacity() < 1) {
            return;
        }
        if (node instanceof Text text && !text.getText().isBlank()) {
            Bounds bounds = text.getBoundsInLocal();
            if (bounds.getWidth() > 0 && text.getFill() instanceof Color ink) {
                Color behind = behind(text);
                double contrast = contrast(over(ink, behind), behind);
                if (contrast < least) {
                    faint.add(
                            "%.2f: \"%s\" %s on %s in %s"
                                    .formatted(contrast, text.getText(), ink, behind, path(text)));
                }
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, least, faint));
        }
    }

    private static String path(Node node) {
        StringBuilder path = new StringBuilder();
        for (Node at = node; at != null && path.length() < 160; at = at.getParent()) {
            path.append(' ').append(at.getClass().getSimpleName()).append(at.getStyleClass());
        }
        return path.toString();
    }

    /// What the regions around it paint, from the innermost to the first that lets nothing through.
    private static Color behind(Node node) {
        List<Color> layers = new ArrayList<>();
        for (Parent at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof Region region && region.getBackground() != null) {
                List<BackgroundFill> fills = region.getBackground().getFills();
                for (int fill = fills.size() - 1; fill >= 0; fill--) {
                    if (fills.get(fill).getFill() instanceof Color color) {
                        layers.add(color);
                    }
                }
            }
            if (!layers.isEmpty() && layers.getLast().isOpaque()) {
                break;
            }
        }
        Color all = Color.WHITE;
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            all = over(layers.get(layer), all);
        }
        return all;
    }

    private static Color over(Color top, Color base) {
        return base.interpolate(
                Color.color(top.getRed(), top.getGreen(), top.getBlue()), top.getOpacity());
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
