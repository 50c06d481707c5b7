package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.HexView;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A window as small as is promised to be usable.
final class SmallWindowTest extends MainJob {

    /// A store in a window that was larger before.
    private HexView smallStore() {
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        fx(() -> {
            stage().setWidth(900);
            stage().setHeight(600);
        });
        HexView hex = find(".hex-view", HexView.class);
        waitUntil("small", () -> stage().getScene().getWidth() <= 900);
        waitUntil("room for text", () -> hex.getWidth() >= hex.widthFor(8));
        return hex;
    }

    @Test
    void theTextOfTheBytesIsWholeAlsoWhereTheWindowWasLargerBefore() {
        smallStore();
        screenshot(stage(), "small-store");
    }

    @Test
    void aWindowThatBecomesNarrowOrGetsLargerLettersCutsNothingAtItsEdge() {
        HexView hex = smallStore();
        Parent body = hex;
        while (!(body instanceof TabBody)) {
            body = body.getParent();
        }
        Parent whole = body;
        // The narrowest list beside it is 200 wide.
        assertThat(ask(() -> whole.minWidth(-1))).isLessThanOrEqualTo(720 - 200);
        fx(() -> stage().setWidth(720));
        waitUntil("smallest", () -> stage().getScene().getWidth() <= 720);
        waitUntilWithin(".at-cursor");
        waitUntilWithin(".hex-view");
        screenshot(stage(), "smallest-store");
        fx(() -> settings.setFontSize(22));
        waitUntilWithin(".at-cursor");
        waitUntilWithin(".hex-view");
        screenshot(stage(), "smallest-large-letters");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyCode.class,
            names = {"F", "H", "J", "M", "R"})
    void noPanelMakesTheTabWiderThanTheWindow(KeyCode opens) {
        journal = Journal.in(folder.resolve("state"), "Shmlens");
        settings.setFontSize(20);
        width = 900;
        height = 600;
        phpStore();
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        control(opens);
        waitForFx();
        waitForFx();
        screenshot(stage(), "small-" + opens);
        waitUntilWithin(".shm-tab");
    }

    @Test
    void largeLettersLeaveANoticeRoomForItsWordsOverANarrowList() throws Exception {
        settings.setFontSize(20);
        settings.keep("list-width", 200);
        width = 900;
        height = 600;
        raw(4096);
        openOnSegment();
        control(KeyCode.B);
        waitUntil("notice", () -> isThere(".shm-notice"));
        waitForFx();
        assertThat(ask(() -> find(".shm-notice", Region.class).getWidth())).isBetween(260.0, 320.0);
        screenshot(stage(), "small-notice");
    }

    private void waitUntilWithin(String view) {
        Region region = find(view, Region.class);
        waitForFx();
        waitUntil(
                view + " within the window",
                () ->
                        region.localToScene(region.getLayoutBounds()).getMaxX()
                                <= stage().getScene().getWidth() + 1);
    }

    @Test
    void aMinimapGivesWayToTheText() {
        Php.run(
                "shm_put_var(shm_attach((int) $argv[1], 200000), 1, 'Hello');",
                Integer.toString(key.value()));
        openOnSegment();
        waitUntil("a minimap", () -> isThere(".minimap"));
        fx(() -> stage().setWidth(900));
        HexView hex = find(".hex-view", HexView.class);
        waitUntil("room for text", () -> hex.getWidth() >= hex.widthFor(8));
        waitUntil("no minimap", () -> !isThere(".minimap"));
        fx(() -> stage().setWidth(1400));
        waitUntil("a minimap", () -> isThere(".minimap"));
    }

    @Test
    void whyThereIsNothingToReadCanBeRead() throws Exception {
        raw(1 << 20);
        width = 900;
        height = 600;
        openOnSegment();
        control(KeyCode.G);
        fill("#go-to", "0x9000");
        robot.type(KeyCode.ENTER);
        waitUntil("why", () -> words("#at-cursor-where").contains("not read"));
        Label where = find("#at-cursor-where", Label.class);
        waitForFx();
        assertThat(ask(where::isTextTruncated)).isFalse();
    }
}
