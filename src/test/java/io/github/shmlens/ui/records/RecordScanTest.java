package io.github.shmlens.ui.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordColumns;
import io.github.shmlens.fields.RecordFilter;
import io.github.shmlens.fields.RecordFilter.Comparison;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.ui.find.Running;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Looking at all records, and at those of one screen.
final class RecordScanTest {

    /// Never told how far it is: there is no FX thread here.
    private static final class Quiet extends Running {
        private long most = Long.MAX_VALUE;

        Quiet() {
            super(_ -> {});
        }

        @Override
        public boolean goOn(long done, long of) {
            return done < most && !stopped();
        }
    }

    private static RecordLayout layout(String columns, long offset, long stride) throws Exception {
        return RecordLayout.of(
                "",
                offset,
                stride,
                RecordLayout.TO_THE_END,
                RecordColumns.parse(columns, ByteOrder.LITTLE_ENDIAN).columns());
    }

    private static FakeSegment numbers(int offset, int stride, int[] values) {
        byte[] bytes = new byte[offset + stride * values.length];
        ByteBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            into.putInt(offset + i * stride, values[i]);
        }
        return FakeSegment.of(bytes);
    }

    private static RecordFilter filter(RecordLayout layout, Comparison how, String typed)
            throws Exception {
        return RecordFilter.of(layout, 0, how, FieldFormat.Fixed.USUAL, typed, "");
    }

    private static List<Long> scan(
            FakeSegment segment,
            RecordLayout layout,
            @Nullable RecordFilter filter,
            RecordScan.@Nullable Sort sort)
            throws ShmException {
        RecordScan.Found found =
                RecordScan.run(
                        segment, new RecordScan.Wanted(layout, null, filter, sort), new Quiet());
        try (RowSet rows = found.rows()) {
            List<Long> all = new ArrayList<>();
            for (long i = 0; i < rows.size(); i++) {
                all.add(rows.at(i));
            }
            return all;
        }
    }

    @Test
    void whatIsFilteredAndSortedIsWhatAPlainLoopFindsWhateverTheStride() throws Exception {
        Random random = new Random(5);
        for (int stride : new int[] {1, 3, 4, 24, 4095, 4096, 4097, 9000}) {
            int count = stride < 1000 ? 3000 : 120;
            int[] values = random.ints(count, -50, 50).toArray();
            int offset = random.nextInt(100);
            FakeSegment segment = numbers(offset, Math.max(4, stride), values);
            RecordLayout layout = layout("i32", offset, stride);
            ByteBuffer memory = ByteBuffer.wrap(segment.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            List<Long> expected = new ArrayList<>();
            for (long row = 0; row < layout.rows(segment.bytes().length); row++) {
                if (memory.getInt((int) layout.offsetOf(row)) > 10) {
                    expected.add(row);
                }
            }
            RecordFilter filter = filter(layout, Comparison.GREATER, "10");
            assertThat(scan(segment, layout, filter, null)).as("" + stride).isEqualTo(expected);
            expected.sort(
                    Comparator.comparingInt(
                                    (Long row) -> -memory.getInt((int) layout.offsetOf(row)))
                            .thenComparing(row -> row));
            assertThat(scan(segment, layout, filter, new RecordScan.Sort(0, true)))
                    .as("" + stride)
                    .isEqualTo(expected);
        }
    }

    @Test
    void sortingOrderedEqualAndBackwardValuesStaysQuickAndRight() throws Exception {
        int count = 200_000;
        for (int kind = 0; kind < 4; kind++) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = kind == 0 ? i : kind == 1 ? -i : kind == 2 ? 7 : i % 2;
            }
            FakeSegment segment = numbers(0, 4, values);
            RecordLayout layout = layout("i32", 0, 4);
            List<Long> rows = scan(segment, layout, null, new RecordScan.Sort(0, false));
            assertThat(rows).hasSize(count);
            for (int i = 1; i < count; i++) {
                int a = values[(int) (long) rows.get(i - 1)];
                int b = values[(int) (long) rows.get(i)];
                if (a > b || (a == b && rows.get(i - 1) > rows.get(i))) {
                    throw new AssertionError("at %d: %d before %d".formatted(i, a, b));
                }
            }
        }
    }

    @Test
    void pagesThatNobodyTouchedStaySoAndAreCounted() throws Exception {
        FakeSegment segment = numbers(0, 8, new int[4096]);
        segment.forgetPages(2, 3);
        RecordLayout layout = layout("i32", 0, 8);
        RecordScan.Found found =
                RecordScan.run(
                        segment,
                        new RecordScan.Wanted(
                                layout, null, filter(layout, Comparison.EQUAL, "0"), null),
                        new Quiet());
        assertThat(found.skipped()).isEqualTo(3 * 512);
        assertThat(found.rows().size()).isEqualTo(4096 - 3 * 512);
        assertThat(segment.isResident(3)).isFalse();
        found.rows().close();
    }

    @Test
    void whatIsStoppedSaysHowFarItCame() throws Exception {
        FakeSegment segment = numbers(0, 4, new int[1 << 20]);
        RecordLayout layout = layout("i32", 0, 4);
        Quiet watch = new Quiet();
        watch.most = 1000;
        RecordScan.Found found =
                RecordScan.run(
                        segment,
                        new RecordScan.Wanted(
                                layout, null, filter(layout, Comparison.EQUAL, "0"), null),
                        watch);
        assertThat(found.stopped()).isTrue();
        assertThat(found.looked()).isBetween(1L, (long) (1 << 20) - 1);
        assertThat(found.rows().size()).isEqualTo(found.looked());
        found.rows().close();
    }

    private static RowReader.Look look(
            FakeSegment segment, RecordModel model, long first, int count) throws ShmException {
        return RowReader.read(segment, model.request(first, count));
    }

    @Test
    void aLookCopiesOnlyItsRowsAndTellsWhatIsTornUnreadAndBehindTheEnd() throws Exception {
        FakeSegment segment = numbers(0, 1024, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        segment.forgetPages(1, 1);
        RecordModel model =
                new RecordModel(
                        RecordLayout.of(
                                "",
                                0,
                                1024,
                                1L << 40,
                                RecordColumns.parse("i32 u8@1023", ByteOrder.LITTLE_ENDIAN)
                                        .columns()),
                        null);
        int[] reads = {0};
        segment.beforeEachRead(() -> {
            if (reads[0]++ == 1) {
                segment.bytes()[0] = 77;
            }
        });
        assertThat(model.take(look(segment, model, 0, 20), new OwnRanges(), false)).isTrue();
        assertThat(model.rowCount()).isEqualTo(1L << 40);
        RecordModel.Shown first = row(model, 0);
        assertThat(model.text(first, 0)).isEqualTo("77");
        assertThat(first.has(0, RowReader.TORN)).isTrue();
        assertThat(first.has(1, RowReader.TORN)).isFalse();
        assertThat(model.text(row(model, 4), 0)).isEqualTo("not in memory");
        assertThat(segment.isResident(1)).isFalse();
        assertThat(model.text(row(model, 8), 0)).isEqualTo("9");
        assertThat(model.text(row(model, 12), 0)).isEqualTo("behind the end");
        assertThat(model.row(20)).isNull();
    }

    private static RecordModel.Shown row(RecordModel model, long row) {
        return Objects.requireNonNull(model.row(row));
    }

    @Test
    void changesAreKeptForRowsThatStayInViewAndOursAreToldFromTheirs() throws Exception {
        FakeSegment segment = numbers(0, 8, new int[100]);
        RecordModel model = new RecordModel(layout("i32 u8", 0, 8), null);
        OwnRanges ours = new OwnRanges();
        model.take(look(segment, model, 0, 20), ours, false);
        assertThat(model.take(look(segment, model, 0, 20), ours, false)).isFalse();
        segment.bytes()[8 * 3] = 5;
        segment.bytes()[8 * 4 + 4] = 6;
        ours.left(8 * 4, new byte[] {0, 0, 0, 0, 6}, System.nanoTime());
        assertThat(model.take(look(segment, model, 2, 20), ours, false)).isTrue();
        assertThat(row(model, 3).changedAtNanos(0)).isNotZero();
        assertThat(row(model, 3).ours(0)).isFalse();
        assertThat(row(model, 3).changedAtNanos(1)).isZero();
        assertThat(row(model, 4).ours(1)).isTrue();
        assertThat(model.text(row(model, 3), 0)).isEqualTo("5");

        segment.bytes()[8 * 3] = 7;
        segment.bytes()[8 * 30] = 8;
        model.take(look(segment, model, 3, 40), ours, true);
        assertThat(model.text(row(model, 3), 0)).as("paused").isEqualTo("5");
        assertThat(model.text(row(model, 30), 0)).isEqualTo("8");
    }

    @Test
    void columnsThatLieFarApartAreCopiedWithoutWhatLiesBetween() throws Exception {
        RowPlan plan = RowPlan.of(layout("u8@1099511627770 i32@0 char[1000]@100", 0, 1L << 41));
        assertThat(plan.bytes()).isEqualTo(4 + RowPlan.TEXT_BYTES + 1);
        assertThat(plan.pieces()).hasSize(3);
        assertThat(plan.at(0)).isEqualTo(4 + RowPlan.TEXT_BYTES);
    }

    @Test
    void aHistoryGoesBackToTheBeginningAndLosesNoPeak() {
        History history = new History(0);
        for (int i = 0; i < 100_000; i++) {
            history.add(i == 777 ? 1e9 : i % 10, i);
        }
        history.add(Double.NaN, 100_000);
        assertThat(history.steps()).isBetween(History.STEPS / 2, History.STEPS);
        assertThat(history.greatest()).isEqualTo(1e9);
        assertThat(history.least()).isZero();
        assertThat(history.last()).isEqualTo(9);
        assertThat(history.looks()).isEqualTo(100_001);
        double peak = 0;
        for (int i = 0; i < history.steps(); i++) {
            peak = Math.max(peak, history.greatest(i));
        }
        assertThat(peak).isEqualTo(1e9);
    }
}
