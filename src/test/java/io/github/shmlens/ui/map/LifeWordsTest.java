package io.github.shmlens.ui.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.live.LifeEvent;
import io.github.shmlens.live.LifeLine;
import io.github.shmlens.segment.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeWordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final SegmentId ID = new SegmentId.Sysv(3);

    private static LifeLine.Moment at(int second, LifeEvent event) {
        Instant when = NOON.plusSeconds(second);
        return new LifeLine.Moment(when, when, 1, event);
    }

    private static LifeLine.Moment gone(int second, int pid, String command) {
        return at(second, new LifeEvent.Detached(pid, command, false, 1));
    }

    private static List<String> words(LifeLine.Moment... moments) {
        return LifeEntry.of(List.of(moments)).stream()
                .map(entry -> LifeWords.what(entry, ID))
                .toList();
    }

    @Test
    void whatOneLookSawGoTogetherIsOneLine() {
        assertThat(words(gone(1, 7, "php"), gone(1, 8, "php"), gone(1, 9, "java")))
                .containsExactly("php: 2 processes let go, pid 7, 8", "java, pid 9, let go");
    }

    @Test
    void whatTwoLooksSawIsTwoLines() {
        assertThat(words(gone(1, 7, "php"), gone(2, 8, "php"))).hasSize(2);
    }

    @Test
    void comingAndGoingAreTwoLines() {
        assertThat(
                        words(
                                gone(1, 7, "php"),
                                at(1, new LifeEvent.Attached(8, "php", false, 1)),
                                at(1, new LifeEvent.Attached(9, "php", true, 1))))
                .containsExactly(
                        "php, pid 7, let go", "php, pid 8, attached", "This window attached");
    }

    @Test
    void manyPidsAreCounted() {
        List<LifeLine.Moment> many = new ArrayList<>();
        for (int pid = 1; pid <= 60; pid++) {
            many.add(gone(1, pid, "php"));
        }
        assertThat(words(many.toArray(LifeLine.Moment[]::new)))
                .containsExactly(
                        "php: 60 processes let go, pid 1, 2, 3, 4, 5, 6, 7, 8 and 52 more");
    }

    @Test
    void repetitionTellsHowOftenAndFromWhenToWhen() {
        LifeLine.Moment visits =
                new LifeLine.Moment(NOON, NOON.plusSeconds(75), 12, new LifeEvent.Touched(71));
        assertThat(LifeWords.what(new LifeEntry(List.of(visits)), ID))
                .isEqualTo(
                        "Somebody attached and let go between two looks; the last was pid 71, 12"
                                + " times");
        assertThat(LifeWords.when(visits, NOON)).contains("–");
        assertThat(LifeWords.when(visits, NOON.plus(Duration.ofDays(2)))).startsWith("2026-01-01");
    }

    @Test
    void anObjectMadeAnewUnderItsNameIsNotCalledByItsKey() {
        SegmentId object = new SegmentId.Posix("/sensor");
        assertThat(
                        LifeWords.what(
                                new LifeEntry(List.of(at(1, new LifeEvent.Recreated(object)))),
                                object))
                .startsWith("Made anew under the same name");
    }

    @Test
    void oneMoreWithOurPidLastWasThisWindow() {
        int ours = (int) ProcessHandle.current().pid();
        assertThat(words(at(1, new LifeEvent.CountChanged(4, 5, ours))))
                .containsExactly("This window attached");
        assertThat(words(at(1, new LifeEvent.CountChanged(4, 7, ours))))
                .containsExactly(
                        "Attaches counted: 4, now 7; the last was this program, pid " + ours);
    }
}
