package io.github.shmlens.segment;

/// What bounds shared memory on this host, and what of it is out of sight.
///
/// @param shmmax largest segment, bytes, unsigned; defaults mean "unlimited"
/// @param shmall largest sum of all segments, pages, unsigned
/// @param shmmni largest number of segments
/// @param otherIpcNamespaces how many other IPC namespaces processes on this host live in, as far
///   as we may see (containers, for example); their segments are not listed
public record HostFacts(long shmmax, long shmall, long shmmni, int otherIpcNamespaces) {}
