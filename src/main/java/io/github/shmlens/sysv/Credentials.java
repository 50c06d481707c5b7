package io.github.shmlens.sysv;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who this thread is to the kernel.
///
/// @param groups the effective group and all supplementary ones
/// @param capabilities the effective ones, one bit each
record Credentials(int uid, Set<Integer> groups, long capabilities) {

    /// The capabilities that lift a refusal here, by their bit.
    enum Capability {
        CAP_CHOWN(0),
        CAP_DAC_OVERRIDE(1),
        CAP_DAC_READ_SEARCH(2),
        CAP_FOWNER(3),
        CAP_IPC_LOCK(14),
        CAP_IPC_OWNER(15),
        CAP_SYS_ADMIN(21);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }
    }

    Credentials {
        groups = Set.copyOf(groups);
    }

    boolean has(Capability capability) {
        return (capabilities >>> capability.bit & 1) != 0;
    }

    /// Reads /proc/thread-self/status: to the kernel, each thread has rights of its own.
    static Credentials parse(List<String> lines) {
        StatusFile status = StatusFile.parse(lines);
        int gid = status.numbers("Gid").get(1);
        Set<Integer> groups =
                Stream.concat(Stream.of(gid), status.numbers("Groups").stream())
                        .collect(Collectors.toSet());
        return new Credentials(
                status.numbers("Uid").get(1),
                groups,
                Long.parseUnsignedLong(status.text("CapEff"), 16));
    }
}
