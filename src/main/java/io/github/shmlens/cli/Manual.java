package io.github.shmlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes man pages and shell completions from what the commands say about themselves. Run by the
/// build; the program does not need it.
///
/// Pages are in the macros of man(7): `shmlens.1` with every command, and one page for each.
public final class Manual {

    private static final String SECTION = "1";

    private final CommandLine root;

    private Manual(CommandLine root) {
        this.root = root;
    }

    /// @param arguments the folder to write to
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    /// Writes pages to `man/` and completions to `completions/` below a folder.
    static void write(Path folder) throws IOException {
        Console nowhere = Console.nowhere();
        CommandLineProgram program =
                new CommandLineProgram(
                        () -> {
                            throw new IllegalStateException("a manual touches no segment");
                        },
                        nowhere,
                        (_, _) -> ExitCode.NO);
        Manual manual = new Manual(program.commands());
        Path pages = Files.createDirectories(folder.resolve("man"));
        for (Map.Entry<String, String> page : manual.pages().entrySet()) {
            Files.writeString(pages.resolve(page.getKey()), page.getValue());
        }
        Path completions = Files.createDirectories(folder.resolve("completions"));
        Files.writeString(completions.resolve(RootCommand.NAME + ".bash"), manual.bash());
        Files.writeString(completions.resolve("_" + RootCommand.NAME), manual.zsh());
    }

    // Man pages

