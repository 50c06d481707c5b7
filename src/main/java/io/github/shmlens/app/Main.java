package io.github.shmlens.app;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.ui.theme.Places;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Decides: no arguments is the window, anything else the command line.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // Numbers are read by scripts: no locale may change their digits.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        if (!List.of(arguments).contains("--debug")) {
            Logger.getLogger("").setLevel(Level.OFF);
        }
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        Console console = Console.ofProcess();
        CommandLineProgram program =
                new CommandLineProgram(
                        HostSegments::new,
                        Journal.in(Places.state(), "command line"),
                        console,
                        (targets, access) -> WindowLaunch.attach(console, targets, access));
        return WindowLaunch.isMeant(arguments)
                ? WindowLaunch.open(program, console, arguments)
                : program.run(arguments);
    }
}
