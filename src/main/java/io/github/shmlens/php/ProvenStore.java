package io.github.shmlens.php;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Single slots of a store, read and written in place. It remembers the chain as it was walked
/// last, and believes none of it: PHP moves slots under us, and stale bytes look like slots.
///
/// A read is taken only when, in this order, the header was as remembered; every slot before the
/// wanted one had the remembered key and stride, so that the chain leads there and no earlier slot
/// has the key; the slot itself, copied in one piece, had key and stride; the header still was the
/// same; the slot's bytes were those copied; and the header still was the same again. Anything else
/// is a new walk.
///
/// One state proves itself and is none: PHP replaces a slot by lowering end, moving what lies
/// behind it up, and putting the slot at the end again. Stopped before that last step, for as long
/// as its processor is taken away, it leaves a sound store that lacks a slot, and whose last one
/// may be half moved. So where a slot is missing that was there at the last look, the last slot is
/// taken only when the bytes it was moved from agree, and an absence is believed only after a
/// while. Without a semaphore more cannot be known.
///
/// A write is planned on the chain up to the slot it replaces, proven in the same way, and then
/// does what [PhpStore#put] does, in the same order, with the same bytes. Without a semaphore, a
/// writer that begins in that very moment is as fatal as it is to PHP.
///
/// For one thread at a time; blocking.
public final class ProvenStore {

    private static final int UNPROVEN = -2;

    private static final long PAUSE_NANOS = 20_000;

    /// A slot that is missing for so long was removed, not just taken out to be replaced.
    private static final long ABSENCE_NANOS = 20_000_000;

    /// A store that has not been sound for so long is damaged, and a last slot that does not agree
    /// with its source, but lay still for so long, was written since.
    private static final long PATIENCE_NANOS = 300_000_000;

    /// Linear searches since the chain changed, until an index pays.
    private static final int SEARCHES_BEFORE_INDEX = 8;

    /// Fewer slots are found by looking at each.
    private static final int FEW = 16;

    private static final int SCRATCH_BYTES = 256;
    private static final int MOST_KEPT_SCRATCH_BYTES = 1 << 20;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Takes a payload out of a buffer that is used again afterwards.
    public interface Taker<T> {
        T take(byte[] bytes, int at, int length);
    }

    private final AttachedSegment segment;
    private final PhpStore store;
    private final long absenceNanos;

    private boolean known;
    private long magic;
    private long start;
    private long end;
    private long free;
    private long total;
    private int count;
    private long[] offsets = new long[0];
    private long[] keys = new long[0];
    private long[] strides = new long[0];

    /// The chain at the last look that lacked nothing.
    private long[] trustedKeys = new long[0];

    private long[] trustedStrides = new long[0];
    private int trustedCount;

    /// Whether a slot of the trusted chain is missing since [#suspectSince].
    private boolean suspect;

    private long suspectSince;

    /// The one slot that is missing; of stride 0 when there are more.
    private long missingKey;

    private long missingStride;

    /// Whether these numbers are those of a store that stayed unsound.
    private boolean damaged;

    private int lastFound;
    private int searches;
    private int @Nullable [] index;

    private byte[] scratch = new byte[SCRATCH_BYTES];

    public ProvenStore(AttachedSegment segment) {
        this(segment, ABSENCE_NANOS);
    }

    /// @param absenceNanos until a missing slot counts as removed
    ProvenStore(AttachedSegment segment, long absenceNanos) {
        this.segment = segment;
        this.store = new PhpStore(segment);
        this.absenceNanos = absenceNanos;
    }

