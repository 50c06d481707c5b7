package io.github.shmlens.segment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What bounds shared memory on this host, and where some of it is out of sight.
///
/// @param pageBytes the unit that `shmall` counts in
/// @param objectSpace null on hosts without a place for POSIX objects
/// @param namespaces IPC namespaces that processes live in, ours first, then by name
/// @param hiddenProcesses how many processes do not let us see which one they live in
public record SystemFacts(
        HostFacts limits,
        long pageBytes,
        @Nullable ObjectSpace objectSpace,
        List<IpcNamespace> namespaces,
        int hiddenProcesses) {

    public SystemFacts {
        namespaces = List.copyOf(namespaces);
    }

    /// Those that we do not live in.
    public List<IpcNamespace> otherNamespaces() {
        return namespaces.stream().filter(one -> !one.own()).toList();
    }
}
