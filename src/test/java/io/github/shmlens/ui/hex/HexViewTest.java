package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.Window;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.HexModel.Column;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// Real clicks and keys.
class HexViewTest extends FxTest {

    private final AtomicLong time = new AtomicLong(SampleBytes.NOW);
    private final List<Selection> chosen = new CopyOnWriteArrayList<>();
    private final List<HexEdit> commits = new CopyOnWriteArrayList<>();
    private final List<Span> viewports = new CopyOnWriteArrayList<>();
    private final List<CopyRequest> copies = new CopyOnWriteArrayList<>();
    private final AtomicInteger hints = new AtomicInteger();
    private final AtomicInteger goTos = new AtomicInteger();
    private HexView view;
    private Stage stage;

    @BeforeEach
    void openOnAMebibyte() {
        view = ask(() -> new HexView(time::get));
        stage =
                open(
                        () -> {
                            view.setOnSelect(chosen::add);
                            view.setOnCommit(commits::add);
                            view.setOnLockedTyping(hints::incrementAndGet);
                            view.setOnGoTo(goTos::incrementAndGet);
                            view.setOnCopyBeyond(copies::add);
                            view.setOnViewport(
                                    (offset, length) -> viewports.add(new Span(offset, length)));
                            view.setSize(1 << 20);
                            VBox.setVgrow(view, Priority.ALWAYS);
                            return new VBox(view, new Button("after"));
                        },
                        700,
                        400);
        show(bytes());
        fx(view::requestFocus);
    }

    // ---- choosing

    @Test
    void clickInTheHexColumnChoosesThatByte() {
        robot.clickOn(at(0x25, Column.HEX));
        assertThat(selection()).isEqualTo(Selection.at(0x25));
        assertThat(chosen).containsExactly(Selection.at(0x25));
    }

    @Test
    void clickInTheTextColumnChoosesThatByteAndTypingGoesThere() {
        fx(() -> view.setEditable(true));
        robot.clickOn(at(0x25, Column.TEXT)).write("Z");
        assertThat(edits()).containsExactly(edit(0x25, bytes(0x25), bytes('Z')));
    }

    @Test
    void shiftClickExtends() {
        robot.clickOn(at(0x25, Column.HEX));
        robot.press(KeyCode.SHIFT).clickOn(at(0x31, Column.HEX)).release(KeyCode.SHIFT);
        assertThat(selection()).isEqualTo(new Selection(0x25, 0x31));
    }

    @Test
    void dragSelects() {
        robot.moveTo(at(0x25, Column.HEX)).press(MouseButton.PRIMARY);
        robot.moveTo(at(0x30, Column.HEX)).moveTo(at(0x42, Column.HEX));
        robot.release(MouseButton.PRIMARY);
        assertThat(selection()).isEqualTo(new Selection(0x25, 0x42));
    }

    @Test
    void dragBelowTheEdgeScrolls() {
        robot.moveTo(at(0x25, Column.HEX)).press(MouseButton.PRIMARY);
        robot.moveTo(at(0x65, Column.HEX));
        robot.moveTo(onScreen(view, 200, view.getHeight() + 15));
        waitUntil("scrolled by dragging", () -> view.onScreenProperty().get().offset() > 64);
        robot.release(MouseButton.PRIMARY);
        assertThat(selection().anchor()).isEqualTo(0x25);
        assertThat(selection().caret()).isGreaterThan(0x65);
        Span rest = ask(() -> view.onScreenProperty().get());
        waitForFx();
        assertThat(ask(() -> view.onScreenProperty().get())).isEqualTo(rest);
    }

    @Test
    void doubleClickChoosesTheWord() {
        robot.doubleClickOn(at(0x2b, Column.HEX));
        assertThat(selection()).isEqualTo(new Selection(0x28, 0x2f));
    }

