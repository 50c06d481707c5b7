package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import java.time.Instant;
import jnr.posix.FileStat;
import jnr.posix.NanosecondFileStat;

/// What stat(2) says of a file.
///
/// @param links how many names it has
/// @param allocatedBytes what the file system spends on it; holes take nothing
record FileNode(
        long device,
        long inode,
        boolean regular,
        boolean directory,
        int links,
        int mode,
        int uid,
        int gid,
        long sizeBytes,
        long allocatedBytes,
        Instant modified) {

    /// stat counts blocks of 512 bytes, whatever the file system's own are.
    private static final int BLOCK_BYTES = 512;

    static FileNode of(FileStat stat) {
        long nanos = stat instanceof NanosecondFileStat finer ? finer.mTimeNanoSecs() : 0;
        return new FileNode(
                stat.dev(),
                stat.ino(),
                stat.isFile(),
                stat.isDirectory(),
                stat.nlink(),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.st_size(),
                stat.blocks() * BLOCK_BYTES,
                Instant.ofEpochSecond(stat.mtime(), nanos));
    }

    /// What tells it from every other file while it is there, whatever it is called meanwhile.
    ///
    /// @param as how the segment is named
    String identity(SegmentId as) {
        return "%s inode %d on %d:%d".formatted(as.text(), inode, major(), minor());
    }

    /// The key that glibc's ftok makes of this file.
    int ftok(int project) {
        return (int) ((inode & 0xffff) | (device & 0xff) << 16 | (long) (project & 0xff) << 24);
    }

    /// The device as /proc/PID/maps names it, from Linux's encoding of `dev_t`.
    int major() {
        return (int) ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL));
    }

    int minor() {
        return (int) ((device & 0xff) | (device >>> 12 & ~0xffL));
    }
}
