package io.github.shmlens.segment;

import org.jspecify.annotations.Nullable;

/// Shared memory in one process, as its list of mappings has it.
///
/// @param id the System V segment or POSIX object it is; null for files, and where that cannot be
///   told: it has lost its name, or lies in another namespace
/// @param name as the kernel shows it: `/SYSV000f1206 (deleted)`, `/dev/shm/sensor`
/// @param line the whole line of /proc/PID/maps
public record SharedMapping(
        @Nullable SegmentId id,
        String name,
        long address,
        long lengthBytes,
        boolean writable,
        String line) {}
