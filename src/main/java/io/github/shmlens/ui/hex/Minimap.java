package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Overview;
import io.github.shmlens.source.Content;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.util.function.LongConsumer;
import javafx.geometry.Insets;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// The whole segment from top to bottom beside the hex view: on the left what its bytes are, on the
/// right what changed, and a frame around the stretch that the hex view shows.
///
/// Every kind has a pattern of its own and every change a length (the more often, the longer), so
/// that colour is not needed. FX thread.
public final class Minimap extends PixelBar {

    private static final Texts TEXTS = Texts.of(Minimap.class);

    /// Segments up to this size are seen at a glance in the hex view itself. A fixed size, because
    /// a screenful depends on whether this control takes room from it.
    private static final long SMALL_BYTES = 4096;

    /// A change is bright at first and dull after this.
    static final long FADE_NANOS = 10_000_000_000L;

    private static final int HEAT_LEVELS = 16;

    /// What fades is painted so often, and no more.
    private static final long FADE_STEP_NANOS = FADE_NANOS / HEAT_LEVELS / 2;

    private static final double WIDTH = 46;

    /// Changes that make a bar as long as can be.
    private static final int LONGEST_BITS = 24;

    /// So much of the height is a page.
    private static final int PAGES = 10;

    private Overview overview = Overview.EMPTY;
    private long watchedBytes;
    private long size;
    private long nowNanos;
    private long paintedNanos;
    private boolean fading;
    private boolean quiet;
    private boolean room = true;
    private Span onScreen = Span.NONE;
    private long focusOffset;
    private LongConsumer onGo = offset -> {};

    public Minimap() {
        super("minimap", TEXTS.say("minimap.role"));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        setVisible(false);
        setManaged(false);
    }

    /// Shows the newest look at the whole segment; hides where the segment is small.
    ///
    /// @param watched how much of the segment, from its start, is looked through
    /// @param now [System#nanoTime], what the ages of changes are counted from
    public void show(Overview newest, long sizeBytes, long watched, long now) {
        boolean wanted = room && sizeBytes > SMALL_BYTES;
        reveal(wanted);
        boolean news = newest != overview || sizeBytes != size || watched != watchedBytes;
        overview = newest;
        size = sizeBytes;
        watchedBytes = watched;
        nowNanos = now;
        if (wanted && (news || (fading && now - paintedNanos >= FADE_STEP_NANOS))) {
            repaint();
        }
    }

    /// Whether there is room for it beside the bytes; it hides where there is none.
    public void setRoom(boolean now) {
        if (now != room) {
            room = now;
            reveal(room && size > SMALL_BYTES);
            repaint();
        }
    }

    private void reveal(boolean wanted) {
        if (wanted != isManaged()) {
            setVisible(wanted);
            setManaged(wanted);
        }
    }

    /// What the hex view shows.
    public void setOnScreen(Span shown) {
        if (!shown.equals(onScreen)) {
            onScreen = shown;
            repaint();
        }
    }

    /// Quiet: nothing fades; what changed is dull at once.
    public void setQuiet(boolean on) {
        quiet = on;
        repaint();
    }

    /// Given the offset to bring to the middle of the screen.
    public void setOnGo(LongConsumer callback) {
        onGo = callback;
    }

    @Override
    protected double computePrefWidth(double height) {
        return WIDTH;
    }

    @Override
    protected double computeMinWidth(double height) {
        return WIDTH;
    }

    @Override
    protected double computeMaxWidth(double height) {
        return WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 120;
    }

    // ---- pixels

    @Override
    void paint(int width, int height, int line) {
        paintedNanos = nowNanos;
        fading = false;
        int middle = width / 2;
        surface.fill(0, 0, width, height, palette().background());
        for (int y = 0; y < height && size > 0; y++) {
            paintRow(y, height, middle, width, line);
        }
        surface.fill(middle, 0, line, height, palette().edge());
        paintOnScreen(width, height, line);
    }

    private void paintRow(int y, int height, int middle, int width, int line) {
        long from = offsetOf(y, height);
        Overview.Stretch there = overview.over(from, Math.max(from + 1, offsetOf(y + 1, height)));
        paintContent(there.content(), y, middle, line);
        if (there.changes() > 0) {
            paintChanges(there, y, middle + line, width - middle - line, line);
        }
        if (isTorn(there) && y / (2 * line) % 2 == 0) {
            surface.fill(width - 2 * line, y, 2 * line, 1, palette().torn());
        }
    }

    /// For as long as a change is bright.
    private boolean isTorn(Overview.Stretch there) {
        return there.tornAtNanos() != 0 && nowNanos - there.tornAtNanos() < FADE_NANOS;
    }

    private void paintContent(Content content, int y, int width, int line) {
        HexPalette.Tints tints = palette().tints();
        int strong = HexPalette.mix(tints.slotHeader(), palette().selection(), 0.8);
        switch (content) {
            case UNKNOWN -> dots(y, width, line, 8 * line, palette().background());
            case ABSENT -> slants(y, width, line);
            case ZERO -> surface.fill(0, y, width, 1, tints.header());
            case TEXT -> {
                surface.fill(0, y, width, 1, tints.value());
                if (y / line % 4 < 1) {
                    int ragged = width * (5 + y / line / 4 % 3) / 8;
                    surface.fill(2 * line, y, ragged, 1, palette().dim());
                }
            }
            case BINARY -> dots(y, width, line, 4 * line, strong);
            case DENSE -> {
                surface.fill(0, y, width, 1, strong);
                for (int x = (y / line + y / line / 3) % 2 * line; x < width; x += 2 * line) {
                    surface.fill(x, y, line, 1, palette().edge());
                }
            }
        }
    }

