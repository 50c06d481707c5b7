package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.php.Repair.Change;
import io.github.shmlens.php.Repair.Impossible;
import io.github.shmlens.php.Repair.LostSlot;
import io.github.shmlens.php.Repair.NotNeeded;
import io.github.shmlens.php.Repair.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for the one chain that two things vouch for.
final class RepairPlanner {

    /// Damaged values are read at most so many times the copy: hostile slots overlap.
    private static final int MOST_READS_OF_EACH_BYTE = 4;

    private final StoreReading reading;
    private final ByteView copy;
    private final StoreHeader header;
    private final long segmentBytes;
    private long budget;

    RepairPlanner(StoreReading reading, StoreHeader header) {
        this.reading = reading;
        this.copy = reading.copy();
        this.header = header;
        this.segmentBytes = reading.segmentBytes();
        this.budget = Math.multiplyExact(MOST_READS_OF_EACH_BYTE, Math.max(1, copy.size()));
    }

    /// How many bytes from the segment's start a plan wants to see: up to where end says the slots
    /// end, or where free says so.
    static long evidenceBytes(StoreReading reading, long segmentBytes) {
        StoreHeader header = reading.header();
        if (header == null) {
            return reading.copy().size();
        }
        long byFree = endByFree(header, segmentBytes);
        return Math.max(reading.copy().size(), Math.max(0, byFree));
    }

    /// Where the slots end if free and total are right; −1 when they cannot be.
    private static long endByFree(StoreHeader header, long segmentBytes) {
        boolean possible =
                header.total() >= StoreLayout.HEADER_BYTES
                        && header.total() <= segmentBytes
                        && header.free() >= 0
                        && header.free() <= header.total() - StoreLayout.HEADER_BYTES;
        return possible ? header.total() - header.free() : -1;
    }

    /// A way through the bytes.
    ///
    /// @param end behind its last slot
    /// @param whole whether it ends where it was to end
    private record Chain(long start, long end, boolean whole, long slots, List<Change> changes) {}

    /// A slot's stride, as it is or as it must be.
    private record Step(long stride, @Nullable Change change) {}

    Repair plan() {
        long end = header.end();
        long byFree = endByFree(header, segmentBytes);
        boolean endPossible = end >= StoreLayout.HEADER_BYTES && end <= segmentBytes;
        if (endPossible) {
            Chain chain = through(end);
            if (chain.whole()) {
                return planned(chain, "the chain ends there");
            }
        }
        if (byFree >= 0 && byFree != end) {
            Chain chain = through(byFree);
            if (chain.whole() && chain.slots() > 0) {
                return planned(chain, "the chain ends there, and free says so too");
            }
        }
        // The store is longer than the segment, or the image of it, and its numbers agree.
        boolean cutShort =
                end > segmentBytes
                        && header.free() >= 0
                        && end <= Long.MAX_VALUE - header.free()
                        && end + header.free() == header.total();
        if (!endPossible && !cutShort) {
            return new Impossible(
                    "end is %d and free is %d, and neither says where the slots end"
                            .formatted(end, header.free()));
        }
        Chain chain = through(Math.min(end, segmentBytes));
        return planned(
                chain,
                chain.end() > end
                        ? "the last slot begins before it and is whole"
                        : "the chain is sound up to there");
    }

    /// The chain to this end, from where start says or from where PHP always begins.
    private Chain through(long end) {
        boolean startPossible = header.start() >= StoreLayout.HEADER_BYTES;
        Chain usual = walk(StoreLayout.HEADER_BYTES, end);
        if (!startPossible || header.start() == StoreLayout.HEADER_BYTES) {
            return usual;
        }
        Chain asSaid = walk(header.start(), end);
        if (asSaid.whole() || usual.whole()) {
            return asSaid.whole() ? asSaid : usual;
        }
        return asSaid.slots() > 0 ? asSaid : usual;
    }

    private Chain walk(long start, long end) {
        List<Change> changes = new ArrayList<>();
        long at = start;
        long slots = 0;
        while (at < end) {
            Step step = step(at, end);
            if (step == null) {
                return new Chain(start, at, false, slots, changes);
            }
            if (step.change() != null) {
                changes.add(step.change());
            }
            at += step.stride();
            slots++;
        }
        return new Chain(start, at, at == end, slots, changes);
    }

