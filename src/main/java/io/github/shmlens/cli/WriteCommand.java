package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
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

/// Writes bytes at an offset, whatever they mean there; with `--expect` only over those.
@Command(
        name = "write",
        sortOptions = false,
        description = {
            "Writes bytes at an offset; says on stderr what was there.",
            "With --expect, up to 8 bytes within one aligned word change in one step, and only if",
            "they still are those bytes; longer ones go word by word and stop at the first that"
                    + " moved."
        })
final class WriteCommand implements Callable<Integer> {

    private static final String DIGITS = "pairs of hex digits, as 00ff";

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(
            names = "--offset",
            required = true,
            paramLabel = "N",
            description = "Where the first byte goes, from the segment's start.")
    String offset = "";

    @Option(
            names = "--hex",
            required = true,
            paramLabel = "HEX",
            description = "The bytes: " + DIGITS + ".")
    String hex = "";

    @Option(
            names = "--expect",
            paramLabel = "HEX",
            description = "Write only if these bytes, as many, are there; exit 1 otherwise.")
    @Nullable String expect;

    @Option(names = "--json", description = "Print what was written and what was there as JSON.")
    boolean json;

    @Mixin LockOptions lock = new LockOptions();

    WriteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
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
                    "--expect has %d bytes and --hex %d: they must be as many"
                            .formatted(expected.length, next.length));
        }
        lock.check(session);
        Session.Found found = session.found(target);
        lock.around(session, () -> write(found, at, next, expected));
        return ExitCode.DONE;
    }

    private byte[] write(Session.Found found, long at, byte[] next, byte @Nullable [] expected)
            throws ShmException, Refusal {
        String name = session.name(found.id());
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_WRITE)) {
            long size = segment.sizeBytes();
            if (at > size || next.length > size - at) {
                throw new Refusal(
                        ExitCode.NO_ROOM,
                        "%s has %d bytes: %d bytes at offset %d do not fit; nothing was written"
                                .formatted(name, size, next.length, at));
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
                                                    : "%d bytes before it were written"
                                                            .formatted(written)));
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
                            "wrote %d bytes at offset %d of %s, over %s"
                                    .formatted(next.length, at, name, HexText.shortened(old)));
        }
    }
}
