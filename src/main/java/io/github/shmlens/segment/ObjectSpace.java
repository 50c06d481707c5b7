package io.github.shmlens.segment;

/// The file system that POSIX objects live in, usually /dev/shm. Other files may lie there as well.
///
/// @param kind its type: `tmpfs`
/// @param availableBytes what an ordinary user may still fill
public record ObjectSpace(
        String path, String kind, long sizeBytes, long usedBytes, long availableBytes) {}
