package io.github.shmlens.sysv;

import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.sysv.Kernel.SemaphoreOperation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/// Semaphore sets as PHP's `sem_get` lays them out, taken by PHP's own protocol.
///
/// A set has three: 0 is the lock, 1 counts its users, 2 guards the moment of joining. Whoever
/// joins as the first user sets the lock free. We join like everybody else even where others
/// already have: while we count as a user, nobody takes himself for the first one and sets the lock
/// free under us. Every step is undone by the kernel when this process dies.
final class Semaphores {

    private static final System.Logger LOG = System.getLogger(Semaphores.class.getName());

    private static final int LOCK = 0;
    private static final int USERS = 1;
    private static final int GUARD = 2;
    private static final int SET_SIZE = 3;

    /// PHP's default.
    private static final int MODE = 0666;

    /// Waiting is cut into slices so that an interrupt is noticed.
    private static final Duration SLICE = Duration.ofMillis(150);

    /// How often we start over when the set is removed under us or made by another just now.
    private static final int TRIES = 5;

    private static final SemaphoreOperation[] JOIN = {
        new SemaphoreOperation(GUARD, 0, false),
        new SemaphoreOperation(GUARD, 1, true),
        new SemaphoreOperation(USERS, 1, true)
    };
    private static final SemaphoreOperation[] END_JOINING = {
        new SemaphoreOperation(GUARD, -1, true)
    };
    private static final SemaphoreOperation[] TAKE = {new SemaphoreOperation(LOCK, -1, true)};
    private static final SemaphoreOperation[] GIVE = {new SemaphoreOperation(LOCK, 1, true)};
    private static final SemaphoreOperation[] LEAVE = {new SemaphoreOperation(USERS, -1, true)};
    private static final SemaphoreOperation[] GIVE_AND_LEAVE = {GIVE[0], LEAVE[0]};

    private final Kernel kernel;
    private final ProcFiles proc;
    private final Names names;

    Semaphores(Kernel kernel, ProcFiles proc, Names names) {
        this.kernel = kernel;
        this.proc = proc;
        this.names = names;
    }

    /// How much of the time is left.
    private record Deadline(long nanos) {
        static Deadline in(Duration limit) {
            long longest = Long.MAX_VALUE / 2;
            boolean forEver = limit.compareTo(Duration.ofNanos(longest)) >= 0;
            return new Deadline(System.nanoTime() + (forEver ? longest : limit.toNanos()));
        }

        Duration slice() {
            long left = nanos - System.nanoTime();
            return Duration.ofNanos(Math.clamp(left, 0, SLICE.toNanos()));
        }
    }

    Optional<HeldLock> hold(SegmentKey key, Duration limit) throws ShmException {
        if (key.equals(SegmentKey.PRIVATE)) {
            throw new Refused(Call.FIND_SEMAPHORE, Errno.ENOENT).during(attempt(key));
        }
        Deadline deadline = Deadline.in(limit);
        try {
            for (int tries = 1; ; tries++) {
                int semid = set(key);
                try {
                    return hold(key, semid, deadline);
                } catch (Refused refused) {
                    if (!isGone(refused) || tries == TRIES) {
                        throw refused;
                    }
                }
            }
        } catch (Refused refused) {
            throw refused.during(attempt(key));
        }
    }

