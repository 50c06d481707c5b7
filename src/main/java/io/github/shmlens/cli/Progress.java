package io.github.shmlens.cli;

/// How far long work is, as a bar on standard error. Shown only on a terminal, and only when the
/// work takes longer than a second; erased when it is closed.
final class Progress implements AutoCloseable {

    private static final long FIRST_MILLIS = 1000;
    private static final long EVERY_MILLIS = 100;
    private static final int BAR = 24;

    private final Console console;
    private final String work;
    private final long total;
    private final boolean shown;
    private final long begunMillis;
    private long dueMillis;

    /// @param work one word: `dump`
    /// @param total bytes
    Progress(Console console, String work, long total) {
        this.console = console;
        this.work = work;
        this.total = Math.max(1, total);
        this.shown = console.showsProgress();
        this.begunMillis = shown ? console.clock().millis() : 0;
        this.dueMillis = begunMillis + FIRST_MILLIS;
    }

    /// So many bytes are done. Cheap enough for every step of the work.
    void done(long bytes) {
        if (!shown) {
            return;
        }
        long now = console.clock().millis();
        if (now < dueMillis) {
            return;
        }
        dueMillis = now + EVERY_MILLIS;
        console.bar(bar(Math.clamp(bytes, 0, total), now - begunMillis));
    }

    private String bar(long bytes, long millis) {
        double part = (double) bytes / total;
        int full = (int) (part * BAR);
        String left =
                part > 0.01
                        ? ", %d s left".formatted(Math.round(millis / part * (1 - part) / 1000))
                        : "";
        return "%s [%s%s] %3d %% of %s%s"
                .formatted(
                        work,
                        "#".repeat(full),
                        ".".repeat(BAR - full),
                        (int) (part * 100),
                        Quantity.shown(total),
                        left);
    }

    @Override
    public void close() {
        if (shown) {
            console.clearBar();
        }
    }
}
