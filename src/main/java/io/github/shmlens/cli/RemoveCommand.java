package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Intent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Marks segments for removal, or unlinks objects. Never asks; says on standard error what it did.
@Command(
        name = "remove",
        aliases = "delete",
        sortOptions = false,
        description = {
            "Removes segments; never asks, and says what it did.",
            "Who is attached keeps the memory until the last detach, but nobody finds "
                    + "it by key."
        })
@Examples({
    "shmlens remove 987654 --dry-run      # who is attached, and what would happen",
    "shmlens remove 987654 --save old.bin --wipe",
    "shmlens remove id:3 id:4"
})
final class RemoveCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "What to remove.")
    List<String> targets = List.of();

    @Option(names = "--dry-run", description = "Only say what would happen.")
    boolean dryRun;

    @Option(names = "--wipe", description = "Overwrite every byte with zero first.")
    boolean wipe;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save all bytes to a new file first; only for one TARGET.")
    @Nullable String save;

    @Mixin LockOptions lock = new LockOptions();

    RemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        for (String target : targets) {
            Target.parse(target);
        }
        if (save != null && targets.size() > 1) {
            throw new BadInput("--save takes one TARGET, and there are " + targets.size());
        }
        Path image = save == null ? null : ImageFile.path(save);
        lock.check(session);
        int worst = ExitCode.DONE;
        for (String target : targets) {
            try {
                remove(target, image);
            } catch (ShmException refused) {
                if (targets.size() == 1) {
                    throw refused;
                }
                session.console()
                        .note(
                                Failures.sentence(
                                        refused.failure(),
                                        session.name(refused.failure().subject())));
                worst = worst == 0 ? Failures.exitCode(refused.failure()) : worst;
            } catch (Refusal refused) {
                if (targets.size() == 1 || session.ending().wanted()) {
                    throw refused;
                }
                session.console().note(refused.sentence());
                worst = worst == 0 ? refused.exitCode() : worst;
            } catch (BadInput wrong) {
                if (targets.size() == 1) {
                    throw wrong;
                }
                session.console().note(wrong.sentence());
                worst = worst == 0 ? ExitCode.WRONG_USAGE : worst;
            }
        }
        return worst;
    }

    private void remove(String target, @Nullable Path image)
            throws ShmException, BadInput, Refusal {
        SegmentId id = session.found(target).id();
        SegmentFacts facts = session.source().facts(id);
        Attachments attachments = session.source().attachments(id);
        if (dryRun) {
            if (image != null || wipe) {
                session.checkDry(id, new Intent.Attach(access()));
            }
            session.checkDry(id, new Intent.Remove());
            if (image != null) {
                session.console()
                        .note(
                                "would save %s to %s"
                                        .formatted(Counted.bytes(facts.sizeBytes()), image));
            }
            session.console().note(sentence("would remove", "would ", facts, attachments));
            return;
        }
        lock.around(
                session,
                () -> {
                    prepare(id, image);
                    session.source().remove(id);
                    return id;
                });
        session.console().note(sentence("removed", "", facts, attachments));
    }

    private void prepare(SegmentId id, @Nullable Path image) throws ShmException, Refusal {
        if (image == null && !wipe) {
            return;
        }
        // Whoever may write may not always remove: nothing is wiped that would stay.
        session.source().check(id, new Intent.Remove());
        try (AttachedSegment segment = session.source().attach(id, access())) {
            if (image != null) {
                ImageFile.save(segment, image, session);
                session.console()
                        .note(
                                "saved %s to %s"
                                        .formatted(Counted.bytes(segment.sizeBytes()), image));
            }
            if (wipe) {
                try (Progress progress = session.console().progress("wipe", segment.sizeBytes())) {
                    Bytes.wipe(segment, progress, session);
                }
            }
        }
    }

    private Access access() {
        return wipe ? Access.READ_WRITE : Access.READ_ONLY;
    }

    private String sentence(String done, String mood, SegmentFacts facts, Attachments attachments) {
        boolean inUse = facts.nattch() > 0 || !attachments.others().isEmpty();
        String next =
                switch (facts.id()) {
                    case SegmentId.Sysv _ ->
                            inUse
                                    ? "the bytes stay until the last of them detaches, and no new"
                                            + " process finds it by key"
                                    : "its memory is free again";
                    case SegmentId.Posix _ ->
                            inUse
                                    ? "the bytes stay until the last of them unmaps, and the name"
                                            + " is free"
                                    : "its memory is free again";
                    case SegmentId.File _ ->
                            inUse
                                    ? "the bytes stay until the last of them unmaps, and the path"
                                            + " is free"
                                    : "the file is deleted";
                };
        return "%s %s, %s%s: %s; %s"
                .formatted(
                        done,
                        session.name(facts.id()),
                        Counted.bytes(facts.sizeBytes()),
                        wipe ? " (%swiped)".formatted(mood.isEmpty() ? "" : "to be ") : "",
                        Attached.clause(attachments, facts.nattch()),
                        mood.isEmpty() ? next : "then " + next);
    }
}
