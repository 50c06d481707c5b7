package io.github.shmlens.segment;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the kernel says about one segment at one moment. Learned without attaching.
///
/// @param key the System V key; null for POSIX objects and files
/// @param sizeBytes the exact size, not rounded to pages
/// @param rssBytes resident bytes; −1 where the kernel does not say
/// @param swapBytes swapped-out bytes; −1 where the kernel does not say
/// @param creator who created it; may differ from the owner
/// @param nattch how many attaches there are (more than one per process is possible); −1 where the
///   kernel does not count (POSIX objects, files)
/// @param cpid process that created it; 0 when unknown or not visible from here
/// @param lpid process that attached or detached last; 0 when unknown or not visible from here
/// @param attachTime last attach; null when never or unknown
/// @param detachTime last detach; null when never or unknown
/// @param changeTime last change of owner or mode (System V), last write (POSIX objects, files)
public record SegmentFacts(
        SegmentId id,
        @Nullable SegmentKey key,
        long sizeBytes,
        long rssBytes,
        long swapBytes,
        Principal owner,
        Principal group,
        Principal creator,
        Mode mode,
        Set<SegmentStatus> status,
        long nattch,
        int cpid,
        int lpid,
        @Nullable Instant attachTime,
        @Nullable Instant detachTime,
        @Nullable Instant changeTime) {

    public SegmentFacts {
        status = Set.copyOf(status);
    }

    /// The time of the last attach, detach or change, whichever is latest; null when none is known.
    public @Nullable Instant lastUse() {
        Instant latest = changeTime;
        for (Instant time : Arrays.asList(attachTime, detachTime)) {
            if (time != null && (latest == null || time.isAfter(latest))) {
                latest = time;
            }
        }
        return latest;
    }

    /// What tells a System V segment from every other one since its host was started: not its id
    /// alone, which another can have later. Owner, mode and times may change and are not in it.
    public String identity() {
        return "%s creator %d/%d size %d".formatted(id.text(), creator.id(), cpid, sizeBytes);
    }

    public boolean markedForRemoval() {
        return status.contains(SegmentStatus.DEST);
    }
}
