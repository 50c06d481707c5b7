package io.github.shmlens.sysv;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Intent;
import java.util.function.Supplier;

/// What is meant to be done to a segment, in words: who may, where we may not.
final class WhoMay {

    private static final int ROOT = 0;

    /// Asked only when something was refused.
    interface Facts {
        SegmentFacts of(SegmentId id) throws ShmException;
    }

    private final Facts facts;
    private final Supplier<String> lockableMemory;

    /// @param lockableMemory how much this user may lock in memory, in words
    WhoMay(Facts facts, Supplier<String> lockableMemory) {
        this.facts = facts;
        this.lockableMemory = lockableMemory;
    }

    Attempt attempt(SegmentId id, Intent intent) {
        return switch (intent) {
            case Intent.Attach(Access access) -> attaching(id, access);
            case Intent.Remove _ -> new Attempt(id.text(), "remove", () -> remove(id));
            case Intent.Change change ->
                    new Attempt(id.text(), "change owner or mode", () -> change(id, change));
            case Intent.LockInMemory(boolean locked) ->
                    new Attempt(
                                    id.text(),
                                    locked ? "lock in memory" : "unlock from memory",
                                    () -> lock(id))
                            .limitedBy(() ->
                                    "this user may lock %s in memory (RLIMIT_MEMLOCK); more takes CAP_IPC_LOCK"
                                            .formatted(lockableMemory.get()));
        };
    }

    private Attempt attaching(SegmentId id, Access access) {
        String action = access == Access.READ_ONLY ? "attach read-only" : "attach read-write";
        return switch (id) {
            case SegmentId.Sysv _ ->
                    new Attempt(id.text(), action, () -> attach(id, "CAP_IPC_OWNER"))
                            .limitedBy(() -> "no room for it in this process's address space");
            case SegmentId.Posix _, SegmentId.File _ ->
                    new Attempt(id.text(), action, () -> attach(id, "CAP_DAC_OVERRIDE"))
                            .limitedBy(() -> "this process has too many files open");
        };
    }

    private String attach(SegmentId id, String capability) {
        try {
            SegmentFacts now = facts.of(id);
            String owner =
                    "mode is %s, owner %s, group %s"
                            .formatted(now.mode().octal(), now.owner().name(), now.group().name());
            String creator =
                    now.creator().equals(now.owner()) ? "" : ", creator " + now.creator().name();
            return "%s%s; otherwise it takes %s".formatted(owner, creator, capability);
        } catch (ShmException goneOrNoRegularFile) {
            return switch (id) {
                case SegmentId.Sysv _ -> "its mode does not allow it";
                case SegmentId.Posix _, SegmentId.File _ ->
                        "it is no regular file, and links are not followed";
            };
        }
    }

    private String remove(SegmentId id) {
        return switch (id) {
            case SegmentId.Sysv _ -> only(id, "", "CAP_SYS_ADMIN", "may remove it");
            case SegmentId.Posix _, SegmentId.File _ ->
                    only(id, ", the owner of /dev/shm", "CAP_FOWNER", "may remove it");
        };
    }

    private String change(SegmentId id, Intent.Change change) {
        return switch (id) {
            case SegmentId.Sysv _ -> only(id, "", "CAP_SYS_ADMIN", "may change it");
            case SegmentId.Posix _, SegmentId.File _ ->
                    changesMode(id, change)
                            ? only(id, "", "CAP_FOWNER", "may change its mode")
                            : "only %s may give it to another owner, and its owner only to a group of its own"
                                    .formatted(root("CAP_CHOWN"));
        };
    }

    private boolean changesMode(SegmentId id, Intent.Change change) {
        try {
            SegmentFacts now = facts.of(id);
            return now.owner().id() == change.next().owner().id()
                    && now.group().id() == change.next().group().id();
        } catch (ShmException gone) {
            return true;
        }
    }

    private String lock(SegmentId id) {
        return only(
                id,
                "",
                "CAP_IPC_LOCK",
                "may, and without this right only where the limit of locked memory (RLIMIT_MEMLOCK) is not 0");
    }

    /// @param others who else may, after a comma
    private String only(SegmentId id, String others, String capability, String may) {
        try {
            SegmentFacts now = facts.of(id);
            String owner = "its owner (%s)".formatted(now.owner().name());
            Principal creator = now.creator();
            String holders =
                    creator.id() == now.owner().id()
                            ? owner
                            : "%s, its creator (%s)".formatted(owner, creator.name());
            String root = now.owner().id() == ROOT ? capability : root(capability);
            return "only %s%s or %s %s".formatted(holders, others, root, may);
        } catch (ShmException gone) {
            return "only its owner " + may;
        }
    }

    private static String root(String capability) {
        return "root (%s)".formatted(capability);
    }
}
