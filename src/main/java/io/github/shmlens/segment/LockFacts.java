package io.github.shmlens.segment;

/// A semaphore set as PHP's `sem_get` lays it out, seen at one moment.
///
/// @param initialised someone has taken part in `sem_get`'s protocol, so the value can be trusted
/// @param value of semaphore 0: 0 while held, 1 (or more) when free
/// @param waiters how many processes wait for it
/// @param lastPid process that operated on semaphore 0 last; 0 when none
public record LockFacts(
        SegmentKey key, int semid, boolean initialised, int value, int waiters, int lastPid) {

    public boolean held() {
        return initialised && value == 0;
    }
}
