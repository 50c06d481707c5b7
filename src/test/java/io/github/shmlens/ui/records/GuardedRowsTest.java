package io.github.shmlens.ui.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordColumns;
import io.github.shmlens.fields.RecordFilter;
import io.github.shmlens.fields.RecordFilter.Comparison;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.ui.find.Running;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Records that a sequence guards, and a writer that comes in between whenever it can.
final class GuardedRowsTest {

    private static final int FIRST = 16;
    private static final int STRIDE = 24;
    private static final int ROWS = 40_000;
    private static final Guard SEQUENCE = new Guard("seq", List.of(new SequenceLock.Counter(0, 4)));

    private final FakeSegment segment = FakeSegment.ofSize(FIRST + STRIDE * ROWS);
    private final ByteBuffer memory =
            ByteBuffer.wrap(segment.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    private int reads;

    /// While it writes, a record's third number is 1; else it is 0 and the two others are equal.
    private void write() {
        int phase = reads++ % 9;
        if (phase > 1) {
            return;
        }
        memory.putInt(0, memory.getInt(0) + 1);
        for (int row = 0; row < ROWS; row++) {
            int at = FIRST + STRIDE * row + phase * 4;
            memory.putInt(at, memory.getInt(at) + 1);
            memory.putInt(FIRST + STRIDE * row + 8, 1 - phase);
        }
    }

    private static RecordLayout layout() throws Exception {
        return RecordLayout.of(
                "r",
                FIRST,
                STRIDE,
                RecordLayout.TO_THE_END,
                RecordColumns.parse("a:i32 b:i32 busy:i32", ByteOrder.LITTLE_ENDIAN).columns());
    }

    private static RecordModel.Shown row(RecordModel model, long row) {
        return Objects.requireNonNull(model.row(row));
    }

    /// Looks again and again.
    ///
    /// @return how many rows were shown half written
    private int torn(RecordModel model) throws Exception {
        int torn = 0;
        for (int look = 0; look < 40; look++) {
            RowReader.Look seen = RowReader.read(segment, model.request(0, 30));
            RowReader.Share share = seen.share();
            assertThat(share == null).isEqualTo(model.guard() == null);
            model.take(seen, new OwnRanges(), false);
            for (int i = 0; i < 30; i++) {
                RecordModel.Shown row = row(model, i);
                boolean whole =
                        model.text(row, 0).equals(model.text(row, 1))
                                && model.text(row, 2).equals("0");
                torn += whole ? 0 : 1;
                assertThat(row.has(0, RowReader.KNOWN)).isTrue();
            }
        }
        return torn;
    }

    private static RowSet scattered() {
        RowSet rows = new RowSet();
        for (int i = 0; i < 30; i++) {
            rows.add((long) (29 - i) * (ROWS / 30));
        }
        return rows;
    }

    @Test
    void noRowIsShownThatWasNotWholeInTheArraysOrderAndInOneOfItsOwn() throws Exception {
        segment.beforeEachRead(this::write);
        for (Guard guard : new @Nullable Guard[] {SEQUENCE, null}) {
            RecordModel model = new RecordModel(layout(), guard);
            int inOrder = torn(model);
            try (RowSet rows = scattered()) {
                model.setOrder(rows);
                int sorted = torn(model);
                if (guard == null) {
                    // The same reader without the sequence: the writer does come in between.
                    assertThat(inOrder).isPositive();
                    assertThat(sorted).isPositive();
                } else {
                    assertThat(inOrder).isZero();
                    assertThat(sorted).isZero();
                }
            }
        }
    }

    private RecordScan.Found scan(@Nullable Guard guard) throws Exception {
        RecordLayout layout = layout();
        RecordFilter busy =
                RecordFilter.of(layout, 2, Comparison.UNEQUAL, FieldFormat.Fixed.USUAL, "0", "");
        return RecordScan.run(
                segment,
                new RecordScan.Wanted(layout, guard, busy, new RecordScan.Sort(0, true)),
                new Running(_ -> {}) {
                    @Override
                    public boolean goOn(long done, long of) {
                        return true;
                    }
                });
    }

    @Test
    void filteringAndSortingFindNothingThatWasOnlyThereInTheMiddleOfAWrite() throws Exception {
        segment.beforeEachRead(this::write);
        // The writer begins between the counter and the copy.
        reads = 6;
        RecordScan.Found found = scan(SEQUENCE);
        assertThat(found.looked()).isEqualTo(ROWS);
        assertThat(found.busy()).isZero();
        assertThat(found.rows().size()).isZero();
        assertThat(found.share().repeated()).isPositive();
        found.rows().close();
        reads = 0;
        RecordScan.Found plain = scan(null);
        assertThat(plain.rows().size()).isPositive();
        plain.rows().close();
    }

    @Test
    void copiedRowsAreWhole() throws Exception {
        segment.beforeEachRead(this::write);
        RecordModel model = new RecordModel(layout(), SEQUENCE);
        RowsCopy.Copied copied = RowsCopy.copy(segment, model, 0, 99, RowsCopy.Form.CSV);
        assertThat(copied.rows()).isEqualTo(100);
        assertThat(copied.busy()).isZero();
        assertThat(copied.text().lines().skip(1))
                .allSatisfy(line -> {
                    List<String> cells = List.of(line.split(","));
                    assertThat(cells.get(0)).isEqualTo(cells.get(1));
                    assertThat(cells.get(2)).isEqualTo("0");
                });
    }

    @Test
    void aWriterThatStoppedHalfWayLeavesTheLastWholeRowsAndEndsAScan() throws Exception {
        RecordModel model = new RecordModel(layout(), SEQUENCE);
        model.take(RowReader.read(segment, model.request(0, 2)), new OwnRanges(), false);
        write();
        model.take(RowReader.read(segment, model.request(0, 3)), new OwnRanges(), false);
        assertThat(model.text(row(model, 0), 0)).isEqualTo("0");
        assertThat(row(model, 0).has(0, RowReader.BUSY)).isTrue();
        assertThat(row(model, 0).changedAtNanos(0)).isZero();
        assertThat(model.text(row(model, 2), 0)).isEqualTo("written all the time");
        RecordScan.Found found = scan(SEQUENCE);
        assertThat(found.busy()).isEqualTo(ROWS);
        assertThat(found.rows().size()).isZero();
        found.rows().close();
        assertThat(RowsCopy.copy(segment, model, 0, 2, RowsCopy.Form.TSV).busy()).isEqualTo(3);
        write();
        model.take(RowReader.read(segment, model.request(0, 3)), new OwnRanges(), false);
        assertThat(model.text(row(model, 0), 0)).isEqualTo("1");
        assertThat(row(model, 0).has(0, RowReader.BUSY)).isFalse();
        assertThat(row(model, 0).changedAtNanos(0)).isNotZero();
    }
}
