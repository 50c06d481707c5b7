package io.github.shmlens.live;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeMemory;
import io.github.shmlens.testing.FakeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A segment in memory with a sampler on it, and what the sampler told.
final class Watched implements AutoCloseable, Sampler.Listener {

    static final Duration FRAME = Duration.ofNanos(33_333_333);

    final FakeSource source = new FakeSource();
    final CountedPace pace = new CountedPace();
    final TinyShape shape = new TinyShape();
    final List<Sample> samples = new CopyOnWriteArrayList<>();
    final List<ShmFailure> failures = new CopyOnWriteArrayList<>();
    final SegmentId id;
    final FakeMemory memory;
    final AttachedSegment segment;
    final Sampler sampler;

    private Watched(boolean object, long size, Sampler.Options options) throws ShmException {
        id = object ? source.addObject("/fake", size) : source.add(new SegmentKey(5), size);
        memory = source.memory(id);
        segment = source.attach(id, Access.READ_WRITE);
        List<Shape> shapes = List.of(shape);
        sampler = new Sampler(segment, shapes, options, this, pace);
    }

    static Watched segment(long size) throws ShmException {
        return new Watched(false, size, Sampler.Options.DEFAULT);
    }

    static Watched object(long size) throws ShmException {
        return new Watched(true, size, Sampler.Options.DEFAULT);
    }

    static Watched segment(long size, Sampler.Options options) throws ShmException {
        return new Watched(false, size, options);
    }

    /// A segment that holds a store.
    static Watched store(TinyShape.Entry... entries) throws ShmException {
        Watched watched = segment(64 << 10);
        watched.memory.put(0, TinyShape.store(entries));
        return watched;
    }

    /// The next sample, a frame later, on this thread.
    Sample step() throws ShmException {
        pace.pass(FRAME);
        sampler.step();
        return samples.getLast();
    }

    Sample steps(int count) throws ShmException {
        for (int i = 1; i < count; i++) {
            step();
        }
        return step();
    }

    Sample last() {
        return samples.getLast();
    }

    @Override
    public void sampled(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void ended(ShmFailure failure) {
        failures.add(failure);
    }

    @Override
    public void close() {
        sampler.close();
        segment.close();
    }
}
