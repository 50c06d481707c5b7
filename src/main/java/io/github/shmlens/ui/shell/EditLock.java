package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.slots.LockChoice;
import io.github.shmlens.ui.slots.LockDialog;
import io.github.shmlens.ui.slots.Locking;
import io.github.shmlens.ui.text.Texts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The semaphore that a tab's edits take: the one that lies beside the segment until a person
/// chooses another, or none; and who may write at the same moment where there is none. FX thread.
final class EditLock {

    private static final Texts TEXTS = Texts.of(EditLock.class);

    private final SegmentSource source;
    private final SegmentFacts before;
    private final Edits edits;
    private final LookAround lookAround;
    private final SegmentToolBar tools;
    private @Nullable Surroundings around;

    /// Its name does not lead to it any more, so that the kernel tells nothing about it.
    private boolean nameless;

    private boolean onlyOurs;
    private boolean settled;

    /// @param before what the kernel said just before we attached
    EditLock(
            SegmentSource source,
            SegmentFacts before,
            Edits edits,
            LookAround lookAround,
            SegmentToolBar tools) {
        this.source = source;
        this.before = before;
        this.edits = edits;
        this.lookAround = lookAround;
        this.tools = tools;
    }

    /// The name of an object or file does not lead to it any more.
    ///
    /// @param alone whether nobody else is seen to hold it
    void nameless(boolean alone) {
        around = null;
        nameless = true;
        onlyOurs = alone;
        tools.showLock(edits.semaphore(), Optional.empty());
    }

    /// Takes the newest look around.
    void seen(Surroundings now) {
        around = now;
        nameless = false;
        Optional<LockFacts> lock = now.lock();
        if (!settled && lock.isPresent()) {
            // A set as sem_get makes it, under the segment's own number: the habit of PHP scripts.
            // Whether somebody has it open at this moment does not matter.
            settled = true;
            edits.take(lock.get().key());
        }
        tools.showLock(edits.semaphore(), lock);
    }

    /// Whether somebody else may write at the same moment.
    boolean isOpenToOthers() {
        return edits.semaphore() == null && (nameless ? !onlyOurs : others() > 0);
    }

    /// What the next edit takes, or who may write beside it.
    String sentence() {
        SegmentKey semaphore = edits.semaphore();
        if (semaphore != null) {
            return TEXTS.say("lock.takes", semaphore.hex());
        }
        if (nameless) {
            return onlyOurs ? TEXTS.say("lock.nobody-else") : TEXTS.say("lock.others-nameless");
        }
        long others = others();
        if (others == 0) {
            return around == null
                    ? TEXTS.say("lock.others-unknown")
                    : TEXTS.say("lock.nobody-else");
        }
        return TEXTS.say("lock.others", TEXTS.count("count.other-attach", others));
    }

    /// What a change took, for the end of a sentence that tells it.
    ///
    /// @param semaphore null for none
    static String under(@Nullable SegmentKey semaphore) {
        return semaphore == null
                ? TEXTS.say("written.no-lock")
                : TEXTS.say("written.under", semaphore.hex());
    }

    /// Until the first look around: as the kernel counted just before we attached.
    private long others() {
        return around == null ? Math.max(0, before.nattch()) : around.others();
    }

    /// Asks which semaphore it shall be.
    ///
    /// @param chosen told when another one, or none, was chosen
    void choose(@Nullable Window over, Runnable chosen) {
        LockDialog dialog = new LockDialog(over, before.key(), this::lookUp);
        SegmentKey now = edits.semaphore();
        dialog.choice()
                .choose(
                        now == null
                                ? new Locking.Without()
                                : new Locking.Under(now, edits.limit()));
        dialog.showAndWait()
                .ifPresent(locking -> {
                    settled = true;
                    SegmentKey key =
                            switch (locking) {
                                case Locking.Under(SegmentKey semaphore, Duration most) -> {
                                    edits.waitAtMost(most);
                                    yield semaphore;
                                }
                                case Locking.Without() -> null;
                            };
                    edits.take(key);
                    lookAround.watch(key);
                    tools.showLock(key, Optional.empty());
                    chosen.run();
                });
    }

    private void lookUp(SegmentKey key, Consumer<LockChoice.Answer> then) {
        Background.run(
                () -> source.lock(key),
                found -> then.accept(new LockChoice.Answer.Looked(found)),
                thrown -> then.accept(new LockChoice.Answer.Refused(Problem.of(thrown).line())));
    }
}
