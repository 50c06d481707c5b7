package io.github.shmlens.cli;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import java.io.IOException;

/// Goes through a whole segment in steps that keep a detach quick.
final class Bytes {

    static final int CHUNK = 1 << 20;

    /// Takes one stretch after another; the array is reused.
    interface Sink {
        void take(byte[] bytes, int length) throws ShmException, IOException, Refusal;
    }

    private Bytes() {}

    /// Hands over `[from, from + length)`. Pages that nobody ever touched count as zeros and stay
    /// untouched.
    static void copy(AttachedSegment segment, long from, long length, Progress progress, Sink sink)
            throws ShmException, IOException, Refusal {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (long done = 0; done < length; done += chunk.length) {
            int step = (int) Math.min(chunk.length, length - done);
            segment.readResident(from + done, chunk, 0, step);
            sink.take(chunk, step);
            progress.done(done + step);
        }
    }

    /// Writes zeros over everything.
    ///
    /// @throws Refusal when a signal ends the process meanwhile
    static void wipe(AttachedSegment segment, Progress progress, Session session)
            throws ShmException, Refusal {
        long size = segment.sizeBytes();
        byte[] zeros = new byte[(int) Math.min(CHUNK, size)];
        try (Act act = segment.begin(new Deed.Wipe())) {
            for (long done = 0; done < size; done += zeros.length) {
                int step = (int) Math.min(zeros.length, size - done);
                session.goOn(segment.id(), done, size, "wiped, and it was not removed");
                segment.write(done, zeros, 0, step);
                progress.done(done + step);
            }
            act.done();
        }
    }
}
