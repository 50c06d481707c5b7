package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.NoTypes.Why;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a program and takes what it says: without a shell, without input, in an environment of its
/// own, for so long and so many bytes and, where `prlimit` is installed, in so much memory.
final class ToolRun {

    private static final int BUFFER_BYTES = 1 << 16;

    /// After the program has ended, what is left in the pipe is there at once.
    private static final int REST_MS = 1000;

    private static final String MEMORY_BYTES = "4294967296";

    private final List<Path> folders;
    private final Duration limit;
    private final int mostBytes;

    /// @param folders where programs are looked for, in this order
    /// @param limit how long one may run
    /// @param mostBytes how much one may say
    ToolRun(List<Path> folders, Duration limit, int mostBytes) {
        this.folders = List.copyOf(folders);
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /// What a program said.
    ///
    /// @param cut whether it would have said more
    record Said(String text, boolean cut) {}

    /// The folders of the PATH; those that depend on where we are do not count.
    static List<Path> path() {
        List<Path> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            try {
                if (Path.of(folder).isAbsolute()) {
                    folders.add(Path.of(folder));
                }
            } catch (InvalidPathException notOne) {
                // Nothing can be found there.
            }
        }
        return folders;
    }

    Optional<Path> program(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /// Any thread; blocks until the program has ended or was ended. An interrupt ends it.
    ///
    /// @throws NoTypes when it does not start or takes too long
    Said run(Path program, List<String> arguments) throws NoTypes, InterruptedException {
        List<String> command = new ArrayList<>();
        program("prlimit")
                .ifPresent(prlimit ->
                        command.addAll(
                                List.of(
                                        prlimit.toString(),
                                        "--as=" + MEMORY_BYTES,
                                        "--core=0",
                                        "--")));
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(new File("/"))
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "dumb");
        builder.environment().put("HOME", "/nonexistent");
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            throw new NoTypes(
                    Why.NO_TOOL,
                    "%s could not be started: %s".formatted(program, refused.getMessage()));
        }
        Reader reader = new Reader(process, mostBytes);
        Thread thread = Thread.ofPlatform().daemon().name("debug information").start(reader);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NoTypes(
                        Why.TIMED_OUT,
                        "%s did not answer within %d s: the program has too much debug information"
                                .formatted(program.getFileName(), limit.toSeconds()));
            }
            thread.join(REST_MS);
            return reader.said();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Keeps what comes, up to a limit, and ends the program there.
    private static final class Reader implements Runnable {

        private final Process process;
        private final int mostBytes;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean cut;

        private Reader(Process process, int mostBytes) {
            this.process = process;
            this.mostBytes = mostBytes;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try (InputStream from = process.getInputStream()) {
                for (int got = from.read(buffer); got >= 0; got = from.read(buffer)) {
                    if (keep(buffer, got)) {
                        process.destroyForcibly();
                        return;
                    }
                }
            } catch (IOException ended) {
                // What was kept is what there is.
            }
        }

        private synchronized boolean keep(byte[] buffer, int length) {
            int most = Math.min(length, mostBytes - kept.size());
            kept.write(buffer, 0, most);
            cut |= most < length;
            return cut;
        }

        private synchronized Said said() {
            return new Said(kept.toString(StandardCharsets.UTF_8), cut);
        }
    }
}
