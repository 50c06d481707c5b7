package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.Part;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.OccupancyStrip.Look;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OccupancyStripTest extends FxTest {

    private static final Part SLOT = new Part(Part.Kind.ENTRY, 7, 100, 200, 124, 160);
    private static final List<Part> STORE = List.of(Part.header(0, 100), SLOT, Part.free(300, 700));

    private final List<Long> chosen = new CopyOnWriteArrayList<>();
    private OccupancyStrip strip;

    @BeforeEach
    void makeStrip() {
        strip = ask(OccupancyStrip::new);
        fx(() -> strip.setOnChoose(chosen::add));
    }

    @Test
    void columnsShowThePartsInProportion() {
        strip.show(STORE, 1000);
        Look[] columns = strip.columns(100);
        assertThat(count(columns, Look.HEADER)).isEqualTo(10);
        assertThat(count(columns, Look.ENTRY_EVEN)).isEqualTo(20);
        assertThat(count(columns, Look.FREE)).isEqualTo(70);
    }

    @Test
    void theSmallestPartIsOneColumnWide() {
        strip.show(List.of(Part.free(0, 1L << 36), Part.header(1L << 35, 1)), 1L << 36);
        assertThat(count(strip.columns(500), Look.HEADER)).isEqualTo(1);
    }

    @Test
    void staleBytesAreSeenInsideFreeRoom() {
        strip.show(STORE, 1000);
        strip.setStale(List.of(new Span(300, 100)));
        assertThat(count(strip.columns(100), Look.STALE)).isEqualTo(10);
    }

    @Test
    void theChosenPartIsSeenAmongAHundredThousand() {
        List<Part> parts = many(100_000, 48);
        strip.show(parts, 5_000_000);
        strip.setChosen(parts.get(60_000));
        assertThat(count(strip.columns(1200), Look.CHOSEN)).isEqualTo(1);
    }

    @Test
    void neighboursAlternateWhereThereIsRoom() {
        strip.show(many(4, 240), 1000);
        Look[] columns = strip.columns(1000);
        assertThat(columns[50]).isEqualTo(Look.ENTRY_EVEN);
        assertThat(columns[300]).isEqualTo(Look.ENTRY_ODD);
        assertThat(count(columns, Look.ENTRIES)).isZero();
    }

    @Test
    void partsThatCannotBeTrueAreCut() {
        strip.show(
                List.of(
                        Part.free(-50, 100),
                        Part.free(2000, 10),
                        new Part(Part.Kind.ENTRY, 1, 990, Long.MAX_VALUE, 990, 0),
                        Part.header(5, -3)),
                1000);
        Look[] columns = strip.columns(100);
        assertThat(count(columns, Look.PLAIN)).isEqualTo(99);
        assertThat(columns[99]).isEqualTo(Look.ENTRY_EVEN);
    }

    @Test
    void anEmptySegmentHasNothing() {
        strip.show(List.of(), 0);
        assertThat(count(strip.columns(10), Look.PLAIN)).isEqualTo(10);
    }

    @Test
    void aClickGivesTheOffsetOfTheByte() {
        openWithStore();
        robot.clickOn(onScreen(strip, 300, 10));
        assertThat(chosen).hasSize(1);
        assertThat(chosen.getFirst()).isBetween(480L, 520L);
    }

    @Test
    void arrowsStepFromPartToPart() {
        openWithStore();
        fx(strip::requestFocus);
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.LEFT);
        waitForFx();
        assertThat(chosen).containsExactly(100L, 300L, 300L, 100L);
    }

    @Test
    void wordsSayWhatLiesThere() {
        openWithStore();
        assertThat(ask(() -> strip.textAt(10, 5))).isEqualTo("header: 0x0, 100 bytes");
        assertThat(ask(() -> strip.textAt(120, 5))).isEqualTo("slot 7: 0x64, 200 bytes");
        assertThat(ask(() -> strip.textAt(500, 5))).isEqualTo("free: 0x12c, 700 bytes");
        assertThat(ask(strip::getAccessibleText))
                .isEqualTo("1 slots, 300 bytes used, 700 bytes free");
    }

    @Test
    void theSamePartsAgainPaintNothing() {
        openWithStore();
        int before = ask(strip::paints);
        fx(() -> strip.show(new ArrayList<>(STORE), 1000));
        waitForFx();
        assertThat(ask(strip::paints)).isEqualTo(before);
    }

    private void openWithStore() {
        strip.show(STORE, 1000);
        open(() -> new VBox(strip), 600, 60);
    }

    private static long count(Look[] columns, Look look) {
        return Arrays.stream(columns).filter(look::equals).count();
    }

    static List<Part> many(int count, int length) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.header(0, 40));
        for (int i = 0; i < count; i++) {
            long at = 40 + (long) i * length;
            parts.add(new Part(Part.Kind.ENTRY, i, at, length, at + 24, length - 32));
        }
        return parts;
    }
}
