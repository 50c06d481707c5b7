package io.github.shmlens.sysv;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.sysv.ProcFiles.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds out who has something mapped, by reading every process's list of mappings.
final class Holders {

    private final ProcFiles proc;
    private final Names names;
    private final int self = Math.toIntExact(ProcessHandle.current().pid());

    Holders(ProcFiles proc, Names names) {
        this.proc = proc;
        this.names = names;
    }

    /// Who maps a System V segment. Another IPC namespace has the same ids and the same names, so
    /// only processes of our own count.
    Attachments ofSegment(int shmid) {
        Optional<String> ours = proc.ownIpcNamespace();
        return find(ours, mapping -> mapping.shows(shmid));
    }

    /// Who maps and shares a file, in whatever namespace.
    Attachments ofFile(FileNode node, String path) {
        return find(Optional.empty(), mapping -> mapping.shows(node, path));
    }

    /// Whether anybody has a file mapped or open, beside one descriptor of ours.
    ///
    /// @param nameless without a name any more
    boolean holdBesideUs(FileNode nameless, String path) {
        if (!ofFile(nameless, path).seen().isEmpty()) {
            return true;
        }
        for (int pid : proc.processes()) {
            if (proc.descriptors(pid, nameless) > (pid == self ? 1 : 0)) {
                return true;
            }
        }
        return false;
    }

    private Attachments find(Optional<String> namespace, Predicate<Mapping> wanted) {
        List<Attachment> seen = new ArrayList<>();
        int hidden = 0;
        ProcFiles.Home home = proc.ownHome();
        for (int pid : proc.processes()) {
            if (namespace.isPresent()) {
                Look<String> theirs = proc.ipcNamespace(pid);
                if (!theirs.seen().equals(namespace)) {
                    hidden += theirs.hidden() ? 1 : 0;
                    continue;
                }
            }
            Look<List<Mapping>> mappings = proc.mappings(pid);
            hidden += mappings.hidden() ? 1 : 0;
            List<Mapping> ofThis =
                    mappings.seen().orElse(List.of()).stream().filter(wanted).toList();
            if (!ofThis.isEmpty()) {
                addAll(pid, ofThis, home, seen);
            }
        }
        return new Attachments(seen, hidden);
    }

    private void addAll(
            int pid, List<Mapping> mappings, ProcFiles.Home home, List<Attachment> seen) {
        Optional<StatusFile> status = proc.status(pid);
        if (status.isEmpty()) {
            return; // It ended meanwhile, and its mappings with it.
        }
        String command = proc.command(pid, status.get());
        List<Integer> uids = status.get().numbers("Uid");
        String user = uids.size() > 1 ? names.user(uids.get(1)).name() : "";
        String container = proc.container(pid, home);
        for (Mapping one : Mapping.joined(mappings)) {
            long length = one.end() - one.start();
            seen.add(
                    new Attachment(
                            pid,
                            command,
                            user,
                            one.start(),
                            length,
                            one.writable(),
                            pid == self,
                            container));
        }
    }
}
