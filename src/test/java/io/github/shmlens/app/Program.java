package io.github.shmlens.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The whole program in a process of its own.
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private Program(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static Program start(String... arguments) {
        return start(List.of(), arguments);
    }

    /// @param before a command that starts it, such as `sh -c …`
    static Program start(List<String> before, String... arguments) {
        // A test run in the background (nohup, a CI runner) ignores INT and HUP, and what it starts
        // inherits that; a program started by a person does not.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        command.addAll(before);
        command.addAll(command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DISPLAY");
        builder.environment().remove("WAYLAND_DISPLAY");
        try {
            return new Program(builder.start());
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    /// What starts the JVM with the program, without arguments of the program's.
    static List<String> command() {
        return List.of(
                "env",
                "XDG_STATE_HOME=" + Path.of("target/test-state").toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    String line() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new AssertionError("it ended: " + errors());
            }
            return line;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /// The rest of its standard output, to its end.
    String rest() {
        StringBuilder rest = new StringBuilder();
        output.lines().forEach(line -> rest.append(line).append('\n'));
        return rest.toString();
    }

    String errors() {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    long pid() {
        return process.pid();
    }

    /// As `kill -NAME` does.
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException refused) {
            throw new AssertionError(refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end");
            }
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
