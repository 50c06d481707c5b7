package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.theme.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// The window over a fake host: real clicks and keys.
class ShmlensWindowTest extends WindowTest {

    private final FakeSource source = new FakeSource();

    private Stage attached(int... keys) {
        for (int key : keys) {
            source.add(new SegmentKey(key), 1024);
        }
        Stage stage = open(source);
        for (int at = 0; at < keys.length; at++) {
            int one = keys[at];
            int wanted = at + 1;
            fx(() -> window().attach(key(one), Access.READ_WRITE));
            waitUntil("tab", () -> tabs(stage).getTabs().size() == wanted);
        }
        return stage;
    }

    private static String chosenRow(Stage stage) {
        return list(stage).getSelectionModel().getSelectedItem() instanceof ListEntry.Row row
                ? row.name()
                : "";
    }

    @Test
    void theEmptyStateOffersTheDemoAndNamesOtherNamespaces() {
        source.host(new HostFacts(-1, -1, 4096, 1));
        Stage stage = open(source);
        assertThat(ask(() -> isThere(stage, "#empty-demo"))).isTrue();
        assertThat(ask(() -> wordsOf(stage, "#segments"))).contains("One other IPC namespace");
    }

    @Test
    void theDemoButtonStartsTheDemoAndAttachesIt() {
        demo =
                () -> {
                    source.add(new SegmentKey(77), 2048);
                    return key(77);
                };
        Stage stage = open(source);
        robot.clickOn("#empty-demo");
        waitUntil("demo's tab", () -> tabTexts(stage).size() == 1);
        assertThat(ask(() -> tabTexts(stage).getFirst())).startsWith("0x0000004d");
    }

    @Test
    void aDemoThatDoesNotStartIsSaid() {
        Stage stage = open(source);
        robot.clickOn("#empty-demo");
        waitUntil("notice", () -> notice(stage).contains("demo did not start"));
        assertThat(ask(() -> notice(stage))).contains("There is no demo here.");
    }

