package io.github.shmlens.ui.slots;

import static io.github.shmlens.testing.WatchedStore.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.live.Sample;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.WatchedStore;
import io.github.shmlens.ui.inspect.AtCursor;
import io.github.shmlens.ui.inspect.Seen;
import io.github.shmlens.ui.inspect.ValueTree;
import io.github.shmlens.ui.typing.FakeTab;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures of every state, light and dark, in `target/screenshots`, for people to look at.
class LooksTest extends FxTest {

    static final String NESTED =
            "a:6:{s:4:\"file\";s:13:\"holiday-1.jpg\";s:7:\"percent\";i:42;s:5:\"state\";"
                    + "a:3:{i:0;s:7:\"sending\";i:1;d:0.75;i:2;b:1;}s:4:\"user\";"
                    + "O:8:\"App\\User\":3:{s:4:\"name\";s:3:\"Ada\";s:8:\"\0*\0email\";N;"
                    + "s:14:\"\0App\\User\0hash\";s:3:\"\1\2\3\";}s:4:\"suit\";E:11:\"Suit:Hearts\";"
                    + "s:5:\"again\";r:8;}";

    private static void theme(boolean dark) {
        fx(() ->
                Application.setUserAgentStylesheet(
                        dark
                                ? new PrimerDark().getUserAgentStylesheet()
                                : new PrimerLight().getUserAgentStylesheet()));
    }

    private static String name(String what, boolean dark) {
        return "slots-" + what + (dark ? "-dark" : "-light");
    }

    static WatchedStore healthy() {
        return WatchedStore.ofSize(4096)
                .put(1, "s:42:\"Hello.  This is the shared memory segment.\";")
                .put(2, "i:42;")
                .put(3, "d:0.1;")
                .put(7, NESTED)
                .put(-5, "b:1;")
                .put(9, "N;")
                .put(11, "s:4:\"\u0000ab\u0001\";")
                .put(12, "a:2:{i:0;s:3:\"cut");
    }

    private void picture(String what, boolean dark, double width, double height, Parent root) {
        theme(dark);
        Stage stage = open(() -> root, width, height);
        waitForFx();
        screenshot(stage, name(what, dark));
    }

