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
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.Intent;
import io.github.shmlens.source.KeySearch;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Resolution;
import io.github.shmlens.source.SegmentSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Segments of another source, whose writes are kept in a journal: whoever attaches one here need
/// not think of it. So is what is done to a segment itself: made, removed, given away, locked in
/// memory.
public final class JournaledSource implements SegmentSource {

    private final SegmentSource inner;
    private final Journal journal;
    private final ThreadLocal<@Nullable Why> why = new ThreadLocal<>();
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
    public String identity(SegmentId id) throws ShmException {
        return lasting(id, inner.identity(id), era());
    }

    /// Files outlive the host's start; everything else does not.
    static String lasting(SegmentId id, String identity, String era) {
        return id instanceof SegmentId.File ? identity : identity + " " + era;
    }

    @Override
    public Rights rights(SegmentFacts facts) {
        return inner.rights(facts);
    }

    @Override
    public void check(SegmentId id, Intent intent) throws ShmException {
        inner.check(id, intent);
    }

    @Override
    public Attachments attachments(SegmentId id) throws ShmException {
        return inner.attachments(id);
    }

    @Override
    public Created create(Target target, long sizeBytes, Mode mode, boolean orOpen)
            throws ShmException, BadInput {
        Created made = inner.create(target, sizeBytes, mode, orOpen);
        if (made.isNew()) {
            // Only now it has an id. Should we die here, the journal lacks what nobody undoes.
            created(made.id());
        }
        return made;
    }

    private void created(SegmentId id) {
        try {
            SegmentFacts facts = inner.facts(id);
            String identity = identity(id);
            Change change = new Change.Created(facts.sizeBytes(), facts.mode());
            begun(Reason.CREATE, facts, identity, change);
        } catch (ShmException goneAgain) {
            // Somebody removed it at once, and it is not there to be told of.
        }
    }

    @Override
    public void remove(SegmentId id) throws ShmException {
        keep(
                id,
                Reason.REMOVE,
                facts -> new Change.Removed(facts.sizeBytes(), facts.mode(), facts.nattch()),
                () -> inner.remove(id));
    }

    @Override
    public void change(SegmentId id, Ownership next) throws ShmException {
        keep(
                id,
                Reason.SET,
                facts -> {
                    Ownership old = Ownership.of(facts);
                    return old.isSame(next) ? null : new Change.Properties(old, next);
                },
                () -> inner.change(id, next));
    }

    @Override
    public void lockInMemory(SegmentId.Sysv id, boolean locked) throws ShmException {
        keep(
                id,
                Reason.SET,
                facts ->
                        facts.status().contains(SegmentStatus.LOCKED) == locked
                                ? null
                                : new Change.Locked(locked),
                () -> inner.lockInMemory(id, locked));
    }

    // ---- the journal -------------------------------------------------------------------------

    /// What is done to the segment itself.
    private interface Step {
        void now() throws ShmException;
    }

    /// What an entry is for that is begun on this thread.
    ///
    /// @param reason null to keep none
    private record Why(@Nullable Reason reason, long of) {}

    @Override
    public Act begin(Deed deed) {
        Why now =
                switch (deed) {
                    case Deed.Back(long entry, boolean again, boolean _) ->
                            new Why(again ? Reason.REDO : Reason.UNDO, entry);
                    case Deed.Unkept _ -> new Why(null, 0);
                    case Deed.Each _, Deed.Whole _, Deed.Slot _, Deed.Wipe _ -> null;
                };
        if (now == null) {
            return Act.NONE;
        }
        Why before = why.get();
        why.set(now);
        return () -> {
            if (before == null) {
                why.remove();
            } else {
                why.set(before);
            }
        };
    }

    /// Does a step, told to the journal before.
    ///
    /// @param change what will change, from what there is before; null for nothing
    private void keep(
            SegmentId id, Reason reason, Function<SegmentFacts, @Nullable Change> change, Step step)
            throws ShmException {
        Change meant = null;
        long number = 0;
        try {
            SegmentFacts facts = inner.facts(id);
            meant = change.apply(facts);
            if (meant != null) {
                number = begun(reason, facts, identity(id), meant);
            }
        } catch (ShmException gone) {
            // That is told where it is tried.
        }
        boolean done = false;
        try {
            step.now();
            done = true;
        } finally {
            if (!done && number != 0) {
                journal.end(refused(id, number, meant));
            }
        }
    }

    /// Nothing was done. Only with objects one half can be: owner and mode take a call each.
    private LongFunction<JournalLine> refused(SegmentId id, long of, @Nullable Change meant) {
        if (meant instanceof Change.Properties(Ownership old, Ownership _)) {
            try {
                Ownership now = Ownership.of(inner.facts(id));
                if (!now.isSame(old)) {
                    return n -> new JournalLine.Ended(n, of, new Change.Properties(old, now), true);
                }
            } catch (ShmException gone) {
                // What is not there is not changed.
            }
        }
        return n -> new JournalLine.Cut(n, of, 0);
    }

    private long begun(Reason usual, SegmentFacts facts, String identity, Change change) {
        Why known = why.get();
        Reason reason = known == null ? usual : known.reason();
        if (reason == null) {
            return 0;
        }
        return journal.begin(reason, known == null ? 0 : known.of(), facts, identity, change);
    }

    // ---- everything else ---------------------------------------------------------------------

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
