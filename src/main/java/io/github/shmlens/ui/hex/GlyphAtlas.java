package io.github.shmlens.ui.hex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Glyphs of one monospaced font at one size in device pixels, as coverage, and tiles of them
/// blended into a foreground and background, ready to be copied to the screen.
///
/// ```
/// hex tile: half a cell, digit, digit, half a cell        text tile: one cell
/// ```
final class GlyphAtlas {

    /// Dots for a page never touched, dashes for bytes not sampled yet: beside the 256 values.
    static final int UNTOUCHED = 256;

    static final int UNSAMPLED = 257;
    static final int CODES = 258;

    private static final int FIRST = ' ';
    private static final int LAST = '~';
    private static final int DOT = LAST + 1;
    private static final char DOT_CHAR = '\u00b7';
    private static final int GLYPHS = DOT - FIRST + 1;
    private static final int ACROSS = 16;
    private static final String DIGITS = "0123456789abcdef";

    /// Pixels of cached tiles after which all are let go: 16 MiB.
    private static final int CACHE_PIXELS = 4 << 20;

    private final int cellWidth;
    private final int rowHeight;
    private final byte[][] plain;
    private final byte[][] bold;
    private final Map<Ink, Tiles> tiles = new HashMap<>();
    private int cachedPixels;

    /// Foreground and background of a tile.
    record Ink(int foreground, int background, boolean bold) {}

    /// Tiles of one ink, made when first asked for.
    final class Tiles {
        private final Ink ink;
        private final int[] blended = new int[256];
        private final int[] @Nullable [] hex = new int[CODES][];
        private final int[] @Nullable [] single = new int[GLYPHS][];

        private Tiles(Ink ink) {
            this.ink = ink;
            for (int coverage = 0; coverage < 256; coverage++) {
                blended[coverage] =
                        HexPalette.mix(ink.background(), ink.foreground(), coverage / 255.0);
            }
        }

        /// Two digits, [#UNTOUCHED] or [#UNSAMPLED].
        int[] hex(int code) {
            int @Nullable [] tile = hex[code];
            if (tile == null) {
                tile = make(hexWidth());
                int left = cellWidth / 2;
                draw(tile, hexWidth(), left, glyphOfDigit(code, 4));
                draw(tile, hexWidth(), left + cellWidth, glyphOfDigit(code, 0));
                hex[code] = tile;
            }
            return tile;
        }

        /// The byte as a character, a dot where it is none.
        int[] text(int code) {
            return switch (code) {
                case UNTOUCHED -> glyph(DOT - FIRST);
                case UNSAMPLED -> glyph(0);
                default -> glyph((isPrintable(code) ? code : '.') - FIRST);
            };
        }

        /// A character of ASCII.
        int[] character(char c) {
            return glyph((c >= FIRST && c <= LAST ? c : '?') - FIRST);
        }

        private int[] glyph(int glyph) {
            int @Nullable [] tile = single[glyph];
            if (tile == null) {
                tile = make(cellWidth);
                draw(tile, cellWidth, 0, glyph);
                single[glyph] = tile;
            }
            return tile;
        }

        private int[] make(int width) {
            if (cachedPixels > CACHE_PIXELS) {
                tiles.values().forEach(Tiles::clear);
                cachedPixels = 0;
            }
            int[] made = new int[width * rowHeight];
            Arrays.fill(made, ink.background());
            cachedPixels += made.length;
            return made;
        }

        private void clear() {
            Arrays.fill(hex, null);
            Arrays.fill(single, null);
        }

        private void draw(int[] tile, int tileWidth, int x, int glyph) {
            byte[] mask = (ink.bold() ? bold : plain)[glyph];
            for (int line = 0; line < rowHeight; line++) {
                for (int i = 0; i < cellWidth; i++) {
                    tile[line * tileWidth + x + i] = blended[mask[line * cellWidth + i] & 0xFF];
                }
            }
        }
    }

    /// FX thread: the font's rasteriser is reached through a snapshot.
    ///
    /// @param pixelSize font size in device pixels
    static GlyphAtlas of(String family, double pixelSize) {
        Font plain = Font.font(family, FontWeight.NORMAL, pixelSize);
        Font bold = Font.font(family, FontWeight.BOLD, pixelSize);
        Text probe = new Text("0");
        probe.setFont(plain);
        double advance = probe.getLayoutBounds().getWidth();
        double line = probe.getLayoutBounds().getHeight();
        int cell = Math.max(1, (int) Math.round(advance));
        // A little air, so that lines under one row and dots above the next do not touch.
        int row = (int) Math.ceil(line) + Math.max(2, (int) Math.round(pixelSize / 6));
        return new GlyphAtlas(cell, row, masks(plain, cell, row), masks(bold, cell, row));
    }

    private GlyphAtlas(int cellWidth, int rowHeight, byte[][] plain, byte[][] bold) {
        this.cellWidth = cellWidth;
        this.rowHeight = rowHeight;
        this.plain = plain;
        this.bold = bold;
    }

    int cellWidth() {
        return cellWidth;
    }

    int rowHeight() {
        return rowHeight;
    }

    int hexWidth() {
        return 3 * cellWidth;
    }

    /// The same object for the same ink, always.
    Tiles of(Ink ink) {
        return tiles.computeIfAbsent(ink, Tiles::new);
    }

    static boolean isPrintable(int code) {
        return code >= FIRST && code <= LAST;
    }

    private static int glyphOfDigit(int code, int shift) {
        return switch (code) {
            case UNTOUCHED -> DOT - FIRST;
            case UNSAMPLED -> '-' - FIRST;
            default -> DIGITS.charAt(code >> shift & 0xF) - FIRST;
        };
    }

    private static byte[][] masks(Font font, int cell, int row) {
        Canvas canvas = new Canvas(ACROSS * cell, (GLYPHS + ACROSS - 1) / ACROSS * row);
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(Color.BLACK);
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.setFill(Color.WHITE);
        g.setFont(font);
        g.setTextBaseline(VPos.BASELINE);
        Text probe = new Text("0");
        probe.setFont(font);
        double ascent = probe.getBaselineOffset();
        double line = probe.getLayoutBounds().getHeight();
        double baseline = Math.round((row - line) / 2 + ascent);
        for (int i = 0; i < GLYPHS; i++) {
            char c = i == DOT - FIRST ? DOT_CHAR : (char) (FIRST + i);
            g.save();
            g.beginPath();
            g.rect(i % ACROSS * cell, i / ACROSS * row, cell, row);
            g.clip();
            g.fillText(String.valueOf(c), i % ACROSS * cell, i / ACROSS * row + baseline);
            g.restore();
        }
        WritableImage image = canvas.snapshot(new SnapshotParameters(), null);
        PixelReader pixels = image.getPixelReader();
        byte[][] masks = new byte[GLYPHS][cell * row];
        for (int i = 0; i < GLYPHS; i++) {
            for (int y = 0; y < row; y++) {
                for (int x = 0; x < cell; x++) {
                    int argb = pixels.getArgb(i % ACROSS * cell + x, i / ACROSS * row + y);
                    masks[i][y * cell + x] = (byte) (argb >> 8 & 0xFF);
                }
            }
        }
        return masks;
    }
}
