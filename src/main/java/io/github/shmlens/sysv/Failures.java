package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.ShmFailure.AccessDenied;
import io.github.shmlens.segment.ShmFailure.AlreadyExists;
import io.github.shmlens.segment.ShmFailure.Gone;
import io.github.shmlens.segment.ShmFailure.LimitReached;
import io.github.shmlens.segment.ShmFailure.NotFound;
import io.github.shmlens.segment.ShmFailure.Unexpected;
import jnr.constants.platform.Errno;

/// The only place that knows what an errno means.
final class Failures {

    private Failures() {}

    /// @param number the errno
    static ShmFailure of(Call call, int number, Attempt attempt) {
        Errno errno = Errno.valueOf(number);
        return switch (call) {
            case FIND_SEGMENT, FIND_SEMAPHORE ->
                    switch (errno) {
                        // EINVAL is one that is smaller than asked for: not the one meant.
                        case ENOENT, EINVAL -> notFound(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case CREATE_SEGMENT, CREATE_SEMAPHORE ->
                    switch (errno) {
                        case EEXIST -> exists(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        // EINVAL is a size of 0 or beyond shmmax; the others are lack of room.
                        case EINVAL, ENOMEM, ENOSPC, ENFILE -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case ATTACH ->
                    switch (errno) {
                        case EINVAL, EIDRM -> gone(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        case ENOMEM, EMFILE, ENFILE -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case STAT_SEGMENT, REMOVE_SEGMENT, SET_SEGMENT, READ_SEMAPHORE, REMOVE_SEMAPHORE ->
                    switch (errno) {
                        case EINVAL, EIDRM -> gone(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case LOCK_SEGMENT ->
                    switch (errno) {
                        case EINVAL, EIDRM -> gone(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        case ENOMEM, EAGAIN -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case OPERATE_SEMAPHORE, SET_SEMAPHORE ->
                    switch (errno) {
                        case EINVAL, EIDRM -> gone(attempt, errno);
                        case EACCES, EPERM -> denied(attempt, errno);
                        case ENOMEM, ENOSPC, ERANGE -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            // ENOMEM is how mincore says that nothing is mapped there (any more).
            case RESIDENCY ->
                    switch (errno) {
                        case ENOMEM -> gone(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case RESERVE ->
                    switch (errno) {
                        case ENOMEM -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case OPEN, STAT_FILE, UNLINK ->
                    switch (errno) {
                        case ENOENT, ENOTDIR, ESTALE -> gone(attempt, errno);
                        // ELOOP is our own O_NOFOLLOW.
                        case EACCES, EPERM, EROFS, ETXTBSY, ELOOP -> denied(attempt, errno);
                        // A file that has no end, as many in /proc.
                        case EINVAL, ESPIPE -> denied(attempt, errno);
                        case ENOMEM, EMFILE, ENFILE -> limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case CHANGE_MODE, CHANGE_OWNER ->
                    switch (errno) {
                        case ENOENT, ENOTDIR, ESTALE -> gone(attempt, errno);
                        case EACCES, EPERM, EROFS -> denied(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case CREATE_OBJECT, RESIZE ->
                    switch (errno) {
                        case EEXIST -> exists(attempt, errno);
                        case EACCES, EPERM, EROFS -> denied(attempt, errno);
                        case EINVAL, EFBIG, ENOMEM, ENOSPC, EDQUOT, EMFILE, ENFILE, ENAMETOOLONG ->
                                limit(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
            case READ, WRITE ->
                    switch (errno) {
                        case EACCES, EPERM, EROFS -> denied(attempt, errno);
                        case EFBIG, ENOMEM, ENOSPC, EDQUOT -> limit(attempt, errno);
                        case ESTALE -> gone(attempt, errno);
                        default -> unexpected(call, number, attempt);
                    };
        };
    }

    /// The errno's name, or "errno 524" where C has none.
    static String name(int number) {
        Errno errno = Errno.valueOf(number);
        return errno == Errno.__UNKNOWN_CONSTANT__ ? "errno " + number : errno.name();
    }

    /// We detached ourselves: what shmdt says of an address where nothing is attached.
    static ShmException detached(SegmentId id) {
        return new ShmException(gone(id));
    }

    static ShmException detached(SegmentId id, IllegalStateException cause) {
        return new ShmException(gone(id), cause);
    }

    private static ShmFailure gone(SegmentId id) {
        return new Gone(id.text(), Errno.EINVAL.name());
    }

    /// It ends before the bytes that were there a moment ago.
    static ShmException cutShort(SegmentId id) {
        return new ShmException(new Gone(id.text(), Errno.ENODATA.name()));
    }

    /// A write through a read-only attach. The hardware would answer with a signal; we do not ask.
    static ShmException readOnly(SegmentId id) {
        return new ShmException(
                new AccessDenied(
                        id.text(),
                        "write",
                        "it is attached read-only; attach it read-write",
                        Errno.EACCES.name()));
    }

    private static ShmFailure notFound(Attempt attempt, Errno errno) {
        return new NotFound(attempt.subject(), errno.name());
    }

    private static ShmFailure gone(Attempt attempt, Errno errno) {
        return new Gone(attempt.subject(), errno.name());
    }

    private static ShmFailure exists(Attempt attempt, Errno errno) {
        return new AlreadyExists(attempt.subject(), errno.name());
    }

    private static ShmFailure denied(Attempt attempt, Errno errno) {
        return new AccessDenied(
                attempt.subject(), attempt.action(), attempt.need().get(), errno.name());
    }

    private static ShmFailure limit(Attempt attempt, Errno errno) {
        return new LimitReached(attempt.subject(), attempt.limit().get(), errno.name());
    }

    private static ShmFailure unexpected(Call call, int number, Attempt attempt) {
        return new Unexpected(attempt.subject(), call.function(), name(number));
    }
}
