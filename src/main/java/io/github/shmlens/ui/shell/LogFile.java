package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.theme.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// The window's own log: defects, with their stack traces. Opened for each entry, so that several
/// windows can share it. Any thread.
public final class LogFile {

    private static final long MOST_BYTES = 1 << 20;

    private final Path path;

    public LogFile(Path path) {
        this.path = path;
    }

    /// This user's: `$XDG_STATE_HOME/shmlens/shmlens.log`.
    public static LogFile ofUser() {
        return new LogFile(Places.state().resolve("shmlens.log"));
    }

    public Path path() {
        return path;
    }

    /// Appends one entry. A file that has grown large becomes `….old` first.
    public synchronized void write(String what, Throwable thrown) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (Files.exists(path) && Files.size(path) > MOST_BYTES) {
            Files.move(
                    path,
                    path.resolveSibling(path.getFileName() + ".old"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        StringWriter entry = new StringWriter();
        PrintWriter lines = new PrintWriter(entry);
        lines.printf("%s %s%n", Instant.now(), what);
        thrown.printStackTrace(lines);
        lines.flush();
        Files.writeString(
                path, entry.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
