package io.github.shmlens.sysv;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.AccessDenied;
import io.github.shmlens.segment.ShmFailure.Gone;
import io.github.shmlens.segment.ShmFailure.LimitReached;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/// The shared memory of this host: System V segments of our IPC namespace, POSIX objects below
/// /dev/shm, and files. Safe on any thread.
public final class HostSegments implements SegmentSource {

    /// A process's start and a segment's birth are both known to a second or so.
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

    /// How often a find-or-create starts over when others create and remove in between.
    private static final int TRIES = 10;

    private static final long HUGE_PAGE_BYTES = 2L << 20;

    private final Kernel kernel;
    private final ProcFiles proc;
    private final Names names;
    private final SegmentTable table;
    private final ObjectDirectory objects;
    private final Holders holders;
    private final Semaphores semaphores;
    private final Namespaces namespaces;
    private final Processes processes;
    private final WhoMay whoMay;

    public HostSegments() {
        this(new Kernel(), Path.of("/proc"), Path.of("/dev/shm"));
    }

    HostSegments(Kernel kernel, Path procRoot, Path objectRoot) {
        this.kernel = kernel;
        this.proc = new ProcFiles(procRoot);
        this.names = new Names(kernel);
        this.table = new SegmentTable(kernel, proc);
        this.objects = new ObjectDirectory(kernel, objectRoot);
        this.holders = new Holders(proc, names);
        this.semaphores = new Semaphores(kernel, proc, names);
        this.namespaces = new Namespaces(proc);
        this.processes = new Processes(proc, names);
        this.whoMay = new WhoMay(this::facts, proc::lockableMemory);
    }

    // Facts

    @Override
    public List<SegmentFacts> segments() throws ShmException {
        List<SegmentFacts> all = new ArrayList<>();
        for (SegmentRow row : table.rows()) {
            all.add(facts(row));
        }
        return List.copyOf(all);
    }

    @Override
    public List<SegmentFacts> objects() throws ShmException {
        List<SegmentFacts> all = new ArrayList<>();
        for (Map.Entry<String, FileNode> one : objects.objects().entrySet()) {
            all.add(facts(new SegmentId.Posix(one.getKey()), one.getValue()));
        }
        return List.copyOf(all);
    }

    @Override
    public SegmentFacts facts(SegmentId id) throws ShmException {
        return switch (id) {
            case SegmentId.Sysv sysv -> facts(row(sysv));
            case SegmentId.Posix posix -> facts(posix, node(posix));
            case SegmentId.File file -> facts(file, node(file));
        };
    }

    @Override
    public String identity(SegmentId id) throws ShmException {
        return switch (id) {
            case SegmentId.Sysv sysv -> facts(sysv).identity();
            case SegmentId.Posix posix -> node(posix).identity(posix);
            case SegmentId.File file -> node(file).identity(file);
        };
    }

    private SegmentRow row(SegmentId.Sysv id) throws ShmException {
        return table.row(id.shmid())
                .orElseThrow(() -> new ShmException(new Gone(id.text(), Errno.EINVAL.name())));
    }

    private FileNode node(SegmentId.Posix id) throws ShmException {
        try {
            return objects.node(id.name());
        } catch (Refused refused) {
            throw refused.during(new Attempt(id.text(), "look at"));
        }
    }

    private FileNode node(SegmentId.File id) throws ShmException {
        try {
            return kernel.node(id.path().toString(), true);
        } catch (Refused refused) {
            throw refused.during(
                    new Attempt(
                            id.text(), "look at", () -> "a directory above it is closed to us"));
        }
    }

    private SegmentFacts facts(SegmentRow row) {
        Set<SegmentStatus> status = EnumSet.noneOf(SegmentStatus.class);
        if ((row.perms() & SegmentRow.SHM_DEST) != 0) {
            status.add(SegmentStatus.DEST);
        }
        if ((row.perms() & SegmentRow.SHM_LOCKED) != 0) {
            status.add(SegmentStatus.LOCKED);
        }
        if (row.nattch() == 0 && creatorIsDead(row)) {
            status.add(SegmentStatus.ORPHAN);
        }
        return new SegmentFacts(
                new SegmentId.Sysv(row.shmid()),
                new SegmentKey(row.key()),
                row.sizeBytes(),
                plausibleRss(row),
                row.swapBytes(),
                names.user(row.uid()),
                names.group(row.gid()),
                names.user(row.cuid()),
                new Mode(row.perms()),
                status,
                row.nattch(),
                row.cpid(),
                row.lpid(),
                time(row.atime()),
                time(row.dtime()),
                time(row.ctime()));
    }

