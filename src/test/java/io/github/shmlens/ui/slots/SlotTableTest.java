package io.github.shmlens.ui.slots;

import static io.github.shmlens.testing.WatchedStore.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.live.Sample;
import io.github.shmlens.php.Slot;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TitledPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTableTest extends FxTest {

    private final long begun = System.nanoTime();
    private final WatchedStore store =
            WatchedStore.ofSize(4096)
                    .put(1, "s:5:\"Hello\";")
                    .put(2, "i:42;")
                    .put(3, "a:1:{s:1:\"k\";d:0.5;}")
                    .put(40, "s:3:\"cut");
    private final List<Long> chosen = new ArrayList<>();
    private final List<Long> edited = new ArrayList<>();
    private final List<Long> removed = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private SlotTable table = ask(SlotTable::new);

    @BeforeEach
    void openTable() {
        fx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            table = new SlotTable();
            table.setOnChoose(slot -> chosen.add(slot.key()));
            table.setOnEdit(slot -> edited.add(slot.key()));
            table.setOnRemove(slot -> removed.add(slot.key()));
            table.setOnShowOffset(offsets::add);
            table.editableProperty().set(true);
        });
        Stage stage = open(() -> table, 600, 400);
        assertThat(stage.isShowing()).isTrue();
        show(store.sample(begun));
    }

    private void show(Sample sample) {
        fx(() -> table.show(sample, sample.atNanos()));
        waitForFx();
    }

    private TableView<?> view() {
        return (TableView<?>) table.lookup("#slots");
    }

    @Test
    void aTableWithoutRoomLeavesColumnsOutAndCutsNone() {
        Stage stage = (Stage) ask(() -> table.getScene().getWindow());
        for (int width : new int[] {600, 340, 260, 200, 130}) {
            fx(() -> stage.setWidth(width));
            waitUntil("that wide", () -> Math.abs(table.getScene().getWidth() - width) < 10);
            waitForFx();
            double columns =
                    ask(() ->
                            view().getVisibleLeafColumns().stream()
                                    .mapToDouble(TableColumn::getWidth)
                                    .sum());
            assertThat(columns)
                    .as("at %d", width)
                    .isLessThanOrEqualTo(ask(() -> view().getWidth()));
        }
        assertThat(
                        ask(() ->
                                view().getVisibleLeafColumns().stream()
                                        .map(TableColumn::getId)
                                        .toList()))
                .containsExactly("slot-column-key", "slot-column-value");
    }

    private List<String> cells(String column) {
        return ask(() ->
                table.lookupAll(".slot-cell-" + column).stream()
                        .map(node -> (javafx.scene.control.TableCell<?, ?>) node)
                        .filter(cell -> cell.isVisible() && !cell.isEmpty())
                        .sorted(
                                java.util.Comparator.comparing(
                                        cell -> cell.getTableRow().getIndex()))
                        .map(cell -> Objects.requireNonNullElse(cell.getText(), ""))
                        .toList());
    }

    private Node row(int index) {
        return ask(() ->
                table.lookupAll(".table-row-cell").stream()
                        .map(node -> (javafx.scene.control.TableRow<?>) node)
                        .filter(row -> row.getIndex() == index && row.isVisible())
                        .findFirst()
                        .orElseThrow());
    }

    private String status() {
        return ask(() -> ((Label) table.lookup("#slot-status")).getText());
    }

    private static String clipboard() {
        return ask(() -> Clipboard.getSystemClipboard().getString());
    }

    @Test
    void showsKeyTypeValueAndSize() {
        assertThat(cells("key")).containsExactly("1", "2", "3", "40");
        assertThat(cells("type")).containsExactly("string", "int", "array", "raw");
        assertThat(cells("value").subList(0, 2)).containsExactly("\"Hello\"", "42");
        assertThat(cells("size")).containsExactly("12", "5", "20", "8");
    }

    @Test
    void keepsTheRowOfASlotThatMovesAndCountsItsChanges() {
        robot.clickOn(row(1));
        show(store.put(2, "i:43;").put(1, "s:5:\"Hello\";").sample(begun + seconds(3)));
        assertThat(cells("value").subList(0, 2)).containsExactly("\"Hello\"", "43");
        assertThat(cells("changes")).containsExactly("0", "1", "0", "0");
        assertThat(ask(() -> table.selectedSlot().orElseThrow().key())).isEqualTo(2);
        assertThat(chosen).containsExactly(2L);
    }

    @Test
    void tellsAgesAsTheyWereSeen() {
        show(store.put(2, "i:43;").sample(begun + seconds(3)));
        show(store.sample(begun + seconds(68)));
        assertThat(cells("age")).containsExactly("> 1m", "1m", "> 1m", "> 1m");
    }

    @Test
    void aClickChoosesASlot() {
        robot.clickOn(row(2));
        assertThat(chosen).containsExactly(3L);
        assertThat(ask(() -> table.selectedProperty().get())).isEqualTo(SlotId.first(3));
    }

    @Test
    void arrowsEnterAndDeleteDoWhatTheMouseDoes() {
        robot.clickOn(row(0));
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER).type(KeyCode.DOWN).type(KeyCode.DELETE);
        assertThat(edited).containsExactly(2L);
        assertThat(removed).containsExactly(3L);
    }

    @Test
    void aDoubleClickEdits() {
        robot.doubleClickOn(row(1));
        assertThat(edited).containsExactly(2L);
    }

    @Test
    void aLockedTableChangesNothingAndSaysWhy() {
        fx(() -> {
            table.editableProperty().set(false);
            table.lockedReasonProperty().set("The segment is attached read-only.");
        });
        robot.clickOn(row(1)).type(KeyCode.ENTER).type(KeyCode.DELETE);
        assertThat(edited).isEmpty();
        assertThat(removed).isEmpty();
        assertThat(status()).isEqualTo("The segment is attached read-only.");
        assertThat(ask(() -> table.lookup("#slot-edit").isDisabled())).isTrue();
        assertThat(ask(() -> ((Button) table.lookup("#slot-put")).getAccessibleHelp()))
                .isEqualTo("The segment is attached read-only.");
    }

    @Test
    void editAndRemoveWaitForAChosenSlot() {
        assertThat(ask(() -> table.lookup("#slot-edit").isDisabled())).isTrue();
        assertThat(ask(() -> table.lookup("#slot-put").isDisabled())).isFalse();
        robot.clickOn(row(0));
        robot.clickOn("#slot-remove");
        assertThat(removed).containsExactly(1L);
    }

    @Test
    void choosingFromOutsideCallsNobody() {
        fx(() -> table.select(3));
        assertThat(chosen).isEmpty();
        assertThat(ask(() -> view().getSelectionModel().getSelectedIndex())).isEqualTo(2);
        fx(() -> table.select(null));
        assertThat(ask(() -> view().getSelectionModel().isEmpty())).isTrue();
    }

    @Test
    void aChosenSlotThatComesBackIsChosenAgain() {
        robot.clickOn(row(1));
        show(store.unset(2).sample(begun + seconds(1)));
        assertThat(ask(() -> table.selectedSlot())).isEmpty();
        show(store.put(2, "i:7;").sample(begun + seconds(2)));
        assertThat(ask(() -> table.selectedSlot().map(Slot::key))).contains(2L);
        assertThat(ask(() -> view().getSelectionModel().getSelectedIndex())).isEqualTo(1);
    }

    @Test
    void listsSlotsThatWereSeenToGoWithTheirLastValue() {
        show(store.unset(2).sample(begun + seconds(1)));
        TitledPane pane = ask(() -> (TitledPane) table.lookup("#slot-gone"));
        assertThat(ask(pane::getText)).isEqualTo("Seen to go: 2");
        fx(() -> pane.setExpanded(true));
        show(store.sample(begun + seconds(6)));
        ListView<?> list = ask(() -> (ListView<?>) pane.getContent());
        assertThat(ask(() -> list.getItems().getFirst().toString()))
                .isEqualTo("2 · int 42 · 5.0 s ago · seen to change 0 times");
    }

    @Test
    void filtersByKeyAndByText() {
        robot.clickOn("#slot-filter").write("hELL");
        assertThat(cells("key")).containsExactly("1");
        assertThat(status()).startsWith("1 of 4 slots");
        robot.type(KeyCode.ESCAPE).write("4");
        assertThat(cells("key")).containsExactly("2", "40");
        robot.type(KeyCode.ESCAPE).write("0x28");
        assertThat(cells("key")).containsExactly("40");
    }

    @Test
    void theFilterFollowsValuesThatChange() {
        robot.clickOn("#slot-filter").write("hello");
        show(store.put(1, "s:3:\"Bye\";").put(2, "s:5:\"hello\";").sample(begun + seconds(1)));
        assertThat(cells("key")).containsExactly("2");
    }

    @Test
    void copiesTheValueOfTheChosenSlot() {
        robot.clickOn(row(0));
        robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        assertThat(clipboard()).isEqualTo("Hello");
    }

    @Test
    void theMenuCopiesAsJson() {
        robot.clickOn(row(2));
        robot.clickOn(row(2), MouseButton.SECONDARY);
        robot.clickOn("Copy as JSON");
        assertThat(clipboard()).isEqualTo("{\"k\":0.5}");
    }

    @Test
    void aValueThatCannotBeReadHasABadgeAndAFinding() {
        assertThat(ask(() -> row(3).lookup(".slot-badge"))).isNotNull();
        TitledPane findings = ask(() -> (TitledPane) table.lookup("#slot-findings"));
        assertThat(ask(findings::getText))
                .isEqualTo("1 finding in values; the store itself is sound");
        assertThat(ask(findings::isExpanded)).isFalse();
    }

    @Test
    void damageIsListedAndLeadsToItsBytes() {
        byte[] bytes = store.bytes();
        bytes[24] = 1;
        show(store.damaged(begun + seconds(1), bytes));
        TitledPane findings = ask(() -> (TitledPane) table.lookup("#slot-findings"));
        assertThat(ask(findings::getText)).startsWith("The store is damaged:");
        assertThat(ask(findings::isExpanded)).isTrue();
        robot.clickOn((Node) ask(() -> findings.getContent().lookup(".list-cell")));
        robot.type(KeyCode.ENTER);
        assertThat(offsets).containsExactly(24L);
    }

    @Test
    void saysHowOldTheLastWholeStateIs() {
        show(store.busy(begun + seconds(2)));
        assertThat(status()).startsWith("Busy: as it was 2.0 s ago · 4 slots");
        assertThat(cells("key")).hasSize(4);
    }

    @Test
    void aMomentOfBusynessIsNotWorthAWord() {
        show(store.busy(begun + seconds(0.1)));
        assertThat(status()).startsWith("4 slots");
    }

    @Test
    void saysWhyThereAreNoSlots() {
        byte[] other =
                "#!/bin/sh and so on, for more than forty bytes".getBytes(StandardCharsets.UTF_8);
        show(WatchedStore.plain(begun, other));
        assertThat(ask(() -> ((Label) table.lookup(".notice-text")).getText()))
                .contains("does not begin with PHP_SM")
                .contains("23 21 2f 62");
        assertThat(ask(() -> table.lookup("#slot-put").isDisabled())).isTrue();
    }

    @Test
    void anEmptyStoreSaysHowMuchIsFree() {
        show(WatchedStore.ofSize(1024).sample(begun));
        assertThat(ask(() -> ((Label) table.lookup("#slot-empty")).getText()))
                .isEqualTo("The store is empty. 984 bytes are free.");
        assertThat(ask(() -> table.lookup("#slot-put").isDisabled())).isFalse();
    }

    @Test
    void twoSlotsWithOneKeyAreTwoRows() {
        byte[] bytes = store.bytes();
        bytes[40] = 2;
        show(store.damaged(begun + seconds(1), bytes));
        assertThat(cells("key")).containsExactly("2", "2", "3", "40");
        fx(() -> table.select(new SlotId(2, 1)));
        assertThat(ask(() -> view().getSelectionModel().getSelectedIndex())).isEqualTo(1);
    }

    @Test
    void aChangedRowIsLitForASecond() {
        fx(() -> {
            long now = System.nanoTime();
            table.show(store.put(2, "i:43;").sample(now), now);
        });
        waitForFx();
        Node glow = ask(() -> row(1).lookup(".slot-glow"));
        assertThat(ask(glow::getOpacity)).isGreaterThan(0);
        waitUntil("the light is out", () -> glow.getOpacity() == 0);
    }

    @Test
    void quietModeLightsNothing() {
        fx(() -> {
            table.quietProperty().set(true);
            long now = System.nanoTime();
            table.show(store.put(2, "i:43;").sample(now), now);
        });
        assertThat(ask(() -> row(1).lookup(".slot-glow").getOpacity())).isZero();
    }

    @Test
    void aHeadSortsAndAThirdClickShowsTheOrderInMemory() {
        show(store.put(2, "i:42;").sample(begun + seconds(1)));
        Node head = ask(() -> table.lookup("#slot-column-key"));
        robot.clickOn(head);
        assertThat(cells("key")).containsExactly("40", "3", "2", "1");
        robot.clickOn(head);
        assertThat(cells("key")).containsExactly("1", "3", "40", "2");
    }

    @Test
    void allColumnsAreInViewAlsoWithLargeLetters() {
        assertThat(widthOfColumns()).isLessThanOrEqualTo(600);
        fx(() -> table.setStyle("-fx-font-size: 21px;"));
        waitForFx();
        assertThat(widthOfColumns()).isBetween(500.0, 600.0);
        screenshot((Stage) ask(() -> table.getScene().getWindow()), "slots-large-letters");
        assertThat(ask(() -> view().getColumns().getFirst().getWidth())).isGreaterThan(90);
    }

    private double widthOfColumns() {
        return ask(() ->
                view().getVisibleLeafColumns().stream()
                        .mapToDouble(column -> column.getWidth())
                        .sum());
    }

    @ParameterizedTest
    @CsvSource({"390, 13", "250, 13", "350, 20"})
    void countsOfThreeDigitsAndSomeOfTheValueFitWhereTheTableIsNarrow(
            double width, int letterPixels) {
        fx(() -> {
            table.setStyle("-fx-font-size: %dpx;".formatted(letterPixels));
            table.getScene().getWindow().setWidth(width);
        });
        Sample newest = store.sample(begun);
        for (int change = 1; change <= 123; change++) {
            newest = store.put(2, "i:" + change + ";").sample(begun + seconds(change));
        }
        show(newest);
        screenshot(
                (Stage) ask(() -> table.getScene().getWindow()),
                "slots-%.0f-wide-%dpx".formatted(width, letterPixels));
        assertThat(painted("changes")).contains("123");
        assertThat(painted("value")).contains("123");
        assertThat(widthOfColumns()).isLessThanOrEqualTo(width);
    }

    /// The words that are really drawn, with an ellipsis where they do not fit.
    private List<String> painted(String column) {
        return ask(() ->
                table.lookupAll(".slot-cell-" + column).stream()
                        .flatMap(cell -> cell.lookupAll(".text").stream())
                        .map(text -> ((javafx.scene.text.Text) text).getText())
                        .toList());
    }

    @Test
    void theTopRowStaysAtTheTopWhenRowsComeAbove() {
        WatchedStore large = WatchedStore.ofSize(1 << 20);
        for (int i = 0; i < 500; i++) {
            large.put(1000 + i, "i:" + i + ";");
        }
        show(large.sample(begun));
        fx(() -> table.select(1300));
        waitForFx();
        String top = topKey();
        for (int i = 0; i < 30; i++) {
            large.put(i, "i:1;");
        }
        show(large.sample(begun + seconds(1)));
        waitForFx();
        assertThat(topKey()).isEqualTo(top);
        assertThat(Long.parseLong(top)).isGreaterThan(1200);
    }

    private String topKey() {
        return ask(() -> {
            VirtualFlow<?> flow = (VirtualFlow<?>) view().lookup(".virtual-flow");
            int first = flow.getFirstVisibleCell().getIndex();
            return ((SlotRow) view().getItems().get(first)).id().key() + "";
        });
    }
}
