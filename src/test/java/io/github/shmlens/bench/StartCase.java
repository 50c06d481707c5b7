package io.github.shmlens.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From the command to the first frame of the window, and to the answer of a command.
///
/// Ours is the launcher of this checkout, shell and all; the peer is the same program started by
/// the JVM alone, without what an earlier start left. Times, so less than 1 is better.
final class StartCase implements BenchCase {

    private static final String FIRST_FRAME = "first frame after";
    private static final Path LAUNCHER = Path.of("installer/shmlens");
    private static final int ROUNDS = 7;
    private static final int COMMANDS = 15;

    @Override
    public List<String> names() {
        return List.of("start-vs-plain", "cli-ls-ms");
    }

    @Override
    public List<Row> run() throws Exception {
        double[] frames =
                Rounds.medians(
                        ROUNDS,
                        () -> millisToFirstFrame(List.of(LAUNCHER.toString())),
                        () -> millisToFirstFrame(plain()));
        double[] answer = Rounds.medians(COMMANDS, StartCase::millisOfList);
        return List.of(
                new Row("start-vs-plain", "ms", frames[0], frames[1]),
                Row.value("cli-ls-ms", "ms", answer[0]));
    }

    /// What the launcher says to the JVM, without its cache.
    private static List<String> plain() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED,javafx.graphics",
                "--module-path",
                "target/fx",
                "--add-modules",
                "javafx.controls",
                "-cp",
                "target/shmlens.jar:target/lib/*",
                "io.github.shmlens.app.Main");
    }

    private static double millisToFirstFrame(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dshmlens.rehearsal=0");
        builder.redirectErrorStream(true);
        long begun = System.nanoTime();
        Process process = builder.start();
        double millis = Double.NaN;
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(FIRST_FRAME)) {
                    millis = (System.nanoTime() - begun) / 1e6;
                }
                said.append(line).append('\n');
            }
        }
        if (process.waitFor() != 0 || Double.isNaN(millis)) {
            throw new IOException(String.join(" ", command) + " showed no window:\n" + said);
        }
        return millis;
    }

    private static double millisOfList() throws Exception {
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(LAUNCHER.toString(), "ls")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("ls failed");
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
