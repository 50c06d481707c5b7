package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import java.nio.file.Path;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// The Attach… dialog over a fake host.
class AttachSheetTest extends WindowTest {

    private final FakeSource source = new FakeSource();

    private Stage asked() {
        Stage stage = open(source);
        control(KeyCode.O);
        waitUntil("dialog", () -> isThere(stage, "#attach-sheet"));
        return stage;
    }

    private static boolean says(Stage stage, String start) {
        return text(stage, "#attach-state").startsWith(start);
    }

    @Test
    void typingShowsWhatTheKeyComesTo() {
        Stage stage = asked();
        robot.write("0xdeadbeef", 0);
        waitUntil("missing", () -> says(stage, "No segment has this key"));
        assertThat(ask(() -> wordsOf(stage, "#attach-facts")))
                .contains("0xdeadbeef = 3735928559 unsigned = -559038737 signed");
    }

    @Test
    void typingShowsWhoIsAttached() {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        source.othersAttach(id, 77, "php-fpm");
        Stage stage = asked();
        robot.write("5", 0);
        waitUntil("exists", () -> says(stage, "It exists"));
        assertThat(ask(() -> wordsOf(stage, "#attach-facts")))
                .contains(
                        "1 process is attached",
                        "php-fpm, pid 77, www-data, read-write",
                        "4,096 bytes (4.0 KiB)",
                        "read and write, remove");
    }

    @Test
    void enterAttachesEvenWhenTypedFasterThanLooked() {
        source.add(new SegmentKey(5), 4096);
        Stage stage = asked();
        robot.write("5\n", 0);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        waitUntil("closed", () -> !isThere(stage, "#attach-sheet"));
    }

    @Test
    void enterTypedFasterThanLookedNeverCreates() {
        Stage stage = asked();
        robot.write("5\n", 0);
        waitUntil("missing", () -> says(stage, "No segment has this key"));
        waitForFrames(3);
        assertThat(ask(() -> tabTexts(stage))).isEmpty();
        assertThat(ask(() -> isThere(stage, "#attach-create"))).isTrue();
        assertThat(ask(() -> wordsOf(stage, "#attach-sheet")))
                .contains("No segment has the key 0x00000005 (5).");
    }

