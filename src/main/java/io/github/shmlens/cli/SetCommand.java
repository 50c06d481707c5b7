package io.github.shmlens.cli;

import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Intent;
import io.github.shmlens.source.SegmentSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes a segment itself and none of its bytes. Attaches to nothing; says on standard error what
/// was and what is.
@Command(
        name = "set",
        sortOptions = false,
        description = {
            "Changes a segment's owner, mode, or lock in memory.",
            "Who is attached already keeps its rights. Takes its owner or its creator "
                    + "(or a capability); the mode alone gives nobody this right."
        })
@Examples({"shmlens set 987654 --mode 0640", "shmlens set 987654 --owner www-data --dry-run"})
final class SetCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Who may read (4) and write (2): octal, as 0660.")
    @Nullable String mode;

    @Option(
            names = "--owner",
            paramLabel = "USER",
            description = "The new owner, a name or a number; the creator keeps its rights too.")
    @Nullable String owner;

    @Option(names = "--group", paramLabel = "GROUP", description = "The new group, likewise.")
    @Nullable String group;

    @Option(
            names = "--lock-memory",
            description = "Never swap its pages out once they are in memory (SHM_LOCK).")
    boolean lockMemory;

    @Option(names = "--unlock-memory", description = "Let them be swapped out again.")
    boolean unlockMemory;

    @Option(names = "--dry-run", description = "Only say what would change.")
    boolean dryRun;

    @Option(names = "--json", description = "Print the segment's facts as JSON.")
    boolean json;

    SetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        if (mode == null && owner == null && group == null && !lockMemory && !unlockMemory) {
            throw new BadInput(
                    "nothing to set: name --mode, --owner, --group, --lock-memory or --unlock-memory");
        }
        if (lockMemory && unlockMemory) {
            throw new BadInput("--lock-memory and --unlock-memory exclude each other");
        }
        Mode wantedMode = mode == null ? null : Mode.parse(mode);
        SegmentSource source = session.source();
        SegmentId id = session.found(target).id();
        SegmentFacts before = source.facts(id);
        Ownership was = Ownership.of(before);
        Ownership wanted =
                new Ownership(
                        owner == null ? was.owner() : source.user(owner),
                        group == null ? was.group() : source.group(group),
                        wantedMode == null ? was.mode() : wantedMode);
        SegmentId.Sysv lockable = id instanceof SegmentId.Sysv sysv ? sysv : null;
        boolean locks = lockMemory || unlockMemory;
        if (locks && lockable == null) {
            throw new BadInput(
                    "%s cannot be locked in memory: only System V segments can"
                            .formatted(session.name(id)));
        }
        List<String> changes = new ArrayList<>();
        if (!wanted.equals(was)) {
            changes.add("%s; it was %s".formatted(wanted.text(), was.text()));
        }
        if (locks && lockMemory != before.status().contains(SegmentStatus.LOCKED)) {
            changes.add(lockMemory ? "locked in memory" : "no longer locked in memory");
        }
        Intent lock = new Intent.LockInMemory(lockMemory);
        if (dryRun) {
            if (!wanted.equals(was)) {
                session.checkDry(id, new Intent.Change(wanted));
            }
            if (locks) {
                session.checkDry(id, lock);
            }
        } else {
            session.ending().hold();
            if (locks) {
                // Not one half of what is asked for.
                source.check(id, lock);
            }
            if (!wanted.equals(was)) {
                source.change(id, wanted);
            }
            if (lockable != null && locks) {
                source.lockInMemory(lockable, lockMemory);
            }
        }
        tell(before, changes);
        if (json) {
            SegmentRow row = new SegmentRow(source.facts(id), null);
            Json.print(session.console(), out -> SegmentRow.TABLE.write(out, row));
        }
        return ExitCode.DONE;
    }

    private void tell(SegmentFacts before, List<String> changes) throws ShmException {
        String name = session.name(before.id());
        if (changes.isEmpty()) {
            session.console().note("%s is so already: nothing was changed".formatted(name));
            return;
        }
        Attachments attachments = session.source().attachments(before.id());
        session.console()
                .note(
                        "%s %s: %s; %s%s"
                                .formatted(
                                        dryRun ? "would change" : "changed",
                                        name,
                                        String.join("; ", changes),
                                        Attached.clause(attachments, before.nattch()),
                                        before.nattch() > 0
                                                ? ", and attached they stay as they are"
                                                : ""));
    }
}
