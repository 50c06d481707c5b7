package io.github.shmlens.live;

import io.github.shmlens.source.AttachedSegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sequence that somebody says guards some memory. Immutable.
///
/// @param name its fields, as a person named them
/// @param counters one, or two: first the one that is raised before a write
public record Guard(String name, List<SequenceLock.Counter> counters) {

    public Guard {
        counters = List.copyOf(counters);
        if (counters.isEmpty() || counters.size() > 2) {
            throw new IllegalArgumentException("%d counters".formatted(counters.size()));
        }
    }

    /// A lock of its own for one reader.
    ///
    /// @return null where a counter is not in the segment
    public @Nullable SequenceLock lock(AttachedSegment segment, long segmentBytes) {
        for (SequenceLock.Counter counter : counters) {
            if (counter.offset() > segmentBytes - counter.bytes()) {
                return null;
            }
        }
        return counters.size() == 1
                ? SequenceLock.of(segment, counters.getFirst())
                : SequenceLock.ofPair(segment, counters.getFirst(), counters.getLast());
    }
}
