package io.github.shmlens.ui.care;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.Repair;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.util.stream.Collectors;

/// What repairing and wiping say they will do, and did.
final class CareWords {

    private static final Texts TEXTS = Texts.of(CareWords.class);

    private static final int NAMED = 12;

    private CareWords() {}

    static String prospect(Repair.Plan plan) {
        String cut =
                plan.cutBytes() == 0
                        ? ""
                        : TEXTS.say("repair.cut", Figures.exactSize(plan.cutBytes()));
        return TEXTS.count("repair.written", plan.changes().size())
                + " "
                + TEXTS.count("repair.kept", plan.keptSlots())
                + " "
                + lost(plan)
                + cut;
    }

    private static String lost(Repair.Plan plan) {
        if (plan.lostSlots() == 0) {
            return TEXTS.say("lost.none");
        }
        String named =
                plan.lost().stream()
                        .limit(NAMED)
                        .map(slot -> Long.toString(slot.key()))
                        .collect(Collectors.joining(", "));
        return TEXTS.count(
                "lost.slots", plan.lostSlots(), named, plan.lostSlots() > NAMED ? ", …" : "");
    }

    static String prospect(StaleBytes bytes) {
        return bytes.bytes() == 0
                ? TEXTS.say("wipe.nothing")
                : TEXTS.say(
                        "wipe.prospect",
                        Figures.exactSize(bytes.bytes()),
                        bytes.freeBytes(),
                        bytes.paddingBytes());
    }

    static String done(CareActions.Outcome.Repaired repaired) {
        int stays = repaired.stays().size();
        return TEXTS.say(
                "repair.done",
                repaired.how(),
                repaired.image(),
                stays == 0 ? "" : TEXTS.count("repair.left", stays));
    }

    static String done(CareActions.Outcome.Wiped wiped) {
        return TEXTS.say(
                "wipe.done", TEXTS.count("count.stale-byte", wiped.bytes().bytes()), wiped.how());
    }

    /// @param what `repair`, `wipe`
    static Problem locked(String what) {
        return new Problem(
                TEXTS.say("locked.title"),
                TEXTS.say("locked.line"),
                TEXTS.say("locked.help", what));
    }

    static Problem noImage(String why) {
        return new Problem(
                TEXTS.say("image.refused"),
                Problem.sentence(why),
                TEXTS.say("image.nothing-written"));
    }

    /// Also of a store that is damaged, which is no defect of ours.
    static Problem refused(Throwable thrown) {
        return thrown instanceof NotAStore refused
                ? new Problem(TEXTS.say("wipe.refused"), Problem.sentence(refused.sentence()), "")
                : Problem.of(thrown);
    }
}
