package io.github.shmlens.cli;

import io.github.shmlens.segment.Bound;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.segment.MemoryUse;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.SystemFacts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/// What bounds shared memory here, and how much of it is used up. Attaches to nothing.
@Command(
        name = "limits",
        sortOptions = false,
        description = {
            "Shows what bounds shared memory here and what is used of it.",
            "Lists the other IPC namespaces too, whose segments cannot be seen from here."
        })
@Examples({"shmlens limits", "shmlens limits --json"})
final class LimitsCommand implements Callable<Integer> {

    /// One line of the table.
    private record Line(String name, Bound bound, String what) {

        private String limit() {
            return bound.bounds() ? Long.toUnsignedString(bound.limit()) : "no limit";
        }

        private String used() {
            return Long.toString(bound.used());
        }

        private String share() {
            double percent = 100 * bound.share();
            return !bound.bounds()
                    ? "-"
                    : percent > 0 && percent < 0.1
                            ? "<0.1 %"
                            : String.format(Locale.ROOT, "%.1f %%", percent);
        }
    }

    private static final Table<Line> LIMITS =
            new Table<>(
                    List.of(
                            Column.text("NAME", "name", Line::name),
                            Column.text("LIMIT", "limit", Line::limit).toTheRight(),
                            Column.text("USED", "used", Line::used).toTheRight(),
                            Column.text("SHARE", "share", Line::share).toTheRight(),
                            Column.text("WHAT", "what", Line::what)));

    private static final Table<IpcNamespace> NAMESPACES =
            new Table<>(
                    List.of(
                            Column.text("IPC NAMESPACE", "name", IpcNamespace::name),
                            Column.<IpcNamespace>text("", "own", one -> one.own() ? "own" : "")
                                    .writtenAs((out, one) ->
                                            out.writeBooleanProperty("own", one.own())),
                            Column.number("PROCESSES", "processes", IpcNamespace::processes),
                            Column.number("PID", "pid", IpcNamespace::pid),
                            Column.text("CONTAINER", "container", LimitsCommand::container),
                            Column.text("COMMAND", "command", IpcNamespace::command)));

    private final Session session;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    LimitsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException {
        List<SegmentFacts> segments = session.source().segments();
        List<SegmentFacts> objects = session.source().objects();
        SystemFacts system = session.source().system();
        MemoryUse use = MemoryUse.of(segments, system.pageBytes());
        MemoryUse objectUse = MemoryUse.of(objects, system.pageBytes());
        if (json) {
            Json.print(session.console(), out -> write(out, system, use, objectUse));
        } else {
            show(system, use, objectUse);
        }
        return ExitCode.DONE;
    }

    private void show(SystemFacts system, MemoryUse use, MemoryUse objectUse) {
        Console console = session.console();
        HostFacts limits = system.limits();
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line(
                        "shmmni",
                        new Bound(use.segments(), limits.shmmni()),
                        "System V segments at one time"));
        lines.add(new Line("shmall", new Bound(use.pages(), limits.shmall()), pages(system, use)));
        lines.add(
                new Line(
                        "shmmax",
                        new Bound(use.largestBytes(), limits.shmmax()),
                        "bytes of the largest one"));
        ObjectSpace space = system.objectSpace();
        if (space != null) {
            lines.add(
                    new Line(
                            space.path(),
                            new Bound(space.usedBytes(), space.sizeBytes()),
                            "bytes, with whatever else lies there"));
        }
        LIMITS.lines(lines, console.width()).forEach(console::line);
        console.line("");
        console.line(
                "System V: %s in memory, %s swapped out%s"
                        .formatted(
                                Quantity.shown(use.residentBytes()),
                                Quantity.shown(use.swappedBytes()),
                                use.unknown() == 0
                                        ? ""
                                        : "; of %d the kernel does not say"
                                                .formatted(use.unknown())));
        console.line(
                "POSIX: %s, %s in memory"
                        .formatted(
                                Counted.of(objectUse.segments(), "object"),
                                Quantity.shown(objectUse.residentBytes())));
        List<IpcNamespace> others = system.otherNamespaces();
        if (!others.isEmpty()) {
            console.line("");
            NAMESPACES.lines(others, console.width()).forEach(console::line);
        }
        if (system.hiddenProcesses() > 0) {
            console.line(
                    "(%s)"
                            .formatted(
                                    Counted.of(
                                            system.hiddenProcesses(),
                                            "process does not let us see where it lives",
                                            "processes do not let us see where they live")));
        }
    }

    private static String pages(SystemFacts system, MemoryUse use) {
        return "pages of %d bytes, in all segments together: %s"
                .formatted(system.pageBytes(), Quantity.shown(use.bytes()));
    }

    private static void write(
            JsonGenerator out, SystemFacts system, MemoryUse use, MemoryUse objectUse) {
        HostFacts limits = system.limits();
        out.writeStartObject();
        out.writeName("limits");
        out.writeStartObject();
        unsigned(out, "shmmni", limits.shmmni());
        unsigned(out, "shmall", limits.shmall());
        unsigned(out, "shmmax", limits.shmmax());
        out.writeNumberProperty("pageBytes", system.pageBytes());
        out.writeEndObject();
        out.writeName("sysv");
        write(out, use);
        out.writeName("posix");
        write(out, objectUse);
        out.writeName("objectSpace");
        ObjectSpace space = system.objectSpace();
        if (space == null) {
            out.writeNull();
        } else {
            out.writeStartObject();
            out.writeStringProperty("path", space.path());
            out.writeStringProperty("type", space.kind());
            out.writeNumberProperty("sizeBytes", space.sizeBytes());
            out.writeNumberProperty("usedBytes", space.usedBytes());
            out.writeNumberProperty("availableBytes", space.availableBytes());
            out.writeEndObject();
        }
        out.writeName("ipcNamespaces");
        NAMESPACES.write(out, system.namespaces());
        out.writeNumberProperty("hiddenProcesses", system.hiddenProcesses());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, MemoryUse use) {
        out.writeStartObject();
        out.writeNumberProperty("segments", use.segments());
        out.writeNumberProperty("sizeBytes", use.bytes());
        out.writeNumberProperty("pages", use.pages());
        out.writeNumberProperty("largestBytes", use.largestBytes());
        out.writeNumberProperty("rssBytes", use.residentBytes());
        out.writeNumberProperty("swapBytes", use.swappedBytes());
        out.writeNumberProperty("unknownRss", use.unknown());
        out.writeEndObject();
    }

    private static void unsigned(JsonGenerator out, String name, long bits) {
        out.writeName(name);
        out.writeNumber(new BigInteger(Long.toUnsignedString(bits)));
    }

    private static @Nullable String container(IpcNamespace one) {
        return one.container().isEmpty() ? null : one.container();
    }
}
