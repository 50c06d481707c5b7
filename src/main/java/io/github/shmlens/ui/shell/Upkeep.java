package io.github.shmlens.ui.shell;

import io.github.shmlens.php.Repair;
import io.github.shmlens.ui.care.CareActions;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.slots.LockChoice;
import io.github.shmlens.ui.text.Texts;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Has repairs and wipes done in line with a tab's other edits. FX thread.
final class Upkeep implements CareActions {

    private static final Texts TEXTS = Texts.of(Upkeep.class);

    private final Edits edits;
    private final BooleanSupplier unlocked;
    private final Supplier<String> lockSentence;
    private final boolean journaled;

    /// @param journaled whether what was written from here is kept in a file
    Upkeep(
            Edits edits,
            BooleanSupplier unlocked,
            Supplier<String> lockSentence,
            boolean journaled) {
        this.edits = edits;
        this.journaled = journaled;
        this.unlocked = unlocked;
        this.lockSentence = lockSentence;
    }

    @Override
    public CompletionStage<Outcome> repair(Repair.Plan plan, Path image) {
        return told(edits.repair(plan, image));
    }

    @Override
    public CompletionStage<Outcome> wipe() {
        return told(edits.wipe());
    }

    @Override
    public boolean unlocked() {
        return unlocked.getAsBoolean();
    }

    /// A copy in a file is as readable as one in memory, if only to this user.
    @Override
    public String beyondWipe() {
        return journaled ? TEXTS.say("wipe.journal") : "";
    }

    @Override
    public String lockSentence() {
        return lockSentence.get();
    }

    private static CompletionStage<Outcome> told(CompletableFuture<Edits.Outcome> change) {
        return change.thenApply(Upkeep::told);
    }

    private static Outcome told(Edits.Outcome outcome) {
        return switch (outcome) {
            case Edits.Outcome.Repaired repaired ->
                    new Outcome.Repaired(
                            repaired.plan(),
                            repaired.image(),
                            repaired.stays(),
                            EditLock.under(repaired.under()));
            case Edits.Outcome.Wiped wiped ->
                    new Outcome.Wiped(wiped.bytes(), EditLock.under(wiped.under()));
            case Edits.Outcome.NotSaved refused -> new Outcome.Refused(Problem.of(refused.why()));
            case Edits.Outcome.LockBusy busy ->
                    new Outcome.Refused(
                            new Problem(
                                    TEXTS.say("answer.lock-taken"),
                                    LockChoice.tell(busy.semaphore(), busy.facts()),
                                    ""));
            case Edits.Outcome.Failed failed -> new Outcome.Refused(Problem.of(failed.failure()));
            case Edits.Outcome.NoStore none ->
                    new Outcome.Refused(
                            new Problem(
                                    TEXTS.say("answer.nothing-written"),
                                    Problem.sentence(none.sentence()),
                                    ""));
            case Edits.Outcome.BytesWritten _,
                    Edits.Outcome.BytesMoved _,
                    Edits.Outcome.SlotWritten _,
                    Edits.Outcome.SlotMoved _,
                    Edits.Outcome.SlotRemoved _,
                    Edits.Outcome.SlotChanged _,
                    Edits.Outcome.ImageLoaded _,
                    Edits.Outcome.Reversed _,
                    Edits.Outcome.NotReversed _ ->
                    throw new IllegalStateException("not asked for: " + outcome);
        };
    }
}
