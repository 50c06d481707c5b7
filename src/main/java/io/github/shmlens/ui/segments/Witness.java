package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who has a segment attached, at one moment, and what that means for the user.
public record Witness(SegmentFacts facts, Attachments attachments) {

    private static final Texts TEXTS = Texts.of(Witness.class);

    /// Looks. Off the FX thread.
    public static Witness look(SegmentSource source, SegmentId id) throws ShmException {
        return new Witness(source.facts(id), source.attachments(id));
    }

    /// Whether anybody at all holds on to it, as far as can be known.
    public boolean held() {
        return facts.nattch() > 0 || !attachments.seen().isEmpty();
    }

    /// Whether somebody other than this window holds on to it, or may.
    public boolean heldByOthers() {
        return !attachments.others().isEmpty() || unseen() > 0;
    }

    /// Attaches the kernel counts and /proc does not show us; 0 where the kernel does not count.
    public long unseen() {
        return Math.max(0, facts.nattch() - attachments.seen().size());
    }

    /// One line per process: `php, pid 1234, www-data, read-write`.
    public List<String> lines() {
        Map<Integer, List<Attachment>> byProcess = new LinkedHashMap<>();
        for (Attachment one : attachments.seen()) {
            byProcess.computeIfAbsent(one.pid(), _ -> new ArrayList<>()).add(one);
        }
        List<String> lines = new ArrayList<>();
        for (List<Attachment> same : byProcess.values()) {
            Attachment one = same.getFirst();
            boolean writable = same.stream().anyMatch(Attachment::writable);
            lines.add(
                    TEXTS.say(
                            "holders.line",
                            one.self() ? TEXTS.say("holders.this-window") : one.command(),
                            one.pid(),
                            one.user(),
                            writable
                                    ? TEXTS.say("holders.read-write")
                                    : TEXTS.say("holders.read-only"),
                            same.size() == 1 ? "" : TEXTS.say("holders.times", same.size())));
        }
        if (unseen() > 0) {
            lines.add(
                    TEXTS.say(
                            "holders.unseen",
                            unseen(),
                            TEXTS.count("holders.attaches", facts.nattch())));
        } else if (facts.nattch() < 0 && attachments.hiddenProcesses() > 0) {
            lines.add(TEXTS.count("holders.hidden", attachments.hiddenProcesses()));
        }
        return lines;
    }

    /// Who holds on, in a clause: `1 process is attached`, `nobody is attached`.
    public String clause() {
        Set<Integer> pids =
                attachments.seen().stream().map(Attachment::pid).collect(Collectors.toSet());
        if (facts.nattch() < 0) {
            String seen =
                    pids.isEmpty()
                            ? TEXTS.say("holders.none-mapped")
                            : TEXTS.count("holders.mapped", pids.size());
            return seen;
        }
        if (facts.nattch() == 0) {
            return TEXTS.say("holders.none");
        }
        if (unseen() > 0) {
            // nattch counts attaches, and one process may have several.
            return TEXTS.say("holders.attached", times(facts.nattch()));
        }
        return TEXTS.count("holders.attached-processes", pids.size());
    }

    /// Whether the same processes hold on, as often as they did then.
    public boolean sameHolders(Witness then) {
        return facts.nattch() == then.facts.nattch()
                && facts.markedForRemoval() == then.facts.markedForRemoval()
                && pidsOf(this).equals(pidsOf(then));
    }

    private static List<Integer> pidsOf(Witness witness) {
        return witness.attachments.seen().stream().map(Attachment::pid).sorted().toList();
    }

    static String times(long count) {
        return count == 1
                ? TEXTS.say("times.once")
                : count == 2 ? TEXTS.say("times.twice") : TEXTS.say("times.many", count);
    }
}
