package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.testing.Php;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whoever looks leaves no trace that can be avoided.
final class ObserverTest {

    private static final int MIB = 1 << 20;
    private static final int SIZE = 64 * MIB;

    private final HostSegments host = new HostSegments();

    @Test
    void leavesRssLpidAndEveryByteAsFound() throws Exception {
        int key = new Random().nextInt() | 1;
        try (Php owner =
                Php.start(
                        """
                        $s = shmop_open((int) $argv[1], 'n', 0600, (int) $argv[2]);
                        shmop_write($s, 'first page', 100);
                        shmop_write($s, 'in the middle', 33000000);
                        say('made');
                        while (true) {
                            $before = hear();
                            say(hash('sha256', shmop_read($s, 0, 4096)
                                . shmop_read($s, 33000000 - 33000000 % 4096, 4096)));
                            if ($before === 'last') { shmop_delete($s); exit(0); }
                        }
                        """,
                        Integer.toString(key), Integer.toString(SIZE))) {
            assertThat(owner.line()).isEqualTo("made");
            SegmentFacts found =
                    host.facts(
                            Objects.requireNonNull(
                                    host.resolve(new Target.Key(new SegmentKey(key))).id()));
            String bytes = owner.ask("hash");
            assertThat(found.rssBytes()).isEqualTo(2 * 4096);

            for (int i = 0; i < 10; i++) {
                assertThat(host.segments()).contains(found);
                host.attachments(found.id());
                host.rights(found);
            }
            try (AttachedSegment segment = host.attach(found.id(), Access.READ_ONLY);
                    Sweep sweep = segment.sweep(Long.MAX_VALUE)) {
                assertThat(segment.factsBefore()).isEqualTo(found);
                byte[] window = new byte[MIB];
                long skipped = 0;
                for (int round = 0; round < 3; round++) {
                    skipped = 0;
                    for (long at = 0; at < SIZE; at += MIB) {
                        skipped += sweep.advance(at, MIB, (_, _, _, _) -> {});
                        segment.readResident(at, window, 0, MIB);
                    }
                }
                assertThat(skipped).isEqualTo(SIZE - 2 * 4096);
            }

            SegmentFacts left = host.facts(found.id());
            assertThat(left.rssBytes()).isEqualTo(found.rssBytes());
            assertThat(left.nattch()).isEqualTo(found.nattch());
            assertThat(owner.ask("last")).isEqualTo(bytes);
        }
    }
}
