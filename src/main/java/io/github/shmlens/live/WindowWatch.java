package io.github.shmlens.live;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Sweep;
import java.util.Arrays;

/// Follows the stretch in view. Compares each copy with the one before; bytes that have just come
/// into view have none, and are compared with the sweep's shadow instead. So each change is seen by
/// one of the two, and counted once.
final class WindowWatch {

    private static final int PAGE = AttachedSegment.PAGE_BYTES;
    private static final int BLOCK = Marks.BLOCK;

    private final AttachedSegment segment;
    private final Marks marks;
    private final OwnWrites own;

    private Window window = Window.EMPTY;

    /// The bytes of the window as they were known last; other than the window's own, these stay
    /// when a page is no longer resident, so that its return is no change.
    private byte[] held = {};

    private long heldFrom;

    /// False when the window was read without the shadow following: then only the shadow knows what
    /// has changed since.
    private boolean heldIsTrusted = true;

    private byte[] first = {};
    private byte[] second = {};
    private long[] sweptChanges = {};

    private boolean marksChanged;
    private boolean torn;
    private boolean tornBefore;
    private long changedBytes;
    private long skippedBytes;

    WindowWatch(AttachedSegment segment, Marks marks, OwnWrites own) {
        this.segment = segment;
        this.marks = marks;
        this.own = own;
    }

    Window window() {
        return window;
    }

    /// Offset of the first byte in view, a multiple of a block.
    long from() {
        return window.offset();
    }

    /// Offset behind the last block in view.
    long to() {
        return blockUp(window.end());
    }

    /// Whether the two reads of the newest look differed.
    boolean torn() {
        return torn;
    }

    /// How many bytes the newest look saw changed.
    long changedBytes() {
        return changedBytes;
    }

    /// Whether the newest look saw bytes in view, and none of them changing.
    boolean still() {
        return held.length > 0 && heldIsTrusted && !torn && changedBytes == 0;
    }

    /// Reads what is in view once more and remembers nothing: whether bytes are other than at the
    /// last look.
    boolean hasMoved() throws ShmException {
        int bytes = held.length;
        boolean[] resident = segment.readResident(heldFrom, first, 0, bytes);
        for (int at = 0; at < bytes; at += BLOCK) {
            int end = Math.min(bytes, at + BLOCK);
            if (resident[page(heldFrom, at)] && !Arrays.equals(first, at, end, held, at, end)) {
                return true;
            }
        }
        return false;
    }

    /// How many bytes in view, of those that are swept, were not resident.
    long skippedBytes() {
        return skippedBytes;
    }

    /// The marks of bytes in view are no longer those of the window.
    void marksChanged() {
        marksChanged = true;
    }

    /// Looks at the memory.
    void look(long offset, int length, long size, Sweep sweep, long now) throws ShmException {
        long from = Math.min(offset, size) / BLOCK * BLOCK;
        int bytes = (int) (Math.min(blockUp(Math.min(size, offset + length)), size) - from);
        if (length == 0 || bytes <= 0) {
            forget();
            return;
        }
        reserve(bytes);
        segment.readResident(from, first, 0, bytes);
        boolean[] resident = segment.readResident(from, second, 0, bytes);
        torn = Arrays.mismatch(first, 0, bytes, second, 0, bytes) >= 0;
        advance(sweep, from, bytes, resident);
        compare(from, bytes, resident, now);
        heldIsTrusted = true;
    }

    /// Looks only at bytes that were not in view before and leaves the others as they are. Marks
    /// and shadow stay untouched: time stands still.
    void lookFrozen(long offset, int length, long size) throws ShmException {
        long from = Math.min(offset, size) / BLOCK * BLOCK;
        int bytes = (int) (Math.min(blockUp(Math.min(size, offset + length)), size) - from);
        torn = false;
        changedBytes = 0;
        if (length == 0 || bytes <= 0) {
            forget();
            return;
        }
        if (from == window.offset() && bytes == window.length()) {
            return;
        }
        byte[] now = new byte[bytes];
        byte[] nowMarks = new byte[bytes];
        long[] nowChanged = new long[bytes];
        boolean[] resident = segment.readResident(from, now, 0, bytes);
        marks.inView(from, blockUp(from + bytes));
        fillMarks(from, bytes, resident, nowMarks, nowChanged);
        byte[] nowHeld = now.clone();
        long overlapFrom = Math.max(from, window.offset());
        int overlap = (int) (Math.min(from + bytes, window.end()) - overlapFrom);
        if (overlap > 0) {
            int old = (int) (overlapFrom - window.offset());
            int at = (int) (overlapFrom - from);
            System.arraycopy(window.bytes(), old, now, at, overlap);
            System.arraycopy(window.marks(), old, nowMarks, at, overlap);
            System.arraycopy(window.changedAtNanos(), old, nowChanged, at, overlap);
            System.arraycopy(held, (int) (overlapFrom - heldFrom), nowHeld, at, overlap);
        }
        held = nowHeld;
        heldFrom = from;
        heldIsTrusted = false;
        window = new Window(from, now, nowMarks, nowChanged, blockChanges(from, bytes));
    }

