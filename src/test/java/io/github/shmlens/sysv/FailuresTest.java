package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmFailure;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FailuresTest {

    private static final Attempt ATTEMPT =
            new Attempt("id:3", "attach read-write", () -> "mode is 0600")
                    .limitedBy(() -> "shmmax is 4096");

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    FIND_SEGMENT,      ENOENT,       NotFound
                    FIND_SEGMENT,      EACCES,       AccessDenied
                    CREATE_SEGMENT,    EEXIST,       AlreadyExists
                    CREATE_SEGMENT,    EINVAL,       LimitReached
                    CREATE_SEGMENT,    ENOMEM,       LimitReached
                    CREATE_SEGMENT,    ENOSPC,       LimitReached
                    CREATE_SEGMENT,    EACCES,       AccessDenied
                    CREATE_SEGMENT,    EPERM,        AccessDenied
                    ATTACH,            EINVAL,       Gone
                    ATTACH,            EIDRM,        Gone
                    ATTACH,            EACCES,       AccessDenied
                    ATTACH,            ENOMEM,       LimitReached
                    STAT_SEGMENT,      EACCES,       AccessDenied
                    STAT_SEGMENT,      EINVAL,       Gone
                    STAT_SEGMENT,      EIDRM,        Gone
                    STAT_SEGMENT,      EFAULT,       Unexpected
                    STAT_SEGMENT,      EOVERFLOW,    Unexpected
                    REMOVE_SEGMENT,    EPERM,        AccessDenied
                    REMOVE_SEGMENT,    EACCES,       AccessDenied
                    REMOVE_SEGMENT,    EINVAL,       Gone
                    REMOVE_SEGMENT,    EIDRM,        Gone
                    SET_SEGMENT,       EPERM,        AccessDenied
                    SET_SEGMENT,       EINVAL,       Gone
                    SET_SEGMENT,       EIDRM,        Gone
                    LOCK_SEGMENT,      EPERM,        AccessDenied
                    LOCK_SEGMENT,      ENOMEM,       LimitReached
                    LOCK_SEGMENT,      EINVAL,       Gone
                    RESIDENCY,         ENOMEM,       Gone
                    FIND_SEMAPHORE,    ENOENT,       NotFound
                    FIND_SEMAPHORE,    EINVAL,       NotFound
                    CREATE_SEMAPHORE,  ENOSPC,       LimitReached
                    OPERATE_SEMAPHORE, EACCES,       AccessDenied
                    OPERATE_SEMAPHORE, EIDRM,        Gone
                    OPERATE_SEMAPHORE, EINVAL,       Gone
                    OPERATE_SEMAPHORE, ENOSPC,       LimitReached
                    OPERATE_SEMAPHORE, ERANGE,       LimitReached
                    READ_SEMAPHORE,    EACCES,       AccessDenied
                    READ_SEMAPHORE,    EINVAL,       Gone
                    OPEN,              ENOENT,       Gone
                    OPEN,              EACCES,       AccessDenied
                    OPEN,              ELOOP,        AccessDenied
                    OPEN,              EROFS,        AccessDenied
                    OPEN,              EMFILE,       LimitReached
                    OPEN,              EIO,          Unexpected
                    CREATE_OBJECT,     EEXIST,       AlreadyExists
                    CREATE_OBJECT,     ENAMETOOLONG, LimitReached
                    RESIZE,            EFBIG,        LimitReached
                    RESIZE,            EINVAL,       LimitReached
                    READ,              EIO,          Unexpected
                    WRITE,             ENOSPC,       LimitReached
                    WRITE,             EPERM,        AccessDenied
                    UNLINK,            ENOENT,       Gone
                    UNLINK,            EPERM,        AccessDenied
                    CHANGE_MODE,       EPERM,        AccessDenied
                    CHANGE_OWNER,      EPERM,        AccessDenied
                    CHANGE_OWNER,      ENOENT,       Gone
                    """)
    void looksAtTheCallToTellWhatAnErrnoMeans(Call call, Errno errno, String failure) {
        ShmFailure told = Failures.of(call, errno.intValue(), ATTEMPT);
        assertThat(told.getClass().getSimpleName()).isEqualTo(failure);
        assertThat(told.subject()).isEqualTo("id:3");
        assertThat(told.errno()).isEqualTo(errno.name());
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void neverTakesAnUnknownErrnoForAnExpectedOne(Call call) {
        assertThat(Failures.of(call, 524, ATTEMPT))
                .isEqualTo(new ShmFailure.Unexpected("id:3", call.function(), "errno 524"));
    }

    @Test
    void saysWhatWasTriedAndWhoMay() {
        assertThat(Failures.of(Call.ATTACH, Errno.EACCES.intValue(), ATTEMPT))
                .isEqualTo(
                        new ShmFailure.AccessDenied(
                                "id:3", "attach read-write", "mode is 0600", "EACCES"));
    }

    @Test
    void asksForReasonsOnlyWhenTheyMatter() {
        AtomicInteger asked = new AtomicInteger();
        Attempt attempt = new Attempt("id:3", "remove", () -> "asked " + asked.incrementAndGet());
        Failures.of(Call.REMOVE_SEGMENT, Errno.EINVAL.intValue(), attempt);
        assertThat(asked).hasValue(0);
    }
}
