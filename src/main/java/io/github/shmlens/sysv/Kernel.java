package io.github.shmlens.sysv;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Encoding;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import jnr.posix.FileStat;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;
import org.jspecify.annotations.Nullable;

/// The C calls of this room, one method each, with their flags spelt out and -1 turned into
/// [Refused]. Nothing here knows what a refusal means.
///
/// No call has exactly six integer arguments: jnr-ffi hands over garbage as the sixth. Where C has
/// six, a seventh that nobody reads makes it right.
final class Kernel {

    /// What the C library is asked. Public, although its outer class is not: jnr implements it in a
    /// class loader of its own.
    @SuppressWarnings("MethodName") // C's names
    public interface LibC {
        @SaveError
        int shmget(int key, @size_t long size, int flags);

        @SaveError
        @intptr_t
        long shmat(int shmid, @intptr_t long address, int flags);

        @SaveError
        int shmdt(@intptr_t long address);

        @SaveError
        int shmctl(int shmid, int command, @Out byte[] buffer);

        @SaveError
        int shmctl(int shmid, int command, @intptr_t long buffer);

        @SaveError
        int mincore(@intptr_t long address, @size_t long length, @Out byte[] pages);

        @SaveError
        @intptr_t
        long mmap(
                @intptr_t long address,
                @size_t long length,
                int protection,
                int flags,
                int descriptor,
                @off_t long offset,
                long none);

        @SaveError
        int munmap(@intptr_t long address, @size_t long length);

        @SaveError
        int semget(int key, int semaphores, int flags);

        @SaveError
        int semtimedop(int semid, @In byte[] operations, @size_t long count, @In byte[] timeout);

        @SaveError
        int semctl(int semid, int semaphore, int command, @intptr_t long argument);

        @SaveError
        int open(@Encoding("UTF-8") String path, int flags, @mode_t int mode);

        @SaveError
        int close(int descriptor);

        @SaveError
        int poll(@In @Out byte[] descriptors, @size_t long count, int timeoutMs);

        @SaveError
        @ssize_t
        long pread(int descriptor, @intptr_t long address, @size_t long length, @off_t long offset);

        @SaveError
        @ssize_t
        long pwrite(
                int descriptor, @intptr_t long address, @size_t long length, @off_t long offset);

        @SaveError
        @off_t
        long lseek(int descriptor, @off_t long offset, int whence);

        @SaveError
        int ftruncate(int descriptor, @off_t long length);

        @SaveError
        int fchmod(int descriptor, @mode_t int mode);

        @SaveError
        int chmod(@Encoding("UTF-8") String path, @mode_t int mode);

        @SaveError
        int chown(@Encoding("UTF-8") String path, int uid, int gid);

        @SaveError
        int unlink(@Encoding("UTF-8") String path);

        int getpagesize();
    }

    /// One operation on a semaphore of a set (`struct sembuf`).
    ///
    /// @param undo the kernel takes the operation back when this process ends
    record SemaphoreOperation(int semaphore, int add, boolean undo) {}

    private static final int IPC_CREAT = 01000;
    private static final int IPC_EXCL = 02000;
    private static final int IPC_NOWAIT = 04000;
    private static final int IPC_RMID = 0;
    private static final int IPC_SET = 1;
    private static final int SHM_LOCK = 11;
    private static final int SHM_UNLOCK = 12;
    private static final int SHM_RDONLY = 010000;
    private static final int SHM_STAT = 13;
    private static final int SHM_INFO = 14;
    private static final int SHM_STAT_ANY = 15;
    private static final int SHM_INFO_BYTES = 48;
    private static final int GETPID = 11;
    private static final int GETVAL = 12;
    private static final int GETNCNT = 14;
    private static final int SETVAL = 16;
    private static final int SEM_UNDO = 0x1000;
    private static final int SEMBUF_BYTES = 6;
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_ANSWER = 6;
    private static final int POLLERR = 0x08;
    private static final int POLLHUP = 0x10;
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int SEEK_END = 2;
    private static final int O_PATH = 010000000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int ALREADY_DEAD = Errno.ESRCH.intValue();

    /// The one binding of this process; made when first needed.
    private static final class Loaded {
        static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(LIBC);
        static final int PAGE_BYTES = LIBC.getpagesize();
    }

    private static final class LoadedPosix {
        static final POSIX LIBRARY = POSIXFactory.getNativePOSIX();
    }

    /// getpwuid and getgrgid answer in one static buffer each.
    private final Object nameService = new Object();

    private static LibC libc() {
        return Loaded.LIBC;
    }

    private static int checked(Call call, int result) throws Refused {
        if (result == -1) {
            throw new Refused(call, lastError());
        }
        return result;
    }

