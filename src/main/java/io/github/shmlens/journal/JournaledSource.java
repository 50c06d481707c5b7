package io.github.shmlens.journal;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.CodeFile;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.KeySearch;
import io.github.shmlens.source.Resolution;
import io.github.shmlens.source.SegmentSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Segments of another source, whose writes are kept in a journal: whoever attaches one here need
/// not think of it.
public final class JournaledSource implements SegmentSource {

    private final SegmentSource inner;
    private final Journal journal;
    private volatile @Nullable String era;

    public JournaledSource(SegmentSource inner, Journal journal) {
        this.inner = inner;
        this.journal = journal;
    }

    @Override
    public AttachedSegment attach(SegmentId id, Access access) throws ShmException {
        return new JournaledSegment(inner.attach(id, access), journal, era());
    }

    @Override
    public String era() {
        String known = era;
        if (known == null) {
            known = inner.era();
            era = known;
        }
        return known;
    }

    @Override
    public List<SegmentFacts> segments() throws ShmException {
        return inner.segments();
    }

    @Override
    public List<SegmentFacts> objects() throws ShmException {
        return inner.objects();
    }

    @Override
    public Resolution resolve(Target target) throws ShmException, BadInput {
        return inner.resolve(target);
    }

    @Override
    public SegmentFacts facts(SegmentId id) throws ShmException {
        return inner.facts(id);
    }

    @Override
    public Rights rights(SegmentFacts facts) {
        return inner.rights(facts);
    }

    @Override
    public Attachments attachments(SegmentId id) throws ShmException {
        return inner.attachments(id);
    }

    @Override
    public Created create(Target target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput {
        return inner.create(target, sizeBytes, mode, orOpen);
    }

    @Override
    public void remove(SegmentId id) throws ShmException {
        inner.remove(id);
    }

    @Override
    public void change(SegmentId id, Ownership next) throws ShmException {
        inner.change(id, next);
    }

    @Override
    public void lockInMemory(SegmentId.Sysv id, boolean locked) throws ShmException {
        inner.lockInMemory(id, locked);
    }

    @Override
    public Principal user(String text) throws BadInput {
        return inner.user(text);
    }

    @Override
    public Principal group(String text) throws BadInput {
        return inner.group(text);
    }

    @Override
    public Optional<HeldLock> hold(SegmentKey semaphore, Duration limit) throws ShmException {
        return inner.hold(semaphore, limit);
    }

    @Override
    public Optional<LockFacts> lock(SegmentKey semaphore) throws ShmException {
        return inner.lock(semaphore);
    }

    @Override
    public void removeLock(SegmentKey semaphore) throws ShmException {
        inner.removeLock(semaphore);
    }

    @Override
    public HostFacts host() throws ShmException {
        return inner.host();
    }

    @Override
    public SystemFacts system() throws ShmException {
        return inner.system();
    }

    @Override
    public Optional<ProcessFacts> process(int pid) throws ShmException {
        return inner.process(pid);
    }

    @Override
    public List<CodeFile> codeFiles(int pid) throws ShmException {
        return inner.codeFiles(pid);
    }

    @Override
    public Principal self() throws ShmException {
        return inner.self();
    }

    @Override
    public KeySearch.Outcome filesWithKey(SegmentKey key, Path under, KeySearch.Listener listener)
            throws ShmException, BadInput {
        return inner.filesWithKey(key, under, listener);
    }
}
