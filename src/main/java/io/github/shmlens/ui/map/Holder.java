package io.github.shmlens.ui.map;

import io.github.shmlens.segment.Attachment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One process that has a segment mapped, once or several times.
///
/// @param writable at least one of its mappings is
/// @param mappings in the order of the process's memory; never empty
record Holder(
        int pid,
        String command,
        String user,
        boolean self,
        boolean writable,
        String container,
        List<Attachment> mappings) {

    Holder {
        mappings = List.copyOf(mappings);
    }

    /// The processes among these mappings: this window first, then by command and pid.
    static List<Holder> of(List<Attachment> seen) {
        Map<Integer, List<Attachment>> byPid = new LinkedHashMap<>();
        for (Attachment one : seen) {
            byPid.computeIfAbsent(one.pid(), _ -> new ArrayList<>()).add(one);
        }
        List<Holder> holders = new ArrayList<>();
        byPid.forEach((pid, mappings) -> {
            Attachment first = mappings.getFirst();
            holders.add(
                    new Holder(
                            pid,
                            first.command(),
                            first.user(),
                            first.self(),
                            mappings.stream().anyMatch(Attachment::writable),
                            first.container(),
                            mappings));
        });
        holders.sort(
                Comparator.comparing(Holder::self)
                        .reversed()
                        .thenComparing(Holder::command)
                        .thenComparingInt(Holder::pid));
        return holders;
    }

    /// `rw` or `ro`.
    String rights() {
        return writable ? "rw" : "ro";
    }

    /// Where its first mapping begins, and how many more there are.
    String addresses() {
        String first = "0x%x".formatted(mappings.getFirst().address());
        return mappings.size() == 1 ? first : "%s  +%d".formatted(first, mappings.size() - 1);
    }
}
