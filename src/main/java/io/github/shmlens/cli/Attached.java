package io.github.shmlens.cli;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who has a segment mapped, as columns and as a clause.
final class Attached {

    private static final int NAMED = 5;

    static final Table<Attachment> TABLE =
            new Table<>(
                    List.of(
                            Column.number("PID", "pid", Attachment::pid),
                            Column.text("USER", "user", Attachment::user),
                            Column.<Attachment>number("", "address", Attachment::address),
                            Column.<Attachment>text(
                                    "ADDRESS",
                                    "addressHex",
                                    one -> "0x%x".formatted(one.address())),
                            Column.<Attachment>text(
                                            "RIGHTS",
                                            "writable",
                                            one -> one.writable() ? "rw" : "ro")
                                    .writtenAs((json, one) ->
                                            json.writeBooleanProperty("writable", one.writable())),
                            Column.text("", "container", Attached::container),
                            Column.<Attachment>text("COMMAND", "command", Attachment::command)
                                    .shownAs(Attached::commandAndContainer)));

    private Attached() {}

    private static @Nullable String container(Attachment one) {
        return one.container().isEmpty() ? null : one.container();
    }

    private static String commandAndContainer(Attachment one) {
        return one.container().isEmpty()
                ? one.command()
                : "%s (%s)".formatted(one.command(), one.container());
    }

    /// How many and who: `2 processes are attached: php 71 (www-data), php 72 (www-data)`.
    static String clause(Attachments attachments, long nattch) {
        List<Attachment> others =
                attachments.others().stream()
                        .collect(
                                Collectors.toMap(
                                        Attachment::pid,
                                        one -> one,
                                        (first, _) -> first,
                                        LinkedHashMap::new))
                        .values()
                        .stream()
                        .toList();
        if (others.isEmpty()) {
            return nattch <= 0 && attachments.hiddenProcesses() == 0
                    ? "nobody is attached"
                    : nattch < 0
                            ? "nobody that we may see is attached"
                            : nattch == 0
                                    ? "nobody is attached"
                                    : nattch == 1
                                            ? "it is attached once, by a process we may not see"
                                            : "it is attached %d times, by processes we may not see"
                                                    .formatted(nattch);
        }
        String names =
                others.stream()
                        .limit(NAMED)
                        .map(one -> "%s %d (%s)".formatted(one.command(), one.pid(), one.user()))
                        .collect(Collectors.joining(", "));
        String more = others.size() > NAMED ? " and %d more".formatted(others.size() - NAMED) : "";
        return "%s attached: %s%s"
                .formatted(Counted.of(others.size(), "process is", "processes are"), names, more);
    }
}
