package io.github.shmlens.ui.fx;

import java.time.Duration;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import org.jspecify.annotations.Nullable;

/// Answers the newest of many questions, such as what a user is typing: waits until the questions
/// pause, works off the FX thread, one at a time, and shows an answer only while its question is
/// still the newest. FX thread.
public final class LatestWork<Q, A> implements AutoCloseable {

    private final Asked<Q, A> work;
    private final Consumer<? super A> show;
    private final Consumer<? super Throwable> failed;
    private final PauseTransition pause;
    private @Nullable Q waiting;
    private long newest;
    private boolean working;

    /// @param calm how long the questions must pause
    /// @param work off the FX thread
    /// @param show on the FX thread
    /// @param failed on the FX thread
    public LatestWork(
            Duration calm,
            Asked<Q, A> work,
            Consumer<? super A> show,
            Consumer<? super Throwable> failed) {
        this.work = work;
        this.show = show;
        this.failed = failed;
        pause = new PauseTransition(javafx.util.Duration.millis(calm.toMillis()));
        pause.setOnFinished(_ -> start());
    }

    public void ask(Q question) {
        waiting = question;
        newest++;
        pause.playFromStart();
    }

    /// Asks without waiting for a pause.
    public void askNow(Q question) {
        waiting = question;
        newest++;
        pause.stop();
        start();
    }

    /// Forgets what was asked: no answer is shown any more.
    public void forget() {
        waiting = null;
        newest++;
        pause.stop();
    }

    @Override
    public void close() {
        forget();
    }

    private void start() {
        Q question = waiting;
        if (working || question == null) {
            return;
        }
        waiting = null;
        working = true;
        long asked = newest;
        Background.<A>run(
                () -> work.answer(question),
                answer -> {
                    ended();
                    if (asked == newest) {
                        show.accept(answer);
                    }
                },
                thrown -> {
                    ended();
                    if (asked == newest) {
                        failed.accept(thrown);
                    }
                });
    }

    private void ended() {
        working = false;
        if (waiting != null && pause.getStatus() != javafx.animation.Animation.Status.RUNNING) {
            start();
        }
    }

    /// Answers one question.
    @FunctionalInterface
    public interface Asked<Q, A> {
        A answer(Q question) throws Exception;
    }
}
