package io.github.shmlens.ui.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordColumns;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeAttachment;
import io.github.shmlens.testing.FakeMemory;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

final class RecordsPaneTest extends FxTest {

    private static final long HUGE = 1L << 62;

    private final FakeMemory memory = new FakeMemory(HUGE);
    private final BooleanProperty unlocked = new SimpleBooleanProperty(true);
    private final List<Long> shown = new ArrayList<>();
    private final List<HexEdit> edits = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /// The tab around, in which everything may be edited.
    private final class Around implements RecordsPlace {
        private final AttachedSegment segment =
                new FakeAttachment(
                        memory, FakeSegment.ofSize(8).factsBefore(), Access.READ_WRITE, () -> {});
        private final Sheets sheets = new Sheets();

        @Override
        public AttachedSegment segment() {
            return segment;
        }

        @Override
        public SegmentSource source() {
            return new FakeSource();
        }

        @Override
        public Sheets sheets() {
            return sheets;
        }

        @Override
        public OffsetText.Meaning meaning() throws BadInput {
            return new OffsetText.Meaning(memory.size(), 0, _ -> OptionalLong.empty());
        }

        @Override
        public void show(long offset, long length) {
            shown.add(offset);
        }

        @Override
        public BooleanProperty unlocked() {
            return unlocked;
        }

        @Override
        public void hintLocked() {}

        @Override
        public void commit(HexEdit edit, String words) {
            edits.add(edit);
            changes.add(words);
            memory.put(edit.offset(), edit.next());
        }

        @Override
        public void opened(boolean open) {}

        @Override
        public void notice(String sentence) {
            notices.add(sentence);
        }
    }

    private RecordsPane pane(String columns, long stride) {
        RecordsPane pane =
                ask(() -> {
                    Theme.follow(Settings.inMemory());
                    return new RecordsPane(new Around());
                });
        open(() -> pane, 700, 400);
        fx(() -> {
            pane.awake(true);
            try {
                RecordLayout layout =
                        RecordLayout.of(
                                "",
                                0,
                                stride,
                                RecordLayout.TO_THE_END,
                                RecordColumns.parse(columns, ByteOrder.LITTLE_ENDIAN).columns());
                List<FieldFormat> usual =
                        Collections.nCopies(layout.columns().size(), FieldFormat.Fixed.USUAL);
                pane.show(layout, null, usual);
            } catch (BadInput wrong) {
                throw new AssertionError(wrong);
            }
        });
        return pane;
    }

    private static RecordGrid grid(RecordsPane pane) {
        return (RecordGrid) pane.lookup("#records-grid");
    }

    @Test
    void theLastOfCountlessRecordsIsReachedToTheRowAndOnlyWhatIsOnTheScreenIsRead() {
        long last = (HUGE - 16) / 24;
        memory.put(last * 24, (byte) 42);
        RecordsPane pane = pane("i32 f64", 24);
        RecordGrid grid = grid(pane);
        waitUntil("rows", () -> grid.text(0, 0).equals("not in memory"));
        assertThat(ask(grid::rows)).isEqualTo(last + 1);
        robot.press(KeyCode.CONTROL);
        robot.type(KeyCode.END);
        robot.release(KeyCode.CONTROL);
        waitUntil("the last record", () -> grid.text(last, 0).equals("42"));
        assertThat(shown).contains(last * 24);
        robot.type(KeyCode.UP);
        assertThat(ask(grid::caretRow)).isEqualTo(last - 1);

        ScrollBar bar =
                ask(() ->
                        grid.lookupAll(".scroll-bar").stream()
                                .map(ScrollBar.class::cast)
                                .filter(one -> one.getHeight() > one.getWidth())
                                .findFirst()
                                .orElseThrow());
        fx(() -> bar.setValue(bar.getMax() / 2));
        waitUntil("the middle", () -> grid.text(grid.topRow(), 0).equals("not in memory"));
        assertThat(ask(grid::topRow)).isBetween(last / 2 - 1000, last / 2 + 1000);
        fx(() -> bar.setValue(bar.getMax()));
        waitUntil("the end again", () -> grid.text(last, 0).equals("42"));
        assertThat(memory.committedPages()).isEqualTo(1);
        fx(pane::close);
    }

    @Test
    void aCellIsTypedOverTheBytesThatWereSeenAndASmallerObjectHasFewerRows() {
        memory.resize(4096);
        memory.put(0, new byte[4096]);
        RecordsPane pane = pane("a:u16 b:u16", 4);
        RecordGrid grid = grid(pane);
        waitUntil("rows", () -> grid.text(0, 1).equals("0"));
        robot.type(KeyCode.RIGHT, KeyCode.DOWN, KeyCode.ENTER);
        memory.put(6, (byte) 9);
        Label problem = (Label) ask(() -> pane.lookup("#records-problem"));
        waitUntil("told that it moved", () -> problem.getText().contains("9 now"));
        robot.write("0x102", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("read back", () -> grid.text(1, 1).equals("258"));
        assertThat(edits).containsExactly(new HexEdit(6, new byte[] {0, 0}, new byte[] {2, 1}));
        assertThat(changes).containsExactly("[1].b: 0 → 258");

        memory.resize(10);
        waitUntil("fewer rows", () -> grid.rows() == 2 && grid.caretRow() == 1);
        memory.resize(0);
        waitUntil("none", () -> grid.rows() == 0);
        robot.type(KeyCode.DOWN, KeyCode.ENTER, KeyCode.END);
        assertThat(edits).hasSize(1);
        fx(pane::close);
    }

    @Test
    void whatIsTypedAndNotWrittenIsSaidWhereTheRowsGoIntoAnotherOrder() {
        memory.resize(400);
        memory.put(0, new byte[400]);
        RecordsPane pane = pane("a:u16 b:u16", 4);
        RecordGrid grid = grid(pane);
        waitUntil("rows", () -> grid.text(0, 1).equals("0"));
        robot.type(KeyCode.ENTER);
        robot.write("77", 0);
        robot.clickOn(ask(() -> grid.localToScreen(grid.cellCentre(0, 1)).subtract(0, 25)));
        waitUntil("said", () -> notices.stream().anyMatch(one -> one.contains("a = 77")));
        assertThat(edits).isEmpty();
        fx(pane::close);
    }

    @Test
    void f2TypesOverACellAndLockingClosesAFieldIntoWhichNothingWasTyped() {
        memory.resize(400);
        memory.put(0, new byte[400]);
        RecordsPane pane = pane("a:u16 b:u16", 4);
        waitUntil("rows", () -> grid(pane).text(0, 1).equals("0"));
        robot.type(KeyCode.F2);
        waitUntil("a field", () -> pane.lookup("#records-editor") != null);
        fx(() -> unlocked.set(false));
        assertThat(ask(() -> pane.lookup("#records-editor"))).isNull();
        assertThat(edits).isEmpty();
        fx(pane::close);
    }
}
