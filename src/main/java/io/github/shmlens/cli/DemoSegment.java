package io.github.shmlens.cli;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpEncoder;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.HeldLock;
import io.github.shmlens.source.SegmentSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The demo's segment and the semaphore of the same key: made together, removed together. Nothing
/// that was there before is ever taken over.
final class DemoSegment implements AutoCloseable {

    /// PHP's own default.
    private static final long SIZE_BYTES = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// How many looks at a damaged store in a row before it is begun anew: people poke at it, and
    /// may be about to poke it right again.
    private static final int LOOKS_AT_DAMAGE = 15;

    private static final int KEY_PREFIX = 0x534c_0000;

    private final SegmentSource source;
    private final SegmentKey key;
    private final AttachedSegment segment;
    private final PhpStore store;
    private boolean begun;
    private int damagedLooks;

    private DemoSegment(SegmentSource source, SegmentKey key, AttachedSegment segment) {
        this.source = source;
        this.key = key;
        this.segment = segment;
        this.store = new PhpStore(segment);
    }

    /// Makes segment and semaphore under this key.
    ///
    /// @throws ShmException `AlreadyExists` when one of the two is there
    static DemoSegment under(SegmentSource source, SegmentKey key) throws ShmException, BadInput {
        Target target = new Target.Key(key);
        if (source.lock(key).isPresent()) {
            throw new ShmException(
                    new ShmFailure.AlreadyExists("semaphore " + key.hex(), "EEXIST"));
        }
        Created created = source.create(target, SIZE_BYTES, Mode.DEFAULT, false);
        try {
            DemoSegment demo =
                    new DemoSegment(source, key, source.attach(created.id(), Access.READ_WRITE));
            try (Act _ = demo.segment.begin(new Deed.Unkept())) {
                demo.store.format();
            }
            return demo;
        } catch (ShmException refused) {
            source.remove(created.id());
            throw refused;
        }
    }

    /// Makes them under a random key that nobody uses.
    static DemoSegment anywhere(SegmentSource source) throws ShmException, BadInput {
        while (true) {
            SegmentKey key =
                    new SegmentKey(KEY_PREFIX | ThreadLocalRandom.current().nextInt(0x1_0000));
            try {
                return under(source, key);
            } catch (ShmException refused) {
                if (!(refused.failure() instanceof ShmFailure.AlreadyExists)) {
                    throw refused;
                }
            }
        }
    }

    SegmentKey key() {
        return key;
    }

    SegmentId id() {
        return segment.id();
    }

    /// Plays one step: sees what speed people wish for, lets time pass, writes what changed. A
    /// store that is locked, full or damaged at the moment is left alone.
    ///
    /// @return false when somebody removed the segment
    boolean step(UploadScene scene, long millis) throws ShmException {
        try {
            if (source.facts(segment.id()).markedForRemoval()) {
                return false;
            }
            Optional<HeldLock> lock = source.hold(key, PATIENCE);
            if (lock.isEmpty()) {
                return true;
            }
            try (HeldLock _ = lock.get();
                    Act _ = segment.begin(new Deed.Unkept())) {
                play(scene, millis);
            }
            return true;
        } catch (ShmException refused) {
            return switch (refused.failure()) {
                case ShmFailure.Gone _, ShmFailure.NotFound _ -> false;
                case ShmFailure.DoesNotFit _, ShmFailure.Moved _ -> true;
                case ShmFailure.AccessDenied _,
                        ShmFailure.AlreadyExists _,
                        ShmFailure.LimitReached _,
                        ShmFailure.Unexpected _ ->
                        throw refused;
            };
        }
    }

    private void play(UploadScene scene, long millis) throws ShmException {
        StoreReading reading = store.read();
        try {
            if (!begun) {
                put(UploadScene.SPEED, PhpValue.Int.of(scene.speed()));
                begun = true;
            } else {
                scene.wish(reading.slot(UploadScene.SPEED).map(SlotRow::value).orElse(null));
            }
            scene.advance(millis);
            for (Map.Entry<Long, PhpValue> slot : scene.slots().entrySet()) {
                byte[] before = reading.slot(slot.getKey()).map(Slot::payload).orElse(null);
                if (!Arrays.equals(before, PhpEncoder.encode(slot.getValue()))) {
                    put(slot.getKey(), slot.getValue());
                }
            }
            damagedLooks = 0;
        } catch (NotAStore damaged) {
            if (++damagedLooks >= LOOKS_AT_DAMAGE) {
                damagedLooks = 0;
                begun = false;
                store.format();
            }
        }
    }

    private void put(long slot, PhpValue value) throws ShmException, NotAStore {
        store.put(slot, PhpEncoder.encode(value));
    }

    /// Removes both. What is gone already is fine.
    @Override
    public void close() throws ShmException {
        segment.close();
        try {
            source.remove(segment.id());
        } catch (ShmException refused) {
            if (!(refused.failure() instanceof ShmFailure.Gone)) {
                throw refused;
            }
        } finally {
            source.removeLock(key);
        }
    }
}
