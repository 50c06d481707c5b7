package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.HeldLock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Writing under a semaphore that the other side takes too, PHP's `sem_get`.
final class LockOptions {

    private static final String FORM = "sem:";

    @Option(
            names = "--lock",
            paramLabel = "sem:KEY",
            description = "Hold this semaphore (PHP's sem_get) while writing.")
    @Nullable String lock;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Give up, with exit 4, when it is not free by then (default: 5).")
    String timeout = "5";

    /// What is done under the lock.
    interface Step<T extends @Nullable Object> {
        T run() throws ShmException, BadInput, Refusal;
    }

    /// Checks what was typed, so that nothing is touched when it is wrong.
    void check(Session session) throws BadInput, ShmException {
        if (lock != null) {
            key(session, lock);
        }
        Quantity.time("lock timeout", timeout);
    }

    /// Whether a lock is to be held.
    boolean asked() {
        return lock != null;
    }

    /// Runs a step under the lock, or just so when none was asked for. A signal waits for it.
    <T extends @Nullable Object> T around(Session session, Step<T> step)
            throws ShmException, BadInput, Refusal {
        if (lock == null) {
            return heldUp(session, step);
        }
        SegmentKey key = key(session, lock);
        Duration limit = Quantity.time("lock timeout", timeout);
        Optional<HeldLock> held = session.source().hold(key, limit);
        if (held.isEmpty()) {
            Optional<LockFacts> facts = session.source().lock(key);
            String holder =
                    facts.filter(one -> one.held() && one.lastPid() > 0)
                            .map(one -> ", held by process " + one.lastOperator())
                            .orElse("");
            throw new Refusal(
                    ExitCode.TIMED_OUT,
                    "the lock sem:%s was not free within %s s%s: nothing was changed"
                            .formatted(key.hex(), timeout.strip(), holder));
        }
        try (HeldLock _ = held.get()) {
            return heldUp(session, step);
        }
    }

    private static <T extends @Nullable Object> T heldUp(Session session, Step<T> step)
            throws ShmException, BadInput, Refusal {
        session.ending().hold();
        session.ending().check();
        return step.run();
    }

    private static SegmentKey key(Session session, String lock) throws BadInput, ShmException {
        if (!lock.startsWith(FORM)) {
            throw new BadInput("the lock \"%s\" is not of the form sem:KEY".formatted(lock));
        }
        String rest = lock.substring(FORM.length());
        SegmentKey key =
                rest.startsWith("ftok:") || rest.startsWith("inode:")
                        ? session.source().resolve(Target.parse(rest)).key()
                        : SegmentKey.parse(rest);
        if (key == null || key.equals(SegmentKey.PRIVATE)) {
            throw new BadInput("the lock \"%s\" has no key that others could know".formatted(lock));
        }
        return key;
    }
}
