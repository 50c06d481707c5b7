package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.source.HeldLock;
import java.time.Duration;

/// A process of its own that takes a semaphore and never gives it back.
final class LockHolder {

    private LockHolder() {}

    /// @param arguments the semaphore's key
    public static void main(String[] arguments) throws Exception {
        SegmentKey key = SegmentKey.parse(arguments[0]);
        try (HeldLock held = new HostSegments().hold(key, Duration.ofSeconds(30)).orElseThrow()) {
            System.out.println("holds " + held.key().hex());
            System.in.read();
        }
    }
}
