package io.github.shmlens.live;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.live.PartTrack.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Follows the entries of a structure from one copy to the next. An entry is known by its key; of
/// several with the same key, the n-th is taken for the n-th.
final class Tracks {

    static final int MOST_REMOVED = 200;

    /// A store that replaces a value removes it first; a sample may fall in between. Who comes back
    /// so soon was never away.
    private static final long COMES_BACK_NANOS = 1_000_000_000;

    private record Id(long key, int occurrence) {}

    /// @param content of the entry as it was last: length and checksum
    private record Gone(PartTrack track, long content) {}

    private List<PartTrack> present = List.of();
    private List<Gone> gone = List.of();
    private List<PartTrack> removed = List.of();
    private byte[] copy = {};

    /// Whether entries that appear have been there from the beginning, as far as we know.
    private boolean beginning = true;

    List<PartTrack> present() {
        return present;
    }

    List<PartTrack> removed() {
        return removed;
    }

    /// Whether an entry we follow is not among these parts.
    boolean someAreNotIn(List<Part> parts) {
        int at = 0;
        int alike = 0;
        while (alike < present.size() && at < parts.size()) {
            Part part = parts.get(at);
            if (part.kind() == Part.Kind.ENTRY) {
                if (part.key() != present.get(alike).key()) {
                    break;
                }
                alike++;
            }
            at++;
        }
        Map<Long, Integer> there = new HashMap<>();
        for (Part part : parts.subList(at, parts.size())) {
            if (part.kind() == Part.Kind.ENTRY) {
                there.merge(part.key(), 1, Integer::sum);
            }
        }
        for (PartTrack track : present.subList(alike, present.size())) {
            if (there.merge(track.key(), -1, Integer::sum) < 0) {
                return true;
            }
        }
        return false;
    }

    /// There is no structure now; what appears later is new.
    void none(long now) {
        follow(List.of(), new byte[0], now);
        beginning = false;
    }

    /// There has been no structure yet; what appears later is new.
    void nothingYet() {
        beginning = false;
    }

