package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
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
            "Prints the key of a file, or finds the files of a key.",
            "The key is what ftok(3) makes of a file and a project. With --find, "
                    + "prints the files that give a key. None is certain: files that have "
                    + "nothing to do with it give it by accident, one in 65,536 of those on the "
                    + "same disk."
        })
@Examples({"shmlens ftok /etc/hosts t", "shmlens ftok --find 0x7400a1f3 --under /srv"})
final class FtokCommand implements Callable<Integer> {

    /// Below so many hits by accident for each hit, it is hardly one.
    private static final double LIKELY_ACCIDENTS = 0.1;

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
            description =
                    "Where to look, with all folders below; files that processes "
                            + "around the segment use are looked at first, wherever they lie "
                            + "(default: the current folder).")
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
            session.console().line("hex       " + key.hex());
            session.console().line("unsigned  " + key.unsigned());
            session.console().line("signed    " + key.value());
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
            console.note(summary(key, folder, hits.size(), outcome));
        }
        return hits.isEmpty() ? ExitCode.NO : ExitCode.DONE;
    }

    private static String line(Target target, @Nullable String whose) {
        String how =
                target instanceof Target.Ftok(Path _, int projectByte)
                        ? "ftok, project 0x%02x".formatted(projectByte)
                        : "its inode number";
        return Printable.line(
                "%-40s  %s%s"
                        .formatted(target.text(), how, whose == null ? "" : ", used by " + whose));
    }

    private static String summary(
            SegmentKey key, Path folder, int hits, KeySearch.Outcome outcome) {
        String closed =
                outcome.closedFolders() == 0
                        ? ""
                        : "; %s closed to us"
                                .formatted(
                                        Counted.of(
                                                outcome.closedFolders(),
                                                "folder was",
                                                "folders were"));
        String looked = Counted.of(outcome.files(), "file");
        if (hits == 0) {
            return "none of %s, below %s and around the segment, gives the key %s%s"
                    .formatted(looked, folder, key.hex(), closed);
        }
        double accidents = outcome.expectedAccidents();
        return "%d of %s %s the key %s; by accident %.2f would: %s%s"
                .formatted(
                        hits,
                        looked,
                        hits == 1 ? "gives" : "give",
                        key.hex(),
                        accidents,
                        accidents < LIKELY_ACCIDENTS * hits
                                ? "most likely it was made of " + (hits == 1 ? "this" : "one")
                                : "no hit here is certain",
                        closed);
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
