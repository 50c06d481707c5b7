package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Reads and writes one store. The bytes after a write are exactly those PHP would have left, stale
/// ones included.
///
/// PHP takes no lock by itself. A reading is two equal copies whose structure is sound. A write is
/// planned on such a reading and begins only if the header still is the same; against a writer that
/// starts in that very moment only the semaphore of the scripts helps, which the caller holds.
///
/// Order of a put, so that free never claims more than lies between end and total: slot bytes, free
/// down, end up. Order of an unset: end down, bytes, free up. Replacing is an unset and a put in
/// one: end down, bytes move up, the new slot behind them, free, end up. Should the process die
/// between two of these steps, the value being replaced may be gone, the new one then lies right
/// behind end; no other slot is lost once the bytes have moved.
///
/// Any thread; blocking. Writes through one object exclude each other.
public final class PhpStore {

    /// Long runs go in pieces, so that a detach need not wait.
    private static final int CHUNK_BYTES = 1 << 20;

    /// Copies up to this size live on the heap.
    private static final int HEAP_COPY_BYTES = 16 << 20;

    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long MOST_PAUSE_NANOS = 1_000_000;

    /// Before a store is called damaged, or torn: a copy of a large one takes its time.
    private static final int LEAST_ATTEMPTS = 3;

    /// Bytes that did not change for so long are at rest: longer than a writer usually has to wait
    /// for its processor.
    private static final long REST_NANOS = 12_000_000;

    /// A writer that never pauses is waited for so long.
    private static final long PATIENCE_NANOS = 100_000_000;

    private static final int WRITE_ATTEMPTS = 20;

    /// Damage that a write leaves as it is; PHP writes into such stores as well.
    private static final Set<String> HARMLESS =
            Set.of(
                    "start-not-40",
                    "total-beyond-segment",
                    "sum-mismatch",
                    "duplicate-key",
                    "next-unaligned",
                    "next-not-canonical");

    private final AttachedSegment segment;
    private final StoreShape shape = new StoreShape();
    private final Object writing = new Object();

    public PhpStore(AttachedSegment segment) {
        this.segment = segment;
    }

    /// Copies twice until both copies are equal, the store is sound, every value can be read, and
    /// the last slot does not look half moved. A store that never gets there but lies still is
    /// damaged, or was so written, and returned as it is; one that never lies still is returned as
    /// last seen, with the problem `torn`.
    ///
    /// Without a lock no reading is certain: a writer can lose its processor half-way for longer
    /// than we wait, and leave a store that looks whole, lacks the slot it was replacing, and has a
    /// last slot that is mixed.
    public StoreReading read() throws ShmException {
        long begun = System.nanoTime();
        long stillSince = begun;
        long pause = FIRST_PAUSE_NANOS;
        StoreReading reading = readTwice();
        for (int attempt = 1; !settled(reading); attempt++) {
            long now = System.nanoTime();
            boolean atRest = reading.torn() == null && now - stillSince > REST_NANOS;
            boolean outOfPatience = attempt >= LEAST_ATTEMPTS && now - begun > PATIENCE_NANOS;
            if (atRest && attempt >= LEAST_ATTEMPTS || outOfPatience) {
                break;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, MOST_PAUSE_NANOS);
            StoreReading next = readTwice();
            if (!sameBytes(reading, next)) {
                stillSince = System.nanoTime();
            }
            reading = next;
        }
        return reading;
    }

    /// Whether there is no reason to doubt. PHP does store values that cannot be read, but far more
    /// often such a value is one whose bytes are being moved.
    private boolean settled(StoreReading reading) throws ShmException {
        return !reading.isStore()
                || reading.sound() && reading.problems().isEmpty() && !mayBeHalfMoved(reading);
    }

    /// Whether the last slot's bytes may be mixed. PHP takes a slot out by lowering end and moving
    /// what lies behind it up, the last slot last; stopped there, it leaves a sound store. What the
    /// last slot is moved from still lies behind the end then, and says something else.
    ///
    /// So it does where a slot was removed and the last one then given another value of its size:
    /// no proof, only a reason to wait. And no sign is left when the slot taken out was the smaller
    /// one and most is moved: then the bytes moved from are written over.
    private boolean mayBeHalfMoved(StoreReading reading) throws ShmException {
        StoreHeader header = reading.header();
        List<Slot> slots = reading.slots();
        if (header == null || slots.isEmpty() || !reading.words().writable()) {
            return false;
        }
        Slot last = slots.getLast();
        byte[] payload = last.payload();
        if (payload == null) {
            return false;
        }
        long from = last.offset() + StoreLayout.strideFor(0);
        long until = Math.min(header.total(), reading.segmentBytes());
        int length = (int) Math.clamp(until - from, 0, CHUNK_BYTES);
        byte[] behind = new byte[length];
        readGently(from, behind, length);
        ByteView view = ByteView.of(behind);
        for (int at = 0; view.holds(at, last.strideBytes()); at += Long.BYTES) {
            if (view.read(at, StoreLayout.KEY) == last.key()
                    && view.read(at, StoreLayout.LENGTH) == payload.length
                    && view.read(at, StoreLayout.STRIDE) == last.strideBytes()) {
                int twin = at + StoreLayout.SLOT_HEADER_BYTES;
                return !Arrays.equals(
                        payload, 0, payload.length, behind, twin, twin + payload.length);
            }
        }
        return false;
    }

