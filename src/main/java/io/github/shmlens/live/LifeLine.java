package io.github.shmlens.live;

import io.github.shmlens.segment.SegmentId;
import java.time.Instant;
import java.util.List;

/// What was seen to happen to one segment, oldest first. Seen by sampling: no history that the
/// kernel would keep. Immutable.
///
/// @param moments the newest ones, bounded
/// @param forgotten how many older ones were dropped
/// @param revision differs from that of every other line of the same segment that tells other
///   things
public record LifeLine(SegmentId id, List<Moment> moments, long forgotten, long revision) {

    public LifeLine {
        moments = List.copyOf(moments);
    }

    /// Something that was seen, once or several times in a row.
    ///
    /// @param first when it was seen first; it happened between the look before and this one
    /// @param last when it was seen last; the same where `times` is 1
    public record Moment(Instant first, Instant last, int times, LifeEvent event) {}
}
