package io.github.shmlens.testing;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.live.Overview;
import io.github.shmlens.live.PartTrack;
import io.github.shmlens.live.PartTrack.Change;
import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Window;
import io.github.shmlens.php.StoreReading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A store laid out by hand as PHP lays it out, with the samples a watcher of it would get. A put
/// moves the slot to the end, as PHP's does.
public final class WatchedStore {

    private static final long SECOND = 1_000_000_000L;

    private final int sizeBytes;
    private final Map<Long, byte[]> slots = new LinkedHashMap<>();
    private final Map<Long, byte[]> before = new LinkedHashMap<>();
    private final Map<Long, PartTrack> tracks = new LinkedHashMap<>();
    private final List<PartTrack> removed = new ArrayList<>();
    private boolean sampled;
    private long number;
    private @Nullable Sample last;

    private WatchedStore(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    public static WatchedStore ofSize(int sizeBytes) {
        return new WatchedStore(sizeBytes);
    }

    public WatchedStore put(long key, String serialized) {
        return put(key, serialized.getBytes(StandardCharsets.UTF_8));
    }

    public WatchedStore put(long key, byte[] payload) {
        slots.remove(key);
        slots.put(key, payload);
        return this;
    }

    public WatchedStore unset(long key) {
        slots.remove(key);
        return this;
    }

    /// The bytes as PHP would leave them.
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(40);
        for (Map.Entry<Long, byte[]> slot : slots.entrySet()) {
            int at = bytes.position();
            int stride = 32 + (slot.getValue().length + 7) / 8 * 8;
            bytes.putLong(slot.getKey()).putLong(slot.getValue().length).putLong(stride);
            bytes.put(slot.getValue());
            bytes.position(at + stride);
        }
        int end = bytes.position();
        bytes.put(0, "PHP_SM\0".getBytes(StandardCharsets.US_ASCII));
        bytes.putLong(8, 40).putLong(16, end).putLong(24, sizeBytes - end).putLong(32, sizeBytes);
        return bytes.array();
    }

    public StoreReading reading() {
        return StoreReading.of(ByteView.of(bytes()), sizeBytes);
    }

    /// The next sample of it.
    public Sample sample(long atNanos) {
        byte[] bytes = bytes();
        StoreReading reading = StoreReading.of(ByteView.of(bytes), sizeBytes);
        List<PartTrack> present = new ArrayList<>();
        Map<Long, PartTrack> left = new LinkedHashMap<>(tracks);
        tracks.clear();
        for (Part part : reading.parts()) {
            if (part.kind() == Part.Kind.ENTRY) {
                PartTrack track = track(part, left.remove(part.key()), atNanos);
                tracks.put(part.key(), track);
                present.add(track);
            }
        }
        for (PartTrack gone : left.values()) {
            removed.addFirst(new PartTrack(gone.part(), Change.REMOVED, gone.changes(), atNanos));
        }
        before.clear();
        before.putAll(slots);
        sampled = true;
        Sample sample =
                sample(atNanos, atNanos, Sample.State.WHOLE, reading, bytes, List.copyOf(present));
        last = sample;
        return sample;
    }

    /// A sample that could not catch the store whole; shows the last one that could.
    public Sample busy(long atNanos) {
        Sample whole = last == null ? sample(atNanos) : last;
        return new Sample(
                ++number,
                atNanos,
                sizeBytes,
                Window.EMPTY,
                Sample.State.BUSY,
                whole.structure(),
                whole.structureCopy(),
                whole.structureAtNanos(),
                whole.tracks(),
                whole.removed(),
                whole.counters(),
                Overview.EMPTY);
    }

    /// A sample of bytes that someone damaged.
    public Sample damaged(long atNanos, byte[] bytes) {
        StoreReading reading = StoreReading.of(ByteView.of(bytes), bytes.length);
        List<PartTrack> present =
                reading.parts().stream()
                        .filter(part -> part.kind() == Part.Kind.ENTRY)
                        .map(part -> new PartTrack(part, Change.PRESENT, 0, atNanos))
                        .toList();
        return sample(atNanos, atNanos, Sample.State.DAMAGED, reading, bytes, present);
    }

    /// A sample of a segment that is no store at all.
    public static Sample plain(long atNanos, byte[] bytes) {
        byte[] marks = new byte[bytes.length];
        Arrays.fill(marks, (byte) Window.KNOWN);
        return new Sample(
                1,
                atNanos,
                bytes.length,
                new Window(0, bytes, marks, new long[bytes.length]),
                Sample.State.PLAIN,
                null,
                new byte[0],
                0,
                List.of(),
                List.of(),
                new Sample.Counters(30, 0, 0, 1, 0, bytes.length, 0),
                Overview.EMPTY);
    }

    private PartTrack track(Part part, @Nullable PartTrack known, long atNanos) {
        if (known == null) {
            return new PartTrack(part, sampled ? Change.ADDED : Change.PRESENT, 0, atNanos);
        }
        if (!Arrays.equals(before.get(part.key()), slots.get(part.key()))) {
            return new PartTrack(part, Change.CHANGED, known.changes() + 1, atNanos);
        }
        return new PartTrack(part, known.last(), known.changes(), known.changedAtNanos());
    }

    private Sample sample(
            long atNanos,
            long wholeAtNanos,
            Sample.State state,
            StoreReading reading,
            byte[] bytes,
            List<PartTrack> present) {
        return new Sample(
                ++number,
                atNanos,
                bytes.length,
                Window.EMPTY,
                state,
                reading,
                bytes,
                wholeAtNanos,
                present,
                List.copyOf(removed),
                new Sample.Counters(30, 0, 0, number, 0, bytes.length, 0),
                Overview.EMPTY);
    }

    /// So many seconds in the unit of samples.
    public static long seconds(double count) {
        return (long) (count * SECOND);
    }
}
