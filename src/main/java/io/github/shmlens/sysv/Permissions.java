package io.github.shmlens.sysv;

import io.github.shmlens.segment.Rights;
import io.github.shmlens.sysv.Credentials.Capability;

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
        boolean owns = who.uid() == row.uid() || who.uid() == row.cuid();
        boolean member = who.groups().contains(row.gid()) || who.groups().contains(row.cgid());
        int granted = granted(row.perms(), owns, member);
        boolean all = who.has(Capability.CAP_IPC_OWNER);
        boolean read = all || (granted & READ) != 0;
        boolean write = all || (granted & (READ | WRITE)) == (READ | WRITE);
        return new Rights(read, write, owns || who.has(Capability.CAP_SYS_ADMIN));
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
        boolean mayChangeDirectory = all || (granted(directory, who) & WRITE) != 0;
        boolean remove = mayChangeDirectory && (who.uid() == file.uid() || mayUnlinkForeign);
        return new Rights(read, write, remove);
    }

    private static int granted(FileNode node, Credentials who) {
        return granted(node.mode(), who.uid() == node.uid(), who.groups().contains(node.gid()));
    }

    private static int granted(int mode, boolean owns, boolean member) {
        return mode >> (owns ? 6 : member ? 3 : 0) & 7;
    }
}
