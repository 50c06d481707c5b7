package io.github.shmlens.cli;

import io.github.shmlens.php.Repair;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Intent;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts right what can be put right in a damaged store. Never asks; saves an image first, and says
/// on standard error what it did.
@Command(
        name = "repair",
        sortOptions = false,
        description = {
            "Repairs a damaged PHP store where that needs no guessing.",
            "Never asks. Saves all bytes first, and says on stderr what it wrote and "
                    + "which slots are lost."
        })
@Examples({
    "shmlens repair 987654 --dry-run        # what would be written and lost",
    "shmlens repair 987654 --save old.bin"
})
final class RepairCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--dry-run", description = "Only say what would be written and lost.")
    boolean dryRun;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save all bytes to this new file first; needed unless --dry-run.")
    @Nullable String save;

    @Mixin LockOptions lock = new LockOptions();

    RepairCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        Path image = save == null ? null : ImageFile.path(save);
        if (image == null && !dryRun) {
            throw new BadInput(
                    "a repair needs --save FILE, for the bytes as they are now; --dry-run only says");
        }
        lock.check(session);
        Session.Found found = session.found(target);
        return dryRun ? say(found) : lock.around(session, () -> repair(found, image));
    }

    private int say(Session.Found found) throws ShmException, Refusal {
        session.checkDry(found.id(), new Intent.Attach(Access.READ_WRITE));
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            Repair.Plan plan = plan(found, new StoreCare(session.source(), segment));
            if (plan != null) {
                tell(found, "would repair", plan);
            }
            return ExitCode.DONE;
        }
    }

    private int repair(Session.Found found, @Nullable Path image) throws ShmException, Refusal {
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_WRITE)) {
            StoreCare care = new StoreCare(session.source(), segment);
            Repair.Plan plan = plan(found, care);
            if (plan == null) {
                return ExitCode.DONE;
            }
            if (image != null) {
                ImageFile.save(segment, image, session);
                session.console()
                        .note(
                                "saved %s to %s"
                                        .formatted(Counted.bytes(segment.sizeBytes()), image));
            }
            StoreReading after = care.repair(plan);
            tell(found, "repaired", plan);
            after.problems()
                    .forEach(one ->
                            session.console()
                                    .note(
                                            "stays: %s at %d: %s"
                                                    .formatted(
                                                            one.code(),
                                                            one.offset(),
                                                            one.message())));
            return ExitCode.DONE;
        }
    }

    /// @return null when there is nothing to repair, which was said
    private Repair.@Nullable Plan plan(Session.Found found, StoreCare care)
            throws ShmException, Refusal {
        String name = session.name(found.id());
        return switch (care.plan()) {
            case Repair.Plan plan -> plan;
            case Repair.NotNeeded _ -> {
                session.console().note(name + ": nothing to repair");
                yield null;
            }
            case Repair.Impossible(String why) ->
                    throw new Refusal(
                            ExitCode.NO,
                            "%s cannot be repaired without guessing: %s".formatted(name, why));
        };
    }

    private void tell(Session.Found found, String done, Repair.Plan plan) {
        session.console()
                .note("%s %s: %s".formatted(done, session.name(found.id()), Care.outcome(plan)));
        plan.changes().forEach(change -> session.console().note(change.line()));
    }
}
