package io.github.shmlens.cli;

import io.github.shmlens.debuginfo.DebugTypes;
import io.github.shmlens.debuginfo.NoTypes;
import io.github.shmlens.debuginfo.ProgramType;
import io.github.shmlens.debuginfo.TakenType;
import io.github.shmlens.debuginfo.TypeList;
import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The types of the programs that are attached to a segment, and one of them taken over.
final class ProgramTypes {

    /// Libraries with debug information that are looked at for one process.
    private static final int MOST_LIBRARIES = 16;

    private static final Table<ProgramType> TABLE =
            new Table<>(
                    List.of(
                            Column.text("TYPE", "name", ProgramType::name),
                            Column.<ProgramType>text("DECLARED IN", "source", ProgramTypes::place)
                                    .ranked(1)
                                    .writtenAs((json, type) ->
                                            Json.text(
                                                    json,
                                                    "source",
                                                    type.source().isEmpty()
                                                            ? null
                                                            : type.source())),
                            Column.<ProgramType>count(
                                    "", "line", type -> type.line() == 0 ? -1 : type.line())));

    private ProgramTypes() {}

    /// One file of code and who runs it.
    private static final class Found {
        private final String file;
        private final boolean program;
        private final List<Integer> pids = new ArrayList<>();
        private @Nullable TypeList types;
        private @Nullable String problem;
        private int exitCode = ExitCode.NO;

        private Found(String file, boolean program) {
            this.file = file;
            this.program = program;
        }

        private void list(Path path) {
            try {
                types = DebugTypes.ofHost().list(path);
            } catch (NoTypes none) {
                problem = none.sentence();
                exitCode = exitCode(none);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                problem = "the look at it was ended";
            }
        }
    }

    private static String place(ProgramType type) {
        return type.line() == 0 ? type.source() : type.source() + ":" + type.line();
    }

    /// Takes over what `PROGRAM:TYPE` or `PID:TYPE` names.
    static TakenType take(Session session, String wanted) throws BadInput, Refusal, ShmException {
        int colon = wanted.lastIndexOf(':');
        if (colon <= 0 || colon == wanted.length() - 1) {
            throw new BadInput(
                    "--from takes PROGRAM:TYPE or PID:TYPE, not \"%s\"; \"fields TARGET --types\" lists types"
                            .formatted(wanted));
        }
        Path program = program(session, wanted.substring(0, colon)).file();
        try {
            return DebugTypes.ofHost().take(program, wanted.substring(colon + 1));
        } catch (NoTypes none) {
            throw new Refusal(exitCode(none), none.sentence());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new Refusal(ExitCode.NO, "the look at %s was ended".formatted(program));
        }
    }

    /// Lists the types of those who are attached, or of one program.
    ///
    /// @param from a program or a process; null for those who are attached
    /// @param libraries also those of the libraries they have mapped
    static int list(
            Session session,
            Session.Found target,
            @Nullable String from,
            boolean libraries,
            boolean json)
            throws BadInput, Refusal, ShmException {
        Map<Path, Found> all = new LinkedHashMap<>();
        int hidden = 0;
        if (from != null) {
            CodeFile file = program(session, from);
            Found one = new Found(file.name(), true);
            one.list(file.file());
            all.put(file.file(), one);
        } else {
            Attachments attachments = session.source().attachments(target.id());
            hidden = attachments.hiddenProcesses();
            for (int pid : attachments.others().stream().map(Attachment::pid).distinct().toList()) {
                add(session, pid, libraries, all);
            }
            if (all.isEmpty()) {
                throw new Refusal(
                        hidden > 0 ? ExitCode.NOT_PERMITTED : ExitCode.NO,
                        "%s: no process that we may see is attached%s: name a program with --from PROGRAM"
                                .formatted(
                                        session.name(target.id()),
                                        hidden > 0
                                                ? " (%d do not let us see what they map, root may)"
                                                        .formatted(hidden)
                                                : ""));
            }
        }
        if (json) {
            print(session, target, all, hidden);
        } else {
            all.values().forEach(one -> show(session.console(), one));
        }
        boolean some = all.values().stream().anyMatch(one -> one.types != null);
        return some ? ExitCode.DONE : all.values().iterator().next().exitCode;
    }

