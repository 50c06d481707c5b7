package io.github.shmlens.cli;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Intent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes zeros over what former values left in a store. Never asks; says on standard error what it
/// did.
@Command(
        name = "wipe",
        sortOptions = false,
        description = {
            "Overwrites what removed values left in a PHP store.",
            "Writes zeros over its stale bytes: what removed and replaced values left "
                    + "in the free room and in the padding of slots. Slots stay as they are. "
                    + "Never asks.",
            "Values written by this program may still be in its journal, which is not wiped."
        })
@Examples({
    "shmlens wipe 987654 --dry-run  # how many bytes that would be",
    "shmlens wipe 987654 --lock sem:987654"
})
final class WipeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--dry-run", description = "Only say how many bytes would be wiped.")
    boolean dryRun;

    @Mixin LockOptions lock = new LockOptions();

    WipeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        lock.check(session);
        Session.Found found = session.found(target);
        if (dryRun) {
            session.checkDry(found.id(), new Intent.Attach(Access.READ_WRITE));
            return wipe(found, Access.READ_ONLY);
        }
        return lock.around(session, () -> wipe(found, Access.READ_WRITE));
    }

    private int wipe(Session.Found found, Access access) throws ShmException, Refusal {
        SegmentFacts facts = session.source().facts(found.id());
        Attachments attachments = session.source().attachments(found.id());
        try (AttachedSegment segment = session.source().attach(found.id(), access)) {
            StoreCare care = new StoreCare(session.source(), segment);
            boolean locked = lock.asked();
            StaleBytes bytes = dryRun ? care.stale() : care.wipe(locked, session.ending()::wanted);
            if (session.ending().wanted()) {
                throw session.ending()
                        .stopped(
                                "%s of %s were wiped until then"
                                        .formatted(
                                                Counted.of(bytes.bytes(), "stale byte"),
                                                session.name(found.id())));
            }
            String others = Attached.clause(attachments, facts.nattch());
            session.console()
                    .note(
                            "%s %s of %s: %d in the free room, %d in padding; %s%s"
                                    .formatted(
                                            dryRun ? "would wipe" : "wiped",
                                            Counted.of(bytes.bytes(), "stale byte"),
                                            session.name(found.id()),
                                            bytes.freeBytes(),
                                            bytes.paddingBytes(),
                                            others,
                                            dryRun || locked || facts.nattch() == 0
                                                    ? ""
                                                    : ", and no lock was held"));
            return ExitCode.DONE;
        } catch (NotAStore refused) {
            throw new Refusal(
                    ExitCode.NO,
                    "%s: %s; nothing was wiped"
                            .formatted(session.name(found.id()), Store.sentence(refused)));
        }
    }
}
