package io.github.shmlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.shell.SegmentTab;
import io.github.shmlens.ui.shell.ShmlensWindow;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.event.Event;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real window over real memory that never rests: a script makes, writes, removes and remakes
/// segments while tabs come and go. Not part of a usual run; `installer/soak` runs it.
@Tag("soak")
class SoakTest extends FxTest {

    private static final int MOST_TABS = 8;
    private static final long MEBIBYTE = 1 << 20;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Idle threads of pools end after a minute.
    private static final int SETTLE_SECONDS = 90;

    /// `ops` is answered with the count of operations, `stop` removes everything, anything else
    /// goes on. One operation every two milliseconds or so.
    private static final String RESTLESS =
            """
            mt_srand((int) $argv[1]);
            $base = (int) $argv[2];
            $objects = '/dev/shm/' . $argv[3];
            $stores = $plain = [];
            $ops = $serial = 0;
            function size() { return 1024 << mt_rand(0, 8); }
            function value() {
                return match (mt_rand(0, 7)) {
                    0 => mt_rand(),
                    1 => mt_rand() / 7,
                    2 => str_repeat(chr(mt_rand(32, 126)), mt_rand(0, 2000)),
                    3 => mt_rand(0, 1) === 1,
                    4 => null,
                    5 => range(1, mt_rand(1, 200)),
                    6 => ['at' => microtime(true), 'list' => [1, [2, [3]]], 'name' => "n\\u{e9}"],
                    7 => (object) ['id' => mt_rand(), 'tags' => ['a', 'b']],
                };
            }
            function onStores() {
                global $stores, $base;
                $n = mt_rand(0, 11);
                if (!isset($stores[$n])) {
                    $stores[$n] = shm_attach($base + $n, size(), 0600);
                    return;
                }
                $at = mt_rand(0, 99);
                if ($at < 75) {
                    @shm_put_var($stores[$n], mt_rand(1, 40), value());
                } elseif ($at < 90) {
                    $key = mt_rand(1, 40);
                    if (shm_has_var($stores[$n], $key)) shm_remove_var($stores[$n], $key);
                } elseif ($at < 97) {
                    shm_remove($stores[$n]);
                    unset($stores[$n]);
                } else {
                    shm_remove($stores[$n]);
                    $stores[$n] = shm_attach($base + $n, size(), 0600);
                }
            }
            function onPlain() {
                global $plain, $base;
                $n = 100 + mt_rand(0, 3);
                if (!isset($plain[$n])) {
                    $plain[$n] = shmop_open($base + $n, 'n', 0600, size());
                } elseif (mt_rand(0, 19) > 0) {
                    $from = mt_rand(0, shmop_size($plain[$n]) - 64);
                    shmop_write($plain[$n], random_bytes(64), $from);
                } else {
                    shmop_delete($plain[$n]);
                    unset($plain[$n]);
                }
            }
            function onObjects() {
                global $objects;
                $name = $objects . mt_rand(0, 5);
                $at = mt_rand(0, 9);
                if ($at === 0) {
                    if (file_exists($name)) unlink($name);
                    return;
                }
                $file = fopen($name, 'c+');
                if ($at < 4) {
                    ftruncate($file, mt_rand(0, 3) === 0 ? 0 : mt_rand(1, 262144));
                } else {
                    fseek($file, mt_rand(0, 65536));
                    fwrite($file, random_bytes(mt_rand(1, 4096)));
                }
                fclose($file);
            }
            stream_set_blocking(STDIN, false);
            while (true) {
                $line = fgets(STDIN);
                if ($line === "ops\\n") say($ops);
                if ($line === "stop\\n" || ($line === false && feof(STDIN))) break;
                match (mt_rand(0, 9)) {
                    0, 1 => onPlain(),
                    2, 3 => onObjects(),
                    default => onStores(),
                };
                $ops++;
                usleep(mt_rand(500, 3500));
            }
            foreach ($stores as $store) shm_remove($store);
            foreach ($plain as $one) shmop_delete($one);
            foreach (glob($objects . '*') as $name) unlink($name);
            stream_set_blocking(STDIN, true);
            say('stopped after ' . $ops);
            hear();
            """;

    private final Random random = new Random(2);
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong slowestEver = new AtomicLong();
    private final SegmentSource source = new HostSegments();
    private final String prefix = "shmlens-soak-" + ProcessHandle.current().pid() + "-";
    private final AtomicLong opened = new AtomicLong();

    /// Counts up when a [Footprint] is begun and when it is done: its two collections of the whole
    /// heap stop every thread, which no use of the window does.
    private final AtomicLong footprints = new AtomicLong();