    private static void add(Session session, int pid, boolean libraries, Map<Path, Found> all) {
        List<CodeFile> files;
        try {
            files = session.source().codeFiles(pid);
        } catch (ShmException refused) {
            Found one = new Found("process " + pid, true);
            one.pids.add(pid);
            one.problem = Failures.sentence(refused.failure(), "process " + pid);
            one.exitCode = Failures.exitCode(refused.failure());
            all.put(Path.of("/proc/" + pid), one);
            return;
        }
        int looked = 0;
        for (CodeFile file : libraries ? files : files.subList(0, 1)) {
            Found known = all.get(file.file());
            if (known == null) {
                if (!file.program() && (!has(file.file()) || looked++ >= MOST_LIBRARIES)) {
                    continue;
                }
                known = new Found(file.name(), file.program());
                known.list(file.file());
                all.put(file.file(), known);
            }
            known.pids.add(pid);
        }
    }

    private static boolean has(Path library) {
        try {
            return DebugTypes.has(library);
        } catch (NoTypes unreadable) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static CodeFile program(Session session, String text) throws BadInput, ShmException {
        if (text.matches("[0-9]{1,9}")) {
            return session.source().codeFiles(Integer.parseInt(text)).getFirst();
        }
        try {
            return new CodeFile(Path.of(text), text, true);
        } catch (InvalidPathException wrong) {
            throw new BadInput("\"%s\" is no path of a program".formatted(text));
        }
    }

    private static int exitCode(NoTypes none) {
        return switch (none.why()) {
            case NO_TOOL, NO_DEBUG_INFO, NOT_BELIEVED -> ExitCode.NO;
            case NO_SUCH_TYPE, NO_PROGRAM -> ExitCode.WRONG_USAGE;
            case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
            case TIMED_OUT -> ExitCode.TIMED_OUT;
        };
    }

    private static void show(Console console, Found one) {
        TypeList types = one.types;
        if (types == null) {
            console.note(String.valueOf(one.problem));
            return;
        }
        console.line(
                Printable.line(
                        "%s%s: %s"
                                .formatted(
                                        one.file,
                                        one.pids.isEmpty()
                                                ? ""
                                                : " (process %s)"
                                                        .formatted(
                                                                one.pids.stream()
                                                                        .map(String::valueOf)
                                                                        .collect(
                                                                                Collectors.joining(
                                                                                        ", "))),
                                        Counted.of(types.types().size(), "type"))));
        TABLE.lines(types.types(), console.width()).forEach(console::line);
        if (types.leftOut() > 0) {
            console.note(
                    "%s that C cannot say (templates, namespaces): left out"
                            .formatted(
                                    Counted.of(
                                            types.leftOut(),
                                            "more has a name",
                                            "more have names")));
        }
        if (types.cut()) {
            console.note("there are more types than are listed; --from takes those as well");
        }
    }

    private static void print(
            Session session, Session.Found target, Map<Path, Found> all, int hidden) {
        Json.print(
                session.console(),
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("target", target.target());
                    out.writeName("programs");
                    out.writeStartArray();
                    all.values().forEach(one -> print(out, one));
                    out.writeEndArray();
                    out.writeNumberProperty("hiddenProcesses", hidden);
                    out.writeEndObject();
                });
    }

    private static void print(JsonGenerator out, Found one) {
        out.writeStartObject();
        out.writeStringProperty("file", one.file);
        out.writeBooleanProperty("library", !one.program);
        out.writeName("pids");
        out.writeStartArray();
        one.pids.forEach(out::writeNumber);
        out.writeEndArray();
        TypeList types = one.types;
        Json.text(out, "tool", types == null ? null : types.tool());
        Json.text(out, "problem", one.problem);
        out.writeName("types");
        TABLE.write(out, types == null ? List.of() : types.types());
        out.writeNumberProperty("leftOut", types == null ? 0 : types.leftOut());
        out.writeBooleanProperty("cut", types != null && types.cut());
        out.writeEndObject();
    }
}
