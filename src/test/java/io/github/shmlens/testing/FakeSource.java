package io.github.shmlens.testing;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.Intent;
import io.github.shmlens.source.KeySearch;
import io.github.shmlens.source.Resolution;
import io.github.shmlens.source.SegmentSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A host of segments in memory, for tests without a kernel. Keeps the rules that callers see: a
/// removed System V segment lives on, without its key, until the last detach; one made anew with
/// the same key has another id; an unreadable one refuses.
///
/// Paths are not looked at: an ftok or inode target resolves to the key that [#key(Target,
/// SegmentKey)] gave it. Safe on any thread.
public final class FakeSource implements SegmentSource {

    /// The process that tests run as.
    public static final int OUR_PID = 4711;

    private static final Principal OWNER = new Principal(1000, "ada");
    private static final Principal ROOT = new Principal(0, "root");
    private static final Principal GROUP = new Principal(1000, "users");

    private static final class Held {
        private final SegmentId id;
        private final FakeMemory memory;
        private SegmentKey key;
        private Mode mode;
        private Rights rights = new Rights(true, true, true);
        private Principal owner = OWNER;
        private Principal group = GROUP;
        private boolean lockedInMemory;
        private boolean removed;
        private int ours;
        private int hidden;
        private final List<Attachment> others = new ArrayList<>();

        private Held(SegmentId id, FakeMemory memory, SegmentKey key, Mode mode) {
            this.id = id;
            this.memory = memory;
            this.key = key;
            this.mode = mode;
        }
    }

    private final Map<SegmentId, Held> held = new LinkedHashMap<>();
    private final Map<Target, SegmentKey> keys = new HashMap<>();
    private final Map<SegmentKey, Integer> lockHolders = new HashMap<>();
    private final Set<SegmentKey> locks = new HashSet<>();
    private final Map<SegmentKey, LinkedHashMap<Target, Optional<String>>> files = new HashMap<>();
    private Principal self = OWNER;
    private HostFacts host = new HostFacts(1L << 40, 1L << 30, 4096, 0);
    private @Nullable ObjectSpace objectSpace;
    private List<IpcNamespace> namespaces = List.of();
    private final Map<Integer, ProcessFacts> processes = new HashMap<>();
    private final Map<Integer, List<CodeFile>> codeFiles = new HashMap<>();
    private boolean makerDead;
    private @Nullable ShmFailure listingFails;
    private int nextId;
    private long listings;

    /// Makes a System V segment and returns its id.
    public synchronized SegmentId.Sysv add(SegmentKey key, long size) {
        SegmentId.Sysv id = new SegmentId.Sysv(nextId++);
        held.put(id, new Held(id, new FakeMemory(size), key, Mode.DEFAULT));
        return id;
    }

    /// Makes a POSIX object.
    ///
    /// @param name with its slash
    public synchronized SegmentId.Posix addObject(String name, long size) {
        SegmentId.Posix id = new SegmentId.Posix(name);
        held.put(id, new Held(id, new FakeMemory(size), SegmentKey.PRIVATE, Mode.DEFAULT));
        return id;
    }

    /// The bytes of a segment, also of a removed one that somebody is still attached to.
    public synchronized FakeMemory memory(SegmentId id) {
        return known(id).memory;
    }

    /// What we may do with a segment from now on.
    public synchronized void allow(SegmentId id, Mode mode, Rights rights) {
        known(id).mode = mode;
        known(id).rights = rights;
    }

    /// Another process attaches, read-write.
    public synchronized void othersAttach(SegmentId id, int pid, String command) {
        Held one = known(id);
        one.others.add(
                new Attachment(
                        pid, command, "www-data", 0x7f00_0000_0000L, size(one), true, false));
    }

    /// Another process attaches that does not let us see what it maps.
    public synchronized void hiddenAttach(SegmentId id) {
        known(id).hidden++;
    }

    /// A process lets go; a removed segment that nobody holds any more is gone.
    public synchronized void othersDetach(SegmentId id, int pid) {
        Held one = known(id);
        one.others.removeIf(attached -> attached.pid() == pid);
        dropIfUnheld(one);
    }

    /// What a target with a path stands for.
    public synchronized void key(Target target, SegmentKey key) {
        keys.put(target, key);
    }

    public synchronized void host(HostFacts facts) {
        host = facts;
    }

    /// Every listing fails from now on; null: no more.
    public synchronized void failListings(@Nullable ShmFailure failure) {
        listingFails = failure;
    }