    @Test
    void enterAttachesTheChosenRow() {
        source.add(new SegmentKey(5), 10);
        Stage stage = open(source);
        waitUntil("chosen", () -> chosenRow(stage).equals("0x00000005"));
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().segment.access()).isEqualTo(Access.READ_WRITE);
    }

    @Test
    void aDoubleClickAttachesOnce() {
        source.add(new SegmentKey(5), 10);
        Stage stage = open(source);
        robot.moveTo(onScreen(list(stage), 60, 66)).doubleClickOn(MouseButton.PRIMARY);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        waitForFrames(3);
        assertThat(contents).hasSize(1);
    }

    @Test
    void shiftEnterAttachesReadOnly() {
        source.add(new SegmentKey(5), 10);
        Stage stage = open(source);
        waitUntil("chosen", () -> !chosenRow(stage).isEmpty());
        robot.press(KeyCode.SHIFT).type(KeyCode.ENTER).release(KeyCode.SHIFT);
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(ask(() -> tabTexts(stage).getFirst())).endsWith("ro");
    }

    @Test
    void arrowKeysSkipTheHeadOfASection() {
        source.add(new SegmentKey(5), 10);
        source.addObject("/a", 10);
        Stage stage = open(source);
        waitUntil("chosen", () -> chosenRow(stage).equals("0x00000005"));
        robot.type(KeyCode.DOWN);
        waitUntil("below the head", () -> chosenRow(stage).equals("/a"));
        robot.type(KeyCode.UP);
        waitUntil("above the head", () -> chosenRow(stage).equals("0x00000005"));
    }

    @Test
    void theChosenRowStaysChosenWhileOthersComeAndGo() {
        source.add(new SegmentKey(50), 10);
        Stage stage = open(source);
        waitUntil("chosen", () -> chosenRow(stage).equals("0x00000032"));
        for (int at = 1; at < 20; at++) {
            source.add(new SegmentKey(at), 10);
        }
        robot.type(KeyCode.F5);
        waitUntil("listed", () -> list(stage).getItems().size() == 21);
        assertThat(ask(() -> chosenRow(stage))).isEqualTo("0x00000032");
    }

    @Test
    void refusedWritingBecomesReadOnlyAndTheTabKnowsWhy() {
        SegmentId id = source.add(new SegmentKey(5), 10);
        source.allow(id, new Mode(0444), new Rights(true, false, false));
        Stage stage = open(source);
        fx(() -> window().attach(key(5), Access.READ_WRITE));
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        assertThat(contents.getFirst().origin.fellBack()).isTrue();
    }

    @Test
    void refusedReadingIsSaidAndOpensNothing() {
        SegmentId id = source.add(new SegmentKey(5), 10);
        source.allow(id, new Mode(0), new Rights(false, false, false));
        Stage stage = open(source);
        fx(() -> window().attach(key(5), Access.READ_WRITE));
        waitUntil("notice", () -> notice(stage).contains("Not permitted"));
        assertThat(contents).isEmpty();
    }

    @Test
    void aSegmentAttachedAlreadyIsChosenAndNotAttachedAgain() {
        Stage stage = attached(1, 2);
        fx(() -> window().attach(key(1), Access.READ_WRITE));
        waitUntil("first tab", () -> tabs(stage).getSelectionModel().getSelectedIndex() == 0);
        assertThat(contents).hasSize(2);
    }

    @Test
    void theListMarksWhatIsAttached() {
        Stage stage = attached(1);
        ListEntry.Row row = (ListEntry.Row) ask(() -> list(stage).getItems().get(1));
        assertThat(ask(row::spoken)).contains("attached here rw");
    }

    @Test
    void detachingSaysWhatStaysInMemory() throws ShmException {
        SegmentId id = source.add(new SegmentKey(9), 1024);
        source.othersAttach(id, 7, "php");
        Stage stage = open(source);
        fx(() -> window().attach(key(9), Access.READ_WRITE));
        waitUntil("tab", () -> tabTexts(stage).size() == 1);
        control(KeyCode.W);
        waitUntil(
                "farewell",
                () ->
                        notice(stage)
                                .endsWith(
                                        "The segment and its 1,024 bytes stay in memory; 1 process"
                                                + " is attached."));
        assertThat(source.facts(id).nattch()).isEqualTo(1);
    }

    @Test
    void onlyTheChosenTabWatchesAtFullRate() {
        attached(1, 2);
        assertThat(contents.get(0).told).endsWith("BEHIND");
        assertThat(contents.get(1).told).endsWith("activated");
    }

    @Test
    void controlTabGoesRound() {
        Stage stage = attached(1, 2, 3);
        control(KeyCode.TAB);
        assertThat(ask(() -> tabs(stage).getSelectionModel().getSelectedIndex())).isEqualTo(0);
    }

    @Test
    void controlAndPageKeysGoRoundAndTheKeyboardGoesWithThem() {
        Stage stage = attached(1, 2, 3);
        for (KeyCode key : List.of(KeyCode.PAGE_DOWN, KeyCode.PAGE_UP)) {
            control(key);
            int at = ask(() -> tabs(stage).getSelectionModel().getSelectedIndex());
            assertThat(at).isEqualTo(key == KeyCode.PAGE_DOWN ? 0 : 2);
            waitUntil(
                    "the keyboard is in the tab",
                    () ->
                            stage.getScene().getFocusOwner() instanceof Button button
                                    && button.getText().equals("First"));
        }
    }

    @Test
    void aTabThatIsClosedHearsNothingMore() {
        Stage stage = attached(1, 2);
        control(KeyCode.W);
        waitUntil("closed", () -> tabTexts(stage).size() == 1);
        assertThat(contents.get(1).segment.closed()).isTrue();
        assertThat(contents.get(0).told).endsWith("activated");
    }

    @Test
    void theTabThatComesForwardWhenOneIsClosedHasTheKeyboardAndThenTheList() {
        Stage stage = attached(1, 2);
        control(KeyCode.W);
        waitUntil("closed", () -> tabTexts(stage).size() == 1);
        waitUntil(
                "the keyboard is in the next tab",
                () ->
                        stage.getScene().getFocusOwner() instanceof Button button
                                && button.getText().equals("First"));
        control(KeyCode.W);
        waitUntil("the keyboard is in the list", () -> list(stage).isFocused());
    }

    @Test
    void theStatusLineIsThatOfTheChosenTab() {
        Stage stage = attached(1, 2);
        assertThat(ask(() -> statusText(stage))).isEqualTo("status of 0x2");
        control(KeyCode.TAB);
        assertThat(ask(() -> statusText(stage))).isEqualTo("status of 0x1");
    }

    @Test
    void aChangedLabelShowsInTheTab() {
        Stage stage = attached(1);
        fx(() ->
                contents.getFirst()
                        .label(
                                new TabLabel(
                                        "0x1",
                                        TabLabel.State.LOST,
                                        Access.READ_WRITE,
                                        "PHP store")));
        assertThat(ask(() -> tabs(stage).getTabs().getFirst().getText()))
                .isEqualTo("0x1  lost  rw");
    }

    @Test
    void theListFollowsTheChosenTab() {
        Stage stage = attached(1, 2);
        waitUntil("the second", () -> chosenRow(stage).equals("0x00000002"));
        fx(() -> tabs(stage).getSelectionModel().select(0));
        assertThat(ask(() -> chosenRow(stage))).isEqualTo("0x00000001");
    }

    @Test
    void aSegmentThatIsNotListedYetIsChosenWhenItIs() {
        Stage stage = attached(1);
        waitUntil("the first", () -> chosenRow(stage).equals("0x00000001"));
        source.add(new SegmentKey(77), 2048);
        fx(() -> window().attach(key(77), Access.READ_WRITE));
        waitUntil("chosen", () -> chosenRow(stage).equals("0x0000004d"));
    }

    @Test
    void theNewSegmentStandsBesideTheOldOneWhichKeepsItsTab() throws ShmException {
        Stage stage = attached(1, 2);
        SegmentId old = contents.getFirst().segment.id();
        source.remove(old);
        SegmentId anew = source.add(new SegmentKey(1), 64);
        fx(() -> contents.getFirst().host.attachAnew(key(1)));
        waitUntil("new content", () -> contents.size() == 3);
        waitUntil("three tabs", () -> tabs(stage).getTabs().size() == 3);
        assertThat(contents.get(2).segment.id()).isEqualTo(anew);
        Tab second = ask(() -> tabs(stage).getTabs().get(1));
        assertThat(ask(() -> second.getContent() == contents.get(2).node())).isTrue();
        assertThat(ask(() -> second.isSelected())).isTrue();
        assertThat(source.facts(old).nattch()).isEqualTo(1);
    }

    @Test
    void aNewSegmentThatIsNotFoundIsToldToTheTab() throws ShmException {
        attached(1);
        source.remove(contents.getFirst().segment.id());
        fx(() -> contents.getFirst().host.attachAnew(key(1)));
        waitUntil("told", () -> contents.getFirst().told.getLast().startsWith("NotFound"));
    }

    @Test
    void aListingThatFailsIsSaidInTheListAndEndsByItself() {
        source.add(new SegmentKey(5), 10);
        Stage stage = open(source);
        source.failListings(new ShmFailure.Unexpected("segments", "shmctl", "EFAULT"));
        waitUntil(
                "banner",
                () -> wordsOf(stage, "#segments").contains("The list cannot be refreshed"));
        assertThat(ask(() -> list(stage).getItems().size())).isEqualTo(2);
        source.failListings(null);
        waitUntil(
                "gone",
                () -> !wordsOf(stage, "#segments").contains("The list cannot be refreshed"));
    }

    @Test
    void theFilterHidesRowsAndEscapeBringsThemBack() {
        source.add(new SegmentKey(5), 10);
        source.add(new SegmentKey(6), 10);
        Stage stage = open(source);
        control(KeyCode.L);
        robot.write("0x5", 0);
        waitUntil("one", () -> list(stage).getItems().size() == 2);
        robot.type(KeyCode.ESCAPE);
        waitUntil("both", () -> list(stage).getItems().size() == 3);
    }

    @Test
    void aFilterThatNothingPassesSaysSo() {
        source.add(new SegmentKey(5), 10);
        Stage stage = open(source);
        control(KeyCode.L);
        robot.write("nobody", 0);
        waitUntil("said", () -> wordsOf(stage, "#segments").contains("None of the 1 matches"));
    }

    @Test
    void theTextGrowsAndShrinks() {
        open(source);
        control(KeyCode.EQUALS);
        assertThat(settings.fontSize()).isEqualTo(14);
        control(KeyCode.MINUS);
        control(KeyCode.MINUS);
        assertThat(settings.fontSize()).isEqualTo(12);
    }

    @Test
    void theTitleOfTheListIsWholeHoweverNarrowTheListAndLargeTheLetters() {
        Stage stage = open(source);
        Label title = find(stage, ".shm-head > .title-4", Label.class);
        ListBeside split = find(stage, ".shm-split", ListBeside.class);
        Region list = (Region) ask(() -> split.getItems().getFirst());
        Region menu = find(stage, "#menu", Region.class);
        for (int letters : new int[] {Settings.DEFAULT_FONT_SIZE, 21, Settings.MOST_FONT_SIZE}) {
            for (double width : new double[] {1, 240, 320, 500}) {
                fx(() -> {
                    settings.setFontSize(letters);
                    split.setListWidth(width);
                });
                waitForFx();
                String at = letters + " at " + width;
                assertThat(ask(title::isVisible)).as(at).isTrue();
                assertThat(ask(title::isTextTruncated)).as(at).isFalse();
                assertThat(ask(() -> menu.localToScene(menu.getWidth(), 0).getX()))
                        .as("the menu, " + at)
                        .isLessThanOrEqualTo(ask(list::getWidth));
            }
        }
    }

    @Test
    void aBadgeNeverLiesOverItsKeyHoweverLargeTheLetters() throws ShmException {
        SegmentId.Sysv id = source.add(new SegmentKey(0x53484d02), 1024);
        source.othersAttach(id, 7, "php");
        source.lockInMemory(id, true);
        source.remove(id);
        Stage stage = open(source, 900, 600);
        waitUntil("badges", () -> isThere(stage, ".shm-row-chips > .label"));
        for (int letters : new int[] {Settings.DEFAULT_FONT_SIZE, 21, Settings.MOST_FONT_SIZE}) {
            fx(() -> settings.setFontSize(letters));
            waitForFx();
            fx(() -> {
                Label name = (Label) stage.getScene().lookup(".shm-row-name");
                // Edges may touch.
                Bounds inside =
                        name.localToScene(
                                new BoundingBox(1, 1, name.getWidth() - 2, name.getHeight() - 2));
                Set<Node> badges = stage.getScene().getRoot().lookupAll(".shm-row-chips > .label");
                assertThat(name.isTextTruncated()).as("%s", letters).isFalse();
                assertThat(badges)
                        .hasSize(2)
                        .allSatisfy(badge -> {
                            assertThat(((Label) badge).isTextTruncated())
                                    .as("%s", letters)
                                    .isFalse();
                            assertThat(
                                            badge.localToScene(badge.getLayoutBounds())
                                                    .intersects(inside))
                                    .as("%s", letters)
                                    .isFalse();
                        });
            });
        }
    }

    @Test
    void shortcutsDoNotReachTheWindowBehindASheet() {
        Stage stage = attached(1);
        control(KeyCode.O);
        control(KeyCode.W);
        assertThat(ask(() -> tabTexts(stage))).hasSize(1);
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere(stage, "#attach-sheet"));
    }

    @Test
    void theKeyboardStaysInsideASheet() {
        Stage stage = attached(1);
        robot.type(KeyCode.F1);
        for (int at = 0; at < 5; at++) {
            robot.type(KeyCode.TAB);
        }
        waitForFx();
        assertThat(
                        ask(() ->
                                stage.getScene().getFocusOwner() instanceof Button button
                                        && button.getText().equals("Close")))
                .isTrue();
    }

    @Test
    void keysScrollASheetThatIsTallerThanTheWindow() {
        Stage stage = attached(1);
        fx(() -> stage.setHeight(420));
        robot.type(KeyCode.F1);
        waitUntil("sheet", () -> isThere(stage, "#shortcuts-sheet"));
        ScrollPane frame = ask(() -> (ScrollPane) stage.getScene().lookup(".shm-sheet-frame"));
        robot.type(KeyCode.END);
        waitUntil("at the end", () -> frame.getVvalue() == 1);
        robot.type(KeyCode.PAGE_UP);
        waitUntil("a page up", () -> frame.getVvalue() < 1);
        robot.type(KeyCode.HOME);
        waitUntil("at the beginning", () -> frame.getVvalue() == 0);
        robot.type(KeyCode.DOWN);
        waitUntil("a line down", () -> frame.getVvalue() > 0);
        robot.type(KeyCode.ENTER);
        waitUntil("closed", () -> !isThere(stage, "#shortcuts-sheet"));
    }

    @Test
    void anExceptionNobodyCaughtIsLoggedAndSaidOnce() throws IOException {
        Stage stage = open(source);
        for (int at = 0; at < 3; at++) {
            Thread thread =
                    new Thread(() -> {
                        throw new IllegalStateException("boom");
                    });
            thread.start();
        }
        waitUntil("notice", () -> notice(stage).contains("Boom"));
        assertThat(notice(stage)).contains("A defect in Shmlens", "test.log");
        assertThat(Files.readString(folder.resolve("test.log")))
                .containsOnlyOnce("IllegalStateException: boom");
    }

    @Test
    void closingTheWindowDetachesEverything() {
        Stage stage = attached(1, 2);
        fx(() -> window().close());
        waitUntil("closed", () -> !stage.isShowing());
        assertThat(contents).allMatch(content -> content.segment.closed());
    }

    @Test
    void theWindowsPlaceIsKept() {
        Stage stage = open(source, 1000, 700);
        fx(() -> {
            stage.setWidth(950);
            stage.setX(33);
        });
        waitForFrames(3);
        fx(() -> window().close());
        waitUntil("closed", () -> !stage.isShowing());
        assertThat(settings.number("window-width", 0)).isEqualTo(950);
        assertThat(settings.number("window-x", 0)).isEqualTo(33);
    }

    @Test
    void fourThousandSegmentsNeedNoMoreCellsThanFitOnTheScreen() {
        for (int at = 1; at <= 4096; at++) {
            source.add(new SegmentKey(at), at);
        }
        Stage stage = open(source);
        waitUntil("listed", () -> list(stage).getItems().size() == 4097);
        robot.type(KeyCode.END);
        waitForFrames(3);
        assertThat(ask(() -> list(stage).lookupAll(".list-cell").size())).isLessThan(60);
        assertThat(ask(() -> chosenRow(stage))).isEqualTo("0x00001000");
    }

    @Test
    void aMinimisedWindowAsksNothingOfItsTabs() {
        attached(1, 2);
        fx(() -> window().minimised(true));
        waitUntil("told", () -> contents.get(1).told.getLast().equals("MINIMISED"));
        assertThat(contents.get(0).told).endsWith("MINIMISED");
        fx(() -> window().minimised(false));
        waitUntil("told", () -> contents.get(1).told.getLast().equals("activated"));
    }

    @Test
    void whatWasAttachedIsOfferedNextTimeAndNotAttachedUnasked() {
        Stage stage = attached(1, 2);
        fx(() -> window().close());
        waitUntil("closed", () -> !stage.isShowing());
        contents.clear();

        Stage next = open(source);
        waitForFrames(3);
        assertThat(contents).isEmpty();
        assertThat(wordsOf(next, "#attach-again")).contains("2 of last time");
        Button again = find(next, "#attach-again", Button.class);
        fx(again::fire);
        waitUntil("both are attached again", () -> contents.size() == 2);
    }

    @Test
    void aVisitThatAttachesNothingKeepsWhatWasOpenBefore() {
        settings.keep("open-tabs", "rw 0x1");
        Stage stage = open(source);
        fx(() -> window().close());
        waitUntil("closed", () -> !stage.isShowing());
        assertThat(LastTime.of(settings))
                .containsExactly(
                        new LastTime.Kept(new Target.Key(new SegmentKey(1)), Access.READ_WRITE));
    }

    @Test
    void linesOfASettingsFileThatMakeNoSenseAreLeftOut() {
        settings.keep("open-tabs", "rw\nro 99999999999\n\nrw id:7\nxx posix:/a\nro ../x");
        assertThat(LastTime.of(settings))
                .containsExactly(
                        new LastTime.Kept(new Target.Id(7), Access.READ_WRITE),
                        new LastTime.Kept(new Target.Posix("/a"), Access.READ_ONLY));
    }
}
