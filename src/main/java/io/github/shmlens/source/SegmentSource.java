package io.github.shmlens.source;

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
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.segment.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where segments come from: this host now, an agent on another one later, a fake in tests.
///
/// Every method may be called on any thread and may block for a moment; none belongs on the FX
/// thread.
public interface SegmentSource {

    /// The System V segments of this host's IPC namespace, by rising shmid. Attaches to none.
    List<SegmentFacts> segments() throws ShmException;

    /// The POSIX shared memory objects, by name. Opens none.
    List<SegmentFacts> objects() throws ShmException;

    /// What a target stands for right now. Asks for no rights and attaches to nothing.
    ///
    /// @throws BadInput when the target needs a file (ftok, inode) that is not there
    Resolution resolve(Target target) throws ShmException, BadInput;

    /// What the kernel says about one segment.
    ///
    /// @throws ShmException `Gone` when there is none with this id any more
    SegmentFacts facts(SegmentId id) throws ShmException;

    /// What we would be allowed to do.
    Rights rights(SegmentFacts facts);

    /// Refuses, as doing it would, what we lack the right to do. Tries nothing and changes nothing.
    /// Who is let through may still be refused: others may act meanwhile, and limits that depend on
    /// what else is in use are not looked at.
    void check(SegmentId id, Intent intent) throws ShmException;

    /// What tells a segment from every other one of this host since it was started; the same as
    /// [AttachedSegment#identity]. Attaches to nothing.
    default String identity(SegmentId id) throws ShmException {
        return facts(id).identity();
    }

    /// Tells what the changes of segments that follow are for, on this thread, until the act is
    /// closed. Not those of their bytes: [AttachedSegment#begin] is for these.
    default Act begin(Deed deed) {
        return Act.NONE;
    }

    /// Who has it mapped.
    Attachments attachments(SegmentId id) throws ShmException;

    /// Attaches. The kernel facts are read first, so that they show the world before us.
    ///
    /// @throws ShmException `AccessDenied` when the mode does not allow this access; the caller
    ///   decides whether to try read-only
    AttachedSegment attach(SegmentId id, Access access) throws ShmException;

    /// Makes a segment of zeros.
    ///
    /// @param sizeBytes at least 1
    /// @param orOpen true: one that exists is fine (and keeps its size and mode)
    /// @throws ShmException `AlreadyExists` when it is there and `orOpen` is false; `LimitReached`
    ///   for a size the host does not allow
    /// @throws BadInput when the target cannot be created (an id) or needs a file that is not there
    Created create(Target target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput;

    /// Marks for removal (IPC_RMID), or unlinks the object's name. Processes that are attached keep
    /// their memory.
    void remove(SegmentId id) throws ShmException;

    /// Gives a segment another owner, group or mode. Who is attached keeps what it has; the creator
    /// of a System V segment keeps the owner's rights whoever owns it.
    ///
    /// @throws ShmException `AccessDenied` for whoever is neither its owner nor its creator and
    ///   lacks the capability
    void change(SegmentId id, Ownership next) throws ShmException;

    /// Keeps a segment's pages in memory from now on (SHM_LOCK), or lets them be swapped out again.
    /// Pages that are not in memory at the moment stay out until somebody touches them.
    ///
    /// @throws ShmException `LimitReached` where this user may not lock so much
    void lockInMemory(SegmentId.Sysv id, boolean locked) throws ShmException;

    /// A user of this host.
    ///
    /// @param text a name or a number; any number will do, also one that nobody has
    /// @throws BadInput when no user has this name
    Principal user(String text) throws BadInput;

    /// A group of this host, likewise.
    Principal group(String text) throws BadInput;

    /// Takes a semaphore made by (or compatible with) PHP's `sem_get`, with undo at our death.
    /// Makes and initialises the set, as `sem_get` does, where nobody has.
    ///
    /// @param limit how long to wait at most
    /// @return empty when the time ran out
    Optional<HeldLock> hold(SegmentKey semaphore, Duration limit) throws ShmException;

    /// A look at a semaphore; empty when there is none with this key.
    Optional<LockFacts> lock(SegmentKey semaphore) throws ShmException;

    /// Removes the semaphore set with this key, for whoever made it. Processes that wait for it are
    /// told. Does nothing when there is none.
    void removeLock(SegmentKey semaphore) throws ShmException;

    /// What tells the present life of this host's segments from any other: the host's start, and
    /// the IPC namespace. Ids begin anew with each.
    String era();

    /// Limits of the host.
    HostFacts host() throws ShmException;

    /// Limits of the host with what is full, and the IPC namespaces there are. Looks at each
    /// process.
    SystemFacts system() throws ShmException;

    /// A closer look at one process: what it was started with, and all shared memory it has. Empty
    /// when it has ended or is not visible from here.
    Optional<ProcessFacts> process(int pid) throws ShmException;

    /// The files whose code a process runs: its program first, then its libraries.
    ///
    /// @throws ShmException `NotFound` when there is no such process; `AccessDenied` when it does
    ///   not let us see them
    List<CodeFile> codeFiles(int pid) throws ShmException;

    /// Who we are to this host: the effective user.
    Principal self() throws ShmException;

    /// Looks for files that a key could have been made of: first those that processes around its
    /// segment use, wherever they lie, then all below a folder. Looks at each of those files, which
    /// may take a while; the listener can end it.
    ///
    /// @throws BadInput when `under` is no folder
    KeySearch.Outcome filesWithKey(SegmentKey key, Path under, KeySearch.Listener listener)
            throws ShmException, BadInput;
}
