package io.github.shmlens.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Real segments of a test's own, under keys that nobody had; closing detaches and removes them.
public final class OwnSegments implements AutoCloseable {

    private final SegmentSource host;
    private final List<SegmentId> made = new ArrayList<>();
    private final List<AttachedSegment> attached = new ArrayList<>();

    public OwnSegments(SegmentSource host) {
        this.host = host;
    }

    /// One more segment.
    ///
    /// @return its key, for other processes
    public SegmentKey create(long sizeBytes) throws ShmException, BadInput {
        while (true) {
            SegmentKey key =
                    new SegmentKey(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
            try {
                made.add(host.create(new Target.Key(key), sizeBytes, Mode.DEFAULT, false).id());
                return key;
            } catch (ShmException taken) {
                if (!(taken.failure() instanceof ShmFailure.AlreadyExists)) {
                    throw taken;
                }
            }
        }
    }

    /// The segment that was made last.
    public SegmentId last() {
        return made.getLast();
    }

    /// Attaches the segment that was made last, read-write.
    public AttachedSegment attachLast() throws ShmException {
        AttachedSegment segment = host.attach(last(), Access.READ_WRITE);
        attached.add(segment);
        return segment;
    }

    /// One that the test removed itself is no reason to complain.
    @Override
    public void close() throws ShmException {
        attached.forEach(AttachedSegment::close);
        for (SegmentId id : made) {
            try {
                host.remove(id);
            } catch (ShmException removedByTheTest) {
                assertThat(removedByTheTest.failure())
                        .isInstanceOfAny(ShmFailure.Gone.class, ShmFailure.NotFound.class);
            }
        }
    }
}
