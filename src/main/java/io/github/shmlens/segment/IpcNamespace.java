package io.github.shmlens.segment;

/// An IPC namespace: a world of System V segments of its own. Those of another one cannot be seen
/// from here.
///
/// @param name as the kernel shows it: `ipc:[4026531839]`
/// @param own the one that we live in
/// @param processes how many of the processes that let us look live in it
/// @param pid one of them, the one with the lowest id
/// @param command its short name
/// @param container its container, as in [Attachment]
public record IpcNamespace(
        String name, boolean own, int processes, int pid, String command, String container) {}
