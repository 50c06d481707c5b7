package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes bytes at an offset, whatever they mean there, or the value of a field; with `--expect`
/// only over those.
@Command(
        name = "write",
        sortOptions = false,
        description = {
            "Writes bytes at an offset, or with --struct a field.",
            "Says on stderr what was there. With --expect, up to 8 bytes within one "
                    + "aligned word change in one step, and only if they still are those bytes; "
                    + "longer ones go word by word and stop at the first that moved. A "
                    + "bit-field changes only its bits."
        })
@Examples({
    "shmlens write 0x7000 --offset 16 --hex 0100 --expect 0000",
    "shmlens write 0x7000 --struct state.h --field limits.max 5 --expect 4"
})
final class WriteCommand implements Callable<Integer> {

    private static final String DIGITS = "pairs of hex digits, as 00ff";

    /// How often a field is tried that others write at the same time.
    private static final int ATTEMPTS = 100;

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "With --field: 42, 0x2a, 0b101, 1.5, true, a constant's name, a text.")
    @Nullable String value;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description =
                    "Where the first byte goes, from the segment's start; with "
                            + "--field, where the structure begins (default: 0).")
    @Nullable String offset;

    @Option(names = "--hex", paramLabel = "HEX", description = "The bytes: " + DIGITS + ".")
    @Nullable String hex;

    @Option(
            names = "--field",
            paramLabel = "PATH",
            description = "Write VALUE into this field of the structure: limits.max, ring[3].x.")
    @Nullable String path;

    @Mixin StructOptions struct = new StructOptions();

    @Option(
            names = "--expect",
            paramLabel = "HEX",
            description =
                    "Write only if these bytes, as many, are there; exit 1 otherwise. "
                            + "With --field, a value as VALUE is.")
    @Nullable String expect;

    @Option(names = "--json", description = "Print what was written and what was there as JSON.")
    boolean json;

    @Mixin LockOptions lock = new LockOptions();

    WriteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        if (path != null || struct.asked() || value != null) {
            return writeField();
        }
        if (offset == null || hex == null) {
            throw new BadInput(
                    "missing %s; \"shmlens help write\" explains"
                            .formatted(
                                    offset != null
                                            ? "--hex"
                                            : hex != null ? "--offset" : "--offset and --hex"));
        }
        long at = Numbers.parse("offset", offset, 0, Long.MAX_VALUE);
        byte[] next = HexText.bytes("value of --hex", hex, "write " + DIGITS);
        if (next.length == 0) {
            throw new BadInput("--hex is empty: there is nothing to write");
        }
        byte[] expected =
                expect == null
                        ? null
                        : HexText.bytes("value of --expect", expect, "write " + DIGITS);
        if (expected != null && expected.length != next.length) {
            throw new BadInput(
                    "--expect has %s and --hex %d: they must be as many"
                            .formatted(Counted.bytes(expected.length), next.length));
        }
        lock.check(session);
        Session.Found found = session.found(target);
        lock.around(session, () -> write(found, at, next, expected));
        return ExitCode.DONE;
    }

    private int writeField() throws ShmException, BadInput, Refusal {
        String wanted = path;
        String typed = value;
        if (wanted == null || typed == null || !struct.asked()) {
            throw new BadInput(
                    "a field is written with --struct FILE or --from PROGRAM:TYPE, --field PATH and a VALUE");
        }
        if (hex != null) {
            throw new BadInput("--hex and --field write different things: give one of them");
        }
        StructOptions.Overlay overlay = struct.overlay(session, offset);
        lock.check(session);
        Session.Found found = session.found(target);
        lock.around(session, () -> writeField(found, overlay, wanted, typed));
        return ExitCode.DONE;
    }

    private byte[] writeField(
            Session.Found found, StructOptions.Overlay overlay, String wanted, String typed)
            throws ShmException, BadInput, Refusal {
        String name = session.name(found.id());
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_WRITE)) {
            FieldAt field = overlay.find(session, segment, wanted);
            FieldEdit edit = FieldEdit.of(field, typed);
            FieldEdit before = expect == null ? null : FieldEdit.of(field, expect);
            try (Act act = segment.begin(new Deed.Each(Reason.WRITE))) {
                for (int attempt = 1; ; attempt++) {
                    byte[] seen = FieldBytes.read(session, segment, field);
                    if (before != null && !FieldEdit.same(field, seen, before.over(seen))) {
                        throw new Refusal(
                                ExitCode.NO,
                                "%s: %s is not %s but %s; nothing was written"
                                        .formatted(
                                                name,
                                                wanted,
                                                expect,
                                                FieldRow.of(field, seen).plain()));
                    }
                    byte[] next = edit.over(seen);
                    Replaced replaced = segment.replace(field.offset(), seen, next);
                    if (replaced instanceof Replaced.Done(boolean atomic)) {
                        act.done();
                        report(segment, name, field.offset(), seen, next, atomic);
                        return seen;
                    }
                    boolean partly =
                            replaced instanceof Replaced.MovedOn moved && moved.writtenBytes() > 0;
                    if (partly || attempt == ATTEMPTS) {
                        throw new Refusal(
                                ExitCode.NO,
                                "%s: %s is being written by others: %s"
                                        .formatted(
                                                name,
                                                wanted,
                                                partly
                                                        ? "some of its bytes are ours by now, some theirs"
                                                        : "nothing was written"));
                    }
                }
            }
        }
    }

    private byte[] write(Session.Found found, long at, byte[] next, byte @Nullable [] expected)
            throws ShmException, Refusal {
        String name = session.name(found.id());
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_WRITE)) {
            long size = segment.sizeBytes();
            if (at > size || next.length > size - at) {
                throw new Refusal(
                        ExitCode.NO_ROOM,
                        "%s has %s: %s at offset %d; nothing was written"
                                .formatted(
                                        name,
                                        Counted.bytes(size),
                                        Counted.of(
                                                next.length,
                                                "byte does not fit",
                                                "bytes do not fit"),
                                        at));
            }
            byte[] old = new byte[next.length];
            boolean atomic = false;
            try (Act act = segment.begin(new Deed.Each(Reason.WRITE))) {
                if (expected == null) {
                    segment.read(at, old, 0, old.length);
                    segment.write(at, next, 0, next.length);
                } else {
                    old = expected;
                    atomic = replace(segment, name, at, expected, next);
                }
                act.done();
            }
            report(segment, name, at, old, next, atomic);
            return old;
        }
    }

    /// @return whether all bytes changed in one step
    private static boolean replace(
            AttachedSegment segment, String name, long at, byte[] expected, byte[] next)
            throws ShmException, Refusal {
        return switch (segment.replace(at, expected, next)) {
            case Replaced.Done(boolean atomic) -> atomic;
            case Replaced.MovedOn(long moved, int written, byte[] actual) ->
                    throw new Refusal(
                            ExitCode.NO,
                            "%s: the bytes are not those expected, from offset %d on: there is %s; %s"
                                    .formatted(
                                            name,
                                            moved,
                                            HexText.shortened(actual),
                                            written == 0
                                                    ? "nothing was written"
                                                    : Counted.of(
                                                                    written,
                                                                    "byte before it was",
                                                                    "bytes before it were")
                                                            + " written"));
        };
    }

    private void report(
            AttachedSegment segment,
            String name,
            long at,
            byte[] old,
            byte[] next,
            boolean atomic) {
        long others = segment.factsBefore().nattch();
        if (others > 0 && !atomic && !lock.asked()) {
            session.console()
                    .note(
                            "%s is attached %s by others, and was written without a lock and not in one step"
                                    .formatted(name, others == 1 ? "once" : others + " times"));
        }
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeNumberProperty("offset", at);
                        out.writeNumberProperty("lengthBytes", next.length);
                        out.writeStringProperty("old", HexFormat.of().formatHex(old));
                        out.writeStringProperty("new", HexFormat.of().formatHex(next));
                        out.writeBooleanProperty("atomic", atomic);
                        out.writeEndObject();
                    });
        } else {
            session.console()
                    .note(
                            "wrote %s at offset %d of %s, over %s"
                                    .formatted(
                                            Counted.bytes(next.length),
                                            at,
                                            name,
                                            HexText.shortened(old)));
        }
    }
}