    /// The kernel miscounts segments of huge pages, by far.
    private static long plausibleRss(SegmentRow row) {
        return row.rssBytes() - HUGE_PAGE_BYTES > row.sizeBytes() ? -1 : row.rssBytes();
    }

    private static @Nullable Instant time(long seconds) {
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }

    /// A creator from another PID namespace is not visible from here (0) and may well live. A
    /// process that began after the segment was there has only inherited the number.
    private boolean creatorIsDead(SegmentRow row) {
        if (row.cpid() == 0) {
            return false;
        }
        if (!kernel.runs(row.cpid())) {
            return true;
        }
        Instant bornBefore = Instant.ofEpochSecond(row.ctime()).plus(CLOCK_GRAIN);
        return ProcessHandle.of(row.cpid())
                .flatMap(process -> process.info().startInstant())
                .filter(start -> start.isAfter(bornBefore))
                .isPresent();
    }

    private SegmentFacts facts(SegmentId id, FileNode node) {
        Principal owner = names.user(node.uid());
        return new SegmentFacts(
                id,
                null,
                node.sizeBytes(),
                node.allocatedBytes(),
                -1,
                owner,
                names.group(node.gid()),
                owner,
                new Mode(node.mode()),
                Set.of(),
                -1,
                0,
                0,
                null,
                null,
                node.modified());
    }

    @Override
    public Rights rights(SegmentFacts facts) {
        try {
            Credentials who = proc.credentials();
            return switch (facts.id()) {
                case SegmentId.Sysv sysv -> Permissions.segment(owners(sysv), who);
                case SegmentId.Posix posix ->
                        Permissions.file(node(posix), objects.directory(), who);
                case SegmentId.File file ->
                        withoutRemoval(Permissions.file(node(file), node(file), who));
            };
        } catch (ShmException | Refused gone) {
            // What is no longer there allows nothing.
            return new Rights(false, false, false);
        }
    }

    @Override
    public void check(SegmentId id, Intent intent) throws ShmException {
        Credentials who = proc.credentials();
        try {
            switch (id) {
                case SegmentId.Sysv sysv ->
                        Permissions.check(owners(sysv), intent, who, proc.lockableBytes());
                case SegmentId.Posix posix ->
                        Permissions.check(node(posix), objects.directory(), intent, who);
                case SegmentId.File file -> {
                    switch (intent) {
                        case Intent.Remove _ -> throw neverRemoved(file);
                        case Intent.Change _ -> throw neverChanged(file);
                        case Intent.Attach _, Intent.LockInMemory _ ->
                                Permissions.check(node(file), node(file), intent, who);
                    }
                }
            }
        } catch (Refused refused) {
            throw refused.during(whoMay.attempt(id, intent));
        }
    }

    private static ShmException neverRemoved(SegmentId.File file) {
        return new ShmException(
                new AccessDenied(
                        file.text(),
                        "remove",
                        "files are never deleted from here; use rm",
                        Errno.EPERM.name()));
    }

    private static ShmException neverChanged(SegmentId.File file) {
        return new ShmException(
                new AccessDenied(
                        file.text(),
                        "change owner or mode",
                        "files are not changed from here; use chown and chmod",
                        Errno.EPERM.name()));
    }

    /// A row without memory in use. Asked for by id, which spares reading the whole table for each
    /// of many.
    private SegmentRow owners(SegmentId.Sysv id) throws ShmException {
        Optional<SegmentRow> asked =
                kernel.segmentAt(id.shmid()).filter(row -> row.shmid() == id.shmid());
        return asked.isPresent() ? asked.get() : row(id);
    }

    /// Files are never deleted from here.
    private static Rights withoutRemoval(Rights rights) {
        return new Rights(rights.read(), rights.write(), false);
    }

    @Override
    public Attachments attachments(SegmentId id) throws ShmException {
        return switch (id) {
            case SegmentId.Sysv sysv -> {
                row(sysv);
                yield holders.ofSegment(sysv.shmid());
            }
            case SegmentId.Posix posix -> {
                FileNode node = node(posix);
                try {
                    yield holders.ofFile(node, objects.path(posix.name()));
                } catch (Refused refused) {
                    throw refused.during(new Attempt(id.text(), "look at"));
                }
            }
            case SegmentId.File file -> holders.ofFile(node(file), file.path().toString());
        };
    }

    @Override
    public HostFacts host() throws ShmException {
        return limits(namespaces.others());
    }

