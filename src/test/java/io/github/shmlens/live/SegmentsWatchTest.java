package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.FakeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentsWatchTest implements SegmentsWatch.Listener {

    private final FakeSource source = new FakeSource();
    private final CountedPace pace = new CountedPace();
    private final List<Listing> listings = new CopyOnWriteArrayList<>();
    private final List<ShmFailure> failures = new CopyOnWriteArrayList<>();
    private final SegmentsWatch watch =
            new SegmentsWatch(source, SegmentsWatch.EVERY_SECOND, this, pace);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aConstructorStartsNothing() {
        pace.pass(Duration.ofSeconds(3));

        assertThat(source.listings()).isZero();
    }

    @Test
    void listsAtOnce() throws InterruptedException {
        SegmentId.Sysv id = source.add(new SegmentKey(5), 64);
        SegmentId.Posix object = source.addObject("/x", 64);
        watch.start();
        pace.settle();

        Listing listing = listings.getFirst();
        assertThat(listing.segments()).extracting(SegmentFacts::id).containsExactly(id);
        assertThat(listing.objects()).extracting(SegmentFacts::id).containsExactly(object);
    }

    @Test
    void listsAgainAfterASecond() throws InterruptedException {
        watch.start();
        pace.settle();
        pace.pass(Duration.ofMillis(999));
        pace.settle();
        int before = listings.size();
        pace.pass(Duration.ofMillis(2));
        pace.settle();

        assertThat(before).isEqualTo(1);
        assertThat(listings).hasSize(2);
    }

    @Test
    void listsAtOnceWhenAsked() throws InterruptedException {
        watch.start();
        pace.settle();
        watch.refreshNow();
        pace.settle();

        assertThat(listings).hasSize(2);
    }

    @Test
    void tellsOfAFailureAndGoesOn() throws InterruptedException {
        source.failListings(new ShmFailure.Unexpected("segments", "list", "EIO"));
        watch.start();
        pace.settle();
        source.failListings(null);
        pace.pass(Duration.ofSeconds(1));
        pace.settle();

        assertThat(failures).hasSize(1);
        assertThat(listings).hasSize(1);
    }

    @Test
    void listsNothingOnceStopped() throws InterruptedException {
        watch.start();
        pace.settle();
        watch.stop();
        long before = source.listings();
        pace.pass(Duration.ofSeconds(5));
        watch.refreshNow();

        assertThat(source.listings()).isEqualTo(before);
    }

    @Test
    void startsAgain() throws InterruptedException {
        watch.start();
        pace.settle();
        watch.stop();
        watch.start();
        awaitListings(2);

        assertThat(listings.size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void attachesToNothing() throws InterruptedException {
        SegmentId.Sysv id = source.add(new SegmentKey(5), 64);
        watch.start();
        pace.settle();

        assertThat(listings.getFirst().segments().getFirst().nattch()).isZero();
        assertThat(source.memory(id).reads()).isZero();
    }

    @Override
    public void listed(Listing listing) {
        listings.add(listing);
    }

    @Override
    public void failed(ShmFailure failure) {
        failures.add(failure);
    }

    private void awaitListings(int count) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (listings.size() < count && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
