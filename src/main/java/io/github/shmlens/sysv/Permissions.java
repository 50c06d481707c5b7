package io.github.shmlens.sysv;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.source.Intent;
import io.github.shmlens.sysv.Credentials.Capability;
import jnr.constants.platform.Errno;

/// What the kernel would grant, computed as the kernel does.
final class Permissions {

    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int STICKY = 01000;

    private Permissions() {}

    /// A System V segment. Attaching for writing takes the right to read too. Owner and creator are
    /// equals, and so are their groups; the first class that fits decides, even if another would
    /// grant more.
    static Rights segment(SegmentRow row, Credentials who) {
        boolean owns = owns(row, who);
        boolean member = who.groups().contains(row.gid()) || who.groups().contains(row.cgid());
        int granted = granted(row.perms(), owns, member);
        boolean all = who.has(Capability.CAP_IPC_OWNER);
        boolean read = all || (granted & READ) != 0;
        boolean write = all || (granted & (READ | WRITE)) == (READ | WRITE);
        return new Rights(read, write, owns || who.has(Capability.CAP_SYS_ADMIN));
    }

    /// Refuses what the kernel would refuse to do to a System V segment.
    ///
    /// @param lockableBytes how much this user may lock in memory in all
    static void check(SegmentRow row, Intent intent, Credentials who, long lockableBytes)
            throws Refused {
        Rights rights = segment(row, who);
        switch (intent) {
            case Intent.Attach(Access access) ->
                    require(reach(rights, access), Call.ATTACH, Errno.EACCES);
            case Intent.Remove _ -> require(rights.remove(), Call.REMOVE_SEGMENT, Errno.EPERM);
            case Intent.Change _ -> require(rights.remove(), Call.SET_SEGMENT, Errno.EPERM);
            case Intent.LockInMemory(boolean locked) -> {
                if (!who.has(Capability.CAP_IPC_LOCK)) {
                    require(
                            owns(row, who) && (!locked || lockableBytes > 0),
                            Call.LOCK_SEGMENT,
                            Errno.EPERM);
                    require(
                            !locked || row.sizeBytes() <= lockableBytes,
                            Call.LOCK_SEGMENT,
                            Errno.ENOMEM);
                }
            }
        }
    }

    /// Refuses what the kernel would refuse to do to a file in a directory.
    static void check(FileNode file, FileNode directory, Intent intent, Credentials who)
            throws Refused {
        Rights rights = file(file, directory, who);
        switch (intent) {
            case Intent.Attach(Access access) ->
                    require(reach(rights, access), Call.OPEN, Errno.EACCES);
            case Intent.Remove _ -> {
                require(mayChangeNames(directory, who), Call.UNLINK, Errno.EACCES);
                require(rights.remove(), Call.UNLINK, Errno.EPERM);
            }
            case Intent.Change(Ownership next) -> checkChange(file, next, who);
            case Intent.LockInMemory _ ->
                    throw new IllegalArgumentException("no file is locked in memory");
        }
    }

    /// The owner is changed first, and whoever it is then may change the mode.
    private static void checkChange(FileNode file, Ownership next, Credentials who) throws Refused {
        boolean sameOwner = file.uid() == next.owner().id();
        boolean sameGroup = file.gid() == next.group().id();
        if (!who.has(Capability.CAP_CHOWN)) {
            boolean groupOfItsOwn = sameGroup || who.groups().contains(next.group().id());
            require(
                    (sameOwner && sameGroup)
                            || (sameOwner && groupOfItsOwn && who.uid() == file.uid()),
                    Call.CHANGE_OWNER,
                    Errno.EPERM);
        }
        if ((file.mode() & 0777) != next.mode().bits()) {
            require(
                    who.uid() == next.owner().id() || who.has(Capability.CAP_FOWNER),
                    Call.CHANGE_MODE,
                    Errno.EPERM);
        }
    }

    private static boolean reach(Rights rights, Access access) {
        return access == Access.READ_ONLY ? rights.read() : rights.write();
    }

    private static void require(boolean right, Call call, Errno otherwise) throws Refused {
        if (!right) {
            throw new Refused(call, otherwise);
        }
    }

    /// A file in a directory.
    static Rights file(FileNode file, FileNode directory, Credentials who) {
        boolean all = who.has(Capability.CAP_DAC_OVERRIDE);
        int granted = granted(file, who);
        boolean read = all || who.has(Capability.CAP_DAC_READ_SEARCH) || (granted & READ) != 0;
        boolean write = all || (granted & (READ | WRITE)) == (READ | WRITE);
        boolean sticky = (directory.mode() & STICKY) != 0;
        boolean mayUnlinkForeign =
                !sticky || who.uid() == directory.uid() || who.has(Capability.CAP_FOWNER);
        boolean remove =
                mayChangeNames(directory, who) && (who.uid() == file.uid() || mayUnlinkForeign);
        return new Rights(read, write, remove);
    }

    private static boolean owns(SegmentRow row, Credentials who) {
        return who.uid() == row.uid() || who.uid() == row.cuid();
    }

    private static boolean mayChangeNames(FileNode directory, Credentials who) {
        return who.has(Capability.CAP_DAC_OVERRIDE) || (granted(directory, who) & WRITE) != 0;
    }

    private static int granted(FileNode node, Credentials who) {
        return granted(node.mode(), who.uid() == node.uid(), who.groups().contains(node.gid()));
    }

    private static int granted(int mode, boolean owns, boolean member) {
        return mode >> (owns ? 6 : member ? 3 : 0) & 7;
    }
}
