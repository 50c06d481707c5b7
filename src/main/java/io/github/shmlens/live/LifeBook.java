package io.github.shmlens.live;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes down what happens to each segment, as two looks one after the other tell it: listings of
/// all, and closer looks at single ones. Keeps it as long as the program runs, within bounds.
///
/// Methods may be called on any thread; each takes a moment.
public final class LifeBook {

    /// What a line keeps at most.
    static final int MOST_MOMENTS = 200;

    /// How many lines of segments that are gone are kept.
    static final int MOST_GONE = 500;

    /// Looks further apart than this leave a gap that is told.
    static final Duration GAP = Duration.ofSeconds(5);

    /// So long after a close look at a segment, listings tell nothing of it that it would not.
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final InstantSource clock;
    private final Map<SegmentId, Life> alive = new HashMap<>();

    /// In the order they went.
    private final Map<SegmentId, Life> gone = new LinkedHashMap<>();

    private boolean listedBefore;
    private long revisions;

    public LifeBook() {
        this(InstantSource.system());
    }

    LifeBook(InstantSource clock) {
        this.clock = clock;
    }

    /// One segment's line while it is written.
    private static final class Life {
        private final SegmentId id;

        /// The key it was made with: a removed one has lost it.
        private final @Nullable SegmentKey key;

        private final List<LifeLine.Moment> moments = new ArrayList<>();
        private long forgotten;
        private long revision;
        private SegmentFacts facts;
        private Instant seenAt;

        /// Null until somebody looked closely, and again when nobody does any more.
        private @Nullable Map<Integer, Holder> holders;

        private @Nullable Instant closelyAt;

        /// How many attaches were out of sight at the last close look, and at the last two that
        /// agreed. Below 0 for a moment, when somebody comes between count and look.
        private long unseenLast;

        private long unseenSteady;

        private boolean superseded;

        private Life(SegmentFacts facts, Instant at) {
            this.id = facts.id();
            this.key = facts.key();
            this.facts = facts;
            this.seenAt = at;
        }
    }

    /// A process that has a segment mapped.
    private record Holder(int pid, String command, boolean self, int mappings) {}

    /// All that is there. What is not, is gone.
    public synchronized void listed(Listing listing) {
        Instant now = clock.instant();
        Set<SegmentId> there = new HashSet<>();
        List<SegmentFacts> all = new ArrayList<>(listing.segments());
        all.addAll(listing.objects());
        for (SegmentFacts facts : all) {
            there.add(facts.id());
        }
        for (Life life : List.copyOf(alive.values())) {
            boolean listable = !(life.id instanceof SegmentId.File);
            if (listable && !there.contains(life.id)) {
                note(life, now, new LifeEvent.Gone());
                bury(life);
            }
        }
        for (SegmentFacts facts : all) {
            Life life = alive.get(facts.id());
            if (life == null) {
                born(facts, now, listedBefore);
            } else if (!closelyWatched(life, now)) {
                life.holders = null;
                compare(life, facts, null, now);
            }
        }
        listedBefore = true;
    }

    /// A closer look at one segment: who has it mapped too.
    public synchronized void looked(SegmentFacts facts, Attachments attachments) {
        Instant now = clock.instant();
        Life life = alive.get(facts.id());
        if (life == null) {
            life = born(facts, now, false);
        }
        compare(life, facts, holders(attachments), now);
        life.closelyAt = now;
        life.superseded = false;
    }

    /// The name of an object or file leads to another one by now. Told once, until the name is
    /// looked at closely again.
    public synchronized void superseded(SegmentId id) {
        Life life = alive.get(id);
        if (life != null && !life.superseded) {
            life.superseded = true;
            note(life, clock.instant(), new LifeEvent.Recreated(id));
        }
    }

    /// What was seen of a segment so far; empty where nothing was.
    public synchronized LifeLine line(SegmentId id) {
        Life life = alive.getOrDefault(id, gone.get(id));
        return life == null
                ? new LifeLine(id, List.of(), 0, 0)
                : new LifeLine(id, List.copyOf(life.moments), life.forgotten, life.revision);
    }

