package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Notices;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The main window over some source, with contents that note what they are told.
abstract class WindowTest extends FxTest {

    @TempDir Path folder;

    final Settings settings = Settings.inMemory();
    final List<PlainContent> contents = new ArrayList<>();
    DemoStarter demo =
            () -> {
                throw new IOException("there is no demo here");
            };
    @Nullable Path answer;

    /// Opens the window and waits for the first listing.
    Stage open(SegmentSource source) {
        return open(source, 1280, 800);
    }

    Stage open(SegmentSource source, double width, double height) {
        Stage stage =
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
                                    List.of(),
                                    settings,
                                    theme,
                                    () -> demo.start(),
                                    (segment, named, origin, host) -> {
                                        PlainContent content =
                                                new PlainContent(segment, named, origin, host);
                                        contents.add(content);
                                        return content;
                                    },
                                    new Answering(),
                                    new LogFile(folder.resolve("test.log")));
                    window.show(fresh);
                    fresh.toFront();
                    fresh.requestFocus();
                    return fresh;
                });
        waitUntil("window shown", stage::isShowing);
        waitUntil("first listing", () -> !statusText(stage).isBlank());
        return stage;
    }

    @Nullable ShmlensWindow window;

    ShmlensWindow window() {
        if (window == null) {
            throw new IllegalStateException("open first");
        }
        return window;
    }

    /// A window that is only hidden would go on watching.
    @AfterEach
    void closeWindow() {
        ShmlensWindow opened = window;
        if (opened != null) {
            fx(opened::close);
            waitUntil(
                    "window closed",
                    () -> {
                        for (Window left : List.copyOf(Window.getWindows())) {
                            if (left.getScene().lookup("#last-go") instanceof Button letGo) {
                                letGo.fire();
                            }
                        }
                        return Window.getWindows().stream().noneMatch(Stage.class::isInstance);
                    });
        }
    }

    static String statusText(Stage stage) {
        Node line = stage.getScene().lookup("#status-line");
        return line instanceof javafx.scene.layout.HBox box
                ? String.join(
                        " ",
                        box.getChildren().stream()
                                .filter(Label.class::isInstance)
                                .map(node -> ((Label) node).getText())
                                .toList())
                : "";
    }

    static <T extends Node> T find(Stage stage, String selector, Class<T> type) {
        return ask(() -> {
            Node node = stage.getScene().lookup(selector);
            if (node == null) {
                throw new AssertionError("no " + selector);
            }
            return type.cast(node);
        });
    }

    static boolean isThere(Stage stage, String selector) {
        Node node = stage.getScene().lookup(selector);
        return node != null && shownOnScreen(node);
    }

    static boolean shownOnScreen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    static String text(Stage stage, String selector) {
        Node node = stage.getScene().lookup(selector);
        return switch (node) {
            case Labeled labeled -> String.valueOf(labeled.getText());
            case TextInputControl input -> input.getText();
            case null, default -> "";
        };
    }

    /// All words below a node, for "says somewhere".
    static String words(@Nullable Node node) {
        return switch (node) {
            case null -> "";
            case Node hidden when !hidden.isVisible() -> "";
            case Labeled labeled -> labeled.getText() + "\n";
            case javafx.scene.Parent parent ->
                    String.join(
                            "",
                            parent.getChildrenUnmodifiable().stream()
                                    .map(WindowTest::words)
                                    .toList());
            default -> "";
        };
    }

    static String wordsOf(Stage stage, String selector) {
        return words(stage.getScene().lookup(selector));
    }

    /// An empty pane until the first tab brings the window's own into it.
    static TabPane tabs(Stage stage) {
        return stage.getScene().lookup("#tabs") instanceof TabPane own ? own : new TabPane();
    }

    static List<String> tabTexts(Stage stage) {
        return tabs(stage).getTabs().stream().map(Tab::getText).toList();
    }

    /// An empty one until something is listed.
    static ListView<?> list(Stage stage) {
        return stage.getScene().lookup("#segment-list") instanceof ListView<?> own
                ? own
                : new ListView<>();
    }

    static String notice(Stage stage) {
        return stage.getScene().lookup(".shm-notices") instanceof Notices notices
                ? notices.newest()
                : "";
    }

    /// What was changed before is on the screen afterwards.
    static void waitForFrames(int frames) {
        AtomicInteger left = new AtomicInteger(frames);
        AnimationTimer timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        left.decrementAndGet();
                    }
                };
        fx(timer::start);
        waitUntil("frames drawn", () -> left.get() <= 0);
        fx(timer::stop);
    }

    void control(KeyCode key) {
        robot.press(KeyCode.CONTROL);
        robot.type(key);
        robot.release(KeyCode.CONTROL);
        waitForFx();
    }

    /// Puts the keyboard on a field and replaces what it holds.
    void fill(Stage stage, String selector, String text) {
        TextInputControl field = find(stage, selector, TextInputControl.class);
        fx(() -> {
            field.requestFocus();
            field.selectAll();
        });
        if (text.isEmpty()) {
            robot.type(KeyCode.DELETE);
        } else {
            robot.write(text, 0);
        }
        waitForFx();
    }

    static Target key(int value) {
        return new Target.Key(new io.github.shmlens.segment.SegmentKey(value));
    }

    private final class Answering implements FileAsker {
        @Override
        public Optional<Path> open(@Nullable Window over, String title) {
            return Optional.ofNullable(answer);
        }

        @Override
        public Optional<Path> folder(@Nullable Window over, String title) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> save(@Nullable Window over, String title, String name) {
            return Optional.ofNullable(answer);
        }
    }
}