    private Optional<HeldLock> hold(SegmentKey key, int semid, Deadline deadline) throws Refused {
        if (!operate(semid, deadline, JOIN)) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            try {
                freeIfFirst(semid);
            } finally {
                now(semid, END_JOINING);
            }
            held = operate(semid, deadline, TAKE);
        } finally {
            if (!held) {
                now(semid, LEAVE);
            }
        }
        return held ? Optional.of(new Held(key, semid)) : Optional.empty();
    }

    /// A positive value with no user beside us is what the last ones left behind: free already, and
    /// perhaps for more than one at a time.
    private void freeIfFirst(int semid) throws Refused {
        if (kernel.semaphoreValue(semid, USERS) == 1 && kernel.semaphoreValue(semid, LOCK) == 0) {
            kernel.setSemaphore(semid, LOCK, 1);
        }
    }

    /// Waits in slices. Out of time or interrupted: false.
    private boolean operate(int semid, Deadline deadline, SemaphoreOperation[] operations)
            throws Refused {
        while (true) {
            Duration slice = deadline.slice();
            if (kernel.operate(semid, slice, operations)) {
                return true;
            }
            if (slice.isZero() || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
    }

    /// Does what never has to wait, and is pointless once the set is gone.
    private void now(int semid, SemaphoreOperation[] operations) throws Refused {
        try {
            while (!kernel.operate(semid, SLICE, operations)) {
                SemaphoreOperation first = operations[0];
                if (first.add() < 0 && kernel.semaphoreValue(semid, first.semaphore()) == 0) {
                    // Someone reset the set; there is nothing left to take back.
                    return;
                }
            }
        } catch (Refused refused) {
            if (!isGone(refused)) {
                throw refused;
            }
        }
    }

    /// The set with this key; made where there is none.
    private int set(SegmentKey key) throws Refused {
        for (int tries = 1; ; tries++) {
            try {
                return kernel.findSemaphores(key.value(), SET_SIZE);
            } catch (Refused missing) {
                if (!missing.is(Errno.ENOENT)) {
                    throw missing;
                }
            }
            try {
                return kernel.createSemaphores(key.value(), SET_SIZE, MODE);
            } catch (Refused raced) {
                if (!raced.is(Errno.EEXIST) || tries == TRIES) {
                    throw raced;
                }
            }
        }
    }

    private static boolean isGone(Refused refused) {
        return refused.is(Errno.EIDRM) || refused.is(Errno.EINVAL);
    }

    Optional<LockFacts> facts(SegmentKey key) throws ShmException {
        if (key.equals(SegmentKey.PRIVATE)) {
            return Optional.empty();
        }
        try {
            int semid = kernel.findSemaphores(key.value(), 0);
            int lastPid = kernel.semaphoreLastPid(semid, LOCK);
            return Optional.of(
                    new LockFacts(
                            key,
                            semid,
                            isPhp(key) && kernel.semaphoreValue(semid, USERS) > 0,
                            kernel.semaphoreValue(semid, LOCK),
                            kernel.semaphoreWaiters(semid, LOCK),
                            lastPid,
                            command(lastPid)));
        } catch (Refused refused) {
            if (refused.is(Errno.ENOENT) || isGone(refused)) {
                return Optional.empty();
            }
            throw refused.during(attempt(key));
        }
    }

    /// Numbers of processes are given out anew: the name is that of whoever has the number now.
    private @Nullable String command(int pid) {
        return pid <= 0 ? null : proc.status(pid).map(one -> proc.command(pid, one)).orElse(null);
    }

    /// Whether the set is large enough to be one of PHP's.
    private boolean isPhp(SegmentKey key) throws Refused {
        try {
            kernel.findSemaphores(key.value(), SET_SIZE);
            return true;
        } catch (Refused refused) {
            if (refused.is(Errno.EINVAL)) {
                return false;
            }
            throw refused;
        }
    }

    /// Removes the set with this key, if there is one.
    void remove(SegmentKey key) throws ShmException {
        if (key.equals(SegmentKey.PRIVATE)) {
            return;
        }
        try {
            kernel.removeSemaphores(kernel.findSemaphores(key.value(), 0));
        } catch (Refused refused) {
            if (!refused.is(Errno.ENOENT) && !isGone(refused)) {
                throw refused.during(
                        new Attempt(subject(key), "remove the semaphore", () -> ownership(key)));
            }
        }
    }

    private Attempt attempt(SegmentKey key) {
        return new Attempt(subject(key), "take the semaphore", () -> ownership(key))
                .limitedBy(() -> "the host's limits for semaphores (kernel.sem) are reached");
    }

    static String subject(SegmentKey key) {
        return "sem:0x%x".formatted(key.value());
    }

    /// From the kernel's table, which everybody may read.
    private String ownership(SegmentKey key) {
        List<String> table = proc.lines("sysvipc/sem").orElse(List.of());
        for (String line : table) {
            // key semid perms nsems uid gid cuid cgid otime ctime
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length >= 5 && columns[0].equals(Integer.toString(key.value()))) {
                return "mode is %s, owner %s; otherwise it takes CAP_IPC_OWNER"
                        .formatted(
                                "%04o".formatted(Integer.parseInt(columns[2], 8) & 0777),
                                names.user(Integer.parseUnsignedInt(columns[4])).name());
            }
        }
        return "its mode does not allow it";
    }

    /// A lock that is held until it is closed.
    private final class Held implements HeldLock {
        private final SegmentKey key;
        private final int semid;
        private final AtomicBoolean released = new AtomicBoolean();

        Held(SegmentKey key, int semid) {
            this.key = key;
            this.semid = semid;
        }

        @Override
        public SegmentKey key() {
            return key;
        }

        @Override
        public void close() {
            if (!released.compareAndSet(false, true)) {
                return;
            }
            try {
                if (!kernel.operate(semid, Duration.ZERO, GIVE_AND_LEAVE)) {
                    // Someone reset the number of users under us.
                    now(semid, GIVE);
                }
            } catch (Refused refused) {
                if (!isGone(refused)) {
                    LOG.log(Level.WARNING, "could not release " + subject(key), refused);
                }
            }
        }
    }
}
