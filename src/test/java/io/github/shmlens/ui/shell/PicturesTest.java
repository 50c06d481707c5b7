package io.github.shmlens.ui.shell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pictures of the window that the project shows, of real segments with PHP beside, in
/// `target/screenshots/pictures`. Not part of a usual run; `installer/screenshots` runs it.
@Tag("soak")
final class PicturesTest extends MainJob {

    /// Where a header says how many bytes are free.
    private static final int FREE = 24;

    private static final long RAW_BYTES = 64 << 20;

    /// Which pictures; none named means all.
    private static final List<String> NAMES =
            Arrays.stream(System.getProperty("pictures.names", "").split("[ ,]+"))
                    .filter(name -> !name.isEmpty())
                    .toList();

    /// What the pictures' names end in, so that those of other sizes lie beside each other.
    private static final String SUFFIX = System.getProperty("pictures.suffix", "");

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(
            value = Appearance.class,
            names = {"LIGHT", "DARK"})
    private @interface InLightAndDark {}

    @BeforeEach
    void chooseTheSize() {
        width = Integer.getInteger("pictures.width", 1280);
        height = Integer.getInteger("pictures.height", 800);
    }

    private void wanted(String name, Appearance appearance) {
        assumeTrue(NAMES.isEmpty() || NAMES.contains(name), "another picture is wanted");
        settings.appearanceProperty().set(appearance);
    }

    private void shot(String name, Appearance appearance) {
        waitForFx();
        WindowTest.waitForFrames(3);
        screenshot(
                stage(),
                "pictures/%s-%s%s"
                        .formatted(name, appearance.name().toLowerCase(Locale.ROOT), SUFFIX));
    }

    /// A PHP process with a store as programs have them.
    private Php shop() {
        Php php = servant();
        php.ask("put 1 'Hello from PHP'");
        php.ask("put 2 42");
        php.ask("put 3 ['state' => 'up', 'done' => 0.5, 'hosts' => ['alpha', 'beta']]");
        php.ask("put 4 true");
        php.ask("put 5 3.14159");
        php.ask("put 6 'Grüße aus dem Speicher'");
        return php;
    }

    private void openOnShop() {
        openOnSegment();
        waitUntil("slots", () -> slots().size() > 2);
    }

    private boolean isByteChosen() {
        return find(".hex-view", HexView.class).getSelection().caret() > 0;
    }

    private void openGhosts() {
        waitUntil("ghosts", () -> isThere("#ghosts"));
        fx(() -> ((TitledPane) Objects.requireNonNull(lookup("#ghosts"))).setExpanded(true));
        waitUntil("listed", () -> words("#ghost-list").contains("secret"));
    }

    private void tick(String selector) {
        fx(() -> ((CheckBox) Objects.requireNonNull(lookup(selector))).setSelected(true));
    }

    /// Attaches and waits.
    private Php neighbour(String mode) {
        Php php =
                keep(
                        Php.start(
                                "$id = shmop_open((int) $argv[1], $argv[2], 0, 0);"
                                        + " say('in'); hear();",
                                Integer.toString(key.value()),
                                mode));
        php.line();
        return php;
    }

    @InLightAndDark
    void attachMap(Appearance appearance) {
        wanted("attach-map", appearance);
        Php php = shop();
        neighbour("a");
        neighbour("w");
        openOnShop();
        control(KeyCode.M);
        waitUntil("map", () -> words("#map-caption").contains("4 processes"));
        Php visitor = neighbour("w");
        waitUntil("came", () -> words("#map-life").contains("pid " + visitor.pid()));
        visitor.close();
        waitUntil("went", () -> words("#map-life").contains("let go"));
        php.ask("destroy");
        waitUntil("marked", () -> words("#map-life").contains("Marked"));
        shot("attach-map", appearance);
    }

    @InLightAndDark
    void orphans(Appearance appearance) {
        wanted("orphans", appearance);
        phpStore();
        openWindow();
        robot.type(KeyCode.F6);
        waitUntil("found", () -> words("#orphans-table").contains(key.hex()));
        robot.type(KeyCode.SPACE);
        waitUntil("chosen", () -> words("#orphans-sum").contains("Chosen: 1"));
        shot("orphans", appearance);
    }

    @InLightAndDark
    void system(Appearance appearance) {
        wanted("system", appearance);
        shop();
        openOnShop();
        robot.type(KeyCode.F4);
        waitUntil("limits", () -> words("#system-shmmni").contains(" of "));
        shot("system", appearance);
    }

    @InLightAndDark
    void empty(Appearance appearance) {
        wanted("empty", appearance);
        openWindow();
        waitUntil("empty state", () -> isThere("#empty-demo"));
        shot("empty", appearance);
    }

    @InLightAndDark
    void phpStoreLive(Appearance appearance) {
        wanted("php-store-live", appearance);
        Php php = shop();
        openOnShop();
        clickSlot(2);
        waitUntil("its bytes", this::isByteChosen);
        for (int round = 1; round <= 3; round++) {
            php.ask("put 2 " + (42 + round));
            String value = Integer.toString(42 + round);
            waitUntil("seen", () -> slots().stream().anyMatch(row -> row.contains(value)));
        }
        shot("php-store-live", appearance);
    }

