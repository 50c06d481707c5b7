package io.github.shmlens.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program beside ours that does the same work: it reads one command a line and answers with one
/// line, a number.
final class Peer implements AutoCloseable {

    private static final Path SOURCES = Path.of("src/test/c");
    private static final Path PROGRAMS = Path.of("target/bench");

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private Peer(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader();
        commands = process.outputWriter();
    }

    /// Compiles `src/test/c/NAME.c` for this very machine and starts it.
    static Peer inC(String name, String... arguments) throws Exception {
        Files.createDirectories(PROGRAMS);
        Path program = PROGRAMS.resolve(name);
        List<String> compile =
                List.of(
                        "gcc",
                        "-O3",
                        "-march=native",
                        "-o",
                        program.toString(),
                        SOURCES.resolve(name + ".c").toString());
        if (new ProcessBuilder(compile).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", compile) + " failed");
        }
        return start(program.toAbsolutePath().toString(), arguments);
    }

    /// Starts a program that is there.
    static Peer start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return new Peer(command);
    }

    /// Sends one command and waits for the answer.
    ///
    /// @return the peer's answer
    double ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the peer ended at \"" + command + "\"");
        }
        return Double.parseDouble(answer);
    }

    /// Ends the program.
    @Override
    public void close() {
        process.destroy();
    }
}