    /// How often segments were listed.
    public synchronized long listings() {
        return listings;
    }

    /// Another process takes a semaphore; until it gives it back nobody else gets it.
    public synchronized void othersLock(SegmentKey semaphore, int pid) {
        locks.add(semaphore);
        lockHolders.put(semaphore, pid);
    }

    public synchronized void othersUnlock(SegmentKey semaphore) {
        lockHolders.remove(semaphore);
        notifyAll();
    }

    @Override
    public synchronized List<SegmentFacts> segments() throws ShmException {
        listings++;
        refuseListing();
        return held.values().stream()
                .filter(one -> one.id instanceof SegmentId.Sysv)
                .map(this::factsOf)
                .toList();
    }

    @Override
    public synchronized List<SegmentFacts> objects() throws ShmException {
        refuseListing();
        return held.values().stream()
                .filter(one -> one.id instanceof SegmentId.Posix && !one.removed)
                .map(this::factsOf)
                .sorted((one, other) -> one.id().text().compareTo(other.id().text()))
                .toList();
    }

    @Override
    public synchronized Resolution resolve(Target target) throws ShmException, BadInput {
        return switch (target) {
            case Target.Key byKey -> byKey(target, byKey.key());
            case Target.Ftok ftok -> byKey(target, keyOf(ftok, ftok.path().toString()));
            case Target.Inode inode -> byKey(target, keyOf(inode, inode.path().toString()));
            case Target.Id id -> byId(target, new SegmentId.Sysv(id.shmid()));
            case Target.Posix posix -> byId(target, new SegmentId.Posix(posix.name()));
            case Target.File file -> byId(target, new SegmentId.File(file.path()));
        };
    }

    @Override
    public synchronized SegmentFacts facts(SegmentId id) throws ShmException {
        return factsOf(find(id));
    }

    @Override
    public synchronized Rights rights(SegmentFacts facts) {
        Held one = held.get(facts.id());
        return one == null ? new Rights(false, false, false) : one.rights;
    }

    @Override
    public synchronized void check(SegmentId id, Intent intent) throws ShmException {
        Held one = find(id);
        switch (intent) {
            case Intent.Attach(Access access) -> refuseUnlessOpen(one, access);
            case Intent.Remove _ -> refuseUnlessOwned(one, "remove");
            case Intent.Change _ -> refuseUnlessOwned(one, "change owner or mode");
            case Intent.LockInMemory _ -> refuseUnlessOwned(one, "lock in memory");
        }
    }

    @Override
    public synchronized Attachments attachments(SegmentId id) throws ShmException {
        Held one = find(id);
        List<Attachment> seen = new ArrayList<>(one.others);
        for (int i = 0; i < one.ours; i++) {
            seen.add(
                    new Attachment(
                            OUR_PID, "java", "ada", 0x7e00_0000_0000L, size(one), true, true));
        }
        return new Attachments(seen, one.hidden);
    }

    @Override
    public synchronized AttachedSegment attach(SegmentId id, Access access) throws ShmException {
        Held one = find(id);
        refuseUnlessOpen(one, access);
        SegmentFacts before = factsOf(one);
        one.ours++;
        return new FakeAttachment(one.memory, before, access, () -> detached(one));
    }

