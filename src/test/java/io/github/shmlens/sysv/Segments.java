package io.github.shmlens.sysv;

import io.github.shmlens.segment.SegmentId;

/// Segments of a test: private ones, so that several runs on one host do not meet.
final class Segments {

    static final Kernel KERNEL = new Kernel();

    private Segments() {}

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
