package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Problem;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Hears of every exception that nobody caught, writes it to the log file and shows a notice. The
/// same defect, again and again (sixty times a second, perhaps), is told once.
final class Faults implements Thread.UncaughtExceptionHandler {

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
            where = "Its details are in %s; please report them.".formatted(log.path());
        } catch (IOException unwritable) {
            where =
                    "Its details could not be written to %s (%s)."
                            .formatted(log.path(), unwritable.getMessage());
        }
        Problem problem = Problem.of(thrown);
        Problem shown =
                new Problem(
                        "A defect in Shmlens",
                        problem.sentence(),
                        where + " The window goes on; segments are not affected.");
        FxExecutor.FX.execute(() -> show.accept(shown));
    }

    private static String kind(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
    }
}
