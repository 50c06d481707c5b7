package io.github.shmlens.live;

import io.github.shmlens.source.Content;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The whole segment at a glance: equal stretches, at most 4096 of them, and what is known of each.
/// Immutable by agreement: whoever gets one must not change its arrays. A sample carries the
/// newest; one is made a few times a second, and only when something in it is new, so the same
/// instance means that nothing is.
///
/// What is said of contents is what the sweep met last; what is said of changes is what sampling
/// saw. Beyond [Sample.Counters#watchedBytes()] only what is in view is known.
///
/// @param sizeBytes of the segment
/// @param grainBytes of a stretch, a power of two, at least 64; the last one may be shorter
/// @param contents of each stretch
/// @param changedAtNanos when each changed last, as [System#nanoTime]; 0 for never
/// @param changes how many times blocks of 64 bytes in it were seen to change
/// @param tornAtNanos when two reads of some of its bytes differed last; 0 for never
public record Overview(
        long sizeBytes,
        long grainBytes,
        List<Content> contents,
        long[] changedAtNanos,
        long[] changes,
        long[] tornAtNanos) {

    /// Of a segment that nobody has looked at.
    public static final Overview EMPTY =
            new Overview(0, 64, List.of(), new long[0], new long[0], new long[0]);

    /// What is known of any stretch.
    ///
    /// @param content of most of it that is in memory; `ABSENT` only when none is
    /// @param changedAtNanos when any of it changed last; 0 for never
    /// @param changes how many times blocks of 64 bytes in it were seen to change
    /// @param tornAtNanos when it was last seen torn; 0 for never
    public record Stretch(Content content, long changedAtNanos, long changes, long tornAtNanos) {}

    /// How many stretches there are.
    public int count() {
        return contents.size();
    }

    /// Sums up `[from, to)`, rounded out to whole stretches: one pixel row of a map, for instance.
    ///
    /// @param from at least 0
    /// @param to more than `from`; what lies beyond the segment is left out
    public Stretch over(long from, long to) {
        int first = (int) Math.min(count(), from / grainBytes);
        int end = (int) Math.min(count(), (to - 1) / grainBytes + 1);
        Map<Content, Integer> votes = new EnumMap<>(Content.class);
        long changed = 0;
        long times = 0;
        long torn = 0;
        for (int i = first; i < end; i++) {
            votes.merge(contents.get(i), 1, Integer::sum);
            changed = newer(changed, changedAtNanos[i]);
            times += changes[i];
            torn = newer(torn, tornAtNanos[i]);
        }
        return new Stretch(winner(votes), changed, times, torn);
    }

    /// The measures only: arrays say nothing, and contents say it at length.
    @Override
    public String toString() {
        return "Overview[%d bytes in %d stretches of %d]".formatted(sizeBytes, count(), grainBytes);
    }

    /// The later of two times, of which 0 means never.
    static long newer(long one, long other) {
        if (one == 0 || other == 0) {
            return one + other;
        }
        return one - other > 0 ? one : other;
    }

    /// What holds something wins over zeros, and those over nothing: a page of data in a sea of
    /// nothing is what one looks for.
    private static Content winner(Map<Content, Integer> votes) {
        Content something = Content.TEXT;
        for (Content each : List.of(Content.BINARY, Content.DENSE)) {
            if (votes.getOrDefault(each, 0) > votes.getOrDefault(something, 0)) {
                something = each;
            }
        }
        for (Content each : List.of(something, Content.ZERO, Content.ABSENT)) {
            if (votes.containsKey(each)) {
                return each;
            }
        }
        return Content.UNKNOWN;
    }
}
