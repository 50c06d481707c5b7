package io.github.shmlens.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// Where a command reads and writes. Text leaves as UTF-8 under any locale: facts on standard
/// output, everything else on standard error.
public final class Console {

    /// Waits between two looks; a test's does not wait.
    @FunctionalInterface
    public interface Pause {
        void await(Duration time) throws InterruptedException;
    }

    private final OutputStream out;
    private final OutputStream err;
    private final InputStream in;
    private final boolean terminal;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Pause pause;

    /// @param terminal whether `out` is one
    public Console(
            OutputStream out,
            OutputStream err,
            InputStream in,
            boolean terminal,
            Map<String, String> environment,
            Clock clock,
            Pause pause) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.pause = pause;
    }

    /// This process's own streams, past the encodings that the locale gave to `System.out`.
    public static Console ofProcess() {
        return new Console(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new FileOutputStream(FileDescriptor.err),
                new FileInputStream(FileDescriptor.in),
                leadsToTerminal(Path.of("/proc/self/fd/1")),
                System.getenv(),
                Clock.systemUTC(),
                Thread::sleep);
    }

    /// One line of facts.
    void line(String text) {
        write(out, text + "\n");
    }

    /// Facts, as they are.
    void text(String text) {
        write(out, text);
    }

    /// Facts that are not text.
    void bytes(byte[] bytes, int at, int length) {
        try {
            out.write(bytes, at, length);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Standard output, for a writer that takes a stream.
    OutputStream stream() {
        return out;
    }

    /// One line that is not a fact asked for: what was done, a warning, an error. Goes out at once
    /// and on one line, whatever the text holds.
    public void note(String sentence) {
        write(err, "shmlens: " + Printable.line(sentence) + "\n");
    }

    /// Lines of an explanation on standard error.
    void explain(String text) {
        write(err, text);
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    InputStream in() {
        return in;
    }

    boolean terminal() {
        return terminal;
    }

    /// Colours and redrawing in place are welcome.
    boolean colours() {
        return terminal
                && !environment.containsKey("NO_COLOR")
                && !"dumb".equals(environment.get("TERM"));
    }

    /// Columns a line may have: the terminal's, or as many as it takes where there is none.
    int width() {
        return terminal ? positive("COLUMNS", 80) : Integer.MAX_VALUE;
    }

    int height() {
        return positive("LINES", 24);
    }

    Clock clock() {
        return clock;
    }

    Pause pause() {
        return pause;
    }

    private int positive(String variable, int otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : otherwise;
    }

    private static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static boolean leadsToTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/")
                    || device.startsWith("/dev/tty")
                    || device.equals("/dev/console");
        } catch (IOException closedOrNoProc) {
            return false;
        }
    }
}
