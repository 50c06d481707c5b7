package io.github.shmlens.app;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.sysv.OtherEnd;
import io.github.shmlens.ui.theme.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Decides: no arguments is the window, anything else the command line.
public final class Main {

    /// As the command line has it.
    private static final int WRONG_USAGE = 2;

    private static final int STANDARD_OUTPUT = 1;

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
        Console console = Console.ofProcess(() -> OtherEnd.closed(STANDARD_OUTPUT));
        int garbled = RawArguments.firstGarbled(Path.of("/proc/self/cmdline"), arguments);
        if (garbled > 0) {
            console.note(
                    "argument %d is no UTF-8: \"%s\"; the bytes of a value can come from standard input, with -"
                            .formatted(garbled, arguments[garbled - 1]));
            return WRONG_USAGE;
        }
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
