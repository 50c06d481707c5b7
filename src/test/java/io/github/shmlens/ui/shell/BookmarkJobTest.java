package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.theme.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Border;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bookmarks: made, found again, changed and deleted by keys, and kept for the next window.
final class BookmarkJobTest extends MainJob {

    @BeforeEach
    void keepSettings() throws Exception {
        settings = Settings.load(folder.resolve("config/settings.properties"));
    }

    private Path file() {
        return folder.resolve(
                "config/bookmarks/%s.bookmarks".formatted("0x%x".formatted(key.value())));
    }

    private ListView<?> list() {
        return find("#bookmark-list", ListView.class);
    }

    private void listOfBookmarks() {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.D);
        robot.release(KeyCode.SHIFT, KeyCode.CONTROL);
        waitForFx();
    }

    private void select(long from, long to) {
        HexView hex = find(".hex-view", HexView.class);
        fx(() -> {
            hex.select(new Selection(from, to));
            hex.requestFocus();
        });
    }

    private Selection chosen() {
        HexView hex = find(".hex-view", HexView.class);
        return ask(hex::getSelection);
    }

    private void bookmark(long from, long to, String note) {
        select(from, to);
        control(KeyCode.D);
        waitUntil("form", () -> isThere("#bookmark-note"));
        robot.write(note, 0);
        robot.type(KeyCode.ENTER);
        waitUntil("closed", () -> !isThere("#bookmark-sheet"));
        waitUntil("said", () -> notice().equals("Bookmarked from 0x%x on.".formatted(from)));
    }

    @Test
    void aBookmarkIsMadeByKeysFoundAgainInTheNextWindowChangedAndDeleted() throws Exception {
        SegmentId id = raw(64 << 10);
        poke(id, 0x40, 1, 2, 3);
        poke(id, 0x8000, 1, 2, 3);
        openOnSegment();
        // Whoever only listens must not be forgotten.
        System.gc();
        bookmark(0x40, 0x57, "the counter");
        bookmark(0x8000, 0x8000, "far away");
        waitUntil("kept", () -> Files.exists(file()));
        assertThat(Files.readAllLines(file()))
                .contains("0x40 24 amber the counter", "0x8000 8 amber far away");
        select(0x41, 0x41);
        waitUntil(
                "note at the cursor",
                () ->
                        lookup("#at-cursor-where") instanceof Labeled where
                                && where.getText().equals("At 0x41 (65) · the counter"));
        clickByte(0x42);
        HexView hex = find(".hex-view", HexView.class);
        assertThat(ask(hex::getAccessibleText)).contains(", bookmark");
        screenshot(stage(), "bookmark-light");

        control(KeyCode.W);
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        attachByKey();
        listOfBookmarks();
        waitUntil("both are back", () -> list().getItems().size() == 2);
        waitUntil("the keyboard is in the list", list()::isFocused);
        waitForFx();
        Border focused = ask(list()::getBorder);
        fx(find(".hex-view", HexView.class)::requestFocus);
        waitForFx();
        assertThat(focused).as("seen to have the focus").isNotEqualTo(ask(list()::getBorder));
        fx(list()::requestFocus);
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        waitUntil("gone there", () -> chosen().equals(new Selection(0x8007, 0x8000)));
        screenshot(stage(), "bookmark-list");

        robot.type(KeyCode.F2);
        waitUntil("form", () -> isThere("#bookmark-offset"));
        fill("#bookmark-offset", "0x8000 + 2*8");
        fill("#bookmark-length", "end");
        click("#bookmark-violet");
        click("#bookmark-save");
        waitUntil("refused", () -> words("#bookmark-error").contains("must be 1 to 32,752 bytes"));
        fill("#bookmark-length", "4");
        screenshot(stage(), "bookmark-form");
        click("#bookmark-save");
        waitUntil("changed", () -> lines().contains("0x8010 4 violet far away"));

        click("#bookmark-list");
        fx(() -> list().getSelectionModel().selectFirst());
        robot.type(KeyCode.DELETE);
        waitUntil("deleted", () -> lines().size() == 3);
        click("#bookmark-undo");
        waitUntil("back", () -> lines().contains("0x40 24 amber the counter"));
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#bookmarks"));
        waitUntil("bytes have the keys", () -> find(".hex-view", HexView.class).isFocused());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (java.io.IOException none) {
            return List.of();
        }
    }

    @Test
    void aFileThatIsNoneOfOursIsToldAndStays() throws Exception {
        raw(4096);
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "precious");
        openOnSegment();
        waitUntil("told", () -> words(".shm-tab").contains("not a file of bookmarks"));
        select(0x40, 0x47);
        control(KeyCode.D);
        waitUntil("form", () -> isThere("#bookmark-note"));
        robot.type(KeyCode.ENTER);
        waitUntil("closed", () -> !isThere("#bookmark-sheet"));
        waitForFx();
        assertThat(file()).hasContent("precious");
    }

    @Test
    void theListAndTheFindPanelTakeTurns() throws Exception {
        raw(4096);
        openOnSegment();
        control(KeyCode.F);
        waitUntil("find", () -> isThere("#find-panel"));
        listOfBookmarks();
        waitUntil("bookmarks", () -> isThere("#bookmarks") && !isThere("#find-panel"));
        control(KeyCode.F);
        waitUntil("find again", () -> isThere("#find-panel") && !isThere("#bookmarks"));
    }
}
