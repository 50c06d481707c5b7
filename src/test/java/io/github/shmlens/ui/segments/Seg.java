package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Facts for tests.
final class Seg {

    private Seg() {}

    static SegmentFacts sysv(int shmid, int key, long size, long nattch, SegmentStatus... status) {
        return new SegmentFacts(
                new SegmentId.Sysv(shmid),
                new SegmentKey(key),
                size,
                0,
                0,
                new Principal(33, "www-data"),
                new Principal(33, "web"),
                new Principal(33, "www-data"),
                new Mode(0640),
                Set.of(status),
                nattch,
                1,
                1,
                null,
                null,
                Instant.ofEpochSecond(1000 + shmid));
    }

    static SegmentFacts posix(String name, long size) {
        return new SegmentFacts(
                new SegmentId.Posix(name),
                null,
                size,
                -1,
                -1,
                new Principal(0, "root"),
                new Principal(0, "root"),
                new Principal(0, "root"),
                new Mode(0600),
                Set.of(),
                -1,
                0,
                0,
                null,
                null,
                Instant.EPOCH);
    }

    static Witness held(SegmentFacts facts, int... pids) {
        List<Attachment> seen = new ArrayList<>();
        for (int pid : pids) {
            seen.add(new Attachment(pid, "php", "www-data", 0, 1, true, false));
        }
        return new Witness(facts, new Attachments(seen, 0));
    }
}