    /// The payload under a key.
    ///
    /// @return null when there is no such slot
    /// @throws ShmException `Moved` when writers never left us a moment
    /// @throws NotAStore when there is no store, or the slot has an impossible length
    public <T> @Nullable T get(long key, Taker<T> taker) throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            if (!headerStands() && !learn()) {
                continue;
            }
            int at = find(key);
            if (at < 0) {
                boolean absent = chainStands(count) && sizesStand();
                if (absent && (!suspect || suspectFor(absenceNanos))) {
                    return null;
                }
                known &= absent;
            } else {
                int length = proven(at);
                if (length >= 0 && (!suspect || wholly(at) || suspectFor(PATIENCE_NANOS))) {
                    return taker.take(scratch, StoreLayout.SLOT_HEADER_BYTES, length);
                }
                known &= length >= 0;
            }
        }
        StoreReading reading = settled();
        Optional<Slot> slot = reading.slot(key);
        if (slot.isEmpty()) {
            return null;
        }
        byte[] payload = slot.get().payload();
        if (payload == null) {
            throw new NotAStore(
                    "slot %d claims %d bytes, which cannot be"
                            .formatted(key, slot.get().lengthBytes()),
                    reading.structuralProblems());
        }
        return taker.take(payload, 0, payload.length);
    }

    /// Whether there is a slot with this key.
    public boolean contains(long key) throws ShmException, NotAStore {
        int at = provenPlace(key);
        return at == UNPROVEN ? settled().slot(key).isPresent() : at >= 0;
    }

    /// Every key, in the order of the chain; of a damaged store those that can be reached.
    public long[] keys() throws ShmException, NotAStore {
        if (wholeChain()) {
            return Arrays.copyOf(keys, count);
        }
        return settled().slots().stream().mapToLong(Slot::key).distinct().toArray();
    }

    /// Stores a payload, replacing what is there under this key; as [PhpStore#put].
    ///
    /// @throws ShmException `DoesNotFit`, with the old value still there; `Moved`
    public Put put(long key, byte[] payload) throws ShmException, NotAStore {
        long needed = StoreLayout.strideFor(payload.length);
        int old = provenPlace(key);
        if (old == UNPROVEN) {
            known = false;
            return store.put(key, payload);
        }
        long freed = old < 0 ? 0 : strides[old];
        if (needed > free + freed) {
            throw new ShmException(
                    new ShmFailure.DoesNotFit(segment.id().text(), needed, free + freed));
        }
        long at = end - freed;
        // Until all is done a failure (a detach, say) leaves us knowing nothing.
        known = false;
        if (old >= 0) {
            segment.putWord(StoreLayout.END.offset(), at);
            closeGap(old);
        }
        segment.putWord(at + StoreLayout.KEY.offset(), key);
        segment.putWord(at + StoreLayout.LENGTH.offset(), payload.length);
        segment.putWord(at + StoreLayout.STRIDE.offset(), needed);
        segment.write(at + StoreLayout.SLOT_HEADER_BYTES, payload, 0, payload.length);
        free += freed - needed;
        segment.putWord(StoreLayout.FREE.offset(), free);
        end = at + needed;
        segment.putWord(StoreLayout.END.offset(), end);
        append(key, at, needed);
        known = true;
        return new Put(at, old >= 0);
    }

    /// Removes a slot; as [PhpStore#unset].
    ///
    /// @return false when there is none with this key
    public boolean unset(long key) throws ShmException, NotAStore {
        int old = provenPlace(key);
        if (old == UNPROVEN) {
            known = false;
            return store.unset(key);
        }
        if (old < 0) {
            return false;
        }
        long freed = strides[old];
        known = false;
        segment.putWord(StoreLayout.END.offset(), end - freed);
        closeGap(old);
        end -= freed;
        free += freed;
        segment.putWord(StoreLayout.FREE.offset(), free);
        known = true;
        return true;
    }

    // ---- what is proven

    private boolean headerStands() throws ShmException {
        return known && numbersStand();
    }

    private boolean numbersStand() throws ShmException {
        return sizesStand()
                && segment.word(StoreLayout.START.offset()) == start
                && segment.word(StoreLayout.TOTAL.offset()) == total
                && segment.word(StoreLayout.MAGIC.offset()) == magic;
    }

    /// Whether the two numbers are as they were that no write leaves alone: one is the first thing
    /// it changes, the other the last.
    private boolean sizesStand() throws ShmException {
        // What was read before this look was read before it.
        VarHandle.loadLoadFence();
        return segment.word(StoreLayout.END.offset()) == end
                && segment.word(StoreLayout.FREE.offset()) == free;
    }

    /// Whether the chain's first slots lie where they did.
    private boolean chainStands(int slots) throws ShmException {
        return slots == 0
                || segment.firstDifference(
                                offsets, StoreLayout.STRIDE.offset(), keys, strides, slots)
                        < 0;
    }

    /// Copies a slot and proves it. The copy is in [#scratch].
    ///
    /// @return the payload's length; −1 when the slot is not where it was, or was being written
    private int proven(int at) throws ShmException {
        if (!chainStands(at)) {
            return -1;
        }
        long offset = offsets[at];
        int stride = (int) Math.min(strides[at], Integer.MAX_VALUE - 8);
        byte[] copy = scratch(stride);
        segment.read(offset, copy, 0, stride);
        long length = word(copy, StoreLayout.LENGTH.offset());
        if (word(copy, StoreLayout.KEY.offset()) != keys[at]
                || word(copy, StoreLayout.STRIDE.offset()) != strides[at]
                || length < 0
                || length > stride - StoreLayout.SLOT_HEADER_BYTES
                || !sizesStand()
                || !segment.holds(offset, copy, 0, StoreLayout.SLOT_HEADER_BYTES + (int) length)
                || !sizesStand()) {
            return -1;
        }
        return (int) length;
    }

    /// Where a key is, for a write that begins at once: the chain up to its slot was as remembered,
    /// the whole chain where it has none.
    ///
    /// @return −1 when there is no such slot; [#UNPROVEN] when the store is not sound, or never lay
    ///   still
    private int provenPlace(long key) throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            if (!headerStands() && !learn()) {
                continue;
            }
            int at = find(key);
            boolean stands = chainStands(at < 0 ? count : at + 1) && sizesStand();
            if (stands && (!suspect || suspectFor(absenceNanos))) {
                return at;
            }
            known &= stands;
        }
        return UNPROVEN;
    }

    private boolean wholeChain() throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            if (!headerStands() && !learn()) {
                continue;
            }
            boolean stands = chainStands(count) && sizesStand();
            if (stands && (!suspect || suspectFor(absenceNanos))) {
                return true;
            }
            known &= stands;
        }
        return false;
    }

    /// Whether the last slot, which may have been moved up just now, agrees with the bytes it was
    /// moved from: those behind the end are still there. Any other slot was moved before it, and
    /// none was when it is the missing slot itself that still lies behind the end.
    private boolean wholly(int at) throws ShmException {
        if (at < count - 1) {
            return true;
        }
        if (missingStride <= 0 || missingStride > segment.sizeBytes() - end) {
            return false;
        }
        return segment.word(end + StoreLayout.KEY.offset()) == missingKey
                || missingStride >= strides[at]
                        && segment.holds(
                                end + missingStride - strides[at], scratch, 0, (int) strides[at]);
    }

    private boolean suspectFor(long nanos) {
        if (System.nanoTime() - suspectSince < nanos) {
            return false;
        }
        trust();
        return true;
    }

    /// Whether to look once more; not when the store still has the numbers with which it was found
    /// damaged.
    private boolean mayTry(long begun) throws ShmException {
        if (begun == 0) {
            damaged = damaged && numbersStand();
        } else if (System.nanoTime() - begun > PATIENCE_NANOS) {
            damaged = !known;
            return false;
        }
        return !damaged;
    }

    /// Lets others go on after a look in vain.
    ///
    /// @return when the first look was
    private static long pause(long begun) {
        if (begun == 0) {
            return System.nanoTime();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        return begun;
    }

    private StoreReading settled() throws ShmException, NotAStore {
        StoreReading reading = store.read();
        header(reading);
        Problem torn = reading.torn();
        if (torn != null) {
            throw new ShmException(new ShmFailure.Moved(segment.id().text(), torn.offset(), 0));
        }
        return reading;
    }

    /// The header of a store of this host's words: offsets into any other would be wrong.
    private static StoreHeader header(StoreReading reading) throws NotAStore {
        StoreHeader header = reading.header();
        if (header == null) {
            throw noStore(reading);
        }
        if (!reading.words().writable()) {
            throw new NotAStore(reading.words().whyReadOnly(), reading.structuralProblems());
        }
        return header;
    }

    private static NotAStore noStore(StoreReading reading) {
        return new NotAStore(
                "this is no PHP store: " + reading.structuralProblems().getFirst().message(),
                reading.structuralProblems());
    }

    // ---- what is remembered

    /// Walks one copy. Whether it was whole the proof will tell.
    ///
    /// @return false when the store is not sound in it
    private boolean learn() throws ShmException, NotAStore {
        if (!suspect) {
            trust();
        }
        known = false;
        StoreReading reading = store.glance();
        StoreHeader header = header(reading);
        long seenEnd = end;
        magic = reading.copy().int64(StoreLayout.MAGIC.offset());
        start = header.start();
        end = header.end();
        free = header.free();
        total = header.total();
        if (!reading.sound()) {
            return false;
        }
        offsets = reading.offsets();
        count = offsets.length;
        keys = new long[count];
        strides = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = reading.copy().read(offsets[i], StoreLayout.KEY);
            strides[i] = reading.copy().read(offsets[i], StoreLayout.STRIDE);
        }
        forgetPlaces();
        boolean lacking = lacks();
        if (lacking && (!suspect || end != seenEnd)) {
            suspectSince = System.nanoTime();
        }
        suspect = lacking;
        known = true;
        return true;
    }

    /// From here on this chain is the one that nothing may be missing of.
    private void trust() {
        suspect = false;
        trustedKeys = keys;
        trustedStrides = strides;
        trustedCount = count;
    }

    /// Whether a slot of the trusted chain is missing.
    private boolean lacks() {
        missingStride = 0;
        if (trustedCount == 0) {
            return false;
        }
        int[] places = index();
        index = places;
        int missing = 0;
        for (int i = 0; i < trustedCount; i++) {
            if (lookUp(places, trustedKeys[i]) < 0) {
                missing++;
                missingKey = trustedKeys[i];
                missingStride = missing == 1 ? trustedStrides[i] : 0;
            }
        }
        return missing > 0;
    }

    private void forgetPlaces() {
        index = null;
        searches = 0;
        lastFound = count - 1;
    }

    /// Place of a key in the remembered chain, −1 when it has none. Keys are there once: a chain
    /// with one twice is not sound.
    private int find(long key) {
        int last = lastFound;
        if (last >= 0 && last < count && keys[last] == key) {
            return last;
        }
        int found;
        int[] places = index;
        if (places != null) {
            found = lookUp(places, key);
        } else if (count > FEW && ++searches > SEARCHES_BEFORE_INDEX) {
            places = index();
            index = places;
            found = lookUp(places, key);
        } else {
            found = count - 1;
            while (found >= 0 && keys[found] != key) {
                found--;
            }
        }
        if (found >= 0) {
            lastFound = found;
        }
        return found;
    }

    /// An open hash table of places, each plus one; keys lie in [#keys].
    private int[] index() {
        int[] places = new int[Integer.highestOneBit(Math.max(count, 1)) * 4];
        for (int i = 0; i < count; i++) {
            int at = hash(keys[i]) & places.length - 1;
            while (places[at] != 0) {
                at = at + 1 & places.length - 1;
            }
            places[at] = i + 1;
        }
        return places;
    }

    private int lookUp(int[] places, long key) {
        int at = hash(key) & places.length - 1;
        while (places[at] != 0) {
            if (keys[places[at] - 1] == key) {
                return places[at] - 1;
            }
            at = at + 1 & places.length - 1;
        }
        return -1;
    }

    private static int hash(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    /// Takes a slot out of the segment and out of what is remembered. The end is down already.
    private void closeGap(int old) throws ShmException {
        long offset = offsets[old];
        long freed = strides[old];
        segment.moveDown(offset + freed, offset, end - offset - freed);
        int behind = count - old - 1;
        System.arraycopy(keys, old + 1, keys, old, behind);
        System.arraycopy(strides, old + 1, strides, old, behind);
        for (int i = old + 1; i < count; i++) {
            offsets[i - 1] = offsets[i] - freed;
        }
        count--;
        if (behind > 0) {
            forgetPlaces();
        } else {
            index = null;
        }
    }

    private void append(long key, long offset, long stride) {
        if (count == keys.length) {
            int more = Math.max(FEW, count * 2);
            keys = Arrays.copyOf(keys, more);
            strides = Arrays.copyOf(strides, more);
            offsets = Arrays.copyOf(offsets, more);
        }
        keys[count] = key;
        strides[count] = stride;
        offsets[count] = offset;
        lastFound = count;
        count++;
        index = null;
    }

    // ---- bytes

    /// Room for a slot; that of a large one is not kept.
    private byte[] scratch(int length) {
        if (length > scratch.length || scratch.length > MOST_KEPT_SCRATCH_BYTES) {
            scratch = new byte[Math.max(length, SCRATCH_BYTES)];
        }
        return scratch;
    }

    private static long word(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }
}