    private static boolean sameBytes(StoreReading one, StoreReading other) {
        return one.copy().size() == other.copy().size()
                && one.copy().mismatch(0, other.copy(), 0, one.copy().size()) < 0;
    }

    /// Whether a payload of this length would fit under this key.
    public Fit fit(long key, int payloadBytes) throws ShmException, NotAStore {
        StoreReading reading = read();
        return reading.fit(writable(reading, key), key, payloadBytes);
    }

    /// Stores a payload, replacing what is there under this key.
    ///
    /// @throws ShmException `DoesNotFit`, with the old value still there; `Moved` when other
    ///   writers never left us a moment
    public Put put(long key, byte[] payload) throws ShmException, NotAStore {
        synchronized (writing) {
            return putWhere(key, payload, reading -> {});
        }
    }

    /// Stores a payload if the slot still holds what the caller saw.
    ///
    /// @param expectedPayload null when no slot with this key was there
    /// @throws ShmException `Moved` when the slot holds something else by now
    public Put putIf(long key, byte @Nullable [] expectedPayload, byte[] payload)
            throws ShmException, NotAStore {
        synchronized (writing) {
            return putWhere(key, payload, reading -> expect(reading, key, expectedPayload));
        }
    }

    /// Removes a slot.
    ///
    /// @return false when there is none with this key
    public boolean unset(long key) throws ShmException, NotAStore {
        synchronized (writing) {
            return unsetWhere(key, reading -> {});
        }
    }

    /// Removes a slot if it still holds what the caller saw.
    ///
    /// @throws ShmException `Moved` when it holds something else by now, or is gone
    public void unsetIf(long key, byte[] expectedPayload) throws ShmException, NotAStore {
        synchronized (writing) {
            if (!unsetWhere(key, reading -> expect(reading, key, expectedPayload))) {
                throw moved(0);
            }
        }
    }

    private boolean unsetWhere(long key, Condition condition) throws ShmException, NotAStore {
        for (int attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
            StoreReading reading = read();
            StoreHeader header = writable(reading, key);
            condition.check(reading);
            Optional<Slot> slot = reading.slot(key);
            if (slot.isEmpty()) {
                return false;
            }
            if (stillThere(header) && stillHolds(slot)) {
                long stride = slot.get().strideBytes();
                try (Act act = segment.begin(new Deed.Slot(key, slot.get().payload(), null))) {
                    if (againThere(header, slot, act)) {
                        putEnd(header.end() - stride);
                        closeGap(slot.get(), header.end());
                        putFree(header.free() + stride);
                        act.done();
                        return true;
                    }
                }
            }
            LockSupport.parkNanos(FIRST_PAUSE_NANOS);
        }
        throw moved(0);
    }

    /// Writes the header of an empty store over the first 40 bytes, as `shm_attach` does with a
    /// segment that has none. Nothing else is cleared. The magic comes last, so that nobody sees it
    /// before the numbers.
    public void format() throws ShmException {
        synchronized (writing) {
            long size = segment.sizeBytes();
            if (size < StoreLayout.HEADER_BYTES) {
                throw new ShmException(
                        new ShmFailure.DoesNotFit(subject(), StoreLayout.HEADER_BYTES, size));
            }
            try (Act act = segment.begin(new Deed.Whole(Reason.FORMAT))) {
                segment.putWord(StoreLayout.START.offset(), StoreLayout.HEADER_BYTES);
                segment.putWord(StoreLayout.END.offset(), StoreLayout.HEADER_BYTES);
                segment.putWord(StoreLayout.TOTAL.offset(), size);
                segment.putWord(StoreLayout.FREE.offset(), size - StoreLayout.HEADER_BYTES);
                byte[] magic = StoreLayout.magic();
                segment.write(StoreLayout.MAGIC.offset(), magic, 0, magic.length);
                act.done();
            }
        }
    }

