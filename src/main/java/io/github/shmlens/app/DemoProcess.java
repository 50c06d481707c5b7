package io.github.shmlens.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The demo in a process of its own, as any other program that shares memory would be. It ends, and
/// takes segment and semaphore with it, when this is closed and also when this process dies.
public final class DemoProcess implements AutoCloseable {

    private static final Pattern FIRST_LINE =
            Pattern.compile("demo key=(\\S+) shmid=(\\S+) lock=(\\S+)");

    private static final long FAREWELL_SECONDS = 5;

    private final Process process;
    private final String target;
    private final String lock;

    private DemoProcess(Process process, String target, String lock) {
        this.process = process;
        this.target = target;
        this.lock = lock;
    }

    /// Starts it and waits until its segment is there.
    ///
    /// @throws IOException when it did not start; it has said why on standard error
    public static DemoProcess start() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-UsePerfData",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "demo",
                                "--with-parent")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String first = process.inputReader(StandardCharsets.UTF_8).readLine();
        Matcher parts = FIRST_LINE.matcher(first == null ? "" : first);
        if (!parts.matches()) {
            process.destroy();
            throw new IOException("its process ended at once");
        }
        return new DemoProcess(process, parts.group(1), parts.group(3));
    }

    /// How a user would name its segment: the key in hex.
    public String target() {
        return target;
    }

    /// The semaphore it writes under: `sem:0x…`.
    public String lock() {
        return lock;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Ends it and waits until segment and semaphore are gone.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
