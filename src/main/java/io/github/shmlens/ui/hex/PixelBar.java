package io.github.shmlens.ui.hex;

import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// An overview of a segment, painted pixel by pixel and sharp at every output scale, with a frame
/// that shows the focus and a tooltip that says in words what lies below the mouse. FX thread.
abstract class PixelBar extends Region {

    private static final double RING = 1;

    final PixelSurface surface = new PixelSurface();
    private final Tooltip tooltip = new Tooltip();
    private HexPalette palette = HexPalette.LIGHT;
    private boolean stale = true;
    private int paints;

    /// @param name what it is, for people who do not see it
    PixelBar(String styleClass, String name) {
        getChildren().add(surface.view());
        getStyleClass().add(styleClass);
        setFocusTraversable(true);
        setAccessibleRoleDescription(name);
        tooltip.setShowDelay(Duration.millis(200));
        tooltip.setShowDuration(Duration.seconds(30));
        Tooltip.install(this, tooltip);
        addEventHandler(
                MouseEvent.MOUSE_MOVED,
                event -> tooltip.setText(textAt(event.getX(), event.getY())));
        focusedProperty().subscribe(this::ring);
        sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(javafx.stage.Window::renderScaleXProperty)
                .subscribe(ignored -> repaint());
        ring();
    }

    public void setPalette(HexPalette newPalette) {
        palette = newPalette;
        ring();
        repaint();
    }

    HexPalette palette() {
        return palette;
    }

    /// Pixels per unit of layout where this node is shown.
    static double renderScale(Node node) {
        @Nullable Scene scene = node.getScene();
        javafx.stage.@Nullable Window window = scene == null ? null : scene.getWindow();
        return window == null || window.getRenderScaleX() <= 0 ? 1 : window.getRenderScaleX();
    }

    /// How often it was painted, for tests.
    int paints() {
        return paints;
    }

    /// Paints at the next layout.
    final void repaint() {
        stale = true;
        setNeedsLayout(true);
    }

    /// Paints all pixels.
    ///
    /// @param line how thick lines are, in pixels
    abstract void paint(int width, int height, int line);

    /// What lies at a point of this node, in words.
    abstract String textAt(double x, double y);

    /// Called before each paint and layout.
    ///
    /// @param resized whether the pixels are new
    /// @return whether they must be painted again
    boolean arrange(int width, int height, boolean resized) {
        return resized;
    }

    @Override
    protected void layoutChildren() {
        double scale = renderScale(this);
        Insets insets = getInsets();
        int width = pixels((getWidth() - insets.getLeft() - insets.getRight()) * scale);
        int height = pixels((getHeight() - insets.getTop() - insets.getBottom()) * scale);
        boolean resized = surface.resize(width, height);
        surface.view().setLayoutX(insets.getLeft());
        surface.view().setLayoutY(insets.getTop());
        surface.place(0, width, scale);
        stale |= arrange(width, height, resized);
        if (stale) {
            stale = false;
            paints++;
            paint(width, height, Math.max(1, (int) Math.round(scale)));
            surface.changed(0, height);
        }
    }

    private void ring() {
        int argb = isFocused() ? palette.focusRing() : palette.edge();
        setBorder(
                new Border(
                        new BorderStroke(
                                HexView.color(argb),
                                BorderStrokeStyle.SOLID,
                                CornerRadii.EMPTY,
                                new BorderWidths(isFocused() ? 2 * RING : RING),
                                Insets.EMPTY)));
    }

    private static int pixels(double length) {
        return Math.max(1, (int) Math.floor(length + 1e-6));
    }
}
