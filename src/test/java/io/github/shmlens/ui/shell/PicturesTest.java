package io.github.shmlens.ui.shell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.fields.FieldRows;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.records.GridCells;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;
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

    /// Where the pixels of the window dump begin.
    private static final int XWD_PIXELS = 3232;

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
        // What the screen has is some frames behind where everything is larger.
        WindowTest.waitForFrames(12);
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

    /// Chooses a byte as the keyboard does; on a small screen it may be out of sight.
    private void goTo(long offset) {
        HexView hex = find(".hex-view", HexView.class);
        control(KeyCode.G);
        robot.write("0x" + Long.toHexString(offset), 0);
        robot.type(KeyCode.ENTER);
        waitUntil("byte chosen", () -> hex.getSelection().caret() == offset);
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

    @InLightAndDark
    void journal(Appearance appearance) throws Exception {
        wanted("journal", appearance);
        journal = Journal.in(folder.resolve("state"), "window");
        shop();
        JournaledSource terminal =
                new JournaledSource(host, Journal.in(folder.resolve("state"), "command line"));
        Ownership was = Ownership.of(host.facts(id()));
        terminal.change(id(), new Ownership(was.owner(), was.group(), new Mode(0660)));
        openOnShop();
        unlock();
        HexView hex = find(".hex-view", HexView.class);
        fx(() -> {
            hex.goTo(0x80);
            hex.requestFocus();
        });
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        waitUntil("written", () -> notice().contains("written at 0x80"));
        control(KeyCode.Z);
        waitUntil("undone", () -> notice().startsWith("Took entry"));
        control(KeyCode.J);
        waitUntil("listed", () -> words("#journal-table").contains("undo of"));
        shot("journal", appearance);
        click("#journal-export-button");
        waitUntil("sheet", () -> isThere("#journal-export"));
        shot("journal-export", appearance);
    }

    @InLightAndDark
    void bookmarks(Appearance appearance) throws Exception {
        wanted("bookmarks", appearance);
        shop();
        openOnShop();
        bookmark(0x00, 0x27, "header of the store");
        bookmark(0x50, 0x5f, "what the login page writes");
        bookmark(0xa8, 0xaf, "counter of the queue");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.D);
        robot.release(KeyCode.SHIFT, KeyCode.CONTROL);
        waitUntil("list", () -> words("#bookmark-list").contains("counter of the queue"));
        shot("bookmarks", appearance);
        control(KeyCode.D);
        waitUntil("form", () -> isThere("#bookmark-note"));
        shot("bookmark", appearance);
    }

    private void bookmark(long from, long to, String note) {
        HexView hex = find(".hex-view", HexView.class);
        fx(() -> {
            hex.select(new Selection(from, to));
            hex.requestFocus();
        });
        control(KeyCode.D);
        waitUntil("form", () -> isThere("#bookmark-note"));
        robot.write(note, 0);
        robot.type(KeyCode.ENTER);
        waitUntil("closed", () -> !isThere("#bookmark-sheet"));
    }

    @InLightAndDark
    void change(Appearance appearance) {
        wanted("change", appearance);
        shop();
        openOnShop();
        unlock();
        goTo(0x60);
        control(KeyCode.K);
        waitUntil("sheet", () -> isThere("#fill-sheet"));
        click("#fill-pattern");
        fill("#fill-length", "40");
        fill("#fill-text", "de ad be ef");
        waitUntil("preview", () -> words("#fill-after").startsWith("de ad be ef"));
        shot("fill", appearance);
        robot.type(KeyCode.ESCAPE);
        robot.press(KeyCode.ALT).type(KeyCode.ENTER);
        robot.release(KeyCode.ALT);
        waitUntil("shown", () -> words("#props-who").contains("CAP_SYS_ADMIN"));
        fill("#props-mode", "0640");
        shot("properties", appearance);
    }

    @InLightAndDark
    void layout(Appearance appearance) throws Exception {
        wanted("layout", appearance);
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/known/xwd.bin"));
        SegmentId id = raw(bytes.length);
        for (int at = XWD_PIXELS; at + 3 < bytes.length; at += 4) {
            int pixel = (at - XWD_PIXELS) / 4;
            bytes[at] = (byte) (pixel % 64 * 4);
            bytes[at + 1] = (byte) (pixel / 64 * 5);
            bytes[at + 2] = (byte) 0x60;
        }
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            segment.write(0, bytes, 0, bytes.length);
        }
        openOnSegment();
        waitUntil("picture", () -> words("#layout-caption").startsWith("64 × 48 pixels"));
        goTo(0x20);
        shot("layout", appearance);
    }

    /// Ten readings of two sensors, as a C program leaves them.
    private void readings() throws Exception {
        SegmentId id = raw(4096);
        ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("boiler".getBytes(StandardCharsets.UTF_8)).putInt(16, 1).putInt(20, 10);
        for (int i = 0; i < 10; i++) {
            bytes.putLong(24 + 24 * i, 1_795_000_000L + 60 * i);
            bytes.putDouble(32 + 24 * i, 21.5 + i / 4.0);
            bytes.putInt(40 + 24 * i, 7 + i % 2);
        }
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            segment.write(0, bytes.array(), 0, bytes.capacity());
        }
    }

    @InLightAndDark
    void structure(Appearance appearance) throws Exception {
        wanted("structure", appearance);
        readings();
        openOnSegment();
        control(KeyCode.U);
        waitUntil("the sheet", () -> isThere("#structure-sheet"));
        fx(() ->
                find("#structure-text", TextArea.class)
                        .setText(
                                """
                                enum state { STOPPED, RUNNING };
                                struct sensor {
                                    char name[16];
                                    enum state state;
                                    uint32_t count;
                                    struct { time_t at; double celsius; uint32_t by; } last[10];
                                };
                                """));
        waitUntil("size", () -> words("#structure-prospect").contains("264 bytes"));
        shot("structure-sheet", appearance);
        click("#structure-show");
        waitUntil("fields", () -> isThere("#fields-tree"));
        goTo(32);
        waitUntil(
                "a value",
                () ->
                        FieldRows.value(find("#fields-tree", Node.class), "last[0].celsius")
                                .equals("21.5"));
        shot("structure", appearance);
    }

    @InLightAndDark
    void records(Appearance appearance) throws Exception {
        wanted("records", appearance);
        readings();
        openOnSegment();
        control(KeyCode.T);
        fill("#records-offset", "24");
        fill("#records-columns", "at:i64 celsius:f64 by:u32");
        fill("#records-stride", "24");
        fill("#records-count", "10");
        click("#records-show");
        waitUntil("rows", () -> isThere("#records-grid"));
        fx(() -> find("#records-grid", Node.class).requestFocus());
        robot.type(KeyCode.DOWN, KeyCode.RIGHT);
        waitUntil(
                "a value",
                () -> GridCells.text(find("#records-grid", Node.class), 1, 1).equals("21.75"));
        shot("records", appearance);
    }

    @InLightAndDark
    void inspector(Appearance appearance) {
        wanted("inspector", appearance);
        shop();
        openOnShop();
        unlock();
        HexView hex = find(".hex-view", HexView.class);
        fx(() -> {
            hex.goTo(0x58);
            hex.requestFocus();
        });
        control(KeyCode.I);
        robot.type(KeyCode.ENTER);
        shot("inspector", appearance);
        robot.type(KeyCode.ESCAPE);
        control(KeyCode.G);
        robot.write("0x40 + 3*", 0);
        shot("go-to", appearance);
    }

    @InLightAndDark
    void sheets(Appearance appearance) {
        wanted("sheets", appearance);
        shop();
        openOnShop();
        robot.type(KeyCode.F1);
        waitUntil("sheet", () -> isThere("#shortcuts-sheet"));
        shot("shortcuts", appearance);
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#shortcuts-sheet"));
        robot.type(KeyCode.F2);
        waitUntil("sheet", () -> isThere("#legend-sheet"));
        shot("legend", appearance);
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#legend-sheet"));
        click("#lock");
        waitUntil("dialog", () -> isThere("#lock-unlock") || isThere("#lock-without"));
        shot("lock", appearance);
        robot.type(KeyCode.ESCAPE);
        click("#more");
        shot("more", appearance);
        robot.type(KeyCode.ESCAPE);
        click("#menu");
        shot("menu", appearance);
    }

    @InLightAndDark
    void refused(Appearance appearance) {
        wanted("refused", appearance);
        FakeSource closed = new FakeSource();
        closed.allow(closed.add(key, 4096), new Mode(0600), new Rights(false, false, false));
        openWindow(closed);
        control(KeyCode.O);
        fill("#attach-text", key.hex());
        waitUntil("exists", () -> words("#attach-state").startsWith("It exists"));
        robot.type(KeyCode.ENTER);
        waitForFx();
        shot("refused", appearance);
    }
}
