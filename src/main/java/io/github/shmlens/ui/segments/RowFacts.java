package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the kernel says about a segment, one fact a line.
final class RowFacts {

    private static final Texts TEXTS = Texts.of(RowFacts.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private RowFacts() {}

    static String of(SegmentFacts facts) {
        List<String> lines = new ArrayList<>();
        SegmentKey key = facts.key();
        if (key != null) {
            lines.add(
                    key.equals(SegmentKey.PRIVATE)
                            ? TEXTS.say("facts.key-zero")
                            : TEXTS.say("facts.key", key.hex(), key.unsigned(), key.value()));
        }
        lines.add(facts.id().text());
        lines.add(
                facts.rssBytes() < 0
                        ? Figures.exactSize(facts.sizeBytes())
                        : TEXTS.say(
                                "facts.resident",
                                Figures.exactSize(facts.sizeBytes()),
                                Figures.size(facts.rssBytes())));
        lines.add(
                TEXTS.say(
                        "facts.owner",
                        facts.owner().name(),
                        facts.group().name(),
                        facts.mode().octal()));
        if (facts.nattch() >= 0) {
            lines.add(TEXTS.say("facts.nattch", facts.nattch()) + pids(facts));
        }
        if (Orphan.is(facts)) {
            lines.add(TEXTS.say("facts.unattached"));
        }
        time(lines, TEXTS.say("facts.attach-time"), facts.attachTime());
        time(lines, TEXTS.say("facts.detach-time"), facts.detachTime());
        time(
                lines,
                facts.key() == null
                        ? TEXTS.say("facts.write-time")
                        : TEXTS.say("facts.change-time"),
                facts.changeTime());
        return String.join("\n", lines);
    }

    private static String pids(SegmentFacts facts) {
        return (facts.cpid() == 0 ? "" : TEXTS.say("facts.maker", facts.cpid()))
                + (facts.lpid() == 0 ? "" : TEXTS.say("facts.last-pid", facts.lpid()));
    }

    private static void time(List<String> lines, String what, @Nullable Instant when) {
        if (when != null) {
            lines.add(what + " " + TIME.format(when));
        }
    }
}
