package io.github.shmlens.sysv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One System V segment as the kernel's table has it. Numbers only.
///
/// @param perms permission bits, with SHM_DEST and SHM_LOCKED above them
/// @param atime seconds since 1970; 0 for never
/// @param rssBytes −1 where the kernel does not say
/// @param swapBytes −1 where the kernel does not say
record SegmentRow(
        int key,
        int shmid,
        int perms,
        long sizeBytes,
        int cpid,
        int lpid,
        long nattch,
        int uid,
        int gid,
        int cuid,
        int cgid,
        long atime,
        long dtime,
        long ctime,
        long rssBytes,
        long swapBytes) {

    static final int SHM_DEST = 01000;
    static final int SHM_LOCKED = 02000;

    /// Kernels before 2.6.34 have no rss and swap.
    private static final int FEWEST_COLUMNS = 14;

    private static final int WITH_MEMORY = 16;

    /// Reads /proc/sysvipc/shm, heading included.
    ///
    /// @return empty when this is not the table we know
    static Optional<List<SegmentRow>> parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().startsWith("key")) {
            return Optional.empty();
        }
        List<SegmentRow> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length < FEWEST_COLUMNS) {
                return Optional.empty();
            }
            try {
                rows.add(row(columns));
            } catch (NumberFormatException otherTable) {
                return Optional.empty();
            }
        }
        return Optional.of(rows);
    }

    private static SegmentRow row(String[] columns) {
        boolean memory = columns.length >= WITH_MEMORY;
        return new SegmentRow(
                key(columns[0]),
                Integer.parseInt(columns[1]),
                Integer.parseInt(columns[2], 8),
                Long.parseUnsignedLong(columns[3]),
                Integer.parseUnsignedInt(columns[4]),
                Integer.parseUnsignedInt(columns[5]),
                Long.parseUnsignedLong(columns[6]),
                Integer.parseUnsignedInt(columns[7]),
                Integer.parseUnsignedInt(columns[8]),
                Integer.parseUnsignedInt(columns[9]),
                Integer.parseUnsignedInt(columns[10]),
                Long.parseLong(columns[11]),
                Long.parseLong(columns[12]),
                Long.parseLong(columns[13]),
                memory ? Long.parseUnsignedLong(columns[14]) : -1,
                memory ? Long.parseUnsignedLong(columns[15]) : -1);
    }

    /// Linux prints keys signed; an unsigned one means the same bits.
    private static int key(String column) {
        return column.startsWith("-") ? Integer.parseInt(column) : Integer.parseUnsignedInt(column);
    }
}