    @Test
    void theProgramSelectsSilently() {
        fx(() -> view.select(new Selection(1, 5)));
        assertThat(selection()).isEqualTo(new Selection(1, 5));
        assertThat(chosen).isEmpty();
    }

    // ---- keys

    @Test
    void arrowsMoveAndShiftExtends() {
        type(KeyCode.RIGHT, KeyCode.DOWN, KeyCode.LEFT, KeyCode.RIGHT);
        robot.press(KeyCode.SHIFT);
        type(KeyCode.DOWN, KeyCode.RIGHT);
        robot.release(KeyCode.SHIFT);
        assertThat(selection()).isEqualTo(new Selection(17, 34));
    }

    @Test
    void homeAndEndStayInTheRowAndControlGoesToTheEnds() {
        type(KeyCode.DOWN, KeyCode.END);
        assertThat(selection()).isEqualTo(Selection.at(31));
        type(KeyCode.HOME);
        assertThat(selection()).isEqualTo(Selection.at(16));
        shortcut(KeyCode.END);
        assertThat(selection()).isEqualTo(Selection.at((1 << 20) - 1));
        assertThat(ask(() -> covers(view.onScreenProperty().get(), (1 << 20) - 1))).isTrue();
        shortcut(KeyCode.HOME);
        assertThat(selection()).isEqualTo(Selection.at(0));
    }

    @Test
    void pageKeysMoveByAPage() {
        int page = ask(() -> view.model().pageRows());
        type(KeyCode.PAGE_DOWN);
        assertThat(selection()).isEqualTo(Selection.at(16L * page));
        type(KeyCode.PAGE_UP);
        assertThat(selection()).isEqualTo(Selection.at(0));
    }

    @Test
    void tabGoesToTheTextColumnThenToTheNextControl() {
        type(KeyCode.TAB);
        assertThat(ask(() -> view.model().column())).isEqualTo(Column.TEXT);
        assertThat(ask(view::isFocused)).isTrue();
        type(KeyCode.TAB);
        assertThat(ask(view::isFocused)).isFalse();
    }

    @Test
    void controlASelectsAll() {
        shortcut(KeyCode.A);
        assertThat(selection()).isEqualTo(new Selection(0, (1 << 20) - 1));
    }

    @Test
    void controlCCopiesHexOrTextByColumn() {
        show(bytes().put(0, "PHP_SM"));
        fx(() -> view.select(new Selection(0, 3)));
        shortcut(KeyCode.C);
        assertThat(clipboard()).isEqualTo("50 48 50 5f");
        type(KeyCode.TAB);
        fx(() -> view.select(new Selection(0, 3)));
        shortcut(KeyCode.C);
        assertThat(clipboard()).isEqualTo("PHP_");
    }

    @Test
    void aCopyBeyondTheWindowIsHandedOut() {
        shortcut(KeyCode.A);
        shortcut(KeyCode.C);
        assertThat(copies)
                .containsExactly(
                        new CopyRequest(new Selection(0, (1 << 20) - 1), CopyRequest.Format.HEX));
    }

    @Test
    void bytesNeverTouchedAreCopiedAsDots() {
        show(bytes().untouched(1, 1));
        fx(() -> view.select(new Selection(0, 2)));
        shortcut(KeyCode.C);
        assertThat(clipboard()).isEqualTo("00 ·· 02");
    }

    @Test
    void contextMenuSelectsAllAndAsksWhereToGo() {
        robot.rightClickOn(at(0x25, Column.HEX)).clickOn("Go to…");
        assertThat(goTos).hasValue(1);
        robot.rightClickOn(at(0x25, Column.HEX)).clickOn("Select all");
        assertThat(selection().length()).isEqualTo(1 << 20);
    }

    // ---- editing

    @Test
    void typingWhileLockedOnlyHints() {
        robot.write("a");
        assertThat(hints).hasValue(1);
        assertThat(edits()).isEmpty();
    }