    @Test
    void staysWellWhileSegmentsComeAndGo() throws Exception {
        long minutes = Long.getLong("soak.minutes", 20);
        int base = 0x50a00000 | new Random().nextInt(1 << 12) << 8;
        try (Php php = Php.start(RESTLESS, "2", Integer.toString(base), prefix)) {
            Stage stage = ask(Stage::new);
            ShmlensWindow window = ask(() -> window(stage));
            listenForFaults();
            TabPane tabs = firstTab(window, stage, base);
            fx(() -> tabs.getTabs().addListener(this::count));
            Thread pulse = Thread.ofPlatform().daemon().name("soak-pulse").start(this::pulse);
            visit(window, tabs, base);
            Footprint first = footprint();
            List<String> firstThreads = threads();
            List<String> firstOpen = descriptors();
            print("start", php, first);
            // The very first tab loads hundreds of classes that no cache has seen: its time is
            // printed, and what a start takes is measured elsewhere.
            slowestEver.set(0);

            long early = Long.MAX_VALUE;
            Footprint last = first;
            for (long minute = 1; minute <= minutes; minute++) {
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
                while (System.nanoTime() < end && php.alive()) {
                    act(window, tabs, base);
                    pause(150);
                }
                last = footprint();
                print(Long.toString(minute), php, last);
                if (minute == Math.min(2, minutes)) {
                    early = last.heap();
                }
            }

            closeAll(tabs);
            Footprint end = settled(first);
            print("closed", php, end);
            over.countDown();
            pulse.join();
            assertThat(faults).as("exceptions that nobody caught").isEmpty();
            assertThat(slowestEver.get())
                    .as("longest wait for the FX thread after the first tab, ns")
                    .isLessThan(ANSWER_NANOS);
            assertThat(last.heap())
                    .as("heap after GC with tabs open")
                    .isLessThanOrEqualTo(early + early / 2 + 30 * MEBIBYTE);
            assertThat(end.mappings()).as("mappings with no tab open").isZero();
            assertThat(end.threads())
                    .as("threads: %s, at first %s", threads(), firstThreads)
                    .isLessThanOrEqualTo(first.threads());
            assertThat(end.descriptors())
                    .as("descriptors: %s, at first %s", descriptors(), firstOpen)
                    .isLessThanOrEqualTo(first.descriptors());

            long before = opened.get();
            visit(window, tabs, base);
            assertThat(opened.get()).as("tabs opened at the very end").isGreaterThan(before);
            fx(window::close);
            waitUntil("window closed", () -> !stage.isShowing());
            System.out.println(php.ask("stop"));
        } finally {
            over.countDown();
        }
    }

    private ShmlensWindow window(Stage stage) {
        Settings settings = Settings.inMemory();
        Theme theme = Theme.follow(settings);
        ShmlensWindow window =
                new ShmlensWindow(
                        source,
                        List.of(new StoreShape()),
                        settings,
                        theme,
                        () -> {
                            throw new IOException("no demo here");
                        },
                        SegmentTab.factory(theme.toneProperty()));
        window.show(stage);
        return window;
    }

