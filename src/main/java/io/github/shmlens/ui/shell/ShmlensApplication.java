package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.FirstFrame;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Starts JavaFX and opens the window. JavaFX makes the object itself, so what it needs is handed
/// over beside it.
public final class ShmlensApplication extends Application {

    private static final Texts TEXTS = Texts.of(ShmlensApplication.class);

    /// What the program hands to its window.
    ///
    /// @param contents makes tabs, given whether the theme is dark
    /// @param first attached at once, in this order
    /// @param withDemo starts the demo and attaches it, once the window is there
    /// @param rehearsal for a run that nobody looks at; null for a person
    public record Start(
            SegmentSource source,
            List<Shape> shapes,
            DemoStarter demo,
            Function<ObservableValue<Theme.Tone>, TabContentFactory> contents,
            List<First> first,
            boolean withDemo,
            @Nullable Rehearsal rehearsal) {

        public Start {
            shapes = List.copyOf(shapes);
            first = List.copyOf(first);
        }
    }

    /// A segment to begin with.
    public record First(Target target, Access access) {}

    /// A run that ends by itself: it trains the start-up cache, or measures the start.
    ///
    /// @param firstFrame told when the first frame is on the screen. On the FX thread
    /// @param seconds how long the window stays after that
    public record Rehearsal(Runnable firstFrame, double seconds) {}

    private static final AtomicReference<@Nullable Start> HANDED_OVER = new AtomicReference<>();

    /// Opens the window and returns when it is closed. Once per process.
    public static void open(Start start) {
        HANDED_OVER.set(start);
        Application.launch(ShmlensApplication.class);
    }

    @Override
    public void start(Stage stage) {
        Start start = Objects.requireNonNull(HANDED_OVER.get(), "use ShmlensApplication.open");
        Settings settings;
        Problem unread = null;
        try {
            settings = Settings.load(Settings.userFile());
        } catch (IOException refused) {
            // Not a reason not to start; and not to be overwritten unseen either.
            settings = Settings.inMemory();
            unread =
                    new Problem(
                            TEXTS.say("settings.unreadable"),
                            Problem.of(refused).sentence(),
                            TEXTS.say("settings.unreadable-help", Settings.userFile()));
        }
        Theme theme = Theme.follow(settings);
        ShmlensWindow window =
                new ShmlensWindow(
                        start.source(),
                        start.shapes(),
                        settings,
                        theme,
                        start.demo(),
                        start.contents().apply(theme.toneProperty()));
        if (start.rehearsal() != null) {
            rehearse(stage, window, start.rehearsal());
        }
        window.show(stage);
        if (unread != null) {
            window.tell(unread);
        }
        start.first().forEach(one -> window.attach(one.target(), one.access()));
        if (start.withDemo()) {
            window.startDemo();
        }
    }

    private static void rehearse(Stage stage, ShmlensWindow window, Rehearsal rehearsal) {
        PauseTransition stay = new PauseTransition(Duration.seconds(rehearsal.seconds()));
        stay.setOnFinished(_ -> window.close());
        stage.setOnShown(_ ->
                FirstFrame.then(() -> {
                    rehearsal.firstFrame().run();
                    stay.play();
                }));
    }
}