    @Test
    void enterCommitsOneEditForEachRun() {
        fx(() -> view.setEditable(true));
        robot.write("cafe");
        type(KeyCode.RIGHT);
        robot.write("01");
        assertThat(commits).isEmpty();
        assertThat(ask(view::getPending)).isEqualTo(new Pending(3, 0));
        type(KeyCode.ENTER);
        assertThat(commits)
                .containsExactly(
                        edit(0, bytes(0, 1), bytes(0xca, 0xfe)), edit(3, bytes(3), bytes(1)));
        assertThat(ask(view::getPending)).isEqualTo(Pending.NONE);
    }

    @Test
    void escapeDropsWhatWasTyped() {
        fx(() -> view.setEditable(true));
        robot.write("cafe");
        type(KeyCode.ESCAPE, KeyCode.ENTER);
        assertThat(commits).isEmpty();
        assertThat(ask(view::getPending)).isEqualTo(Pending.NONE);
    }

    @Test
    void backspaceTakesBackOneDigit() {
        fx(() -> view.setEditable(true));
        robot.write("cafe");
        type(KeyCode.BACK_SPACE, KeyCode.BACK_SPACE);
        assertThat(edits()).containsExactly(edit(0, bytes(0), bytes(0xca)));
    }

    @Test
    void aWriteBelowAPendingEditIsAConflictAndWhatWasSeenIsKept() {
        fx(() -> view.setEditable(true));
        robot.write("ff");
        show(bytes().put(0, (byte) 0x77));
        assertThat(ask(view::getPending)).isEqualTo(new Pending(1, 1));
        type(KeyCode.ENTER);
        assertThat(commits).containsExactly(edit(0, bytes(0), bytes(0xff)));
    }

    @Test
    void enterInALockedViewKeepsWhatIsPending() {
        fx(() -> view.setEditable(true));
        robot.write("ff");
        fx(() -> view.setEditable(false));
        type(KeyCode.ENTER);
        assertThat(commits).isEmpty();
        assertThat(hints).hasValue(1);
        assertThat(ask(view::getPending)).isEqualTo(new Pending(1, 0));
    }

    @Test
    void textIsTypedAsUtf8() {
        fx(() -> view.setEditable(true));
        type(KeyCode.TAB);
        fx(() ->
                view.fireEvent(
                        new javafx.scene.input.KeyEvent(
                                javafx.scene.input.KeyEvent.KEY_TYPED,
                                "é",
                                "",
                                KeyCode.UNDEFINED,
                                false,
                                false,
                                false,
                                false)));
        assertThat(edits()).containsExactly(edit(0, bytes(0, 1), bytes(0xc3, 0xa9)));
    }

    @Test
    void pasteInTheHexColumnReadsHex() {
        fx(() -> {
            view.setEditable(true);
            Clipboard.getSystemClipboard()
                    .setContent(
                            java.util.Map.of(
                                    javafx.scene.input.DataFormat.PLAIN_TEXT, "CA fe\n00"));
        });
        shortcut(KeyCode.V);
        assertThat(edits()).containsExactly(edit(0, bytes(0, 1, 2), bytes(0xca, 0xfe, 0)));
    }

    // ---- scrolling

    @Test
    void theWheelScrollsThreeRowsANotch() {
        robot.moveTo(at(0x25, Column.HEX)).scroll(javafx.geometry.VerticalDirection.DOWN);
        waitUntil("scrolled", () -> view.onScreenProperty().get().offset() == 3 * 16);
        robot.scroll(javafx.geometry.VerticalDirection.UP);
        waitUntil("scrolled back", () -> view.onScreenProperty().get().offset() == 0);
    }

