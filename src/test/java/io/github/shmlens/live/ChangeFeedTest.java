package io.github.shmlens.live;

import static io.github.shmlens.live.TinyShape.entry;
import static io.github.shmlens.live.TinyShape.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeMemory;
import io.github.shmlens.testing.FakeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {

    private static final int MIB = 1 << 20;

    private final FakeSource source = new FakeSource();
    private final CountedPace pace = new CountedPace();
    private final List<String> told = new ArrayList<>();
    private @Nullable AttachedSegment segment;

    @AfterEach
    void detach() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void theFirstLookTellsNothing() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        source.memory(id).put(0, store(entry(1, "one")));
        try (ChangeFeed feed = feed(id, MIB)) {
            assertThat(look(feed)).isEmpty();
            assertThat(look(feed)).isEmpty();
        }
    }

    @Test
    void bytesAcrossBlocksAndChunksAreOneStretch() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 2 * MIB);
        try (ChangeFeed feed = feed(id, 2 * MIB)) {
            look(feed);
            source.memory(id).put(62, HexFormat.of().parseHex("01020304"));
            source.memory(id).put(MIB - 1, (byte) 5, (byte) 6);
            assertThat(look(feed)).containsExactly("62 00000000>01020304", "1048575 0000>0506");
        }
    }

    @Test
    void aGapOfSevenBytesJoinsAndOneOfEightDoesNot() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        FakeMemory memory = source.memory(id);
        try (ChangeFeed feed = feed(id, MIB)) {
            look(feed);
            memory.put(100, (byte) 1);
            memory.put(108, (byte) 2);
            memory.put(117, (byte) 3);
            assertThat(look(feed))
                    .containsExactly("100 000000000000000000>010000000000000002", "117 00>03");
        }
    }

    @Test
    void aLongStretchComesInPiecesWithoutLoss() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), MIB);
        byte[] ones = new byte[3 * ChangeFeed.LONGEST_BYTES];
        java.util.Arrays.fill(ones, (byte) 1);
        try (ChangeFeed feed = feed(id, MIB)) {
            look(feed);
            source.memory(id).put(1000, ones);
            assertThat(look(feed).stream().map(one -> one.split(" ", 2)[0]))
                    .containsExactly("1000", "5096", "9192");
        }
    }

    @Test
    void onlyTheStartOfALargeSegmentIsCompared() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 8192);
        try (ChangeFeed feed = feed(id, 4096)) {
            look(feed);
            source.memory(id).put(5000, (byte) 1);
            assertThat(look(feed)).isEmpty();
            assertThat(feed.coveredBytes()).isEqualTo(4096);
        }
    }

    @Test
    void entriesAreToldByKeyAndOnce() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        FakeMemory memory = source.memory(id);
        memory.put(0, store(entry(1, "one"), entry(2, "two")));
        try (ChangeFeed feed = feed(id, 0)) {
            look(feed);
            memory.put(0, store(entry(1, "ONE"), entry(2, "two"), entry(3, "three")));
            assertThat(look(feed)).containsExactly("1 CHANGED", "3 ADDED");
            assertThat(look(feed)).isEmpty();
            memory.put(0, store(entry(2, "two"), entry(3, "three")));
            look(feed);
            assertThat(told).isEmpty();
            assertThat(look(feed)).containsExactly("1 REMOVED", "2 MOVED", "3 MOVED");
        }
    }

    @Test
    void aStoreThatAppearsIsAdded() throws ShmException {
        SegmentId id = source.add(new SegmentKey(5), 4096);
        try (ChangeFeed feed = feed(id, 0)) {
            look(feed);
            source.memory(id).put(0, store(entry(1, "one")));
            look(feed);
            assertThat(told.isEmpty() ? look(feed) : told).containsExactly("1 ADDED");
        }
    }

    @Test
    void anObjectMayGrowAndShrink() throws ShmException {
        SegmentId id = source.addObject("/feed", 4096);
        FakeMemory memory = source.memory(id);
        try (ChangeFeed feed = feed(id, MIB)) {
            look(feed);
            memory.resize(10_000);
            look(feed);
            memory.put(9000, (byte) 1);
            assertThat(look(feed)).containsExactly("9000 00>01");
            memory.resize(100);
            look(feed);
            memory.put(50, (byte) 2);
            assertThat(look(feed)).containsExactly("50 00>02");
        }
    }

    private ChangeFeed feed(SegmentId id, long shadowCapBytes) throws ShmException {
        AttachedSegment attached = source.attach(id, Access.READ_ONLY);
        segment = attached;
        return new ChangeFeed(
                attached,
                List.of(new TinyShape()),
                shadowCapBytes,
                new ChangeFeed.Listener() {
                    @Override
                    public void bytes(long offset, byte[] before, byte[] after) {
                        HexFormat hex = HexFormat.of();
                        told.add(
                                "%d %s>%s"
                                        .formatted(
                                                offset,
                                                hex.formatHex(before),
                                                hex.formatHex(after)));
                    }

                    @Override
                    public void entry(PartTrack track, @Nullable Structure structure) {
                        told.add(track.key() + " " + track.last());
                    }
                },
                pace);
    }

    private List<String> look(ChangeFeed feed) throws ShmException {
        told.clear();
        pace.pass(Duration.ofMillis(100));
        feed.look();
        return List.copyOf(told);
    }
}
