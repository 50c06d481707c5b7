package io.github.shmlens.ui.slots;

import io.github.shmlens.live.PartTrack;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of one store in the store's order. Keeps each slot's row while the slot moves, comes
/// and goes. One more sample of a store whose slots stayed costs a few nanoseconds a slot; no slot
/// is read for it.
final class SlotRows {

    /// What an update did to the list of rows.
    enum Effect {
        /// The same rows in the same order.
        NONE,
        /// The same rows in another order.
        MOVED,
        /// Rows came or went.
        OTHERS
    }

    /// How many slots in a row may go without a closer look at all that are left.
    private static final int LOOK_AHEAD = 8;

    private List<SlotRow> rows = List.of();
    private List<SlotRow> troubled = List.of();
    private int turn;

    List<SlotRow> all() {
        return rows;
    }

    @Nullable SlotRow row(SlotId id) {
        for (SlotRow row : rows) {
            if (row.id().key() == id.key() && row.id().occurrence() == id.occurrence()) {
                return row;
            }
        }
        return null;
    }

    /// Whether a row is one of those there now.
    boolean has(SlotRow row) {
        return row.turn == turn;
    }

    /// Takes over a newer reading.
    Effect update(StoreReading reading, List<PartTrack> tracks) {
        Newest newest = new Newest(reading, tracks);
        turn++;
        if (sameKeys(newest)) {
            for (int i = 0; i < rows.size(); i++) {
                take(rows.get(i), newest, i);
            }
            return Effect.NONE;
        }
        List<SlotRow> matched = match(newest);
        return matched == null ? countAndMatch(newest) : replace(matched);
    }

    void clear() {
        turn++;
        rows = List.of();
        troubled = List.of();
    }

    private void take(SlotRow row, Newest newest, int at) {
        row.update(newest.slots, at, newest.track(at));
        row.turn = turn;
    }

    private Effect replace(List<SlotRow> newest) {
        boolean others = newest.size() != rows.size();
        for (int i = 0; i < newest.size() && !others; i++) {
            others = newest.get(i).isNew;
        }
        newest.forEach(row -> row.isNew = false);
        rows = newest;
        return others ? Effect.OTHERS : Effect.MOVED;
    }

    private boolean sameKeys(Newest newest) {
        if (newest.size() != rows.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            // The same keys in the same order: duplicates are counted alike, too.
            if (rows.get(i).id().key() != newest.key(i)) {
                return false;
            }
        }
        return true;
    }

    /// Walks old and new side by side, putting aside what is missing in the new order: it usually
    /// turns up at the end, where PHP puts what it overwrites. Null when keys occur twice.
    private @Nullable List<SlotRow> match(Newest newest) {
        List<SlotRow> matched = new ArrayList<>(newest.size());
        Map<Long, SlotRow> aside = new HashMap<>();
        Map<Long, SlotRow> fresh = new HashMap<>();
        int old = 0;
        for (int i = 0; i < newest.size(); i++) {
            long key = newest.key(i);
            int found = ahead(old, key);
            if (found < 0 && !aside.containsKey(key) && old < rows.size()) {
                // Another order altogether: look through all that are left, once.
                found = rows.size();
            }
            for (; old < found; old++) {
                SlotRow skipped = rows.get(old);
                if (aside.put(skipped.id().key(), skipped) != null) {
                    return null;
                }
            }
            SlotRow row;
            if (old < rows.size() && old == found) {
                row = rows.get(old++);
            } else {
                row = aside.remove(key);
            }
            if (row == null) {
                row = new SlotRow(SlotId.first(key));
                if (fresh.put(key, row) != null) {
                    return null;
                }
            }
            if (row.turn == turn || row.id().occurrence() > 0) {
                return null;
            }
            take(row, newest, i);
            matched.add(row);
        }
        if (!fresh.isEmpty()) {
            for (SlotRow row : matched) {
                // A key that is old and new at once is there twice.
                if (!row.isNew && fresh.containsKey(row.id().key())) {
                    return null;
                }
            }
        }
        return matched;
    }

