package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.ui.hex.HexPalette;
import javafx.geometry.Insets;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// A bookmark's colour as the bytes show it.
final class Swatch {

    private Swatch() {}

    static Region of(HexPalette palette, Shade shade) {
        Region swatch = new Region();
        swatch.getStyleClass().add("bookmark-swatch");
        CornerRadii round = new CornerRadii(2);
        swatch.setBackground(
                new Background(
                        new BackgroundFill(color(palette.edge()), round, Insets.EMPTY),
                        new BackgroundFill(
                                color(palette.tints().of(shade.tint())), round, new Insets(1))));
        return swatch;
    }

    private static Color color(int argb) {
        return Color.rgb(argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF);
    }
}
