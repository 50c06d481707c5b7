package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.GlyphAtlas.Ink;
import io.github.shmlens.ui.hex.GlyphAtlas.Tiles;
import io.github.shmlens.ui.hex.HexModel.Column;
import io.github.shmlens.ui.hex.PendingEdits.Typed;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paints a [HexModel]: the column heads, the addresses and the bytes of its visible rows, each
/// into a [PixelSurface] of its own, because bytes change often and the others only when the view
/// scrolls or not even then. All count columns as [HexGrid] does, and lines from their own top.
///
/// What a cell looks like is one number, its *look*. A cell whose look is as painted last is not
/// touched, so one changed byte costs one cell and a quiet view costs nothing.
///
/// ```
/// look  0        8          10     14     15     19    20 …
///       +--------+----------+------+------+------+-----------------
///       | value  | presence | heat | ours | tint | one bit for each mark
///       +--------+----------+------+------+------+-----------------
/// ```
final class HexPainter {

    /// A change is at full heat at first and gone after this.
    static final long FADE_NANOS = 1_000_000_000L;

    static final int HEAT_LEVELS = 8;

    static final int PRESENCE_SHIFT = 8;
    static final int HEAT_SHIFT = 10;
    static final int OURS_SHIFT = 14;
    static final int TINT_SHIFT = 15;

    /// Beyond the segment's end.
    private static final int BEYOND = 0;

    private static final int UNSAMPLED = 1;
    private static final int UNTOUCHED = 2;
    static final int KNOWN = 3;

    static final int SELECTED = 1 << 20;
    static final int PENDING = 1 << 21;
    static final int CONFLICT = 1 << 22;
    private static final int TORN = 1 << 23;
    private static final int BASELINE = 1 << 24;
    private static final int TINT_STARTS = 1 << 25;
    private static final int CARET_HEX = 1 << 26;
    private static final int CARET_TEXT = 1 << 27;
    private static final int CARET_LOW = 1 << 28;

    /// The gap behind the cell shows the same background.
    private static final int JOINED = 1 << 29;

    static final int IDLE = 1 << 30;
    private static final int NEVER_PAINTED = -1;
    private static final List<Tint.Kind> KINDS = List.of(Tint.Kind.values());

    private final PixelSurface heads;
    private final PixelSurface margin;
    private final PixelSurface surface;
    private @Nullable GlyphAtlas atlas;
    private HexGrid grid = new HexGrid(1, 1, 16, 8);
    private HexPalette palette = HexPalette.LIGHT;
    private int line = 1;
    private int visibleRows;
    private int[] looks = new int[0];
    private long[] addresses = new long[0];
    private byte[] tintOf = new byte[0];
    private final @Nullable Tiles[] tilesByLook = new Tiles[1 << 15];
    private boolean quiet;
    private boolean lost;
    private boolean focused;

    private int paintedCells;
    private int paintedRows;
    private boolean fading;

    /// @param margin for the addresses
    /// @param surface for the bytes
    HexPainter(PixelSurface heads, PixelSurface margin, PixelSurface surface) {
        this.heads = heads;
        this.margin = margin;
        this.surface = surface;
    }

    /// Everything is painted anew after this.
    ///
    /// @param thickness of lines, in device pixels
    void setUp(GlyphAtlas newAtlas, HexGrid newGrid, HexPalette newPalette, int thickness) {
        atlas = newAtlas;
        grid = newGrid;
        palette = newPalette;
        line = thickness;
        visibleRows = (surface.height() + grid.rowHeight() - 1) / grid.rowHeight();
        looks = new int[visibleRows * grid.bytesPerRow()];
        addresses = new long[visibleRows];
        tintOf = new byte[looks.length];
        Arrays.fill(looks, NEVER_PAINTED);
        Arrays.fill(addresses, -1);
        Arrays.fill(tilesByLook, null);
        for (PixelSurface part : List.of(heads, margin, surface)) {
            part.fill(0, 0, part.width(), part.height(), palette.background());
        }
        paintHeads(newAtlas);
        for (PixelSurface part : List.of(heads, margin, surface)) {
            part.changed(0, part.height());
        }
    }

    void setQuiet(boolean on) {
        quiet = on;
    }

    void setLost(boolean on) {
        lost = on;
    }

    void setFocused(boolean on) {
        focused = on;
    }

    /// Rows that are at least partly visible.
    int visibleRows() {
        return visibleRows;
    }

    int paintedCells() {
        return paintedCells;
    }

    int paintedRows() {
        return paintedRows;
    }

    /// Whether something is still cooling down, and the same paint later would look different.
    boolean fading() {
        return fading;
    }

