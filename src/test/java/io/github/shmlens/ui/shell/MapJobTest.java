package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.io.RandomAccessFile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The attach map and the life line, with real processes around a real segment.
final class MapJobTest extends MainJob {

    /// Only reads.
    private static final String READER =
            """
            $id = shmop_open((int) $argv[1], "a", 0, 0);
            say("attached");
            hear();
            """;

    private Php reader() {
        Php php = keep(Php.start(READER, Integer.toString(key.value())));
        assertThat(php.line()).isEqualTo("attached");
        return php;
    }

    private void openMap() {
        control(KeyCode.M);
        waitUntil("map", () -> words("#map-picture").contains("this window"));
    }

    private int rows() {
        return ((TableView<?>) Objects.requireNonNull(lookup("#map-table"))).getItems().size();
    }

    @Test
    void everybodyAroundIsInThePictureAndInTheTable() {
        Php writer = servant();
        Php reader = reader();
        openOnSegment();
        openMap();
        waitUntil("all", () -> words("#map-caption").contains("3 attaches, by 3 processes"));
        assertThat(ask(() -> words("#map-picture")))
                .contains(
                        "php\n" + writer.pid(),
                        "php\n" + reader.pid(),
                        "0x%x".formatted(key.value()));
        assertThat(ask(() -> words("#map-table"))).contains("ro", "this window (java)");
        assertThat(ask(this::rows)).isEqualTo(3);
    }

    @Test
    void theArrowKeysChooseAProcessAndItIsLookedAtMoreClosely() {
        Php writer = servant();
        openOnSegment();
        openMap();
        waitUntil("both", () -> words("#map-picture").contains("php\n" + writer.pid()));
        robot.type(KeyCode.RIGHT);
        waitUntil("ours", () -> words("#map-process-title").startsWith("This window: java"));
        robot.type(KeyCode.RIGHT);
        waitUntil("theirs", () -> words("#map-process-title").contains("pid " + writer.pid()));
        waitUntil("closer", () -> processText().contains("shm_attach"));
        assertThat(processText())
                .contains("display_errors=stderr", "started by pid", "/SYSV", "ago");
        assertThat(ask(() -> selectedRow())).contains(Long.toString(writer.pid()));
    }

    private String selectedRow() {
        return String.valueOf(
                ((TableView<?>) Objects.requireNonNull(lookup("#map-table")))
                        .getSelectionModel()
                        .getSelectedItem());
    }

    private String processText() {
        return ((javafx.scene.control.TextArea) Objects.requireNonNull(lookup("#map-process")))
                .getText();
    }

    @Test
    void whoComesAndGoesIsSeenAndWrittenDown() {
        Php first = servant();
        openOnSegment();
        openMap();
        waitUntil("one", () -> words("#map-picture").contains("php\n" + first.pid()));
        Php second = reader();
        waitUntil("came", () -> words("#map-picture").contains("php\n" + second.pid()));
        second.close();
        waitUntil("went", () -> !words("#map-picture").contains("php\n" + second.pid()));
        assertThat(ask(() -> words("#map-life")))
                .contains(
                        "php, pid %d, attached".formatted(second.pid()),
                        "php, pid %d, let go".formatted(second.pid()));
    }

    @Test
    void aSegmentRemovedAndMadeAnewIsToldByItsLifeLine() {
        Php php = servant();
        openOnSegment();
        openMap();
        php.ask("destroy");
        waitUntil("marked", () -> words("#map-life").contains("Marked for removal"));
        // The life line is told as it is written, the rest with the next look.
        waitUntil("in words", () -> words("#map-caption").startsWith("Marked for removal."));
        waitUntil("on the card", () -> words("#map-picture").contains(" · dest"));
        php.ask("anew 5000");
        waitUntil("anew", () -> words("#map-life").contains("Made anew with the same key: id:"));
    }

    @Test
    void anObjectThatGrowsIsToldByItsLifeLine() throws Exception {
        String name = "/shmlens-map-" + UUID.randomUUID();
        SegmentId id =
                host.create(
                                new Target.Posix(name),
                                4096,
                                new io.github.shmlens.segment.Mode(0600),
                                false)
                        .id();
        removeAtTheEnd(id);
        openWindow();
        control(KeyCode.O);
        click("#attach-way-posix");
        fill("#attach-text", name);
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabs().getTabs().size() == 1 && !isThere("#attach-sheet"));
        control(KeyCode.M);
        waitUntil("life", () -> words("#map-life").contains("4.0 KiB"));
        try (RandomAccessFile file = new RandomAccessFile("/dev/shm" + name, "rw")) {
            file.setLength(10_000);
        }
        waitUntil("grown", () -> words("#map-life").contains("4,096 bytes, now 10,000 bytes"));
        host.remove(id);
        waitUntil("gone", () -> words("#map-life").contains("Its name is gone"));
        waitUntil("old", () -> words("#map-old").startsWith("As it was seen last."));
    }

    @Test
    void escapeLeadsBackToTheBytes() {
        phpStore();
        openOnSegment();
        openMap();
        assertThat(ask(() -> isThere(".hex-view"))).isFalse();
        robot.type(KeyCode.ESCAPE);
        waitUntil("bytes", () -> isThere(".hex-view"));
        openMap();
        control(KeyCode.G);
        waitUntil("bytes for go to", () -> isThere(".hex-view") && !isThere("#map-picture"));
    }

    // ---- pictures to be looked at ------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"5, DARK, 14, 900, 600", "40, LIGHT, 14, 1280, 800", "300, LIGHT, 21, 1500, 1000"})
    void isReadableWithAnyNumberOfProcesses(
            int processes, Appearance appearance, int fontSize, int wide, int high)
            throws Exception {
        FakeSource source = new FakeSource();
        SegmentId id = source.add(new SegmentKey(0xf1206), 4096);
        for (int at = 1; at < processes; at++) {
            String command =
                    at % 13 == 0 ? "cron-job-" + at : at % 5 == 0 ? "apache2" : "php-fpm8.2";
            source.othersAttach(id, 2000 + at, command);
        }
        source.process(
                new ProcessFacts(
                        FakeSource.OUR_PID,
                        1,
                        "java",
                        List.of("java", "-jar", "shmlens.jar", "attach", "two words"),
                        false,
                        "ada",
                        Instant.now().minusSeconds(300),
                        "",
                        List.of(),
                        false));
        settings.appearanceProperty().set(appearance);
        settings.setFontSize(fontSize);
        settings.highContrastProperty().set(appearance == Appearance.DARK);
        width = wide;
        height = high;
        openWindow(source);
        control(KeyCode.O);
        fill("#attach-text", "0xf1206");
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabs().getTabs().size() == 1 && !isThere("#attach-sheet"));
        openMap();
        waitUntil("rows", () -> rows() == processes);
        robot.type(KeyCode.RIGHT);
        waitUntil("chosen", () -> words("#map-process-title").startsWith("This window"));
        waitForFx();
        assertThat(
                        screenshot(
                                stage(),
                                "map-%d-%s-%d-%d"
                                        .formatted(
                                                processes,
                                                appearance.name().toLowerCase(Locale.ROOT),
                                                fontSize,
                                                wide)))
                .exists();
    }
}
