package io.github.shmlens.bench;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import java.util.Random;

/// A segment that is there for one measurement.
///
/// @param key random, so that runs do not meet
record BenchSegment(SegmentId.Sysv id, SegmentKey key) implements AutoCloseable {

    static BenchSegment ofSize(long sizeBytes) throws Exception {
        SegmentKey key = new SegmentKey(new Random().nextInt(1 << 24, Integer.MAX_VALUE));
        SegmentId id =
                new HostSegments().create(new Target.Key(key), sizeBytes, Mode.DEFAULT, false).id();
        return new BenchSegment((SegmentId.Sysv) id, key);
    }

    Target target() {
        return Target.of(id);
    }

    String shmid() {
        return Integer.toString(id.shmid());
    }

    @Override
    public void close() throws Exception {
        new HostSegments().remove(id);
    }
}
