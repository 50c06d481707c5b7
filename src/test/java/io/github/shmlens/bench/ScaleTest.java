package io.github.shmlens.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.HexCells;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The window at the sizes the design promises: each answers within a tenth of a second, and the
/// heap does not grow with the segment. Wants a quiet machine and an IPC namespace of its own:
/// `unshare -i xvfb-run mvn test -Dtest=ScaleTest -Dtest.groups=soak -Dtest.excludedGroups=`
@Tag("soak")
class ScaleTest extends FxTest {

    private static final double ANSWER_MILLIS = 100;
    private static final long MEBIBYTE = 1 << 20;
    private static final int JUMPS = 40;

    private final SegmentSource host = new HostSegments();
    private final Random random = new Random(9);

    @Test
    void sixtyFourGibibytesOfNothing() throws Exception {
        long size = 64L << 30;
        Target target = new Target.Posix("/shmlens-scale-" + ProcessHandle.current().pid());
        SegmentId id = host.create(target, size, Mode.DEFAULT, false).id();
        try (BenchWindow window = BenchWindow.open(1280, 800)) {
            try (AttachedSegment writer = host.attach(id, Access.READ_WRITE)) {
                writer.write(size / 2, new byte[] {1, 2, 3}, 0, 3);
            }
            long heapBefore = heapAfterGc();
            window.attach(target);
            double[] jumps = new double[JUMPS];
            for (int i = 0; i < JUMPS; i++) {
                long to = i == 0 ? size - 1 : random.nextLong(size);
                jumps[i] = jump(window, to);
            }
            double busy = longestWait(5);
            long grown = heapAfterGc() - heapBefore;
            report(
                    "64 GiB object: jump to offset median %.0f ms, most %.0f ms; FX thread answers"
                            + " within %.0f ms; heap grew by %.1f MiB; allocated %d KiB; %s",
                    median(jumps),
                    max(jumps),
                    busy,
                    grown / (double) MEBIBYTE,
                    allocatedKib(id),
                    ask(window::statusWords));
            screenshot(window.stage(), "scale-64gib");
            assertThat(median(jumps)).as("jump to offset, ms").isLessThan(ANSWER_MILLIS);
            assertThat(grown).as("heap").isLessThan(32 * MEBIBYTE);
        } finally {
            host.remove(id);
        }
    }

    @Test
    void aHundredThousandSlots() throws Exception {
        byte[] store = store(100_000);
        try (BenchSegment segment = BenchSegment.ofSize(store.length);
                AttachedSegment writer = host.attach(segment.id(), Access.READ_WRITE);
                BenchWindow window = BenchWindow.open(1280, 800)) {
            writer.write(0, store, 0, store.length);
            window.attach(segment.target());
            waitUntil(
                    "slots",
                    () -> table(window) != null && table(window).getItems().size() == 100_000);
            BenchWindow.rest(5_000);
            double[] jumps = new double[JUMPS];
            double[] choices = new double[JUMPS];
            for (int i = 0; i < JUMPS; i++) {
                jumps[i] = jump(window, random.nextLong(store.length));
                int row = random.nextInt(100_000);
                long begun = System.nanoTime();
                fx(() -> {
                    table(window).getSelectionModel().clearAndSelect(row);
                    table(window).scrollTo(row);
                });
                waitForFx();
                choices[i] = millisSince(begun);
            }
            double idle = longestWait(5);
            // One slot changes: everything is read and walked again.
            double[] changes = new double[10];
            for (int i = 0; i < changes.length; i++) {
                int at = 40 + random.nextInt(100_000) * 48 + 24 + 2;
                long begun = System.nanoTime();
                writer.write(at, new byte[] {(byte) ('0' + i % 10)}, 0, 1);
                changes[i] = longestWait(1);
            }
            report(
                    "100,000 slots: jump to offset median %.0f ms, most %.0f; choose and show a row"
                            + " median %.0f ms, most %.0f; FX thread answers within %.0f ms at rest,"
                            + " median of longest waits while a slot changes %.0f ms; %s",
                    median(jumps),
                    max(jumps),
                    median(choices),
                    max(choices),
                    idle,
                    median(changes),
                    ask(window::statusWords));
            screenshot(window.stage(), "scale-slots");
            assertThat(median(jumps)).as("jump to offset, ms").isLessThan(ANSWER_MILLIS);
            assertThat(median(choices)).as("choose a row, ms").isLessThan(ANSWER_MILLIS);
            assertThat(median(changes)).as("FX thread busy, ms").isLessThan(ANSWER_MILLIS);
        }
    }

