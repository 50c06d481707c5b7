package io.github.shmlens.ui.hex;

import io.github.shmlens.layout.Part;
import io.github.shmlens.ui.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.geometry.Insets;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// The whole segment on one line: header, entries, free room, what is left over in it, and which
/// stretch the hex view shows. Free is hatched and stale is dotted, so that colour is not needed.
///
/// Each column of pixels shows the most telling thing in it (the chosen entry, then the header, an
/// entry, stale, free), so that the smallest part is at least one pixel wide, however many there
/// are. FX thread.
public final class OccupancyStrip extends PixelBar {

    private static final Texts TEXTS = Texts.of(OccupancyStrip.class);

    /// What a column of pixels shows, the later the more telling.
    enum Look {
        /// Nothing is known about these bytes.
        PLAIN,
        FREE,
        STALE,
        ENTRY_EVEN,
        ENTRY_ODD,
        /// More than one entry.
        ENTRIES,
        HEADER,
        CHOSEN
    }

    private static final double HEIGHT = 22;
    private static final int EDGE_ROOM = 4;

    private List<Part> parts = List.of();
    private List<Span> stale = List.of();
    private long size;
    private @Nullable Part chosen;
    private Span onScreen = Span.NONE;
    private LongConsumer onChoose = offset -> {};
    private long focusOffset;

    private Look[] columns = new Look[0];
    private boolean staleColumns = true;