    private boolean closelyWatched(Life life, Instant now) {
        Instant at = life.closelyAt;
        return at != null && Duration.between(at, now).compareTo(CLOSE) < 0;
    }

    private Life born(SegmentFacts facts, Instant now, boolean watchedBefore) {
        Life before = gone.remove(facts.id());
        Life life = before == null ? new Life(facts, now) : before;
        life.facts = facts;
        life.seenAt = now;
        life.holders = null;
        life.closelyAt = null;
        alive.put(facts.id(), life);
        note(
                life,
                now,
                watchedBefore || before != null
                        ? new LifeEvent.Appeared(facts.nattch(), facts.sizeBytes())
                        : new LifeEvent.FirstSeen(facts.nattch(), facts.sizeBytes()));
        if (watchedBefore) {
            tellWhoseKeyItTook(facts, now);
        }
        return life;
    }

    /// The one that had this key last learns who has it now.
    private void tellWhoseKeyItTook(SegmentFacts facts, Instant now) {
        SegmentKey key = facts.key();
        if (key == null || key.equals(SegmentKey.PRIVATE)) {
            return;
        }
        Life last = null;
        for (Life one : gone.values()) {
            last = key.equals(one.key) ? one : last;
        }
        for (Life one : alive.values()) {
            if (!one.id.equals(facts.id()) && key.equals(one.key)) {
                last = one;
            }
        }
        if (last != null) {
            note(last, now, new LifeEvent.Recreated(facts.id()));
        }
    }

    private void bury(Life life) {
        alive.remove(life.id);
        gone.put(life.id, life);
        if (gone.size() > MOST_GONE) {
            gone.remove(gone.keySet().iterator().next());
        }
    }

    private static Map<Integer, Holder> holders(Attachments attachments) {
        Map<Integer, Holder> holders = new LinkedHashMap<>();
        for (Attachment one : attachments.seen()) {
            holders.merge(
                    one.pid(),
                    new Holder(one.pid(), one.command(), one.self(), 1),
                    (known, _) ->
                            new Holder(
                                    known.pid(),
                                    known.command(),
                                    known.self(),
                                    known.mappings() + 1));
        }
        return holders;
    }

    private void compare(
            Life life, SegmentFacts now, @Nullable Map<Integer, Holder> holders, Instant at) {
        SegmentFacts before = life.facts;
        Duration apart = Duration.between(life.seenAt, at);
        if (apart.compareTo(GAP) >= 0) {
            note(life, at, new LifeEvent.NotWatched(apart));
        }
        compareHolders(life, before, now, holders, at);
        if (now.markedForRemoval() && !before.markedForRemoval()) {
            note(life, at, new LifeEvent.Marked());
        }
        if (now.sizeBytes() != before.sizeBytes()) {
            note(life, at, new LifeEvent.Resized(before.sizeBytes(), now.sizeBytes()));
        }
        if (!now.mode().equals(before.mode())) {
            note(life, at, new LifeEvent.ModeChanged(before.mode(), now.mode()));
        }
        if (!now.owner().equals(before.owner()) || !now.group().equals(before.group())) {
            note(
                    life,
                    at,
                    new LifeEvent.OwnerChanged(
                            before.owner(), now.owner(), before.group(), now.group()));
        }
        boolean locked = now.status().contains(SegmentStatus.LOCKED);
        if (locked != before.status().contains(SegmentStatus.LOCKED)) {
            note(life, at, new LifeEvent.LockedInMemory(locked));
        }
        life.facts = now;
        life.holders = holders;
        life.seenAt = at;
    }

