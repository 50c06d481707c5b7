package io.github.shmlens.sysv;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.KeySearch;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for files that a key could have been made of: first those that the processes around the
/// segment use, then all below a folder. Compares numbers and opens no file.
///
/// ```
/// 31       24 23         16 15                 0
/// +----------+-------------+--------------------+
/// | project  | device      | inode              |   glibc's ftok(3): low 8 bits of the project,
/// +----------+-------------+--------------------+   low 8 of the minor number, low 16 of the inode
/// ```
final class KeyFiles {

    /// Nothing a person would make a key of lies on these, and some never end.
    private static final Set<String> WITHOUT_FILES =
            Set.of("proc", "sysfs", "cgroup", "cgroup2", "debugfs", "tracefs", "devpts", "bpf");

    private static final int FILES_BETWEEN_QUESTIONS = 256;

    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;

    private final ProcFiles proc;

    KeyFiles(ProcFiles proc) {
        this.proc = proc;
    }

    /// @param users processes around the segment, each with what to call it
    KeySearch.Outcome search(
            SegmentKey key, Path under, Map<Integer, String> users, KeySearch.Listener listener)
            throws BadInput {
        Path root = under.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw new BadInput("\"%s\" is no folder to search".formatted(under));
        }
        Search search = new Search(key.value(), listener);
        for (Map.Entry<Integer, String> user : users.entrySet()) {
            for (Path path : usedBy(user.getKey())) {
                search.look(path, user.getValue());
            }
        }
        search.walk(root, otherFileSystems());
        return search.outcome();
    }

    /// What a process has open, mapped or named in its command line, and the folders of these.
    private Set<Path> usedBy(int pid) {
        Set<Path> used = new HashSet<>();
        Path process = proc.path(pid);
        Path folder = link(process.resolve("cwd"));
        add(used, folder);
        add(used, link(process.resolve("exe")));
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                add(used, link(descriptor));
            }
        } catch (IOException | DirectoryIteratorException closedOrGone) {
            // Another user's process; its command line may still tell.
            used.remove(null);
        }
        for (String word : proc.commandLine(pid)) {
            try {
                add(used, folder == null ? Path.of(word) : folder.resolve(word));
            } catch (InvalidPathException noPath) {
                continue;
            }
        }
        for (String mapped : proc.mappedFiles(pid)) {
            add(used, Path.of(mapped));
        }
        return used;
    }

    private static void add(Set<Path> used, @Nullable Path path) {
        if (path != null && path.isAbsolute()) {
            used.add(path.normalize());
            Path folder = path.normalize().getParent();
            if (folder != null) {
                used.add(folder);
            }
        }
    }

    private static @Nullable Path link(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException closedOrGone) {
            return null;
        }
    }

    /// Where file systems without files of anybody's are mounted.
    private Set<Path> otherFileSystems() {
        Set<Path> mounted = new HashSet<>();
        for (String line : proc.lines("self/mountinfo").orElse(List.of())) {
            // 36 35 98:0 /root /mount-point options - type source options
            String[] columns = line.split(" ", -1);
            int dash = List.of(columns).indexOf("-");
            if (dash > 4 && dash + 1 < columns.length && isWithoutFiles(columns[dash + 1])) {
                mounted.add(Path.of(ProcFiles.unescaped(columns[4])));
            }
        }
        return mounted;
    }

    private static boolean isWithoutFiles(String type) {
        return WITHOUT_FILES.contains(type);
    }

    /// One search.
    private static final class Search {
        private final int key;
        private final KeySearch.Listener listener;
        private final Map<Path, Boolean> told = new HashMap<>();
        private long files;
        private long candidates;
        private long closedFolders;
        private boolean ended;

        Search(int key, KeySearch.Listener listener) {
            this.key = key;
            this.listener = listener;
        }

        KeySearch.Outcome outcome() {
            return new KeySearch.Outcome(files, candidates, closedFolders, !ended);
        }

        void walk(Path root, Set<Path> leftOut) {
            Deque<Path> folders = new ArrayDeque<>();
            look(root, null);
            folders.push(root);
            while (!folders.isEmpty() && !ended) {
                Path folder = folders.pop();
                if (!folder.equals(root) && leftOut.contains(folder)) {
                    continue;
                }
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                    for (Path entry : entries) {
                        if (look(entry, null)) {
                            folders.push(entry);
                        }
                        if (ended) {
                            return;
                        }
                    }
                } catch (IOException | DirectoryIteratorException closedOrGone) {
                    closedFolders++;
                }
            }
        }

        /// Looks at the file itself, not at what a link leads to: that is met where it lies.
        ///
        /// @return whether it is a folder
        boolean look(Path path, @Nullable String whose) {
            Map<String, Object> numbers;
            try {
                numbers =
                        Files.readAttributes(path, "unix:ino,dev,mode", LinkOption.NOFOLLOW_LINKS);
            } catch (IOException goneMeanwhile) {
                return false;
            }
            long inode = number(numbers, "ino");
            long device = number(numbers, "dev");
            files++;
            if (files % FILES_BETWEEN_QUESTIONS == 0 && !listener.goOn(files)) {
                ended = true;
                return false;
            }
            int project = key >>> 24;
            if ((device & 0xff) == (key >>> 16 & 0xff)) {
                candidates++;
                if (project != 0 && (inode & 0xffff) == (key & 0xffff)) {
                    tell(path, new Target.Ftok(path, project), whose);
                }
            }
            if ((int) inode == key) {
                tell(path, new Target.Inode(path), whose);
            }
            return (number(numbers, "mode") & S_IFMT) == S_IFDIR;
        }

        /// What was asked for is there.
        private static long number(Map<String, Object> numbers, String name) {
            return ((Number) Objects.requireNonNull(numbers.get(name))).longValue();
        }

        private void tell(Path path, Target target, @Nullable String whose) {
            if (told.putIfAbsent(path, true) == null) {
                listener.found(target, whose);
            }
        }
    }

    /// Processes in the order in which they are asked, without doubles.
    static Map<Integer, String> named(List<Integer> pids, ProcFiles proc) {
        Map<Integer, String> named = new LinkedHashMap<>();
        for (int pid : pids) {
            if (pid > 0) {
                proc.status(pid)
                        .ifPresent(status ->
                                named.putIfAbsent(
                                        pid, "%s %d".formatted(proc.command(pid, status), pid)));
            }
        }
        return named;
    }
}