    /// What one slot needs so that the chain can go on behind it; null when nothing vouches for
    /// that.
    private @Nullable Step step(long at, long end) {
        if (!copy.holds(at, StoreLayout.SLOT_HEADER_BYTES)) {
            return null;
        }
        long length = copy.read(at, StoreLayout.LENGTH);
        long stride = copy.read(at, StoreLayout.STRIDE);
        long canonical = StoreLayout.strideFor(length);
        long room = end - at;
        if (stride == canonical && stride <= room) {
            return new Step(stride, null);
        }
        if (stride == canonical && stride <= segmentBytes - at && valueEndsAt(at, length)) {
            // It begins before end, so scripts find it, and it is whole: end is at fault.
            return new Step(stride, null);
        }
        long key = copy.read(at, StoreLayout.KEY);
        if (canonical > 0
                && canonical <= room
                && (valueEndsAt(at, length) || slotBegins(at + canonical, end))) {
            return new Step(
                    canonical,
                    new Change(
                            at + StoreLayout.STRIDE.offset(),
                            "stride of slot " + key,
                            stride,
                            canonical,
                            "its length says so"));
        }
        if (stride < StoreLayout.SLOT_STRUCT_BYTES || stride > room) {
            return null;
        }
        long value = valueLength(at, stride - StoreLayout.SLOT_HEADER_BYTES);
        if (value > 0 && StoreLayout.strideFor(value) == stride) {
            return new Step(
                    stride,
                    new Change(
                            at + StoreLayout.LENGTH.offset(),
                            "length of slot " + key,
                            length,
                            value,
                            "the value ends there"));
        }
        // Not as PHP writes it, but PHP can live with it.
        boolean harmless =
                length >= 0
                        && length <= stride - StoreLayout.SLOT_HEADER_BYTES
                        && slotBegins(at + stride, end);
        return harmless ? new Step(stride, null) : null;
    }

    /// Whether a slot as PHP writes it lies there, or the chain ends there.
    private boolean slotBegins(long at, long end) {
        if (at == end) {
            return true;
        }
        if (at > end || !copy.holds(at, StoreLayout.SLOT_HEADER_BYTES)) {
            return false;
        }
        long stride = copy.read(at, StoreLayout.STRIDE);
        return stride > 0
                && stride <= end - at
                && stride == StoreLayout.strideFor(copy.read(at, StoreLayout.LENGTH));
    }

    private boolean valueEndsAt(long at, long length) {
        return length > 0 && valueLength(at, length) == length;
    }

    /// How long the value in these bytes is; −1 when there is none, or too much was read.
    private long valueLength(long at, long room) {
        long from = at + StoreLayout.SLOT_HEADER_BYTES;
        if (room > Integer.MAX_VALUE - 8 || !copy.holds(from, room) || room > budget) {
            return -1;
        }
        budget -= room;
        SerializedText.Verdict verdict = SerializedText.check(copy.bytes(from, (int) room));
        return verdict.readable() ? verdict.at() : -1;
    }

    private Repair planned(Chain chain, String whyEnd) {
        long end = chain.end();
        long total = header.total();
        if (total < Math.max(end, StoreLayout.HEADER_BYTES)
                || total < Math.min(header.end(), segmentBytes)
                || total > segmentBytes) {
            total = segmentBytes;
        }
        StoreHeader after = new StoreHeader(header.magic(), chain.start(), end, total - end, total);
        List<Change> changes = new ArrayList<>(chain.changes());
        changes.addAll(ofHeader(after, whyEnd));
        if (changes.isEmpty()) {
            return new NotNeeded();
        }
        List<LostSlot> lost = new ArrayList<>();
        long lostSlots = 0;
        for (Slot slot : reading.slots()) {
            if (slot.offset() >= end) {
                lostSlots++;
                if (lost.size() < Repair.MOST_NAMED) {
                    lost.add(new LostSlot(slot.key(), slot.offset()));
                }
            }
        }
        long until = Math.clamp(header.end(), end, Math.max(end, segmentBytes));
        return new Plan(header, after, changes, chain.slots(), lost, lostSlots, until - end);
    }

    /// Free down before end up, end down before free up: free must never claim more than lies
    /// between end and total.
    private List<Change> ofHeader(StoreHeader after, String whyEnd) {
        Change start =
                new Change(
                        StoreLayout.START.offset(),
                        "start",
                        header.start(),
                        after.start(),
                        "PHP always begins there");
        Change total =
                new Change(
                        StoreLayout.TOTAL.offset(),
                        "total",
                        header.total(),
                        after.total(),
                        "the segment has so many bytes");
        Change end = new Change(StoreLayout.END.offset(), "end", header.end(), after.end(), whyEnd);
        Change free =
                new Change(
                        StoreLayout.FREE.offset(),
                        "free",
                        header.free(),
                        after.free(),
                        "so many bytes lie between end and total");
        List<Change> inOrder =
                after.end() < header.end()
                        ? List.of(start, total, end, free)
                        : List.of(start, total, free, end);
        return inOrder.stream().filter(one -> one.before() != one.after()).toList();
    }
}
