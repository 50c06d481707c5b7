package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Background;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The bytes of a segment of any size, live: what they are, what just changed, and by whom.
///
/// It holds no memory of the segment itself: it tells which bytes are on the screen
/// ([#setOnViewport]) and shows the newest window it is given ([#show]). What is typed stays
/// pending here until it is committed ([#setOnCommit]); this class writes nothing.
///
/// FX thread.
public final class HexView extends Region {

    /// Told which bytes to sample.
    @FunctionalInterface
    public interface Viewport {
        /// The screen shows other bytes, or more.
        ///
        /// @param offset first byte on the screen, or up to a page before it, so that scrolling
        ///   finds its bytes already sampled
        /// @param length up to three pages
        void moved(long offset, int length);
    }

    /// Decides about what is pasted and does not simply fit.
    public interface Pasting {
        /// There are more bytes than are chosen, or than the segment has room for: asks, and calls
        /// [#typeOver] with as many as shall be pasted.
        void exceeds(Paste paste);

        /// The bytes below were not sampled: reads them and calls [#resume].
        void beyond(long offset, byte[] next);

        /// The clipboard holds nothing that can be pasted so.
        void refused(String sentence);
    }

    /// A line of the context menu that another part of the program answers.
    record Extra(String words, Runnable action) {}

    private static final Texts TEXTS = Texts.of(HexView.class);

    /// As many bytes a row as the width has room for.
    public static final int AUTO = 0;

    private static final double RING = 2;
    private static final double DEFAULT_FONT_SIZE = 13;
    private static final String FAMILY = "DejaVu Sans Mono";

    private final HexModel model = new HexModel();
    private final PixelSurface heads = new PixelSurface();
    private final PixelSurface margin = new PixelSurface();
    private final PixelSurface surface = new PixelSurface();
    private final HexPainter painter = new HexPainter(heads, margin, surface);
    private final RowBar rows = new RowBar(this::scrolledByBar);
    private final ScrollBar vertical = rows.bar();
    private final ScrollBar horizontal = new ScrollBar();

    /// What no surface covers: beside the rows, and below them where there is a bar.
    private final Region blankBeside = new Region();

    private final Region blankBelow = new Region();
    private final LongSupplier clock;
    private final AnimationTimer fade =
            new AnimationTimer() {
                @Override
                public void handle(long frame) {
                    cool();
                }
            };

    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(this, "selection", Selection.NONE);
    private final ReadOnlyObjectWrapper<Pending> pending =
            new ReadOnlyObjectWrapper<>(this, "pending", Pending.NONE);
    private final ReadOnlyObjectWrapper<Span> onScreen =
            new ReadOnlyObjectWrapper<>(this, "onScreen", Span.NONE);
    private final BooleanProperty editable = new SimpleBooleanProperty(this, "editable", false);

    private Viewport onViewport = (offset, length) -> {};
    private Consumer<HexEdit> onCommit = edit -> {};
    private Consumer<Selection> onSelect = chosen -> {};
    private Consumer<CopyRequest> onCopyBeyond = request -> {};
    private Pasting onPaste =
            new Pasting() {
                @Override
                public void exceeds(Paste paste) {}

                @Override
                public void beyond(long offset, byte[] next) {}

                @Override
                public void refused(String sentence) {}
            };
    private LongFunction<String> onHover = at -> "";
    private Runnable onLockedTyping = () -> {};
    private Runnable onGoTo = () -> {};
    private final List<Extra> extras = new ArrayList<>();

    private HexPalette palette = HexPalette.LIGHT;
    private double fontSize = DEFAULT_FONT_SIZE;
    private int wantedBytesPerRow = AUTO;
    private long clockSkew;
    private @Nullable GlyphAtlas atlas;
    private double atlasSize;
    private HexGrid grid = new HexGrid(1, 1, 16, 8);
    private double scale = 1;
    private int scrolledX;
    private boolean repaintAll = true;
    private Span sampled = Span.NONE;

    public HexView() {
        this(System::nanoTime);
    }

