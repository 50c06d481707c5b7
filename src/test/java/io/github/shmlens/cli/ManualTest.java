package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Man pages and completions, as the build writes them.
class ManualTest {

    @TempDir static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Manual.write(folder);
    }

    @Test
    void eachCommandHasItsPageAndStandsInTheFirst() throws IOException {
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(15);
        String first = Files.readString(folder.resolve("man/shmlens.1"));
        for (String command : commands) {
            assertThat(folder.resolve("man/shmlens-%s.1".formatted(command))).isRegularFile();
            assertThat(first).contains("\\fBshmlens\\-%s\\fR(1)".formatted(command));
        }
        try (Stream<Path> pages = Files.list(folder.resolve("man"))) {
            assertThat(pages).hasSize(commands.size() + 1);
        }
    }

    @Test
    void aPageTellsOptionsTargetsAndExitCodes() throws IOException {
        assertThat(Files.readString(folder.resolve("man/shmlens-put.1")))
                .contains(".TP\n\\fB\\-\\-size\\fR \\fIN\\fR\n")
                .contains("\\fBshmlens send\\fR")
                .contains(".SH \"TARGET\"")
                .contains(".SH \"EXIT STATUS\"")
                .doesNotContain("\n'")
                .doesNotContain("%");
    }

    @Test
    void aPageHasTheExamplesOfHelp() throws IOException {
        assertThat(Files.readString(folder.resolve("man/shmlens-unset.1")))
                .contains(
                        ".SH \"EXAMPLES\"\n.nf\nshmlens unset 987654 1   # PHP: shm_remove_var($shm, 1)\n.fi\n");
        assertThat(new Shell(new FakeSource()).run("help", "unset").out())
                .contains(
                        "\nExample:\n  shmlens unset 987654 1   # PHP: shm_remove_var($shm, 1)\n\nTARGET");
    }

    @Test
    void inHelpEachCommandHasALineThatFitsANarrowTerminal() {
        List<String> lines =
                new Shell(new FakeSource())
                        .onTerminal(80)
                        .run("help")
                        .out()
                        .replaceAll("\u001b\\[[0-9;]*m", "")
                        .lines()
                        .toList();
        assertThat(lines).allMatch(line -> line.length() <= 80);
        List<String> commands =
                lines.subList(
                        lines.indexOf("Commands:") + 1,
                        lines.subList(lines.indexOf("Commands:"), lines.size()).indexOf("")
                                + lines.indexOf("Commands:"));
        assertThat(commands)
                .hasSizeGreaterThan(15)
                .allMatch(line -> line.matches("  [a-z]+(, [a-z]+)?  +[A-Z].*\\."));
    }

    @Test
    void eachCommandHasExamplesThatItUnderstands() {
        for (String command : commands()) {
            CommandLine program = program();
            CommandLine known = Objects.requireNonNull(program.getSubcommands().get(command));
            List<String> examples = Examples.Of.command(known.getCommandSpec());
            assertThat(examples).as(command).hasSizeBetween(1, 3);
            assertThat(examples.getFirst()).startsWith("shmlens " + command);
            for (String example : examples) {
                assertThat(example).hasSizeLessThanOrEqualTo(78);
                List<String> words = words(example);
                assertThat(words.getFirst()).isEqualTo("shmlens");
                program()
                        .parseArgs(
                                Arguments.marked(
                                        words.subList(1, words.size()).toArray(String[]::new)));
            }
        }
    }

    private static CommandLine program() {
        Console nowhere = Console.nowhere();
        return new CommandLineProgram(FakeSource::new, nowhere, (_, _) -> ExitCode.NO).commands();
    }

    /// An example as a shell takes it apart, up to a comment, a pipe or another command.
    private static List<String> words(String example) {
        List<String> words = new ArrayList<>();
        Matcher parts = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)").matcher(example);
        while (parts.find()) {
            String bare = parts.group(3);
            if (bare != null && (bare.startsWith("#") || bare.equals("|") || bare.equals("&&"))) {
                break;
            }
            words.add(
                    bare != null ? bare : parts.group(1) != null ? parts.group(1) : parts.group(2));
        }
        return words;
    }

    @Test
    void groffHasNothingToComplainAbout() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "needs groff");
        try (Stream<Path> pages = Files.list(folder.resolve("man"))) {
            for (Path page : pages.toList()) {
                Process groff =
                        new ProcessBuilder("groff", "-man", "-Tutf8", "-ww", page.toString())
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                assertThat(groff.getErrorStream().readAllBytes()).as("%s", page).isEmpty();
            }
        }
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(bash("shmlens", "wat")).contains("watch");
        assertThat(bash("shmlens", "put", "--fo")).contains("--format-store");
    }

    @Test
    void zshKnowsEachCommandAndItsOptions() throws IOException {
        String script = Files.readString(folder.resolve("completions/_shmlens"));
        assertThat(script).startsWith("#compdef shmlens\n");
        for (String command : commands()) {
            assertThat(script).contains("    '%s:".formatted(command));
        }
        assertThat(script).contains("'--lock[").contains("    put|send)");
    }

    /// What bash offers for the last of these words.
    private static String bash(String... words) throws IOException {
        String script =
                """
                . "$1"; shift
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _complete_shmlens
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        ProcessBuilder bash =
                new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        script,
                        "bash",
                        folder.resolve("completions/shmlens.bash").toString());
        bash.command().addAll(List.of(words));
        return new String(
                bash.redirectErrorStream(true).start().getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }

    /// The commands that help lists, by their first names.
    private static List<String> commands() {
        return new Shell(new FakeSource())
                .run("help")
                .out()
                .lines()
                .filter(line -> line.matches("  [a-z]+(, [a-z]+)?  .*"))
                .map(line -> line.strip().split("[, ]", 2)[0])
                .filter(name -> !name.equals("help"))
                .toList();
    }
}