    @InLightAndDark
    void conflict(Appearance appearance) {
        wanted("conflict", appearance);
        Php php = shop();
        openOnShop();
        clickSlot(0);
        unlock();
        click("#slot-edit");
        fill("#slot-form-text", "Hello from the window");
        php.ask("put 1 'Hello from PHP, once more'");
        click("#slot-save");
        waitUntil("mine or theirs", () -> isThere("#conflict-theirs-value"));
        shot("conflict", appearance);
    }

    @InLightAndDark
    void remove(Appearance appearance) {
        wanted("remove", appearance);
        shop();
        openOnShop();
        click("#remove");
        waitUntil("who", () -> words("#remove-holders").contains("php"));
        shot("remove", appearance);
    }

    @InLightAndDark
    void lost(Appearance appearance) throws Exception {
        wanted("lost", appearance);
        Php php = shop();
        openOnShop();
        removeAtTheEnd(id());
        php.ask("destroy");
        php.ask("anew 8000");
        waitUntil("told", () -> words(".shm-tab").contains("Attach the new one"));
        shot("lost", appearance);
    }

    @InLightAndDark
    void raw64Mib(Appearance appearance) throws Exception {
        wanted("raw-64-mib", appearance);
        SegmentId id = raw(RAW_BYTES);
        fillWithNoise(id);
        openOnSegment();
        fx(() -> find(".hex-view", HexView.class).goTo(RAW_BYTES / 2));
        waitUntil("swept", () -> words("#status-line").contains("whole"));
        poke(id, RAW_BYTES / 2 + 0x48, 1, 2, 3, 4);
        shot("raw-64-mib", appearance);
    }

    private void fillWithNoise(SegmentId id) throws Exception {
        int[] block = new int[1 << 14];
        for (int at = 0; at < block.length; at++) {
            block[at] = (at * 0x9e3779b1) >>> 24;
        }
        for (long from = 0; from < RAW_BYTES; from += RAW_BYTES / 16) {
            poke(id, from, block);
        }
    }

    @InLightAndDark
    void findings(Appearance appearance) throws Exception {
        wanted("findings", appearance);
        shop();
        poke(id(), FREE, 5, 0);
        openOnShop();
        waitUntil("judged", () -> words("#health").contains("Damaged"));
        click("#health");
        waitUntil("panel", () -> words("#health-panel").contains("What PHP"));
        shot("findings", appearance);
    }

    @InLightAndDark
    void repair(Appearance appearance) throws Exception {
        wanted("repair", appearance);
        shop();
        poke(id(), FREE, 5, 0);
        openOnShop();
        unlock();
        waitUntil("judged", () -> words("#health").contains("Damaged"));
        click("#health");
        click("#health-repair");
        waitUntil("question", () -> isThere("#repair"));
        fill("#repair-image", "/var/backups/before-repair.bin");
        tick("#repair-understood");
        shot("repair", appearance);
    }

    @InLightAndDark
    void ghosts(Appearance appearance) {
        wanted("ghosts", appearance);
        Php php = shop();
        php.ask("put 7 ['password' => 'a secret', 'tries' => 3]");
        openOnSegment();
        waitUntil("slots", () -> slots().size() > 2);
        php.ask("unset 7");
        openGhosts();
        click("#ghost-list .list-cell");
        waitUntil("its bytes", this::isByteChosen);
        shot("ghosts", appearance);
        unlock();
        click("#ghost-wipe");
        waitUntil("question", () -> isThere("#wipe"));
        tick("#wipe-understood");
        shot("wipe", appearance);
    }

    @InLightAndDark
    void find(Appearance appearance) throws Exception {
        wanted("find", appearance);
        SegmentId id = raw(3 << 20);
        for (int at = 1; at < 9; at++) {
            poke(id, at * 0x4321L, "session=%08x".formatted(at * 0x1357b).chars().toArray());
        }
        openOnSegment();
        control(KeyCode.F);
        robot.write("session=", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("count", () -> words("#find-count").startsWith("1 of 8 hits"));
        waitUntil("preview", () -> words("#find-hits").contains("session"));
        shot("find", appearance);
    }

    @InLightAndDark
    void narrow(Appearance appearance) {
        wanted("narrow", appearance);
        Php php = shop();
        openOnShop();
        control(KeyCode.R);
        click("#narrow-any");
        waitUntil("begun", () -> words("#narrow-count").contains("after 1 step"));
        php.ask("put 5 2.71828");
        click("#narrow-changed");
        waitUntil("fewer", () -> words("#narrow-count").contains("after 2 steps"));
        waitUntil("slot", () -> words("#narrow-list").contains("slot"));
        shot("narrow", appearance);
    }

    @InLightAndDark
    void attachPreview(Appearance appearance) {
        wanted("attach-preview", appearance);
        shop();
        openWindow();
        control(KeyCode.O);
        fill("#attach-text", key.hex());
        waitUntil("exists", () -> words("#attach-state").startsWith("It exists"));
        shot("attach-preview", appearance);
    }
}
