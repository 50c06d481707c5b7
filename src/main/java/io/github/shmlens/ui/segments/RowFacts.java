package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.theme.Figures;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the kernel says about a segment, one fact a line.
final class RowFacts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private RowFacts() {}

    static String of(SegmentFacts facts) {
        List<String> lines = new ArrayList<>();
        SegmentKey key = facts.key();
        if (key != null) {
            lines.add(
                    key.equals(SegmentKey.PRIVATE)
                            ? "key 0: private, or marked for removal"
                            : "key %s = %s = %d".formatted(key.hex(), key.unsigned(), key.value()));
        }
        lines.add(facts.id().text());
        lines.add(
                Figures.exactSize(facts.sizeBytes())
                        + (facts.rssBytes() < 0
                                ? ""
                                : ", resident " + Figures.size(facts.rssBytes())));
        lines.add(
                "owner %s, group %s, mode %s"
                        .formatted(
                                facts.owner().name(), facts.group().name(), facts.mode().octal()));
        if (facts.nattch() >= 0) {
            lines.add("nattch " + facts.nattch() + pids(facts));
        }
        time(lines, "attached last", facts.attachTime());
        time(lines, "detached last", facts.detachTime());
        time(lines, facts.key() == null ? "written last" : "changed last", facts.changeTime());
        return String.join("\n", lines);
    }

    private static String pids(SegmentFacts facts) {
        return (facts.cpid() == 0 ? "" : ", made by pid " + facts.cpid())
                + (facts.lpid() == 0 ? "" : ", last pid " + facts.lpid());
    }

    private static void time(List<String> lines, String what, @Nullable Instant when) {
        if (when != null) {
            lines.add(what + " " + TIME.format(when));
        }
    }
}
