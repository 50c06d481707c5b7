package io.github.shmlens.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Slot;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.typing.FakeTab;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueTreeTest extends FxTest {

    private static final String OBJECT =
            "O:8:\"App\\User\":4:{s:4:\"name\";s:3:\"Ada\";s:7:\"\0*\0mail\";N;"
                    + "s:14:\"\0App\\User\0hash\";s:2:\"ok\";s:6:\"friend\";r:1;}";

    private final FakeTab tab = new FakeTab();
    private ValueTree tree = ask(() -> new ValueTree(tab));

    @BeforeEach
    void openTree() {
        fx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            tree = new ValueTree(tab);
        });
        open(() -> tree, 700, 420);
    }

    private static Slot slot(long key, byte[] payload) {
        return WatchedStore.ofSize(payload.length + 200)
                .put(key, payload)
                .reading()
                .slot(key)
                .orElseThrow();
    }

    private void show(String serialized) {
        show(slot(5, serialized.getBytes(StandardCharsets.UTF_8)));
    }

    private void show(Slot slot) {
        fx(() -> tree.show(slot));
        waitForFx();
    }

    private List<String> texts(String styleClass) {
        return ask(() ->
                tree.lookupAll("." + styleClass).stream()
                        .filter(node -> node instanceof TableCell<?, ?>)
                        .map(node -> (TableCell<?, ?>) node)
                        .filter(cell -> !cell.isEmpty() && cell.isVisible())
                        .sorted(Comparator.comparing(cell -> cell.getTableRow().getIndex()))
                        .map(cell -> Objects.requireNonNullElse(cell.getText(), ""))
                        .toList());
    }

    private Node cell(String styleClass, int row) {
        return ask(() ->
                tree.lookupAll("." + styleClass).stream()
                        .filter(node -> node instanceof TableCell<?, ?>)
                        .map(node -> (TableCell<?, ?>) node)
                        .filter(cell -> !cell.isEmpty() && cell.getTableRow().getIndex() == row)
                        .findFirst()
                        .orElseThrow());
    }

    private int lines() {
        return ask(() -> ((TableView<?>) tree.lookup("#value-lines")).getItems().size());
    }

    private String head() {
        return ask(() -> ((Label) tree.lookup("#value-head")).getText());
    }

    @Test
    void aKryoRecordIsATreeThoughItsClassIsUnknown() throws Exception {
        KryoValue point =
                new KryoValue.Tuple(
                        "Point",
                        List.of(new KryoValue.Member("x", new KryoValue.Real(0.1f, true))));
        show(slot(5, KryoSlot.payload(point)));
        assertThat(ask(() -> ((Label) tree.lookup("#value-head")).getText()))
                .startsWith("Slot 5 · kryo record · ");
        assertThat(ask(() -> ((Label) tree.lookup("#value-trouble")).getText()))
                .isEqualTo("A Kryo value, written by a Java program. To PHP it is a string.");
        assertThat(texts("value-text")).contains("0.1");
    }

    @Test
    void showsNameTypeAndValue() {
        show("a:3:{i:0;s:2:\"hi\";s:1:\"k\";d:0.5;i:7;b:1;}");
        assertThat(texts("value-name")).containsExactly("value", "0", "\"k\"", "7");
        assertThat(texts("value-type")).containsExactly("array (3)", "string (2)", "float", "bool");
        assertThat(texts("value-text").subList(1, 4)).containsExactly("\"hi\"", "0.5", "true");
        assertThat(head()).isEqualTo("Slot 5 · array · 41 bytes");
    }

    @Test
    void showsWhoMaySeeAProperty() {
        show(OBJECT);
        List<String> seen =
                ask(() ->
                        tree.lookupAll(".value-visibility").stream()
                                .map(node -> (Label) node)
                                .filter(label -> !label.getText().isEmpty())
                                .map(Label::getText)
                                .sorted()
                                .toList());
        assertThat(seen).containsExactly("private App\\User", "protected", "public", "public");
        assertThat(texts("value-name")).containsExactly("value", "name", "mail", "hash", "friend");
    }

    @Test
    void aCycleIsNamedAndNotOpened() {
        show(OBJECT);
        assertThat(texts("value-text").getLast())
                .isEqualTo("same object as $value, which encloses it (a cycle)");
        fx(() -> tree.openAll());
        assertThat(lines()).isEqualTo(5);
    }

    @Test
    void aReferenceOpensWhatItMeans() {
        show("a:2:{s:1:\"a\";a:1:{i:0;i:9;}s:1:\"b\";R:2;}");
        assertThat(texts("value-text").getLast()).isEqualTo("reference to $value['a']: [9]");
        robot.clickOn(cell("value-text", 2)).type(KeyCode.RIGHT);
        assertThat(texts("value-name")).containsExactly("value", "\"a\"", "\"b\"", "0");
    }

    @Test
    void staysOpenWhileTheValueChanges() {
        show("a:2:{s:1:\"a\";a:1:{i:0;i:9;}s:1:\"b\";i:1;}");
        robot.clickOn(cell("value-text", 1)).type(KeyCode.ENTER);
        assertThat(lines()).isEqualTo(4);
        show("a:2:{s:1:\"a\";a:2:{i:0;i:10;i:1;i:11;}s:1:\"b\";i:2;}");
        assertThat(texts("value-text").subList(2, 5)).containsExactly("10", "11", "2");
        show(slot(6, "i:1;".getBytes(StandardCharsets.UTF_8)));
        show("a:1:{s:1:\"a\";a:1:{i:0;i:12;}}");
        assertThat(lines()).isEqualTo(3);
    }

    @Test
    void arrowsOpenAndCloseAndLeadToTheParent() {
        show("a:1:{s:1:\"a\";a:1:{i:0;i:9;}}");
        robot.clickOn(cell("value-text", 1)).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        assertThat(lines()).isEqualTo(3);
        robot.type(KeyCode.LEFT).type(KeyCode.LEFT);
        assertThat(lines()).isEqualTo(2);
    }

    @Test
    void aClickOnTheArrowOpens() {
        show("a:1:{s:1:\"a\";a:1:{i:0;i:9;}}");
        robot.clickOn((Node) ask(() -> cell("value-name", 1).lookup(".value-arrow")));
        assertThat(lines()).isEqualTo(3);
    }

    @Test
    void fourThousandLevelsAreNothingSpecial() {
        int depth = 4096;
        show("a:1:{i:0;".repeat(depth) + "N;" + "}".repeat(depth));
        fx(() -> tree.openAll());
        assertThat(lines()).isEqualTo(depth + 1);
    }

    @Test
    void offersMoreOfALongArrayInSteps() {
        StringBuilder text = new StringBuilder("a:1000:{");
        for (int i = 0; i < 1000; i++) {
            text.append("i:").append(i).append(";i:1;");
        }
        show(text.append('}').toString());
        assertThat(lines()).isEqualTo(202);
        fx(() -> ((TableView<?>) tree.lookup("#value-lines")).getSelectionModel().select(201));
        fx(() -> tree.lookup("#value-lines").requestFocus());
        robot.type(KeyCode.ENTER);
        assertThat(lines()).isEqualTo(402);
    }

    @Test
    void bytesThatAreNoTextAreShownAsHexAndText() {
        show(slot(5, new byte[] {'s', ':', '3', ':', '"', 'a', (byte) 0xff, 0, '"', ';'}));
        assertThat(texts("value-type")).containsExactly("bytes (3)");
        assertThat(texts("value-text")).containsExactly("61 ff 00  \"a\\xff\\x00\"");
    }

    @Test
    void saysWhyAValueCannotBeRead() {
        show("s:9:\"cut");
        assertThat(ask(() -> ((Label) tree.lookup("#value-trouble")).getText()))
                .startsWith("PHP cannot read this value: ");
        assertThat(head()).isEqualTo("Slot 5 · raw · 8 bytes");
    }

    @Test
    void theSecondTabShowsTheSerializedText() {
        show("a:1:{i:0;i:9;}");
        robot.clickOn("Serialized");
        assertThat(ask(() -> ((TextArea) tree.lookup("#value-serialized")).getText()))
                .isEqualTo("a:1:{i:0;i:9;}");
        show("a:1:{i:0;i:10;}");
        assertThat(ask(() -> ((TextArea) tree.lookup("#value-serialized")).getText()))
                .isEqualTo("a:1:{i:0;i:10;}");
    }

    @Test
    void theThirdTabShowsTheFirstBytesOfALongValue() {
        show("s:100000:\"" + "x".repeat(100_000) + "\";");
        robot.clickOn("Bytes");
        ListView<?> bytes = ask(() -> (ListView<?>) tree.lookup("#value-bytes"));
        assertThat(ask(() -> bytes.getItems().size())).isEqualTo(4096);
        assertThat(ask(() -> bytes.getItems().getFirst().toString()))
                .isEqualTo(
                        "00000000  73 3a 31 30 30 30 30 30 3a 22 78 78 78 78 78 78  s:100000:\"xxxxxx");
    }

    @Test
    void aLargeValueIsReadOnAnotherThread() {
        show("a:1:{i:0;s:300000:\"" + "x".repeat(300_000) + "\";}");
        waitUntil("the value is there", () -> lines() == 2);
    }

    @Test
    void copiesWhatIsChosen() {
        show("a:1:{s:1:\"k\";s:5:\"Hello\";}");
        robot.clickOn(cell("value-text", 1));
        robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        assertThat(ask(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("Hello");
    }

    @Test
    void theLastValueStaysWhenTheSlotGoes() {
        show("i:42;");
        fx(() -> tree.gone());
        assertThat(head()).isEqualTo("Slot 5 · int · 5 bytes · gone: this is its last value");
        assertThat(texts("value-text")).containsExactly("42");
        fx(() -> tree.show(null));
        assertThat(head()).isEqualTo("No slot chosen");
    }

    @Test
    void aMemberThatIsTypedAnewIsAnEditOfTheWholeValueThatWasSeen() {
        List<SlotEdit> edits = tab.stored;
        fx(() -> tab.unlocked.set(true));
        show("a:2:{s:5:\"limit\";i:10;s:1:\"n\";N;}");
        robot.doubleClickOn(cell("value-text", 1));
        robot.write("55").type(KeyCode.ENTER);
        waitForFx();
        assertThat(edits).hasSize(1);
        assertThat(edits.getFirst().key()).isEqualTo(5);
        assertThat(new String(edits.getFirst().payload(), StandardCharsets.UTF_8))
                .isEqualTo("a:2:{s:5:\"limit\";i:55;s:1:\"n\";N;}");
        assertThat(new String(edits.getFirst().seenPayload(), StandardCharsets.UTF_8))
                .isEqualTo("a:2:{s:5:\"limit\";i:10;s:1:\"n\";N;}");
    }

    @Test
    void nothingIsTypedWhileLockedAndNothingIsSilent() {
        show("a:2:{s:5:\"limit\";i:10;s:1:\"n\";N;}");
        robot.doubleClickOn(cell("value-text", 1));
        fx(() -> tab.unlocked.set(true));
        robot.clickOn(cell("value-text", 2)).type(KeyCode.ENTER);
        waitForFx();
        assertThat(tab.told)
                .containsExactly(
                        "locked",
                        "5 $value['n'] is not typed by itself: null has no other value of its type");
    }

    @Test
    void whatIsTypedStaysWithItsSlotAndSaysThatTheMemberMovedOn() {
        fx(() -> tab.unlocked.set(true));
        show("a:1:{i:0;i:10;}");
        robot.doubleClickOn(cell("value-text", 1));
        robot.write("55");
        show("a:1:{i:0;i:11;}");
        assertThat(ask(() -> label("value-error"))).contains("it is 11 now");
        show(slot(6, "i:1;".getBytes(StandardCharsets.UTF_8)));
        assertThat(ask(() -> label("value-error"))).contains("typed for slot 5");
        assertThat(ask(() -> tree.typed().orElseThrow().words())).isEqualTo("$value[0] = 55");
        robot.type(KeyCode.ESCAPE);
        waitForFx();
        assertThat(ask(() -> label("value-head"))).startsWith("Slot 6");
    }

    @Test
    void whatIsNoSuchValueIsSaidAndTheFieldStays() {
        fx(() -> tab.unlocked.set(true));
        show("a:1:{i:0;i:10;}");
        robot.doubleClickOn(cell("value-text", 1));
        robot.write("ten").type(KeyCode.ENTER);
        waitForFx();
        assertThat(ask(() -> label("value-error"))).contains("ten");
        assertThat(ask(() -> tree.lookup("#value-editor"))).isNotNull();
    }

    @Test
    void whatIsTypedStaysThoughALargerSlotIsReadMeanwhile() {
        fx(() -> tab.unlocked.set(true));
        show("i:10;");
        robot.clickOn(cell("value-text", 0)).type(KeyCode.F2);
        Slot large =
                slot(
                        6,
                        ("s:300000:\"" + "x".repeat(300_000) + "\";")
                                .getBytes(StandardCharsets.UTF_8));
        fx(() -> {
            tree.show(large);
            ((TextField) tree.lookup("#value-editor")).setText("55");
        });
        waitUntil("held", () -> label("value-error").contains("typed for slot 5"));
        robot.type(KeyCode.ENTER);
        waitUntil("goes on", () -> label("value-head").startsWith("Slot 6 · string"));
        assertThat(tab.stored.getFirst().key()).isEqualTo(5);
    }

    @Test
    void whatIsTypedInAContainerThatIsClosedIsKeptAndShownBeforeAnythingElseIsTyped() {
        fx(() -> tab.unlocked.set(true));
        show("a:2:{s:1:\"a\";a:1:{i:0;i:10;}s:1:\"b\";i:1;}");
        robot.clickOn(cell("value-text", 1)).type(KeyCode.RIGHT);
        waitUntil("open", () -> texts("value-text").size() == 4);
        robot.doubleClickOn(cell("value-text", 2));
        waitForFx();
        robot.write("55");
        robot.clickOn((Node) ask(() -> cell("value-name", 1).lookup(".value-arrow")));
        show("a:2:{s:1:\"a\";a:1:{i:0;i:11;}s:1:\"b\";i:2;}");
        assertThat(ask(() -> tree.typed().orElseThrow().words())).isEqualTo("$value['a'][0] = 55");
        robot.doubleClickOn(cell("value-text", 2));
        waitForFx();
        assertThat(ask(() -> label("value-error"))).startsWith("$value['a'][0] is typed and not");
        assertThat(ask(() -> tree.lookup("#value-editor"))).isNotNull();
        assertThat(tab.told).isEmpty();

        show("a:2:{s:1:\"a\";a:1:{i:7;i:11;}s:1:\"b\";i:2;}");
        assertThat(tab.told.getFirst()).startsWith("Not written: $value['a'][0] = 55. Another");
        assertThat(ask(() -> tree.typed())).isEmpty();
    }

    @Test
    void aMemberThatWasScrolledAwayIsTypedWhereItIs() {
        fx(() -> tab.unlocked.set(true));
        StringBuilder text = new StringBuilder("a:150:{");
        for (int i = 0; i < 150; i++) {
            text.append("i:").append(i).append(";i:1;");
        }
        show(text.append('}').toString());
        fx(() -> {
            TableView<?> table = (TableView<?>) tree.lookup("#value-lines");
            table.getSelectionModel().select(120);
            table.requestFocus();
        });
        robot.type(KeyCode.F2);
        waitForFx();
        robot.write("55").type(KeyCode.ENTER);
        waitForFx();
        assertThat(new String(tab.stored.getFirst().payload(), StandardCharsets.UTF_8))
                .contains("i:119;i:55;");
    }

    private String label(String id) {
        return ((Label) tree.lookup("#" + id)).getText();
    }
}
