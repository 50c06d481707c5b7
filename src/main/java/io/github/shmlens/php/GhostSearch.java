package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.ShmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Walks free room for bytes that still parse as slots. Each place is looked at once; values are
/// read only where a header is exactly as PHP writes it, and in all no more than a few times as
/// many bytes as there are.
final class GhostSearch {

    /// Bytes of one segment, whether or not they are in the chunk at hand.
    interface Bytes {
        byte[] read(long offset, int length) throws ShmException;
    }

    /// More ghosts than anybody reads.
    static final int MOST_LISTED = 1000;

    /// Bytes of ghosts that are kept.
    private static final long MOST_KEPT_BYTES = 32L << 20;

    /// A longer value is judged by how it begins.
    private static final int LONGEST_READ = 16 << 20;

    /// Hostile ghosts overlap.
    private static final int MOST_READS_OF_EACH_BYTE = 4;

    private static final long LEAST_BUDGET = 1 << 20;

    private final StoreReading reading;
    private final long from;
    private final long to;
    private final Map<Long, Slot> living = new HashMap<>();
    private final List<Slot> listed = new ArrayList<>();
    private long count;
    private long keptBytes;
    private long budget;
    private long at;

    GhostSearch(StoreReading reading, long from, long to) {
        this.reading = reading;
        this.from = from;
        this.to = to;
        this.at = (from + 7) / 8 * 8;
        this.budget =
                MOST_READS_OF_EACH_BYTE * Math.clamp(to - from, LEAST_BUDGET, Long.MAX_VALUE / 8);
    }

    /// Where the next chunk has to begin.
    long at() {
        return at;
    }

    boolean wantsMore() {
        return budget > 0 && to - at >= StoreLayout.SLOT_STRUCT_BYTES;
    }

    /// @param chunk bytes from [#at()] on
    void look(byte[] chunk, int length, Bytes bytes) throws ShmException {
        ByteView view = ByteView.of(chunk);
        long base = at;
        int i = 0;
        while (i + StoreLayout.SLOT_HEADER_BYTES <= length && budget > 0) {
            long stride = view.read(i, StoreLayout.STRIDE);
            if (stride >= StoreLayout.SLOT_STRUCT_BYTES
                    && stride <= to - (base + i)
                    && stride == StoreLayout.strideFor(view.read(i, StoreLayout.LENGTH))
                    && isGhost(base + i, view.read(i, StoreLayout.LENGTH), bytes)) {
                if (stride > length - i) {
                    at = base + i + stride;
                    return;
                }
                i += (int) stride;
            } else {
                i += 8;
            }
        }
        at = base + i;
    }

    /// Goes on behind bytes that are all zero.
    void skip(int length) {
        at += Math.max(8, (length - StoreLayout.SLOT_HEADER_BYTES) / 8 * 8);
    }

    private boolean isGhost(long offset, long length, Bytes bytes) throws ShmException {
        if (length > LONGEST_READ) {
            budget -= StoreLayout.SLOT_HEADER_BYTES;
            byte[] head = bytes.read(offset, StoreLayout.SLOT_HEADER_BYTES + 2);
            if (!beginsAsValue(head)) {
                return false;
            }
            count++;
            return true;
        }
        int all = StoreLayout.SLOT_HEADER_BYTES + (int) length;
        budget -= all;
        byte[] slot = bytes.read(offset, all);
        ByteView view = ByteView.of(slot);
        // What was read twice may have changed in between.
        if (view.read(0, StoreLayout.LENGTH) != length
                || view.read(0, StoreLayout.STRIDE) != StoreLayout.strideFor(length)) {
            return false;
        }
        if (length > 0 && !isValue(slot) && !beginsAsValue(slot)) {
            return false;
        }
        count++;
        if (listed.size() < MOST_LISTED && keptBytes + all <= MOST_KEPT_BYTES) {
            keptBytes += all;
            listed.add(new Slot(view, offset, offset, StoreLayout.OURS));
        }
        return true;
    }

    private static boolean isValue(byte[] slot) {
        byte[] payload = Arrays.copyOfRange(slot, StoreLayout.SLOT_HEADER_BYTES, slot.length);
        SerializedText.Verdict verdict = SerializedText.check(payload);
        return verdict.readable() && verdict.at() == payload.length;
    }

    /// PHP stores unfinished texts too: a type's letter and what has to follow it.
    private static boolean beginsAsValue(byte[] slot) {
        int letter = slot[StoreLayout.SLOT_HEADER_BYTES];
        int next =
                slot.length > StoreLayout.SLOT_HEADER_BYTES + 1
                        ? slot[StoreLayout.SLOT_HEADER_BYTES + 1]
                        : 0;
        return "bidsSaOCErR".indexOf(letter) >= 0 && next == ':' || letter == 'N' && next == ';';
    }

    /// @param end where the room begins by now: what lies before is a live slot again
    Ghosts found(long end) {
        reading.slots().forEach(slot -> living.putIfAbsent(slot.key(), slot));
        List<Ghost> ghosts = new ArrayList<>();
        long overtaken = 0;
        for (Slot slot : listed) {
            if (slot.offset() < end) {
                overtaken++;
                continue;
            }
            Slot alive = living.get(slot.key());
            Ghost.Kind kind =
                    alive == null
                            ? Ghost.Kind.REMOVED
                            : alive.sameAs(slot) ? Ghost.Kind.MOVED : Ghost.Kind.REPLACED;
            ghosts.add(new Ghost(slot, kind));
        }
        boolean whole = budget > 0;
        return new Ghosts(reading, ghosts, count - overtaken, whole, Math.max(from, end), to);
    }
}