    /// @param clock nanoseconds, for tests that hold time still
    HexView(LongSupplier clock) {
        this.clock = clock;
        horizontal.setOrientation(Orientation.HORIZONTAL);
        horizontal.setManaged(false);
        horizontal.setFocusTraversable(false);
        blankBeside.setManaged(false);
        blankBelow.setManaged(false);
        getChildren()
                .addAll(
                        blankBeside,
                        blankBelow,
                        heads.view(),
                        margin.view(),
                        surface.view(),
                        vertical,
                        horizontal);
        getStyleClass().add("hex-view");
        setFocusTraversable(true);
        setAccessibleRoleDescription(TEXTS.say("view.role"));
        setPalette(palette);
        horizontal.valueProperty().subscribe(value -> setNeedsLayout(true));
        focusedProperty().subscribe(this::focusMoved);
        sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(javafx.stage.Window::renderScaleXProperty)
                .subscribe(ignored -> setNeedsLayout(true));
        new HexInput(this).listen();
        new HexHover(this, at -> onHover.apply(at)).listen();
    }

    // ---- what to show

    /// The segment's size. What lay beyond it is let go, pending edits too.
    public void setSize(long sizeBytes) {
        if (model.size() != sizeBytes) {
            model.setSize(sizeBytes);
            refresh(false);
        }
    }

    /// Shows the newest bytes.
    ///
    /// @param nowNanos [System#nanoTime], what the ages of changes are counted from
    public void show(Window newest, long nowNanos) {
        clockSkew = nowNanos - clock.getAsLong();
        // A look that saw nothing new gives the same window again.
        boolean news = newest != model.window();
        model.setWindow(newest);
        if (!pending.get().isEmpty()) {
            pending.set(model.pendingCount());
        }
        if (news || painter.fading()) {
            setNeedsLayout(true);
        }
    }

    /// Backgrounds, later ones over earlier ones. Replaces all given before.
    public void setTints(List<Tint> tints) {
        if (!tints.equals(model.tints())) {
            model.setTints(tints);
            setNeedsLayout(true);
        }
    }

    public void setPalette(HexPalette newPalette) {
        palette = newPalette;
        Color blank = color(palette.background());
        PixelSurface.coverWhole(this, blank);
        blankBeside.setBackground(Background.fill(blank));
        blankBelow.setBackground(Background.fill(blank));
        ring();
        repaint();
    }

    /// In layout units; the window's scale comes on top.
    public void setFontSize(double size) {
        fontSize = Math.clamp(size, 6, 72);
        repaint();
    }

    /// 8, 16, 32 or [#AUTO].
    public void setBytesPerRow(int count) {
        if (count != AUTO && count != 8 && count != 16 && count != 32) {
            throw new IllegalArgumentException("%d bytes a row".formatted(count));
        }
        wantedBytesPerRow = count;
        repaint();
    }

    /// As shown at the moment.
    public int bytesPerRow() {
        return model.bytesPerRow();
    }

    /// Quiet: nothing fades; lines and dots stay.
    public void setQuiet(boolean quiet) {
        painter.setQuiet(quiet);
        setNeedsLayout(true);
    }

    /// Lost: the bytes are the last ones seen and no longer live; shown grey, nothing fades.
    public void setLost(boolean lost) {
        painter.setLost(lost);
        repaint();
    }

    // ---- where to look

    public ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    public Selection getSelection() {
        return selection.get();
    }

    /// Selects without scrolling; clamped to the segment.
    public void select(Selection chosen) {
        model.select(chosen.anchor(), chosen.caret());
        refresh(false);
    }

    /// Puts the caret on a byte and shows it.
    public void goTo(long offset) {
        model.select(offset, offset);
        if (!model.selection().isNone()) {
            model.show(model.selection().caret(), 1);
        }
        refresh(false);
    }

    /// Scrolls, if needed, so that these bytes (or the first of them) are on the screen.
    public void reveal(long offset, long length) {
        if (model.size() > 0) {
            long from = Math.clamp(offset, 0, model.size() - 1);
            model.show(from, Math.clamp(length, 1, model.size() - from));
            refresh(false);
        }
    }