    @Override
    public synchronized Created create(Target target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput {
        Resolution resolution = resolve(target);
        if (resolution.id() != null) {
            if (orOpen) {
                return new Created(resolution.id(), false);
            }
            throw new ShmException(new ShmFailure.AlreadyExists(target.text(), "EEXIST"));
        }
        if (sizeBytes < 1 || Long.compareUnsigned(sizeBytes, host.shmmax()) > 0) {
            String limit = "the size must lie between 1 and " + host.shmmax();
            throw new ShmException(new ShmFailure.LimitReached(target.text(), limit, "EINVAL"));
        }
        SegmentId id;
        if (target instanceof Target.Posix posix) {
            id = addObject(posix.name(), sizeBytes);
        } else if (resolution.key() != null) {
            id = add(resolution.key(), sizeBytes);
        } else {
            throw new BadInput("\"%s\" names an id; a new segment gets its own".formatted(target));
        }
        // We own what we make, and are not root.
        boolean read = (mode.bits() & 0400) != 0;
        boolean write = read && (mode.bits() & 0200) != 0;
        allow(id, mode, new Rights(read, write, true));
        return new Created(id, true);
    }

    @Override
    public synchronized void remove(SegmentId id) throws ShmException {
        Held one = find(id);
        refuseUnlessOwned(one, "remove");
        one.removed = true;
        one.key = SegmentKey.PRIVATE;
        dropIfUnheld(one);
    }

    @Override
    public synchronized void change(SegmentId id, Ownership next) throws ShmException {
        Held one = find(id);
        refuseUnlessOwned(one, "change owner or mode");
        one.owner = next.owner();
        one.group = next.group();
        one.mode = next.mode();
    }

    @Override
    public synchronized void lockInMemory(SegmentId.Sysv id, boolean locked) throws ShmException {
        Held one = find(id);
        refuseUnlessOwned(one, "lock in memory");
        one.lockedInMemory = locked;
    }

    private static void refuseUnlessOpen(Held one, Access access) throws ShmException {
        boolean mayNot = access == Access.READ_WRITE && !one.rights.write();
        if (!one.rights.read() || mayNot) {
            String action = access == Access.READ_WRITE ? "attach read-write" : "attach read-only";
            String need = "mode is %s, owner %s".formatted(one.mode.octal(), OWNER.name());
            throw new ShmException(
                    new ShmFailure.AccessDenied(one.id.text(), action, need, "EACCES"));
        }
    }

    private static void refuseUnlessOwned(Held one, String action) throws ShmException {
        if (!one.rights.remove()) {
            String need = "only the owner %s or the creator may".formatted(OWNER.name());
            throw new ShmException(
                    new ShmFailure.AccessDenied(one.id.text(), action, need, "EPERM"));
        }
    }

    @Override
    public Principal user(String text) throws BadInput {
        return named("user", text, List.of(OWNER, ROOT));
    }

    @Override
    public Principal group(String text) throws BadInput {
        return named("group", text, List.of(GROUP, ROOT));
    }

    private static Principal named(String what, String text, List<Principal> known)
            throws BadInput {
        for (Principal one : known) {
            if (text.equals(one.name()) || text.equals(Integer.toString(one.id()))) {
                return one;
            }
        }
        throw new BadInput("this host has no %s \"%s\"".formatted(what, text));
    }

    @Override
    public Optional<HeldLock> hold(SegmentKey semaphore, Duration limit) throws ShmException {
        long until = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            locks.add(semaphore);
            while (lockHolders.containsKey(semaphore)) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                try {
                    wait(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
            lockHolders.put(semaphore, OUR_PID);
        }
        return Optional.of(new Taken(semaphore));
    }

    @Override
    public synchronized Optional<LockFacts> lock(SegmentKey semaphore) throws ShmException {
        if (!locks.contains(semaphore)) {
            return Optional.empty();
        }
        int holder = lockHolders.getOrDefault(semaphore, 0);
        return Optional.of(new LockFacts(semaphore, 0, true, holder == 0 ? 1 : 0, 0, holder));
    }

    @Override
    public synchronized void removeLock(SegmentKey semaphore) throws ShmException {
        locks.remove(semaphore);
        lockHolders.remove(semaphore);
        notifyAll();
    }

    @Override
    public String era() {
        return "boot fake ipc:[1]";
    }

    @Override
    public synchronized HostFacts host() throws ShmException {
        return host;
    }

    @Override
    public synchronized SystemFacts system() throws ShmException {
        return new SystemFacts(host, AttachedSegment.PAGE_BYTES, objectSpace, namespaces, 0);
    }

    /// How full the place of POSIX objects is; null: there is none.
    public synchronized void objectSpace(@Nullable ObjectSpace space) {
        objectSpace = space;
    }

    /// The IPC namespaces of the host.
    public synchronized void namespaces(IpcNamespace... all) {
        namespaces = List.of(all);
    }

    @Override
    public synchronized Optional<ProcessFacts> process(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    @Override
    public synchronized List<CodeFile> codeFiles(int pid) throws ShmException {
        List<CodeFile> files = codeFiles.get(pid);
        if (files == null) {
            throw new ShmException(new ShmFailure.NotFound("process " + pid, "ESRCH"));
        }
        return files;
    }

    /// What a process runs.
    public synchronized void codeFiles(int pid, List<CodeFile> files) {
        codeFiles.put(pid, List.copyOf(files));
    }

    /// A process that can be looked at.
    public synchronized void process(ProcessFacts facts) {
        processes.put(facts.pid(), facts);
    }

    /// Whether the process that made the segments has ended: those that nobody holds are orphans
    /// then.
    public synchronized void makerIsDead(boolean dead) {
        makerDead = dead;
    }

    /// Who we are from now on; the owner of everything otherwise.
    public synchronized void actAs(Principal user) {
        self = user;
    }

    /// A file that gives a key, for the search for such files.
    ///
    /// @param whose the process that uses it, or null
    public synchronized void fileWithKey(SegmentKey key, Target target, @Nullable String whose) {
        files.computeIfAbsent(key, _ -> new LinkedHashMap<>())
                .put(target, Optional.ofNullable(whose));
    }

    @Override
    public synchronized Principal self() {
        return self;
    }

    @Override
    public KeySearch.Outcome filesWithKey(SegmentKey key, Path under, KeySearch.Listener listener) {
        Map<Target, Optional<String>> hits;
        synchronized (this) {
            hits = new LinkedHashMap<>(files.getOrDefault(key, new LinkedHashMap<>()));
        }
        hits.forEach((target, whose) -> listener.found(target, whose.orElse(null)));
        boolean whole = listener.goOn(131_072);
        return new KeySearch.Outcome(131_072, 65_536, 0, whole);
    }

    private final class Taken implements HeldLock {
        private final SegmentKey key;
        private boolean released;

        private Taken(SegmentKey key) {
            this.key = key;
        }

        @Override
        public SegmentKey key() {
            return key;
        }

        @Override
        public void close() {
            synchronized (FakeSource.this) {
                if (!released) {
                    released = true;
                    lockHolders.remove(key);
                    FakeSource.this.notifyAll();
                }
            }
        }
    }

    private synchronized void detached(Held one) {
        one.ours--;
        dropIfUnheld(one);
    }

    private void dropIfUnheld(Held one) {
        if (one.removed && attaches(one) == 0) {
            held.remove(one.id, one);
        }
    }

    private Held known(SegmentId id) {
        Held one = held.get(id);
        if (one == null) {
            throw new IllegalArgumentException("no segment " + id.text());
        }
        return one;
    }

    private Held find(SegmentId id) throws ShmException {
        Held one = held.get(id);
        boolean unlinked = one != null && one.removed && id instanceof SegmentId.Posix;
        if (one == null || unlinked) {
            throw new ShmException(new ShmFailure.Gone(id.text(), "EINVAL"));
        }
        return one;
    }

    private void refuseListing() throws ShmException {
        if (listingFails != null) {
            throw new ShmException(listingFails);
        }
    }

    private SegmentKey keyOf(Target target, String path) throws BadInput {
        SegmentKey key = keys.get(target);
        if (key == null) {
            throw new BadInput("there is no file \"%s\"".formatted(path));
        }
        return key;
    }

    private Resolution byKey(Target target, SegmentKey key) {
        for (Held one : held.values()) {
            boolean named = one.id instanceof SegmentId.Sysv && !one.removed;
            if (named && !key.equals(SegmentKey.PRIVATE) && one.key.equals(key)) {
                return new Resolution(target, key, one.id);
            }
        }
        return new Resolution(target, key, null);
    }

    private Resolution byId(Target target, SegmentId id) {
        Held one = held.get(id);
        boolean there = one != null && !(one.removed && id instanceof SegmentId.Posix);
        return new Resolution(target, null, there ? id : null);
    }

    private static int attaches(Held one) {
        return one.ours + one.hidden + one.others.size();
    }

    private static long size(Held one) {
        return one.memory.size();
    }

    private SegmentFacts factsOf(Held one) {
        boolean sysv = one.id instanceof SegmentId.Sysv;
        Set<SegmentStatus> status = EnumSet.noneOf(SegmentStatus.class);
        if (one.removed) {
            status.add(SegmentStatus.DEST);
        }
        if (one.lockedInMemory) {
            status.add(SegmentStatus.LOCKED);
        }
        if (sysv && makerDead && attaches(one) == 0) {
            status.add(SegmentStatus.ORPHAN);
        }
        return new SegmentFacts(
                one.id,
                sysv ? one.key : null,
                one.memory.size(),
                (long) one.memory.committedPages() * AttachedSegment.PAGE_BYTES
                        - one.memory.swappedBytes(),
                one.memory.swappedBytes(),
                one.owner,
                one.group,
                OWNER,
                one.mode,
                status,
                sysv ? attaches(one) : -1,
                sysv ? 100 : 0,
                sysv ? 100 : 0,
                null,
                null,
                Instant.EPOCH);
    }
}
