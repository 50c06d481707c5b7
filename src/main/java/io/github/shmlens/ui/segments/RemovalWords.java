package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.theme.Figures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What removing and detaching say they do, and did.
public final class RemovalWords {

    private RemovalWords() {}

    /// What will happen when this segment is removed now.
    static String prospect(Witness witness) {
        SegmentFacts facts = witness.facts();
        String bytes = Figures.exactSize(facts.sizeBytes());
        if (facts.id() instanceof SegmentId.Posix(String name)) {
            return "The name %s goes at once and nobody can open it any more. %s"
                    .formatted(
                            name,
                            witness.held()
                                    ? "Whoever has it mapped keeps its %s until they let go."
                                            .formatted(bytes)
                                    : "Its %s are freed when no process has it open or mapped; "
                                                    .formatted(bytes)
                                            + "none is seen to have it mapped.");
        }
        if (facts.markedForRemoval()) {
            return "It is marked for removal already and goes at the last detach (%s). Removing"
                            .formatted(witness.clause())
                    + " it again changes nothing.";
        }
        if (facts.nattch() == 0) {
            return "Nobody is attached: the segment and its %s are destroyed at once."
                    .formatted(bytes);
        }
        return "It is attached %s: the segment is marked for removal. %sWhoever is attached keeps"
                        .formatted(Witness.times(facts.nattch()), keyGoes(facts))
                + " its %s, and they are destroyed at the last detach.".formatted(bytes);
    }

    private static String keyGoes(SegmentFacts facts) {
        SegmentKey key = facts.key();
        return key == null || key.equals(SegmentKey.PRIVATE)
                ? ""
                : "Its key %s is no longer found from then on. ".formatted(key.hex());
    }

    /// What became of it, for the notice.
    static String done(SegmentFacts before, Removal.Outcome outcome) {
        String name = ListEntry.nameOf(before);
        return switch (outcome) {
            case Removal.Outcome.Destroyed(Path image) ->
                    (before.id() instanceof SegmentId.Posix
                                    ? "%s is removed; its name is free.".formatted(name)
                                    : "%s is removed and its %s are destroyed."
                                            .formatted(name, Figures.exactSize(before.sizeBytes())))
                            + savedTo(image);
            case Removal.Outcome.Marked(Witness now, Path image) ->
                    "%s is marked for removal and goes at the last detach; %s."
                                    .formatted(name, now.clause())
                            + savedTo(image);
            case Removal.Outcome.Changed _ -> "Nothing was removed.";
            case Removal.Outcome.Stopped stopped -> problem(stopped).sentence();
        };
    }

    static Problem problem(Removal.Outcome.Stopped stopped) {
        Problem why = Problem.of(stopped.why());
        StringBuilder sentence = new StringBuilder();
        sentence.append("The segment was not removed: ").append(stopped.step()).append(" failed. ");
        sentence.append(why.sentence());
        sentence.append(savedTo(stopped.image()));
        if (stopped.wiped()) {
            sentence.append(" Its bytes are zeros already.");
        }
        return new Problem(why.title(), sentence.toString(), why.whatToDo());
    }

    /// What stays after a detach.
    ///
    /// @param now null when the segment is gone
    public static String farewell(SegmentFacts before, @Nullable Witness now) {
        String name = ListEntry.nameOf(before);
        return switch (before.id()) {
            case SegmentId.File _ -> "%s is closed. The file is as it was.".formatted(name);
            case SegmentId.Posix _ ->
                    now == null
                            ? "Detached from %s, which was removed meanwhile.".formatted(name)
                            : "Detached from %s. The object and its %s stay in memory; %s."
                                    .formatted(
                                            name,
                                            Figures.exactSize(now.facts().sizeBytes()),
                                            now.clause());
            case SegmentId.Sysv _ ->
                    now == null
                            ? "Detached from %s. It was marked for removal and is gone."
                                    .formatted(name)
                            : now.facts().markedForRemoval()
                                    ? "Detached from %s. It is marked for removal and goes at the last detach; %s."
                                            .formatted(name, now.clause())
                                    : "Detached from %s. The segment and its %s stay in memory; %s."
                                            .formatted(
                                                    name,
                                                    Figures.exactSize(now.facts().sizeBytes()),
                                                    now.clause());
        };
    }

    private static String savedTo(@Nullable Path image) {
        return image == null ? "" : " Its image is in %s.".formatted(image);
    }
}