    /// After the window has put its own handler in place; that one tells each kind only once.
    private void listenForFaults() {
        Thread.UncaughtExceptionHandler windows = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            if (faults.size() < 20) {
                faults.add(thread.getName() + ": " + text);
                System.out.println("uncaught on " + thread.getName() + ": " + text);
            }
            windows.uncaughtException(thread, thrown);
        });
    }

    private void count(ListChangeListener.Change<? extends Tab> change) {
        while (change.next()) {
            opened.addAndGet(change.getAddedSize());
        }
    }

    /// Asks the FX thread ten times a second how it is.
    private void pulse() {
        try {
            while (!over.await(100, TimeUnit.MILLISECONDS)) {
                CountDownLatch answered = new CountDownLatch(1);
                long footprint = footprints.get();
                long asked = System.nanoTime();
                FxExecutor.FX.execute(answered::countDown);
                if (!answered.await(ANSWER_NANOS / 2, TimeUnit.NANOSECONDS)) {
                    String doing = stackOfFx();
                    if (!answered.await(60, TimeUnit.SECONDS)) {
                        faults.add("the FX thread did not answer for a minute: " + doing);
                        return;
                    }
                    System.out.println("half a second without an answer: " + doing);
                }
                long took = System.nanoTime() - asked;
                if (footprint % 2 == 1 || footprint != footprints.get()) {
                    continue;
                }
                slowest.accumulateAndGet(took, Math::max);
                slowestEver.accumulateAndGet(took, Math::max);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stackOfFx() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("JavaFX Application Thread"))
                .map(thread -> Arrays.stream(thread.getValue()).limit(40))
                .flatMap(frames -> frames.map(StackTraceElement::toString))
                .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    private Footprint footprint() throws IOException {
        footprints.incrementAndGet();
        try {
            return Footprint.now();
        } finally {
            footprints.incrementAndGet();
        }
    }

    /// One thing a restless user does.
    private void act(ShmlensWindow window, TabPane tabs, int base) throws Exception {
        int count = ask(() -> tabs.getTabs().size());
        int dice = random.nextInt(100);
        if (count == 0 || dice < 45 && count < MOST_TABS) {
            List<SegmentId> present = present(base);
            if (!present.isEmpty()) {
                SegmentId id = present.get(random.nextInt(present.size()));
                Access access = random.nextInt(4) == 0 ? Access.READ_ONLY : Access.READ_WRITE;
                fx(() -> window.attach(Target.of(id), access));
            }
        } else if (dice < 70) {
            int to = random.nextInt(count);
            fx(() -> tabs.getSelectionModel().select(to));
        } else {
            int which = random.nextInt(count);
            fx(() -> {
                if (which < tabs.getTabs().size()) {
                    detach(tabs.getTabs().get(which));
                }
            });
        }
    }

    /// Opens tabs until there is one: from then on the window has a pane for them.
    private TabPane firstTab(ShmlensWindow window, Stage stage, int base) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            for (SegmentId id : present(base)) {
                fx(() -> window.attach(Target.of(id), Access.READ_WRITE));
                pause(500);
                if (ask(() -> stage.getScene().lookup("#tabs")) instanceof TabPane tabs) {
                    return tabs;
                }
            }
        }
        throw new AssertionError("no segment could be attached");
    }

    /// Opens one tab of each kind and closes them, so that all that is made once is there.
    private void visit(ShmlensWindow window, TabPane tabs, int base) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        boolean segment = false;
        boolean object = false;
        while (!(segment && object) && System.nanoTime() < end) {
            for (SegmentId id : present(base)) {
                if (id instanceof SegmentId.Posix ? object : segment) {
                    continue;
                }
                long before = opened.get();
                fx(() -> window.attach(Target.of(id), Access.READ_WRITE));
                pause(500);
                // It may have been gone by then.
                boolean there = opened.get() > before;
                segment |= there && id instanceof SegmentId.Sysv;
                object |= there && id instanceof SegmentId.Posix;
            }
            pause(100);
        }
        assertThat(segment && object).as("a tab of each kind was opened").isTrue();
        closeAll(tabs);
    }

    private void closeAll(TabPane tabs) throws Exception {
        // What is being attached right now comes a moment later.
        pause(1000);
        fx(() -> List.copyOf(tabs.getTabs()).forEach(SoakTest::detach));
        waitUntil("all tabs closed", () -> tabs.getTabs().isEmpty());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (mappings() > 0 && System.nanoTime() < end) {
            pause(100);
        }
    }

    /// As a press on its ×.
    private static void detach(Tab tab) {
        Event.fireEvent(tab, new Event(tab, tab, Tab.TAB_CLOSE_REQUEST_EVENT));
    }

    private List<SegmentId> present(int base) throws ShmException {
        List<SegmentId> present = new ArrayList<>();
        for (SegmentFacts facts : source.segments()) {
            SegmentKey key = facts.key();
            if (key != null && key.value() >>> 8 == base >>> 8) {
                present.add(facts.id());
            }
        }
        for (SegmentFacts facts : source.objects()) {
            if (facts.id().text().contains(prefix)) {
                present.add(facts.id());
            }
        }
        return present;
    }

    private Footprint settled(Footprint first) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (System.nanoTime() < end
                && (threads().size() > first.threads()
                        || descriptors().size() > first.descriptors()
                        || mappings() > 0)) {
            pause(500);
        }
        return footprint();
    }

    private void print(String minute, Php php, Footprint now) {
        System.out.printf(
                "soak %6s: %s operations, %d tabs opened, heap %d MiB, RSS %d MiB, %d threads,"
                        + " %d descriptors, %d mappings, FX answered within %d ms%n",
                minute,
                php.ask("ops"),
                opened.get(),
                now.heap() / MEBIBYTE,
                now.rss() / MEBIBYTE,
                now.threads(),
                now.descriptors(),
                now.mappings(),
                TimeUnit.NANOSECONDS.toMillis(slowest.getAndSet(0)));
    }

    /// Nobody asks the FX thread how it is any more when the last tabs are opened.
    private void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
    }

    private static List<String> descriptors() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                try {
                    open.add(Files.readSymbolicLink(link).toString());
                } catch (NoSuchFileException closed) {
                    // The listing's own, or one that another thread closed meanwhile.
                    open.remove(link.toString());
                }
            }
        }
        return open;
    }

    private static int mappings() throws IOException {
        int count = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            // Key 0 is the toolkit's own: the window's picture, shared with the X server.
            boolean ours = line.contains("/SYSV") && !line.contains("/SYSV00000000");
            if (ours || line.contains("/dev/shm/shmlens-soak")) {
                count++;
            }
        }
        return count;
    }

    /// What this process takes, in bytes and pieces.
    private record Footprint(long heap, long rss, int threads, int descriptors, int mappings) {

        static Footprint now() throws IOException {
            System.gc();
            System.gc();
            return new Footprint(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    resident(),
                    SoakTest.threads().size(),
                    SoakTest.descriptors().size(),
                    SoakTest.mappings());
        }

        private static long resident() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            throw new AssertionError("no VmRSS");
        }
    }
}
