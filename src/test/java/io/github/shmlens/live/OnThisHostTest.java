package io.github.shmlens.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sampler on real segments, with real PHP at work.
class OnThisHostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    private final SegmentSource host = new HostSegments();

    /// Puts a value of one letter, over and over, as fast as it can.
    private static final String WRITER =
            """
            $store = shm_attach((int) $argv[1]);
            $i = 0;
            say("ready");
            while (true) {
                $letter = chr(97 + $i++ % 26);
                shm_put_var($store, $i % 3, str_repeat($letter, 200 + $i % 500));
                if ($i % 1000 == 0 && !is_dir('/proc/' . $argv[2])) exit(0);
            }
            """;

    @Test
    void neverTakesAHalfWrittenStoreForWhole() throws Exception {
        try (Scratch scratch = scratch(64 << 10)) {
            Php.run("shm_attach((int) $argv[1]);", scratch.key());
            // Should the test be killed, the writer must not live on.
            String parent = Long.toString(ProcessHandle.current().pid());
            try (Php writer = Php.start(WRITER, scratch.key(), parent);
                    AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
                assertThat(writer.line()).isEqualTo("ready");
                Seen seen = new Seen();
                try (Sampler sampler = sampler(segment, List.of(new StoreShape()), 120, seen)) {
                    sampler.view(0, 4096);
                    sampler.start();
                    seen.await(sample -> sample.number() >= 400);
                }
                writer.kill();

                assertThat(seen.failures).isEmpty();
                assertThat(seen.last().counters().tornSamples()).isPositive();
                List<Sample> whole =
                        seen.samples.stream()
                                .filter(sample -> sample.state() == Sample.State.WHOLE)
                                .toList();
                assertThat(whole).isNotEmpty();
                assertThat(whole.stream().flatMap(OnThisHostTest::values))
                        .allMatch(value -> value.matches("s:\\d+:\"([a-z])\\1*\";"));
                assertThat(seen.samples)
                        .noneMatch(sample -> sample.state() == Sample.State.DAMAGED);
            }
        }
    }

    @Test
    void followsAVariableByItsKey() throws Exception {
        String script =
                """
                $store = shm_attach((int) $argv[1], 4096);
                shm_put_var($store, 1, "one");
                shm_put_var($store, 2, "two");
                say("ready");
                while (true) {
                    eval(hear());
                    say("done");
                }
                """;
        try (Scratch scratch = scratch(4096);
                Php php = Php.start(script, scratch.key())) {
            assertThat(php.line()).isEqualTo("ready");
            Seen seen = new Seen();
            try (AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY);
                    Sampler sampler = sampler(segment, List.of(new StoreShape()), 60, seen)) {
                sampler.start();
                seen.await(sample -> sample.state() == Sample.State.WHOLE);
                php.ask("shm_put_var($store, 1, 'uno');");
                seen.await(sample -> happened(sample, 1, PartTrack.Change.CHANGED));
                seen.await(sample -> happened(sample, 2, PartTrack.Change.MOVED));
                php.ask("shm_put_var($store, 3, 'three');");
                seen.await(sample -> happened(sample, 3, PartTrack.Change.ADDED));
                php.ask("shm_remove_var($store, 2);");
                seen.await(sample -> sample.removed().stream().anyMatch(track -> track.key() == 2));
            }
        }
    }

    @Test
    void leavesMemoryAsItWas() throws Exception {
        try (Scratch scratch = scratch(64L * MIB)) {
            Php.run(
                    """
                    $segment = shmop_open((int) $argv[1], "w", 0, 0);
                    shmop_write($segment, "here", 5 * 1024 * 1024);
                    """,
                    scratch.key());
            SegmentFacts before = host.facts(scratch.id());
            Seen seen = new Seen();
            SegmentFacts shown;
            try (AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY);
                    Sampler sampler = sampler(segment, List.of(new StoreShape()), 60, seen)) {
                shown = segment.factsBefore();
                sampler.view(5 * MIB - 8192, 32768);
                sampler.start();
                seen.await(sample ->
                        sample.number() > 10
                                && sample.counters().skippedBytes()
                                        == 64 * MIB - AttachedSegment.PAGE_BYTES);
            }
            SegmentFacts after = host.facts(scratch.id());
            String bytes =
                    Php.run(
                            """
                            $segment = shmop_open((int) $argv[1], "a", 0, 0);
                            echo md5(shmop_read($segment, 0, shmop_size($segment)));
                            """,
                            scratch.key());
            byte[] expected = new byte[64 * MIB];
            System.arraycopy("here".getBytes(StandardCharsets.US_ASCII), 0, expected, 5 * MIB, 4);

            assertThat(after.rssBytes()).isEqualTo(before.rssBytes());
            assertThat(shown.lpid()).isEqualTo(before.lpid());
            assertThat(shown.nattch()).isZero();
            assertThat(bytes).isEqualTo(md5(expected));
        }
    }

    @Test
    void watchesAnObjectOf64GibWithoutFillingIt() throws Exception {
        String name = "/shmlens-test-" + Long.toUnsignedString(new Random().nextLong(), 36);
        SegmentId id = host.create(new Target.Posix(name), 64L << 30, Mode.DEFAULT, false).id();
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            long before = host.facts(id).rssBytes();
            long far = 50L << 30;
            Seen seen = new Seen();
            try (Sampler sampler = sampler(segment, List.of(new StoreShape()), 60, seen)) {
                sampler.view(far, 4096);
                sampler.start();
                seen.await(sample -> sample.window().covers(far));
                long whileWatched = host.facts(id).rssBytes();
                sampler.ours(far + 9, new byte[] {1});
                segment.write(far + 9, new byte[] {1}, 0, 1);
                seen.await(sample -> sample.window().has(9, Window.OURS));

                assertThat(whileWatched).isEqualTo(before);
                assertThat(seen.last().counters().watchedBytes())
                        .isEqualTo(Sampler.Options.DEFAULT.shadowCapBytes());
            }
        } finally {
            host.remove(id);
        }
    }

    @Test
    void survivesAnObjectThatIsCutShortAgainAndAgain() throws Exception {
        String name = "/shmlens-test-" + Long.toUnsignedString(new Random().nextLong(), 36);
        SegmentId id = host.create(new Target.Posix(name), 4 * MIB, Mode.DEFAULT, false).id();
        String script =
                """
                $object = fopen("/dev/shm" . $argv[1], "r+");
                say("ready");
                for ($i = 0; $i < 20000; $i++) ftruncate($object, ($i * 7919) % 4000000);
                ftruncate($object, 12345);
                say("done");
                """;
        try (Php php = Php.start(script, name);
                AttachedSegment segment = host.attach(id, Access.READ_ONLY)) {
            Seen seen = new Seen();
            try (Sampler sampler = sampler(segment, List.of(new StoreShape()), 120, seen)) {
                sampler.view(0, 65536);
                sampler.start();
                assertThat(php.line()).isEqualTo("ready");
                assertThat(php.line()).isEqualTo("done");
                seen.await(sample -> sample.sizeBytes() == 12345);

                assertThat(seen.failures).isEmpty();
            }
        } finally {
            host.remove(id);
        }
    }

    @Test
    void endsWhenTheSegmentIsDetachedUnderIt() throws Exception {
        try (Scratch scratch = scratch(MIB)) {
            Seen seen = new Seen();
            AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY);
            try (segment;
                    Sampler sampler = sampler(segment, List.of(), 120, seen)) {
                sampler.start();
                seen.await(sample -> sample.number() > 3);
                segment.close();
                seen.awaitFailure();

                assertThat(seen.failures.getFirst()).isInstanceOf(ShmFailure.Gone.class);
            }
        }
    }

    @Test
    void anIdleFrameLeavesNextToNothingToCollect() throws Exception {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        Sampler.Listener deaf =
                new Sampler.Listener() {
                    @Override
                    public void sampled(Sample sample) {}

                    @Override
                    public void ended(ShmFailure failure) {}
                };
        try (Scratch scratch = scratch(MIB);
                AttachedSegment segment = host.attach(scratch.id(), Access.READ_WRITE)) {
            byte[] random = new byte[MIB];
            new Random(3).nextBytes(random);
            segment.write(0, random, 0, MIB);
            try (Sampler sampler =
                    sampler(segment, List.of(new StoreShape()), Sampler.MAX_RATE_HZ, deaf)) {
                sampler.view(0, 32 << 10);
                // What is not compiled yet allocates more: the steady state is the least of many
                // stretches.
                int frames = 250;
                long each = Long.MAX_VALUE;
                for (int stretch = 0; stretch < 40 && each >= 4096; stretch++) {
                    long before = threads.getThreadAllocatedBytes(thread);
                    for (int i = 0; i < frames; i++) {
                        sampler.step();
                    }
                    long now = (threads.getThreadAllocatedBytes(thread) - before) / frames;
                    each = Math.min(each, now);
                }

                // The sample itself; nothing that grows with the view or the segment.
                assertThat(each).isLessThan(4096);
            }
        }
    }

    private static boolean happened(Sample sample, long key, PartTrack.Change change) {
        return sample.tracks().stream()
                .anyMatch(track -> track.key() == key && track.last() == change);
    }

    private static Stream<String> values(Sample sample) {
        return sample.tracks().stream()
                .map(PartTrack::part)
                .map(part ->
                        new String(
                                sample.structureCopy(),
                                (int) part.contentOffset(),
                                (int) part.contentLength(),
                                StandardCharsets.ISO_8859_1));
    }

    private static Sampler sampler(
            AttachedSegment segment, List<Shape> shapes, double hz, Sampler.Listener seen) {
        Sampler.Options usual = Sampler.Options.DEFAULT;
        Sampler.Options options =
                new Sampler.Options(hz, usual.shadowCapBytes(), usual.sweepShare());
        return new Sampler(segment, shapes, options, seen);
    }

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }

    /// A segment with a key of its own, removed at the end.
    private record Scratch(SegmentSource host, SegmentId id, String key) implements AutoCloseable {
        @Override
        public void close() throws ShmException {
            host.remove(id);
        }
    }

    private Scratch scratch(long size) throws Exception {
        int key = new Random().nextInt(1 << 24, Integer.MAX_VALUE);
        SegmentId id =
                host.create(new Target.Key(new SegmentKey(key)), size, Mode.DEFAULT, false).id();
        return new Scratch(host, id, Integer.toString(key));
    }

    private static final class Seen implements Sampler.Listener {
        private final List<Sample> samples = new CopyOnWriteArrayList<>();
        private final List<ShmFailure> failures = new CopyOnWriteArrayList<>();

        private Sample last() {
            return samples.getLast();
        }

        /// Waits for a sample like this, among those not looked at yet.
        private synchronized void await(Predicate<Sample> like) throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (samples.isEmpty() || !like.test(last())) {
                long left = (until - System.nanoTime()) / 1_000_000;
                assertThat(failures).isEmpty();
                if (left <= 0) {
                    throw new AssertionError("not seen; the last sample is " + samples.getLast());
                }
                wait(left);
            }
        }

        private synchronized void awaitFailure() throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (failures.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                assertThat(left).isPositive();
                wait(left);
            }
        }

        @Override
        public synchronized void sampled(Sample sample) {
            samples.add(sample);
            notifyAll();
        }

        @Override
        public synchronized void ended(ShmFailure failure) {
            failures.add(failure);
            notifyAll();
        }
    }
}