    private HostFacts limits(int otherNamespaces) throws ShmException {
        return new HostFacts(
                proc.number("sys/kernel/shmmax"),
                proc.number("sys/kernel/shmall"),
                proc.number("sys/kernel/shmmni"),
                otherNamespaces);
    }

    @Override
    public SystemFacts system() throws ShmException {
        Namespaces.Found found = namespaces.find();
        long others = found.all().stream().filter(one -> !one.own()).count();
        return new SystemFacts(
                limits(Math.toIntExact(others)),
                kernel.pageBytes(),
                objects.space(),
                found.all(),
                found.hidden());
    }

    @Override
    public Optional<ProcessFacts> process(int pid) {
        return processes.look(pid, this::objectShownBy);
    }

    @Override
    public List<CodeFile> codeFiles(int pid) throws ShmException {
        return new CodeFiles(proc, names).of(pid);
    }

    /// A process in another mount namespace may have another object under the same name.
    private @Nullable SegmentId objectShownBy(String name, Mapping mapping) {
        try {
            return mapping.shows(objects.node(name), objects.path(name))
                    ? new SegmentId.Posix(name)
                    : null;
        } catch (Refused goneOrAnother) {
            return null;
        }
    }

    @Override
    public String era() {
        String boot =
                proc.lines("sys/kernel/random/boot_id")
                        .map(lines -> String.join("", lines).strip())
                        .orElse("unknown");
        return "boot %s %s".formatted(boot, proc.ownIpcNamespace().orElse("ipc:unknown"));
    }

    // Targets

    @Override
    public Resolution resolve(Target target) throws ShmException, BadInput {
        return switch (target) {
            case Target.Key key -> byKey(target, key.key());
            case Target.Ftok ftok ->
                    byKey(target, new SegmentKey(fileOf(ftok.path()).ftok(ftok.project())));
            case Target.Inode inode ->
                    byKey(target, new SegmentKey((int) fileOf(inode.path()).inode()));
            case Target.Id id ->
                    new Resolution(
                            target,
                            null,
                            table.row(id.shmid()).isPresent()
                                    ? new SegmentId.Sysv(id.shmid())
                                    : null);
            case Target.Posix posix ->
                    new Resolution(target, null, existing(new SegmentId.Posix(posix.name())));
            case Target.File file -> new Resolution(target, null, existingFile(file.path()));
        };
    }

    /// The file that a key is made of.
    private FileNode fileOf(Path path) throws BadInput, ShmException {
        try {
            return kernel.node(path.toString(), true);
        } catch (Refused refused) {
            if (refused.is(Errno.ENOENT) || refused.is(Errno.ENOTDIR)) {
                throw new BadInput(
                        "the file \"%s\" that the key is made of is not there".formatted(path));
            }
            throw refused.during(
                    new Attempt(
                            path.toString(),
                            "look at",
                            () -> "a directory above it is closed to us"));
        }
    }

    private Resolution byKey(Target target, SegmentKey key) throws ShmException {
        OptionalInt shmid = find(target, key);
        return new Resolution(
                target, key, shmid.isPresent() ? new SegmentId.Sysv(shmid.getAsInt()) : null);
    }

    /// Asks the kernel for nothing but the id. Key 0 would make a new segment each time.
    private OptionalInt find(Target target, SegmentKey key) throws ShmException {
        if (key.equals(SegmentKey.PRIVATE)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(kernel.findSegment(key.value()));
        } catch (Refused refused) {
            if (refused.is(Errno.ENOENT)) {
                return OptionalInt.empty();
            }
            throw refused.during(new Attempt(target.text(), "find"));
        }
    }

    private @Nullable SegmentId existing(SegmentId.Posix id) throws ShmException {
        try {
            objects.node(id.name());
            return id;
        } catch (Refused refused) {
            if (refused.is(Errno.ENOENT)) {
                return null;
            }
            throw refused.during(new Attempt(id.text(), "find"));
        }
    }

    private @Nullable SegmentId existingFile(Path path) throws ShmException, BadInput {
        SegmentId.File id = new SegmentId.File(path.toAbsolutePath());
        try {
            if (!kernel.node(id.path().toString(), true).regular()) {
                throw new BadInput("\"%s\" is no regular file".formatted(path));
            }
            return id;
        } catch (Refused refused) {
            if (refused.is(Errno.ENOENT) || refused.is(Errno.ENOTDIR)) {
                return null;
            }
            throw refused.during(
                    new Attempt(id.text(), "find", () -> "a directory above it is closed to us"));
        }
    }

    // Attaching