    /// Scrolls so that this byte is in the middle; the caret stays.
    public void scrollTo(long offset) {
        model.setTopRow(offset / model.bytesPerRow() - model.pageRows() / 2);
        refresh(false);
    }

    /// What is on the screen, to the byte.
    public ReadOnlyObjectProperty<Span> onScreenProperty() {
        return onScreen.getReadOnlyProperty();
    }

    // ---- editing

    /// Typing is allowed. Locked at first.
    public BooleanProperty editableProperty() {
        return editable;
    }

    public boolean isEditable() {
        return editable.get();
    }

    public void setEditable(boolean on) {
        editable.set(on);
    }

    public ReadOnlyObjectProperty<Pending> pendingProperty() {
        return pending.getReadOnlyProperty();
    }

    public Pending getPending() {
        return pending.get();
    }

    /// What Enter would commit.
    public List<HexEdit> pendingEdits() {
        return model.pending().runs();
    }

    /// What Enter does: hands over one edit for each run of bytes and forgets them. While the view
    /// is locked they are kept, and the hint is asked for.
    public void commitPending() {
        List<HexEdit> edits = model.pending().runs();
        if (edits.isEmpty()) {
            return;
        }
        if (!editable.get()) {
            onLockedTyping.run();
            return;
        }
        dropPending();
        edits.forEach(onCommit);
    }

    /// Makes an edit pending again that was handed over and not written: the bytes stay those the
    /// user saw when typing began, so what moved since shows as a conflict.
    public void resume(HexEdit edit) {
        model.resume(edit);
        refresh(true);
        requestFocus();
    }

    /// Types bytes over others as one step. Where those are not sampled, so that nobody knows what
    /// would be replaced, [Pasting#beyond] is asked to look first.
    public void typeOver(long offset, byte[] next) {
        if (offset >= model.size() || next.length > model.size() - offset) {
            onPaste.refused(TEXTS.say("paste.shrunk", offset, model.size()));
            return;
        }
        model.select(offset, offset);
        if (!model.typeBytes(next)) {
            onPaste.beyond(offset, next);
        }
        refresh(true);
    }

    /// What Esc does.
    public void dropPending() {
        model.pending().clear();
        model.select(model.selection().anchor(), model.selection().caret());
        refresh(false);
    }

    // ---- callbacks

    /// Told the range to sample whenever it moves.
    public void setOnViewport(Viewport callback) {
        onViewport = callback;
        sampled = Span.NONE;
        setNeedsLayout(true);
    }

    /// Given one edit for each run of bytes when the user commits.
    public void setOnCommit(Consumer<HexEdit> callback) {
        onCommit = callback;
    }

    /// Told what the user chose; silent when the program did.
    public void setOnSelect(Consumer<Selection> callback) {
        onSelect = callback;
    }

    /// Asked to copy a selection that reaches beyond the newest window, is too long for its form,
    /// or holds bytes that were not read and that the form has no sign for.
    public void setOnCopyBeyond(Consumer<CopyRequest> callback) {
        onCopyBeyond = callback;
    }

    /// Puts a further line into the context menu.
    public void addToMenu(String words, Runnable action) {
        extras.add(new Extra(words, action));
    }

    /// Asked what the byte under a resting mouse is part of; an empty text shows nothing.
    public void setOnHover(LongFunction<String> callback) {
        onHover = callback;
    }

    List<Extra> extras() {
        return extras;
    }

    /// Asked about pastes that do not simply fit.
    public void setOnPaste(Pasting callback) {
        onPaste = callback;
    }

    /// Told that somebody types into a locked view.
    public void setOnLockedTyping(Runnable callback) {
        onLockedTyping = callback;
    }

    /// Asked, from the context menu, for an offset to go to.
    public void setOnGoTo(Runnable callback) {
        onGoTo = callback;
    }

    // ---- for the input

