package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The system view, over this host and over one in memory that is nearly full.
final class SystemJobTest extends MainJob {

    private TableView<?> costs() {
        return (TableView<?>) Objects.requireNonNull(lookup("#system-costs"));
    }

    private String cost(int row, int column) {
        return String.valueOf(costs().getColumns().get(column).getCellData(row));
    }

    @Test
    void showsTheLimitsOfThisHostAndFollowsWhatIsMade() throws Exception {
        phpStore();
        openWindow();
        robot.type(KeyCode.F4);
        waitUntil("limits", () -> words("#system-shmmni").contains(" of "));
        assertThat(ask(() -> costs().getItems().size())).isPositive();
        assertThat(ask(() -> words("#system-objects"))).contains(" of ");
        String name = "/shmlens-system-" + key.hex();
        removeAtTheEnd(host.create(new Target.Posix(name), 4096, new Mode(0600), false).id());
        waitUntil(
                "listed",
                () ->
                        IntStream.range(0, costs().getItems().size())
                                .anyMatch(row -> cost(row, 0).equals(name)));
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#system"));
    }

    private static FakeSource nearlyFull() {
        FakeSource source = new FakeSource();
        source.host(new HostFacts(1 << 20, -1L - (1L << 24), 20, 1));
        for (int at = 0; at < 15; at++) {
            SegmentId id = source.add(new SegmentKey(0xf1206 + at), 4096L << at % 8);
            for (int page = 0; page <= at % 8; page++) {
                source.memory(id).put(4096L * page, (byte) 1);
            }
        }
        for (int at = 0; at < 4; at++) {
            source.addObject("/sensor-" + at, 10_000L << at);
        }
        source.objectSpace(new ObjectSpace("/dev/shm", "tmpfs", 64 << 20, 61 << 20, 3 << 20));
        source.namespaces(
                new IpcNamespace("ipc:[4026531839]", true, 190, 1, "systemd", ""),
                new IpcNamespace(
                        "ipc:[4026532512]", false, 3, 71, "php-fpm8.2", "docker 3f2a91c0b7d4"));
        return source;
    }

    @ParameterizedTest
    @CsvSource({"DARK, 14, 900, 600", "LIGHT, 21, 1500, 1000"})
    void tellsWhatIsNearlyFullAndWhatCostsMost(
            Appearance appearance, int fontSize, int wide, int high) {
        settings.appearanceProperty().set(appearance);
        settings.setFontSize(fontSize);
        width = wide;
        height = high;
        openWindow(nearlyFull());
        robot.type(KeyCode.F4);
        waitUntil("limits", () -> words("#system-shmmni").contains("15 of 20 (75.0 %)"));
        assertThat(ask(() -> words("#system-objects"))).contains("nearly full");
        assertThat(ask(() -> words("#system-shmall"))).contains("no limit");
        assertThat(ask(() -> find("#system-bar-shmmni", ProgressBar.class).getProgress()))
                .isEqualTo(0.75);
        assertThat(ask(() -> words("#system-namespaces")))
                .contains("ipc:[4026532512] · 3 processes, among them php-fpm8.2, pid 71")
                .contains("docker 3f2a91c0b7d4");
        assertThat(ask(() -> cost(0, 3))).isEqualTo("32768");
        screenshot(
                stage(),
                "system-%s-%d-%d"
                        .formatted(appearance.name().toLowerCase(Locale.ROOT), fontSize, wide));
    }
}