    /// Whether every byte is zero. Pages nobody ever touched are zero and stay untouched.
    public boolean blank() throws ShmException {
        long size = segment.sizeBytes();
        byte[] chunk = new byte[(int) Math.min(size, CHUNK_BYTES)];
        for (long at = 0; at < size; at += chunk.length) {
            int length = (int) Math.min(chunk.length, size - at);
            readGently(at, chunk, length);
            for (int i = 0; i < length; i++) {
                if (chunk[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /// What has to hold of a reading before a write may begin.
    private interface Condition {
        void check(StoreReading reading) throws ShmException;
    }

    private Put putWhere(long key, byte[] payload, Condition condition)
            throws ShmException, NotAStore {
        for (int attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
            StoreReading reading = read();
            StoreHeader header = writable(reading, key);
            condition.check(reading);
            Fit fit = reading.fit(header, key, payload.length);
            if (!fit.fits()) {
                throw new ShmException(
                        new ShmFailure.DoesNotFit(
                                subject(), fit.neededBytes(), fit.freeBytes() + fit.freedBytes()));
            }
            Optional<Slot> old = reading.slot(key);
            if (stillThere(header) && stillHolds(old)) {
                byte[] before = old.map(Slot::payload).orElse(null);
                try (Act act = segment.begin(new Deed.Slot(key, before, payload))) {
                    if (againThere(header, old, act)) {
                        long at = write(header, old, key, payload, fit);
                        act.done();
                        return new Put(at, old.isPresent());
                    }
                }
            }
            LockSupport.parkNanos(FIRST_PAUSE_NANOS);
        }
        throw moved(0);
    }

    /// Looks once more after an act has begun: telling a journal may take as long as a disk does,
    /// and others write meanwhile.
    private boolean againThere(StoreHeader header, Optional<Slot> slot, Act act)
            throws ShmException {
        boolean there = stillThere(header) && stillHolds(slot);
        if (!there) {
            act.dropped();
        }
        return there;
    }

    private long write(StoreHeader header, Optional<Slot> old, long key, byte[] payload, Fit fit)
            throws ShmException {
        long at = header.end() - fit.freedBytes();
        if (old.isPresent()) {
            putEnd(at);
            closeGap(old.get(), header.end());
        }
        ByteBuffer numbers =
                ByteBuffer.allocate(StoreLayout.SLOT_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(key).putLong(payload.length).putLong(fit.neededBytes());
        segment.write(at, numbers.array(), 0, numbers.capacity());
        writeChunks(at + StoreLayout.SLOT_HEADER_BYTES, payload);
        putFree(header.free() + fit.freedBytes() - fit.neededBytes());
        putEnd(at + fit.neededBytes());
        return at;
    }

    /// Moves everything behind a slot up by its stride, front to back, as PHP's memmove does.
    private void closeGap(Slot slot, long end) throws ShmException {
        long behind = slot.offset() + slot.strideBytes();
        segment.moveDown(behind, slot.offset(), end - behind);
    }

    private void writeChunks(long at, byte[] bytes) throws ShmException {
        for (int done = 0; done < bytes.length; done += CHUNK_BYTES) {
            segment.write(at + done, bytes, done, Math.min(CHUNK_BYTES, bytes.length - done));
        }
    }

    private void putEnd(long end) throws ShmException {
        segment.putWord(StoreLayout.END.offset(), end);
    }

    private void putFree(long free) throws ShmException {
        segment.putWord(StoreLayout.FREE.offset(), free);
    }

    /// The header of a store that may be written to.
    private StoreHeader writable(StoreReading reading, long key) throws ShmException, NotAStore {
        List<Problem> problems = reading.structuralProblems();
        if (!reading.isStore()) {
            throw new NotAStore("this is no PHP store: " + problems.getFirst().message(), problems);
        }
        if (!reading.words().writable()) {
            throw new NotAStore(reading.words().whyReadOnly(), problems);
        }
        Problem torn = reading.torn();
        if (torn != null) {
            throw moved(torn.offset());
        }
        StoreHeader header = reading.header();
        if (header == null) {
            throw new NotAStore(
                    "the store cannot be written from here: " + problems.getFirst().message(),
                    problems);
        }
        for (Problem problem : problems) {
            if (!HARMLESS.contains(problem.code())) {
                throw new NotAStore(
                        "the store is damaged, and writing would make it worse: "
                                + problem.message(),
                        problems);
            }
        }
        if (reading.slots().stream().filter(slot -> slot.key() == key).limit(2).count() > 1) {
            throw new NotAStore(
                    "slot %d is there twice: scripts would go on finding one of the old values"
                            .formatted(key),
                    problems);
        }
        return header;
    }

    private void expect(StoreReading reading, long key, byte @Nullable [] expectedPayload)
            throws ShmException {
        Optional<Slot> slot = reading.slot(key);
        byte[] actual = slot.map(Slot::payload).orElse(null);
        boolean asExpected =
                expectedPayload == null
                        ? slot.isEmpty()
                        : slot.isPresent() && Arrays.equals(expectedPayload, actual);
        if (!asExpected) {
            throw moved(slot.map(Slot::offset).orElse(0L));
        }
    }

    /// The last look before the first write.
    boolean stillThere(StoreHeader header) throws ShmException {
        byte[] now = new byte[StoreLayout.HEADER_BYTES];
        segment.read(0, now, 0, now.length);
        ByteView view = ByteView.of(now);
        return StoreShape.hasMagic(view)
                && view.read(0, StoreLayout.START) == header.start()
                && view.read(0, StoreLayout.END) == header.end()
                && view.read(0, StoreLayout.FREE) == header.free()
                && view.read(0, StoreLayout.TOTAL) == header.total();
    }

    /// A slot of equal size can be replaced without a trace in the header.
    private boolean stillHolds(Optional<Slot> slot) throws ShmException {
        return slot.isEmpty() || stillHolds(slot.get());
    }

    /// Whether a slot lies where it was seen, with the same bytes.
    boolean stillHolds(Slot seen) throws ShmException {
        byte[] payload = seen.payload();
        byte[] now =
                new byte[StoreLayout.SLOT_HEADER_BYTES + (payload == null ? 0 : payload.length)];
        segment.read(seen.offset(), now, 0, now.length);
        return new Slot(ByteView.of(now), 0).sameAs(seen);
    }

    /// One copy, as it is: nobody looked whether a writer was at work. For those who prove in the
    /// memory itself what they take from it.
    StoreReading glance() throws ShmException {
        long size = segment.sizeBytes();
        byte[] headBytes = new byte[(int) Math.min(StoreShape.HEAD_BYTES, size)];
        readGently(0, headBytes, headBytes.length);
        ByteView head = ByteView.of(headBytes);
        return shape.recognises(head, size)
                ? StoreReading.of(ByteView.of(copy(shape.extentBytes(head, size))), size)
                : StoreReading.of(head, size);
    }

    private StoreReading readTwice() throws ShmException {
        long size = segment.sizeBytes();
        byte[] headBytes = new byte[(int) Math.min(StoreShape.HEAD_BYTES, size)];
        readGently(0, headBytes, headBytes.length);
        ByteView head = ByteView.of(headBytes);
        if (!shape.recognises(head, size)) {
            return StoreReading.of(head, size);
        }
        StoreReading reading = copyTwice(shape.extentBytes(head, size), size);
        if (reading.torn() == null && reading.wantedBytes() > reading.copy().size()) {
            // The store grew since the look at its head, or a damaged slot reaches beyond its end.
            reading = copyTwice(reading.wantedBytes(), size);
        }
        return reading;
    }

    private MemorySegment copy(long extent) throws ShmException {
        if (extent <= HEAP_COPY_BYTES) {
            byte[] bytes = new byte[(int) extent];
            segment.read(0, bytes, 0, bytes.length);
            return MemorySegment.ofArray(bytes);
        }
        MemorySegment copy = Arena.ofAuto().allocate(extent);
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < extent; at += chunk.length) {
            int length = (int) Math.min(chunk.length, extent - at);
            segment.read(at, chunk, 0, length);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, copy, at, length);
        }
        return copy;
    }

    private StoreReading copyTwice(long extent, long size) throws ShmException {
        MemorySegment copy = copy(extent);
        // The walk comes after: between the two looks there must be as little time as can be.
        long differs = firstDifference(copy, new byte[(int) Math.min(extent, CHUNK_BYTES)]);
        StoreReading reading = StoreReading.of(ByteView.of(copy), size);
        return differs < 0 ? reading : reading.tornAt(differs);
    }

    private long firstDifference(MemorySegment copy, byte[] chunk) throws ShmException {
        for (long at = 0; at < copy.byteSize(); at += chunk.length) {
            int length = (int) Math.min(chunk.length, copy.byteSize() - at);
            segment.read(at, chunk, 0, length);
            long differs =
                    MemorySegment.mismatch(
                            MemorySegment.ofArray(chunk), 0, length, copy, at, at + length);
            if (differs >= 0) {
                return at + differs;
            }
        }
        return -1;
    }

    /// Reads without touching pages that nobody ever touched; their bytes are zero. Only when some
    /// are swapped out, those that are not resident have to be read to know.
    private void readGently(long at, byte[] into, int length) throws ShmException {
        if (segment.factsBefore().swapBytes() > 0) {
            segment.read(at, into, 0, length);
        } else {
            segment.readResident(at, into, 0, length);
        }
    }

    private ShmException moved(long offset) {
        return new ShmException(new ShmFailure.Moved(subject(), offset, 0));
    }

    private String subject() {
        return segment.id().text();
    }
}
