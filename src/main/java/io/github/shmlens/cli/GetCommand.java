package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One value: of a slot, or with `--struct` of a field.
@Command(
        name = "get",
        sortOptions = false,
        description = "Prints the value of one slot, or with --struct of one field.")
@Examples({
    "shmlens get 987654 1          # PHP: shm_get_var($shm, 1)",
    "shmlens get 987654 1 --json",
    "shmlens get 0x7000 limits.max --struct state.h"
})
final class GetCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(
            index = "1",
            paramLabel = "SLOT",
            description = "The slot's number; with --struct, a field: limits.max, ring[3].x.")
    String slot = "";

    @ArgGroup(multiplicity = "0..1")
    @Nullable Form form;

    /// How it is printed; only one at a time.
    static final class Form {
        @Option(
                names = "--json",
                description = "Print it as JSON, as in slots --json or fields --json.")
        boolean json;

        @Option(names = "--php", description = "Print PHP's serialized text.")
        boolean php;

        @Option(names = "--raw", description = "Write its bytes unchanged, nothing else.")
        boolean raw;
    }

    @Mixin StructOptions struct = new StructOptions();

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "With --struct: where the structure begins (default: 0).")
    @Nullable String offset;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        if (struct.asked()) {
            return field();
        }
        if (offset != null) {
            throw new BadInput("--offset goes with --struct: a slot has a number");
        }
        long number = Store.slotNumber(slot);
        Session.Found found = session.found(target);
        StoreReading reading = Store.read(session, found);
        Slot one = Store.slot(session, found, reading, number);
        if (reading.problems().stream().anyMatch(problem -> problem.code().equals(Problem.TORN))) {
            session.console()
                    .note(
                            "%s is being written all the time: the value may be half old, half new"
                                    .formatted(session.name(found.id())));
        }
        if (form != null && form.json) {
            Json.print(session.console(), out -> SlotRow.TABLE.write(out, one));
        } else if (form != null && form.raw) {
            byte[] payload = payload(one);
            session.console().bytes(payload, 0, payload.length);
        } else if (form != null && form.php) {
            session.console().line(PhpText.php(payload(one)));
        } else {
            ValueText.print(session.console(), value(one));
        }
        return ExitCode.DONE;
    }

    private int field() throws ShmException, BadInput, Refusal {
        if (form != null && form.php) {
            throw new BadInput("--php goes with slots: a field is not PHP's");
        }
        StructOptions.Overlay overlay = struct.overlay(session, offset);
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            FieldAt root = overlay.over(segment.sizeBytes());
            SequenceLock lock = struct.lock(segment, root);
            FieldAt field = lock == null ? overlay.find(session, segment, slot) : root.find(slot);
            byte[] copy = lock == null ? null : StructOptions.whole(session, segment, lock, root);
            if (form != null && form.raw) {
                byte[] bytes = bytes(segment, root, field, copy);
                session.console().bytes(bytes, 0, bytes.length);
            } else if (!field.leaf()) {
                FieldRows rows =
                        copy == null
                                ? FieldRows.of(
                                        segment,
                                        overlay.declarations(),
                                        field,
                                        FieldRows.MANY_ELEMENTS,
                                        FormatOptions.Formats.usual(),
                                        0)
                                : FieldRows.of(
                                        segment,
                                        overlay.declarations(),
                                        field,
                                        FieldRows.MANY_ELEMENTS,
                                        FormatOptions.Formats.usual(),
                                        copy,
                                        root.offset());
                if (form != null && form.json) {
                    Json.print(session.console(), rows::write);
                } else {
                    rows.print(session.console());
                }
            } else {
                FieldRow row =
                        FieldRow.of(field, bytes(segment, root, field, copy))
                                .leading(overlay.declarations(), segment.sizeBytes());
                if (form != null && form.json) {
                    Json.print(session.console(), out -> FieldRow.TABLE.write(out, row));
                } else {
                    session.console().line(row.plain());
                }
            }
        }
        return ExitCode.DONE;
    }

    private byte[] bytes(
            AttachedSegment segment, FieldAt root, FieldAt field, byte @Nullable [] copy)
            throws ShmException, Refusal {
        int at = copy == null ? -1 : (int) (field.offset() - root.offset());
        boolean copied = copy != null && at <= copy.length - field.sizeBytes();
        return copied && copy != null
                ? Arrays.copyOfRange(copy, at, at + (int) field.sizeBytes())
                : FieldBytes.read(session, segment, field);
    }

    private static byte[] payload(Slot slot) throws Refusal {
        byte[] payload = slot.payload();
        if (payload == null) {
            throw new Refusal(
                    ExitCode.NO,
                    "slot %d claims %s, which cannot be: nothing to show"
                            .formatted(slot.key(), Counted.bytes(slot.lengthBytes())));
        }
        return payload;
    }

    private static PhpValue value(Slot slot) throws Refusal {
        return switch (KryoSlot.shown(slot.decoded())) {
            case Decoded.Value(PhpValue value, _) -> value;
            case Decoded.Unreadable(String why, int at) ->
                    throw new Refusal(
                            ExitCode.NO,
                            "slot %d holds no value that PHP could read (at byte %d: %s): --raw gives its bytes"
                                    .formatted(slot.key(), at, why));
        };
    }
}
