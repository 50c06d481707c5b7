package io.github.shmlens.ui.slots;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.application.Application;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DialogsTest extends FxTest {

    private static final SegmentKey KEY = new SegmentKey(0xf1206);

    private final StoreReading reading =
            WatchedStore.ofSize(1024).put(1, "s:5:\"Hello\";").reading();
    private final List<SegmentKey> questions = new ArrayList<>();
    private final List<Consumer<LockChoice.Answer>> answers = new ArrayList<>();

    @BeforeEach
    void useTheTheme() {
        fx(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
    }

    private static <D extends Dialog<?>> D shown(java.util.concurrent.Callable<D> make) {
        D dialog =
                ask(() -> {
                    D made = make.call();
                    made.show();
                    return made;
                });
        waitForFx();
        return dialog;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SlotEditor editor() {
        return shown(() ->
                new SlotEditor(
                        null,
                        reading.slot(1).orElseThrow(),
                        () -> reading,
                        () -> "1 process is attached besides this window."));
    }

    @Test
    void controlEnterSavesWhatWasTyped() {
        SlotEditor editor = editor();
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL).write("Bye");
        robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
        waitUntil("closed", () -> !editor.isShowing());
        assertThat(ask(() -> new String(editor.getResult().payload(), StandardCharsets.UTF_8)))
                .isEqualTo("s:3:\"Bye\";");
    }

    @Test
    void savingWithoutAChangeWritesNothing() {
        SlotEditor editor = editor();
        robot.clickOn("#slot-save");
        waitUntil("closed", () -> !editor.isShowing());
        assertThat((Object) ask(() -> Optional.ofNullable(editor.getResult())))
                .isEqualTo(Optional.empty());
    }

    @Test
    void escapeAsksBeforeItDropsWhatWasTyped() {
        SlotEditor editor = editor();
        double height = ask(editor::getHeight);
        robot.write("x").type(KeyCode.ESCAPE);
        waitForFx();
        assertThat(editor.isShowing()).isTrue();
        // The question has room of its own.
        waitUntil("room", () -> editor.getHeight() > height + 60);
        assertThat(ask(() -> editor.form().getHeight()))
                .isGreaterThanOrEqualTo(
                        ask(() -> editor.form().prefHeight(editor.form().getWidth())) - 40);
        robot.clickOn("Discard it");
        waitUntil("closed", () -> !editor.isShowing());
        assertThat((Object) ask(() -> Optional.ofNullable(editor.getResult())))
                .isEqualTo(Optional.empty());
    }

    @Test
    void theEditorSaysWhoElseIsAttached() {
        SlotEditor editor = editor();
        assertThat(
                        ask(() ->
                                ((Label) editor.getDialogPane().lookup("#slot-form-around"))
                                        .getText()))
                .isEqualTo("1 process is attached besides this window.");
    }

    private ConflictDialog conflict() {
        return shown(() ->
                new ConflictDialog(
                        null,
                        new Conflict.OfSlot(1, bytes("i:41;"), bytes("i:42;"), bytes("i:99;"))));
    }

    private static Choice choice(ConflictDialog dialog) {
        waitUntil("closed", () -> !dialog.isShowing());
        return ask(dialog::getResult);
    }

    @Test
    void enterGoesBackToEditing() {
        ConflictDialog dialog = conflict();
        robot.type(KeyCode.ENTER);
        assertThat(choice(dialog)).isEqualTo(Choice.BACK);
    }

    @Test
    void escapeGoesBackToEditing() {
        ConflictDialog dialog = conflict();
        robot.type(KeyCode.ESCAPE);
        assertThat(choice(dialog)).isEqualTo(Choice.BACK);
    }

    @Test
    void theirsCanBeKept() {
        ConflictDialog dialog = conflict();
        robot.clickOn("#conflict-keep");
        assertThat(choice(dialog)).isEqualTo(Choice.KEEP_THEIRS);
    }

    @Test
    void mineCanBeWrittenByKeyboard() {
        ConflictDialog dialog = conflict();
        fx(() -> dialog.getDialogPane().lookup("#conflict-write").requestFocus());
        robot.type(KeyCode.SPACE);
        assertThat(choice(dialog)).isEqualTo(Choice.WRITE_MINE);
    }

    @Test
    void bytesThatDifferFromWhatWasSeenAreMarked() {
        ConflictDialog dialog = conflict();
        TextFlow theirs = ask(() -> (TextFlow) dialog.getDialogPane().lookup("#conflict-theirs"));
        String marked =
                ask(() ->
                        theirs.getChildren().stream()
                                .filter(node -> node.getStyleClass().contains("conflict-marked"))
                                .map(node -> ((Text) node).getText())
                                .collect(Collectors.joining(" ")));
        assertThat(marked).isEqualTo("32 2");
        assertThat(
                        ask(() ->
                                ((Label) dialog.getDialogPane().lookup("#conflict-mine-value"))
                                        .getText()))
                .isEqualTo("int 99");
    }

    @Test
    void aLongConflictShowsTheFirstDifference() {
        byte[] seen = new byte[100_000];
        byte[] theirs = seen.clone();
        theirs[50_000] = 7;
        ConflictDialog dialog =
                shown(() ->
                        new ConflictDialog(null, new Conflict.OfBytes(0x1000, seen, theirs, seen)));
        TextFlow flow = ask(() -> (TextFlow) dialog.getDialogPane().lookup("#conflict-theirs"));
        String all =
                ask(() ->
                        flow.getChildren().stream()
                                .map(node -> ((Text) node).getText())
                                .collect(Collectors.joining()));
        assertThat(all).contains("d350  07").hasLineCount(32);
    }

    private LockDialog lock() {
        return shown(() ->
                new LockDialog(
                        null,
                        KEY,
                        (key, then) -> {
                            questions.add(key);
                            answers.add(then);
                        }));
    }

    private static String facts(LockDialog dialog) {
        return ask(() -> ((Label) dialog.getDialogPane().lookup("#lock-facts")).getText());
    }

    private void answer(int question, LockChoice.Answer answer) {
        waitUntil("asked", () -> answers.size() > question);
        fx(() -> answers.get(question).accept(answer));
    }

    @Test
    void theLockProposesTheSegmentsKeyAndTellsItsState() {
        LockDialog dialog = lock();
        answer(
                0,
                new LockChoice.Answer.Looked(
                        Optional.of(new LockFacts(KEY, 3, true, 0, 1, 77, "php"))));
        assertThat(facts(dialog))
                .isEqualTo("Held now, last taken by process 77 (php). 1 process waits for it.");
        robot.clickOn("#lock-unlock");
        waitUntil("closed", () -> !dialog.isShowing());
        assertThat(ask(dialog::getResult)).isEqualTo(new Locking.Under(KEY, Duration.ofSeconds(3)));
    }

    @Test
    void howLongAWriteWaitsIsAChoice() {
        LockDialog dialog = lock();
        TextField limit = ask(() -> (TextField) dialog.getDialogPane().lookup("#lock-limit"));
        fx(() -> limit.setText("soon"));
        assertThat(
                        ask(() ->
                                ((Label) dialog.getDialogPane().lookup("#lock-limit-problem"))
                                        .getText()))
                .startsWith("The time \"soon\" is not a whole number");
        assertThat(ask(() -> dialog.getDialogPane().lookup("#lock-unlock").isDisabled())).isTrue();
        fx(() -> limit.setText("20"));
        robot.clickOn("#lock-unlock");
        waitUntil("closed", () -> !dialog.isShowing());
        assertThat(ask(dialog::getResult))
                .isEqualTo(new Locking.Under(KEY, Duration.ofSeconds(20)));
    }

    @Test
    void aSemaphoreThatIsNotThereWillBeMade() {
        LockDialog dialog = lock();
        answer(0, new LockChoice.Answer.Looked(Optional.empty()));
        assertThat(facts(dialog))
                .isEqualTo(
                        "No semaphore has the key 0x000f1206. It will be made at the first write, as"
                                + " sem_get does.");
    }

    @Test
    void onlyTheAnswerToTheLastQuestionCounts() {
        LockDialog dialog = lock();
        waitUntil("asked", () -> answers.size() == 1);
        robot.write("5");
        waitUntil("asked again", () -> answers.size() == 2);
        answer(1, new LockChoice.Answer.Refused("the semaphore may not be read"));
        answer(0, new LockChoice.Answer.Looked(Optional.empty()));
        assertThat(facts(dialog)).isEqualTo("The semaphore may not be read.");
        assertThat(ask(() -> questions.getLast())).isEqualTo(new SegmentKey(5));
    }

    @Test
    void aKeyThatIsNoneIsRefusedAtTheField() {
        LockDialog dialog = lock();
        fx(() -> ((TextField) dialog.getDialogPane().lookup("#lock-key")).setText("nine"));
        assertThat(facts(dialog)).startsWith("The key \"nine\" is not a whole number");
        assertThat(ask(() -> dialog.getDialogPane().lookup("#lock-unlock").isDisabled())).isTrue();
    }

    @Test
    void writingWithoutALockIsADeliberateChoice() {
        LockDialog dialog = lock();
        robot.clickOn("#lock-without");
        robot.clickOn("#lock-unlock");
        waitUntil("closed", () -> !dialog.isShowing());
        assertThat(ask(dialog::getResult)).isEqualTo(new Locking.Without());
    }
}