    HexModel model() {
        return model;
    }

    HexPainter painter() {
        return painter;
    }

    /// Brings everything in line with the model.
    void refresh(boolean byUser) {
        pending.set(model.pendingCount());
        Selection before = selection.get();
        if (!before.equals(model.selection())) {
            selection.set(model.selection());
            setAccessibleText(CaretText.of(model));
            if (byUser) {
                onSelect.accept(model.selection());
            }
        }
        setNeedsLayout(true);
    }

    void lockedTyping() {
        onLockedTyping.run();
    }

    void askGoTo() {
        onGoTo.run();
    }

    /// The byte under a point of this node.
    HexGrid.Hit hit(double x) {
        return grid.hit(surfaceX(x));
    }

    /// The byte whose digits or letter are there; −1 where there is none.
    long byteAt(double x, double y) {
        long row = rowsBelowTop(y);
        double at = surfaceX(x);
        double right = grid.textX(grid.bytesPerRow() - 1) + grid.cell();
        if (row < 0 || row > model.pageRows() || at < grid.hexX(0) || at > right) {
            return -1;
        }
        long offset = (model.topRow() + row) * grid.bytesPerRow() + grid.hit(at).index();
        return offset < model.size() ? offset : -1;
    }

    int indexAt(HexModel.Column column, double x) {
        return grid.indexAt(column, surfaceX(x));
    }

    /// Rows below the first visible one; negative above it.
    long rowsBelowTop(double y) {
        double line = (y - getInsets().getTop()) * scale - heads.height();
        return (long) Math.floor(line / grid.rowHeight());
    }

    /// The middle of a byte's cell in this node, for tests and menus.
    javafx.geometry.Point2D cellCentre(long offset, HexModel.Column column) {
        int index = (int) (offset % grid.bytesPerRow());
        long row = offset / grid.bytesPerRow() - model.topRow();
        double x =
                switch (column) {
                    case HEX -> grid.hexX(index) + grid.hexWidth() / 2.0;
                    case TEXT -> grid.textX(index) + grid.cell() / 2.0;
                };
        double y = heads.height() + (row + 0.5) * grid.rowHeight();
        return new javafx.geometry.Point2D(
                (x - scrolledX) / scale + getInsets().getLeft(), y / scale + getInsets().getTop());
    }

