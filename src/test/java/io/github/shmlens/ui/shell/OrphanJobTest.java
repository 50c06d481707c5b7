package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The review of orphans, on segments that a PHP process made and left behind.
final class OrphanJobTest extends MainJob {

    private final List<SegmentKey> keys = new ArrayList<>();

    @BeforeEach
    void threeThatPhpLeftBehind() throws Exception {
        int first = ThreadLocalRandom.current().nextInt(0x10000, Integer.MAX_VALUE - 10);
        for (int at = 0; at < 3; at++) {
            SegmentKey left = new SegmentKey(first + at);
            keys.add(left);
            Php.run(
                    "shm_put_var(shm_attach((int) $argv[1], 2000 + 1000 * (int) $argv[2]), 1, 'x');",
                    Integer.toString(left.value()),
                    Integer.toString(at));
            removeAtTheEnd(id(at));
            assertThat(host.facts(id(at)).status()).contains(SegmentStatus.ORPHAN);
        }
    }

    private SegmentId id(int at) throws Exception {
        return idOf(new Target.Key(keys.get(at)));
    }

    private boolean isGone(SegmentId id) {
        try {
            host.facts(id);
            return false;
        } catch (ShmException gone) {
            return true;
        }
    }

    private TableView<?> table() {
        return (TableView<?>) Objects.requireNonNull(lookup("#orphans-table"));
    }

    private void openReview() {
        robot.type(KeyCode.F6);
        waitUntil("rows", () -> isThere("#orphans-table") && table().getItems().size() >= 3);
    }

    /// Ticks our own ones and no other that this host may have.
    private void tickOurs() {
        List<String> names = keys.stream().map(SegmentKey::hex).toList();
        int rows = ask(() -> table().getItems().size());
        IntStream.range(0, rows)
                .filter(row -> names.contains(ask(() -> name(row))))
                .forEach(row -> {
                    fx(() -> {
                        table().requestFocus();
                        table().getSelectionModel().clearAndSelect(row);
                    });
                    robot.type(KeyCode.SPACE);
                });
        waitUntil("three chosen", () -> words("#orphans-sum").contains("Chosen: 3"));
    }

    private String name(int row) {
        return String.valueOf(
                table().getColumns().stream()
                        .filter(column -> "orphans-name".equals(column.getId()))
                        .findFirst()
                        .orElseThrow()
                        .getCellData(row));
    }

    @Test
    void severalAreRemovedAfterReviewAndTheirImagesSaved() throws Exception {
        List<SegmentId> ids = List.of(id(0), id(1), id(2));
        openWindow();
        waitUntil("hint", () -> words("#orphan-hint").contains("unattached, "));
        click("#orphan-hint");
        waitUntil("rows", () -> isThere("#orphans-table") && table().getItems().size() >= 3);
        assertThat(ask(() -> isDisabled("#orphans-remove"))).isTrue();
        tickOurs();
        click("#orphans-save");
        fill("#orphans-folder", folder.toString());
        click("#orphans-understood");
        click("#orphans-remove");
        waitUntil("done", () -> notice().equals("3 segments removed."));
        assertThat(ids).allMatch(this::isGone);
        try (java.util.stream.Stream<Path> images = Files.list(folder)) {
            assertThat(
                            images.filter(file -> file.toString().endsWith(".bin"))
                                    .map(file -> file.toFile().length()))
                    .containsExactlyInAnyOrder(2000L, 3000L, 4000L);
        }
    }

    @Test
    void oneThatSomebodyAttachedMeanwhileIsKeptAndTheOthersGo() throws Exception {
        List<SegmentId> ids = List.of(id(0), id(1), id(2));
        openWindow();
        openReview();
        tickOurs();
        click("#orphans-understood");
        Php user =
                keep(
                        Php.start(
                                "$id = shmop_open((int) $argv[1], 'w', 0, 0); say('in'); hear();",
                                Integer.toString(keys.get(1).value())));
        assertThat(user.line()).isEqualTo("in");
        click("#orphans-remove");
        waitUntil("done", () -> notice().equals("2 segments removed."));
        waitUntil(
                "why",
                () ->
                        words("#orphans-table")
                                .contains("Kept: somebody is attached now (nattch 1)"));
        assertThat(isGone(ids.get(0))).isTrue();
        assertThat(host.facts(ids.get(1)).markedForRemoval()).isFalse();
        assertThat(isGone(ids.get(2))).isTrue();
    }

    @Test
    void oneThatWasUsedForAMomentSinceIsKept() throws Exception {
        SegmentId used = id(2);
        openWindow();
        openReview();
        tickOurs();
        Php.run(
                "shm_get_var(shm_attach((int) $argv[1]), 1);",
                Integer.toString(keys.get(2).value()));
        click("#orphans-understood");
        click("#orphans-remove");
        waitUntil("done", () -> notice().equals("2 segments removed."));
        waitUntil("why", () -> words("#orphans-table").contains("Kept: somebody used it"));
        assertThat(host.facts(used).markedForRemoval()).isFalse();
    }

    @Test
    void changingTheChoiceTakesTheConsentBack() {
        openWindow();
        openReview();
        tickOurs();
        click("#orphans-understood");
        assertThat(ask(() -> isDisabled("#orphans-remove"))).isFalse();
        click("#orphans-none");
        assertThat(ask(() -> isDisabled("#orphans-remove"))).isTrue();
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#orphans"));
        assertThat(keys)
                .allSatisfy(key -> assertThat(host.resolve(new Target.Key(key)).id()).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"DARK, 14, 900, 600", "LIGHT, 21, 1500, 1000"})
    void theReviewIsReadable(Appearance appearance, int fontSize, int wide, int high) {
        FakeSource source = new FakeSource();
        for (int at = 0; at < 12; at++) {
            source.add(new SegmentKey(0xf1206 + at), 1000L << at);
        }
        source.makerIsDead(true);
        settings.appearanceProperty().set(appearance);
        settings.setFontSize(fontSize);
        width = wide;
        height = high;
        openWindow(source);
        openReview();
        click("#orphans-all");
        click("#orphans-none");
        robot.type(KeyCode.TAB);
        fx(() -> table().requestFocus());
        robot.type(KeyCode.SPACE);
        screenshot(
                stage(),
                "orphans-%s-%d-%d"
                        .formatted(appearance.name().toLowerCase(Locale.ROOT), fontSize, wide));
        click("#orphans-understood");
        click("#orphans-remove");
        waitUntil("done", () -> notice().startsWith("1 segment "));
        screenshot(
                stage(),
                "orphans-done-%s-%d-%d"
                        .formatted(appearance.name().toLowerCase(Locale.ROOT), fontSize, wide));
    }
}
