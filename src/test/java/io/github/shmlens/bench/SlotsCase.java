package io.github.shmlens.bench;

import io.github.shmlens.api.SharedStore;
import io.github.shmlens.api.StoreOptions;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.sysv.HostSegments;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Reading and replacing a string of 40 bytes in the last of so many slots, through the Java API
/// and through PHP's own extension, in segments of their own with the same content.
///
/// The figures are operations for each second of processor time: what else the machine does then
/// spoils neither side's.
final class SlotsCase implements BenchCase {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;

    /// Until the JIT is done with what it sees; processors may be busy.
    private static final int WARM_UP_ROUNDS = 25;

    private static final String VALUE = "v".repeat(40);

    /// What PHP calls a chunk: header, string, padding.
    private static final int SLOT_BYTES = 80;

    private static final int STORE_HEADER_BYTES = 40;

    /// Where a value is put so that the JIT cannot leave out what made it. PHP's loop assigns to a
    /// variable, without waiting for it; a volatile field, or one of an old object, of which the
    /// collector has to be told, would cost ours a fence each time.
    private static final class Seen {
        private static final VarHandle VALUE = value();

        @SuppressWarnings("unused")
        private @Nullable Object value;

        private static VarHandle value() {
            try {
                return MethodHandles.lookup().findVarHandle(Seen.class, "value", Object.class);
            } catch (ReflectiveOperationException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private void see(Object now) {
            VALUE.setOpaque(this, now);
        }
    }

    @Override
    public List<String> names() {
        return List.of(
                "get1-vs-php",
                "get100-vs-php",
                "get1000-vs-php",
                "get100000-vs-php",
                "put1-vs-php",
                "put100-vs-php",
                "put1000-vs-php",
                "put100000-vs-php");
    }

    @Override
    public List<Row> run() throws Exception {
        List<Row> rows = new ArrayList<>();
        rows.addAll(compare(1, 400_000));
        rows.addAll(compare(100, 100_000));
        rows.addAll(compare(1000, 15_000));
        rows.addAll(compare(100_000, 100));
        return rows;
    }

    private static List<Row> compare(int slots, int times) throws Exception {
        HostSegments host = new HostSegments();
        Random random = new Random();
        SegmentKey ourKey = new SegmentKey(random.nextInt(1 << 24, Integer.MAX_VALUE));
        SegmentKey phpKey = new SegmentKey(random.nextInt(1 << 24, Integer.MAX_VALUE));
        long size = STORE_HEADER_BYTES + (slots + 1L) * SLOT_BYTES;
        try (SharedStore store =
                        SharedStore.open(ourKey.hex(), StoreOptions.readWrite().create(size));
                Peer php =
                        Peer.start(
                                "php",
                                "src/test/php/slots.php",
                                phpKey.unsigned(),
                                Integer.toString(slots),
                                Integer.toString(times))) {
            for (int key = 1; key <= slots; key++) {
                store.put(key, VALUE);
            }
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                gets(store, slots, times);
                puts(store, slots, times);
            }
            double[] medians =
                    Rounds.medians(
                            ROUNDS,
                            () -> gets(store, slots, times),
                            () -> php.ask("get"),
                            () -> puts(store, slots, times),
                            () -> php.ask("put"));
            return List.of(
                    new Row("get" + slots + "-vs-php", "/s", medians[0], medians[1]),
                    new Row("put" + slots + "-vs-php", "/s", medians[2], medians[3]));
        } finally {
            remove(host, ourKey);
            remove(host, phpKey);
        }
    }

    private static void remove(HostSegments host, SegmentKey key) throws Exception {
        SegmentId id = host.resolve(new Target.Key(key)).id();
        if (id != null) {
            host.remove(id);
        }
    }

    private static double gets(SharedStore store, long key, int times) throws Exception {
        Seen seen = new Seen();
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            seen.see(store.get(key));
        }
        return times * 1e9 / (THREADS.getCurrentThreadCpuTime() - begun);
    }

    private static double puts(SharedStore store, long key, int times) throws Exception {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            store.put(key, VALUE);
        }
        return times * 1e9 / (THREADS.getCurrentThreadCpuTime() - begun);
    }
}
