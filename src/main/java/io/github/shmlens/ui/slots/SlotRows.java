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
/// and goes, in time that grows with the number of slots and no faster.
final class SlotRows {

    private List<SlotRow> rows = List.of();
    private List<SlotRow> troubled = List.of();

    List<SlotRow> all() {
        return rows;
    }

    @Nullable SlotRow row(SlotId id) {
        for (SlotRow row : rows) {
            if (row.id().equals(id)) {
                return row;
            }
        }
        return null;
    }

    /// Takes over a newer reading.
    ///
    /// @return whether rows came, went or changed places
    boolean update(StoreReading reading, List<PartTrack> tracks) {
        List<Slot> slots = reading.slots();
        return sameKeys(slots) ? updateInPlace(slots, tracks) : rebuild(slots, tracks);
    }

    void clear() {
        rows = List.of();
        troubled = List.of();
    }

    private boolean sameKeys(List<Slot> slots) {
        if (slots.size() != rows.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            // The same keys in the same order: duplicates are counted alike, too.
            if (rows.get(i).id().key() != slots.get(i).key()) {
                return false;
            }
        }
        return true;
    }

    private boolean updateInPlace(List<Slot> slots, List<PartTrack> tracks) {
        Cursor track = new Cursor(tracks);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).update(slots.get(i), track.of(slots.get(i)));
        }
        return false;
    }

    private boolean rebuild(List<Slot> slots, List<PartTrack> tracks) {
        Map<SlotId, SlotRow> known = HashMap.newHashMap(rows.size());
        for (SlotRow row : rows) {
            known.put(row.id(), row);
        }
        Map<Long, Integer> seen = HashMap.newHashMap(slots.size());
        List<SlotRow> newest = new ArrayList<>(slots.size());
        Cursor track = new Cursor(tracks);
        boolean moved = slots.size() != rows.size();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            SlotId id = new SlotId(slot.key(), seen.merge(slot.key(), 1, Integer::sum) - 1);
            SlotRow row = known.get(id);
            if (row == null) {
                row = new SlotRow(id, slot, track.of(slot));
                moved = true;
            } else {
                row.update(slot, track.of(slot));
                moved |= row.order != i;
            }
            row.order = i;
            newest.add(row);
        }
        rows = newest;
        return moved;
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

    /// Walks the tracks beside the slots: both rise by offset.
    private static final class Cursor {
        private final List<PartTrack> tracks;
        private int next;

        Cursor(List<PartTrack> tracks) {
            this.tracks = tracks;
        }

        @Nullable PartTrack of(Slot slot) {
            while (next < tracks.size() && tracks.get(next).part().offset() < slot.offset()) {
                next++;
            }
            if (next == tracks.size()) {
                return null;
            }
            PartTrack track = tracks.get(next);
            return track.part().offset() == slot.offset() && track.key() == slot.key()
                    ? track
                    : null;
        }
    }
}
