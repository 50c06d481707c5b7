package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The window, on segments that are named.
@Command(
        name = "attach",
        sortOptions = false,
        description = {
            "Opens the window on segments.",
            "Without a command the window opens empty."
        })
@Examples({"shmlens attach 987654", "shmlens attach posix:/sensor 0x7000 --read-only"})
final class AttachCommand implements Callable<Integer> {

    private final WindowOpener window;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "The segments.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--read-only", description = "Attach without the right to write.")
    boolean readOnly;

    AttachCommand(WindowOpener window) {
        this.window = window;
    }

    @Override
    public Integer call() throws BadInput {
        List<Target> parsed = new ArrayList<>();
        for (String target : targets) {
            parsed.add(Target.parse(target));
        }
        return window.open(parsed, readOnly ? Access.READ_ONLY : Access.READ_WRITE);
    }
}
