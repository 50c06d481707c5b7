package io.github.shmlens.sysv;

import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SharedMapping;
import io.github.shmlens.sysv.ProcFiles.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Looks at one process more closely than a list of holders does.
final class Processes {

    private static final int MOST_WORDS = 256;

    private static final int MOST_CHARACTERS = 8 << 10;

    private static final String OBJECTS = "/dev/shm/";

    private static final String DELETED = " (deleted)";

    /// Shared memory without a name that anybody else could open.
    private static final String DEVICES = "/dev/";

    private final ProcFiles proc;
    private final Names names;

    Processes(ProcFiles proc, Names names) {
        this.proc = proc;
        this.names = names;
    }

    /// Empty when it has ended, or is not visible from here.
    ///
    /// @param objects the object of this name that is the same one as what a mapping shows
    Optional<ProcessFacts> look(int pid, BiFunction<String, Mapping, @Nullable SegmentId> objects) {
        Optional<StatusFile> found = proc.status(pid);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StatusFile status = found.get();
        List<String> words = proc.commandLine(pid);
        List<String> kept = kept(words);
        List<Integer> uids = status.numbers("Uid");
        List<Integer> parents = status.numbers("PPid");
        Look<List<String>> maps = proc.maps(pid);
        boolean sameIpc = proc.ipcNamespace(pid).seen().equals(proc.ownIpcNamespace());
        return Optional.of(
                new ProcessFacts(
                        pid,
                        parents.isEmpty() ? 0 : parents.getFirst(),
                        proc.command(pid, status),
                        kept,
                        !kept.equals(words),
                        uids.size() > 1 ? names.user(uids.get(1)).name() : "",
                        ProcessHandle.of(pid)
                                .flatMap(handle -> handle.info().startInstant())
                                .orElse(null),
                        proc.container(pid, proc.ownHome()),
                        shared(maps.seen().orElse(List.of()), sameIpc, objects),
                        maps.hidden()));
    }

    /// A process may have a command line of megabytes.
    private static List<String> kept(List<String> words) {
        List<String> kept = new ArrayList<>();
        int left = MOST_CHARACTERS;
        for (String word : words) {
            if (kept.size() == MOST_WORDS || left <= 0) {
                break;
            }
            int end = Math.min(word.length(), left);
            kept.add(word.substring(0, end));
            left -= end + 1;
        }
        return kept;
    }

    /// The shared memory among the lines of a list of mappings.
    ///
    /// @param sameIpc the ids in it are those of our own namespace
    static List<SharedMapping> shared(
            List<String> lines,
            boolean sameIpc,
            BiFunction<String, Mapping, @Nullable SegmentId> objects) {
        List<SharedMapping> found = new ArrayList<>();
        for (String line : lines) {
            for (Mapping one : Mapping.parse(List.of(line))) {
                String path = ProcFiles.unescaped(one.path());
                if (!path.startsWith("/")
                        || (path.startsWith(DEVICES) && !path.startsWith(OBJECTS))) {
                    continue;
                }
                found.add(
                        new SharedMapping(
                                id(path, one, sameIpc, objects),
                                path,
                                one.start(),
                                one.end() - one.start(),
                                one.writable(),
                                line));
            }
        }
        return found;
    }

    private static @Nullable SegmentId id(
            String path,
            Mapping mapping,
            boolean sameIpc,
            BiFunction<String, Mapping, @Nullable SegmentId> objects) {
        if (mapping.inode() <= Integer.MAX_VALUE && mapping.shows((int) mapping.inode())) {
            return sameIpc ? new SegmentId.Sysv((int) mapping.inode()) : null;
        }
        if (!path.startsWith(OBJECTS) || path.endsWith(DELETED)) {
            return null;
        }
        String name = path.substring(OBJECTS.length() - 1);
        return name.indexOf('/', 1) < 0 ? objects.apply(name, mapping) : null;
    }
}