    @Test
    void scrollBarReachesTheVeryEndOfEightExbibytes() {
        fx(() -> view.setSize(Long.MAX_VALUE));
        waitForFx();
        fx(() -> bar().setValue(bar().getMax()));
        waitForFx();
        Span shown = ask(() -> view.onScreenProperty().get());
        assertThat(shown.offset() + (shown.length() - 1)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void everyRowOfSixtyFourGibibytesCanBeReached() {
        long rows = (64L << 30) / 16;
        fx(() -> view.setSize(64L << 30));
        waitForFx();
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            long row = i < 2 ? i : random.nextLong(rows - 100);
            // A drag of the bar lands on a row, wherever it is let go; the next row is a press of
            // its arrow, a notch of the wheel or a key away.
            fx(() -> bar().setValue(row + (row % 3 - 1) * 0.3));
            waitForFx();
            assertThat(ask(() -> view.onScreenProperty().get().offset())).isEqualTo(row * 16);
            fx(() -> bar().increment());
            waitForFx();
            assertThat(ask(() -> view.onScreenProperty().get().offset())).isEqualTo(row * 16 + 16);
        }
    }

    @Test
    void theLastByteOfSixtyFourGibibytesIsAKeyAway() {
        fx(() -> view.setSize(64L << 30));
        waitForFx();
        shortcut(KeyCode.END);
        assertThat(selection()).isEqualTo(Selection.at((64L << 30) - 1));
        Span shown = ask(() -> view.onScreenProperty().get());
        assertThat(shown.offset() + shown.length()).isEqualTo(64L << 30);
        type(KeyCode.PAGE_UP);
        long page = 16L * ask(() -> view.model().pageRows());
        assertThat(ask(() -> view.onScreenProperty().get()).offset())
                .isEqualTo(shown.offset() - page);
    }

    @Test
    void theSameWindowAgainLaysOutNothing() {
        Window same = bytes().window();
        fx(() -> view.show(same, time.get()));
        waitForFx();
        assertThat(
                        ask(() -> {
                            view.show(same, time.get());
                            view.setTints(List.of());
                            return view.isNeedsLayout();
                        }))
                .isFalse();
        assertThat(
                        ask(() -> {
                            view.show(bytes().window(), time.get());
                            return view.isNeedsLayout();
                        }))
                .isTrue();
    }

    @Test
    void jumpsInAnExbibyteAreExactAndTheScrollBarFollows() {
        fx(() -> {
            view.setSize(1L << 60);
            view.goTo((1L << 59) + 12_345);
        });
        waitForFx();
        assertThat(selection()).isEqualTo(Selection.at((1L << 59) + 12_345));
        assertThat(ask(() -> covers(view.onScreenProperty().get(), (1L << 59) + 12_345))).isTrue();
        assertThat(ask(() -> bar().getValue() / bar().getMax())).isBetween(0.499, 0.501);
        type(KeyCode.DOWN);
        assertThat(selection()).isEqualTo(Selection.at((1L << 59) + 12_345 + view.bytesPerRow()));
    }

    @Test
    void asksForTheScreenAndAPageAround() {
        fx(() -> view.goTo(0x8000));
        waitForFx();
        Span asked = viewports.getLast();
        Span shown = ask(() -> view.onScreenProperty().get());
        long page = 16L * ask(() -> view.model().pageRows());
        assertThat(asked.offset()).isEqualTo(shown.offset() - page);
        assertThat(asked.offset() + asked.length())
                .isBetween(
                        shown.offset() + shown.length() + page - 32,
                        shown.offset() + 2 * page + 16);
    }

    @Test
    void rowsGetWiderWhenThereIsRoom() {
        assertThat(ask(view::bytesPerRow)).isEqualTo(16);
        fx(() -> stage.setWidth(1250));
        waitUntil("32 bytes a row", () -> view.bytesPerRow() == 32);
        fx(() -> view.setBytesPerRow(16));
        waitUntil("16 bytes a row", () -> view.bytesPerRow() == 16);
    }

    @Test
    void aNarrowRowGivesUpDigitsThenBytesAndNeverItsText() {
        fx(() -> stage.setWidth(stage.getWidth() - view.getWidth() + view.widthFor(8)));
        waitUntil("8 bytes a row", () -> view.bytesPerRow() == 8);
        ScrollBar horizontal = (ScrollBar) ask(() -> view.lookup(".scroll-bar:horizontal"));
        assertThat(ask(horizontal::isVisible)).isFalse();
        fx(() -> stage.setWidth(stage.getWidth() - 12));
        waitForFx();
        assertThat(ask(view::bytesPerRow)).as("with a shorter address").isEqualTo(8);
        assertThat(ask(horizontal::isVisible)).isFalse();
        fx(() -> stage.setWidth(stage.getWidth() - 60));
        waitUntil("4 bytes a row", () -> view.bytesPerRow() == 4);
        assertThat(ask(horizontal::isVisible)).isFalse();
        fx(() -> stage.setWidth(stage.getWidth() - view.getWidth() + view.widthFor(4) - 12));
        waitForFx();
        assertThat(ask(horizontal::isVisible)).isFalse();
        fx(() -> stage.setWidth(stage.getWidth() - 40));
        waitUntil("what has no room can be scrolled to", horizontal::isVisible);
    }

    // ---- painting

    @Test
    void aChangeFadesAndThenTheViewRests() {
        show(bytes().changed(5, 1, 0));
        assertThat(ask(() -> view.painter().fading())).isTrue();
        time.addAndGet(500_000_000);
        waitUntil("half cool", () -> view.painter().paintedCells() == 0);
        time.addAndGet(500_000_000);
        waitUntil("cold", () -> !view.painter().fading());
    }

    @Test
    void oneChangedByteInTheWindowPaintsOneCell() {
        show(bytes().put(5, (byte) 0x77));
        assertThat(ask(() -> view.painter().paintedCells())).isEqualTo(1);
    }

    @Test
    void saysInWordsWhereTheCaretIs() {
        fx(() -> view.setTints(List.of(new Tint(0, 64, Tint.Kind.VALUE))));
        robot.clickOn(at(0x25, Column.HEX));
        assertThat(ask(view::getAccessibleText)).isEqualTo("offset 0x25, byte 25, 37, '%', value");
    }

    @Test
    void survivesAWindowOfNothing() {
        fx(() -> {
            view.setSize(0);
            view.show(Window.EMPTY, time.get());
        });
        type(KeyCode.DOWN, KeyCode.END, KeyCode.PAGE_DOWN, KeyCode.BACK_SPACE);
        robot.clickOn(onScreen(view, 100, 100));
        assertThat(selection()).isEqualTo(Selection.NONE);
    }

    // ---- the same words for each test

    private Point2D at(long offset, Column column) {
        return ask(() -> view.localToScreen(view.cellCentre(offset, column)));
    }

    private Selection selection() {
        waitForFx();
        return ask(view::getSelection);
    }

    private List<HexEdit> edits() {
        return ask(view::pendingEdits);
    }

    private ScrollBar bar() {
        return view.getChildrenUnmodifiable().stream()
                .filter(ScrollBar.class::isInstance)
                .map(ScrollBar.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void show(SampleBytes bytes) {
        fx(() -> view.show(bytes.window(), time.get()));
        waitForFx();
    }

    private void type(KeyCode... keys) {
        robot.type(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void shortcut(KeyCode key) {
        robot.press(KeyCode.CONTROL).type(key).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static String clipboard() {
        return ask(() -> Clipboard.getSystemClipboard().getString());
    }

    private static boolean covers(Span span, long offset) {
        return offset >= span.offset() && offset - span.offset() < span.length();
    }

    private static SampleBytes bytes() {
        return SampleBytes.counting(0, 8192);
    }

    private static HexEdit edit(long offset, byte[] seen, byte[] next) {
        return new HexEdit(offset, seen, next);
    }

    private static byte[] bytes(int... values) {
        byte[] made = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            made[i] = (byte) values[i];
        }
        return made;
    }
}
