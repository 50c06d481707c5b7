package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `limits`, on a host in memory.
class LimitsCommandTest {

    private final FakeSource host = new FakeSource();
    private final Shell shell = new Shell(host);

    @BeforeEach
    void someUse() {
        host.host(new HostFacts(1 << 20, 1000, 10, 1));
        host.add(new SegmentKey(1), 1);
        host.add(new SegmentKey(2), 4097);
        host.addObject("/sensor", 100);
        host.objectSpace(new ObjectSpace("/dev/shm", "tmpfs", 64 << 20, 1 << 20, 63 << 20));
        host.namespaces(
                new IpcNamespace("ipc:[1]", true, 90, 1, "init", ""),
                new IpcNamespace("ipc:[2]", false, 3, 71, "php-fpm", "docker 3f2a91c0b7d4"));
    }

    @Test
    void printsLimitsAndUseAsJson() {
        Shell.Said said = shell.run("limits", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.json("limits.shmmni")).isEqualTo(10L);
        assertThat(said.json("limits.shmall")).isEqualTo(1000L);
        assertThat(said.json("limits.shmmax")).isEqualTo(1L << 20);
        assertThat(said.json("limits.pageBytes")).isEqualTo(4096L);
        assertThat(said.json("sysv.segments")).isEqualTo(2L);
        assertThat(said.json("sysv.pages")).isEqualTo(3L);
        assertThat(said.json("sysv.largestBytes")).isEqualTo(4097L);
        assertThat(said.json("posix.segments")).isEqualTo(1L);
        assertThat(said.json("objectSpace.usedBytes")).isEqualTo(1L << 20);
        assertThat(said.json("ipcNamespaces.1.container")).isEqualTo("docker 3f2a91c0b7d4");
        assertThat(said.json("ipcNamespaces.0.own")).isEqualTo(true);
        assertThat(said.json("hiddenProcesses")).isEqualTo(0L);
    }

    @Test
    void printsWhatIsUsedUpAndTheNamespacesThatAreOutOfSight() {
        List<String> lines = shell.run("limits").out().lines().toList();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("shmmni +10 +2 +20.0 % .*"))
                .anySatisfy(line -> assertThat(line).matches("shmall +1000 +3 +0.3 % .*"))
                .anySatisfy(
                        line -> assertThat(line).matches("/dev/shm +67108864 +1048576 +1.6 % .*"))
                .anySatisfy(line ->
                        assertThat(line).matches("ipc:\\[2] +3 +71 +docker 3f2a91c0b7d4 +php-fpm"))
                .noneSatisfy(line -> assertThat(line).startsWith("ipc:[1]"));
    }

    @Test
    void aLimitThatBoundsNothingIsCalledNone() {
        host.host(new HostFacts(-1L - (1L << 24), -1, 4096, 0));
        assertThat(shell.run("limits").out().lines())
                .anySatisfy(line -> assertThat(line).matches("shmmax +no limit +4097 +- .*"));
    }

    @Test
    void attachesToNothing() {
        shell.run("limits");
        assertThat(host.listings()).isEqualTo(1);
    }
}
