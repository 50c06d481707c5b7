package io.github.shmlens.cli;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes one slot.
@Command(name = "unset", sortOptions = false, description = "Removes one slot from a PHP store.")
@Examples("shmlens unset 987654 1   # PHP: shm_remove_var($shm, 1)")
final class UnsetCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's number.")
    String slot = "";

    @Mixin LockOptions lock = new LockOptions();

    UnsetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        long number = Store.slotNumber(slot);
        lock.check(session);
        Session.Found found = session.found(target);
        return lock.around(session, () -> unset(found, number));
    }

    private int unset(Session.Found found, long number) throws ShmException, Refusal {
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_WRITE)) {
            PhpStore store = new PhpStore(segment);
            if (!store.unset(number)) {
                throw Store.noSlot(session.name(found.id()), number, store.read().slots());
            }
            return ExitCode.DONE;
        } catch (NotAStore refused) {
            throw new Refusal(
                    ExitCode.NO,
                    "%s: %s".formatted(session.name(found.id()), Store.sentence(refused)));
        }
    }
}
