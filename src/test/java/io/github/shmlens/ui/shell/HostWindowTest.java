package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The window over this host's real segments: attach, create, remove, detach, by key and mouse.
class HostWindowTest extends WindowTest {

    private final HostSegments host = new HostSegments();
    private final List<SegmentId> made = new ArrayList<>();

    private static SegmentKey random() {
        return new SegmentKey(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }

    private SegmentId make(Target target, long size) throws ShmException, BadInput {
        SegmentId id = host.create(target, size, new Mode(0600), false).id();
        made.add(id);
        return id;
    }

    @AfterEach
    void removeWhatWasMade() {
        for (SegmentId id : made) {
            try {
                host.remove(id);
            } catch (ShmException goneAlready) {
                // The test removed it through the window.
            }
        }
    }

    private Stage asked() {
        Stage stage = open(host);
        control(KeyCode.O);
        waitUntil("dialog", () -> isThere(stage, "#attach-sheet"));
        return stage;
    }

    /// Attaches, says so, and waits for a word before it ends.
    private static final String HOLDER =
            """
            $id = shmop_open((int)$argv[1], "w", 0, 0);
            say("attached");
            hear();
            """;

    @Test
    void attachesByKey() throws ShmException, BadInput {
        SegmentKey key = random();
        SegmentId id = make(new Target.Key(key), 1024);
        Stage stage = asked();
        robot.write(key.unsigned(), 0);
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.id()).isEqualTo(id);
    }

    @Test
    void attachesByFtokPathAndProject() throws Exception {
        Path file = Files.createFile(folder.resolve("token"));
        SegmentId id = make(new Target.Ftok(file, 't'), 2048);
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-ftok", ToggleButton.class).fire());
        answer = file;
        robot.clickOn("#attach-choose");
        robot.write("t", 0);
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.id()).isEqualTo(id);
    }

    @Test
    void opensASavedImageReadOnlyAndClosesIt() throws Exception {
        Path file = Files.write(folder.resolve("image.bin"), new byte[100]);
        Stage stage = asked();
        fx(() -> find(stage, "#attach-way-file", ToggleButton.class).fire());
        fill(stage, "#attach-text", file.toString());
        waitUntil("exists", () -> text(stage, "#attach-state").startsWith("It exists"));
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.access())
                .isEqualTo(io.github.shmlens.segment.Access.READ_ONLY);
        control(KeyCode.W);
        waitUntil("closed", () -> notice(stage).endsWith("The file is as it was."));
    }

    @Test
    void createsWhatIsMissing() throws ShmException, BadInput {
        SegmentKey key = random();
        Stage stage = asked();
        robot.write(key.hex(), 0);
        waitUntil("create", () -> isThere(stage, "#attach-create"));
        fill(stage, "#attach-size", "4 KiB");
        fill(stage, "#attach-mode", "0600");
        robot.clickOn("#attach-make");
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        SegmentId id = contents.getFirst().segment.id();
        made.add(id);
        assertThat(host.resolve(new Target.Key(key)).id()).isEqualTo(id);
        assertThat(host.facts(id).sizeBytes()).isEqualTo(4096);
    }

    @Test
    void detachingLeavesTheSegment() throws ShmException, BadInput {
        SegmentKey key = random();
        SegmentId id = make(new Target.Key(key), 1024);
        Stage stage = open(host);
        fx(() -> window().attach(new Target.Key(key), io.github.shmlens.segment.Access.READ_WRITE));
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        control(KeyCode.W);
        waitUntil(
                "farewell",
                () -> notice(stage).endsWith("1,024 bytes stay in memory; nobody is attached."));
        assertThat(host.facts(id).nattch()).isZero();
    }

    private void choose(Stage stage, SegmentKey key) {
        fill(stage, "#segment-filter", key.hex());
        waitUntil("listed", () -> list(stage).getItems().size() == 2);
        robot.type(KeyCode.DOWN);
        robot.type(KeyCode.DELETE);
        waitUntil("sheet", () -> isThere(stage, "#remove-sheet"));
    }

    @Test
    void removesWhatNobodyHoldsAndSavesItsImageFirst() throws Exception {
        SegmentKey key = random();
        SegmentId id = make(new Target.Key(key), 5000);
        Stage stage = open(host);
        choose(stage, key);
        waitUntil("looked", () -> text(stage, "#remove-prospect").startsWith("Nobody"));
        fx(() -> find(stage, "#remove-save", CheckBox.class).fire());
        Path image = folder.resolve("image.bin");
        fill(stage, "#remove-image", image.toString());
        robot.clickOn("#remove-understood");
        robot.clickOn("#remove-confirm");
        waitUntil("done", () -> notice(stage).contains("5,000 bytes are destroyed"));
        assertThat(Files.size(image)).isEqualTo(5000);
        assertThatThrownBy(() -> host.facts(id)).isInstanceOf(ShmException.class);
    }

    @Test
    void removesWhatAnotherProcessHoldsByMarkingIt() throws Exception {
        SegmentKey key = random();
        SegmentId id = make(new Target.Key(key), 1024);
        try (Php holder = Php.start(HOLDER, Integer.toString(key.value()))) {
            assertThat(holder.line()).isEqualTo("attached");
            Stage stage = open(host);
            choose(stage, key);
            waitUntil("looked", () -> text(stage, "#remove-prospect").contains("marked"));
            assertThat(ask(() -> wordsOf(stage, "#remove-holders")))
                    .contains("pid " + holder.pid());
            fx(() -> find(stage, "#remove-understood", CheckBox.class).requestFocus());
            robot.type(KeyCode.SPACE);
            robot.type(KeyCode.TAB, KeyCode.TAB, KeyCode.SPACE);
            waitUntil("done", () -> notice(stage).contains("is marked for removal"));
            assertThat(host.facts(id).markedForRemoval()).isTrue();
        }
    }

    @Test
    void aHolderThatCameMeanwhileStopsTheRemoval() throws Exception {
        SegmentKey key = random();
        SegmentId id = make(new Target.Key(key), 1024);
        Stage stage = open(host);
        choose(stage, key);
        waitUntil("looked", () -> text(stage, "#remove-prospect").startsWith("Nobody"));
        try (Php holder = Php.start(HOLDER, Integer.toString(key.value()))) {
            assertThat(holder.line()).isEqualTo("attached");
            robot.clickOn("#remove-understood");
            robot.clickOn("#remove-confirm");
            waitUntil("told", () -> wordsOf(stage, "#remove-sheet").contains("changed since"));
            assertThat(host.facts(id).markedForRemoval()).isFalse();
        }
    }

    @Test
    void listingAttachesToNothing() throws ShmException, BadInput {
        SegmentId id = make(new Target.Key(random()), 1024);
        int before = host.facts(id).lpid();
        Stage stage = open(host);
        robot.type(KeyCode.F5);
        waitForFrames(5);
        assertThat(ask(() -> stage.isShowing())).isTrue();
        assertThat(host.facts(id).lpid()).isEqualTo(before);
        assertThat(host.facts(id).rssBytes()).isZero();
    }
}