    /// Takes the parts of the newest structure and the copy they were found in. The copy is kept
    /// and never changed.
    void follow(List<Part> parts, byte[] newCopy, long now) {
        List<Part> entries = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part.kind() == Part.Kind.ENTRY) {
                entries.add(part);
            }
        }
        Diff diff = new Diff(newCopy, now);
        PartTrack[] next = diff.run(entries);
        if (diff.differs || next.length != present.size()) {
            present = Collections.unmodifiableList(Arrays.asList(next));
        }
        remember(diff);
        copy = newCopy;
        beginning = false;
    }

    private void remember(Diff diff) {
        if (diff.removedNow.isEmpty() && diff.cameBack.isEmpty()) {
            return;
        }
        List<Gone> all = new ArrayList<>(diff.removedNow);
        for (Gone one : gone) {
            if (!diff.cameBack.contains(one.track.key())) {
                all.add(one);
            }
        }
        gone = List.copyOf(all.subList(0, Math.min(MOST_REMOVED, all.size())));
        removed = gone.stream().map(Gone::track).toList();
    }

    private static long content(byte[] bytes, Part part) {
        CRC32C sum = new CRC32C();
        ByteView view = ByteView.of(bytes);
        if (view.holds(part.contentOffset(), part.contentLength())) {
            sum.update(bytes, (int) part.contentOffset(), (int) part.contentLength());
        }
        return part.contentLength() << 32 ^ sum.getValue();
    }

    /// One comparison.
    private final class Diff {
        private final byte[] newCopy;
        private final ByteView before;
        private final ByteView after;
        private final long now;

        /// Up to here the two copies are equal.
        private final long equalUpTo;

        private final List<Gone> removedNow = new ArrayList<>();
        private final Set<Long> cameBack = new HashSet<>();
        private @Nullable Map<Long, Gone> recentlyGone;
        private boolean differs;

        private Diff(byte[] newCopy, long now) {
            this.newCopy = newCopy;
            this.before = ByteView.of(copy);
            this.after = ByteView.of(newCopy);
            this.now = now;
            int mismatch = Arrays.mismatch(copy, newCopy);
            this.equalUpTo = mismatch < 0 ? newCopy.length : mismatch;
        }

        private PartTrack[] run(List<Part> entries) {
            PartTrack[] next = new PartTrack[entries.size()];
            // As long as both run alike, the n-th of a key stands beside the n-th: most often, all.
            int alike = 0;
            int least = Math.min(next.length, present.size());
            while (alike < least && present.get(alike).key() == entries.get(alike).key()) {
                next[alike] = same(present.get(alike), entries.get(alike));
                alike++;
            }
            if (alike == next.length && alike == present.size()) {
                return next;
            }
            differs = true;
            Map<Id, PartTrack> left = new HashMap<>();
            Map<Long, Integer> times = new HashMap<>();
            for (PartTrack track : present.subList(alike, present.size())) {
                left.put(new Id(track.key(), times.merge(track.key(), 1, Integer::sum)), track);
            }
            times.clear();
            for (int i = alike; i < next.length; i++) {
                Part part = entries.get(i);
                Id id = new Id(part.key(), times.merge(part.key(), 1, Integer::sum));
                PartTrack known = left.remove(id);
                next[i] = known == null ? appeared(part) : same(known, part);
            }
            List<PartTrack> lost = new ArrayList<>(left.values());
            lost.sort((one, other) -> Long.compare(one.part().offset(), other.part().offset()));
            for (PartTrack track : lost) {
                if (removedNow.size() == MOST_REMOVED) {
                    break;
                }
                PartTrack last = new PartTrack(track.part(), Change.REMOVED, track.changes(), now);
                removedNow.add(new Gone(last, content(copy, track.part())));
            }
            return next;
        }

        private PartTrack same(PartTrack known, Part part) {
            Part old = known.part();
            boolean sameContent = sameContent(old, part);
            if (sameContent && old.equals(part)) {
                return known;
            }
            differs = true;
            if (!sameContent) {
                return new PartTrack(part, Change.CHANGED, known.changes() + 1, now);
            }
            if (old.offset() != part.offset()) {
                return new PartTrack(part, Change.MOVED, known.changes(), now);
            }
            return new PartTrack(part, known.last(), known.changes(), known.changedAtNanos());
        }

        private PartTrack appeared(Part part) {
            if (beginning) {
                return new PartTrack(part, Change.PRESENT, 0, now);
            }
            Gone back = goneWith(part.key());
            if (back == null) {
                return new PartTrack(part, Change.ADDED, 0, now);
            }
            cameBack.add(part.key());
            PartTrack last = back.track;
            if (now - last.changedAtNanos() > COMES_BACK_NANOS) {
                return new PartTrack(part, Change.ADDED, 0, now);
            }
            if (content(newCopy, part) == back.content) {
                return new PartTrack(part, Change.MOVED, last.changes(), now);
            }
            return new PartTrack(part, Change.CHANGED, last.changes() + 1, now);
        }

        private @Nullable Gone goneWith(long key) {
            if (recentlyGone == null) {
                recentlyGone = new HashMap<>();
                for (Gone one : gone) {
                    recentlyGone.putIfAbsent(one.track.key(), one);
                }
            }
            return recentlyGone.remove(key);
        }

        private boolean sameContent(Part old, Part part) {
            if (old.contentLength() != part.contentLength()) {
                return false;
            }
            long length = part.contentLength();
            long from = old.contentOffset();
            if (from == part.contentOffset() && length >= 0 && from <= equalUpTo - length) {
                return true;
            }
            // What a damaged entry claims beyond the copy cannot be compared.
            if (!before.holds(from, length) || !after.holds(part.contentOffset(), length)) {
                return old.equals(part);
            }
            return before.mismatch(from, after, part.contentOffset(), length) < 0;
        }
    }
}
