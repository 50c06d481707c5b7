package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SegmentSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Looks after one store: puts right what can be put right without guessing, finds the ghosts of
/// former slots, and wipes stale bytes.
///
/// Everything that is written goes through compare-and-set against the bytes that were read, and
/// stops when the store moved on. Without the semaphore of the scripts a gap remains: a writer that
/// stores the very bytes that lay there before, in the very moment in which they are wiped. So a
/// wipe without a lock begins only when the header has been at rest for a while.
///
/// Any thread; blocking. Does not exclude writes through a [PhpStore] of the same segment; callers
/// make one change after the other.
public final class StoreCare {

    private static final int CHUNK_BYTES = 1 << 20;

    /// Copies up to this size live on the heap.
    private static final int HEAP_COPY_BYTES = 16 << 20;

    /// A damaged header may claim anything: beyond this no evidence is looked for.
    private static final long MOST_EVIDENCE_BYTES = 1L << 30;

    /// A wipe rewrites no more than this between two looks at the header.
    private static final int WIPE_BYTES = 64 << 10;

    /// A header that did not change for so long has no writer between two of its steps, unless one
    /// lost its processor there.
    private static final long REST_NANOS = 15_000_000;

    private static final long PATIENCE_NANOS = 250_000_000;
    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final PhpStore store;

    public StoreCare(SegmentSource source, AttachedSegment segment) {
        this.source = source;
        this.segment = segment;
        this.store = new PhpStore(segment);
    }

    /// What can be put right, as the store is now.
    public Repair plan() throws ShmException {
        return Repair.of(evidence());
    }

    /// Carries a plan out, if it is still the plan that would be made now.
    ///
    /// @return the store as it is then
    /// @throws ShmException `Moved` when the store is not the one planned for any more, or a word
    ///   changed under us; the words before that are written
    public StoreReading repair(Repair.Plan plan) throws ShmException {
        if (!plan().equals(plan)) {
            throw moved(StoreLayout.START.offset(), 0);
        }
        try (Act act = segment.begin(new Deed.Whole(Reason.REPAIR))) {
            long written = 0;
            for (Repair.Change change : plan.changes()) {
                Replaced outcome =
                        segment.replace(
                                change.offset(), word(change.before()), word(change.after()));
                if (outcome instanceof Replaced.MovedOn moved) {
                    throw moved(moved.offset(), written + moved.writtenBytes());
                }
                written += Long.BYTES;
            }
            act.done();
        }
        return store.read();
    }

