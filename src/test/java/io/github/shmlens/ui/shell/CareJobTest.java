package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.theme.Settings.Appearance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TitledPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The health of a store, its ghosts, repairing and wiping, as a person does it.
final class CareJobTest extends MainJob {

    private static final int END = 16;
    private static final int FREE = 24;

    @Test
    void aSoundStoreIsCalledSound() {
        phpStore();
        openOnSegment();
        waitUntil("judged", () -> words("#health").contains("Sound"));
        click("#health");
        waitUntil("panel", () -> words("#health-panel").contains("The store is sound"));
        assertThat(ask(() -> isDisabled("#health-repair"))).isTrue();
        assertThat(ask(() -> isDisabled("#health-wipe"))).isFalse();
    }

    @Test
    void aFindingIsExplainedAndItsBytesAreShown() throws Exception {
        phpStore();
        poke(id(), FREE, 5, 0);
        openOnSegment();
        waitUntil("judged", () -> words("#health").contains("Damaged: 1 finding"));
        click("#health");
        waitUntil("panel", () -> words("#health-panel").contains("sum-mismatch"));
        assertThat(ask(() -> words("#health-panel")))
                .contains("What PHP 8.2 does", "What hardened PHP does", "0x18");
        click("#health-list .list-cell");
        assertThat(ask(this::caret)).isEqualTo(FREE);
    }

    private long caret() {
        return ((HexView) Objects.requireNonNull(lookup(".hex-view")))
                .selectionProperty()
                .get()
                .caret();
    }

    @Test
    void aRepairedStoreServesPhpAgainAndTheImageHoldsWhatWasThere() throws Exception {
        Php php = servant();
        php.ask("put 1 'Hello'");
        php.ask("put 2 'World'");
        poke(id(), FREE, 0, 0);
        byte[] damaged = memory(id(), 0, STORE_BYTES);
        openOnSegment();
        unlock();
        openRepair();
        assertThat(ask(() -> words("#repair-what"))).contains("2 slots stay", "No slot is lost");
        Path image = folder.resolve("before.bin");
        fill("#repair-image", image.toString());
        click("#repair-understood");
        click("#repair-confirm");
        waitUntil("repaired", () -> notice().startsWith("Repaired"));

        assertThat(Files.readAllBytes(image)).isEqualTo(damaged);
        assertThat(php.ask("put 3 'again'")).isEqualTo("true");
        assertThat(php.ask("same 1 'Hello'")).isEqualTo("true");
        waitUntil("sound", () -> words("#health").contains("Sound"));
    }

    private void openRepair() {
        waitUntil("judged", () -> words("#health").contains("Damaged"));
        click("#health");
        click("#health-repair");
        waitUntil("question", () -> isThere("#repair"));
    }

    @Test
    void nothingIsRepairedWithoutUnlockingFirst() throws Exception {
        phpStore();
        poke(id(), FREE, 0, 0);
        byte[] damaged = memory(id(), 0, STORE_BYTES);
        openOnSegment();
        openRepair();
        assertThat(ask(() -> isDisabled("#repair-confirm"))).isTrue();
        assertThat(ask(() -> isDisabled("#repair-understood"))).isTrue();
        assertThat(ask(() -> words("#repair"))).contains("press Edit");
        assertThat(memory(id(), 0, STORE_BYTES)).isEqualTo(damaged);
    }

    @Test
    void anImageIsNeverWrittenOverAFileThatIsThere() throws Exception {
        phpStore();
        poke(id(), FREE, 0, 0);
        byte[] damaged = memory(id(), 0, STORE_BYTES);
        openOnSegment();
        unlock();
        openRepair();
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        fill("#repair-image", taken.toString());
        click("#repair-understood");
        click("#repair-confirm");
        waitUntil("refused", () -> words("#repair").contains("is there already"));
        assertThat(Files.readString(taken)).isEqualTo("mine");
        assertThat(memory(id(), 0, STORE_BYTES)).isEqualTo(damaged);
    }

