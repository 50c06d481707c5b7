package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What removing and detaching say they do, and did.
public final class RemovalWords {

    private static final Texts TEXTS = Texts.of(RemovalWords.class);

    private RemovalWords() {}

    /// What will happen when this segment is removed now.
    static String prospect(Witness witness) {
        SegmentFacts facts = witness.facts();
        String bytes = Figures.exactSize(facts.sizeBytes());
        if (facts.id() instanceof SegmentId.Posix(String name)) {
            return witness.held()
                    ? TEXTS.say("prospect.object-held", name, bytes)
                    : TEXTS.say("prospect.object", name, bytes);
        }
        if (facts.markedForRemoval()) {
            return TEXTS.say("prospect.marked", witness.clause());
        }
        if (facts.nattch() == 0) {
            return TEXTS.say("prospect.destroyed", bytes);
        }
        return TEXTS.say("prospect.attached", Witness.times(facts.nattch()), keyGoes(facts), bytes);
    }

    private static String keyGoes(SegmentFacts facts) {
        SegmentKey key = facts.key();
        return key == null || key.equals(SegmentKey.PRIVATE)
                ? ""
                : TEXTS.say("prospect.key-goes", key.hex());
    }

    /// What became of it, for the notice.
    static String done(SegmentFacts before, Removal.Outcome outcome) {
        String name = ListEntry.nameOf(before);
        return switch (outcome) {
            case Removal.Outcome.Destroyed(Path image) ->
                    (before.id() instanceof SegmentId.Posix
                                    ? TEXTS.say("done.name-free", name)
                                    : TEXTS.say(
                                            "done.destroyed",
                                            name,
                                            Figures.exactSize(before.sizeBytes())))
                            + savedTo(image);
            case Removal.Outcome.Marked(Witness now, Path image) ->
                    TEXTS.say("done.marked", name, now.clause(), savedTo(image));
            case Removal.Outcome.Changed _ -> TEXTS.say("done.nothing");
            case Removal.Outcome.GivenUp givenUp -> givenUp(before, givenUp);
            case Removal.Outcome.Stopped stopped -> problem(stopped).sentence();
        };
    }

    /// What is left by one that was stopped.
    static String givenUp(SegmentFacts before, Removal.Outcome.GivenUp outcome) {
        return TEXTS.say("done.given-up", ListEntry.nameOf(before))
                + (outcome.wipedBytes() == 0
                        ? ""
                        : TEXTS.say("done.zeros-up-to", Figures.exactSize(outcome.wipedBytes())))
                + savedTo(outcome.image());
    }

    static Problem problem(Removal.Outcome.Stopped stopped) {
        Problem why = Problem.of(stopped.why());
        StringBuilder sentence = new StringBuilder();
        sentence.append(TEXTS.say("done.failed", stopped.step(), why.sentence()));
        sentence.append(savedTo(stopped.image()));
        if (stopped.wiped()) {
            sentence.append(TEXTS.say("done.zeros"));
        }
        return new Problem(why.title(), sentence.toString(), why.whatToDo());
    }

    /// What stays after a detach.
    ///
    /// @param now null when the segment is gone
    public static String farewell(SegmentFacts before, @Nullable Witness now) {
        String name = ListEntry.nameOf(before);
        return switch (before.id()) {
            case SegmentId.File _ -> TEXTS.say("farewell.file", name);
            case SegmentId.Posix _ ->
                    now == null
                            ? TEXTS.say("farewell.object-gone", name)
                            : TEXTS.say(
                                    "farewell.object",
                                    name,
                                    Figures.exactSize(now.facts().sizeBytes()),
                                    now.clause());
            case SegmentId.Sysv _ ->
                    now == null
                            ? TEXTS.say("farewell.gone", name)
                            : now.facts().markedForRemoval()
                                    ? TEXTS.say("farewell.marked", name, now.clause())
                                    : TEXTS.say(
                                            "farewell.segment",
                                            name,
                                            Figures.exactSize(now.facts().sizeBytes()),
                                            now.clause());
        };
    }

    private static String savedTo(@Nullable Path image) {
        return image == null ? "" : TEXTS.say("done.image", image);
    }
}
