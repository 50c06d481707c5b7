package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import java.nio.ByteOrder;

/// The header of a PostgreSQL server's System V segment, `PGShmemHeader` of PostgreSQL's
/// pg_shmem.h. The segment mostly holds nothing else: the pool itself is a private mapping, so its
/// `totalsize` is larger than the segment.
///
/// ```
/// 0      4           8          16          24           32     40      48     56
/// | magic| creatorPID| totalsize| freeoffset| dsm_control| index| device| inode|
/// ```
///
/// In 48 bytes there is no `index`: device and inode end the header.
final class PostgresqlShape implements Shape {

    private static final int MAGIC = 679834894;
    private static final int LONG = 56;
    private static final int SHORT = 48;

    @Override
    public String format() {
        return "postgresql";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return segmentBytes >= SHORT
                && head.holds(0, Integer.BYTES)
                && head.int32(0, ByteOrder.LITTLE_ENDIAN) == MAGIC;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(LONG, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        boolean indexed = segmentBytes >= LONG;
        walk.header(indexed ? LONG : SHORT);
        walk.int32("magic", 0, "PostgreSQL");
        long pid = walk.int32("creatorPID", 4, "the postmaster's process id");
        long total = walk.uint64("totalsize", 8, "bytes of the whole pool, wherever it is mapped");
        long free = walk.uint64("freeoffset", 16, "where its free room begins");
        walk.uint32("dsm_control", 24, "dynamic shared memory: /dev/shm/PostgreSQL.N");
        long next = 32;
        if (indexed) {
            walk.hex64("index", next, "pointer, in the server's address space");
            next += Long.BYTES;
        }
        walk.uint64("device", next, "file system of the data directory (st_dev)");
        walk.uint64("inode", next + Long.BYTES, "the data directory (st_ino)");
        if (pid <= 0) {
            walk.wrong("The creator's process id is %d.".formatted(pid));
        }
        if (Long.compareUnsigned(free, total) > 0) {
            walk.wrong("The free room begins behind the end of the pool.");
        }
        return walk.end(format(), "PostgreSQL server's header");
    }
}