    @Test
    void aSlotThatPhpRemovedIsListedApartWithItsAgeAndItsBytesAreChosen() {
        Php php = servant();
        php.ask("put 1 'stays'");
        php.ask("put 2 'a secret'");
        openOnSegment();
        waitUntil("both slots", () -> slots().size() == 2);
        php.ask("unset 2");
        openGhosts();
        waitUntil("age", () -> words("#ghost-list").contains("gone "));
        assertThat(slots()).hasSize(1);
        click("#ghost-list .list-cell");
        // Slot 1 takes 56 bytes behind the header, and 24 more are the ghost's own header.
        waitUntil("its bytes", () -> caret() == 40 + 48 + 24);
    }

    private void openGhosts() {
        waitUntil("ghosts", () -> isThere("#ghosts"));
        fx(() -> ((TitledPane) Objects.requireNonNull(lookup("#ghosts"))).setExpanded(true));
        waitUntil("listed", () -> words("#ghost-list").contains("a secret"));
    }

    @Test
    void staleBytesThatAreNoSlotAnyMoreCanBeWipedFromTheFindings() throws Exception {
        phpStore();
        poke(id(), STORE_BYTES - 64, 's', 'e', 'c', 'r', 'e', 't');
        openOnSegment();
        unlock();
        waitUntil("judged", () -> words("#health").contains("Sound"));
        click("#health");
        click("#health-wipe");
        waitUntil("question", () -> isThere("#wipe"));
        click("#wipe-understood");
        click("#wipe-confirm");
        waitUntil("wiped", () -> notice().contains("wiped"));
        assertThat(text(id())).doesNotContain("secret");
    }

    @Test
    void aWipeLeavesNothingToReadAndPhpGoesOn() throws Exception {
        Php php = servant();
        php.ask("put 1 'stays'");
        php.ask("put 2 'a secret'");
        php.ask("unset 2");
        openOnSegment();
        unlock();
        openGhosts();
        click("#ghost-wipe");
        waitUntil("question", () -> isThere("#wipe"));
        assertThat(ask(() -> words("#wipe"))).contains("stale", "php", "cannot be undone");
        assertThat(text(id())).contains("a secret");
        click("#wipe-understood");
        click("#wipe-confirm");
        waitUntil("wiped", () -> notice().contains("wiped"));

        assertThat(text(id())).doesNotContain("secret");
        waitUntil("no ghosts", () -> !isThere("#ghosts"));
        assertThat(php.ask("same 1 'stays'")).isEqualTo("true");
        assertThat(php.ask("put 2 'new'")).isEqualTo("true");
    }

    private String text(SegmentId id) throws Exception {
        return new String(memory(id, 0, STORE_BYTES), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Appearance.class,
            names = {"LIGHT", "DARK"})
    void pictures(Appearance appearance) throws Exception {
        settings.appearanceProperty().set(appearance);
        width = 1280;
        height = 800;
        Php php = servant();
        php.ask("put 1 'stays'");
        php.ask("put 2 ['password' => 'a secret', 'tries' => 3]");
        php.ask("put 3 'a secret that moved'");
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        php.ask("unset 2");
        openGhosts();
        unlock();
        click("#ghost-list .list-cell");
        shot("ghosts", appearance);
        click("#ghost-wipe");
        waitUntil("question", () -> isThere("#wipe"));
        fx(() -> ((CheckBox) Objects.requireNonNull(lookup("#wipe-understood"))).setSelected(true));
        shot("wipe", appearance);
        fx(() -> ((Button) Objects.requireNonNull(lookup("#wipe-cancel"))).fire());
        poke(id(), END, 160, 0);
        waitUntil("damaged", () -> words("#health").contains("Damaged"));
        click("#health");
        waitUntil("panel", () -> isThere("#health-panel"));
        shot("findings", appearance);
        click("#health-repair");
        waitUntil("question", () -> isThere("#repair"));
        shot("repair", appearance);
    }

    private void shot(String name, Appearance appearance) {
        waitForFx();
        screenshot(stage(), "care-" + name + "-" + appearance.name().toLowerCase(Locale.ROOT));
    }
}
