package io.github.shmlens.app;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.known.KnownLayouts;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.ui.shell.SegmentTab;
import io.github.shmlens.ui.shell.ShmlensApplication;
import io.github.shmlens.ui.theme.Places;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one place that starts the window, and what happens where there can be none: the demo
/// segment, live in the terminal.
final class WindowLaunch {

    /// What `installer/run` asks for: the live demo, and a look at it.
    private static final String DEMO = "--demo";

    /// How many seconds the window stays in a run that nobody looks at.
    private static final String REHEARSAL = "shmlens.rehearsal";

    private static final int DONE = 0;
    private static final int NO = 1;
    private static final int OUR_FAULT = 70;

    private WindowLaunch() {}

    static boolean isMeant(String... arguments) {
        return arguments.length == 0 || arguments[0].equals(DEMO);
    }

    /// The window, empty or on the demo; without a display the demo in the terminal.
    ///
    /// @return the exit code
    static int open(CommandLineProgram program, Console console, String... arguments) {
        if (!hasScreen()) {
            console.note("there is no display: DISPLAY and WAYLAND_DISPLAY are not set");
            return demoInTerminal(program, console);
        }
        return inWindow(console, List.of(), arguments.length > 0);
    }

    /// The window on segments that are named.
    static int attach(Console console, List<Target> targets, Access access) {
        if (!hasScreen()) {
            console.note(
                    "there is no display (DISPLAY and WAYLAND_DISPLAY are not set): \"shmlens slots TARGET --watch\" shows a store here");
            return NO;
        }
        return inWindow(
                console,
                targets.stream()
                        .map(target -> new ShmlensApplication.First(target, access))
                        .toList(),
                false);
    }

    private static int inWindow(
            Console console, List<ShmlensApplication.First> first, boolean withDemo) {
        Journal journal = Journal.in(Places.state(), "window");
        try (OneDemo demo = new OneDemo()) {
            ShmlensApplication.open(
                    new ShmlensApplication.Start(
                            new JournaledSource(new HostSegments(), journal),
                            shapes(),
                            demo,
                            tone -> SegmentTab.factory(tone, journal),
                            first,
                            withDemo,
                            rehearsal(console)));
            return DONE;
        } catch (UnsupportedOperationException noScreen) {
            // What JavaFX says when the display that is named does not answer.
            console.note(
                    "the window could not be opened: %s; \"shmlens ls\" and the other commands work"
                                    .formatted(noScreen.getMessage())
                            + " without one");
            return OUR_FAULT;
        }
    }

    /// Asked for where the program is started, by what trains the start-up cache or measures.
    private static ShmlensApplication.@Nullable Rehearsal rehearsal(Console console) {
        double seconds = Double.parseDouble(System.getProperty(REHEARSAL, "-1"));
        if (seconds < 0) {
            return null;
        }
        return new ShmlensApplication.Rehearsal(
                () -> console.note("first frame after %d ms".formatted(sinceStart().toMillis())),
                seconds);
    }

    private static Duration sinceStart() {
        return Duration.between(
                ProcessHandle.current().info().startInstant().orElse(Instant.now()), Instant.now());
    }

    private static int demoInTerminal(CommandLineProgram program, Console console) {
        console.note("a live demo segment, in the terminal; Ctrl-C ends it");
        try (DemoProcess demo = DemoProcess.start()) {
            return program.run("slots", demo.target(), "--watch");
        } catch (IOException refused) {
            console.note("the demo could not be started: " + refused.getMessage());
            return OUR_FAULT;
        }
    }

    private static boolean hasScreen() {
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /// PHP's first: what bears its mark is never another's.
    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new StoreShape());
        shapes.addAll(KnownLayouts.ALL);
        return List.copyOf(shapes);
    }
}
