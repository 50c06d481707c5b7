package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.known.KnownLayouts;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexCells;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Notices;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeTableRow;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The window as a person has it: real segments below, real clicks and keys above, real PHP beside.
///
/// Every test has a key of its own; what answers to it at the end is removed.
abstract class MainJob extends FxTest {

    /// Obeys one line after the other: `put key code`, `same key code`, `has key`, `unset key`,
    /// `destroy`, `anew bytes`. Answers in one line.
    private static final String SERVANT =
            """
            $shm = shm_attach((int) $argv[1], (int) $argv[2]);
            say('ready');
            while (true) {
                [$verb, $key, $code] = explode(' ', hear(), 3) + ['', '', ''];
                switch ($verb) {
                    case 'put': $answer = shm_put_var($shm, (int) $key, eval("return $code;")); break;
                    case 'same': $answer = shm_get_var($shm, (int) $key) === eval("return $code;"); break;
                    case 'has': $answer = shm_has_var($shm, (int) $key); break;
                    case 'unset': $answer = shm_remove_var($shm, (int) $key); break;
                    case 'destroy': $answer = shm_remove($shm); break;
                    case 'anew': $shm = shm_attach((int) $argv[1], (int) $key); $answer = true; break;
                }
                say(var_export($answer, true));
            }
            """;

    static final int STORE_BYTES = 4000;

    final HostSegments host = new HostSegments();

    /// All begin alike, so that no offset a test looks for stands in a key by chance.
    final SegmentKey key =
            new SegmentKey(ThreadLocalRandom.current().nextInt(0x7d000000, 0x7e000000));

    /// Of the window that is opened next.
    Settings settings = Settings.inMemory();

    /// Where the window that is opened next keeps what it writes.
    Journal journal = Journal.none();

    /// Answers the window that is opened next.
    FileAsker files = new NoFiles();

    private final List<SegmentId> made = new ArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private @Nullable ShmlensWindow window;
    private @Nullable Stage stage;

    /// Of the window that is opened next.
    int width = 1500;

    int height = 1100;

    @TempDir Path folder;

    // ---- the window --------------------------------------------------------------------------

    void openWindow() {
        openWindow(journal.kept() ? new JournaledSource(host, journal) : host);
    }

    void openWindow(SegmentSource source) {
        stage =
                ask(() -> {
                    settings.keep("window-x", 20);
                    settings.keep("window-y", 20);
                    settings.keep("window-width", width);
                    settings.keep("window-height", height);
                    Stage fresh = new Stage();
                    Theme theme = Theme.follow(settings);
                    window =
                            new ShmlensWindow(
                                    source,
                                    shapes(),
                                    settings,
                                    theme,
                                    () -> {
                                        throw new AssertionError("nobody asked for the demo");
                                    },
                                    SegmentTab.factory(theme.toneProperty(), journal),
                                    files,
                                    new LogFile(folder.resolve("test.log")));
                    window.show(fresh);
                    fresh.toFront();
                    fresh.requestFocus();
                    return fresh;
                });
        waitUntil("first listing", () -> !words("#status-line").isBlank());
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(KnownLayouts.ALL);
        shapes.addFirst(new StoreShape());
        return shapes;
    }

    /// Opens the window with a tab on the test's own segment.
    void openOnSegment() {
        openWindow();
        attachByKey();
    }