    /// Brings the surface up to date.
    void paint(HexModel model, long nowNanos) {
        @Nullable GlyphAtlas glyphs = atlas;
        paintedCells = 0;
        paintedRows = 0;
        fading = false;
        if (glyphs == null) {
            return;
        }
        layTints(model);
        int addresses = 0;
        int cells = 0;
        for (int row = 0; row < visibleRows; row++) {
            boolean address = paintAddress(model, glyphs, row);
            boolean bytes = paintCells(model, glyphs, row, nowNanos);
            paintedRows += address || bytes ? 1 : 0;
            if (!address) {
                handOver(margin, addresses, row);
                addresses = row + 1;
            }
            if (!bytes) {
                handOver(surface, cells, row);
                cells = row + 1;
            }
        }
        handOver(margin, addresses, visibleRows);
        handOver(surface, cells, visibleRows);
    }

    private void handOver(PixelSurface part, int fromRow, int toRow) {
        if (fromRow < toRow) {
            part.changed(fromRow * grid.rowHeight(), toRow * grid.rowHeight());
        }
    }

    /// 8 for just now, 0 for cold.
    static int heat(long changedAtNanos, long nowNanos) {
        if (changedAtNanos == 0) {
            return 0;
        }
        long age = nowNanos - changedAtNanos;
        if (age >= FADE_NANOS) {
            return 0;
        }
        return age <= 0 ? HEAT_LEVELS : HEAT_LEVELS - (int) (age * HEAT_LEVELS / FADE_NANOS);
    }

    private boolean paintCells(HexModel model, GlyphAtlas glyphs, int row, long nowNanos) {
        int bytesPerRow = grid.bytesPerRow();
        long rowNumber = model.topRow() + row;
        boolean there = rowNumber < model.rows();
        long start = there ? rowNumber * bytesPerRow : 0;
        boolean painted = false;
        for (int i = 0; i < bytesPerRow; i++) {
            int at = row * bytesPerRow + i;
            // Compared without a sum, which could overflow at the largest sizes.
            int look = there && i < model.size() - start ? look(model, start + i, at, nowNanos) : 0;
            if (look != 0 && grid.endsGroup(i) && joins(model, start + i, at)) {
                look |= JOINED;
            }
            if (look != looks[at]) {
                looks[at] = look;
                paintCell(glyphs, row, i, look);
                paintedCells++;
                painted = true;
            }
        }
        return painted;
    }

    private boolean paintAddress(HexModel model, GlyphAtlas glyphs, int row) {
        long rowNumber = model.topRow() + row;
        boolean there = rowNumber < model.rows();
        boolean caret =
                there
                        && !model.selection().isNone()
                        && model.selection().caret() / grid.bytesPerRow() == rowNumber;
        long look = there ? (rowNumber << 1) | (caret ? 1 : 0) : -2;
        if (addresses[row] == look) {
            return false;
        }
        addresses[row] = look;
        int y = row * grid.rowHeight();
        int digits = grid.addressDigits();
        if (there) {
            int foreground = caret ? palette.text() : palette.dim();
            Tiles tiles = glyphs.of(new Ink(foreground, palette.background(), caret));
            long offset = rowNumber * grid.bytesPerRow();
            for (int i = 0; i < digits; i++) {
                int digit = (int) (offset >>> (4 * (digits - 1 - i))) & 0xF;
                int[] tile = tiles.character(Character.forDigit(digit, 16));
                int x = grid.addressX() + i * grid.cell();
                margin.blit(tile, grid.cell(), grid.rowHeight(), x, y);
            }
        } else {
            margin.fill(
                    grid.addressX(),
                    y,
                    digits * grid.cell(),
                    grid.rowHeight(),
                    palette.background());
        }
        return true;
    }

    private int look(HexModel model, long offset, int at, long nowNanos) {
        Window window = model.window();
        int look;
        if (window.covers(offset)) {
            int index = (int) (offset - window.offset());
            int marks = window.marks()[index];
            if ((marks & Window.KNOWN) == 0) {
                look = UNTOUCHED << PRESENCE_SHIFT;
            } else {
                look = (window.bytes()[index] & 0xFF) | (KNOWN << PRESENCE_SHIFT);
                look |= (marks & Window.TORN) != 0 ? TORN : 0;
                look |= (marks & Window.SINCE_BASELINE) != 0 ? BASELINE : 0;
                int heat = quiet || lost ? 0 : heat(window.changedAtNanos()[index], nowNanos);
                fading |= heat > 0;
                look |= heat << HEAT_SHIFT;
                // Without heat or a line below, whose change it was is not shown.
                boolean ours = (marks & Window.OURS) != 0 && (heat > 0 || (look & BASELINE) != 0);
                look |= ours ? 1 << OURS_SHIFT : 0;
            }
        } else {
            look = UNSAMPLED << PRESENCE_SHIFT;
        }
        look |= tintOf[at] << TINT_SHIFT;
        look |= tintOf[at] != 0 && tintStarts(at) ? TINT_STARTS : 0;
        @Nullable Typed typed = model.pending().at(offset);
        if (typed != null) {
            look = look & ~0xFF & ~(3 << PRESENCE_SHIFT);
            look |= (typed.next() & 0xFF) | (KNOWN << PRESENCE_SHIFT) | PENDING;
            look |= model.conflicts(offset, typed) ? CONFLICT : 0;
        }
        Selection selection = model.selection();
        if (selection.covers(offset)) {
            look |= selection.length() > 1 ? SELECTED : 0;
            if (selection.caret() == offset) {
                look |= model.column() == Column.HEX ? CARET_HEX : CARET_TEXT;
                look |= model.low() ? CARET_LOW : 0;
            }
            look |= focused ? 0 : IDLE;
        }
        return look;
    }

