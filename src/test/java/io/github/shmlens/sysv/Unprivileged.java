package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.SaveError;

/// Runs code as the user `nobody`. To the kernel each thread is somebody; the C library's wrappers
/// change them all, the bare system call changes one.
public final class Unprivileged {

    static final int NOBODY = 65534;

    private static final long SETGROUPS = 116;
    private static final long SETRESUID = 117;
    private static final long SETRESGID = 119;

    /// Public for the class loader that implements it.
    public interface BareCalls {
        @SaveError
        long syscall(long number, long first, long second, long third);
    }

    private Unprivileged() {}

    /// Needs root and the system call numbers of x86-64.
    public static <T> T run(Callable<T> work) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        assumeTrue(System.getProperty("os.arch").equals("amd64"));
        BareCalls kernel = LibraryLoader.create(BareCalls.class).load("c");
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        assertThat(kernel.syscall(SETGROUPS, 0, 0, 0)).isZero();
                        assertThat(kernel.syscall(SETRESGID, NOBODY, NOBODY, NOBODY)).isZero();
                        assertThat(kernel.syscall(SETRESUID, NOBODY, NOBODY, NOBODY)).isZero();
                        result.complete(work.call());
                    } catch (Throwable failed) {
                        result.completeExceptionally(failed);
                    }
                })
                .join();
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw failed;
        }
    }
}
