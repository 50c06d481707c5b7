package io.github.shmlens.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Compilers and their tools, in a folder of a test's own.
public final class Compiling {

    private static final int PATIENCE_SECONDS = 120;

    private Compiling() {}

    /// Leaves a test out where one of these is not installed.
    public static void needs(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin", program)),
                    () -> "there is no " + program);
        }
    }

    /// Runs a command, which must succeed.
    ///
    /// @return what it said, on both channels
    public static String run(Path folder, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "said", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + "\n" + said.lines().limit(20).toList())
                .isZero();
        return said;
    }
}
