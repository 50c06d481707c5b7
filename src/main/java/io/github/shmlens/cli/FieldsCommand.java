package io.github.shmlens.cli;

import io.github.shmlens.debuginfo.TakenType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.Lead;
import io.github.shmlens.fields.Note;
import io.github.shmlens.known.KnownStructure;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A segment's bytes as the fields of a C structure.
@Command(
        name = "fields",
        sortOptions = false,
        description = {
            "Shows a segment as the fields of a C structure.",
            "The structure is declared in a file or taken out of a program's debug "
                    + "information; without either, the fields are those of a layout that is "
                    + "recognised.",
            "Of an array the first elements are shown; fields of pages not in memory "
                    + "have no value."
        })
@Examples({
    "shmlens fields 0x7000 --struct state.h:state",
    "shmlens fields 0x7000 --types            # those of the attached programs",
    "shmlens fields 0x7000 --from 4711:state"
})
final class FieldsCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Mixin StructOptions struct = new StructOptions();

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "Where the structure begins (default: 0).")
    @Nullable String offset;

    @Option(
            names = "--elements",
            paramLabel = "N",
            description = "How many elements of each array are shown (default: 32).")
    @Nullable String elements;

    @Mixin FormatOptions formats = new FormatOptions();

    @Option(
            names = "--follow",
            paramLabel = "N",
            description =
                    "Follow so many offsets one after another and show what they lead "
                            + "to (default: 0); __attribute__((offset_from_start)) marks one.")
    @Nullable String follow;

    @Option(
            names = "--types",
            description =
                    "List the types that the attached programs have in their debug "
                            + "information; with --from PROGRAM or --from PID, those of this "
                            + "one.")
    boolean types;

    @Option(
            names = "--libraries",
            description =
                    "With --types: also those of the libraries that the processes "
                            + "have mapped, where these have debug information.")
    boolean libraries;

    @Option(
            names = "--declarations",
            description =
                    "With --from: print the declarations that were taken over, and no fields.")
    boolean declarations;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    FieldsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        long most =
                elements == null
                        ? FieldRows.MANY_ELEMENTS
                        : Numbers.parse("number of elements", elements, 0, Long.MAX_VALUE);
        if (types) {
            return ProgramTypes.list(session, session.found(target), struct.from, libraries, json);
        }
        if (declarations && struct.from == null) {
            throw new BadInput("--declarations goes with --from: a file has its own");
        }
        int steps =
                follow == null
                        ? 0
                        : (int) Numbers.parse("number of steps", follow, 0, Lead.MOST_STEPS);
        if (steps > 0 && struct.sequence != null) {
            throw new BadInput(
                    "--follow does not go with --sequence: what an offset leads to is not guarded by it");
        }
        if (!struct.asked()
                && offset == null
                && elements == null
                && follow == null
                && !formats.asked()) {
            return known();
        }
        FormatOptions.Formats wanted = formats.read();
        StructOptions.Overlay overlay = struct.overlay(session, offset);
        TakenType taken = overlay.taken();
        if (declarations && taken != null) {
            taken.text().lines().map(Printable::line).forEach(session.console()::line);
            taken.notes().forEach(session.console()::note);
            return ExitCode.DONE;
        }
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            FieldAt root = overlay.over(segment.sizeBytes());
            SequenceLock lock = struct.lock(segment, root);
            FieldRows rows =
                    lock == null
                            ? FieldRows.of(
                                    segment, overlay.declarations(), root, most, wanted, steps)
                            : FieldRows.of(
                                    segment,
                                    overlay.declarations(),
                                    root,
                                    most,
                                    wanted,
                                    StructOptions.whole(session, segment, lock, root),
                                    root.offset());
            if (json) {
                write(found, overlay, rows, lock);
            } else {
                rows.print(session.console());
                overlay.declarations().notes().forEach(note -> session.console().note(note.text()));
                if (taken != null) {
                    taken.notes().forEach(session.console()::note);
                }
            }
        }
        return ExitCode.DONE;
    }

    private int known() throws ShmException, BadInput {
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            Shape shape = Formats.shape(segment);
            if (shape == null) {
                throw new BadInput(
                        "missing --struct: %s is of no known layout, so its fields need a file of C"
                                        .formatted(session.name(found.id()))
                                + " declarations");
            }
            if (!(Formats.structure(segment, shape) instanceof KnownStructure structure)) {
                throw new BadInput(
                        "missing --struct: %s holds %s, which \"slots\" shows"
                                .formatted(session.name(found.id()), shape.format()));
            }
            KnownRows.show(session.console(), found.target(), structure, json);
        }
        return ExitCode.DONE;
    }

    private void write(
            Session.Found found,
            StructOptions.Overlay overlay,
            FieldRows rows,
            @Nullable SequenceLock lock) {
        Json.print(
                session.console(),
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("target", found.target());
                    out.writeStringProperty("struct", overlay.name());
                    out.writeStringProperty("abi", overlay.declarations().abi().text());
                    out.writeNumberProperty("offset", overlay.offset());
                    out.writeNumberProperty("sizeBytes", overlay.type().sizeBytes());
                    if (lock != null) {
                        out.writeName("sequence");
                        out.writeStartObject();
                        out.writeNumberProperty("copies", lock.reads());
                        out.writeNumberProperty("repeated", lock.repeated());
                        out.writeEndObject();
                    }
                    rows.writeMembers(out);
                    out.writeName("notes");
                    out.writeStartArray();
                    TakenType taken = overlay.taken();
                    for (String note : taken == null ? List.<String>of() : taken.notes()) {
                        out.writeStartObject();
                        out.writeNullProperty("line");
                        out.writeStringProperty("note", note);
                        out.writeEndObject();
                    }
                    for (Note note : overlay.declarations().notes()) {
                        out.writeStartObject();
                        out.writeNumberProperty("line", note.line());
                        out.writeStringProperty("note", note.sentence());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                });
    }
}
