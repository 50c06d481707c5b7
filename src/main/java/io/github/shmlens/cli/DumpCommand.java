package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// All bytes of a segment, out.
@Command(
        name = "dump",
        sortOptions = false,
        description = "Writes all bytes of a segment to a new file or to standard output.")
final class DumpCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A file that does not exist yet; standard output otherwise.")
    @Nullable String output;

    DumpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        Console console = session.console();
        Path file = output == null ? null : ImageFile.path(output);
        if (file == null && console.terminal()) {
            throw new BadInput("raw bytes would garble the terminal: name a file with -o");
        }
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            if (file != null) {
                ImageFile.save(segment, file, console);
            } else {
                long size = segment.sizeBytes();
                try (Progress progress = console.progress("dump", size)) {
                    Bytes.copy(
                            segment,
                            0,
                            size,
                            progress,
                            (bytes, length) -> console.bytes(bytes, 0, length));
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return ExitCode.DONE;
    }
}