    @Override
    public AttachedSegment attach(SegmentId id, Access access) throws ShmException {
        try {
            return switch (id) {
                case SegmentId.Sysv sysv ->
                        MappedSegment.attach(kernel, sysv, facts(sysv), access, this::swapBytes);
                case SegmentId.Posix posix ->
                        open(posix, objects.path(posix.name()), false, access);
                case SegmentId.File file -> open(file, file.path().toString(), true, access);
            };
        } catch (Refused refused) {
            throw refused.during(whoMay.attempt(id, new Intent.Attach(access)));
        }
    }

    private long swapBytes(SegmentId id) throws ShmException {
        return facts(id).swapBytes();
    }

    /// Opening tells nobody and changes nothing, so the facts come from the very file that is open.
    private AttachedSegment open(SegmentId id, String path, boolean follow, Access access)
            throws ShmException, Refused {
        int descriptor = kernel.open(path, access == Access.READ_ONLY, follow);
        try {
            FileNode node = kernel.node(descriptor);
            if (!node.regular()) {
                throw new Refused(Call.OPEN, Errno.ENOENT);
            }
            return new OpenedObject(
                    kernel,
                    holders,
                    id,
                    facts(id, node),
                    access,
                    descriptor,
                    new OpenedObject.Name(path, follow));
        } catch (Refused | RuntimeException failed) {
            kernel.close(descriptor);
            throw failed;
        }
    }

    // Making and removing

