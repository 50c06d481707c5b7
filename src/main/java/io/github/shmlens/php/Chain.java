package io.github.shmlens.php;

import io.github.shmlens.source.EntryChain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is remembered of a store after a walk: the numbers of its header, and where each slot lay.
/// It can tell whether all that still stands in a segment, and never believes it by itself.
///
/// What it says never changes; a change of the store makes another chain. Safe on any thread, but
/// only of the newest chain may others be made, by one thread at a time.
final class Chain {

    /// Linear searches until an index pays.
    private static final int SEARCHES_BEFORE_INDEX = 8;

    /// Fewer slots are found by looking at each.
    private static final int FEW = 16;

    /// The words of the header, in the order they lie in.
    private static final int END = StoreLayout.END.offset() / Long.BYTES;

    private static final int FREE = StoreLayout.FREE.offset() / Long.BYTES;

    private final EntryChain entries;
    private final int count;

    /// Where each slot begins, and behind the last one the end. Longer than that are these arrays
    /// where slots were added one by one: what lies behind belongs to newer chains.
    private final long[] places;

    private final long[] keys;

    /// Where the last search ended. Any place will do, so it is no matter which thread set it.
    private int lastFound;

    private int searches;

    /// Written once it is whole.
    private volatile int @Nullable [] index;

    private Chain(long[] header, int count, long[] places, long[] keys) {
        this.entries =
                new EntryChain(
                        header,
                        END,
                        StoreLayout.LENGTH.offset(),
                        StoreLayout.STRIDE.offset(),
                        StoreLayout.SLOT_HEADER_BYTES,
                        places,
                        keys);
        this.count = count;
        this.places = places;
        this.keys = keys;
        this.lastFound = count - 1;
    }

    /// The chain of a reading; without slots where it is not sound.
    static Chain of(StoreReading reading) {
        long[] header = new long[StoreLayout.HEADER_BYTES / Long.BYTES];
        for (int i = 0; i < header.length; i++) {
            header[i] = reading.copy().int64((long) i * Long.BYTES);
        }
        long[] offsets = reading.sound() ? reading.offsets() : new long[0];
        long[] places = Arrays.copyOf(offsets, offsets.length + 1);
        places[offsets.length] = header[END];
        long[] keys = new long[offsets.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = reading.copy().read(offsets[i], StoreLayout.KEY);
        }
        return new Chain(header, keys.length, places, keys);
    }

    // ---- what it says

    /// For the segment to compare with what it holds.
    EntryChain entries() {
        return entries;
    }

    long end() {
        return entries.head()[END];
    }

    long free() {
        return entries.head()[FREE];
    }

    int count() {
        return count;
    }

    long key(int at) {
        return keys[at];
    }

    long offset(int at) {
        return places[at];
    }

    long stride(int at) {
        return places[at + 1] - places[at];
    }

    long[] keys() {
        return Arrays.copyOf(keys, count);
    }

    /// Place of a key, −1 when it has none. Keys are there once: a chain with one twice is not
    /// sound.
    int find(long key) {
        int last = lastFound;
        if (last >= 0 && last < count && keys[last] == key) {
            return last;
        }
        int found = search(key);
        if (found >= 0) {
            lastFound = found;
        }
        return found;
    }

    private int search(long key) {
        if (index != null || count > FEW && ++searches > SEARCHES_BEFORE_INDEX) {
            return lookUp(key);
        }
        int found = count - 1;
        while (found >= 0 && keys[found] != key) {
            found--;
        }
        return found;
    }

    /// Place of a key, for who asks for many.
    int lookUp(long key) {
        int[] known = index;
        if (known == null) {
            known = makeIndex();
            index = known;
        }
        int at = hash(key) & known.length - 1;
        while (known[at] != 0) {
            if (keys[known[at] - 1] == key) {
                return known[at] - 1;
            }
            at = at + 1 & known.length - 1;
        }
        return -1;
    }

    /// An open hash table of places, each plus one.
    private int[] makeIndex() {
        int[] made = new int[Integer.highestOneBit(Math.max(count, 1)) * 4];
        for (int i = 0; i < count; i++) {
            int at = hash(keys[i]) & made.length - 1;
            while (made[at] != 0) {
                at = at + 1 & made.length - 1;
            }
            made[at] = i + 1;
        }
        return made;
    }

    private static int hash(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    // ---- what it becomes

    /// The chain when a slot is taken out and one with this key, as long as `stride` says, follows
    /// the last.
    ///
    /// @param old −1 when none is taken out
    /// @param stride 0 when none follows
    Chain changed(int old, long key, long stride) {
        boolean inPlace = old == count - 1 && old >= 0;
        if (inPlace && key == keys[old] && stride == stride(old)) {
            return this;
        }
        long freed = old < 0 ? 0 : stride(old);
        int kept = old < 0 ? count : count - 1;
        int next = stride == 0 ? kept : kept + 1;
        boolean shared = old < 0 && next < places.length;
        int room = shared ? places.length - 1 : next + (old < 0 ? Math.max(FEW, next / 2) : 0);
        long[] nextPlaces = shared ? places : new long[room + 1];
        long[] nextKeys = shared ? keys : new long[room];
        if (!shared) {
            int before = old < 0 ? count : old;
            System.arraycopy(keys, 0, nextKeys, 0, before);
            System.arraycopy(places, 0, nextPlaces, 0, before + 1);
            for (int i = before; i < kept; i++) {
                nextKeys[i] = keys[i + 1];
                nextPlaces[i + 1] = places[i + 2] - freed;
            }
        }
        if (stride != 0) {
            nextKeys[kept] = key;
            nextPlaces[kept + 1] = nextPlaces[kept] + stride;
        }
        long[] header = entries.head().clone();
        header[END] += stride - freed;
        header[FREE] -= stride - freed;
        return new Chain(header, next, nextPlaces, nextKeys);
    }
}
