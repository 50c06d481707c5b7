package io.github.shmlens.ui.hex;

import static io.github.shmlens.ui.hex.SampleBytes.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Window;
import io.github.shmlens.testing.FxTest;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Counts what is painted.
class HexPainterTest extends FxTest {

    private static final int ROWS = 10;
    private static final int CELLS = ROWS * 16;

    private final HexModel model = new HexModel();
    private HexPainter painter;

    @BeforeEach
    void paintOnce() {
        painter =
                ask(() -> {
                    PixelSurface margin = new PixelSurface();
                    PixelSurface surface = new PixelSurface();
                    GlyphAtlas atlas = GlyphAtlas.of("DejaVu Sans Mono", 13);
                    HexGrid grid = new HexGrid(atlas.cellWidth(), atlas.rowHeight(), 16, 8);
                    margin.resize(grid.hexX(0), ROWS * atlas.rowHeight());
                    surface.resize(grid.width(), ROWS * atlas.rowHeight());
                    HexPainter made = new HexPainter(new PixelSurface(), margin, surface);
                    made.setUp(atlas, grid, HexPalette.LIGHT, 1);
                    return made;
                });
        model.setSize(1 << 20);
        model.setShape(16, ROWS);
        model.setWindow(bytes().window());
        paint(NOW);
    }

    @Test
    void firstPaintTouchesEveryVisibleCellAndNoOther() {
        assertThat(painter.paintedCells()).isEqualTo(CELLS);
        assertThat(painter.paintedRows()).isEqualTo(ROWS);
    }

    @Test
    void nothingChangedPaintsNothing() {
        model.setWindow(bytes().window());
        paint(NOW + 1);
        assertThat(painter.paintedCells()).isZero();
        assertThat(painter.fading()).isFalse();
    }

    @Test
    void oneChangedBytePaintsOneCell() {
        model.setWindow(bytes().put(37, (byte) 99).changed(37, 1, 0).window());
        paint(NOW);
        assertThat(painter.paintedCells()).isEqualTo(1);
        assertThat(painter.paintedRows()).isEqualTo(1);
    }

    @Test
    void aChangedByteCoolsInEightStepsAndIsThenLeftAlone() {
        model.setWindow(bytes().changed(37, 1, 0).window());
        int painted = 0;
        for (int frame = 0; frame <= 70; frame++) {
            paint(NOW + frame * 16_666_667L);
            painted += painter.paintedCells();
        }
        assertThat(painted).isEqualTo(9);
        assertThat(painter.fading()).isFalse();
    }

    @Test
    void quietBytesDoNotFade() {
        painter.setQuiet(true);
        model.setWindow(bytes().changed(37, 1, 0).window());
        paint(NOW);
        assertThat(painter.paintedCells()).isZero();
        assertThat(painter.fading()).isFalse();
    }

    @Test
    void movingTheCaretPaintsTwoCellsOfOneRow() {
        model.moveTo(20, false);
        paint(NOW);
        model.moveTo(21, false);
        paint(NOW);
        assertThat(painter.paintedCells()).isEqualTo(2);
        assertThat(painter.paintedRows()).isEqualTo(1);
    }

    @Test
    void aHundredThousandTintsOutOfSightPaintNothing() {
        List<Tint> far =
                java.util.stream.LongStream.range(0, 100_000)
                        .mapToObj(i -> new Tint(100_000 + i * 8, 8, Tint.Kind.VALUE))
                        .toList();
        model.setTints(far);
        paint(NOW);
        assertThat(painter.paintedCells()).isZero();
    }

    @Test
    void tintsWithSillyLengthsAreCut() {
        model.setTints(
                List.of(
                        new Tint(-5, 6, Tint.Kind.VALUE),
                        new Tint(32, Long.MAX_VALUE, Tint.Kind.FREE),
                        new Tint(Long.MAX_VALUE, 1, Tint.Kind.VALUE),
                        new Tint(3, -1, Tint.Kind.VALUE)));
        paint(NOW);
        assertThat(painter.paintedCells()).isEqualTo(CELLS - 32 + 1);
    }

    @Test
    void rowsBeyondTheEndAreEmpty() {
        model.setSize(20);
        paint(NOW);
        assertThat(painter.paintedCells()).isEqualTo(CELLS - 20);
    }

    @Test
    void bytesNotSampledAreShownAsSuch() {
        model.setWindow(Window.EMPTY);
        paint(NOW);
        assertThat(painter.paintedCells()).isEqualTo(CELLS);
    }

    @Test
    void heatFallsFromEightToZeroWithinASecond() {
        assertThat(HexPainter.heat(NOW, NOW)).isEqualTo(8);
        assertThat(HexPainter.heat(NOW, NOW + 499_000_000)).isEqualTo(5);
        assertThat(HexPainter.heat(NOW, NOW + 999_999_999)).isEqualTo(1);
        assertThat(HexPainter.heat(NOW, NOW + 1_000_000_000)).isZero();
        assertThat(HexPainter.heat(0, 5)).isZero();
        assertThat(HexPainter.heat(NOW, NOW - 7)).isEqualTo(8);
    }

    @Test
    void aFrameInWhichNothingChangesAllocatesNothing() {
        model.setTints(List.of(new Tint(0, 64, Tint.Kind.VALUE), new Tint(64, 9, Tint.Kind.FREE)));
        model.setWindow(bytes().changed(0, 160, 0).window());
        fx(() -> paintTimes(20_000));
        long allocated =
                ask(() -> {
                    com.sun.management.ThreadMXBean threads =
                            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    paintTimes(10_000);
                    return threads.getCurrentThreadAllocatedBytes() - before;
                });
        // Less than a byte a frame: what the measuring itself takes.
        assertThat(allocated).isLessThan(5_000);
    }

    private void paintTimes(int times) {
        for (int i = 0; i < times; i++) {
            painter.paint(model, NOW + 1);
        }
    }

    private void paint(long now) {
        fx(() -> painter.paint(model, now));
    }

    private static SampleBytes bytes() {
        return SampleBytes.counting(0, 4096);
    }
}
