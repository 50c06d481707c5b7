package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Overview;
import io.github.shmlens.source.Content;
import io.github.shmlens.testing.FxTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimapTest extends FxTest {

    private static final long NOW = 1_000_000_000_000L;
    private static final long SIZE = 64L << 30;
    private static final int BUCKETS = 1024;

    private final List<Long> went = new CopyOnWriteArrayList<>();
    private final long[] changedAt = new long[BUCKETS];
    private final long[] changes = new long[BUCKETS];
    private final long[] tornAt = new long[BUCKETS];
    private final List<Content> contents =
            new ArrayList<>(Collections.nCopies(BUCKETS, Content.ABSENT));
    private Minimap minimap;
    private Stage stage;

    @BeforeEach
    void openOnSixtyFourGibibytes() {
        open(false);
    }

    private void open(boolean dark) {
        minimap = ask(Minimap::new);
        stage =
                open(
                        () -> {
                            minimap.setPalette(dark ? HexPalette.DARK : HexPalette.LIGHT);
                            minimap.setOnGo(this::go);
                            minimap.show(map(), SIZE, SIZE, NOW);
                            minimap.setOnScreen(new Span(0, 1024));
                            HBox box = new HBox(new Button("before"), minimap, new Button("after"));
                            box.setFillHeight(true);
                            return box;
                        },
                        300,
                        400);
    }

    @Test
    void aClickGoesThereAndADragGoesOn() {
        robot.moveTo(at(0.5)).press(MouseButton.PRIMARY);
        waitForFx();
        assertThat((double) went.getLast() / SIZE).isBetween(0.49, 0.51);
        robot.moveTo(at(0.75));
        waitForFx();
        assertThat((double) went.getLast() / SIZE).isBetween(0.74, 0.76);
        robot.moveTo(onScreen(minimap, 20, minimap.getHeight() + 30));
        robot.release(MouseButton.PRIMARY);
        assertThat(went.getLast()).isEqualTo(SIZE - 1);
    }

    @Test
    void arrowsStepAPixelAndPagesATenth() {
        fx(minimap::requestFocus);
        robot.type(KeyCode.DOWN);
        waitForFx();
        assertThat(went).hasSize(1);
        assertThat(went.getFirst()).isBetween(SIZE / 410, SIZE / 390);
        robot.type(KeyCode.HOME);
        robot.type(KeyCode.PAGE_DOWN);
        robot.type(KeyCode.END);
        robot.type(KeyCode.DOWN);
        waitForFx();
        assertThat(went.subList(1, 3)).containsExactly(0L, SIZE / 10);
        assertThat(went.getLast()).isEqualTo(SIZE - 1);
        assertThat(ask(minimap::getAccessibleText)).contains("never touched or swapped out");
    }

    @Test
    void wordsSayWhatLiesThereAndHowOftenItChanged() {
        Collections.fill(contents, Content.TEXT);
        changes[512] = 14;
        changedAt[512] = NOW - 2_000_000_000L;
        fx(() -> minimap.show(map(), SIZE, SIZE, NOW));
        String words = ask(() -> minimap.textAt(5, minimap.getHeight() / 2 + 0.3));
        assertThat(words)
                .contains(": text", "Its blocks were seen to change 14 times, last 2 s ago");
    }

    @Test
    void beyondTheCapItSaysWhatIsWatched() {
        Collections.fill(contents, Content.UNKNOWN);
        fx(() -> minimap.show(map(), SIZE, 4L << 30, NOW));
        assertThat(ask(() -> minimap.textAt(5, minimap.getHeight() / 2)))
                .contains("not watched: changes are looked for in the first 4.0 GiB");
        assertThat(ask(() -> minimap.textAt(5, 5))).contains("not looked at yet");
    }

    @Test
    void theSmallestChangeIsSeenAmongGibibytesAndFades() {
        int before = changedPixels();
        changes[300] = 1;
        changedAt[300] = NOW;
        fx(() -> minimap.show(map(), SIZE, SIZE, NOW));
        waitForFx();
        assertThat(before).isZero();
        assertThat(changedPixels()).isPositive();
        fx(() -> minimap.show(map(), SIZE, SIZE, NOW + Minimap.FADE_NANOS));
        waitForFx();
        assertThat(changedPixels()).isZero();
    }

    @Test
    void theSameMapAgainPaintsNothingUnlessItFades() {
        Overview same = map();
        fx(() -> minimap.show(same, SIZE, SIZE, NOW));
        waitForFx();
        int before = ask(minimap::paints);
        for (int i = 0; i < 20; i++) {
            long later = NOW + i * 33_000_000L;
            fx(() -> minimap.show(same, SIZE, SIZE, later));
        }
        waitForFx();
        assertThat(ask(minimap::paints)).isEqualTo(before);
    }

    @Test
    void aPageNeedsNoMap() {
        fx(() -> minimap.show(Overview.EMPTY, 4096, 4096, NOW));
        assertThat(ask(minimap::isManaged)).isFalse();
        fx(() -> minimap.show(Overview.EMPTY, 4097, 4097, NOW));
        assertThat(ask(minimap::isManaged)).isTrue();
    }

    @Test
    void theLargestSizeThereIsDoesNotOverflow() {
        long most = Long.MAX_VALUE;
        fx(() -> {
            minimap.show(map(1L << 53), most, most, NOW);
            minimap.setOnScreen(new Span(most - 2048, 2048));
            minimap.requestFocus();
        });
        robot.type(KeyCode.DOWN);
        robot.type(KeyCode.UP);
        robot.type(KeyCode.END);
        waitForFx();
        assertThat(went).allSatisfy(offset -> assertThat(offset).isBetween(0L, most - 1));
        assertThat(ask(() -> minimap.textAt(0, minimap.getHeight()))).contains("0x7ff");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void picture(boolean dark) {
        fx(stage::hide);
        for (int i = 0; i < BUCKETS; i++) {
            contents.set(i, Content.values()[i / 64 % 6]);
            if (i % 7 < 3 && i > 200) {
                changes[i] = 1L << i / 64;
                changedAt[i] = NOW - i * 12_000_000L;
            }
            tornAt[i] = i >= 600 && i < 700 ? NOW : 0;
        }
        open(dark);
        fx(() -> minimap.setOnScreen(new Span(SIZE / 3, SIZE / 100)));
        screenshot(stage, "minimap-" + (dark ? "dark" : "light"));
    }

    /// As the hex view does it.
    private void go(long offset) {
        went.add(offset);
        minimap.setOnScreen(new Span(Math.clamp(offset - 512, 0, SIZE - 1024), 1024));
    }

    private int changedPixels() {
        return ask(() -> {
            int count = 0;
            PixelSurface surface = minimap.surface;
            for (int y = 0; y < surface.height(); y++) {
                for (int x = 0; x < surface.width(); x++) {
                    boolean changed =
                            surface.pixels()[y * surface.stride() + x]
                                    == HexPalette.LIGHT.changed();
                    count += changed ? 1 : 0;
                }
            }
            return count;
        });
    }

    private Point2D at(double part) {
        return onScreen(minimap, 20, ask(minimap::getHeight) * part);
    }

    private Overview map() {
        return map(SIZE / BUCKETS);
    }

    private Overview map(long grainBytes) {
        return new Overview(
                SIZE,
                grainBytes,
                List.copyOf(contents),
                changedAt.clone(),
                changes.clone(),
                tornAt.clone());
    }
}
