package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.theme.Settings;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where the window was and how large, kept in the settings. A place that no screen shows any more
/// is forgotten.
final class WindowPlace {

    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 720;
    private static final double LEAST_HEIGHT = 480;

    private WindowPlace() {}

    static void restore(Stage stage, Settings settings) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
        double width = settings.number("window-width", Math.min(WIDTH, screen.getWidth()));
        double height = settings.number("window-height", Math.min(HEIGHT, screen.getHeight()));
        stage.setWidth(Math.max(width, LEAST_WIDTH));
        stage.setHeight(Math.max(height, LEAST_HEIGHT));
        double x = settings.number("window-x", Double.NaN);
        double y = settings.number("window-y", Double.NaN);
        if (!Double.isNaN(x)
                && !Double.isNaN(y)
                && !Screen.getScreensForRectangle(x, y, width, 40).isEmpty()) {
            stage.setX(x);
            stage.setY(y);
        }
        stage.setMaximized(settings.text("window-maximized", "false").equals("true"));
    }

    static void keep(Stage stage, Settings settings) {
        settings.keep("window-maximized", Boolean.toString(stage.isMaximized()));
        if (stage.isMaximized() || stage.isIconified() || stage.isFullScreen()) {
            return;
        }
        settings.keep("window-x", stage.getX());
        settings.keep("window-y", stage.getY());
        settings.keep("window-width", stage.getWidth());
        settings.keep("window-height", stage.getHeight());
    }
}
