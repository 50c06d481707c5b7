package io.github.shmlens.php;

import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
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
/// For one thread at a time, but for [#getAtOnce] and [#stringAtOnce]; blocking.
public final class ProvenStore {

    private static final int UNPROVEN = -2;

    private static final long PAUSE_NANOS = 20_000;

    /// A slot that is missing for so long was removed, not just taken out to be replaced.
    private static final long ABSENCE_NANOS = 20_000_000;

    /// A store that has not been sound for so long is damaged, and a last slot that does not agree
    /// with its source, but lay still for so long, was written since.
    private static final long PATIENCE_NANOS = 300_000_000;

    private final AttachedSegment segment;
    private final PhpStore store;
    private final long absenceNanos;

    /// The chain of the last look at a sound store.
    private @Nullable Chain chain;

    /// Whether it still was there when it was last looked at.
    private boolean known;

    /// What the last walk found, be it sound or not.
    private @Nullable Chain walked;

    /// The chain at the last look that lacked nothing.
    private @Nullable Chain trusted;

    /// Whether a slot of the trusted chain is missing since [#suspectSince].
    private boolean suspect;

    private long suspectSince;

    /// The one slot that is missing; of stride 0 when there are more.
    private long missingKey;

    private long missingStride;

    /// Whether the store was not sound when it was walked, and stayed so.
    private boolean damaged;

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
    public byte @Nullable [] get(long key) throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            Chain now = remembered();
            if (now == null) {
                continue;
            }
            int at = now.find(key);
            if (at < 0) {
                boolean absent = segment.stands(now.entries(), now.count());
                if (absent && (!suspect || suspectFor(absenceNanos))) {
                    return null;
                }
                known = absent;
            } else {
                byte[] payload = segment.content(now.entries(), at);
                if (payload != null
                        && (!suspect || wholly(now, at, payload) || suspectFor(PATIENCE_NANOS))) {
                    return payload;
                }
                known = payload != null;
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
                    "slot %d claims %s, which cannot be"
                            .formatted(key, Counted.bytes(slot.get().lengthBytes())),
                    reading.structuralProblems());
        }
        return payload;
    }

    /// The payload under a key, when one look at what is remembered proves it: the same is proven
    /// as by [#get]. It changes nothing that this object goes by, and may run while another thread
    /// is in one of its methods. Then what it gives means nothing, and the caller has to find that
    /// out and throw it away.
    ///
    /// @return null when it takes more than one look
    public byte @Nullable [] getAtOnce(long key) throws ShmException {
        Chain now = certain();
        int at = now == null ? -1 : now.find(key);
        return now == null || at < 0 ? null : segment.content(now.entries(), at);
    }

    /// The content of a string in the same way.
    ///
    /// @return null also when it is no string, or one of 10,000 bytes or more
    public byte @Nullable [] stringAtOnce(long key) throws ShmException {
        Chain now = certain();
        int at = now == null ? -1 : now.find(key);
        return now == null || at < 0 ? null : segment.content(now.entries(), at, StringFrame.SHORT);
    }

    private @Nullable Chain certain() {
        return known && !suspect ? chain : null;
    }

    /// Whether there is a slot with this key.
    public boolean contains(long key) throws ShmException, NotAStore {
        int at = provenPlace(key);
        return at == UNPROVEN ? settled().slot(key).isPresent() : at >= 0;
    }

    /// Every key, in the order of the chain; of a damaged store those that can be reached.
    public long[] keys() throws ShmException, NotAStore {
        Chain whole = wholeChain();
        if (whole != null) {
            return whole.keys();
        }
        return settled().slots().stream().mapToLong(Slot::key).distinct().toArray();
    }

    /// Stores a payload, replacing what is there under this key; as [PhpStore#put].
    ///
    /// @throws ShmException `DoesNotFit`, with the old value still there; `Moved`
    public Put put(long key, byte[] payload) throws ShmException, NotAStore {
        long needed = StoreLayout.strideFor(payload.length);
        int old = provenPlace(key);
        Chain before = chain;
        if (old == UNPROVEN || before == null) {
            known = false;
            return store.put(key, payload);
        }
        long freed = old < 0 ? 0 : before.stride(old);
        if (needed > before.free() + freed) {
            throw new ShmException(
                    new ShmFailure.DoesNotFit(segment.id().text(), needed, before.free() + freed));
        }
        // Until all is done a failure (a detach, say) leaves us knowing nothing.
        known = false;
        long at = before.end() - freed;
        if (old >= 0) {
            takeOut(before, old);
        }
        Chain after = before.changed(old, key, needed);
        if (after == before) {
            // Key, stride and free are there already.
            segment.putWord(at + StoreLayout.LENGTH.offset(), payload.length);
            segment.write(at + StoreLayout.SLOT_HEADER_BYTES, payload, 0, payload.length);
        } else {
            segment.putWord(at + StoreLayout.KEY.offset(), key);
            segment.putWord(at + StoreLayout.LENGTH.offset(), payload.length);
            segment.putWord(at + StoreLayout.STRIDE.offset(), needed);
            segment.write(at + StoreLayout.SLOT_HEADER_BYTES, payload, 0, payload.length);
            segment.putWord(StoreLayout.FREE.offset(), after.free());
            chain = after;
        }
        segment.putWord(StoreLayout.END.offset(), after.end());
        known = true;
        return new Put(at, old >= 0);
    }

    /// Removes a slot; as [PhpStore#unset].
    ///
    /// @return false when there is none with this key
    public boolean unset(long key) throws ShmException, NotAStore {
        int old = provenPlace(key);
        Chain before = chain;
        if (old == UNPROVEN || before == null) {
            known = false;
            return store.unset(key);
        }
        if (old < 0) {
            return false;
        }
        known = false;
        takeOut(before, old);
        segment.putWord(StoreLayout.FREE.offset(), before.free() + before.stride(old));
        chain = before.changed(old, key, 0);
        known = true;
        return true;
    }

    /// Lowers the end and moves what lies behind a slot over it.
    private void takeOut(Chain before, int old) throws ShmException {
        long offset = before.offset(old);
        long freed = before.stride(old);
        segment.putWord(StoreLayout.END.offset(), before.end() - freed);
        if (old < before.count() - 1) {
            segment.moveDown(offset + freed, offset, before.end() - offset - freed);
        }
    }

    // ---- what is proven

    /// What is remembered, or what a new walk found where that was not there any more.
    ///
    /// @return null when the store is not sound
    private @Nullable Chain remembered() throws ShmException, NotAStore {
        return known ? chain : learn();
    }

    /// Where a key is in [#chain], for a write that begins at once: the chain up to its slot was as
    /// remembered, the whole chain where it has none.
    ///
    /// @return −1 when there is no such slot; [#UNPROVEN] when the store is not sound, or never lay
    ///   still
    private int provenPlace(long key) throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            Chain now = remembered();
            if (now == null) {
                continue;
            }
            int at = now.find(key);
            if (stands(now, at < 0 ? now.count() : at + 1)) {
                return at;
            }
        }
        return UNPROVEN;
    }

    private @Nullable Chain wholeChain() throws ShmException, NotAStore {
        for (long begun = 0; mayTry(begun); begun = pause(begun)) {
            Chain now = remembered();
            if (now != null && stands(now, now.count())) {
                return now;
            }
        }
        return null;
    }

    /// Whether the chain's first slots are there, and none is missing that was.
    private boolean stands(Chain now, int slots) throws ShmException {
        boolean stands = segment.stands(now.entries(), slots);
        if (stands && (!suspect || suspectFor(absenceNanos))) {
            return true;
        }
        known = stands;
        return false;
    }

    /// Whether the last slot, which may have been moved up just now, agrees with the bytes it was
    /// moved from: those behind the end are still there. Any other slot was moved before it, and
    /// none was when it is the missing slot itself that still lies behind the end.
    private boolean wholly(Chain now, int at, byte[] payload) throws ShmException {
        if (at < now.count() - 1) {
            return true;
        }
        if (missingStride <= 0 || missingStride > segment.sizeBytes() - now.end()) {
            return false;
        }
        long stride = now.stride(at);
        return segment.word(now.end() + StoreLayout.KEY.offset()) == missingKey
                || missingStride >= stride
                        && holdsSlot(
                                now.end() + missingStride - stride, now.key(at), stride, payload);
    }

    /// Whether a slot lies there that has these numbers and bytes.
    private boolean holdsSlot(long offset, long key, long stride, byte[] payload)
            throws ShmException {
        return segment.word(offset + StoreLayout.KEY.offset()) == key
                && segment.word(offset + StoreLayout.LENGTH.offset()) == payload.length
                && segment.word(offset + StoreLayout.STRIDE.offset()) == stride
                && segment.holds(
                        offset + StoreLayout.SLOT_HEADER_BYTES, payload, 0, payload.length);
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
            Chain seen = walked;
            damaged = damaged && seen != null && segment.stands(seen.entries(), 0);
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
        checkHeader(reading);
        Problem torn = reading.torn();
        if (torn != null) {
            throw new ShmException(new ShmFailure.Moved(segment.id().text(), torn.offset(), 0));
        }
        return reading;
    }

    /// Of a store of other words than this host's every offset would be wrong.
    private static void checkHeader(StoreReading reading) throws NotAStore {
        if (reading.header() == null) {
            throw noStore(reading);
        }
        if (!reading.words().writable()) {
            throw new NotAStore(reading.words().whyReadOnly(), reading.structuralProblems());
        }
    }

    private static NotAStore noStore(StoreReading reading) {
        return new NotAStore(
                "this is no PHP store: " + reading.structuralProblems().getFirst().message(),
                reading.structuralProblems());
    }

    // ---- what is remembered

    /// Walks one copy. Whether it was whole the proof will tell.
    ///
    /// @return null when the store is not sound in it
    private @Nullable Chain learn() throws ShmException, NotAStore {
        if (!suspect) {
            trust();
        }
        known = false;
        Chain seen = walked;
        StoreReading reading = store.glance();
        checkHeader(reading);
        Chain found = Chain.of(reading);
        walked = found;
        if (!reading.sound()) {
            return null;
        }
        boolean lacking = lacks(found);
        if (lacking && (!suspect || seen == null || found.end() != seen.end())) {
            suspectSince = System.nanoTime();
        }
        suspect = lacking;
        chain = found;
        known = true;
        return found;
    }

    /// From here on this chain is the one that nothing may be missing of.
    private void trust() {
        suspect = false;
        trusted = chain;
    }

    /// Whether a slot of the trusted chain is missing.
    private boolean lacks(Chain found) {
        missingStride = 0;
        Chain whole = trusted;
        if (whole == null) {
            return false;
        }
        int missing = 0;
        for (int i = 0; i < whole.count(); i++) {
            if (found.lookUp(whole.key(i)) < 0) {
                missing++;
                missingKey = whole.key(i);
                missingStride = missing == 1 ? whole.stride(i) : 0;
            }
        }
        return missing > 0;
    }
}
