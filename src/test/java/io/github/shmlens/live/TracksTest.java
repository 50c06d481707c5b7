package io.github.shmlens.live;

import static io.github.shmlens.live.TinyShape.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.live.PartTrack.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TracksTest {

    private static final long SECOND = 1_000_000_000;

    private final Tracks tracks = new Tracks();
    private final TinyShape shape = new TinyShape();
    private long now = SECOND;

    @Test
    void nothingHasHappenedToWhatIsThereFromTheBeginning() {
        see(entry(1, "a"), entry(2, "b"));

        assertThat(tracks.present())
                .extracting(PartTrack::last)
                .containsExactly(Change.PRESENT, Change.PRESENT);
    }

    @Test
    void keepsTheListWhenNothingChanged() {
        see(entry(1, "a"), entry(2, "b"));
        List<PartTrack> before = tracks.present();
        see(entry(1, "a"), entry(2, "b"));

        assertThat(tracks.present()).isSameAs(before);
    }

    @Test
    void countsChangesOfContent() {
        see(entry(1, "a"));
        see(entry(1, "b"));
        see(entry(1, "c"));

        PartTrack track = tracks.present().getFirst();
        assertThat(track.last()).isEqualTo(Change.CHANGED);
        assertThat(track.changes()).isEqualTo(2);
        assertThat(track.changedAtNanos()).isEqualTo(now);
    }

    @Test
    void keepsTheTimeOfWhatDidNotChange() {
        see(entry(1, "a"), entry(2, "b"));
        PartTrack before = tracks.present().get(0);
        see(entry(1, "a"), entry(2, "c"));

        assertThat(tracks.present().get(0)).isSameAs(before);
    }

    @Test
    void theSameContentElsewhereHasMoved() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(1, "aaaa"), entry(2, "b"));

        PartTrack track = tracks.present().get(1);
        assertThat(track.last()).isEqualTo(Change.MOVED);
        assertThat(track.changes()).isZero();
    }

    @Test
    void otherContentElsewhereHasChanged() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"), entry(1, "c"));

        assertThat(tracks.present()).extracting(PartTrack::key).containsExactly(2L, 1L);
        assertThat(tracks.present())
                .extracting(PartTrack::last)
                .containsExactly(Change.MOVED, Change.CHANGED);
    }

    @Test
    void aNewKeyIsAdded() {
        see(entry(1, "a"));
        see(entry(1, "a"), entry(2, "b"));

        assertThat(tracks.present())
                .extracting(PartTrack::last)
                .containsExactly(Change.PRESENT, Change.ADDED);
    }

    @Test
    void aLostKeyIsRemoved() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"));

        assertThat(tracks.removed()).extracting(PartTrack::key).containsExactly(1L);
        assertThat(tracks.removed().getFirst().last()).isEqualTo(Change.REMOVED);
        assertThat(tracks.removed().getFirst().part().offset()).isEqualTo(TinyShape.HEADER);
    }

    @Test
    void showsTheNewestRemovedFirst() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"));
        see();

        assertThat(tracks.removed()).extracting(PartTrack::key).containsExactly(2L, 1L);
    }

    @Test
    void keepsOnlySoManyRemoved() {
        see(
                IntStream.range(0, 300)
                        .mapToObj(key -> entry(key, "a"))
                        .toArray(TinyShape.Entry[]::new));
        see();

        assertThat(tracks.removed()).hasSize(Tracks.MOST_REMOVED);
    }

    @Test
    void whoIsReplacedBetweenTwoLooksHasChanged() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"));
        see(entry(2, "b"), entry(1, "c"));

        PartTrack back = tracks.present().get(1);
        assertThat(back.last()).isEqualTo(Change.CHANGED);
        assertThat(back.changes()).isEqualTo(1);
        assertThat(tracks.removed()).isEmpty();
    }

    @Test
    void whoComesBackTheSameHasMoved() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"));
        see(entry(2, "b"), entry(1, "a"));

        assertThat(tracks.present().get(1).last()).isEqualTo(Change.MOVED);
    }

    @Test
    void whoComesBackLateIsNew() {
        see(entry(1, "a"), entry(2, "b"));
        see(entry(2, "b"));
        now += 5 * SECOND;
        see(entry(2, "b"), entry(1, "a"));

        assertThat(tracks.present().get(1).last()).isEqualTo(Change.ADDED);
        assertThat(tracks.removed()).isEmpty();
    }

    @Test
    void followsTheNthOfAKeyAsTheNth() {
        see(entry(7, "a"), entry(1, "x"), entry(7, "b"));
        see(entry(1, "x"), entry(7, "a"), entry(7, "c"));

        assertThat(tracks.present())
                .extracting(PartTrack::last)
                .containsExactly(Change.MOVED, Change.MOVED, Change.CHANGED);
    }

    @Test
    void ofTwoWithOneKeyOneCanGo() {
        see(entry(7, "a"), entry(7, "b"));
        see(entry(7, "a"));

        assertThat(tracks.present()).extracting(PartTrack::last).containsExactly(Change.PRESENT);
        assertThat(tracks.removed()).hasSize(1);
    }

    @Test
    void manyEntriesWithOneKeyTakeNoLonger() {
        TinyShape.Entry[] many =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> entry(7, "a"))
                        .toArray(TinyShape.Entry[]::new);
        see(many);
        see();
        long begun = System.nanoTime();
        see(many);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(tracks.present()).hasSize(100_000);
    }

    @Test
    void survivesContentThatReachesBeyondTheCopy() {
        byte[] copy = new byte[100];
        Part wild = new Part(Part.Kind.ENTRY, 1, 16, 1L << 60, 28, Long.MAX_VALUE);
        Part negative = new Part(Part.Kind.ENTRY, 2, 16, -5, -3, -7);
        tracks.follow(List.of(wild, negative), copy, now);
        tracks.follow(List.of(wild, negative), new byte[50], now);
        tracks.follow(List.of(), new byte[0], now);

        assertThat(tracks.removed()).hasSize(2);
    }

    private void see(TinyShape.Entry... entries) {
        now += SECOND / 30;
        byte[] copy = TinyShape.store(entries);
        tracks.follow(shape.walk(ByteView.of(copy), copy.length).parts(), copy, now);
    }
}