    public OccupancyStrip() {
        super("occupancy-strip", TEXTS.say("strip.role"));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    /// Shows a structure's parts.
    ///
    /// @param newParts by rising offset; empty where no structure is known
    public void show(List<Part> newParts, long sizeBytes) {
        if (size == sizeBytes && parts.equals(newParts)) {
            return;
        }
        parts = List.copyOf(newParts);
        size = sizeBytes;
        setAccessibleText(summary());
        remap();
    }

    /// Stretches of free room that still hold what was removed.
    public void setStale(List<Span> stretches) {
        if (!stale.equals(stretches)) {
            stale = List.copyOf(stretches);
            remap();
        }
    }

    /// The entry to bring out; null for none.
    public void setChosen(@Nullable Part part) {
        if (part == null ? chosen != null : !part.equals(chosen)) {
            chosen = part;
            remap();
        }
    }

    /// What the hex view shows.
    public void setOnScreen(Span shown) {
        if (!shown.equals(onScreen)) {
            onScreen = shown;
            repaint();
        }
    }

    /// Given the offset of the byte, or of the part, that was clicked or stepped to.
    public void setOnChoose(LongConsumer callback) {
        onChoose = callback;
    }

    @Override
    boolean arrange(int width, int height, boolean resized) {
        if (!staleColumns && !resized) {
            return false;
        }
        staleColumns = false;
        Look[] now = columns(width);
        boolean others = !Arrays.equals(now, columns);
        columns = now;
        return others || resized;
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMaxHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 60;
    }

    // ---- columns

    /// What each of `width` columns shows.
    Look[] columns(int width) {
        Look[] made = new Look[width];
        Arrays.fill(made, Look.PLAIN);
        if (size <= 0) {
            return made;
        }
        int entry = 0;
        for (Part part : parts) {
            switch (part.kind()) {
                case FREE -> lay(made, part.offset(), part.length(), Look.FREE);
                case HEADER -> lay(made, part.offset(), part.length(), Look.HEADER);
                case ENTRY ->
                        lay(
                                made,
                                part.offset(),
                                part.length(),
                                entry++ % 2 == 0 ? Look.ENTRY_EVEN : Look.ENTRY_ODD);
            }
        }
        stale.forEach(span -> lay(made, span.offset(), span.length(), Look.STALE));
        Part brought = chosen;
        if (brought != null) {
            lay(made, brought.offset(), brought.length(), Look.CHOSEN);
        }
        return made;
    }

    private void lay(Look[] made, long offset, long length, Look look) {
        if (length > 0 && offset >= 0 && offset < size) {
            int last = lastColumn(offset, length, made.length);
            for (int x = column(offset, made.length); x <= last; x++) {
                made[x] = over(made[x], look);
            }
        }
    }

    private static Look over(Look below, Look look) {
        boolean entries =
                look.compareTo(Look.ENTRY_EVEN) >= 0
                        && look.compareTo(Look.ENTRIES) <= 0
                        && below.compareTo(Look.ENTRY_EVEN) >= 0
                        && below.compareTo(Look.ENTRIES) <= 0;
        if (entries) {
            return Look.ENTRIES;
        }
        return look.compareTo(below) >= 0 ? look : below;
    }

    private int column(long offset, int width) {
        return (int) Math.clamp((double) offset / size * width, 0, width - 1);
    }

    /// The column where a stretch ends is the next one's, unless it is all the stretch has.
    private int lastColumn(long offset, long length, int width) {
        int first = column(offset, width);
        if (length >= size - offset) {
            return width - 1;
        }
        return Math.max(first, column(offset + length, width) - 1);
    }

    // ---- pixels

    @Override
    void paint(int width, int height, int line) {
        for (int x = 0; x < width; x++) {
            Look look = columns[x];
            surface.fill(x, 0, 1, height, colour(look));
            if (look == Look.FREE) {
                pattern(x, height, line, 6 * line, palette().edge(), true);
            } else if (look == Look.STALE) {
                pattern(x, height, line, 4 * line, palette().torn(), false);
            }
            // A line between neighbours, where there is room for one.
            if (same(x - EDGE_ROOM, x - 1)
                    && same(x, x + EDGE_ROOM - 1)
                    && columns[x - 1] != look) {
                surface.fill(x, 0, 1, height, palette().edge());
            }
        }
        paintChosen(height, line);
        if (size > 0 && onScreen.length() > 0 && onScreen.length() < size) {
            int from = column(onScreen.offset(), width);
            int to = lastColumn(onScreen.offset(), onScreen.length(), width);
            int shown = Math.max(3 * line, to - from + 1);
            int left = Math.min(from, width - shown);
            surface.frame(left, 0, shown, height, line, palette().text());
            surface.fill(left, height - 3 * line, shown, 3 * line, palette().text());
        }
    }

    private boolean same(int from, int to) {
        if (from < 0 || to >= columns.length) {
            return false;
        }
        for (int x = from; x < to; x++) {
            if (columns[x] != columns[to]) {
                return false;
            }
        }
        return true;
    }

    /// A bar above and below, for those who do not see the colour.
    private void paintChosen(int height, int line) {
        for (int x = 0; x < columns.length; x++) {
            if (columns[x] == Look.CHOSEN) {
                surface.fill(x, 0, 1, 2 * line, palette().text());
                surface.fill(x, height - 2 * line, 1, 2 * line, palette().text());
            }
        }
    }

    private void pattern(int x, int height, int line, int step, int argb, boolean slanted) {
        for (int y = 0; y < height; y++) {
            boolean on = slanted ? (x + y) % step < line : x % step < line && y % step < line;
            if (on) {
                surface.fill(x, y, 1, 1, argb);
            }
        }
    }

    private int colour(Look look) {
        HexPalette.Tints tints = palette().tints();
        int base = tints.slotHeader();
        return switch (look) {
            case PLAIN -> tints.header();
            case FREE -> tints.free();
            case STALE -> tints.stale();
            case ENTRY_EVEN -> HexPalette.mix(base, palette().selection(), 0.7);
            case ENTRY_ODD -> HexPalette.mix(base, palette().selection(), 0.15);
            case ENTRIES -> HexPalette.mix(base, palette().selection(), 0.42);
            case HEADER -> palette().edge();
            case CHOSEN -> palette().caret();
        };
    }

    // ---- what is where

    private void pressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() == MouseButton.PRIMARY && size > 0) {
            focusOffset = offsetAt(event.getX());
            onChoose.accept(focusOffset);
            event.consume();
        }
    }

    /// Left and right step from part to part.
    private void keyPressed(KeyEvent event) {
        int step =
                switch (event.getCode()) {
                    case LEFT -> -1;
                    case RIGHT -> 1;
                    default -> 0;
                };
        if (step == 0 || parts.isEmpty()) {
            return;
        }
        event.consume();
        int at = Math.clamp(indexAt(focusOffset) + step, 0, parts.size() - 1);
        focusOffset = parts.get(at).offset();
        setAccessibleText(words(parts.get(at)));
        onChoose.accept(focusOffset);
    }

    private long offsetAt(double x) {
        Insets insets = getInsets();
        double width = Math.max(1, getWidth() - insets.getLeft() - insets.getRight());
        int column =
                (int)
                        Math.clamp(
                                (x - insets.getLeft()) / width * columns.length,
                                0,
                                Math.max(0, columns.length - 1));
        // A part narrower than its column: the part is meant, not the byte beside it.
        Part brought = chosen;
        if (brought != null && touches(brought, column)) {
            return inColumn(brought, column);
        }
        for (Part part : parts) {
            if (part.kind() != Part.Kind.FREE && touches(part, column)) {
                return inColumn(part, column);
            }
        }
        return Math.clamp(
                (long) ((double) column / Math.max(1, columns.length) * size), 0, size - 1);
    }

    private boolean touches(Part part, int column) {
        return part.length() > 0
                && part.offset() >= 0
                && part.offset() < size
                && column >= column(part.offset(), columns.length)
                && column <= lastColumn(part.offset(), part.length(), columns.length);
    }

    private long inColumn(Part part, int column) {
        long first = (long) Math.ceil((double) column / columns.length * size);
        return Math.clamp(
                first, part.offset(), Math.max(part.offset(), Math.min(part.end(), size) - 1));
    }

    /// Index of the last part that begins at or before this offset; −1 for none.
    private int indexAt(long offset) {
        int low = 0;
        int high = parts.size() - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (parts.get(middle).offset() <= offset) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    @Override
    String textAt(double x, double y) {
        if (size <= 0) {
            return "";
        }
        long offset = offsetAt(x);
        for (Span span : stale) {
            if (offset >= span.offset() && offset - span.offset() < span.length()) {
                return TEXTS.say("strip.stale", place(span.offset(), span.length()));
            }
        }
        int at = indexAt(offset);
        return at >= 0 && parts.get(at).covers(offset)
                ? words(parts.get(at))
                : TEXTS.say("strip.offset", offset, size);
    }

    private static String words(Part part) {
        String what =
                switch (part.kind()) {
                    case HEADER -> TEXTS.say("strip.header");
                    case ENTRY -> TEXTS.say("strip.slot", part.key());
                    case FREE -> TEXTS.say("strip.free");
                };
        return what + ": " + place(part.offset(), part.length());
    }

    private static String place(long offset, long length) {
        return TEXTS.count("strip.place", length, offset);
    }

    private String summary() {
        long entries = 0;
        long used = 0;
        long free = 0;
        for (Part part : parts) {
            switch (part.kind()) {
                case HEADER -> used += part.length();
                case ENTRY -> {
                    entries++;
                    used += part.length();
                }
                case FREE -> free += part.length();
            }
        }
        return parts.isEmpty()
                ? TEXTS.count("strip.no-structure", size)
                : TEXTS.say("strip.summary", entries, used, free);
    }

    private void remap() {
        staleColumns = true;
        setNeedsLayout(true);
    }
}