    private static long checked(Call call, long result) throws Refused {
        if (result == -1) {
            throw new Refused(call, lastError());
        }
        return result;
    }

    private static int lastError() {
        return LastError.getLastError(Loaded.RUNTIME);
    }

    int pageBytes() {
        return Loaded.PAGE_BYTES;
    }

    // Segments

    /// The segment with this key, whatever its mode: no permission bits are asked for.
    int findSegment(int key) throws Refused {
        return checked(Call.FIND_SEGMENT, libc().shmget(key, 0, 0));
    }

    /// A new segment; never one that exists.
    int createSegment(int key, long sizeBytes, int mode) throws Refused {
        return checked(
                Call.CREATE_SEGMENT, libc().shmget(key, sizeBytes, IPC_CREAT | IPC_EXCL | mode));
    }

    /// Maps a segment and returns where.
    long attach(int shmid, boolean readOnly) throws Refused {
        return checked(Call.ATTACH, libc().shmat(shmid, 0, readOnly ? SHM_RDONLY : 0));
    }

    /// Unmaps. The kernel refuses only an address where nothing is attached, which is what was
    /// wanted.
    void detach(long address) {
        libc().shmdt(address);
    }

    void removeSegment(int shmid) throws Refused {
        checked(Call.REMOVE_SEGMENT, libc().shmctl(shmid, IPC_RMID, new byte[ShmidDs.BYTES]));
    }

