package io.github.shmlens.ui.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentListModelTest {

    private final SegmentListModel model = new SegmentListModel();

    private List<String> names() {
        return model.entries().stream()
                .map(entry ->
                        switch (entry) {
                            case ListEntry.Section section ->
                                    "# " + section.name() + " " + section.count();
                            case ListEntry.Row row -> row.name();
                        })
                .toList();
    }

    @Test
    void systemVComesBeforePosix() {
        model.listed(
                List.of(Seg.sysv(2, 0x20, 1, 0), Seg.sysv(1, 0x10, 1, 0)),
                List.of(Seg.posix("/a", 1)));
        assertThat(names())
                .containsExactly("# System V 2", "0x00000010", "0x00000020", "# POSIX 1", "/a");
    }

    @Test
    void aSectionWithoutRowsHasNoHead() {
        model.listed(List.of(), List.of(Seg.posix("/a", 1)));
        assertThat(names()).containsExactly("# POSIX 1", "/a");
    }

    @Test
    void segmentsWithoutAKeyComeLastAndAreToldApartByTheirIds() {
        model.listed(
                List.of(Seg.sysv(1, 0, 1, 0), Seg.sysv(3, 0, 1, 0), Seg.sysv(2, -2, 1, 0)),
                List.of());
        assertThat(names()).containsExactly("# System V 3", "0xfffffffe", "id:1", "id:3");
    }

    @Test
    void aRefreshWithoutChangesTouchesNoLine() {
        List<SegmentFacts> facts = List.of(Seg.sysv(1, 1, 1, 0), Seg.sysv(2, 2, 1, 0));
        model.listed(facts, List.of());
        AtomicInteger changes = new AtomicInteger();
        model.entries().addListener((ListChangeListener<ListEntry>) _ -> changes.incrementAndGet());
        model.listed(facts, List.of());
        assertThat(changes).hasValue(0);
    }

    @Test
    void newFactsKeepTheRowAndCountItsRevision() {
        model.listed(List.of(Seg.sysv(1, 1, 1, 0)), List.of());
        ListEntry.Row row = model.row(new SegmentId.Sysv(1)).orElseThrow();
        model.listed(List.of(Seg.sysv(1, 1, 1, 5)), List.of());
        assertThat(model.row(new SegmentId.Sysv(1))).containsSame(row);
        assertThat(row.revisionProperty().get()).isEqualTo(1);
        assertThat(row.details()).contains("nattch 5");
    }

    @Test
    void aSegmentMadeAnewWithTheSameKeyIsAnotherRow() {
        model.listed(List.of(Seg.sysv(1, 7, 1, 0)), List.of());
        ListEntry before = model.entries().getLast();
        model.listed(List.of(Seg.sysv(2, 7, 1, 0)), List.of());
        assertThat(model.entries().getLast()).isNotSameAs(before);
    }

    @Test
    void oneThatComesInTheMiddleTouchesOnlyItsPlace() {
        model.listed(List.of(Seg.sysv(1, 1, 1, 0), Seg.sysv(3, 3, 1, 0)), List.of());
        List<String> touched = new ArrayList<>();
        model.entries()
                .addListener(
                        (ListChangeListener<ListEntry>)
                                change -> {
                                    while (change.next()) {
                                        touched.add(change.getFrom() + "+" + change.getAddedSize());
                                    }
                                });
        model.listed(
                List.of(Seg.sysv(1, 1, 1, 0), Seg.sysv(2, 2, 1, 0), Seg.sysv(3, 3, 1, 0)),
                List.of());
        assertThat(touched).containsExactly("2+1");
    }

    @Test
    void largestFirstWhereAskedFor() {
        model.order(SegmentOrder.SIZE);
        model.listed(List.of(Seg.sysv(1, 1, 10, 0), Seg.sysv(2, 2, 99, 0)), List.of());
        assertThat(names()).containsExactly("# System V 2", "0x00000002", "0x00000001");
    }

    @Test
    void lastChangedFirstWhereAskedFor() {
        model.order(SegmentOrder.NEWEST);
        model.listed(List.of(Seg.sysv(1, 1, 10, 0), Seg.sysv(2, 2, 10, 0)), List.of());
        assertThat(names()).containsExactly("# System V 2", "0x00000002", "0x00000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "987654",
                "0xf1206",
                "F1206",
                "id:3",
                "3",
                "www",
                "web",
                "dest",
                "0640",
                "www dest"
            })
    void theFilterFindsKeyIdOwnerModeAndStatus(String typed) {
        model.filter(SegmentFilter.of(typed));
        model.listed(
                List.of(Seg.sysv(3, 987654, 1, 1, SegmentStatus.DEST)),
                List.of(Seg.posix("/other", 1)));
        assertThat(names()).contains("0x000f1206");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0xf1207", "nobody", "www orphan"})
    void theFilterHidesWhatLacksAWord(String typed) {
        model.listed(List.of(Seg.sysv(3, 987654, 1, 1)), List.of());
        model.filter(SegmentFilter.of(typed));
        assertThat(model.entries()).isEmpty();
        assertThat(model.nothingPasses()).isTrue();
    }

    @Test
    void theFilterFindsASignedKey() {
        model.filter(SegmentFilter.of("-2"));
        model.listed(List.of(Seg.sysv(3, -2, 1, 1), Seg.sysv(4, 5, 1, 1)), List.of());
        assertThat(names()).containsExactly("# System V 1 of 2", "0xfffffffe");
    }

    @Test
    void attachedOnesAreMarkedAndNameTheirFormat() {
        model.listed(List.of(Seg.sysv(3, 5, 1024, 2)), List.of());
        model.attached(Map.of(new SegmentId.Sysv(3), new ListEntry.Open("rw", "PHP store", null)));
        ListEntry.Row row = model.row(new SegmentId.Sysv(3)).orElseThrow();
        assertThat(row.details()).isEqualTo("1.0 KiB · PHP store · nattch 2 · www-data");
        assertThat(row.spoken()).contains("attached here rw");
    }

    @Test
    void whatIsAttachedStaysWhenItsNameIsGoneUntilAnotherOneHasTheName() {
        SegmentFacts ours = Seg.posix("/b", 10);
        model.listed(List.of(), List.of(Seg.posix("/a", 1), ours, Seg.posix("/c", 1)));
        model.attached(Map.of(ours.id(), new ListEntry.Open("rw", "", null)));
        model.listed(List.of(), List.of(Seg.posix("/a", 1), Seg.posix("/c", 1)));
        model.attached(Map.of(ours.id(), new ListEntry.Open("rw", "", ours)));
        assertThat(names()).containsExactly("# POSIX 3", "/a", "/b", "/c");
        ListEntry.Row row = model.row(ours.id()).orElseThrow();
        assertThat(row.words()).containsExactly("name gone");
        model.filter(SegmentFilter.of("gone"));
        assertThat(names()).containsExactly("# POSIX 1 of 3", "/b");
        model.filter(SegmentFilter.ALL);

        model.listed(List.of(), List.of(Seg.posix("/b", 99)));
        assertThat(names()).containsExactly("# POSIX 1", "/b");
        assertThat(row.facts().sizeBytes()).isEqualTo(99);
        assertThat(row.open()).isNull();

        model.listed(List.of(), List.of());
        assertThat(model.nothingThere()).isFalse();
        model.attached(Map.of());
        assertThat(model.nothingThere()).isTrue();
    }

    @Test
    void fourThousandRowsAreArrangedInAMoment() {
        List<SegmentFacts> many = new ArrayList<>();
        for (int at = 0; at < 4096; at++) {
            many.add(Seg.sysv(at, at * 31 + 1, at + 1L, 0));
        }
        long before = System.nanoTime();
        model.listed(many, List.of());
        model.filter(SegmentFilter.of("0x00000"));
        model.filter(SegmentFilter.ALL);
        assertThat(model.entries()).hasSize(4097);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }
}
