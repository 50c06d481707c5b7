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
        description = "Writes all bytes of a segment to a file or standard output.")
@Examples({
    "shmlens dump 987654 image.bin",
    "shmlens dump 987654 | sha256sum",
    "shmlens slots file:image.bin   # a dump is looked at as a segment is"
})
final class DumpCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file that does not exist yet; none, or -, is standard output.")
    @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The same, as an option.")
    @Nullable String output;

    DumpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        Console console = session.console();
        Path image = image();
        if (image == null && console.terminal()) {
            throw new BadInput(
                    "raw bytes would garble the terminal: name a FILE, or see them with \"shmlens hex\"");
        }
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            if (image != null) {
                ImageFile.save(segment, image, session);
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

    /// The file to write; null for standard output.
    private @Nullable Path image() throws BadInput {
        if (file != null && output != null) {
            throw new BadInput("two files, \"%s\" and \"%s\": name one".formatted(file, output));
        }
        String named = file == null ? output : file;
        return named == null || named.equals("-") ? null : ImageFile.path(named);
    }
}
