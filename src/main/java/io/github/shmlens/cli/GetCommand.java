package io.github.shmlens.cli;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One value.
@Command(name = "get", sortOptions = false, description = "Prints the value of one slot.")
final class GetCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's number.")
    String slot = "";

    @ArgGroup(multiplicity = "0..1")
    @Nullable Form form;

    /// How it is printed; only one at a time.
    static final class Form {
        @Option(names = "--json", description = "Print the slot as JSON, as in slots --json.")
        boolean json;

        @Option(names = "--php", description = "Print PHP's serialized text.")
        boolean php;

        @Option(names = "--raw", description = "Write the slot's bytes unchanged, nothing else.")
        boolean raw;
    }

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
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

    private static byte[] payload(Slot slot) throws Refusal {
        byte[] payload = slot.payload();
        if (payload == null) {
            throw new Refusal(
                    ExitCode.NO,
                    "slot %d claims %d bytes, which cannot be: nothing to show"
                            .formatted(slot.key(), slot.lengthBytes()));
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
