package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.Deed;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes a live segment to look at, and writes to it until it is stopped.
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Makes a live PHP store to look at; runs until it is stopped.",
            "A child process uploads files and reports its progress, under a "
                    + "semaphore of the same key.",
            "Slots: 1 percent, 2 file, 3 bytes, 4 state, 5 report, 6 speed, 7 status.",
            "Edit slot 6: the demo obeys a whole number from 1 to 5000 (KiB a second).",
            "Segment and semaphore are removed when it ends."
        })
@Examples("shmlens demo")
final class DemoCommand implements Callable<Integer> {

    private static final long STEP_MILLIS = 150;

    /// How long the end of the process waits for the last step and the removal.
    private static final long FAREWELL_SECONDS = 5;

    private final Session session;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The key of segment and semaphore; a free one otherwise.")
    @Nullable String key;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so long.")
    @Nullable String seconds;

    @Option(
            names = "--with-parent",
            description = "End when the process that started this one ends.")
    boolean withParent;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, InterruptedException {
        Duration limit = seconds == null ? null : Quantity.time("time", seconds);
        SegmentKey wanted = key == null ? null : SegmentKey.parse(key);
        if (SegmentKey.PRIVATE.equals(wanted)) {
            throw new BadInput("the key 0 is IPC_PRIVATE, under which nobody could find the demo");
        }
        BooleanSupplier parentLives = withParent ? parentWatch() : () -> true;
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        try (Farewell _ =
                        Farewell.to(() -> {
                            stop.countDown();
                            await(cleaned);
                        });
                Act _ = session.source().begin(new Deed.Unkept());
                DemoSegment demo =
                        wanted == null
                                ? DemoSegment.anywhere(session.source())
                                : DemoSegment.under(session.source(), wanted)) {
            UploadScene scene = new UploadScene();
            demo.step(scene, 0);
            announce(demo);
            play(demo, scene, limit, parentLives, stop);
        } finally {
            cleaned.countDown();
        }
        return ExitCode.DONE;
    }

    private void play(
            DemoSegment demo,
            UploadScene scene,
            @Nullable Duration limit,
            BooleanSupplier parentLives,
            CountDownLatch stop)
            throws ShmException, InterruptedException {
        long begin = System.nanoTime();
        long last = begin;
        while (!stop.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            if (limit != null && now - begin >= limit.toNanos()) {
                return;
            }
            if (!parentLives.getAsBoolean()) {
                return;
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(now - last);
            last = now;
            if (!demo.step(scene, millis)) {
                session.console().note("the demo's segment was removed: the demo ends");
                return;
            }
        }
    }

    private void announce(DemoSegment demo) {
        String hex = demo.key().hex();
        Console console = session.console();
        console.line(
                "demo key=%s shmid=%s lock=sem:%s"
                        .formatted(
                                hex,
                                demo.id() instanceof SegmentId.Sysv(int shmid)
                                        ? Integer.toString(shmid)
                                        : demo.id().text(),
                                hex));
        console.line(
                "Live until Ctrl-C. Watch it: shmlens slots %s --watch. Slow it down: shmlens put %s %d 20 --as int --lock sem:%s"
                        .formatted(hex, hex, UploadScene.SPEED, hex));
        console.flush();
    }

    /// A parent that dies leaves its children to another one.
    private static BooleanSupplier parentWatch() {
        ProcessHandle self = ProcessHandle.current();
        long parent = self.parent().map(ProcessHandle::pid).orElse(-1L);
        return () -> self.parent().map(ProcessHandle::pid).orElse(-1L) == parent;
    }

    private static void await(CountDownLatch cleaned) {
        try {
            boolean _ = cleaned.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
