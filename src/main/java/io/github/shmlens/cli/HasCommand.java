package io.github.shmlens.cli;

import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Resolution;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Whether a slot is there, as an exit code. No segment, no slot.
@Command(
        name = "has",
        sortOptions = false,
        description = {
            "Says by its exit code whether a slot is there.",
            "Prints nothing; exit 0 when the slot is there, 1 when it is not."
        })
@Examples("shmlens has 987654 1 && echo yes")
final class HasCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's number.")
    String slot = "";

    HasCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        long number = Store.slotNumber(slot);
        Resolution resolution = session.resolved(target);
        SegmentId id = resolution.id();
        if (id == null) {
            return ExitCode.NO;
        }
        StoreReading reading = Store.read(session, new Session.Found(resolution, id));
        return reading.isStore() && reading.slot(number).isPresent() ? ExitCode.DONE : ExitCode.NO;
    }
}
