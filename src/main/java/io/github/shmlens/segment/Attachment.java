package io.github.shmlens.segment;

/// One mapping of a segment in one process.
///
/// @param command the process's short name
/// @param address where the mapping begins in that process
/// @param self true for this very process
/// @param container which container the process lives in, where it is not ours: `docker
///   3f2a91c0b7d4`, `lxc web`, `another PID namespace`; empty otherwise, or where that may not be
///   seen
public record Attachment(
        int pid,
        String command,
        String user,
        long address,
        long lengthBytes,
        boolean writable,
        boolean self,
        String container) {

    /// One whose process is in no container that is not ours.
    public Attachment(
            int pid,
            String command,
            String user,
            long address,
            long lengthBytes,
            boolean writable,
            boolean self) {
        this(pid, command, user, address, lengthBytes, writable, self, "");
    }
}
