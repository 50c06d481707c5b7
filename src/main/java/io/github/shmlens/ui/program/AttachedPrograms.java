package io.github.shmlens.ui.program;

import io.github.shmlens.debuginfo.DebugTypes;
import io.github.shmlens.debuginfo.NoTypes;
import io.github.shmlens.debuginfo.TakenType;
import io.github.shmlens.debuginfo.TypeList;
import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SegmentSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The programs that are attached to a segment, and their types. Every method blocks, some for
/// seconds, and ends on an interrupt: none belongs on the FX thread.
public final class AttachedPrograms {

    private final SegmentSource source;
    private final SegmentId id;
    private final DebugTypes types = DebugTypes.ofHost();

    public AttachedPrograms(SegmentSource source, SegmentId id) {
        this.source = source;
        this.id = id;
    }

    /// One program, and who runs it.
    ///
    /// @param file null where it may not be seen
    /// @param name as the kernel shows it; the process's short name where that may not be seen
    public record Program(@Nullable Path file, String name, List<Integer> pids) {

        public Program {
            pids = List.copyOf(pids);
        }
    }

    /// @param hiddenProcesses how many do not let us see whether they are attached
    public record Found(List<Program> programs, int hiddenProcesses) {

        public Found {
            programs = List.copyOf(programs);
        }
    }

    /// Those of other processes, each program once.
    public Found find() throws ShmException {
        Attachments attachments = source.attachments(id);
        Map<Object, Program> found = new LinkedHashMap<>();
        for (Attachment one : attachments.others()) {
            Program program;
            try {
                CodeFile file = source.codeFiles(one.pid()).getFirst();
                program = new Program(file.file(), file.name(), List.of(one.pid()));
            } catch (ShmException refusedOrGone) {
                program = new Program(null, one.command(), List.of(one.pid()));
            }
            Object key = program.file() == null ? one.pid() : program.file();
            found.merge(key, program, AttachedPrograms::joined);
        }
        return new Found(new ArrayList<>(found.values()), attachments.hiddenProcesses());
    }

    private static Program joined(Program one, Program other) {
        List<Integer> pids = new ArrayList<>(one.pids());
        other.pids().stream().filter(pid -> !pids.contains(pid)).forEach(pids::add);
        return new Program(one.file(), one.name(), pids);
    }

    public TypeList types(Path program) throws NoTypes, InterruptedException {
        return types.list(program);
    }

    public TakenType take(Path program, String type) throws NoTypes, InterruptedException {
        return types.take(program, type);
    }
}
