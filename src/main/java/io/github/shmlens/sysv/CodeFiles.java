package io.github.shmlens.sysv;

import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.AccessDenied;
import io.github.shmlens.segment.ShmFailure.NotFound;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files whose code a process runs.
///
/// A name in /proc is one in the process's own mount namespace, and may meanwhile be another
/// file's; a file counts as found only where it is the same one.
final class CodeFiles {

    /// A program that maps more is not looked through to the end.
    private static final int MOST_LIBRARIES = 1000;

    private static final String INODE = "unix:ino";

    private final ProcFiles proc;
    private final Names names;

    CodeFiles(ProcFiles proc, Names names) {
        this.proc = proc;
        this.names = names;
    }

    /// The program first, then its libraries in the order of their addresses.
    ///
    /// @throws ShmException `NotFound` where there is no such process, or it runs no program (the
    ///   kernel's own); `AccessDenied` where it does not let us see
    List<CodeFile> of(int pid) throws ShmException {
        Path link = proc.path(pid).resolve("exe");
        String name;
        try {
            name = Files.readSymbolicLink(link).toString();
        } catch (AccessDeniedException refused) {
            throw new ShmException(denied(pid), refused);
        } catch (IOException gone) {
            throw new ShmException(new NotFound("process " + pid, "ESRCH"), gone);
        }
        List<CodeFile> files = new ArrayList<>();
        files.add(new CodeFile(program(link, name), name, true));
        for (Map.Entry<String, Long> library : libraries(pid).entrySet()) {
            if (library.getKey().equals(name)) {
                continue;
            }
            Path found = library(pid, library.getKey(), library.getValue());
            if (found != null) {
                files.add(new CodeFile(found, library.getKey(), false));
            }
        }
        return List.copyOf(files);
    }

    private AccessDenied denied(int pid) {
        String owner =
                proc.status(pid)
                        .map(status -> status.numbers("Uid"))
                        .filter(uids -> uids.size() > 1)
                        .map(uids -> names.user(uids.get(1)).name())
                        .orElse("its user");
        return new AccessDenied(
                "process " + pid,
                "see its program",
                "run this as %s, or with CAP_SYS_PTRACE".formatted(owner),
                "EACCES");
    }

    private static Path program(Path link, String name) {
        try {
            Path shown = Path.of(name);
            return Files.isSameFile(shown, link) ? shown : link;
        } catch (IOException | InvalidPathException elsewhere) {
            return link;
        }
    }

    /// Path to inode, of what is mapped to be run.
    private Map<String, Long> libraries(int pid) {
        Map<String, Long> found = new LinkedHashMap<>();
        for (String line : proc.maps(pid).seen().orElse(List.of())) {
            // start-end perms offset major:minor inode path
            String[] columns = line.split(" +", 6);
            if (columns.length == 6
                    && columns[1].indexOf('x') >= 0
                    && columns[5].startsWith("/")
                    && found.size() < MOST_LIBRARIES) {
                found.putIfAbsent(
                        ProcFiles.unescaped(columns[5]), Long.parseUnsignedLong(columns[4]));
            }
        }
        return found;
    }

    private @Nullable Path library(int pid, String name, long inode) {
        List<Path> places = List.of(Path.of(name), Path.of(proc.path(pid).resolve("root") + name));
        for (Path place : places) {
            try {
                if (Files.getAttribute(place, INODE) instanceof Long number && number == inode) {
                    return place;
                }
            } catch (IOException | UnsupportedOperationException notHere) {
                // The next place, or none.
            }
        }
        return null;
    }
}