    void attachByKey() {
        control(KeyCode.O);
        fill("#attach-text", key.hex());
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabs().getTabs().size() == 1 && !isThere("#attach-sheet"));
        waitUntil("bytes", () -> words("#status-line").contains("live"));
    }

    /// As the window's own button to close it does.
    void pressTheX() {
        fx(() ->
                Event.fireEvent(
                        stage(), new WindowEvent(stage(), WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    /// With what belongs to it, and without writing what was typed.
    void closeWindow() {
        ShmlensWindow opened = window;
        Stage shown = stage;
        if (opened != null && shown != null) {
            fx(() ->
                    List.copyOf(Window.getWindows()).stream()
                            .filter(other -> other != shown)
                            .forEach(Window::hide));
            fx(opened::close);
            waitUntil(
                    "window closed",
                    () -> {
                        for (String yes :
                                List.of("#underway-stop", "#unwritten-discard", "#last-go")) {
                            if (lookup(yes) instanceof ButtonBase button) {
                                button.fire();
                            }
                        }
                        return !shown.isShowing();
                    });
        }
    }

    @AfterEach
    void closeAndRemove() throws Exception {
        closeWindow();
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
        host.segments().stream()
                .filter(facts -> key.equals(facts.key()))
                .map(SegmentFacts::id)
                .forEach(made::add);
        for (SegmentId id : made) {
            try {
                host.remove(id);
            } catch (ShmException removedByTheTest) {
                assertThat(removedByTheTest.failure())
                        .isInstanceOfAny(ShmFailure.Gone.class, ShmFailure.NotFound.class);
            }
        }
        host.removeLock(key);
        assertThat(folder.resolve("test.log")).as("defects").doesNotExist();
    }

    // ---- the segment and its neighbours ------------------------------------------------------

    /// A PHP process that keeps the segment attached.
    Php servant() {
        Php php =
                keep(
                        Php.start(
                                SERVANT,
                                Integer.toString(key.value()),
                                Integer.toString(STORE_BYTES)));
        assertThat(php.line()).isEqualTo("ready");
        return php;
    }

    /// A store with some variables, made by a PHP process that ends again.
    void phpStore() {
        phpStore("0666");
    }

    /// @param mode who may do what, in octal
    void phpStore(String mode) {
        Php.run(
                """
                $shm = shm_attach((int) $argv[1], (int) $argv[2], octdec($argv[3]));
                shm_put_var($shm, 1, 'Hello');
                shm_put_var($shm, 2, 42);
                shm_put_var($shm, 3, ['state' => 'up', 'done' => 0.5]);
                """,
                Integer.toString(key.value()),
                Integer.toString(STORE_BYTES),
                mode);
    }

    SegmentId raw(long bytes) throws Exception {
        return host.create(new Target.Key(key), bytes, Mode.DEFAULT, false).id();
    }

    SegmentId id() throws Exception {
        return idOf(new Target.Key(key));
    }

    SegmentId idOf(Target target) throws Exception {
        return Objects.requireNonNull(host.resolve(target).id());
    }

    void removeAtTheEnd(SegmentId id) {
        made.add(id);
    }

    byte[] memory(SegmentId id, long offset, int length) throws ShmException {
        try (AttachedSegment look = host.attach(id, Access.READ_ONLY)) {
            byte[] bytes = new byte[length];
            look.read(offset, bytes, 0, length);
            return bytes;
        }
    }

    /// Writes as another process would: past the window.
    void poke(SegmentId id, long offset, int... values) throws ShmException {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        try (AttachedSegment other = host.attach(id, Access.READ_WRITE)) {
            other.write(offset, bytes, 0, bytes.length);
        }
    }

    /// Holds the lock until it is told to let go.
    final Php holder() {
        Php php =
                keep(
                        Php.start(
                                """
                                $sem = sem_get((int) $argv[1]);
                                sem_acquire($sem);
                                say('held');
                                hear();
                                sem_release($sem);
                                say('free');
                                hear();
                                """,
                                Integer.toString(key.value())));
        assertThat(php.line()).isEqualTo("held");
        return php;
    }

    /// Unlocks the tab in front once it is seen who holds the lock.
    final void unlockUnder(Php php) {
        waitUntil("held", () -> words("#lock").contains("held by " + php.pid()));
        unlock();
    }

    <T extends AutoCloseable> T keep(T resource) {
        running.add(resource);
        return resource;
    }

    // ---- what is on the screen ---------------------------------------------------------------

    Stage stage() {
        return Objects.requireNonNull(stage, "open the window first");
    }

    @Nullable Node lookup(String selector) {
        for (Window one : Window.getWindows()) {
            for (Node found : one.getScene().getRoot().lookupAll(selector)) {
                if (shownOnScreen(found)) {
                    return found;
                }
            }
        }
        return null;
    }

    <T> T find(String selector, Class<T> type) {
        return ask(() -> {
            Node node = lookup(selector);
            if (node == null) {
                throw new AssertionError("not on the screen: " + selector);
            }
            return type.cast(node);
        });
    }

    boolean isThere(String selector) {
        return lookup(selector) != null;
    }

    boolean isDisabled(String selector) {
        Node node = lookup(selector);
        return node != null && node.isDisabled();
    }

    private static boolean shownOnScreen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// All words below a node that is on the screen.
    String words(String selector) {
        return wordsOf(lookup(selector));
    }

    private static String wordsOf(@Nullable Node node) {
        return switch (node) {
            case null -> "";
            case Node hidden when !hidden.isVisible() -> "";
            case TableRow<?> row -> wordsBelow(row);
            case TreeTableRow<?> row -> wordsBelow(row);
            case Labeled labeled ->
                    labeled.getText() == null || labeled.getText().isEmpty()
                            ? wordsOf(labeled.getGraphic())
                            : labeled.getText() + "\n";
            case javafx.scene.text.Text text -> text.getText() + "\n";
            case Parent parent -> wordsBelow(parent);
            default -> "";
        };
    }

    private static String wordsBelow(Parent parent) {
        return parent.getChildrenUnmodifiable().stream()
                .map(MainJob::wordsOf)
                .collect(Collectors.joining());
    }

    TabPane tabs() {
        return WindowTest.tabs(stage());
    }

    String tabText() {
        return tabs().getTabs().getFirst().getText();
    }

    /// The words of every slot's row, from the top.
    List<String> slots() {
        Node table = lookup("#slots");
        return table == null
                ? List.of()
                : table.lookupAll(".table-row-cell").stream()
                        .map(TableRow.class::cast)
                        .filter(row -> !row.isEmpty() && row.isVisible())
                        .sorted(java.util.Comparator.comparingInt(TableRow::getIndex))
                        .map(MainJob::wordsOf)
                        .toList();
    }

    /// What the row of the first slot says; nothing while there is none.
    String firstSlot() {
        List<String> all = slots();
        return all.isEmpty() ? "" : all.getFirst();
    }

    /// The byte that the view shows, which edits are compared with.
    int shownByte(long offset) {
        HexView hex = find(".hex-view", HexView.class);
        return HexCells.live(hex, offset);
    }

    String notice() {
        return stage().getScene().lookup(".shm-notices") instanceof Notices notices
                ? notices.newest()
                : "";
    }

    // ---- hands -------------------------------------------------------------------------------

    void control(KeyCode code) {
        robot.press(KeyCode.CONTROL);
        robot.type(code);
        robot.release(KeyCode.CONTROL);
        waitForFx();
    }

    /// Replaces what a field holds.
    void fill(String selector, String text) {
        click(selector);
        control(KeyCode.A);
        robot.write(text, 0);
        TextInputControl field = find(selector, TextInputControl.class);
        waitUntil("typed " + text, () -> field.getText().equals(text));
    }

    void click(String selector) {
        waitUntil("on the screen: " + selector, () -> isThere(selector) && !isDisabled(selector));
        waitForFx();
        robot.clickOn(find(selector, Node.class));
        waitForFx();
    }

    /// Presses a button by what it says.
    void press(String words) {
        waitUntil("a button " + words, () -> button(words) != null);
        waitForFx();
        robot.clickOn(ask(() -> Objects.requireNonNull(button(words))));
        waitForFx();
    }

    private @Nullable Node button(String words) {
        for (Window one : Window.getWindows()) {
            for (Node node : one.getScene().getRoot().lookupAll(".button")) {
                if (shownOnScreen(node)
                        && node instanceof Labeled labeled
                        && labeled.getText() != null
                        && labeled.getText().startsWith(words)) {
                    return node;
                }
            }
        }
        return null;
    }

    void clickByte(long offset) {
        HexView hex = find(".hex-view", HexView.class);
        waitForFx();
        robot.clickOn(ask(() -> HexCells.hex(hex, offset)));
        waitUntil("byte chosen", () -> hex.getSelection().caret() == offset);
    }

    void clickSlot(int row) {
        waitUntil("slots", () -> slots().size() > row);
        waitForFx();
        robot.clickOn(
                ask(() ->
                        Objects.requireNonNull(lookup("#slots"))
                                .lookupAll(".table-row-cell")
                                .stream()
                                .filter(node -> ((TableRow<?>) node).getIndex() == row)
                                .findFirst()
                                .orElseThrow()));
        waitForFx();
    }

    /// Types over the first member of the array that is chosen, and leaves it at that.
    void typeFirstMember(String text) {
        click("#value-lines");
        robot.type(KeyCode.HOME, KeyCode.DOWN, KeyCode.ENTER);
        waitUntil("a field", () -> isThere("#value-editor"));
        robot.write(text);
    }

    void unlock() {
        control(KeyCode.E);
        waitUntil("unlocked", () -> words("#status-line").contains("unlocked"));
    }
}