    private void forget() {
        torn = false;
        changedBytes = 0;
        skippedBytes = 0;
        window = Window.EMPTY;
        held = new byte[0];
        heldFrom = 0;
        marks.inView(0, 0);
    }

    private void reserve(int bytes) {
        int room = (int) blockUp(bytes);
        if (first.length < room) {
            first = new byte[room];
            second = new byte[room];
            sweptChanges = new long[room / BLOCK];
        }
    }

    /// Brings the shadow to this moment. What it reports is newer than the second read and becomes
    /// part of the copy.
    private void advance(Sweep sweep, long from, int bytes, boolean[] resident)
            throws ShmException {
        int blocks = (int) (blockUp(bytes) / BLOCK);
        Arrays.fill(sweptChanges, 0, blocks, 0);
        skippedBytes = 0;
        if (from >= sweep.coveredBytes()) {
            return;
        }
        skippedBytes =
                sweep.advance(
                        from,
                        bytes,
                        (block, before, after, length) -> {
                            int at = (int) (block - from);
                            if (at < 0 || at + length > bytes) {
                                return;
                            }
                            sweptChanges[at / BLOCK] = Sweep.differences(before, after, length);
                            System.arraycopy(after, 0, second, at, length);
                            resident[page(from, at)] = true;
                        });
    }

    private void compare(long from, int bytes, boolean[] resident, long now) {
        boolean sameStretch = from == heldFrom && bytes == held.length && heldIsTrusted;
        boolean samePages = sameResidency(from, bytes, resident);
        changedBytes = 0;
        marks.inView(from, blockUp(from + bytes));
        if (sameStretch
                && samePages
                && !torn
                && !tornBefore
                && !marksChanged
                && Arrays.equals(second, 0, bytes, held, 0, bytes)) {
            return;
        }
        byte[] nowHeld = new byte[bytes];
        System.arraycopy(second, 0, nowHeld, 0, bytes);
        for (int at = 0; at < bytes; at += BLOCK) {
            int length = Math.min(BLOCK, bytes - at);
            if (!resident[page(from, at)]) {
                keepHeld(from + at, length, nowHeld, at);
                continue;
            }
            long changed = changedIn(from + at, length, at);
            if (changed != 0) {
                changedBytes += Long.bitCount(changed);
                marks.changed(from + at, changed, own.among(from + at, changed, second, at), now);
            }
        }
        held = nowHeld;
        heldFrom = from;
        publish(from, bytes, resident, now);
        tornBefore = torn;
        marksChanged = false;
    }

    private long changedIn(long block, int length, int at) {
        long heldAt = block - heldFrom;
        if (!heldIsTrusted || heldAt < 0 || heldAt + length > held.length) {
            return sweptChanges[at / BLOCK];
        }
        int old = (int) heldAt;
        if (Arrays.equals(held, old, old + length, second, at, at + length)) {
            return 0;
        }
        long changed = 0;
        for (int i = 0; i < length; i++) {
            if (held[old + i] != second[at + i]) {
                changed |= 1L << i;
            }
        }
        return changed;
    }

    private void keepHeld(long block, int length, byte[] nowHeld, int at) {
        long heldAt = block - heldFrom;
        if (heldAt >= 0 && heldAt + length <= held.length) {
            System.arraycopy(held, (int) heldAt, nowHeld, at, length);
        }
    }

    private void publish(long from, int bytes, boolean[] resident, long now) {
        byte[] nowBytes = Arrays.copyOf(second, bytes);
        byte[] nowMarks = new byte[bytes];
        long[] nowChanged = new long[bytes];
        fillMarks(from, bytes, resident, nowMarks, nowChanged);
        if (torn) {
            for (int i = 0; i < bytes; i++) {
                if (first[i] != second[i]) {
                    nowMarks[i] |= Window.TORN;
                    marks.torn((from + i) / BLOCK * BLOCK, now);
                }
            }
        }
        window = new Window(from, nowBytes, nowMarks, nowChanged, blockChanges(from, bytes));
    }

    private int[] blockChanges(long from, int bytes) {
        int[] changes = new int[(int) (blockUp(bytes) / BLOCK)];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = marks.changes(from + (long) i * BLOCK);
        }
        return changes;
    }

    private void fillMarks(
            long from, int bytes, boolean[] resident, byte[] intoMarks, long[] intoChanged) {
        for (int at = 0; at < bytes; at += BLOCK) {
            int length = Math.min(BLOCK, bytes - at);
            if (resident[page(from, at)]) {
                Arrays.fill(intoMarks, at, at + length, (byte) Window.KNOWN);
            }
            marks.into(from + at, length, intoMarks, intoChanged, at);
        }
    }

    private boolean sameResidency(long from, int bytes, boolean[] resident) {
        if (window.offset() != from || window.length() != bytes) {
            return false;
        }
        for (int at = 0; at < bytes; at += BLOCK) {
            if (window.has(at, Window.KNOWN) != resident[page(from, at)]) {
                return false;
            }
        }
        return true;
    }

    private static int page(long from, int at) {
        return (int) ((from + at) / PAGE - from / PAGE);
    }

    private static long blockUp(long offset) {
        return (offset + BLOCK - 1) / BLOCK * BLOCK;
    }
}
