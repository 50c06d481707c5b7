package io.github.shmlens.bench;

import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.shell.SegmentTab;
import io.github.shmlens.ui.shell.ShmlensWindow;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;

/// The window as a person has it, over the segments of this host. Methods may be called on any
/// thread but the FX thread.
final class BenchWindow implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static boolean toolkit;

    private final Stage stage;
    private final ShmlensWindow window;

    private BenchWindow(Settings settings, double width, double height) throws Exception {
        startToolkit();
        settings.keep("window-x", 10);
        settings.keep("window-y", 10);
        settings.keep("window-width", width);
        settings.keep("window-height", height);
        stage = ask(Stage::new);
        window = ask(() -> opened(settings));
        waitUntil("window", stage::isShowing);
    }

    static BenchWindow open(double width, double height) throws Exception {
        return new BenchWindow(Settings.inMemory(), width, height);
    }

    /// @param settings kept in memory, or what is chosen there is saved
    static BenchWindow open(Settings settings, double width, double height) throws Exception {
        return new BenchWindow(settings, width, height);
    }

    private ShmlensWindow opened(Settings settings) {
        SegmentSource source = new HostSegments();
        Theme theme = Theme.follow(settings);
        ShmlensWindow made =
                new ShmlensWindow(
                        source,
                        List.of(new StoreShape()),
                        settings,
                        theme,
                        () -> {
                            throw new IOException("no demo here");
                        },
                        SegmentTab.factory(theme.toneProperty()));
        made.show(stage);
        stage.toFront();
        return made;
    }

    /// Opens a tab and waits until its bytes are there.
    void attach(Target target) throws Exception {
        int before = ask(() -> tabs().getTabs().size());
        ask(() -> {
            window.attach(target, Access.READ_ONLY);
            return true;
        });
        waitUntil("tab", () -> tabs().getTabs().size() > before);
        waitUntil("live", () -> statusWords().contains("live"));
    }

    Stage stage() {
        return stage;
    }

    /// An empty pane until the first tab brings the window's own into it.
    TabPane tabs() {
        return root().lookup("#tabs") instanceof TabPane own ? own : new TabPane();
    }

    Parent root() {
        return stage.getScene().getRoot();
    }

    /// Of the tab in front. FX thread.
    HexView hex() {
        return (HexView)
                tabs().getSelectionModel().getSelectedItem().getContent().lookup(".hex-view");
    }

    /// FX thread.
    String statusWords() {
        List<String> words = new ArrayList<>();
        for (Node word : ((Parent) root().lookup("#status-line")).getChildrenUnmodifiable()) {
            if (word instanceof Labeled label) {
                words.add(label.getText());
            }
        }
        return String.join(" ", words);
    }

    /// Where a node is on the screen. FX thread.
    static Bounds screen(Node node) {
        return node.localToScreen(node.getBoundsInLocal());
    }

    @Override
    public void close() throws Exception {
        ask(() -> {
            window.close();
            return true;
        });
        waitUntil("window closed", () -> !stage.isShowing());
    }

    /// Asks on the FX thread and waits for the answer.
    static <T> T ask(Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(question.call());
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        });
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static void waitUntil(String what, BooleanSupplier holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ask(holds::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not: " + what);
            }
            rest(5);
        }
    }

    /// Lets time pass: what is measured is what happens meanwhile.
    static void rest(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    static synchronized void startToolkit() throws InterruptedException {
        if (toolkit) {
            return;
        }
        toolkit = true;
        CountDownLatch up = new CountDownLatch(1);
        try {
            Platform.startup(up::countDown);
        } catch (IllegalStateException running) {
            // A test started it.
            up.countDown();
        }
        up.await();
        Platform.setImplicitExit(false);
    }
}
