package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.Tapped;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.records.GridCells;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Semaphore;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// An array that nobody declared, as a table over the real memory.
final class RecordsJobTest extends MainJob {

    private static final int STRIDE = 24;
    private static final int OFFSET = 64;
    private static final int RECORDS = 5000;

    /// Records of an i32, an f64 and a text.
    private SegmentId array() throws Exception {
        SegmentId id = raw(OFFSET + STRIDE * RECORDS);
        ByteBuffer bytes = ByteBuffer.allocate(STRIDE * RECORDS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < RECORDS; i++) {
            bytes.putInt(i * STRIDE, (i * 37) % RECORDS);
            bytes.putDouble(i * STRIDE + 8, i / 4.0);
            bytes.put(i * STRIDE + 16, ("n" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            segment.write(OFFSET, bytes.array(), 0, bytes.capacity());
        }
        return id;
    }

    private void openTable() {
        openTable(host);
    }

    private void openTable(SegmentSource source) {
        openWindow(source);
        attachByKey();
        control(KeyCode.T);
        fill("#records-offset", "0x20 * 2");
        fill("#records-columns", "id:i32 x:f64 name:char[8]");
        waitUntil("the first record", () -> words("#records-first").contains("0 | 0.0 | \"n0\""));
        assertThat(words("#records-prospect")).contains("5,000 records, every 24 bytes");
        robot.type(KeyCode.ENTER);
        waitUntil("rows", () -> isThere("#records-grid") && !cell(0, 0).isEmpty());
    }

    @Test
    void howColumnsAreWrittenStaysInSightAndWhatIsWrongIsSaidWhere() throws Exception {
        array();
        width = 900;
        height = 600;
        openOnSegment();
        control(KeyCode.T);
        waitUntil(
                "the field",
                () ->
                        isThere("#records-columns")
                                && find("#records-columns", Node.class).isFocused());
        assertThat(ask(() -> words("#records-example"))).startsWith("i32 f64");
        robot.write("i32 a");
        waitUntil("refused", () -> words("#records-error").contains("Column 2, \"a\""));
        assertThat(ask(() -> words("#records-error"))).contains("a:i32");
        assertThat(ask(() -> words("#records-example"))).startsWith("i32 f64");
        assertThat(ask(() -> isDisabled("#records-show"))).isTrue();
        screenshot(stage(), "records-wrong");
    }

    private Node grid() {
        return find("#records-grid", Node.class);
    }

    private String cell(long row, int column) {
        Node grid = grid();
        return grid == null ? "" : GridCells.text(grid, row, column);
    }

    private HexView hex() {
        return find(".hex-view", HexView.class);
    }

    @Test
    void recordsWithoutADeclarationAreOneSelectionWithTheBytesAndAreEditedInPlace()
            throws Exception {
        SegmentId id = array();
        openTable();
        assertThat(ask(() -> GridCells.rows(grid()))).isEqualTo(RECORDS);

        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.RIGHT);
        waitUntil(
                "bytes of [2].x",
                () ->
                        hex().getSelection().from() == OFFSET + 2 * STRIDE + 8
                                && hex().getSelection().length() == 8);
        clickByte(OFFSET + STRIDE + 1);
        waitUntil(
                "the cell [1].id",
                () -> GridCells.caretRow(grid()) == 1 && GridCells.caretColumn(grid()) == 0);

        fx(() -> grid().requestFocus());
        robot.type(KeyCode.ENTER);
        waitUntil("said why not", () -> words(".shm-tab").contains("Unlock the segment"));
        unlock();
        fx(() -> grid().requestFocus());
        robot.type(KeyCode.ENTER);
        waitUntil("a field", () -> isThere("#records-editor"));
        robot.write("x", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("refused", () -> words("#records-problem").contains("[1].id"));
        control(KeyCode.A);
        robot.write("-77", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("written and read back", () -> cell(1, 0).equals("-77"));
        assertThat(memory(id, OFFSET + STRIDE, 4))
                .isEqualTo(new byte[] {(byte) 0xb3, (byte) 0xff, (byte) 0xff, (byte) 0xff});

        poke(id, OFFSET, 9, 0, 0, 0);
        waitUntil("somebody else's value", () -> cell(0, 0).equals("9"));
        control(KeyCode.END);
        waitUntil("the last record", () -> cell(RECORDS - 1, 2).equals("\"n4999\""));
        screenshot(stage(), "records");
    }

    @Test
    void theWholeArrayIsFilteredAndSortedAndCopied() throws Exception {
        array();
        openTable();
        ComboBox<?> how = find("#records-filter-comparison", ComboBox.class);
        fx(() -> how.getSelectionModel().select(how.getItems().size() - 1));
        fill("#records-filter-value", "100");
        fill("#records-filter-second", "102");
        robot.type(KeyCode.ENTER);
        waitUntil("found", () -> words("#records-result").startsWith("3 of 5,000 records, as of"));
        waitUntil("shown", () -> cell(2, 0).matches("10[012]"));

        Node grid = grid();
        fx(grid::requestFocus);
        robot.clickOn(ask(() -> GridCells.centre(grid, 0, 0).add(0, -25)));
        waitUntil("sorted", () -> words("#records-result").startsWith("3 of"));
        waitUntil(
                "in order",
                () ->
                        cell(0, 0).equals("100")
                                && cell(1, 0).equals("101")
                                && cell(2, 0).equals("102"));
        control(KeyCode.A);
        control(KeyCode.C);
        waitUntil("copied", () -> notice().contains("Copied 3 rows"));
        String copied = ask(() -> Clipboard.getSystemClipboard().getString());
        long number = ask(() -> GridCells.number(grid, 0));
        assertThat(copied.lines().toList())
                .hasSize(4)
                .startsWith("id\tx\tname", "100\t%s\tn%d".formatted(number / 4.0, number));
        click("#records-filter-all");
        waitUntil("all", () -> GridCells.rows(grid) == RECORDS);
    }

    @Test
    void whoTypedAFilterOrLooksAgainKeepsTheFocusWhileItLooks() throws Exception {
        array();
        Semaphore looks = new Semaphore(1);
        openTable(
                Tapped.source(
                        host,
                        "sizeBytes",
                        () -> {
                            if (Thread.currentThread().getName().startsWith("background")) {
                                looks.acquire();
                                looks.release();
                            }
                        }));
        fill("#records-filter-value", "100");
        looks.acquire();
        robot.type(KeyCode.ENTER);
        waitUntil("looks", () -> words("#records-filter-apply").contains("Stop"));
        waitForFx();
        assertThat(ask(() -> find("#records-filter-value", Node.class).isFocused())).isTrue();
        looks.release();
        waitUntil("found", () -> words("#records-result").startsWith("1 of 5,000 records"));
        fx(() -> find("#records-filter-again", Node.class).requestFocus());
        looks.acquire();
        robot.type(KeyCode.SPACE);
        waitUntil("looks again", () -> words("#records-filter-apply").contains("Stop"));
        waitForFx();
        assertThat(ask(() -> find("#records-filter-again", Node.class).isFocused())).isTrue();
        looks.release();
        waitUntil("found", () -> words("#records-result").startsWith("1 of 5,000 records"));
        fx(() -> find("#records-filter-all", Node.class).requestFocus());
        robot.type(KeyCode.SPACE);
        waitUntil("all", () -> GridCells.rows(grid()) == RECORDS);
        assertThat(ask(() -> find("#records-filter-value", Node.class).isFocused())).isTrue();
    }
}