    private void dots(int y, int width, int line, int step, int ground) {
        surface.fill(0, y, width, 1, ground);
        if (y % step < line) {
            for (int x = y / step % 2 * step / 2; x < width; x += step) {
                surface.fill(x, y, line, 1, palette().edge());
            }
        }
    }

    private void slants(int y, int width, int line) {
        int step = 6 * line;
        surface.fill(0, y, width, 1, palette().background());
        for (int x = step - 1 - y % step; x < width; x += step) {
            surface.fill(x, y, line, 1, palette().edge());
        }
    }

    private void paintChanges(Overview.Stretch there, int y, int left, int room, int line) {
        int bits = Math.min(LONGEST_BITS, 64 - Long.numberOfLeadingZeros(there.changes()));
        int length = Math.max(3 * line, room * bits / LONGEST_BITS);
        int heat = quiet ? 0 : heat(there.changedAtNanos(), nowNanos);
        fading |= heat > 0;
        int dull = palette().edge();
        int colour = HexPalette.mix(dull, palette().changed(), heat / (double) HEAT_LEVELS);
        // Dull ones are thin: every second row only.
        if (heat > 0 || y / line % 2 == 0) {
            surface.fill(left, y, length, 1, colour);
        }
    }

    /// 16 for just now, 0 for long ago.
    static int heat(long changedAtNanos, long nowNanos) {
        long age = Math.max(0, nowNanos - changedAtNanos);
        return age >= FADE_NANOS ? 0 : HEAT_LEVELS - (int) (age / (FADE_NANOS / HEAT_LEVELS));
    }

    private void paintOnScreen(int width, int height, int line) {
        if (size <= 0 || onScreen.length() <= 0 || onScreen.length() >= size) {
            return;
        }
        int top = rowOf(onScreen.offset(), height);
        int bottom = rowOf(onScreen.offset() + onScreen.length() - 1, height);
        int shown = Math.max(5 * line, bottom - top + 1);
        int from = Math.clamp(top, 0, Math.max(0, height - shown));
        surface.frame(0, from, width, shown, line, palette().text());
        // Thick at its sides, so that the smallest frame is seen beside busy rows.
        surface.fill(0, from, 3 * line, shown, palette().text());
        surface.fill(width - 3 * line, from, 3 * line, shown, palette().text());
    }

    // ---- what is where

    /// As accurate as a double, which is finer than a row of pixels by far.
    private long offsetOf(int y, int height) {
        return y >= height ? size : (long) ((double) size * y / height);
    }

    private int rowOf(long offset, int height) {
        return (int) Math.clamp((double) offset / size * height, 0, height - 1);
    }

    private long offsetAt(double y) {
        Insets insets = getInsets();
        double room = Math.max(1, getHeight() - insets.getTop() - insets.getBottom());
        double part = Math.clamp((y - insets.getTop()) / room, 0, 1);
        return Math.clamp((long) (part * size), 0, Math.max(0, size - 1));
    }

    @Override
    String textAt(double x, double y) {
        return size <= 0 ? "" : words(offsetAt(y));
    }

    /// What is known about the bytes around an offset.
    private String words(long offset) {
        int height = Math.max(1, surface.height());
        int y = rowOf(offset, height);
        long from = offsetOf(y, height);
        long end = Math.max(from + 1, offsetOf(y + 1, height));
        Overview.Stretch there = overview.over(from, end);
        String what =
                switch (there.content()) {
                    case UNKNOWN ->
                            from >= watchedBytes
                                    ? TEXTS.say("minimap.not-watched", Figures.size(watchedBytes))
                                    : TEXTS.say("minimap.not-looked");
                    case ABSENT -> TEXTS.say("minimap.absent");
                    case ZERO -> TEXTS.say("minimap.zeros");
                    case TEXT -> TEXTS.say("minimap.text");
                    case BINARY -> TEXTS.say("minimap.data");
                    case DENSE -> TEXTS.say("minimap.dense");
                };
        return TEXTS.say(
                "minimap.line",
                from,
                end - 1,
                Figures.size(end - from),
                what,
                isTorn(there) ? TEXTS.say("minimap.torn") : "",
                ChangeWords.of(there.changes(), there.changedAtNanos(), nowNanos));
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragged(event);
    }

    private void dragged(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && size > 0) {
            go(offsetAt(event.getY()));
            event.consume();
        }
    }

    private void keyPressed(KeyEvent event) {
        if (size <= 0 || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        long row = Math.max(1, size / Math.max(1, surface.height()));
        long page = Math.max(1, size / PAGES);
        long at = middle();
        long to =
                switch (event.getCode()) {
                    case UP -> at - row;
                    case DOWN -> at > Long.MAX_VALUE - row ? Long.MAX_VALUE : at + row;
                    case PAGE_UP -> at - page;
                    case PAGE_DOWN -> at > Long.MAX_VALUE - page ? Long.MAX_VALUE : at + page;
                    case HOME -> 0;
                    case END -> Long.MAX_VALUE;
                    default -> Long.MIN_VALUE;
                };
        if (to == Long.MIN_VALUE) {
            return;
        }
        event.consume();
        go(Math.clamp(to, 0, size - 1));
    }

    /// Of what is on the screen; where it was sent last, if that is there.
    private long middle() {
        long within = focusOffset - onScreen.offset();
        return within >= 0 && within < onScreen.length()
                ? focusOffset
                : onScreen.offset() + onScreen.length() / 2;
    }

    private void go(long offset) {
        focusOffset = offset;
        setAccessibleText(words(offset));
        onGo.accept(offset);
    }
}