    void copy(CopyRequest.Format format) {
        Selection chosen = model.selection();
        if (chosen.isNone()) {
            return;
        }
        Window window = model.window();
        boolean seen = chosen.from() >= window.offset() && chosen.to() < window.end();
        if (!seen || chosen.length() > format.mostBytes() || !canShow(chosen, format)) {
            onCopyBeyond.accept(new CopyRequest(chosen, format));
            return;
        }
        int from = (int) (chosen.from() - window.offset());
        int to = from + (int) chosen.length();
        ClipboardContent content = new ClipboardContent();
        byte[] bytes = Arrays.copyOfRange(window.bytes(), from, to);
        content.putString(HexText.of(bytes, format, i -> window.has(from + i, Window.KNOWN)));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private boolean canShow(Selection chosen, CopyRequest.Format format) {
        if (format.showsUnread()) {
            return true;
        }
        for (long at = chosen.from(); at <= chosen.to(); at++) {
            if (model.live(at) < 0) {
                return false;
            }
        }
        return true;
    }

    void paste(Paste paste) {
        if (paste.exceedsSelection() || paste.exceedsSegment()) {
            onPaste.exceeds(paste);
        } else {
            typeOver(paste.offset(), paste.bytes());
        }
    }

    void pasteRefused(String sentence) {
        onPaste.refused(sentence);
    }

    /// What the marks look like in this view's colours and size, each beside its words.
    public Node legend() {
        return new HexLegend(palette, GlyphAtlas.of(family(), fontSize * scale), scale);
    }

    // ---- layout and painting

    @Override
    protected void layoutChildren() {
        scale = PixelBar.renderScale(this);
        fit();
        painter.paint(model, clock.getAsLong() + clockSkew);
        rows.place(model.topRow(), model.maxTopRow(), model.pageRows(), model.rows());
        tellOnScreen();
        if (painter.fading() && isSeen()) {
            fade.start();
        } else {
            fade.stop();
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return 660 * fontSize / DEFAULT_FONT_SIZE;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 400;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 120;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 80;
    }

    /// Makes atlas, grid and surface fit size, scale, font and segment, where one of them changed.
    private void fit() {
        if (atlas == null || atlasSize != fontSize * scale) {
            atlasSize = fontSize * scale;
            atlas = GlyphAtlas.of(family(), atlasSize);
            repaintAll = true;
        }
        Insets insets = getInsets();
        double barWidth = snapSizeX(vertical.prefWidth(-1));
        double barHeight = snapSizeY(horizontal.prefHeight(-1));
        int width = pixels(getWidth() - insets.getLeft() - insets.getRight() - barWidth);
        int height = pixels(getHeight() - insets.getTop() - insets.getBottom());
        HexGrid fitting = gridFor(atlas, width);
        boolean wide = fitting.width() > width;
        int shownHeight = wide ? Math.max(1, height - pixels(barHeight)) : height;
        int line = Math.max(1, (int) Math.round(scale));
        int step = PixelSurface.step(scale);
        int headsHeight = Math.min(height, (fitting.rowHeight() + line + step - 1) / step * step);
        int rowsHeight = Math.max(1, shownHeight - headsHeight);
        int marginWidth = fitting.marginWidth(step);
        boolean newPixels =
                heads.resize(Math.max(width, fitting.width()), headsHeight)
                        | margin.resize(marginWidth, rowsHeight)
                        | surface.resize(fitting.width(), rowsHeight);
        if (newPixels || repaintAll || !fitting.equals(grid)) {
            repaintAll = false;
            grid = fitting;
            painter.setUp(atlas, grid, palette, line);
        }
        model.setShape(grid.bytesPerRow(), rowsHeight / grid.rowHeight());

        horizontal.setVisible(wide);
        horizontal.setMax(Math.max(0, fitting.width() - width));
        horizontal.setVisibleAmount(
                horizontal.getMax() * width / (double) Math.max(1, fitting.width()));
        horizontal.setUnitIncrement(grid.hexWidth());
        horizontal.setBlockIncrement(width);
        if (horizontal.getValue() > horizontal.getMax()) {
            horizontal.setValue(horizontal.getMax());
        }
        scrolledX = wide ? (int) Math.round(horizontal.getValue()) : 0;

        double left = insets.getLeft();
        double belowHeads = insets.getTop() + headsHeight / scale;
        place(heads, left, insets.getTop(), scrolledX, width);
        int shownMargin = Math.clamp(marginWidth - scrolledX, 0, width);
        place(margin, left, belowHeads, scrolledX, shownMargin);
        int from = Math.max(scrolledX, marginWidth);
        int shownBytes = Math.min(fitting.width() - from, width - shownMargin);
        place(surface, left + shownMargin / scale, belowHeads, from, shownBytes);
        double edge = getWidth() - insets.getRight();
        double end = getHeight() - insets.getBottom();
        double beside = left + (shownMargin + shownBytes) / scale;
        blankBeside.resizeRelocate(beside, insets.getTop(), edge - beside, end - insets.getTop());
        double below = belowHeads + rowsHeight / scale;
        blankBelow.resizeRelocate(left, below, edge - left, Math.max(0, end - below));
        double right = getWidth() - insets.getRight() - barWidth;
        double bottom = getHeight() - insets.getBottom() - barHeight;
        vertical.resizeRelocate(
                right,
                insets.getTop(),
                barWidth,
                Math.max(0, (wide ? bottom : bottom + barHeight) - insets.getTop()));
        horizontal.resizeRelocate(
                insets.getLeft(), bottom, Math.max(0, right - insets.getLeft()), barHeight);
    }

    private void place(PixelSurface part, double x, double y, int fromX, int shownWidth) {
        part.view().setLayoutX(x);
        part.view().setLayoutY(y);
        part.view().setVisible(shownWidth > 0);
        part.place(fromX, Math.max(1, shownWidth), scale);
    }

    private HexGrid gridFor(GlyphAtlas glyphs, int width) {
        int digits = HexGrid.digitsFor(model.size());
        if (wantedBytesPerRow != AUTO) {
            return new HexGrid(glyphs.cellWidth(), glyphs.rowHeight(), wantedBytesPerRow, digits);
        }
        int leastDigits = HexGrid.leastDigitsFor(model.size());
        HexGrid least = new HexGrid(glyphs.cellWidth(), glyphs.rowHeight(), 4, leastDigits);
        return Stream.of(
                        least.with(32, digits),
                        least.with(16, digits),
                        least.with(8, digits),
                        least.with(8, leastDigits),
                        least.with(4, digits))
                .filter(grid -> grid.width() <= width)
                .findFirst()
                .orElse(least);
    }

    /// How wide the view has to be for rows of so many bytes, hex and text whole.
    public double widthFor(int bytesPerRow) {
        GlyphAtlas glyphs = GlyphAtlas.of(family(), fontSize * scale);
        int digits = HexGrid.digitsFor(model.size());
        int pixels =
                new HexGrid(glyphs.cellWidth(), glyphs.rowHeight(), bytesPerRow, digits).width();
        Insets insets = getInsets();
        return Math.ceil(pixels / scale)
                + insets.getLeft()
                + insets.getRight()
                + snapSizeX(vertical.prefWidth(-1));
    }

    private void scrolledByBar(long topRow) {
        model.setTopRow(topRow);
        refresh(false);
    }

    private void tellOnScreen() {
        long size = model.size();
        int perRow = model.bytesPerRow();
        long from = model.topRow() * perRow;
        long page = (long) model.pageRows() * perRow;
        long shown = Math.min(size - from, (long) painter.visibleRows() * perRow);
        onScreen.set(new Span(from, shown));
        long start = Math.max(0, from - page);
        // Counted from the top, so that no sum can overflow.
        long length = from - start + Math.min(size - from, 2 * page + perRow);
        Span wanted = new Span(start, length);
        if (!wanted.equals(sampled)) {
            sampled = wanted;
            onViewport.moved(start, (int) length);
        }
    }

    /// Colours only: nothing has moved, so no layout is needed.
    private void cool() {
        if (isSeen()) {
            painter.paint(model, clock.getAsLong() + clockSkew);
        }
        if (!painter.fading() || !isSeen()) {
            fade.stop();
        }
    }

    /// Whether a repaint could be seen: not in a hidden tab, not in a minimised window.
    private boolean isSeen() {
        @Nullable Scene scene = getScene();
        javafx.stage.@Nullable Window window = scene == null ? null : scene.getWindow();
        if (window == null
                || !window.isShowing()
                || (window instanceof Stage stage && stage.isIconified())) {
            return false;
        }
        for (Node node = this; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void repaint() {
        repaintAll = true;
        setNeedsLayout(true);
    }

    private void focusMoved() {
        painter.setFocused(isFocused());
        ring();
        setNeedsLayout(true);
    }

    private void ring() {
        Color color = isFocused() ? color(palette.focusRing()) : color(palette.background());
        setBorder(
                new Border(
                        new BorderStroke(
                                color,
                                BorderStrokeStyle.SOLID,
                                CornerRadii.EMPTY,
                                new BorderWidths(RING))));
    }

    private double surfaceX(double x) {
        return (x - getInsets().getLeft()) * scale + scrolledX;
    }

    private int pixels(double length) {
        return Math.max(1, (int) Math.floor(length * scale + 1e-6));
    }

    private static String family() {
        return javafx.scene.text.Font.getFamilies().contains(FAMILY) ? FAMILY : "monospaced";
    }

    /// An opaque colour of the palette.
    public static Color color(int argb) {
        return Color.rgb(argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF);
    }
}
