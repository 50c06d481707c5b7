package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Hears of every exception that nobody caught, writes it to the log file and shows a notice. The
/// same defect, again and again (sixty times a second, perhaps), is told once.
final class Faults implements Thread.UncaughtExceptionHandler {

    private static final Texts TEXTS = Texts.of(Faults.class);

    private static final int MOST_KINDS = 100;

    private final LogFile log;
    private final Consumer<Problem> show;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param show called on the FX thread
    Faults(LogFile log, Consumer<Problem> show) {
        this.log = log;
        this.show = show;
    }

    void install() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    /// Any thread.
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (told.size() >= MOST_KINDS || !told.add(kind(thrown))) {
            return;
        }
        String where;
        try {
            log.write("on thread " + thread.getName(), thrown);
            where = TEXTS.say("fault.logged", log.path());
        } catch (IOException unwritable) {
            where = TEXTS.say("fault.not-logged", log.path(), unwritable.getMessage());
        }
        Problem problem = Problem.of(thrown);
        Problem shown =
                new Problem(
                        TEXTS.say("fault.title"),
                        problem.sentence(),
                        TEXTS.say("fault.help", where));
        FxExecutor.FX.execute(() -> show.accept(shown));
    }

    private static String kind(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
    }
}
