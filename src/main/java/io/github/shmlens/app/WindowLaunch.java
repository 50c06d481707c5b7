package io.github.shmlens.app;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.ui.shell.SegmentTab;
import io.github.shmlens.ui.shell.ShmlensApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The one place that starts the window, and what happens where there can be none: the demo
/// segment, live in the terminal.
final class WindowLaunch {

    /// What `installer/run` asks for: the live demo, and a look at it.
    private static final String DEMO = "--demo";

    private static final String ATTACH = "attach";
    private static final String READ_ONLY = "--read-only";

    private static final int DONE = 0;
    private static final int NO = 1;
    private static final int WRONG_USAGE = 2;
    private static final int OUR_FAULT = 70;

    private WindowLaunch() {}

    static boolean isMeant(String... arguments) {
        return arguments.length == 0 || arguments[0].equals(DEMO) || arguments[0].equals(ATTACH);
    }

    /// @return the exit code
    static int open(CommandLineProgram program, Console console, String... arguments) {
        boolean attach = arguments.length > 0 && arguments[0].equals(ATTACH);
        List<ShmlensApplication.First> first;
        try {
            first = attach ? targets(arguments) : List.of();
        } catch (BadInput typed) {
            console.note(typed.sentence());
            return WRONG_USAGE;
        }
        if (!hasScreen()) {
            console.note("there is no display: DISPLAY and WAYLAND_DISPLAY are not set");
            if (attach) {
                console.note("without a window, \"shmlens slots TARGET --watch\" shows it here");
                return NO;
            }
            return demoInTerminal(program, console);
        }
        boolean demo = arguments.length > 0 && arguments[0].equals(DEMO);
        return inWindow(console, first, demo);
    }

    private static List<ShmlensApplication.First> targets(String... arguments) throws BadInput {
        Access access =
                List.of(arguments).contains(READ_ONLY) ? Access.READ_ONLY : Access.READ_WRITE;
        List<ShmlensApplication.First> first = new ArrayList<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            if (!argument.equals(READ_ONLY)) {
                first.add(new ShmlensApplication.First(Target.parse(argument), access));
            }
        }
        if (first.isEmpty()) {
            throw new BadInput(
                    "attach needs a target: a key, ftok:PATH:PROJ, id:SHMID, posix:/NAME");
        }
        return first;
    }

    private static int inWindow(
            Console console, List<ShmlensApplication.First> targets, boolean withDemo) {
        List<ShmlensApplication.First> first = new ArrayList<>(targets);
        try (OneDemo demo = new OneDemo()) {
            if (withDemo) {
                first.add(new ShmlensApplication.First(demo.start(), Access.READ_WRITE));
            }
            ShmlensApplication.open(
                    new ShmlensApplication.Start(
                            new HostSegments(),
                            List.of(new StoreShape()),
                            demo,
                            SegmentTab::factory,
                            first));
            return DONE;
        } catch (IOException refused) {
            console.note("the demo could not be started: " + refused.getMessage());
            return OUR_FAULT;
        } catch (UnsupportedOperationException noScreen) {
            // What JavaFX says when the display that is named does not answer.
            console.note(
                    "the window could not be opened: %s; \"shmlens ls\" and the other commands work"
                                    .formatted(noScreen.getMessage())
                            + " without one");
            return OUR_FAULT;
        }
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
}
