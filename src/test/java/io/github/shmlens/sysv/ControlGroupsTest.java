package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlGroupsTest {

    private static final String ID =
            "3f2a91c0b7d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e";

    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/docker-ID.scope, docker 3f2a91c0b7d4",
        "12:memory:/docker/ID, docker 3f2a91c0b7d4",
        "0::/machine.slice/libpod-ID.scope/container, podman 3f2a91c0b7d4",
        "0::/../docker-ID.scope, docker 3f2a91c0b7d4",
        "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope, containerd 3f2a91c0b7d4",
        "0::/kubepods.slice/kubepods-pod1.slice/crio-ID.scope, cri-o 3f2a91c0b7d4",
        "5:cpu:/kubepods/besteffort/pod1/ID, kubernetes 3f2a91c0b7d4",
        "0::/lxc.payload.web/init.scope, lxc web",
        "4:memory:/lxc/web, lxc web",
        "0::/machine.slice/machine-shop.scope/payload, machine shop"
    })
    void namesTheContainer(String line, String container) {
        assertThat(ControlGroups.container(List.of("1:name=systemd:/", line.replace("ID", ID))))
                .contains(container);
    }

    @Test
    void findsNoneAroundAnOrdinaryProcess() {
        assertThat(
                        ControlGroups.container(
                                List.of(
                                        "0::/user.slice/user-1000.slice/session-3.scope",
                                        "1:name=systemd:/system.slice/docker.service",
                                        "nonsense",
                                        "")))
                .isEmpty();
    }
}
