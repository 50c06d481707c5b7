package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fields.FieldRows;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.theme.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// A C structure laid over real memory: pasted, linked with the bytes, edited, reloaded from its
/// file.
final class StructureJobTest extends MainJob {

    private static final int OFFSET = 64;

    private static final String HEADER =
            """
            #define POINTS 3
            enum state { IDLE, RUNNING = 5, BROKEN };
            struct point { int32_t x, y; };
            struct sensor {
                uint32_t id;
                uint16_t mode : 3;
                uint16_t rate : 5;
                enum state state;
                double value;
                char name[12];
                struct point points[POINTS];
                int64_t history[1000];
            };
            """;

    /// Byte offsets of the structure's members.
    private static final int BITS = OFFSET + 4;

    private static final int STATE = OFFSET + 8;
    private static final int VALUE = OFFSET + 16;
    private static final int NAME = OFFSET + 24;
    private static final int POINTS = OFFSET + 36;
    private static final int HISTORY = OFFSET + 64;

    private SegmentId sensor() throws Exception {
        SegmentId id = raw(16_384);
        ByteBuffer bytes = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, 77).put(4, (byte) (0b10110 << 3 | 0b101)).put(5, (byte) 0xA0);
        bytes.putInt(8, 5).putDouble(16, 21.5);
        bytes.put(24, "boiler".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 3; i++) {
            bytes.putInt(36 + 8 * i, 10 * i).putInt(40 + 8 * i, -10 * i);
        }
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            segment.write(OFFSET, bytes.array(), 0, bytes.capacity());
        }
        return id;
    }

    private void paste(String text) {
        fx(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
        click("#structure-text");
        control(KeyCode.A);
        control(KeyCode.V);
    }

    private String value(String path) {
        return FieldRows.value(tree(), path);
    }

    private String chosen() {
        return FieldRows.chosen(tree());
    }

    private Selection selection() {
        return find(".hex-view", HexView.class).getSelection();
    }

    private void layOver() {
        click("#plain-structure");
        paste("struct sensor { uint32_t id; flot value; };");
        waitUntil("line and column", () -> words("#structure-wrong").contains("Line 1, column 3"));
        assertThat(isDisabled("#structure-show")).isTrue();
        paste(HEADER);
        waitUntil("no complaint", () -> words("#structure-wrong").isBlank());
        fill("#structure-offset", "0x20 * 2");
        waitUntil("size", () -> words("#structure-prospect").contains("8,064 bytes, from 64"));
        assertThat(words("#structure-prospect")).contains("16,384 bytes have room for 2");
        screenshot(stage(), "structure-sheet");
        click("#structure-show");
        waitUntil("values", () -> value("value").equals("21.5"));
    }

    private Node tree() {
        return Objects.requireNonNull(lookup("#fields-tree"));
    }

    @Test
    void aPastedStructureIsOneSelectionWithTheBytesAndEditedInPlace() throws Exception {
        SegmentId id = sensor();
        openOnSegment();
        layOver();
        assertThat(value("state")).isEqualTo("RUNNING");
        assertThat(value("name")).isEqualTo("\"boiler\"");
        assertThat(value("rate")).isEqualTo("22");

        // From the field to the bytes, and back.
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN);
        waitUntil("the bytes of value", () -> selection().from() == VALUE);
        assertThat(ask(() -> selection().length())).isEqualTo(8);
        // From a row below, too: the rows that open in between move it.
        robot.type(KeyCode.END);
        waitUntil("the last row", () -> chosen().equals("history"));
        robot.type(KeyCode.RIGHT);
        for (int press = 0; press < 2; press++) {
            robot.clickOn(ask(() -> FieldRows.arrow(tree(), "points")));
            waitForFx();
            assertThat(chosen()).isEqualTo("history");
            assertThat(ask(() -> selection().from())).isEqualTo(HISTORY);
        }
        clickByte(POINTS + 12);
        waitUntil("the deepest field", () -> chosen().equals("points[1].y"));
        waitForFx();
        assertThat(ask(() -> selection().caret())).isEqualTo(POINTS + 12);
        waitUntil("its value", () -> value("points[1].y").equals("-10"));

        // Somebody else's writing is counted.
        poke(id, POINTS + 12, 42, 0, 0, 0);
        waitUntil("their value", () -> value("points[1].y").equals("42"));
        assertThat(FieldRows.changes(tree(), "points[1].y")).isEqualTo(1);
        screenshot(stage(), "structure");

        // Locked, then bad, then good.
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.F2);
        waitUntil("said why not", () -> words(".shm-tab").contains("Unlock the segment"));
        unlock();
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.F2);
        waitUntil("a field", () -> isThere("#fields-editor"));
        robot.write("4294967296", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("refused", () -> words("#fields-problem").contains("does not fit points[1].y"));
        assertThat(memory(id, POINTS + 12, 4)).isEqualTo(new byte[] {42, 0, 0, 0});
        control(KeyCode.A);
        robot.write("-2", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("read back", () -> value("points[1].y").equals("-2"));
        assertThat(memory(id, POINTS + 12, 4)).isEqualTo(new byte[] {-2, -1, -1, -1});
        waitUntil("in its terms", () -> notice().startsWith("points[1].y: 42 → -2. 4 bytes"));

        // An enumeration by name; a bit-field changes only its bits, also when others change.
        clickByte(STATE);
        waitUntil("the enumeration", () -> chosen().equals("state"));
        edit("BROKEN");
        waitUntil("by name", () -> value("state").equals("BROKEN"));
        clickByte(BITS);
        waitUntil("the bit-field", () -> chosen().equals("mode"));
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.F2);
        waitUntil("a field", () -> isThere("#fields-editor"));
        robot.write("2", 0);
        poke(id, BITS, 0b00001 << 3 | 0b101);
        waitUntil("their bits", () -> value("rate").equals("1"));
        robot.type(KeyCode.ENTER);
        waitUntil("mine beside theirs", () -> value("mode").equals("2"));
        assertThat(memory(id, BITS, 2)).isEqualTo(new byte[] {0b00001 << 3 | 2, (byte) 0xA0});

        followAsACurve(id);
    }

    /// Also while its row is out of sight, until a person ends it.
    private void followAsACurve(SegmentId id) throws Exception {
        clickByte(POINTS + 12);
        waitUntil("the field", () -> chosen().equals("points[1].y"));
        fx(() ->
                tree().fireEvent(
                                new ContextMenuEvent(
                                        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                                        10,
                                        10,
                                        200,
                                        200,
                                        true,
                                        null)));
        robot.clickOn("Follow as a curve");
        waitUntil("its curve", () -> words("#fields-curves").contains("points[1].y"));
        waitUntil("its value", () -> words("#fields-curves").contains("-2"));
        poke(id, POINTS + 12, 99, 0, 0, 0);
        waitUntil("the next", () -> words("#fields-curves").contains("99"));
        screenshot(stage(), "structure-curve");
        click("#fields-curves .button");
        waitUntil("no curve", () -> words("#fields-curves").isBlank());
    }

    private void edit(String text) {
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.F2);
        waitUntil("a field", () -> isThere("#fields-editor"));
        robot.write(text, 0);
        robot.type(KeyCode.ENTER);
    }

    @Test
    void aFileIsReadAgainWhenItChangesAndItsLastGoodLayoutStays() throws Exception {
        SegmentId id = sensor();
        Path header = folder.resolve("sensor.h");
        Files.writeString(header, HEADER);
        settings = Settings.load(folder.resolve("config/settings.properties"));
        files = new ThisFile(header);
        openOnSegment();
        control(KeyCode.U);
        click("#structure-open");
        waitUntil("the file", () -> words("#structure-source").contains("sensor.h"));
        assertThat(find("#structure-text", TextArea.class).isEditable()).isFalse();
        fill("#structure-offset", "64");
        click("#structure-show");
        waitUntil("values", () -> value("id").equals("77"));

        Files.writeString(header, HEADER.replace("uint32_t id;", "uint32_t id; flot x;"));
        waitUntil("the error", () -> words("#fields-trouble").contains("sensor.h, line 5, column"));
        assertThat(words("#fields-trouble")).contains("The layout of before is shown");
        poke(id, OFFSET, 78);
        waitUntil("still live", () -> value("id").equals("78"));
        screenshot(stage(), "structure-trouble");

        Files.writeString(header, HEADER.replace("uint32_t id;", "uint16_t id, unit;"));
        waitUntil("the new field", () -> value("unit").equals("0"));
        waitUntil("no trouble", () -> words("#fields-trouble").isBlank());

        // The next attach finds it laid.
        control(KeyCode.W);
        waitUntil("closed", () -> tabs().getTabs().isEmpty());
        attachByKey();
        waitUntil("restored", () -> value("unit").equals("0") && value("id").equals("78"));
    }
}
