package io.github.shmlens.ui.care;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.Repair;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.theme.Figures;
import java.util.stream.Collectors;

/// What repairing and wiping say they will do, and did.
final class CareWords {

    private static final int NAMED = 12;

    private CareWords() {}

    static String prospect(Repair.Plan plan) {
        return "%s be written. %s %s%s"
                .formatted(
                        plan.changes().size() == 1
                                ? "1 word will"
                                : plan.changes().size() + " words will",
                        plan.keptSlots() == 1 ? "1 slot stays." : plan.keptSlots() + " slots stay.",
                        lost(plan),
                        plan.cutBytes() == 0
                                ? ""
                                : " %s of the chain become free room, to be overwritten by the"
                                                .formatted(Figures.exactSize(plan.cutBytes()))
                                        + " next put.");
    }

    private static String lost(Repair.Plan plan) {
        if (plan.lostSlots() == 0) {
            return "No slot is lost.";
        }
        String named =
                plan.lost().stream()
                        .limit(NAMED)
                        .map(slot -> Long.toString(slot.key()))
                        .collect(Collectors.joining(", "));
        return "%s lost: %s%s."
                .formatted(
                        plan.lostSlots() == 1 ? "1 slot is" : plan.lostSlots() + " slots are",
                        named,
                        plan.lostSlots() > NAMED ? ", …" : "");
    }

    static String prospect(StaleBytes bytes) {
        return bytes.bytes() == 0
                ? "There are no stale bytes: everything that PHP does not use is zero."
                : ("%s of former values can still be read by anybody who attaches: %d in the free"
                                + " room and %d in the padding of slots. Zeros are written over"
                                + " them; slots stay as they are. Scripts notice nothing.")
                        .formatted(
                                Figures.exactSize(bytes.bytes()),
                                bytes.freeBytes(),
                                bytes.paddingBytes());
    }

    static String done(CareActions.Outcome.Repaired repaired) {
        int stays = repaired.stays().size();
        return "Repaired%s. The bytes as they were are in %s.%s"
                .formatted(
                        repaired.how(),
                        repaired.image(),
                        stays == 0 ? "" : " " + Figures.count(stays, "finding") + " left.");
    }

    static String done(CareActions.Outcome.Wiped wiped) {
        return "%s wiped%s."
                .formatted(Figures.count(wiped.bytes().bytes(), "stale byte"), wiped.how());
    }

    /// @param what `repair`, `wipe`
    static Problem locked(String what) {
        return new Problem(
                "Locked",
                "Nothing is written while the segment is locked.",
                "Cancel, press Edit (Ctrl+E), then %s.".formatted(what));
    }

    static Problem noImage(String why) {
        return new Problem(
                "The image needs a new file", Problem.sentence(why), "Nothing was written yet.");
    }

    /// Also of a store that is damaged, which is no defect of ours.
    static Problem refused(Throwable thrown) {
        return thrown instanceof NotAStore refused
                ? new Problem("Nothing was wiped", Problem.sentence(refused.sentence()), "")
                : Problem.of(thrown);
    }
}
