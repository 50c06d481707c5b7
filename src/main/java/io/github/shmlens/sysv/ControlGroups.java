package io.github.shmlens.sysv;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// /proc/PID/cgroup: the control groups of a process, a line for each hierarchy. Programs that run
/// containers name the group of one after it.
final class ControlGroups {

    /// `docker-ID.scope`, `/docker/ID`, `libpod-ID.scope`, `cri-containerd-ID.scope`, `crio-ID`.
    private static final Pattern ENGINE =
            Pattern.compile(
                    "(?:^|[/:])(docker|libpod|crio|cri-containerd)[-/](?:conmon-)?([0-9a-f]{12,64})");

    private static final Map<String, String> ENGINES =
            Map.of(
                    "docker", "docker",
                    "libpod", "podman",
                    "crio", "cri-o",
                    "cri-containerd", "containerd");

    private static final Pattern POD = Pattern.compile("kubepods.*/([0-9a-f]{64})(?:/|$)");

    private static final Pattern LXC = Pattern.compile("/lxc(?:\\.payload\\.|/)([^/]+)");

    private static final Pattern MACHINE = Pattern.compile("/machine-([^/]+)\\.scope");

    private static final int SHOWN_DIGITS = 12;

    private ControlGroups() {}

    /// The container that the lines name: `docker 3f2a91c0b7d4`. Empty for an ordinary process.
    static Optional<String> container(List<String> lines) {
        for (String line : lines) {
            Matcher engine = ENGINE.matcher(line);
            if (engine.find()) {
                String name = ENGINES.getOrDefault(engine.group(1), engine.group(1));
                return Optional.of(name + " " + shortened(engine.group(2)));
            }
            Matcher pod = POD.matcher(line);
            if (pod.find()) {
                return Optional.of("kubernetes " + shortened(pod.group(1)));
            }
            Matcher lxc = LXC.matcher(line);
            if (lxc.find()) {
                return Optional.of("lxc " + lxc.group(1));
            }
            Matcher machine = MACHINE.matcher(line);
            if (machine.find()) {
                return Optional.of("machine " + machine.group(1));
            }
        }
        return Optional.empty();
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHOWN_DIGITS, id.length()));
    }
}
