package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.ui.theme.Settings;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures of every designed state, to be looked at: `target/screenshots/shell-*.png`.
class GalleryTest extends WindowTest {

    private FakeSource source = new FakeSource();

    @BeforeEach
    void freshHost() {
        source = new FakeSource();
        source.host(new HostFacts(-1, -1, 4096, 2));
    }

    private void thirty() {
        for (int at = 0; at < 24; at++) {
            SegmentId.Sysv id =
                    source.add(new SegmentKey(0xf1206 + at * 0x10357), 1000L << (at % 21));
            for (int pid = 0; pid < at % 4; pid++) {
                source.othersAttach(id, 2000 + at * 10 + pid, "php-fpm8.2");
            }
        }
        for (int at = 0; at < 6; at++) {
            source.addObject("/sensor-" + at, 4096L << at);
        }
        SegmentId.Sysv marked = source.add(new SegmentKey(0x7777), 64 << 20);
        source.othersAttach(marked, 4242, "apache2");
        try {
            source.remove(marked);
        } catch (io.github.shmlens.segment.ShmException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void shot(Stage stage, String name, Settings.Appearance appearance) {
        waitForFrames(3);
        assertThat(
                        screenshot(
                                stage,
                                "shell-"
                                        + name
                                        + "-"
                                        + appearance.name().toLowerCase(java.util.Locale.ROOT)))
                .exists();
    }

    private void way(Stage stage, String way) {
        ToggleButton button = find(stage, "#attach-way-" + way, ToggleButton.class);
        fx(button::fire);
        waitForFx();
    }

    @ParameterizedTest
    @EnumSource(
            value = Settings.Appearance.class,
            names = {"LIGHT", "DARK"})
    void empty(Settings.Appearance appearance) {
        settings.appearanceProperty().set(appearance);
        Stage stage = open(source);
        waitUntil("empty state", () -> isThere(stage, "#empty-demo"));
        shot(stage, "empty", appearance);
    }

    @ParameterizedTest
    @EnumSource(
            value = Settings.Appearance.class,
            names = {"LIGHT", "DARK"})
    void listAndTabs(Settings.Appearance appearance) {
        settings.appearanceProperty().set(appearance);
        thirty();
        Stage stage = open(source);
        for (int at : new int[] {0, 1, 2}) {
            fx(() ->
                    window().attach(
                                    key(0xf1206 + at * 0x10357),
                                    at == 1
                                            ? io.github.shmlens.segment.Access.READ_ONLY
                                            : io.github.shmlens.segment.Access.READ_WRITE));
            int wanted = at + 1;
            waitUntil("attached", () -> tabTexts(stage).size() == wanted);
        }
        fx(() -> list(stage).requestFocus());
        shot(stage, "list", appearance);
        control(KeyCode.W);
        waitUntil("farewell", () -> notice(stage).contains("stay in memory"));
        shot(stage, "detached", appearance);
        robot.type(KeyCode.F1);
        waitForFx();
        shot(stage, "shortcuts", appearance);
    }

    @ParameterizedTest
    @EnumSource(
            value = Settings.Appearance.class,
            names = {"LIGHT", "DARK"})
    void attachSheet(Settings.Appearance appearance) {
        settings.appearanceProperty().set(appearance);
        thirty();
        SegmentId.Sysv closed = source.add(new SegmentKey(0x600), 4096);
        source.allow(closed, new Mode(0600), new Rights(false, false, false));
        SegmentId.Sysv readable = source.add(new SegmentKey(0x644), 4096);
        source.allow(readable, new Mode(0644), new Rights(true, false, false));
        Stage stage = open(source);
        control(KeyCode.O);
        shot(stage, "attach-blank", appearance);
        fill(stage, "#attach-text", "0xdeadbeef");
        waitUntil("missing", () -> isThere(stage, "#attach-create"));
        shot(stage, "attach-missing", appearance);
        fill(stage, "#attach-text", Integer.toString(0xf1206 + 3 * 0x10357));
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        shot(stage, "attach-exists", appearance);
        fill(stage, "#attach-text", "0x600");
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        shot(stage, "attach-refused", appearance);
        fill(stage, "#attach-text", "0x644");
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        shot(stage, "attach-read-only", appearance);
        fill(stage, "#attach-text", "99999999999");
        shot(stage, "attach-bad-key", appearance);
        way(stage, "ftok");
        fill(stage, "#attach-text", "/no/such/file");
        fill(stage, "#attach-project", "t");
        waitUntil("no file", () -> text(stage, "#attach-text-error").contains("no file"));
        shot(stage, "attach-ftok", appearance);
    }

    @ParameterizedTest
    @EnumSource(
            value = Settings.Appearance.class,
            names = {"LIGHT", "DARK"})
    void removeSheet(Settings.Appearance appearance) {
        settings.appearanceProperty().set(appearance);
        thirty();
        Stage stage = open(source);
        waitUntil("list has the keyboard", () -> list(stage).isFocused());
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DELETE);
        waitUntil("looked", () -> text(stage, "#remove-prospect").contains("Nobody"));
        shot(stage, "remove-alone", appearance);
        robot.type(KeyCode.ESCAPE);
        fill(stage, "#segment-filter", Integer.toString(0xf1206 + 3 * 0x10357));
        robot.type(KeyCode.DOWN);
        robot.type(KeyCode.DELETE);
        waitUntil("looked", () -> text(stage, "#remove-prospect").contains("marked"));
        fx(() -> find(stage, "#remove-save", javafx.scene.control.CheckBox.class).fire());
        fx(() -> find(stage, "#remove-wipe", javafx.scene.control.CheckBox.class).fire());
        shot(stage, "remove-others", appearance);
        source.othersAttach(new SegmentId.Sysv(3), 999, "python3");
        fx(() -> find(stage, "#remove-understood", javafx.scene.control.CheckBox.class).fire());
        fx(() -> find(stage, "#remove-confirm", javafx.scene.control.Button.class).fire());
        waitUntil("changed", () -> wordsOf(stage, "#remove-sheet").contains("changed since"));
        shot(stage, "remove-changed", appearance);
    }

    @ParameterizedTest
    @EnumSource(
            value = Settings.Appearance.class,
            names = {"LIGHT"})
    void small(Settings.Appearance appearance) {
        settings.appearanceProperty().set(appearance);
        thirty();
        Stage stage = open(source, 900, 600);
        fx(() -> window().attach(key(0xf1206), io.github.shmlens.segment.Access.READ_WRITE));
        waitUntil("attached", () -> tabTexts(stage).size() == 1);
        control(KeyCode.O);
        fill(stage, "#attach-text", "0xdeadbeef");
        waitUntil("missing", () -> isThere(stage, "#attach-create"));
        shot(stage, "small-attach", appearance);
    }
}
