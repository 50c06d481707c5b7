package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SegmentSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A segment that nobody is attached to and whose maker has ended, at one moment.
///
/// @param lastUser the process that attached or detached last, if it still runs
record Orphan(SegmentFacts facts, Rights rights, Optional<ProcessFacts> lastUser) {

    static boolean is(SegmentFacts facts) {
        return facts.status().contains(SegmentStatus.ORPHAN);
    }

    /// All there are. Blocks; attaches to none.
    static List<Orphan> find(SegmentSource source) throws ShmException {
        List<Orphan> orphans = new ArrayList<>();
        for (SegmentFacts facts : source.segments()) {
            if (is(facts)) {
                Optional<ProcessFacts> last =
                        facts.lpid() == 0 || facts.lpid() == facts.cpid()
                                ? Optional.empty()
                                : source.process(facts.lpid());
                orphans.add(
                        new Orphan(
                                facts,
                                source.rights(facts),
                                last.filter(process -> isOlder(process, facts))));
            }
        }
        return List.copyOf(orphans);
    }

    /// A process that began after the segment was used last has only inherited the number.
    private static boolean isOlder(ProcessFacts process, SegmentFacts facts) {
        return process.started() == null
                || facts.lastUse() == null
                || !process.started().isAfter(facts.lastUse().plusSeconds(1));
    }
}
