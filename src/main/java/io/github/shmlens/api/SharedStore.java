package io.github.shmlens.api;

import io.github.shmlens.kryo.KryoCodec;
import io.github.shmlens.kryo.KryoDecoded;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.PhpEncoder;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.ProvenStore;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A store in shared memory, as PHP's `shm_attach` opens it: variables under whole-number keys.
///
/// What is read is never torn, as far as that can be known without a lock, and never another
/// slot's. What is written has the bytes that PHP would write. A value that does not fit leaves the
/// old one in place, where PHP would lose it.
///
/// Several programs that write need a semaphore, which [StoreOptions#lock] names; PHP scripts take
/// it with `sem_get` and `sem_acquire`. It is then held around each call, and around several in
/// [#exclusively].
///
/// Errors, the same for every method: [ShmException] with its failure: `Gone` after the segment was
/// cut short or this object closed; `Moved` when other writers never left a moment to read or write
/// in; `DoesNotFit`; `AccessDenied` for writing a store that was opened to be read. [NotAStore]
/// when the bytes are no store, or one that writing would damage further. [TimeoutException] when
/// the semaphore was not free in time. In each case nothing was changed.
///
/// Any thread. Calls on one object take turns, and [#exclusively] is one turn; only a get without a
/// semaphore goes beside others, and takes a turn when somebody wrote meanwhile or there is more to
/// find out. Threads that write much have an object each.
public final class SharedStore implements AutoCloseable {

    /// What is done while the semaphore is held.
    ///
    /// @param <E> what else it may throw
    public interface Step<T extends @Nullable Object, E extends Exception> {
        T run() throws ShmException, NotAStore, TimeoutException, E;
    }

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final ProvenStore store;
    private final StoreOptions options;
    private final RecordForm records;

    private final Turns turns = new Turns();

    private boolean holding;

    private SharedStore(SegmentSource source, AttachedSegment segment, StoreOptions options) {
        this.source = source;
        this.segment = segment;
        this.options = options;
        this.store = new ProvenStore(segment);
        this.records = new RecordForm(options.records());
    }

    /// Opens a store on this host.
    ///
    /// @param target as on the command line: `987654`, `0xf1206`, `ftok:PATH:PROJ`, `id:3`,
    ///   `posix:/NAME`
    /// @throws BadInput when the target is not of such a form
    /// @throws ShmException `NotFound` when there is no such segment and none is to be made;
    ///   `AccessDenied`; `LimitReached`
    /// @throws NotAStore when something else lies there
    public static SharedStore open(String target, StoreOptions options)
            throws BadInput, ShmException, NotAStore {
        return open(Target.parse(target), options);
    }

    /// Opens a store on this host; as [#open(String, StoreOptions)].
    public static SharedStore open(Target target, StoreOptions options)
            throws BadInput, ShmException, NotAStore {
        return open(new HostSegments(), target, options);
    }

    static SharedStore open(SegmentSource source, Target target, StoreOptions options)
            throws BadInput, ShmException, NotAStore {
        SegmentId id = source.resolve(target).id();
        boolean fresh = false;
        if (id == null) {
            if (options.createBytes() == 0 || options.readOnly()) {
                throw new ShmException(new ShmFailure.NotFound(target.text(), "ENOENT"));
            }
            Created created = source.create(target, options.createBytes(), options.mode(), true);
            id = created.id();
            fresh = created.isNew();
        }
        AttachedSegment segment =
                source.attach(id, options.readOnly() ? Access.READ_ONLY : Access.READ_WRITE);
        try {
            SharedStore opened = new SharedStore(source, segment, options);
            opened.begin(fresh);
            return opened;
        } catch (ShmException | NotAStore | RuntimeException failed) {
            segment.close();
            throw failed;
        }
    }

    private void begin(boolean fresh) throws ShmException, NotAStore {
        PhpStore whole = new PhpStore(segment);
        if (fresh) {
            whole.format();
            return;
        }
        StoreReading reading = whole.read();
        if (!reading.isStore()) {
            boolean mayFormat = !options.readOnly() && (options.formatStore() || whole.blank());
            if (!mayFormat) {
                throw new NotAStore(
                        "this is no PHP store: " + reading.problems().getFirst().message(),
                        reading.problems());
            }
            whole.format();
        }
    }

    // ---- reading

    /// The value under a key, whatever it is.
    ///
    /// @return empty when there is no such slot; a stored null is a value
    /// @throws WrongType when the bytes are no value that PHP could read either
    public Optional<StoredValue> get(long key)
            throws ShmException, NotAStore, TimeoutException, WrongType {
        return Optional.ofNullable(found(key));
    }

    /// The value under a key as this type: Boolean, a number that is exactly this one, String (when
    /// the bytes are UTF-8), `byte[]`, List, Map, a record that the options name, [PhpValue],
    /// [KryoValue], or Object for what [StoredValue#toJava] gives.
    ///
    /// @return empty when there is no such slot
    /// @throws WrongType when the slot holds another type, or null
    public <T> Optional<T> get(long key, Class<T> type)
            throws ShmException, NotAStore, TimeoutException, WrongType {
        StoredValue found = found(key);
        if (found == null) {
            return Optional.empty();
        }
        Class<?> wanted = RecordForm.boxed(type);
        Object value =
                switch (found) {
                    case StoredValue.Php(PhpValue php) -> JavaValues.as(php, wanted);
                    case StoredValue.Kryo(KryoValue kryo) ->
                            wanted == KryoValue.class
                                    ? kryo
                                    : JavaValues.narrowed(records.java(kryo), wanted);
                };
        if (!wanted.isInstance(value)) {
            throw new WrongType(
                    "slot %d holds %s that is no %s"
                            .formatted(key, found.typeName(), type.getSimpleName()));
        }
        @SuppressWarnings("unchecked")
        T typed = (T) value;
        return Optional.of(typed);
    }

