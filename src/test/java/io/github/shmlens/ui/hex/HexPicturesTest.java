package io.github.shmlens.ui.hex;

import static io.github.shmlens.ui.hex.SampleBytes.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.Part;
import io.github.shmlens.live.Window;
import io.github.shmlens.testing.FxTest;
import java.util.List;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures to look at, in `target/screenshots`, at the scale of the run.
class HexPicturesTest extends FxTest {

    private static final List<Part> STORE =
            List.of(
                    Part.header(0, 40),
                    new Part(Part.Kind.ENTRY, 1, 40, 88, 64, 50),
                    new Part(Part.Kind.ENTRY, 2, 128, 40, 152, 5),
                    Part.free(168, 1024 - 168));

    private HexView view;
    private OccupancyStrip strip;

    @BeforeEach
    void makeViews() {
        view = ask(() -> new HexView(() -> NOW));
        strip = ask(OccupancyStrip::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void marksSelectionAndPendingEdits(String theme) {
        Stage stage = stage(theme, 760, 560);
        Window seen = store().window();
        fx(() -> {
            view.setSize(1024);
            strip.show(STORE, 1024);
            strip.setStale(List.of(new Span(168, 90)));
            strip.setChosen(STORE.get(1));
            view.onScreenProperty().subscribe(strip::setOnScreen);
            view.setTints(tints());
            view.setEditable(true);
            view.show(seen, NOW);
            view.goTo(0xb0);
            view.requestFocus();
        });
        waitForFx();
        robot.write("cafe12");
        fx(() -> view.show(store().put(0xb1, (byte) 9).window(), NOW));
        fx(() -> view.select(new Selection(0xa3, 0x8c)));
        screenshot(stage, name("hex-marks", theme));
        assertThat(ask(view::getPending)).isEqualTo(new Pending(3, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void sixtyFourGibibytes(String theme) {
        long size = 64L << 30;
        Stage stage = stage(theme, 1250, 480);
        view.setOnViewport((offset, length) ->
                view.show(
                        SampleBytes.counting(offset, length)
                                .untouched(offset + length / 2 & ~63, 100)
                                .window(),
                        NOW));
        fx(() -> {
            view.setSize(size);
            strip.show(List.of(), size);
            view.onScreenProperty().subscribe(strip::setOnScreen);
            view.goTo(0xABCDEF123L);
            view.requestFocus();
        });
        screenshot(stage, name("hex-64GiB", theme));
        assertThat(ask(() -> view.onScreenProperty().get().offset() / 32))
                .isLessThanOrEqualTo(0xABCDEF123L / 32);
    }

    @Test
    void manySlots() {
        Stage stage = stage("light", 760, 300);
        fx(() -> {
            strip.show(OccupancyStripTest.many(300, 48), 40 + 300 * 48 + 8000);
            strip.setStale(List.of(new Span(40 + 300 * 48, 2000)));
            strip.setChosen(OccupancyStripTest.many(300, 48).get(120));
            view.setSize(40 + 300 * 48 + 8000);
            view.setLost(true);
            view.show(store().window(), NOW);
        });
        screenshot(stage, name("strip-many", "light"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void legend(String theme) {
        Stage stage =
                open(
                        () -> {
                            boolean dark = theme.equals("dark");
                            view.setPalette(dark ? HexPalette.DARK : HexPalette.LIGHT);
                            VBox box = new VBox(view.legend());
                            box.setStyle(
                                    "-fx-padding: 16; -fx-background-color: "
                                            + (dark ? "#161b22" : "#f6f8fa"));
                            return box;
                        },
                        560,
                        420);
        screenshot(stage, "hex-legend-" + theme);
    }

    private Stage stage(String theme, double width, double height) {
        return open(
                () -> {
                    HexPalette palette = theme.equals("dark") ? HexPalette.DARK : HexPalette.LIGHT;
                    view.setPalette(palette);
                    strip.setPalette(palette);
                    VBox box = new VBox(6, strip, view);
                    box.setStyle(
                            "-fx-padding: 8; -fx-background-color: "
                                    + (theme.equals("dark") ? "#161b22" : "#f6f8fa"));
                    VBox.setVgrow(view, Priority.ALWAYS);
                    return new SplitPane(box);
                },
                width,
                height);
    }

    private String name(String what, String theme) {
        int percent =
                ask(() -> (int) Math.round(view.getScene().getWindow().getRenderScaleX() * 100));
        return "%s-%s-%d".formatted(what, theme, percent);
    }

    private static SampleBytes store() {
        SampleBytes bytes =
                SampleBytes.zeros(0, 1024)
                        .put(0, "PHP_SM\0\0")
                        .put(8, (byte) 40)
                        .put(16, (byte) 168)
                        .put(24, (byte) 0x58, (byte) 3)
                        .put(33, (byte) 4)
                        .put(40, (byte) 1)
                        .put(48, (byte) 50)
                        .put(56, (byte) 88)
                        .put(64, "s:42:\"Hello.  This is the shared memory segment.\";")
                        .put(128, (byte) 2)
                        .put(136, (byte) 5)
                        .put(144, (byte) 40)
                        .put(152, "i:42;")
                        .put(168, "left over, still readable; \u00e9\u00ff\u0001")
                        .untouched(0x200, 0x80);
        for (int i = 0; i < 8; i++) {
            bytes.changed(0x100 + i, 1, i * 120_000_000L);
            bytes.changed(0x110 + i, 1, i * 120_000_000L).mark(0x110 + i, 1, Window.OURS);
        }
        return bytes.changed(71, 5, 100_000_000L)
                .mark(71, 5, Window.SINCE_BASELINE)
                .changed(154, 2, 0)
                .mark(154, 2, Window.SINCE_BASELINE | Window.OURS)
                .mark(0x58, 6, Window.TORN)
                .mark(0x120, 4, Window.SINCE_BASELINE)
                .mark(0x128, 4, Window.SINCE_BASELINE | Window.OURS)
                .mark(0x130, 4, Window.SINCE_BASELINE | Window.TORN);
    }

    private static List<Tint> tints() {
        return List.of(
                new Tint(0, 40, Tint.Kind.HEADER),
                new Tint(40, 24, Tint.Kind.SLOT_HEADER),
                new Tint(64, 50, Tint.Kind.VALUE),
                new Tint(114, 14, Tint.Kind.PADDING),
                new Tint(128, 40, Tint.Kind.CHOSEN),
                new Tint(168, 40, Tint.Kind.STALE),
                new Tint(208, 48, Tint.Kind.FREE),
                new Tint(0x140, 16, Tint.Kind.MATCH));
    }
}