    private int ahead(int from, long key) {
        int until = Math.min(rows.size(), from + LOOK_AHEAD);
        for (int i = from; i < until; i++) {
            if (rows.get(i).id().key() == key) {
                return i;
            }
        }
        return -1;
    }

    /// The thorough way, which counts how often each key occurs.
    private Effect countAndMatch(Newest newest) {
        // Forgets what the quick way had taken already.
        turn++;
        Map<SlotId, SlotRow> known = HashMap.newHashMap(rows.size());
        for (SlotRow row : rows) {
            known.put(row.id(), row);
        }
        Map<Long, Integer> seen = HashMap.newHashMap(newest.size());
        List<SlotRow> matched = new ArrayList<>(newest.size());
        for (int i = 0; i < newest.size(); i++) {
            long key = newest.key(i);
            SlotId id = new SlotId(key, seen.merge(key, 1, Integer::sum) - 1);
            SlotRow row = known.getOrDefault(id, new SlotRow(id));
            take(row, newest, i);
            matched.add(row);
        }
        return replace(matched);
    }

    /// Hands each finding to the slot it lies in. They may be of an older reading; then they are
    /// where the slots were.
    void place(StoreReading reading) {
        List<Slot> slots = reading.slots();
        for (SlotRow row : troubled) {
            row.problems(List.of());
        }
        Map<SlotRow, List<Problem>> found = new HashMap<>();
        Map<Long, SlotRow> byKey = new HashMap<>();
        for (Problem problem : reading.problems()) {
            int at = at(slots, problem.offset());
            if (at < 0) {
                continue;
            }
            SlotRow row = rowOf(at, slots.get(at).key(), byKey);
            if (row != null) {
                found.computeIfAbsent(row, _ -> new ArrayList<>()).add(problem);
            }
        }
        found.forEach(SlotRow::problems);
        troubled = List.copyOf(found.keySet());
    }

    private @Nullable SlotRow rowOf(int at, long key, Map<Long, SlotRow> byKey) {
        if (at < rows.size() && rows.get(at).id().key() == key) {
            return rows.get(at);
        }
        if (byKey.isEmpty()) {
            rows.forEach(row -> byKey.putIfAbsent(row.id().key(), row));
        }
        return byKey.get(key);
    }

    /// The slot that begins at or before an offset and reaches beyond it; −1 for none.
    private static int at(List<Slot> slots, long offset) {
        int low = 0;
        int high = slots.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (slots.get(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return -1;
        }
        Slot slot = slots.get(high);
        // A damaged stride can be anything; the header itself surely belongs to the slot.
        long length = Math.max(24, slot.strideBytes());
        return offset - slot.offset() < length ? high : -1;
    }

    /// A reading and what sampling knows of its slots. Both list the slots in the store's order, so
    /// keys come from the tracks, which are there already; slots are made when they are looked at.
    private static final class Newest {
        private final List<Slot> slots;
        private final List<PartTrack> tracks;
        private final boolean sideBySide;

        Newest(StoreReading reading, List<PartTrack> tracks) {
            this.slots = reading.slots();
            this.tracks = tracks;
            int size = slots.size();
            this.sideBySide =
                    size == tracks.size()
                            && (size == 0 || same(0) && same(size / 2) && same(size - 1));
        }

        private boolean same(int at) {
            Slot slot = slots.get(at);
            PartTrack track = tracks.get(at);
            return slot.key() == track.key() && slot.offset() == track.part().offset();
        }

        int size() {
            return slots.size();
        }

        long key(int at) {
            return sideBySide ? tracks.get(at).key() : slots.get(at).key();
        }

        @Nullable PartTrack track(int at) {
            return sideBySide ? tracks.get(at) : search(slots.get(at));
        }

        private @Nullable PartTrack search(Slot slot) {
            int low = 0;
            int high = tracks.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                PartTrack track = tracks.get(middle);
                long offset = track.part().offset();
                if (offset == slot.offset()) {
                    return track.key() == slot.key() ? track : null;
                }
                if (offset < slot.offset()) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return null;
        }
    }
}
