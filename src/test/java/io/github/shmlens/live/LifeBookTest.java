package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifeBookTest {

    private static final SegmentId ID = new SegmentId.Sysv(3);
    private static final SegmentId OTHER = new SegmentId.Sysv(4);
    private static final SegmentId OBJECT = new SegmentId.Posix("/sensor");
    private static final SegmentKey KEY = new SegmentKey(0xf1206);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final LifeBook book = new LifeBook(() -> now);

    private static SegmentFacts facts(long nattch, int lpid, SegmentStatus... status) {
        return facts(ID, nattch, lpid, 1024, new Mode(0666), status);
    }

    private static SegmentFacts facts(
            SegmentId id, long nattch, int lpid, long size, Mode mode, SegmentStatus... status) {
        Principal ada = new Principal(1000, "ada");
        boolean marked = Arrays.asList(status).contains(SegmentStatus.DEST);
        boolean sysv = id instanceof SegmentId.Sysv;
        return new SegmentFacts(
                id,
                !sysv ? null : marked ? SegmentKey.PRIVATE : KEY,
                size,
                0,
                0,
                ada,
                ada,
                ada,
                mode,
                Set.of(status),
                nattch,
                1,
                lpid,
                null,
                null,
                null);
    }

    private static SegmentFacts object(long size) {
        return facts(OBJECT, -1, 0, size, new Mode(0600));
    }

    private void second() {
        now = now.plusSeconds(1);
    }

    private void listed(SegmentFacts... all) {
        List<SegmentFacts> segments =
                Arrays.stream(all).filter(one -> one.id() instanceof SegmentId.Sysv).toList();
        List<SegmentFacts> objects =
                Arrays.stream(all).filter(one -> one.id() instanceof SegmentId.Posix).toList();
        second();
        book.listed(new Listing(segments, objects, new HostFacts(1, 1, 1, 0), 0));
    }

    private void looked(SegmentFacts facts, int... pids) {
        second();
        book.looked(
                facts,
                new Attachments(
                        Arrays.stream(pids)
                                .mapToObj(pid ->
                                        new Attachment(pid, "php", "ada", 0, 1, true, pid == 9))
                                .toList(),
                        0));
    }

    private List<LifeEvent> events(SegmentId id) {
        return book.line(id).moments().stream().map(LifeLine.Moment::event).toList();
    }

    private LifeEvent last() {
        return events(ID).getLast();
    }

    @Test
    void whatNobodySawHasNoLine() {
        assertThat(book.line(ID).moments()).isEmpty();
    }

    @Test
    void theFirstListingFindsAndALaterOneSeesAppear() {
        listed(facts(1, 5));
        listed(facts(1, 5), facts(OTHER, 0, 0, 10, new Mode(0600)));
        assertThat(events(ID).getFirst()).isEqualTo(new LifeEvent.FirstSeen(1, 1024));
        assertThat(events(OTHER)).containsExactly(new LifeEvent.Appeared(0, 10));
    }

    @Test
    void lookingAgainAtTheSameTellsNothing() {
        listed(facts(1, 5));
        listed(facts(1, 5));
        looked(facts(1, 5), 5);
        looked(facts(1, 5), 5);
        listed(facts(1, 5));
        assertThat(events(ID)).hasSize(1);
    }

    @Test
    void aListingTellsHowManyCameAndWhoWasLast() {
        listed(facts(1, 5));
        listed(facts(3, 7));
        assertThat(last()).isEqualTo(new LifeEvent.CountChanged(1, 3, 7));
    }

    @Test
    void aCloserLookTellsWho() {
        looked(facts(1, 5), 5);
        looked(facts(2, 7), 5, 7);
        looked(facts(1, 5), 7);
        assertThat(events(ID))
                .endsWith(
                        new LifeEvent.Attached(7, "php", false, 1),
                        new LifeEvent.Detached(5, "php", false, 1));
    }

    @Test
    void theFirstCloserLookNamesWhoCameLast() {
        listed(facts(0, 0));
        looked(facts(1, 9), 9);
        assertThat(last()).isEqualTo(new LifeEvent.Attached(9, "php", true, 1));
    }

    @Test
    void severalMappingsOfOneProcessAreCounted() {
        looked(facts(1, 5), 5);
        looked(facts(3, 5), 5, 5, 5);
        assertThat(last()).isEqualTo(new LifeEvent.Attached(5, "php", false, 2));
    }

    @Test
    void whoComesBetweenCountAndLookIsToldOnce() {
        looked(facts(1, 5), 5);
        looked(facts(1, 5), 5, 7);
        looked(facts(2, 7), 5, 7);
        looked(facts(2, 7), 5, 7);
        assertThat(events(ID).subList(1, events(ID).size()))
                .containsExactly(new LifeEvent.Attached(7, "php", false, 1));
    }

    @Test
    void whoGoesBetweenCountAndLookIsToldOnce() {
        looked(facts(2, 7), 5, 7);
        looked(facts(2, 7), 5);
        looked(facts(1, 7), 5);
        looked(facts(1, 7), 5);
        assertThat(events(ID).subList(1, events(ID).size()))
                .containsExactly(new LifeEvent.Detached(7, "php", false, 1));
    }

    @Test
    void attachesThatNobodyLetsUsSeeAreToldAsSuch() {
        looked(facts(1, 5), 5);
        looked(facts(2, 77), 5);
        looked(facts(2, 77), 5);
        looked(facts(2, 77), 5);
        assertThat(events(ID).subList(1, events(ID).size()))
                .containsExactly(new LifeEvent.OutOfSightChanged(0, 1, 77));
    }

    @Test
    void quickVisitorsAreOneThingThatCountsUp() {
        listed(facts(0, 5));
        listed(facts(0, 6));
        listed(facts(0, 7));
        LifeLine.Moment visits = book.line(ID).moments().getLast();
        assertThat(visits.event()).isEqualTo(new LifeEvent.Touched(7));
        assertThat(visits.times()).isEqualTo(2);
        assertThat(Duration.between(visits.first(), visits.last()))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSegmentIsMarkedAndThenGone() {
        listed(facts(1, 5));
        listed(facts(1, 5, SegmentStatus.DEST));
        listed();
        assertThat(events(ID)).endsWith(new LifeEvent.Marked(), new LifeEvent.Gone());
    }

    @Test
    void theOldOneLearnsWhoHasItsKeyNow() {
        listed(facts(1, 5));
        listed(facts(1, 5, SegmentStatus.DEST));
        listed(facts(1, 5, SegmentStatus.DEST), facts(OTHER, 0, 0, 10, new Mode(0600)));
        assertThat(last()).isEqualTo(new LifeEvent.Recreated(OTHER));
    }

    @Test
    void oneThatIsGoneLearnsItToo() {
        listed(facts(1, 5));
        listed();
        listed(facts(OTHER, 0, 0, 10, new Mode(0600)));
        assertThat(events(ID)).endsWith(new LifeEvent.Gone(), new LifeEvent.Recreated(OTHER));
    }

    @Test
    void anObjectThatIsThereAgainContinuesItsLine() {
        listed(object(10));
        listed();
        listed(object(20));
        assertThat(events(OBJECT))
                .containsExactly(
                        new LifeEvent.FirstSeen(-1, 10),
                        new LifeEvent.Gone(),
                        new LifeEvent.Appeared(-1, 20));
    }

    @Test
    void aNameThatLeadsToAnotherIsToldOnce() {
        looked(object(10));
        book.superseded(OBJECT);
        listed(object(20));
        listed(object(20));
        listed(object(20));
        book.superseded(OBJECT);
        assertThat(events(OBJECT))
                .containsOnlyOnce(new LifeEvent.Recreated(OBJECT))
                .contains(new LifeEvent.Resized(10, 20));
    }

    @Test
    void sizeModeOwnerAndLockAreCompared() {
        listed(object(10));
        listed(facts(OBJECT, -1, 0, 30, new Mode(0640), SegmentStatus.LOCKED));
        assertThat(events(OBJECT))
                .endsWith(
                        new LifeEvent.Resized(10, 30),
                        new LifeEvent.ModeChanged(new Mode(0600), new Mode(0640)),
                        new LifeEvent.LockedInMemory(true));
    }

    @Test
    void aTimeWithoutLooksIsAGapAndNoHistory() {
        listed(facts(1, 5));
        now = now.plusSeconds(59);
        listed(facts(1, 5));
        assertThat(last()).isEqualTo(new LifeEvent.NotWatched(Duration.ofSeconds(60)));
    }

    @Test
    void closeLooksLeaveListingsNothingToTell() {
        looked(facts(1, 5), 5);
        listed(facts(2, 7));
        assertThat(events(ID)).hasSize(1);
        looked(facts(2, 7), 5, 7);
        assertThat(events(ID)).hasSize(2);
    }

    @Test
    void listingsGoOnWhereCloseLooksEnd() {
        looked(facts(1, 5), 5);
        listed(facts(1, 5));
        listed(facts(1, 5));
        listed(facts(1, 5));
        listed(facts(0, 5));
        assertThat(last()).isEqualTo(new LifeEvent.CountChanged(1, 0, 5));
        assertThat(events(ID)).noneMatch(LifeEvent.NotWatched.class::isInstance);
    }

    @Test
    void manyVisitorsDoNotPushOutWhatElseHappened() {
        listed(facts(0, 5));
        listed(facts(0, 5, SegmentStatus.LOCKED));
        for (int i = 0; i < 3 * LifeBook.MOST_MOMENTS; i++) {
            listed(facts(i % 2 + 1, i, SegmentStatus.LOCKED));
        }
        LifeLine line = book.line(ID);
        assertThat(line.moments()).hasSize(LifeBook.MOST_MOMENTS);
        assertThat(line.forgotten()).isPositive();
        assertThat(events(ID))
                .startsWith(new LifeEvent.FirstSeen(0, 1024), new LifeEvent.LockedInMemory(true));
    }

    @Test
    void linesOfTheDeadAreBounded() {
        for (int i = 0; i < LifeBook.MOST_GONE + 10; i++) {
            listed(facts(new SegmentId.Sysv(100 + i), 0, 0, 1, new Mode(0600)));
        }
        listed();
        assertThat(book.line(new SegmentId.Sysv(100)).moments()).isEmpty();
        assertThat(book.line(new SegmentId.Sysv(100 + LifeBook.MOST_GONE)).moments()).isNotEmpty();
    }

    @Test
    void theRevisionTellsWhetherThereIsNews() {
        listed(facts(0, 5));
        long before = book.line(ID).revision();
        listed(facts(0, 5));
        assertThat(book.line(ID).revision()).isEqualTo(before);
        listed(facts(1, 6));
        assertThat(book.line(ID).revision()).isNotEqualTo(before);
    }
}
