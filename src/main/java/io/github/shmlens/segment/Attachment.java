package io.github.shmlens.segment;

/// One mapping of a segment in one process.
///
/// @param command the process's short name
/// @param address where the mapping begins in that process
/// @param self true for this very process
public record Attachment(
        int pid,
        String command,
        String user,
        long address,
        long lengthBytes,
        boolean writable,
        boolean self) {}
