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
import java.util.function.BooleanSupplier;

/// Where a command reads and writes. Text leaves as UTF-8 under any locale: facts on standard
/// output, everything else on standard error.
public final class Console {

    /// Waits between two looks; a test's does not wait.
    @FunctionalInterface
    public interface Pause {
        void await(Duration time) throws InterruptedException;
    }

    private static final String CLEAR_LINE = "\u001b[K";

    private final OutputStream out;
    private final OutputStream err;
    private final InputStream in;
    private final boolean terminal;
    private final boolean errTerminal;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Pause pause;
    private final BooleanSupplier nobodyReads;
    private boolean barShown;

    /// @param terminal whether `out` is one
    /// @param errTerminal whether `err` is one
    /// @param nobodyReads whether what is written to `out` has no reader any more
    public Console(
            OutputStream out,
            OutputStream err,
            InputStream in,
            boolean terminal,
            boolean errTerminal,
            Map<String, String> environment,
            Clock clock,
            Pause pause,
            BooleanSupplier nobodyReads) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminal = terminal;
        this.errTerminal = errTerminal;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.pause = pause;
        this.nobodyReads = nobodyReads;
    }

    /// This process's own streams, past the encodings that the locale gave to `System.out`.
    ///
    /// @param nobodyReads whether standard output has no reader any more
    public static Console ofProcess(BooleanSupplier nobodyReads) {
        return new Console(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new FileOutputStream(FileDescriptor.err),
                new FileInputStream(FileDescriptor.in),
                leadsToTerminal(Path.of("/proc/self/fd/1")),
                leadsToTerminal(Path.of("/proc/self/fd/2")),
                System.getenv(),
                Clock.systemUTC(),
                Thread::sleep,
                nobodyReads);
    }

    /// Reads and writes nothing.
    static Console nowhere() {
        return new Console(
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                InputStream.nullInputStream(),
                false,
                false,
                Map.of(),
                Clock.systemUTC(),
                _ -> {},
                () -> false);
    }

    /// One line of facts.
    void line(String text) {
        clearBar();
        write(out, text + "\n");
    }

    /// Facts, as they are.
    void text(String text) {
        clearBar();
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
        clearBar();
        write(err, "shmlens: " + Printable.line(sentence) + "\n");
    }

    /// Lines of an explanation on standard error.
    void explain(String text) {
        clearBar();
        write(err, text);
    }

    /// A bar that shows how far long work is; close it when the work is done.
    ///
    /// @param work one word
    Progress progress(String work, long totalBytes) {
        return new Progress(this, work, totalBytes);
    }

    /// Whether a bar that is drawn over and over would be seen, and seen as one.
    boolean showsProgress() {
        return errTerminal && !"dumb".equals(environment.get("TERM"));
    }

    /// Draws a bar over the last one.
    void bar(String text) {
        barShown = true;
        write(err, "\r" + Table.cut(text, positive("COLUMNS", 80) - 1) + CLEAR_LINE);
    }

    void clearBar() {
        if (barShown) {
            barShown = false;
            write(err, "\r" + CLEAR_LINE);
        }
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

    /// Whether what is printed has no reader any more. A write would say so too; this is for who
    /// has nothing to write.
    boolean nobodyReads() {
        return nobodyReads.getAsBoolean();
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
