package io.github.shmlens.api;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a store is opened. Immutable: each method gives a changed copy.
///
/// @param readOnly attach without the right to write
/// @param createBytes size of a segment to be made when there is none; 0 makes none
/// @param mode permissions of a segment made
/// @param formatStore begin an empty store where another thing lies, whose bytes are lost
/// @param semaphore key of the semaphore (PHP's `sem_get`) held around every call; null for none
/// @param lockLimit how long a call waits for the semaphore at most
/// @param records what [SharedStore#putKryo] calls each kind of record, and reads it back by
public record StoreOptions(
        boolean readOnly,
        long createBytes,
        Mode mode,
        boolean formatStore,
        @Nullable SegmentKey semaphore,
        Duration lockLimit,
        Map<String, Class<? extends Record>> records) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public StoreOptions {
        records = Map.copyOf(records);
    }

    /// A store that is there already; makes and formats nothing.
    public static StoreOptions readWrite() {
        return new StoreOptions(false, 0, Mode.DEFAULT, false, null, PATIENCE, Map.of());
    }

    /// A store that is only looked at.
    public static StoreOptions onlyRead() {
        return new StoreOptions(true, 0, Mode.DEFAULT, false, null, PATIENCE, Map.of());
    }

    /// Makes the segment when there is none, with PHP's own mode 0666.
    ///
    /// @param sizeBytes at least 40; ignored when the segment exists
    public StoreOptions create(long sizeBytes) {
        return create(sizeBytes, Mode.DEFAULT);
    }

    /// Makes the segment when there is none.
    public StoreOptions create(long sizeBytes, Mode permissions) {
        if (sizeBytes < 40) {
            throw new IllegalArgumentException("a store takes at least 40 bytes");
        }
        return new StoreOptions(
                readOnly, sizeBytes, permissions, formatStore, semaphore, lockLimit, records);
    }

    /// Begins an empty store even where bytes lie that are none.
    public StoreOptions format() {
        return new StoreOptions(readOnly, createBytes, mode, true, semaphore, lockLimit, records);
    }

    /// Holds the semaphore that PHP scripts hold around their calls.
    public StoreOptions lock(SegmentKey key, Duration limit) {
        return new StoreOptions(readOnly, createBytes, mode, formatStore, key, limit, records);
    }

    /// Makes a record known under its simple name.
    public StoreOptions record(Class<? extends Record> type) {
        return record(type.getSimpleName(), type);
    }

    /// Makes a record known under a name. Writers and readers must agree on it.
    public StoreOptions record(String name, Class<? extends Record> type) {
        Map<String, Class<? extends Record>> more = new LinkedHashMap<>(records);
        if (more.put(name, type) != null) {
            throw new IllegalArgumentException("the name " + name + " is taken");
        }
        return new StoreOptions(
                readOnly, createBytes, mode, formatStore, semaphore, lockLimit, more);
    }
}
