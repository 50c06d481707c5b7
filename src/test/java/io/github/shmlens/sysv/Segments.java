package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;
import jnr.ffi.LibraryLoader;

/// Segments of a test: private ones, so that several runs on one host do not meet.
final class Segments {

    static final Kernel KERNEL = new Kernel();

    private static final Kernel.LibC LIBC = LibraryLoader.create(Kernel.LibC.class).load("c");

    private static final int IPC_RMID = 0;

    private Segments() {}

    /// The program itself never removes a semaphore.
    static void removeSemaphores(int semid) {
        LIBC.semctl(semid, 0, IPC_RMID, 0);
    }

    /// A segment that is removed when the test is done with it.
    record Scratch(SegmentId.Sysv id) implements AutoCloseable {
        int shmid() {
            return id.shmid();
        }

        @Override
        public void close() {
            try {
                KERNEL.removeSegment(id.shmid());
            } catch (Refused goneAlready) {
                // Tests of removal remove it themselves.
            }
        }
    }

    static Scratch scratch(long sizeBytes) throws Refused {
        return scratch(sizeBytes, 0600);
    }

    static Scratch scratch(long sizeBytes, int mode) throws Refused {
        return new Scratch(new SegmentId.Sysv(KERNEL.createSegment(0, sizeBytes, mode)));
    }
}
