package io.github.shmlens.source;

/// How a search ended.
///
/// @param hits how many were reported
/// @param end why there are no more
/// @param lookedAtBytes how much of the range was searched
/// @param skippedBytes how much of the range was passed over: pages that nobody ever touched (they
///   are zeros) or that are swapped out, and holes of objects
public record SearchOutcome(long hits, End end, long lookedAtBytes, long skippedBytes) {

    public enum End {
        /// Everything was looked at.
        ALL,
        /// There are more hits than the limit allows.
        MORE_THAN_LIMIT,
        /// The listener did not want to go on.
        STOPPED
    }
}