    @Test
    void fourThousandSegmentsAndTwentyTabs() throws Exception {
        List<BenchSegment> segments = new ArrayList<>();
        try (BenchWindow window = BenchWindow.open(1280, 800)) {
            while (segments.size() < 4000) {
                segments.add(BenchSegment.ofSize(8192));
            }
            waitUntil("listed", () -> list(window).getItems().size() >= 4000);
            BenchWindow.rest(5_000);
            double listing = longestWait(5);
            double[] filters = new double[10];
            for (int i = 0; i < filters.length; i++) {
                SegmentKey key = segments.get(random.nextInt(4000)).key();
                String text = "0x%x".formatted(key.value());
                long begun = System.nanoTime();
                fx(() -> filter(window).setText(text));
                waitUntil("filtered", () -> list(window).getItems().size() < 100);
                filters[i] = millisSince(begun);
                fx(() -> filter(window).clear());
                waitUntil("all", () -> list(window).getItems().size() >= 4000);
            }
            long heapBefore = heapAfterGc();
            for (int i = 0; i < 20; i++) {
                window.attach(segments.get(i * 17).target());
            }
            double[] switches = new double[JUMPS];
            for (int i = 0; i < JUMPS; i++) {
                int to = random.nextInt(20);
                long begun = System.nanoTime();
                fx(() -> window.tabs().getSelectionModel().select(to));
                waitForFx();
                switches[i] = millisSince(begun);
            }
            double tabs = longestWait(5);
            report(
                    "4000 segments listed: FX thread answers within %.0f ms while listing, filter"
                            + " median %.0f ms; 20 tabs: switch median %.0f ms, most %.0f; FX thread"
                            + " answers within %.0f ms; heap of 20 tabs %.1f MiB",
                    listing,
                    median(filters),
                    median(switches),
                    max(switches),
                    tabs,
                    (heapAfterGc() - heapBefore) / (double) MEBIBYTE);
            screenshot(window.stage(), "scale-list");
            assertThat(median(filters)).as("filter, ms").isLessThan(ANSWER_MILLIS);
            assertThat(median(switches)).as("switch, ms").isLessThan(ANSWER_MILLIS);
            assertThat(listing).as("FX thread busy, ms").isLessThan(2 * ANSWER_MILLIS);
        } finally {
            for (BenchSegment segment : segments) {
                segment.close();
            }
        }
    }

    /// Until the bytes around the offset are sampled and painted.
    private static double jump(BenchWindow window, long to) {
        long begun = System.nanoTime();
        fx(() -> window.hex().goTo(to));
        waitUntil("sampled", () -> isShown(window.hex(), to));
        return millisSince(begun);
    }

    private static boolean isShown(HexView hex, long at) {
        return hex.getSelection().equals(Selection.at(at)) && HexCells.isSampled(hex, at);
    }

    /// The longest that the FX thread took to answer, asked again and again for so long.
    private static double longestWait(int seconds) throws InterruptedException {
        AtomicLong longest = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            CountDownLatch answered = new CountDownLatch(1);
            long asked = System.nanoTime();
            Platform.runLater(answered::countDown);
            answered.await();
            longest.accumulateAndGet(System.nanoTime() - asked, Math::max);
            BenchWindow.rest(10);
        }
        return longest.get() / 1e6;
    }

    private static ListView<?> list(BenchWindow window) {
        return window.root().lookup("#segment-list") instanceof ListView<?> own
                ? own
                : new ListView<>();
    }

    private static TextField filter(BenchWindow window) {
        return (TextField) window.root().lookup("#segment-filter");
    }

    private static TableView<?> table(BenchWindow window) {
        return (TableView<?>) window.root().lookup("#slots");
    }

    /// As PHP lays it out: a header of 40 bytes, then for each variable key, length and stride, and
    /// the value, padded to a multiple of 8.
    private static byte[] store(int slots) {
        int stride = 48;
        int end = 40 + slots * stride;
        ByteBuffer store = ByteBuffer.allocate(end + 4096).order(ByteOrder.LITTLE_ENDIAN);
        store.put("PHP_SM\0\0".getBytes(StandardCharsets.ISO_8859_1));
        store.putLong(40).putLong(end).putLong(4096).putLong(end + 4096);
        for (int i = 0; i < slots; i++) {
            byte[] value = "i:%d;".formatted(100_000 + i).getBytes(StandardCharsets.ISO_8859_1);
            store.position(40 + i * stride);
            store.putLong(i + 1).putLong(value.length).putLong(stride).put(value);
        }
        return store.array();
    }

    private static long allocatedKib(SegmentId id) throws Exception {
        Process stat =
                new ProcessBuilder("stat", "-c", "%b", "/dev/shm" + ((SegmentId.Posix) id).name())
                        .start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(blocks.strip()) / 2;
    }

    private static long heapAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }

    private static double median(double[] figures) {
        return Rounds.median(figures);
    }

    private static double max(double[] figures) {
        return Arrays.stream(figures).max().orElse(0);
    }

    private static void report(String pattern, Object... figures) {
        System.out.printf("scale: " + pattern + "%n", figures);
    }
}