    @Override
    public Created create(Target target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput {
        return switch (target) {
            case Target.Key key -> create(target, key.key(), sizeBytes, mode, orOpen);
            case Target.Ftok _, Target.Inode _ -> {
                SegmentKey key = resolve(target).key();
                yield create(
                        target, key == null ? SegmentKey.PRIVATE : key, sizeBytes, mode, orOpen);
            }
            case Target.Posix posix -> create(posix, sizeBytes, mode, orOpen);
            case Target.Id id ->
                    throw new BadInput(
                            "%s cannot be created: the kernel gives out ids, choose a key"
                                    .formatted(id.text()));
            case Target.File file ->
                    throw new BadInput(
                            "%s cannot be created from here: make the file first, or choose posix:/NAME"
                                    .formatted(file.text()));
        };
    }

    private Created create(Target target, SegmentKey key, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput {
        if (key.equals(SegmentKey.PRIVATE)) {
            throw new BadInput(
                    "key 0 is private (IPC_PRIVATE) and would never be found again: choose another"
                            + " key; an existing segment with key 0 is named id:N");
        }
        for (int tries = 1; ; tries++) {
            if (orOpen) {
                OptionalInt there = find(target, key);
                if (there.isPresent()) {
                    return new Created(new SegmentId.Sysv(there.getAsInt()), false);
                }
            }
            if (sizeBytes < 1) {
                throw new ShmException(
                        new LimitReached(target.text(), sizeBounds(), Errno.EINVAL.name()));
            }
            try {
                int shmid = kernel.createSegment(key.value(), sizeBytes, mode.bits());
                return new Created(new SegmentId.Sysv(shmid), true);
            } catch (Refused refused) {
                boolean raced = orOpen && refused.is(Errno.EEXIST);
                if (!raced || tries == TRIES) {
                    throw refused.during(
                            new Attempt(target.text(), "create")
                                    .limitedBy(() -> whyNoRoom(refused, sizeBytes)));
                }
            }
        }
    }

    private String whyNoRoom(Refused refused, long sizeBytes) {
        if (refused.is(Errno.EINVAL)) {
            return sizeBounds();
        }
        if (refused.is(Errno.ENOSPC)) {
            return "the host has %s segments already (shmmni), or all of them together would exceed %s pages (shmall)"
                    .formatted(limit("shmmni"), limit("shmall"));
        }
        return "the host has no memory for %d bytes".formatted(sizeBytes);
    }

    private String sizeBounds() {
        return "the size must lie between 1 and %s bytes (shmmax)".formatted(limit("shmmax"));
    }

    private String limit(String name) {
        return proc.lines("sys/kernel/" + name)
                .map(lines -> String.join("", lines).strip())
                .orElse("the host's " + name);
    }

    private Created create(Target.Posix target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException {
        SegmentId.Posix id = new SegmentId.Posix(target.name());
        for (int tries = 1; ; tries++) {
            if (orOpen && existing(id) != null) {
                return new Created(id, false);
            }
            if (sizeBytes < 1) {
                throw new ShmException(
                        new LimitReached(
                                target.text(),
                                "the size must be at least 1 byte",
                                Errno.EINVAL.name()));
            }
            try {
                createObject(objects.path(target.name()), sizeBytes, mode);
                return new Created(id, true);
            } catch (Refused refused) {
                boolean raced = orOpen && refused.is(Errno.EEXIST);
                if (!raced || tries == TRIES) {
                    throw refused.during(
                            new Attempt(
                                            target.text(),
                                            "create",
                                            () -> "new objects are not allowed in /dev/shm")
                                    .limitedBy(() ->
                                            "the file system refuses a size of %d bytes, or is full"
                                                    .formatted(sizeBytes)));
                }
            }
        }
    }

    private void createObject(String path, long sizeBytes, Mode mode) throws Refused {
        int descriptor = kernel.createFile(path, mode.bits());
        try {
            kernel.resize(descriptor, sizeBytes);
        } catch (Refused refused) {
            kernel.unlink(path);
            throw refused;
        } finally {
            kernel.close(descriptor);
        }
    }

    @Override
    public void remove(SegmentId id) throws ShmException {
        try {
            switch (id) {
                case SegmentId.Sysv sysv -> kernel.removeSegment(sysv.shmid());
                case SegmentId.Posix posix -> {
                    objects.node(posix.name());
                    kernel.unlink(objects.path(posix.name()));
                }
                case SegmentId.File file -> throw neverRemoved(file);
            }
        } catch (Refused refused) {
            throw refused.during(whoMay.attempt(id, new Intent.Remove()));
        }
    }

    // Changing what surrounds the bytes

    @Override
    public void change(SegmentId id, Ownership next) throws ShmException {
        int uid = next.owner().id();
        int gid = next.group().id();
        try {
            switch (id) {
                case SegmentId.Sysv sysv ->
                        kernel.setSegment(sysv.shmid(), uid, gid, next.mode().bits());
                case SegmentId.Posix posix ->
                        changeNode(kernel.openNode(objects.path(posix.name())), next);
                case SegmentId.File file -> throw neverChanged(file);
            }
        } catch (Refused refused) {
            throw refused.during(whoMay.attempt(id, new Intent.Change(next)));
        }
    }

    /// The owner goes first: whoever gives a file away may no longer change its mode, and a chown
    /// that is refused shall leave the mode as it was.
    private void changeNode(int descriptor, Ownership next) throws Refused {
        try {
            FileNode node = kernel.node(descriptor);
            if (!node.regular()) {
                throw new Refused(Call.OPEN, Errno.ENOENT);
            }
            boolean owned = node.uid() == next.owner().id() && node.gid() == next.group().id();
            if (!owned) {
                kernel.changeOwner(descriptor, next.owner().id(), next.group().id());
            }
            if ((node.mode() & 0777) != next.mode().bits()) {
                kernel.changeMode(descriptor, next.mode().bits());
            }
        } finally {
            kernel.close(descriptor);
        }
    }

    @Override
    public void lockInMemory(SegmentId.Sysv id, boolean locked) throws ShmException {
        try {
            kernel.lockSegment(id.shmid(), locked);
        } catch (Refused refused) {
            throw refused.during(whoMay.attempt(id, new Intent.LockInMemory(locked)));
        }
    }

    @Override
    public Principal user(String text) throws BadInput {
        return names.userNamed(text);
    }

    @Override
    public Principal group(String text) throws BadInput {
        return names.groupNamed(text);
    }

    // Semaphores

    @Override
    public Optional<HeldLock> hold(SegmentKey semaphore, Duration limit) throws ShmException {
        return semaphores.hold(semaphore, limit);
    }

    @Override
    public void removeLock(SegmentKey semaphore) throws ShmException {
        semaphores.remove(semaphore);
    }

    @Override
    public Optional<LockFacts> lock(SegmentKey semaphore) throws ShmException {
        return semaphores.facts(semaphore);
    }

    // Keys

    @Override
    public Principal self() throws ShmException {
        return names.user(proc.credentials().uid());
    }

    @Override
    public KeySearch.Outcome filesWithKey(SegmentKey key, Path under, KeySearch.Listener listener)
            throws ShmException, BadInput {
        List<Integer> around = new ArrayList<>();
        Target target = new Target.Key(key);
        if (byKey(target, key).id() instanceof SegmentId.Sysv id) {
            try {
                SegmentRow row = row(id);
                holders.ofSegment(id.shmid()).others().forEach(one -> around.add(one.pid()));
                around.add(row.cpid());
                around.add(row.lpid());
            } catch (ShmException gone) {
                if (!(gone.failure() instanceof Gone)) {
                    throw gone;
                }
            }
        }
        return new KeyFiles(proc).search(key, under, KeyFiles.named(around, proc), listener);
    }
}