    /// Every page by its file's name.
    private Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(RootCommand.NAME + "." + SECTION, rootPage());
        for (CommandSpec command : commands()) {
            pages.put(pageName(command) + "." + SECTION, page(command));
        }
        return pages;
    }

    private static String pageName(CommandSpec command) {
        return RootCommand.NAME + "-" + command.name();
    }

    private List<CommandSpec> commands() {
        Set<CommandSpec> all = new LinkedHashSet<>();
        root.getSubcommands().values().forEach(command -> all.add(command.getCommandSpec()));
        return all.stream()
                .filter(command -> !(command.userObject() instanceof CommandLine.HelpCommand))
                .toList();
    }

    private String rootPage() {
        CommandSpec spec = root.getCommandSpec();
        Roff page = new Roff();
        title(page, RootCommand.NAME);
        page.section("NAME").text("%s - %s".formatted(RootCommand.NAME, summary(spec)));
        page.section("SYNOPSIS");
        page.line(Roff.bold(RootCommand.NAME)).line(".br");
        page.line(
                Roff.bold(RootCommand.NAME)
                        + " "
                        + Roff.italic("COMMAND")
                        + " [option ...] [argument ...]");
        page.section("DESCRIPTION");
        page.text("Without a command it opens the window. With one it works without a display.");
        page.section("COMMANDS");
        for (CommandSpec command : commands()) {
            page.item(Roff.bold(String.join(", ", names(command)))).text(summary(command));
        }
        page.section("OPTIONS");
        page.text("Every command has these.");
        options(page, spec, _ -> true);
        footer(page, spec);
        page.section("SEE ALSO");
        page.line(
                commands().stream()
                        .map(command -> Roff.reference(pageName(command), SECTION))
                        .collect(Collectors.joining(",\n")));
        return page.toString();
    }

    private String page(CommandSpec command) {
        Roff page = new Roff();
        title(page, pageName(command));
        page.section("NAME").text("%s - %s".formatted(pageName(command), summary(command)));
        page.section("SYNOPSIS");
        for (String name : names(command)) {
            page.line(synopsis(command, name)).line(".br");
        }
        page.section("DESCRIPTION");
        Arrays.stream(command.usageMessage().description()).forEach(page::text);
        if (!command.positionalParameters().isEmpty()) {
            page.section("ARGUMENTS");
            for (PositionalParamSpec argument : command.positionalParameters()) {
                page.item(Roff.italic(argument.paramLabel()));
                describe(page, argument);
            }
        }
        page.section("OPTIONS");
        options(page, command, option -> !option.inherited() || option.usageHelp());
        List<String> examples = Examples.Of.command(command);
        if (!examples.isEmpty()) {
            page.section("EXAMPLES").line(".nf");
            examples.forEach(page::text);
            page.line(".fi");
        }
        footer(page, root.getCommandSpec());
        page.section("SEE ALSO").line(Roff.reference(RootCommand.NAME, SECTION));
        return page.toString();
    }

    private void title(Roff page, String name) {
        page.title(
                name.toUpperCase(Locale.ROOT), SECTION, new RootCommand.Version().getVersion()[0]);
    }

    /// The description's first sentence, as a clause.
    private static String summary(CommandSpec command) {
        String[] description = command.usageMessage().description();
        String first = description.length == 0 ? "" : description[0];
        int stop = first.indexOf(". ");
        String sentence = stop < 0 ? first : first.substring(0, stop);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static List<String> names(CommandSpec command) {
        List<String> names = new ArrayList<>();
        names.add(command.name());
        names.addAll(List.of(command.aliases()));
        return names;
    }

    private static String synopsis(CommandSpec command, String name) {
        StringBuilder line = new StringBuilder(Roff.bold(RootCommand.NAME + " " + name));
        for (OptionSpec option : ownOptions(command)) {
            String text = Roff.bold(option.longestName()) + parameter(option, " ");
            line.append(option.required() ? " " + text : " [" + text + "]");
        }
        for (PositionalParamSpec argument : command.positionalParameters()) {
            String text = Roff.italic(argument.paramLabel());
            text += argument.arity().max() > 1 ? " ..." : "";
            line.append(argument.arity().min() > 0 ? " " + text : " [" + text + "]");
        }
        return line.toString();
    }

    private static List<OptionSpec> ownOptions(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.inherited() && !option.hidden())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
    }

    private static String parameter(OptionSpec option, String before) {
        return option.arity().max() == 0 ? "" : before + Roff.italic(option.paramLabel());
    }

    private static void options(Roff page, CommandSpec command, Predicate<OptionSpec> wanted) {
        for (OptionSpec option : command.options()) {
            if (wanted.test(option) && !option.hidden()) {
                page.item(
                        Arrays.stream(option.names())
                                        .map(Roff::bold)
                                        .collect(Collectors.joining(", "))
                                + parameter(option, " "));
                describe(page, option);
            }
        }
    }

    private static void describe(Roff page, ArgSpec argument) {
        for (String line : argument.description()) {
            page.text(line.formatted());
        }
    }

    /// TARGET and exit codes, which the root command explains.
    private static void footer(Roff page, CommandSpec spec) {
        page.section("TARGET").line(".nf");
        for (String line : spec.usageMessage().footer()) {
            if (line.isBlank()) {
                page.line(".fi");
                page.section("EXIT STATUS");
            } else {
                page.text(line.strip().replaceFirst("^Exit codes: ", ""));
            }
        }
    }

    // Completions

    private String bash() {
        return AutoComplete.bash(RootCommand.NAME, root);
    }

    /// zsh's own completion system, with what each command and option does.
    private String zsh() {
        StringBuilder script = new StringBuilder("#compdef " + RootCommand.NAME + "\n\n");
        script.append("local -a commands\ncommands=(\n");
        for (CommandSpec command : commands()) {
            for (String name : names(command)) {
                script.append("    '%s:%s'\n".formatted(name, quoted(summary(command), false)));
            }
        }
        script.append(")\n\nif (( CURRENT == 2 )); then\n");
        script.append("    _describe -t commands command commands\n    return\nfi\n\n");
        script.append("local command=$words[2]\nshift words\n(( CURRENT-- ))\n\n");
        script.append("case $command in\n");
        for (CommandSpec command : commands()) {
            script.append("    %s)\n".formatted(String.join("|", names(command))));
            script.append("        _arguments -s");
            for (OptionSpec option : command.options()) {
                if (!option.hidden()) {
                    Arrays.stream(option.names())
                            .forEach(name -> script.append(zshOption(option, name)));
                }
            }
            for (PositionalParamSpec argument : command.positionalParameters()) {
                script.append(zshArgument(argument));
            }
            script.append("\n        ;;\n");
        }
        return script.append("esac\n").toString();
    }

    private static String zshOption(OptionSpec option, String name) {
        String value =
                option.arity().max() == 0
                        ? ""
                        : ":%s:%s".formatted(option.paramLabel(), zshValue(option.paramLabel()));
        String what = String.join(" ", option.description());
        return " \\\n            '%s[%s]%s'".formatted(name, quoted(what, true), value);
    }

    private static String zshArgument(PositionalParamSpec argument) {
        boolean many = argument.arity().max() > 1;
        String place = many ? "*" : Integer.toString(argument.index().min() + 1);
        String optional = argument.arity().min() == 0 ? ":" : "";
        return " \\\n            '%s:%s%s:%s'"
                .formatted(place, optional, argument.paramLabel(), zshValue(argument.paramLabel()));
    }

    /// What completes a parameter, as far as files go.
    private static String zshValue(String label) {
        return switch (label) {
            case "FILE", "PATH", "TARGET" -> "_files";
            case "DIR" -> "_files -/";
            default -> " ";
        };
    }

    private static String quoted(String text, boolean inBrackets) {
        String shown = text.formatted().replace("'", "'\\''");
        return inBrackets
                ? shown.replace("[", "\\[").replace("]", "\\]")
                : shown.replace(":", "\\:");
    }

    /// The macros of man(7), escaped so that no text is taken for one.
    private static final class Roff {
        private final StringBuilder page = new StringBuilder();

        Roff title(String name, String section, String source) {
            return line(
                    ".TH \"%s\" \"%s\" \"\" \"%s\" \"Shmlens manual\""
                            .formatted(escaped(name), section, escaped(source)));
        }

        Roff section(String name) {
            return line(".SH \"%s\"".formatted(escaped(name)));
        }

        /// One entry of a list; what follows explains it.
        Roff item(String head) {
            return line(".TP").line(head);
        }

        Roff text(String text) {
            String escaped = escaped(text);
            boolean macro = escaped.startsWith(".") || escaped.startsWith("'");
            return line(macro ? "\\&" + escaped : escaped);
        }

        Roff line(String line) {
            page.append(line).append('\n');
            return this;
        }

        static String bold(String text) {
            return "\\fB" + escaped(text) + "\\fR";
        }

        static String italic(String text) {
            return "\\fI" + escaped(text) + "\\fR";
        }

        static String reference(String page, String section) {
            return bold(page) + "(" + section + ")";
        }

        private static String escaped(String text) {
            StringBuilder escaped = new StringBuilder();
            text.codePoints()
                    .forEach(c -> {
                        switch (c) {
                            case '\\' -> escaped.append("\\e");
                            case '-' -> escaped.append("\\-");
                            case '"' -> escaped.append("\\(dq");
                            default -> {
                                if (c < 0x80) {
                                    escaped.appendCodePoint(c);
                                } else {
                                    escaped.append("\\[u%04X]".formatted(c));
                                }
                            }
                        }
                    });
            return escaped.toString();
        }

        @Override
        public String toString() {
            return page.toString();
        }
    }
}
