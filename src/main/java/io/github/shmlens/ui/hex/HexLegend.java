package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.text.Texts;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.RowConstraints;

/// What each mark of the hex view looks like, beside its words. The view's own painter paints the
/// samples, so that the two cannot differ. FX thread.
final class HexLegend extends GridPane {

    private static final Texts TEXTS = Texts.of(HexLegend.class);
    private static final int ACROSS = 4;
    private static final long NOW = 1L << 40;

    private enum Mark {
        CHANGED("legend.changed"),
        OURS("legend.ours"),
        BASELINE("legend.baseline"),
        OURS_SINCE("legend.ours-since"),
        TORN("legend.torn"),
        PENDING("legend.pending"),
        CONFLICT("legend.conflict"),
        BOOKMARK("legend.bookmark"),
        UNTOUCHED("legend.untouched"),
        UNSAMPLED("legend.unsampled");

        private final String key;

        Mark(String key) {
            this.key = key;
        }
    }

    private final HexPalette palette;
    private final GlyphAtlas atlas;
    private final double scale;

    /// @param scale device pixels per unit of layout
    HexLegend(HexPalette palette, GlyphAtlas atlas, double scale) {
        this.palette = palette;
        this.atlas = atlas;
        this.scale = scale;
        getStyleClass().add("hex-legend");
        setHgap(14);
        setVgap(8);
        for (Mark mark : Mark.values()) {
            Label words = new Label(TEXTS.say(mark.key));
            words.setWrapText(true);
            RowConstraints row = new RowConstraints();
            row.setValignment(VPos.CENTER);
            getRowConstraints().add(row);
            addRow(mark.ordinal(), sample(mark), words);
        }
    }

    private ImageView sample(Mark mark) {
        HexGrid grid = new HexGrid(atlas.cellWidth(), atlas.rowHeight(), ACROSS, 8);
        PixelSurface surface = new PixelSurface();
        surface.resize(grid.width(), 3 * grid.rowHeight());
        HexPainter painter = new HexPainter(new PixelSurface(), new PixelSurface(), surface);
        painter.setUp(atlas, grid, palette, Math.max(1, (int) Math.round(scale)));
        painter.paint(model(mark), NOW);
        // Only the bytes: no header, no addresses, and not the row that has the caret.
        ImageView view =
                new ImageView(
                        surface.copy(grid.hexX(0), 0, ACROSS * grid.hexWidth(), grid.rowHeight()));
        view.setFitWidth(ACROSS * grid.hexWidth() / scale);
        view.setFitHeight(grid.rowHeight() / scale);
        return view;
    }

    private static HexModel model(Mark mark) {
        HexModel model = new HexModel();
        model.setShape(ACROSS, 2);
        model.setSize(2 * ACROSS);
        model.select(ACROSS, ACROSS);
        byte[] bytes = {0x48, 0x65, 0x6c, 0x6f};
        byte[] marks = new byte[ACROSS];
        Arrays.fill(marks, (byte) bits(mark));
        long[] changedAt = new long[ACROSS];
        if (mark == Mark.CHANGED || mark == Mark.OURS) {
            Arrays.fill(changedAt, NOW);
        }
        if (mark != Mark.UNSAMPLED) {
            model.setWindow(new Window(0, bytes, marks, changedAt));
        }
        if (mark == Mark.BOOKMARK) {
            model.setTints(List.of(new Tint(0, ACROSS, Tint.Kind.BOOKMARK_AMBER)));
        }
        if (mark == Mark.PENDING || mark == Mark.CONFLICT) {
            byte[] seen = mark == Mark.PENDING ? bytes : new byte[ACROSS];
            model.pending().type(new PendingEdits.Place(0, false), 0, bytes, seen);
        }
        return model;
    }

    private static int bits(Mark mark) {
        return switch (mark) {
            case CHANGED, PENDING, CONFLICT, BOOKMARK -> Window.KNOWN;
            case OURS -> Window.KNOWN | Window.OURS;
            case BASELINE -> Window.KNOWN | Window.SINCE_BASELINE;
            case OURS_SINCE -> Window.KNOWN | Window.SINCE_BASELINE | Window.OURS;
            case TORN -> Window.KNOWN | Window.TORN;
            case UNTOUCHED, UNSAMPLED -> 0;
        };
    }
}