    private boolean tintStarts(int at) {
        return at == 0 || tintOf[at - 1] != tintOf[at];
    }

    private boolean joins(HexModel model, long offset, int at) {
        Selection selection = model.selection();
        boolean chosen = selection.length() > 1 && selection.covers(offset);
        boolean chosenNext = selection.length() > 1 && selection.covers(offset + 1);
        return chosen == chosenNext
                && offset < model.size() - 1
                && (chosen || tintOf[at] != 0)
                && (chosen || tintOf[at] == tintOf[at + 1]);
    }

    /// For each visible byte, which tint covers it last.
    private void layTints(HexModel model) {
        Arrays.fill(tintOf, (byte) 0);
        long first = model.topRow() * grid.bytesPerRow();
        List<Tint> tints = model.tints();
        // By index: an iterator would be garbage in every frame.
        for (int i = 0; i < tints.size(); i++) {
            Tint tint = tints.get(i);
            if (tint.length() <= 0 || tint.end() <= first) {
                continue;
            }
            long from = Math.max(0, tint.offset() - first);
            long to = Math.min(tintOf.length, tint.end() - first);
            if (from < to) {
                Arrays.fill(tintOf, (int) from, (int) to, (byte) (tint.kind().ordinal() + 1));
            }
        }
    }

    private void paintCell(GlyphAtlas glyphs, int row, int i, int look) {
        int x = grid.hexX(i);
        int textX = grid.textX(i);
        int y = row * grid.rowHeight();
        int w = grid.hexWidth();
        int h = grid.rowHeight();
        int presence = look >> PRESENCE_SHIFT & 3;
        if (presence == BEYOND) {
            surface.fill(x, y, w, h, palette.background());
            surface.fill(textX, y, grid.cell(), h, palette.background());
            paintGap(i, x + w, y, palette.background());
            return;
        }
        int code =
                switch (presence) {
                    case UNSAMPLED -> GlyphAtlas.UNSAMPLED;
                    case UNTOUCHED -> GlyphAtlas.UNTOUCHED;
                    default -> look & 0xFF;
                };
        boolean faint = lost || presence != KNOWN || code == 0;
        boolean faintText = faint || !GlyphAtlas.isPrintable(code);
        surface.blit(tiles(glyphs, look, faint).hex(code), w, h, x, y);
        surface.blit(tiles(glyphs, look, faintText).text(code), grid.cell(), h, textX, y);
        paintGap(i, x + w, y, (look & JOINED) != 0 ? ground(palette, look) : palette.background());
        paintMarks(look, x, textX, y);
        paintCaret(look, x, textX, y);
    }

    private void paintGap(int i, int x, int y, int argb) {
        if (grid.endsGroup(i)) {
            surface.fill(x, y, grid.cell(), grid.rowHeight(), argb);
        }
    }

    private void paintMarks(int look, int x, int textX, int y) {
        int cell = grid.cell();
        int left = x + cell / 2;
        int bottom = y + grid.rowHeight();
        if ((look & TINT_STARTS) != 0) {
            surface.fill(x, y, line, grid.rowHeight(), palette.edge());
        }
        int tint = look >> TINT_SHIFT & 0x1F;
        if (tint != 0 && KINDS.get(tint - 1).isBookmark()) {
            surface.fill(x, y, grid.hexWidth(), line, palette.text());
            surface.fill(textX, y, cell, line, palette.text());
        }
        if ((look & TORN) != 0) {
            dottedLines(x, y, grid.hexWidth());
            dottedSides(x, y, grid.hexWidth());
            dottedLines(textX, y, cell);
        }
        if ((look & BASELINE) != 0) {
            surface.fill(left, bottom - line, 2 * cell, line, palette.baseline());
            surface.fill(textX, bottom - line, cell, line, palette.baseline());
            if ((look >> OURS_SHIFT & 1) != 0) {
                surface.fill(left, bottom - 3 * line, 2 * cell, line, palette.baseline());
                surface.fill(textX, bottom - 3 * line, cell, line, palette.baseline());
            }
        }
        if ((look & CONFLICT) != 0) {
            surface.frame(x, y, grid.hexWidth(), grid.rowHeight(), line, palette.conflictText());
        } else if ((look & PENDING) != 0) {
            surface.fill(x, y, grid.hexWidth(), line, palette.pendingText());
            surface.fill(x, bottom - line, grid.hexWidth(), line, palette.pendingText());
        }
    }

