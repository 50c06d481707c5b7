package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The key that ftok(3) makes of a file and a project.
@Command(
        name = "ftok",
        sortOptions = false,
        description = "Prints the key that ftok(3) makes of a file and a project.")
final class FtokCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "PATH", description = "An existing file.")
    String path = "";

    @Parameters(
            index = "1",
            paramLabel = "PROJ",
            description = "One character, or a number 1..255 as #65.")
    String project = "";

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    FtokCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        Path file;
        try {
            file = Path.of(path);
        } catch (InvalidPathException refused) {
            throw new BadInput("\"%s\" is no path: %s".formatted(path, refused.getReason()));
        }
        Target target = new Target.Ftok(file, Target.parseProject(project));
        SegmentKey key = Objects.requireNonNull(session.resolved(target).key());
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeNumberProperty("key", key.value());
                        out.writeStringProperty("keyHex", key.hex());
                        out.writeNumberProperty("keyUnsigned", Integer.toUnsignedLong(key.value()));
                        out.writeEndObject();
                    });
        } else {
            session.console().line("%s %s %d".formatted(key.hex(), key.unsigned(), key.value()));
        }
        return ExitCode.DONE;
    }
}