    /// Whether there is a slot with this key.
    public boolean contains(long key) throws ShmException, NotAStore, TimeoutException {
        return inTurn(() -> store.contains(key));
    }

    /// The keys of all slots, in the order of the store: PHP has no way to ask for them.
    public long[] keys() throws ShmException, NotAStore, TimeoutException {
        return inTurn(store::keys);
    }

    private @Nullable StoredValue found(long key)
            throws ShmException, NotAStore, TimeoutException, WrongType {
        long look = options.semaphore() == null ? turns.look() : 0;
        byte[] string = look == 0 ? null : store.stringAtOnce(key);
        if (string != null && turns.unchangedSince(look)) {
            return value(PhpValue.Str.of(string), string);
        }
        byte[] payload = look == 0 ? null : store.getAtOnce(key);
        if (payload == null || !turns.unchangedSince(look)) {
            payload = inTurn(() -> Optional.ofNullable(store.get(key))).orElse(null);
        }
        return payload == null ? null : decoded(key, payload);
    }

    private static StoredValue decoded(long key, byte[] payload) throws WrongType {
        return switch (PhpDecoder.decode(payload)) {
            case Decoded.Unreadable(String why, int at) ->
                    throw new WrongType(
                            "slot %d holds no value that could be read (at byte %d: %s)"
                                    .formatted(key, at, why));
            case Decoded.Value(PhpValue.Str text, _) -> value(text, text.bytes());
            case Decoded.Value(PhpValue value, _) -> new StoredValue.Php(value);
        };
    }

    private static StoredValue value(PhpValue.Str text, byte[] bytes) {
        return KryoCodec.mayBeEnvelope(bytes)
                        && KryoCodec.decode(bytes) instanceof KryoDecoded.Value(KryoValue kryo)
                ? new StoredValue.Kryo(kryo)
                : new StoredValue.Php(text);
    }

    // ---- writing

    /// Stores a value that PHP finds as its own: null, Boolean, whole numbers up to 64 bit, Float
    /// and Double, String (as UTF-8), `byte[]`, List, Map with whole-number and String keys, and
    /// any [PhpValue].
    ///
    /// @throws IllegalArgumentException for anything else, a record above all: see [#putKryo]
    /// @throws ShmException `DoesNotFit`, with the old value still there
    public void put(long key, @Nullable Object value)
            throws ShmException, NotAStore, TimeoutException {
        byte[] text = value instanceof String string ? PhpEncoder.asciiString(string) : null;
        store(key, text == null ? PhpEncoder.encode(JavaValues.php(value)) : text);
    }

    /// Stores a value for Java programs in a Kryo envelope: as [#put], and Character, records that
    /// the options name, any [KryoValue]; number types are kept. PHP finds a string that it can
    /// keep.
    ///
    /// @throws IllegalArgumentException for anything else, and for what nests deeper than 64 levels
    ///   or takes more than 16 MiB
    /// @throws ShmException `DoesNotFit`, with the old value still there
    public void putKryo(long key, @Nullable Object value)
            throws ShmException, NotAStore, TimeoutException {
        byte[] payload;
        try {
            payload = KryoSlot.payload(records.kryo(value));
        } catch (BadInput refused) {
            throw new IllegalArgumentException(refused.sentence(), refused);
        }
        store(key, payload);
    }

    /// What is done most is done on the shortest way: the JIT puts together only so many calls.
    private void store(long key, byte[] payload) throws ShmException, NotAStore, TimeoutException {
        if (options.semaphore() != null || turns.mine()) {
            inTurn(() -> store.put(key, payload));
            return;
        }
        turns.take();
        try {
            store.put(key, payload);
        } finally {
            turns.end();
        }
    }

    /// Removes a slot.
    ///
    /// @return false when there was none with this key
    public boolean remove(long key) throws ShmException, NotAStore, TimeoutException {
        return inTurn(() -> store.unset(key));
    }

    /// Does several things while the semaphore is held throughout, so that nobody who takes it too
    /// comes between: a counter is read, raised and written back. Without a semaphore in the
    /// options only other threads with this object are kept out.
    public <T extends @Nullable Object, E extends Exception> T exclusively(Step<T, E> step)
            throws ShmException, NotAStore, TimeoutException, E {
        return inTurn(step);
    }

    private <T extends @Nullable Object, E extends Exception> T inTurn(Step<T, E> step)
            throws ShmException, NotAStore, TimeoutException, E {
        if (turns.mine()) {
            return held(step);
        }
        turns.take();
        try {
            return held(step);
        } finally {
            turns.end();
        }
    }

    private <T extends @Nullable Object, E extends Exception> T held(Step<T, E> step)
            throws ShmException, NotAStore, TimeoutException, E {
        SegmentKey semaphore = options.semaphore();
        if (semaphore == null || holding) {
            return step.run();
        }
        Optional<HeldLock> lock = source.hold(semaphore, options.lockLimit());
        if (lock.isEmpty()) {
            throw new TimeoutException(
                    "the semaphore %s was not free within %d ms"
                            .formatted(semaphore.hex(), options.lockLimit().toMillis()));
        }
        try (HeldLock _ = lock.get()) {
            holding = true;
            return step.run();
        } finally {
            holding = false;
        }
    }

    /// What the kernel says about the segment, as of just before this object attached.
    public SegmentFacts factsBefore() {
        return segment.factsBefore();
    }

    /// Detaches. Every value stays in memory. A second call does nothing.
    @Override
    public void close() {
        segment.close();
    }
}