    private SlotTable table(Consumer<SlotTable> fill) {
        return ask(() -> {
            SlotTable table = new SlotTable();
            fill.accept(table);
            return table;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHealthyStoreThatChanges(boolean dark) {
        WatchedStore store = healthy();
        long now = System.nanoTime();
        Sample first = store.sample(now - seconds(200));
        Sample second = store.put(3, "d:0.2;").put(2, "i:41;").unset(9).sample(now - seconds(5));
        SlotTable table =
                table(view -> {
                    view.editableProperty().set(true);
                    view.show(first, now - seconds(200));
                    view.show(second, now - seconds(5));
                });
        theme(dark);
        Stage stage = open(() -> table, 620, 420);
        fx(() -> table.select(7));
        Sample third = store.put(2, "i:43;").put(20, "s:3:\"new\";").sample(System.nanoTime());
        fx(() -> table.show(third, System.nanoTime()));
        screenshot(stage, name("healthy", dark));
        assertThat(ask(() -> table.selectedSlot().orElseThrow().key())).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBusyStore(boolean dark) {
        WatchedStore store = healthy();
        long now = System.nanoTime();
        Sample whole = store.sample(now - seconds(3));
        SlotTable table =
                table(view -> {
                    view.show(whole, now - seconds(3));
                    view.show(store.busy(now), now);
                });
        picture("busy", dark, 480, 320, table);
        assertThat(ask(() -> ((javafx.scene.control.Label) table.lookup("#slot-status")).getText()))
                .contains("Busy");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedStore(boolean dark) {
        WatchedStore store = healthy();
        byte[] bytes = store.bytes();
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(24, 100_000)
                .putLong(136, 5000);
        long now = System.nanoTime();
        SlotTable table = table(view -> view.show(store.damaged(now, bytes), now));
        picture("damaged", dark, 560, 420, table);
        assertThat(ask(() -> table.lookup("#slot-findings").isVisible())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptyStoreAndNoStore(boolean dark) {
        long now = System.nanoTime();
        picture(
                "empty",
                dark,
                480,
                260,
                table(view -> view.show(WatchedStore.ofSize(1024).sample(now), now)));
        SlotTable plain =
                table(view ->
                        view.show(
                                WatchedStore.plain(
                                        now,
                                        "\177ELF and no more than that, forty bytes long"
                                                .getBytes(StandardCharsets.ISO_8859_1)),
                                now));
        picture("plain", dark, 480, 260, plain);
        assertThat(ask(() -> plain.lookup(".slot-notice").isVisible())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aValueAndTheCursor(boolean dark) {
        StoreReading reading = healthy().reading();
        VBox both =
                ask(() -> {
                    ValueTree tree = new ValueTree(new FakeTab());
                    tree.show(reading.slot(7).orElseThrow());
                    tree.openAll();
                    VBox.setVgrow(tree, Priority.ALWAYS);
                    AtCursor cursor = new AtCursor(new FakeTab());
                    cursor.show(
                            Seen.of(
                                    0x40,
                                    new byte[] {
                                        0x48, (byte) 0xc3, (byte) 0xa9, 0x6c, 0x6f, 0, 0, 0, 1, 2
                                    }));
                    return new VBox(tree, cursor);
                });
        picture("value", dark, 620, 620, both);
        assertThat(ask(() -> both.lookup(".value-arrow").isVisible())).isTrue();
    }

    private void dialog(String what, boolean dark, Dialog<?> dialog, Runnable before) {
        theme(dark);
        fx(() -> {
            dialog.show();
            before.run();
        });
        waitForFx();
        Stage stage = (Stage) ask(() -> dialog.getDialogPane().getScene().getWindow());
        screenshot(stage, name(what, dark));
        fx(dialog::hide);
        assertThat(stage.getTitle()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEditor(boolean dark) {
        StoreReading reading = healthy().reading();
        String around = "2 processes are attached besides this window. No lock is held.";
        SlotEditor valid =
                ask(() ->
                        new SlotEditor(
                                null, reading.slot(1).orElseThrow(), () -> reading, () -> around));
        dialog("editor-valid", dark, valid, () -> {});
        SlotEditor nested =
                ask(() ->
                        new SlotEditor(
                                null, reading.slot(7).orElseThrow(), () -> reading, () -> around));
        dialog("editor-object", dark, nested, () -> {});
        SlotEditor invalid =
                ask(() ->
                        new SlotEditor(
                                null, reading.slot(2).orElseThrow(), () -> reading, () -> around));
        dialog(
                "editor-invalid",
                dark,
                invalid,
                () ->
                        ((TextField) invalid.getDialogPane().lookup("#slot-form-line"))
                                .setText("4x2"));
        StoreReading small = WatchedStore.ofSize(200).put(1, "s:5:\"Hello\";").reading();
        SlotEditor large = ask(() -> new SlotEditor(null, null, () -> small, () -> around));
        dialog(
                "editor-not-fitting",
                dark,
                large,
                () ->
                        large.resume(
                                2,
                                ("s:90:\"" + "x".repeat(90) + "\";")
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theQuestions(boolean dark) {
        byte[] seen =
                "s:42:\"Hello.  This is the shared memory segment.\";"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] theirs =
                "s:42:\"Hello!  That is the shared memory segment.\";"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] mine = "s:12:\"Good morning\";".getBytes(StandardCharsets.UTF_8);
        ConflictDialog conflict =
                ask(() -> new ConflictDialog(null, new Conflict.OfSlot(1, seen, theirs, mine)));
        dialog("conflict", dark, conflict, () -> {});
        ConflictDialog bytes =
                ask(() ->
                        new ConflictDialog(
                                null,
                                new Conflict.OfBytes(
                                        0x44,
                                        new byte[] {0x2a, 0, 0, 0},
                                        new byte[] {0x2b, 0, 0, 0},
                                        new byte[] {0x63, 0, 0, 0})));
        dialog("conflict-bytes", dark, bytes, () -> {});
        LockDialog lock =
                ask(() ->
                        new LockDialog(
                                null,
                                new SegmentKey(0xf1206),
                                (key, then) ->
                                        then.accept(
                                                new LockChoice.Answer.Looked(
                                                        Optional.of(
                                                                new LockFacts(
                                                                        key, 3, true, 0, 2,
                                                                        4711))))));
        dialog("lock", dark, lock, () -> {});
    }
}
