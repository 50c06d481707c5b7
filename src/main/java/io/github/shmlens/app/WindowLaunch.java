package io.github.shmlens.app;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import java.io.IOException;

/// The one place that starts the window, and what happens where there can be none: the demo
/// segment, live in the terminal.
final class WindowLaunch {

    /// What `installer/run` asks for: the live demo, and a look at it.
    private static final String DEMO = "--demo";

    private static final String ATTACH = "attach";

    private static final int NO = 1;
    private static final int OUR_FAULT = 70;

    private WindowLaunch() {}

    static boolean isMeant(String... arguments) {
        return arguments.length == 0 || arguments[0].equals(DEMO) || arguments[0].equals(ATTACH);
    }

    /// @return the exit code
    static int open(CommandLineProgram program, Console console, String... arguments) {
        if (!hasScreen()) {
            console.note("there is no display: DISPLAY and WAYLAND_DISPLAY are not set");
        }
        if (arguments.length > 0 && arguments[0].equals(ATTACH)) {
            console.note("without a window, \"shmlens slots TARGET --watch\" shows it here");
            return NO;
        }
        return demoInTerminal(program, console);
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
