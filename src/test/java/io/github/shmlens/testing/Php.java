package io.github.shmlens.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Real PHP for tests: one-off scripts, and processes that live on and are driven line by line.
///
/// Code is PHP without the opening tag; arguments are `$argv[1]` and so on. Two functions are there
/// in every script: `say($text)` writes a line at once, `hear()` waits for one (and ends the script
/// when the test has closed its side). Text is UTF-8; send other bytes as hex.
public final class Php implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PRELUDE =
            """
            function say($text) { fwrite(STDOUT, $text . "\\n"); fflush(STDOUT); }
            function hear() {
                $line = fgets(STDIN);
                if ($line === false) exit(0);
                return rtrim($line, "\\n");
            }
            """;

    private final Process process;
    private final Writer input;
    private final LinkedBlockingQueue<Object> output = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> complaints;

    private static final Object END = new Object();

    private Php(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.complaints = drained(process.getErrorStream()).thenApply(Php::utf8);
    }

    /// Runs a script to its end and returns what it printed.
    ///
    /// @throws AssertionError when it failed, with all it complained about
    public static String run(String code, String... args) {
        return utf8(runBytes(code, args));
    }

    /// As [#run], but the output may be any bytes.
    public static byte[] runBytes(String code, String... args) {
        return finish(launch(null, code, args));
    }

    /// As [#run], as another user: without root's rights, without supplementary groups. Needs root.
    public static String runAs(int uid, String code, String... args) {
        return utf8(finish(launch(uid, code, args)));
    }

    /// Starts a script that the test then talks to.
    public static Php start(String code, String... args) {
        return listening(launch(null, code, args));
    }

    /// As [#start], as another user. Needs root.
    public static Php startAs(int uid, String code, String... args) {
        return listening(launch(uid, code, args));
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Sends one line; the script gets it from `hear()`.
    public void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException broken) {
            throw new AssertionError("php ended: " + saidSoFar(), broken);
        }
    }

    /// The next line the script says.
    public String line() {
        try {
            Object next = output.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next instanceof String line) {
                return line;
            }
            if (next == null) {
                throw new AssertionError("php said nothing for " + PATIENCE.toSeconds() + " s");
            }
            output.add(END);
            throw new AssertionError("php ended: " + saidSoFar());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for php", stop);
        }
    }

    /// Sends a line and returns the answer.
    public String ask(String line) {
        send(line);
        return line();
    }

    /// Ends it as `kill -9` does and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /// Closes the script's input, which ends one that waits in `hear()`; kills it when it does not
    /// end by itself soon.
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException alreadyGone) {
            // A dead script has no input left to close; that is what we want.
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Php listening(Process process) {
        Php php = new Php(process);
        read("php output", php::listen);
        return php;
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException closed) {
            output.add("(output broke: " + closed.getMessage() + ")");
        } finally {
            output.add(END);
        }
    }

    private String saidSoFar() {
        await(process);
        return "exit " + process.exitValue() + "\n" + complaints.join();
    }

    private static Process launch(@Nullable Integer uid, String code, String... args) {
        List<String> command = new ArrayList<>();
        if (uid != null) {
            command.addAll(List.of("setpriv", "--reuid", uid.toString(), "--regid"));
            command.addAll(List.of(uid.toString(), "--clear-groups"));
        }
        command.addAll(List.of("php", "-d", "display_errors=stderr", "-d", "log_errors=0"));
        command.addAll(List.of("-d", "html_errors=0", "-d", "error_reporting=-1"));
        command.addAll(List.of("-r", PRELUDE + code, "--"));
        command.addAll(List.of(args));
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "cannot start %s: install php-cli".formatted(command.getFirst()), missing);
        }
    }

    private static byte[] finish(Process process) {
        CompletableFuture<byte[]> printed = drained(process.getInputStream());
        CompletableFuture<byte[]> complained = drained(process.getErrorStream());
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // It ended before we closed its input; the exit code below says whether that was right.
        }
        await(process);
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "php failed with exit %d\n%s\n%s"
                            .formatted(
                                    process.exitValue(),
                                    utf8(complained.join()),
                                    utf8(printed.join())));
        }
        return printed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("php ran longer than " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for php", stop);
        }
    }

    private static CompletableFuture<byte[]> drained(InputStream stream) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        read(
                "php pipe",
                () -> {
                    try (stream) {
                        all.complete(stream.readAllBytes());
                    } catch (IOException broken) {
                        all.completeExceptionally(new UncheckedIOException(broken));
                    }
                });
        return all;
    }

    /// Reading a pipe blocks the carrier of a virtual thread, and a few scripts that live would
    /// leave none to those that follow: each pipe has a thread of the system.
    private static void read(String name, Runnable reading) {
        Thread.ofPlatform().daemon().name(name).start(reading);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
