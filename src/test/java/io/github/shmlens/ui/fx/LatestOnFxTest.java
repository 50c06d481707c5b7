package io.github.shmlens.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

class LatestOnFxTest extends FxTest {

    private final List<Integer> shown = new CopyOnWriteArrayList<>();
    private final LatestOnFx<Integer> latest = new LatestOnFx<>(shown::add);

    @Test
    void showsOnlyTheNewestOfAThousandOffersMadeWhileTheFxThreadWasBusy() throws Exception {
        CountDownLatch release = holdFxThread();
        for (int i = 1; i <= 1000; i++) {
            latest.offer(i);
        }
        release.countDown();
        waitForFx();
        assertThat(shown).containsExactly(1000);
    }

    @Test
    void goesOnAfterAViewThatFailed() {
        Thread fxThread = ask(Thread::currentThread);
        Thread.UncaughtExceptionHandler usual = fxThread.getUncaughtExceptionHandler();
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        fxThread.setUncaughtExceptionHandler((thread, failure) -> reported.add(failure));
        try {
            LatestOnFx<Integer> picky =
                    new LatestOnFx<>(value -> {
                        if (value == 1) {
                            throw new IllegalStateException("planned");
                        }
                        shown.add(value);
                    });
            picky.offer(1);
            waitForFx();
            picky.offer(2);
            waitForFx();
        } finally {
            fxThread.setUncaughtExceptionHandler(usual);
        }
        assertThat(shown).containsExactly(2);
        assertThat(reported).hasSize(1);
    }

    @Test
    void showsNothingAfterClose() throws Exception {
        CountDownLatch release = holdFxThread();
        latest.offer(1);
        latest.close();
        latest.offer(2);
        release.countDown();
        waitForFx();
        assertThat(shown).isEmpty();
    }

    private static CountDownLatch holdFxThread() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Platform.runLater(() -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        held.await();
        return release;
    }
}