    private void compareHolders(
            Life life,
            SegmentFacts before,
            SegmentFacts now,
            @Nullable Map<Integer, Holder> holders,
            Instant at) {
        Map<Integer, Holder> known = life.holders;
        boolean counts = now.nattch() >= 0;
        long more = now.nattch() - before.nattch();
        if (holders == null) {
            if (counts && more != 0) {
                note(
                        life,
                        at,
                        new LifeEvent.CountChanged(before.nattch(), now.nattch(), now.lpid()));
            } else if (counts && touched(before, now)) {
                note(life, at, new LifeEvent.Touched(now.lpid()));
            }
            return;
        }
        long unseen = now.nattch() - holders.values().stream().mapToInt(Holder::mappings).sum();
        if (known == null) {
            // Nobody looked closely before: the kernel's last pid tells who it was, if it is here.
            Holder last = holders.get(now.lpid());
            if (counts && more == 1 && last != null) {
                note(life, at, new LifeEvent.Attached(last.pid(), last.command(), last.self(), 1));
            } else if (counts && more != 0) {
                note(
                        life,
                        at,
                        new LifeEvent.CountChanged(before.nattch(), now.nattch(), now.lpid()));
            }
            life.unseenSteady = unseen;
            life.unseenLast = unseen;
            return;
        }
        boolean anybody = cameAndWent(life, known, holders, at);
        if (!counts) {
            return;
        }
        // Count and holders are asked for one after the other, and who comes in between is in one
        // of them first. Only a difference that two looks agree on is one.
        if (unseen == life.unseenLast && unseen != life.unseenSteady) {
            note(
                    life,
                    at,
                    new LifeEvent.OutOfSightChanged(
                            Math.max(0, life.unseenSteady), Math.max(0, unseen), now.lpid()));
            life.unseenSteady = unseen;
        } else if (!anybody && more == 0 && touched(before, now)) {
            note(life, at, new LifeEvent.Touched(now.lpid()));
        }
        life.unseenLast = unseen;
    }

    private boolean cameAndWent(
            Life life, Map<Integer, Holder> before, Map<Integer, Holder> now, Instant at) {
        boolean anybody = false;
        for (Holder one : before.values()) {
            Holder still = now.get(one.pid());
            int fewer = one.mappings() - (still == null ? 0 : still.mappings());
            if (fewer > 0) {
                anybody = true;
                note(life, at, new LifeEvent.Detached(one.pid(), one.command(), one.self(), fewer));
            }
        }
        for (Holder one : now.values()) {
            Holder had = before.get(one.pid());
            int further = one.mappings() - (had == null ? 0 : had.mappings());
            if (further > 0) {
                anybody = true;
                note(
                        life,
                        at,
                        new LifeEvent.Attached(one.pid(), one.command(), one.self(), further));
            }
        }
        return anybody;
    }

    private static boolean touched(SegmentFacts before, SegmentFacts now) {
        return before.lpid() != now.lpid()
                || !Objects.equals(before.attachTime(), now.attachTime())
                || !Objects.equals(before.detachTime(), now.detachTime());
    }

    /// Writes down one thing. The same thing again counts up.
    private void note(Life life, Instant at, LifeEvent event) {
        LifeLine.Moment last = life.moments.isEmpty() ? null : life.moments.getLast();
        if (last != null && isSame(last.event(), event)) {
            life.moments.removeLast();
            life.moments.add(new LifeLine.Moment(last.first(), at, last.times() + 1, event));
        } else {
            life.moments.add(new LifeLine.Moment(at, at, 1, event));
            if (life.moments.size() > MOST_MOMENTS) {
                forgetOne(life);
            }
        }
        life.revision = ++revisions;
    }

    /// Processes that attach for a moment, one after the other, are one thing.
    private static boolean isSame(LifeEvent last, LifeEvent now) {
        return last.equals(now)
                || (last instanceof LifeEvent.Touched && now instanceof LifeEvent.Touched);
    }

    /// A segment that many come to and go from keeps what else has happened to it.
    private static void forgetOne(Life life) {
        for (int at = 0; at < life.moments.size(); at++) {
            if (life.moments.get(at).event().passing()) {
                life.moments.remove(at);
                life.forgotten++;
                return;
            }
        }
        life.moments.removeFirst();
        life.forgotten++;
    }
}
