package io.github.shmlens.sysv;

import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.sysv.ProcFiles.Look;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the IPC namespaces that processes live in, as far as they let us see.
final class Namespaces {

    /// What was found.
    ///
    /// @param hidden how many processes did not let us look
    record Found(List<IpcNamespace> all, int hidden) {}

    private static final long COUNT_AGAIN_NANOS = 5_000_000_000L;

    private record Counted(int others, long atNanos) {}

    private final ProcFiles proc;
    private volatile @Nullable Counted counted;

    Namespaces(ProcFiles proc) {
        this.proc = proc;
    }

    /// How many there are beside ours, as of a moment ago: to count them takes a look at every
    /// process, and it is asked for with each listing.
    int others() {
        Counted known = counted;
        long now = System.nanoTime();
        if (known != null && now - known.atNanos() < COUNT_AGAIN_NANOS) {
            return known.others();
        }
        int others = countOthers();
        counted = new Counted(others, now);
        return others;
    }

    private int countOthers() {
        Set<String> others = new HashSet<>();
        for (int pid : proc.processes()) {
            proc.ipcNamespace(pid).seen().ifPresent(others::add);
        }
        proc.ownIpcNamespace().ifPresent(others::remove);
        return others.size();
    }

    /// All of them, ours first.
    Found find() {
        Map<String, List<Integer>> pids = new TreeMap<>();
        int hidden = 0;
        for (int pid : proc.processes()) {
            Look<String> theirs = proc.ipcNamespace(pid);
            hidden += theirs.hidden() ? 1 : 0;
            if (theirs.seen().isPresent()) {
                pids.computeIfAbsent(theirs.seen().get(), _ -> new ArrayList<>()).add(pid);
            }
        }
        Optional<String> ours = proc.ownIpcNamespace();
        ProcFiles.Home home = proc.ownHome();
        List<IpcNamespace> all = new ArrayList<>();
        pids.forEach((name, members) -> {
            int first = members.stream().min(Comparator.naturalOrder()).orElse(0);
            String command =
                    proc.status(first).map(status -> proc.command(first, status)).orElse("");
            boolean own = ours.filter(name::equals).isPresent();
            all.add(
                    new IpcNamespace(
                            name,
                            own,
                            members.size(),
                            first,
                            command,
                            proc.container(first, home)));
        });
        all.sort(Comparator.comparing(IpcNamespace::own).reversed());
        return new Found(all, hidden);
    }
}
