package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.KeySearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/// The key that ftok(3) makes of a file and a project; and the files that give a key.
@Command(
        name = "ftok",
        sortOptions = false,
        description = {
            "Prints the key that ftok(3) makes of a file and a project.",
            "With --find, prints the files that give a key. None is certain: files that have nothing to",
            "do with it give it by accident, one in 65,536 of those on the same disk."
        })
final class FtokCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PATH", description = "An existing file.")
    @Nullable String path;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PROJ",
            description = "One character, or a number 1..255 as #65.")
    @Nullable String project;

    @Option(
            names = "--find",
            paramLabel = "KEY",
            description = "Look for files that give this key, instead of PATH and PROJ.")
    @Nullable String find;

    @Option(
            names = "--under",
            paramLabel = "DIR",
            description = {
                "Where to look, with all folders below; files that processes around the segment use",
                "are looked at first, wherever they lie (default: the current folder)."
            })
    @Nullable String under;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    FtokCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        if (find != null) {
            if (path != null) {
                throw new BadInput("--find takes no PATH and PROJ: it looks for them");
            }
            return find(SegmentKey.parse(find), ImageFile.path(under == null ? "." : under));
        }
        if (path == null || project == null) {
            throw new BadInput(
                    "missing %s; \"shmlens help ftok\" explains"
                            .formatted(path == null ? "PATH and PROJ" : "PROJ"));
        }
        if (under != null) {
            throw new BadInput("--under goes with --find");
        }
        Target target = new Target.Ftok(ImageFile.path(path), Target.parseProject(project));
        SegmentKey key = Objects.requireNonNull(session.resolved(target).key());
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        writeKey(out, key);
                        out.writeEndObject();
                    });
        } else {
            session.console().line("%s %s %d".formatted(key.hex(), key.unsigned(), key.value()));
        }
        return ExitCode.DONE;
    }

    private static void writeKey(JsonGenerator out, SegmentKey key) {
        out.writeNumberProperty("key", key.value());
        out.writeStringProperty("keyHex", key.hex());
        out.writeNumberProperty("keyUnsigned", Integer.toUnsignedLong(key.value()));
    }

    /// @param whose the process that uses the file; null for one that was met on the way
    private record Hit(Target target, @Nullable String whose) {}

    private int find(SegmentKey key, Path folder) throws ShmException, BadInput {
        Console console = session.console();
        List<Hit> hits = new ArrayList<>();
        KeySearch.Outcome outcome =
                session.source()
                        .filesWithKey(
                                key,
                                folder,
                                new KeySearch.Listener() {
                                    @Override
                                    public void found(Target target, @Nullable String whose) {
                                        hits.add(new Hit(target, whose));
                                        if (!json) {
                                            console.line(line(target, whose));
                                            console.flush();
                                        }
                                    }

                                    @Override
                                    public boolean goOn(long files) {
                                        return true;
                                    }
                                });
        if (json) {
            Json.print(console, out -> write(out, key, folder, hits, outcome));
        } else {
            console.note(summary(key, hits.size(), outcome));
        }
        return hits.isEmpty() ? ExitCode.NO : ExitCode.DONE;
    }

    private static String line(Target target, @Nullable String whose) {
        return Printable.line(
                whose == null ? target.text() : "%s  used by %s".formatted(target.text(), whose));
    }

    private static String summary(SegmentKey key, int hits, KeySearch.Outcome outcome) {
        return "%s of %d files %s the key %s; by accident alone %.2f were to be expected (%d are on a disk that fits, 1 in 65,536)%s"
                .formatted(
                        hits == 0 ? "none" : Integer.toString(hits),
                        outcome.files(),
                        hits == 1 ? "gives" : "give",
                        key.hex(),
                        outcome.expectedAccidents(),
                        outcome.candidates(),
                        outcome.closedFolders() == 0
                                ? ""
                                : "; %d folders were closed to us"
                                        .formatted(outcome.closedFolders()));
    }

    private static void write(
            JsonGenerator out,
            SegmentKey key,
            Path folder,
            List<Hit> hits,
            KeySearch.Outcome outcome) {
        out.writeStartObject();
        writeKey(out, key);
        out.writeStringProperty("under", folder.toString());
        out.writeName("hits");
        out.writeStartArray();
        for (Hit hit : hits) {
            out.writeStartObject();
            out.writeStringProperty("target", hit.target().text());
            if (hit.target() instanceof Target.Ftok(Path file, int projectByte)) {
                out.writeStringProperty("path", file.toString());
                out.writeNumberProperty("project", projectByte);
            } else if (hit.target() instanceof Target.Inode(Path file)) {
                out.writeStringProperty("path", file.toString());
                out.writeNullProperty("project");
            }
            Json.text(out, "usedBy", hit.whose());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberProperty("files", outcome.files());
        out.writeNumberProperty("candidates", outcome.candidates());
        out.writeNumberProperty("expectedAccidents", outcome.expectedAccidents());
        out.writeNumberProperty("closedFolders", outcome.closedFolders());
        out.writeEndObject();
    }
}
