package io.github.shmlens.segment;

import org.jspecify.annotations.Nullable;

/// A semaphore set as PHP's `sem_get` lays it out, seen at one moment.
///
/// @param initialised someone has taken part in `sem_get`'s protocol, so the value can be trusted
/// @param value of semaphore 0: 0 while held, 1 (or more) when free
/// @param waiters how many processes wait for it
/// @param lastPid process that operated on semaphore 0 last; 0 when none
/// @param lastCommand its short name; null when it has ended or is not visible from here
public record LockFacts(
        SegmentKey key,
        int semid,
        boolean initialised,
        int value,
        int waiters,
        int lastPid,
        @Nullable String lastCommand) {

    /// One whose last operator is not known by name.
    public LockFacts(
            SegmentKey key, int semid, boolean initialised, int value, int waiters, int lastPid) {
        this(key, semid, initialised, value, waiters, lastPid, null);
    }

    /// The last operator as people know it: `4711`, `4711 (php)`.
    public String lastOperator() {
        return lastCommand == null ? Integer.toString(lastPid) : lastPid + " (" + lastCommand + ")";
    }

    public boolean held() {
        return initialised && value == 0;
    }
}