    /// Owner, group and mode of a segment, all three at once; the kernel takes nothing else.
    void setSegment(int shmid, int uid, int gid, int mode) throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(ShmidDs.BYTES, Long.BYTES);
            ShmidDs.put(wanted, uid, gid, mode);
            checked(Call.SET_SEGMENT, libc().shmctl(shmid, IPC_SET, wanted.address()));
        }
    }

    /// Keeps the pages of a segment in memory, or lets them go again.
    void lockSegment(int shmid, boolean locked) throws Refused {
        checked(Call.LOCK_SEGMENT, libc().shmctl(shmid, locked ? SHM_LOCK : SHM_UNLOCK, 0));
    }

    /// The highest index in the kernel's table of segments.
    int highestIndex() throws Refused {
        return checked(Call.STAT_SEGMENT, libc().shmctl(0, SHM_INFO, new byte[SHM_INFO_BYTES]));
    }

    /// The segment at an index of the kernel's table, whatever its mode; empty where there is none.
    /// An id leads to its own index, where another one may be by now. Kernels before 4.17 show only
    /// what we may read.
    Optional<SegmentRow> segmentAt(int index) {
        byte[] answer = new byte[ShmidDs.BYTES];
        int shmid = libc().shmctl(index, SHM_STAT_ANY, answer);
        if (shmid == -1) {
            shmid = libc().shmctl(index, SHM_STAT, answer);
        }
        return shmid == -1 ? Optional.empty() : Optional.of(ShmidDs.row(shmid, answer));
    }

    /// Which of the pages from a page boundary on are in memory: the lowest bit of each byte.
    ///
    /// @param length rounded up to whole pages of [#pageBytes()]
    byte[] residentPages(long address, long length) throws Refused {
        int page = pageBytes();
        byte[] pages = new byte[Math.toIntExact((length + page - 1) / page)];
        checked(Call.RESIDENCY, libc().mincore(address, length, pages));
        return pages;
    }

    /// Private memory, all zeros, that becomes real page by page as it is written.
    ///
    /// @return where it lies
    long reserve(long bytes) throws Refused {
        return checked(
                Call.RESERVE,
                libc().mmap(
                                0,
                                bytes,
                                PROT_READ_WRITE,
                                MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE,
                                -1,
                                0,
                                0));
    }

    void release(long address, long bytes) {
        libc().munmap(address, bytes);
    }

    // Semaphores

    /// The set with this key, whatever its mode.
    ///
    /// @param least how many semaphores it must have
    int findSemaphores(int key, int least) throws Refused {
        return checked(Call.FIND_SEMAPHORE, libc().semget(key, least, 0));
    }

    /// A new set; never one that exists.
    int createSemaphores(int key, int count, int mode) throws Refused {
        return checked(
                Call.CREATE_SEMAPHORE, libc().semget(key, count, IPC_CREAT | IPC_EXCL | mode));
    }

    /// Does all operations at once or none.
    ///
    /// @param wait how long to wait until they can be done; zero: not at all
    /// @return false when the time ran out, or a signal came
    boolean operate(int semid, Duration wait, SemaphoreOperation... operations) throws Refused {
        byte[] list = new byte[operations.length * SEMBUF_BYTES];
        ByteBuffer fill = ByteBuffer.wrap(list).order(ByteOrder.nativeOrder());
        for (SemaphoreOperation one : operations) {
            int flags = (one.undo() ? SEM_UNDO : 0) | (wait.isZero() ? IPC_NOWAIT : 0);
            fill.putShort((short) one.semaphore());
            fill.putShort((short) one.add());
            fill.putShort((short) flags);
        }
        byte[] timeout = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(timeout)
                .order(ByteOrder.nativeOrder())
                .putLong(wait.toSeconds())
                .putLong(wait.toNanosPart());
        if (libc().semtimedop(semid, list, operations.length, timeout) == 0) {
            return true;
        }
        Refused refused = new Refused(Call.OPERATE_SEMAPHORE, lastError());
        if (refused.is(Errno.EAGAIN) || refused.is(Errno.EINTR)) {
            return false;
        }
        throw refused;
    }

    int semaphoreValue(int semid, int semaphore) throws Refused {
        return checked(Call.READ_SEMAPHORE, libc().semctl(semid, semaphore, GETVAL, 0));
    }

    int semaphoreWaiters(int semid, int semaphore) throws Refused {
        return checked(Call.READ_SEMAPHORE, libc().semctl(semid, semaphore, GETNCNT, 0));
    }

    int semaphoreLastPid(int semid, int semaphore) throws Refused {
        return checked(Call.READ_SEMAPHORE, libc().semctl(semid, semaphore, GETPID, 0));
    }

    void setSemaphore(int semid, int semaphore, int value) throws Refused {
        checked(Call.SET_SEMAPHORE, libc().semctl(semid, semaphore, SETVAL, value));
    }

    /// Removes the whole set; waiters are told.
    void removeSemaphores(int semid) throws Refused {
        checked(Call.REMOVE_SEMAPHORE, libc().semctl(semid, 0, IPC_RMID, 0));
    }

    // Files

    /// Opens a file that exists. Never waits for the other end of a pipe.
    ///
    /// @param follow whether a symbolic link at the end of the path is followed
    int open(String path, boolean readOnly, boolean follow) throws Refused {
        int flags =
                (readOnly ? OpenFlags.O_RDONLY : OpenFlags.O_RDWR).intValue()
                        | OpenFlags.O_NONBLOCK.intValue()
                        | OpenFlags.O_CLOEXEC.intValue()
                        | (follow ? 0 : OpenFlags.O_NOFOLLOW.intValue());
        return checked(Call.OPEN, libc().open(path, flags, 0));
    }

    /// A new, empty file with exactly this mode; never one that exists.
    int createFile(String path, int mode) throws Refused {
        int flags =
                OpenFlags.O_RDWR.intValue()
                        | OpenFlags.O_CREAT.intValue()
                        | OpenFlags.O_EXCL.intValue()
                        | OpenFlags.O_CLOEXEC.intValue()
                        | OpenFlags.O_NOFOLLOW.intValue();
        int descriptor = checked(Call.CREATE_OBJECT, libc().open(path, flags, 0600));
        try {
            // The umask cut the mode of open down; System V segments know no umask either.
            checked(Call.CREATE_OBJECT, libc().fchmod(descriptor, mode));
        } catch (Refused refused) {
            close(descriptor);
            throw refused;
        }
        return descriptor;
    }

    void close(int descriptor) {
        libc().close(descriptor);
    }

    /// Whether nobody can read any more what is written to a pipe or socket. A descriptor that is
    /// none has no other end.
    boolean otherEndClosed(int descriptor) {
        ByteBuffer asked = ByteBuffer.allocate(POLLFD_BYTES).order(ByteOrder.nativeOrder());
        asked.putInt(0, descriptor);
        int answered = libc().poll(asked.array(), 1, 0);
        return answered == 1 && (asked.getShort(POLLFD_ANSWER) & (POLLERR | POLLHUP)) != 0;
    }

    void resize(int descriptor, long sizeBytes) throws Refused {
        checked(Call.RESIZE, libc().ftruncate(descriptor, sizeBytes));
    }

    /// The size of an open file.
    long sizeOf(int descriptor) throws Refused {
        return checked(Call.STAT_FILE, libc().lseek(descriptor, 0, SEEK_END));
    }

    /// Where the next data of an open file lies, from `offset` on; the largest `long` when only
    /// holes follow. A file system that knows of no holes has data everywhere.
    long dataFrom(int descriptor, long offset) throws Refused {
        long data = libc().lseek(descriptor, offset, SEEK_DATA);
        if (data != -1) {
            return data;
        }
        Refused refused = new Refused(Call.READ, lastError());
        if (refused.is(Errno.ENXIO)) {
            return Long.MAX_VALUE;
        }
        if (refused.is(Errno.EINVAL)) {
            return offset;
        }
        throw refused;
    }

    /// Where the next hole of an open file begins, from `offset` on, which lies inside it; its end
    /// counts as one. A file system that knows of no holes has none before.
    long holeFrom(int descriptor, long offset) throws Refused {
        long hole = libc().lseek(descriptor, offset, SEEK_HOLE);
        if (hole != -1) {
            return hole;
        }
        Refused refused = new Refused(Call.READ, lastError());
        if (refused.is(Errno.ENXIO) || refused.is(Errno.EINVAL)) {
            return Long.MAX_VALUE;
        }
        throw refused;
    }

    /// Reads as many bytes as are there, up to `length`.
    ///
    /// @return how many; fewer only at the end of the file
    long read(int descriptor, long address, long length, long offset) throws Refused {
        long done = 0;
        while (done < length) {
            long step = libc().pread(descriptor, address + done, length - done, offset + done);
            if (step == 0) {
                break;
            }
            if (step > 0) {
                done += step;
            } else {
                refuseUnlessInterrupted(Call.READ);
            }
        }
        return done;
    }

    /// Writes all bytes.
    void write(int descriptor, long address, long length, long offset) throws Refused {
        long done = 0;
        while (done < length) {
            long step = libc().pwrite(descriptor, address + done, length - done, offset + done);
            if (step >= 0) {
                done += step;
            } else {
                refuseUnlessInterrupted(Call.WRITE);
            }
        }
    }

    /// A file itself, without the right to read it; never a link.
    int openNode(String path) throws Refused {
        int flags = O_PATH | OpenFlags.O_NOFOLLOW.intValue() | OpenFlags.O_CLOEXEC.intValue();
        return checked(Call.OPEN, libc().open(path, flags, 0));
    }

    /// Changes what a descriptor stands for, whatever its path leads to by now.
    void changeMode(int descriptor, int mode) throws Refused {
        checked(Call.CHANGE_MODE, libc().chmod(ofDescriptor(descriptor), mode));
    }

    /// As [#changeMode].
    void changeOwner(int descriptor, int uid, int gid) throws Refused {
        checked(Call.CHANGE_OWNER, libc().chown(ofDescriptor(descriptor), uid, gid));
    }

    private static String ofDescriptor(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    void unlink(String path) throws Refused {
        checked(Call.UNLINK, libc().unlink(path));
    }

    private static void refuseUnlessInterrupted(Call call) throws Refused {
        Refused refused = new Refused(call, lastError());
        if (!refused.is(Errno.EINTR)) {
            throw refused;
        }
    }

    /// What is at the end of a path.
    FileNode node(String path, boolean follow) throws Refused {
        POSIX posix = LoadedPosix.LIBRARY;
        FileStat answer = posix.allocateStat();
        int result = follow ? posix.stat(path, answer) : posix.lstat(path, answer);
        return node(posix, result, answer);
    }

    /// What a descriptor is open on.
    FileNode node(int descriptor) throws Refused {
        POSIX posix = LoadedPosix.LIBRARY;
        FileStat answer = posix.allocateStat();
        return node(posix, posix.fstat(descriptor, answer), answer);
    }

    private static FileNode node(POSIX posix, int result, FileStat answer) throws Refused {
        if (result == -1) {
            throw new Refused(Call.STAT_FILE, posix.errno());
        }
        return FileNode.of(answer);
    }

    // Processes and names

    /// Whether a process with this number is there; one that is not ours counts too.
    boolean runs(int pid) {
        POSIX posix = LoadedPosix.LIBRARY;
        return posix.kill(pid, 0) == 0 || posix.errno() != ALREADY_DEAD;
    }

    Optional<String> userName(int uid) {
        synchronized (nameService) {
            @Nullable Passwd found = LoadedPosix.LIBRARY.getpwuid(uid);
            return Optional.ofNullable(found).map(Passwd::getLoginName);
        }
    }

    OptionalInt userId(String name) {
        synchronized (nameService) {
            @Nullable Passwd found = LoadedPosix.LIBRARY.getpwnam(name);
            return found == null ? OptionalInt.empty() : OptionalInt.of((int) found.getUID());
        }
    }

    OptionalInt groupId(String name) {
        synchronized (nameService) {
            @Nullable Group found = LoadedPosix.LIBRARY.getgrnam(name);
            return found == null ? OptionalInt.empty() : OptionalInt.of((int) found.getGID());
        }
    }

    Optional<String> groupName(int gid) {
        synchronized (nameService) {
            @Nullable Group found = LoadedPosix.LIBRARY.getgrgid(gid);
            return Optional.ofNullable(found).map(Group::getName);
        }
    }
}