    /// Looks for ghosts. Costs one look at each resident page of the free room; pages that nobody
    /// ever touched stay so.
    ///
    /// @throws NotAStore when there is no store, or its header does not say where the room begins
    public Ghosts ghosts() throws ShmException, NotAStore {
        StoreReading reading = store.read();
        Room room = room(reading);
        GhostSearch search = new GhostSearch(reading, room.from(), room.to());
        boolean swapped = mayBeSwapped();
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, room.length()))];
        while (search.wantsMore()) {
            int length = (int) Math.min(chunk.length, room.to() - search.at());
            if (look(search.at(), chunk, length, swapped)) {
                search.look(chunk, length, this::bytes);
            } else {
                search.skip(length);
            }
        }
        return search.found(currentEnd(room.from()));
    }

    /// Counts stale bytes.
    ///
    /// @throws NotAStore when there is no store, or one that is damaged: what looks like free room
    ///   might be none
    public StaleBytes stale() throws ShmException, NotAStore {
        StoreReading reading = soundReading();
        Room room = room(reading);
        boolean swapped = mayBeSwapped();
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, room.length()))];
        long inFree = 0;
        for (long at = room.from(); at < room.to(); at += chunk.length) {
            int length = (int) Math.min(chunk.length, room.to() - at);
            if (look(at, chunk, length, swapped)) {
                inFree += countNonZero(chunk, 0, length);
            }
        }
        long inPadding = 0;
        for (Slot slot : reading.slots()) {
            byte[] padding = padding(slot, reading.copy());
            inPadding += countNonZero(padding, 0, padding.length);
        }
        return new StaleBytes(inFree, inPadding);
    }

    /// Writes zeros over every stale byte. What lies behind the store's total is not the store's
    /// and stays. The end of the room goes first, the place where the next slot will be put last.
    ///
    /// @param locked whether the semaphore that the scripts take is held
    /// @return how many bytes were not zero and are now
    /// @throws ShmException `Moved` when a writer came in between: what was wiped until then is
    ///   counted in it
    /// @throws NotAStore when there is no store, or one that is damaged
    public StaleBytes wipe(boolean locked) throws ShmException, NotAStore {
        return wipe(locked, () -> false);
    }

    /// The same, and can be stopped between two steps.
    ///
    /// @param stop asked before each step
    /// @return what was wiped until then
    public StaleBytes wipe(boolean locked, BooleanSupplier stop) throws ShmException, NotAStore {
        StoreReading reading = soundReading();
        Room room = room(reading);
        Wiping wiping = new Wiping(room, locked, stop);
        try (Act act = segment.begin(new Deed.Wipe())) {
            wiping.free();
            wiping.paddings(reading);
            if (!wiping.stopped) {
                act.done();
            }
        }
        return new StaleBytes(wiping.freeBytes, wiping.paddingBytes);
    }

    /// Where a store has no slots.
    private record Room(StoreHeader header, long from, long to) {
        long length() {
            return to - from;
        }
    }

    /// One wipe.
    private final class Wiping {
        private final Room room;
        private final boolean locked;
        private final boolean swapped;
        private final byte[] seen = new byte[WIPE_BYTES];
        private final byte[] zeros = new byte[WIPE_BYTES];
        private final BooleanSupplier stop;
        private boolean stopped;
        private long freeBytes;
        private long paddingBytes;

        private Wiping(Room room, boolean locked, BooleanSupplier stop) throws ShmException {
            this.room = room;
            this.locked = locked;
            this.stop = stop;
            this.swapped = mayBeSwapped();
        }

        private void free() throws ShmException {
            awaitRest();
            for (long to = room.to(); to > room.from() && goesOn(); ) {
                // Chunks begin at multiples, so that no page is looked at twice.
                long from = Math.max(room.from(), (to - 1) / WIPE_BYTES * WIPE_BYTES);
                int length = (int) (to - from);
                boolean any = look(from, seen, length, swapped);
                long stale = any ? countNonZero(seen, 0, length) : 0;
                if (stale > 0) {
                    if (from == room.from()) {
                        awaitRest();
                    }
                    checkHeader();
                    zero(from, length);
                    freeBytes += stale;
                }
                to = from;
            }
        }

        /// Run by run of bytes that are not zero, so that nothing else is written.
        private void zero(long from, int length) throws ShmException {
            int at = 0;
            while (at < length) {
                if (seen[at] == 0) {
                    at++;
                    continue;
                }
                int end = at;
                while (end < length && seen[end] != 0) {
                    end++;
                }
                replace(
                        from + at,
                        Arrays.copyOfRange(seen, at, end),
                        Arrays.copyOf(zeros, end - at));
                at = end;
            }
        }

        private void paddings(StoreReading reading) throws ShmException {
            awaitRest();
            for (Slot slot : reading.slots()) {
                if (!goesOn()) {
                    return;
                }
                byte[] padding = padding(slot, reading.copy());
                long stale = countNonZero(padding, 0, padding.length);
                if (stale == 0) {
                    continue;
                }
                checkHeader();
                // An overwrite can move slots and leave the header as it was.
                if (!store.stillHolds(slot)) {
                    throw moved(slot.offset(), wiped());
                }
                replace(
                        slot.payloadOffset() + slot.lengthBytes(),
                        padding,
                        new byte[padding.length]);
                paddingBytes += stale;
            }
        }

        private void replace(long offset, byte[] expected, byte[] next) throws ShmException {
            if (segment.replace(offset, expected, next) instanceof Replaced.MovedOn moved) {
                throw moved(moved.offset(), wiped() + moved.writtenBytes());
            }
        }

        private boolean goesOn() {
            stopped |= stop.getAsBoolean();
            return !stopped;
        }

        private long wiped() {
            return freeBytes + paddingBytes;
        }

        private void checkHeader() throws ShmException {
            if (!store.stillThere(room.header())) {
                throw moved(StoreLayout.END.offset(), wiped());
            }
        }

        private void awaitRest() throws ShmException {
            checkHeader();
            if (locked) {
                return;
            }
            long until = System.nanoTime() + REST_NANOS;
            while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                checkHeader();
            }
        }
    }

    /// Reads as far as a repair wants to see.
    private StoreReading evidence() throws ShmException {
        StoreReading reading = store.read();
        long size = segment.sizeBytes();
        long wanted = RepairPlanner.evidenceBytes(reading, size);
        if (wanted <= reading.copy().size() || wanted > MOST_EVIDENCE_BYTES) {
            return reading;
        }
        MemorySegment copy =
                wanted <= HEAP_COPY_BYTES
                        ? MemorySegment.ofArray(new byte[(int) wanted])
                        : Arena.ofAuto().allocate(wanted);
        boolean swapped = mayBeSwapped();
        byte[] chunk = new byte[(int) Math.min(wanted, CHUNK_BYTES)];
        for (long at = 0; at < wanted; at += chunk.length) {
            int length = (int) Math.min(chunk.length, wanted - at);
            look(at, chunk, length, swapped);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, copy, at, length);
        }
        ByteView view = ByteView.of(copy);
        long known = Math.min(reading.copy().size(), view.size());
        long differs = reading.copy().mismatch(0, view, 0, known);
        StoreReading more = StoreReading.of(view, size);
        return differs < 0 ? more : more.tornAt(differs);
    }

    private StoreReading soundReading() throws ShmException, NotAStore {
        StoreReading reading = null;
        long begun = System.nanoTime();
        while (reading == null || reading.torn() != null) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw moved(StoreLayout.END.offset(), 0);
            }
            reading = store.read();
        }
        if (!reading.isStore()) {
            throw new NotAStore(
                    "this is no PHP store: " + why(reading), reading.structuralProblems());
        }
        if (!reading.sound()) {
            throw new NotAStore(
                    "the store is damaged, and what looks free might be none: " + why(reading),
                    reading.structuralProblems());
        }
        return reading;
    }

    private static String why(StoreReading reading) {
        List<Problem> problems = reading.structuralProblems();
        return problems.isEmpty() ? "it changes all the time" : problems.getFirst().message();
    }

    private static Room room(StoreReading reading) throws NotAStore {
        StoreHeader header = reading.header();
        if (!reading.words().writable()) {
            throw new NotAStore(reading.words().whyReadOnly(), reading.structuralProblems());
        }
        if (header == null) {
            throw new NotAStore(
                    "this is no PHP store: " + why(reading), reading.structuralProblems());
        }
        long to = Math.min(header.total(), reading.segmentBytes());
        if (header.end() < StoreLayout.HEADER_BYTES || header.end() > to) {
            throw new NotAStore(
                    "the header does not say where free room begins: end is " + header.end(),
                    reading.structuralProblems());
        }
        return new Room(header, header.end(), to);
    }

    /// The spare bytes behind a sound slot's value.
    private static byte[] padding(Slot slot, ByteView copy) {
        long from = slot.payloadOffset() + slot.lengthBytes();
        long until = slot.offset() + slot.strideBytes();
        return copy.bytes(from, (int) (until - from));
    }

    private static long countNonZero(byte[] bytes, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == 0 ? 0 : 1;
        }
        return count;
    }

    /// Where the room begins now, at least where it began.
    private long currentEnd(long before) throws ShmException {
        byte[] now = new byte[StoreLayout.HEADER_BYTES];
        segment.read(0, now, 0, now.length);
        return Math.max(before, ByteView.of(now).read(0, StoreLayout.END));
    }

    private byte[] bytes(long offset, int length) throws ShmException {
        byte[] bytes = new byte[length];
        segment.readResident(offset, bytes, 0, length);
        return bytes;
    }

    /// A page that is not resident was never touched, and is zero, unless some are swapped out.
    private boolean mayBeSwapped() throws ShmException {
        return source.facts(segment.id()).swapBytes() > 0;
    }

    /// @return false when no page of it was ever touched, so that all of it is zero
    private boolean look(long at, byte[] into, int length, boolean swapped) throws ShmException {
        if (swapped) {
            segment.read(at, into, 0, length);
            return true;
        }
        for (boolean resident : segment.readResident(at, into, 0, length)) {
            if (resident) {
                return true;
            }
        }
        return false;
    }

    private static byte[] word(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private ShmException moved(long offset, long writtenBytes) {
        return new ShmException(new ShmFailure.Moved(segment.id().text(), offset, writtenBytes));
    }
}
