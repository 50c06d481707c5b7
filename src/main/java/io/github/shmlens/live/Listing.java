package io.github.shmlens.live;

import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.SegmentFacts;
import java.util.List;

/// Every segment there is, at one moment. Immutable.
///
/// @param segments System V, by rising shmid
/// @param objects POSIX, by name
/// @param atNanos [System#nanoTime] when it was complete
public record Listing(
        List<SegmentFacts> segments, List<SegmentFacts> objects, HostFacts host, long atNanos) {

    public Listing {
        segments = List.copyOf(segments);
        objects = List.copyOf(objects);
    }
}
