package io.github.shmlens.sysv;

import java.util.ArrayList;
import java.util.List;

/// One line of /proc/PID/maps, or several that are one mapping cut up by mprotect.
///
/// @param offset into what is mapped
/// @param path as the kernel shows it, with its " (deleted)"
record Mapping(
        long start,
        long end,
        boolean writable,
        boolean shared,
        long offset,
        int major,
        int minor,
        long inode,
        String path) {

    /// What the kernel calls System V segments: this and the key they were made with.
    private static final String SYSV = "/SYSV";

    /// Stands behind the path of a file that has no name any more.
    static final String DELETED = " (deleted)";

    /// The inode of a System V mapping is the shmid. Other shared memory may have the same number,
    /// so the name must fit too; the device may not be asked, huge pages have another.
    boolean shows(int shmid) {
        return inode == shmid && path.startsWith(SYSV);
    }

    /// The device tells two file systems apart; where stat gives another one than the maps do
    /// (btrfs, overlays), the path has to.
    boolean shows(FileNode node, String where) {
        boolean sameDevice = major == node.major() && minor == node.minor();
        return shared && inode == node.inode() && (sameDevice || barePath().equals(where));
    }

    private String barePath() {
        return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    }

    /// Reads the shared mappings of a process. Lines of another form are none of ours.
    static List<Mapping> parse(List<String> lines) {
        List<Mapping> found = new ArrayList<>();
        for (String line : lines) {
            if (!isShared(line)) {
                continue;
            }
            // start-end perms offset major:minor inode path
            String[] columns = line.split(" +", 6);
            if (columns.length == 6 && columns[1].length() == 4) {
                found.add(mapping(columns));
            }
        }
        return found;
    }

    /// Nearly all lines are private mappings: not worth taking apart, for all processes and every
    /// second.
    private static boolean isShared(String line) {
        int permissions = line.indexOf(' ') + 1;
        return permissions > 0
                && permissions + 3 < line.length()
                && line.charAt(permissions + 3) == 's';
    }

    private static Mapping mapping(String[] columns) {
        String[] range = columns[0].split("-", 2);
        String[] device = columns[3].split(":", 2);
        return new Mapping(
                Long.parseUnsignedLong(range[0], 16),
                Long.parseUnsignedLong(range[1], 16),
                columns[1].charAt(1) == 'w',
                true,
                Long.parseUnsignedLong(columns[2], 16),
                Integer.parseInt(device[0], 16),
                Integer.parseInt(device[1], 16),
                Long.parseUnsignedLong(columns[4]),
                columns[5]);
    }

    /// Joins lines that follow each other in memory and in what they map: one attach.
    static List<Mapping> joined(List<Mapping> lines) {
        List<Mapping> whole = new ArrayList<>();
        for (Mapping line : lines) {
            if (!whole.isEmpty() && whole.getLast().goesOnIn(line)) {
                whole.addLast(whole.removeLast().with(line));
            } else {
                whole.addLast(line);
            }
        }
        return whole;
    }

    private boolean goesOnIn(Mapping next) {
        return end == next.start
                && offset + (end - start) == next.offset
                && inode == next.inode
                && path.equals(next.path);
    }

    private Mapping with(Mapping next) {
        return new Mapping(
                start,
                next.end,
                writable || next.writable,
                shared,
                offset,
                major,
                minor,
                inode,
                path);
    }
}