    @Test
    void enterOnAMissingKeySaysSoAndNeverCreates() throws Exception {
        Stage stage = asked();
        robot.write("0x55", 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        robot.type(KeyCode.ENTER);
        robot.type(KeyCode.ENTER);
        assertThat(ask(() -> wordsOf(stage, "#attach-sheet")))
                .contains("No segment has the key 0x00000055 (85).")
                .contains("Create 0x00000055: 10,000 bytes, mode 0666");
        robot.clickOn("#attach-size").type(KeyCode.ENTER);
        waitForFrames(3);
        assertThat(source.segments()).isEmpty();
        assertThat(ask(() -> tabTexts(stage))).isEmpty();
    }

    @Test
    void aTargetOfTheCommandLineIsUnderstoodWhereAKeyIs() {
        source.key(new Target.Ftok(Path.of("/srv/app"), 't'), new SegmentKey(5));
        source.add(new SegmentKey(5), 4096);
        Stage stage = asked();
        robot.write("ftok:/srv/app:t", 0);
        waitUntil("exists", () -> says(stage, "It exists"));
        assertThat(ask(() -> isThere(stage, "#attach-origin"))).isFalse();
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
    }

    @Test
    void aMissingSegmentIsCreatedAndAttached() {
        Stage stage = asked();
        robot.write("0x55", 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        fill(stage, "#attach-size", "64 KiB");
        fill(stage, "#attach-mode", "640");
        robot.clickOn("#attach-make");
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.factsBefore().sizeBytes()).isEqualTo(65536);
        assertThat(contents.getFirst().segment.factsBefore().mode()).isEqualTo(new Mode(0640));
        assertThat(contents.getFirst().origin.created()).isTrue();
    }

    @Test
    void aSizeThatIsNoneIsSaidAtItsField() {
        Stage stage = asked();
        robot.write("0x55", 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        fill(stage, "#attach-size", "0");
        assertThat(ask(() -> text(stage, "#attach-size-error"))).contains("size");
        assertThat(ask(() -> stage.getScene().lookup("#attach-make").isDisabled())).isTrue();
    }

    @Test
    void aSizeBeyondTheHostsLimitIsSaidAtItsField() {
        source.host(new HostFacts(1 << 20, -1, 4096, 0));
        Stage stage = asked();
        robot.write("0x55", 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        fill(stage, "#attach-size", "1 GiB");
        robot.clickOn("#attach-make");
        waitUntil("said", () -> text(stage, "#attach-size-error").contains("1048576"));
        assertThat(contents).isEmpty();
    }

    @Test
    void aModeThatIsNoneIsSaidAtItsField() {
        Stage stage = asked();
        robot.write("0x55", 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        fill(stage, "#attach-mode", "999");
        assertThat(ask(() -> text(stage, "#attach-mode-error"))).contains("octal");
    }

    @Test
    void aKeyThatIsNoneIsSaidAtItsField() {
        Stage stage = asked();
        robot.write("99999999999", 0);
        waitUntil("said", () -> text(stage, "#attach-text-error").contains("does not fit"));
        assertThat(ask(() -> stage.getScene().lookup("#attach-attach").isDisabled())).isTrue();
    }

    @Test
    void aFileThatIsNotThereIsSaidAtItsField() {
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-ftok", ToggleButton.class).fire());
        fill(stage, "#attach-text", "/no/such/file");
        fill(stage, "#attach-project", "t");
        waitUntil("said", () -> text(stage, "#attach-text-error").contains("/no/such/file"));
    }

    @Test
    void readOnlyIsAChoice() {
        source.add(new SegmentKey(5), 4096);
        Stage stage = asked();
        robot.write("5", 0);
        waitUntil("exists", () -> says(stage, "It exists"));
        fx(() -> find(stage, "#attach-read-only", CheckBox.class).fire());
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.access()).isEqualTo(Access.READ_ONLY);
    }

    @Test
    void whatMayNotBeReadCannotBeAttachedAndSaysWhy() {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        source.allow(id, new Mode(0600), new Rights(false, false, false));
        Stage stage = asked();
        robot.write("5", 0);
        waitUntil("exists", () -> says(stage, "It exists"));
        assertThat(ask(() -> wordsOf(stage, "#attach-sheet")))
                .contains("Reading is not permitted (mode 0600, owner ada)");
        assertThat(ask(() -> stage.getScene().lookup("#attach-attach").isDisabled())).isTrue();
    }

    @Test
    void keyZeroSaysThatItFindsNothing() throws Exception {
        Stage stage = asked();
        robot.write("0", 0);
        waitUntil("said", () -> says(stage, "Key 0 (IPC_PRIVATE) finds no segment"));
        robot.type(KeyCode.ENTER);
        waitForFrames(3);
        assertThat(source.segments()).isEmpty();
        robot.clickOn("#attach-make");
        waitUntil("private one", () -> tabTexts(stage).size() == 1);
    }

    @Test
    void escapeClosesAndGivesTheKeyboardBack() {
        source.add(new SegmentKey(5), 4096);
        Stage stage = asked();
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere(stage, "#attach-sheet"));
        assertThat(ask(() -> list(stage).isFocused())).isTrue();
    }

    @Test
    void aFileIsOpenedReadOnly() {
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-file", ToggleButton.class).fire());
        waitForFx();
        assertThat(ask(() -> wordsOf(stage, "#attach-sheet")))
                .contains("Files are opened read-only.");
        assertThat(ask(() -> stage.getScene().lookup("#attach-read-only").isDisabled())).isTrue();
    }

    @Test
    void aKeysFileIsFoundAndTakenOver() {
        SegmentKey key = new SegmentKey(0x74001234);
        Target.Ftok file = new Target.Ftok(Path.of("/srv/app.php"), 't');
        source.key(file, key);
        source.fileWithKey(key, file, "php 71");
        Stage stage = asked();
        robot.write("0x74001234", 0);
        waitUntil("offered", () -> isThere(stage, "#attach-origin"));
        fx(() -> find(stage, "#attach-origin", Hyperlink.class).fire());
        waitUntil("sheet", () -> isThere(stage, "#key-origin"));
        fill(stage, "#key-origin-folder", "/srv");
        robot.type(KeyCode.ENTER);
        waitUntil("found", () -> text(stage, "#key-origin-state").startsWith("1 of 131,072 files"));
        assertThat(text(stage, "#key-origin-state")).contains("by accident alone 1.00");
        fx(() -> {
            ListView<?> hits = find(stage, "#key-origin-hits", ListView.class);
            hits.requestFocus();
            hits.getSelectionModel().select(0);
        });
        assertThat(ask(() -> wordsOf(stage, "#key-origin-hits"))).contains("used by php 71");
        robot.type(KeyCode.ENTER);
        waitUntil("taken over", () -> !isThere(stage, "#key-origin"));
        assertThat(ask(() -> text(stage, "#attach-text"))).isEqualTo("/srv/app.php");
        assertThat(ask(() -> text(stage, "#attach-project"))).isEqualTo("t");
    }

    @Test
    void aFileIsNotAskedWhereItsKeyComesFrom() {
        source.key(new Target.Ftok(Path.of("/srv/app"), 't'), new SegmentKey(5));
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-ftok", ToggleButton.class).fire());
        fill(stage, "#attach-text", "/srv/app");
        fill(stage, "#attach-project", "t");
        waitUntil("missing", () -> says(stage, "No segment has this key"));
        assertThat(ask(() -> isThere(stage, "#attach-origin"))).isFalse();
    }

    @Test
    void anFtokKeyThatOpensAStrangersSegmentIsDoubted() {
        source.key(new Target.Ftok(Path.of("/srv/app"), 't'), new SegmentKey(5));
        source.add(new SegmentKey(5), 4096);
        source.actAs(new Principal(33, "www-data"));
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-ftok", ToggleButton.class).fire());
        fill(stage, "#attach-text", "/srv/app");
        fill(stage, "#attach-project", "t");
        waitUntil("exists", () -> says(stage, "It exists"));
        assertThat(ask(() -> text(stage, "#attach-doubt")))
                .startsWith("This segment was made by ada, not by you (www-data)")
                .contains("1 in 65,536");
    }
}