    /// Above and below.
    private void dottedLines(int x, int y, int width) {
        int bottom = y + grid.rowHeight() - line;
        for (int at = x; at <= x + width - line; at += 2 * line) {
            surface.fill(at, y, line, line, palette.torn());
            surface.fill(at, bottom, line, line, palette.torn());
        }
    }

    private void dottedSides(int x, int y, int width) {
        int bottom = y + grid.rowHeight() - line;
        for (int at = y; at <= bottom; at += 2 * line) {
            surface.fill(x, at, line, line, palette.torn());
            surface.fill(x + width - line, at, line, line, palette.torn());
        }
    }

    private void paintCaret(int look, int x, int textX, int y) {
        boolean inHex = (look & CARET_HEX) != 0;
        boolean inText = (look & CARET_TEXT) != 0;
        if (!inHex && !inText) {
            return;
        }
        int cell = grid.cell();
        int bold = (look & IDLE) == 0 ? 2 * line : line;
        boolean low = (look & CARET_LOW) != 0;
        int hexX = low ? x + cell / 2 + cell : x;
        int hexW = low ? cell : grid.hexWidth();
        surface.frame(hexX, y, hexW, grid.rowHeight(), inHex ? bold : line, palette.caret());
        surface.frame(textX, y, cell, grid.rowHeight(), inText ? bold : line, palette.caret());
    }

    /// Tiles of a look's ink, found without hashing: there are few looks once value and place are
    /// left out.
    private Tiles tiles(GlyphAtlas glyphs, int look, boolean faint) {
        int ground = look >> HEAT_SHIFT & 0x3FF;
        int state = (look & (SELECTED | PENDING | CONFLICT)) / SELECTED;
        int rest = ((look & IDLE) != 0 ? 1 : 0) + (faint ? 2 : 0);
        int index = ground | state << 10 | rest << 13;
        @Nullable Tiles known = tilesByLook[index];
        if (known == null) {
            known = glyphs.of(ink(palette, look, faint));
            tilesByLook[index] = known;
        }
        return known;
    }

    /// Ink that can be read on the cell's background.
    ///
    /// @param faint text that matters less
    static Ink ink(HexPalette palette, int look, boolean faint) {
        boolean typed = (look & PENDING) != 0;
        int wanted;
        if ((look & CONFLICT) != 0) {
            wanted = palette.conflictText();
        } else if (typed) {
            wanted = palette.pendingText();
        } else if (faint) {
            wanted = palette.dim();
        } else {
            wanted = palette.text();
        }
        int background = background(palette, look);
        return new Ink(palette.inkOn(background, wanted), background, typed);
    }

    /// The background without heat.
    private static int ground(HexPalette palette, int look) {
        if ((look & SELECTED) != 0) {
            return (look & IDLE) != 0 ? palette.idleSelection() : palette.selection();
        }
        int tint = look >> TINT_SHIFT & 0x1F;
        return tint == 0 ? palette.background() : palette.tints().of(KINDS.get(tint - 1));
    }

    private static int background(HexPalette palette, int look) {
        int ground = ground(palette, look);
        if ((look & PENDING) != 0) {
            int typed = (look & CONFLICT) != 0 ? palette.conflict() : palette.pending();
            return (look & SELECTED) != 0 ? HexPalette.mix(typed, ground, 0.4) : typed;
        }
        int heat = look >> HEAT_SHIFT & 0xF;
        int hue = (look >> OURS_SHIFT & 1) != 0 ? palette.ours() : palette.changed();
        return heat == 0 ? ground : HexPalette.mix(ground, hue, heat / (double) HEAT_LEVELS);
    }

    private void paintHeads(GlyphAtlas glyphs) {
        Tiles tiles = glyphs.of(new Ink(palette.dim(), palette.background(), false));
        int height = grid.rowHeight();
        for (int i = 0; i < grid.bytesPerRow(); i++) {
            heads.blit(tiles.hex(i), grid.hexWidth(), height, grid.hexX(i), 0);
            char digit = Character.forDigit(i & 0xF, 16);
            heads.blit(tiles.character(digit), grid.cell(), height, grid.textX(i), 0);
        }
        heads.fill(0, heads.height() - line, heads.width(), line, palette.edge());
    }
}
