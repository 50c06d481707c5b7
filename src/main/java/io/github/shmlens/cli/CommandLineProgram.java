package io.github.shmlens.cli;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.SegmentSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The whole command line: arguments in, exit code out.
public final class CommandLineProgram {

    /// How picocli begins where an option is there and its value is not.
    private static final String VALUE_MISSING = "Missing required parameter for option";

    private static final String EXAMPLES = "examples";

    private final Session session;
    private final Console console;
    private final WindowOpener window;

    /// Said once: what is left in the buffer fails again when it is flushed.
    private boolean outputBroken;

    /// @param segments asked once, when a command needs it
    /// @param window what `attach` opens
    public CommandLineProgram(
            Supplier<SegmentSource> segments, Console console, WindowOpener window) {
        this(segments, Journal.none(), console, window);
    }

    /// @param journal where what commands write is kept
    public CommandLineProgram(
            Supplier<SegmentSource> segments,
            Journal journal,
            Console console,
            WindowOpener window) {
        this.window = window;
        this.session = new Session(segments, journal, console);
        this.console = console;
    }

    /// Runs one command. Never throws; says on standard error why it did not work.
    ///
    /// @return the exit code
    public int run(String... arguments) {
        CommandLine line = commands();
        boolean debug = List.of(arguments).contains("--debug");
        try {
            int code = line.execute(Arguments.marked(arguments));
            console.flush();
            return code;
        } catch (UncheckedIOException nobodyReads) {
            return outputBroke(nobodyReads);
        } catch (RuntimeException | Error bug) {
            return ourFault(bug, debug);
        } finally {
            session.ending().over();
        }
    }

    /// Every command, with what it says about itself.
    CommandLine commands() {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new LsCommand(session));
        line.addSubcommand(new InfoCommand(session));
        line.addSubcommand(new LimitsCommand(session));
        line.addSubcommand(new SlotsCommand(session));
        line.addSubcommand(new GetCommand(session));
        line.addSubcommand(new PutCommand(session));
        line.addSubcommand(new UnsetCommand(session));
        line.addSubcommand(new HasCommand(session));
        line.addSubcommand(new WaitCommand(session));
        line.addSubcommand(new RemoveCommand(session));
        line.addSubcommand(new CreateCommand(session));
        line.addSubcommand(new SetCommand(session));
        line.addSubcommand(new CheckCommand(session));
        line.addSubcommand(new RepairCommand(session));
        line.addSubcommand(new WipeCommand(session));
        line.addSubcommand(new HexCommand(session));
        line.addSubcommand(new FieldsCommand(session));
        line.addSubcommand(new WriteCommand(session));
        line.addSubcommand(new DumpCommand(session));
        line.addSubcommand(new FindCommand(session));
        line.addSubcommand(new LoadCommand(session));
        line.addSubcommand(new WatchCommand(session));
        line.addSubcommand(new JournalCommand(session));
        line.addSubcommand(new UndoCommand(session));
        line.addSubcommand(new FtokCommand(session));
        line.addSubcommand(new DemoCommand(session));
        line.addSubcommand(new AttachCommand(window));
        CommandLine help = new CommandLine(new CommandLine.HelpCommand());
        help.getCommandSpec().usageMessage().description("Explains a command.");
        line.addSubcommand(help);
        line.getSubcommands().values().forEach(CommandLineProgram::showExamples);
        line.setExpandAtFiles(false);
        line.registerConverter(String.class, Arguments::unmarked);
        line.setOut(new PrintWriter(new Facts(), true));
        line.setErr(new PrintWriter(new Explanations(), true));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(Math.clamp(console.width(), 60, 100));
        line.setParameterExceptionHandler((wrong, _) -> wrongUsage(wrong));
        line.setExecutionExceptionHandler((failed, _, _) -> answered(failed, root.debug));
        return line;
    }

    /// Puts examples above what all commands have in common.
    private static void showExamples(CommandLine command) {
        List<String> examples = Examples.Of.command(command.getCommandSpec());
        if (examples.isEmpty()) {
            return;
        }
        String text =
                "%n%s:%n  %s%n"
                        .formatted(
                                examples.size() == 1 ? "Example" : "Examples",
                                String.join(System.lineSeparator() + "  ", examples));
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        if (!sections.contains(EXAMPLES)) {
            sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), EXAMPLES);
            command.setHelpSectionKeys(sections);
        }
        command.getHelpSectionMap().put(EXAMPLES, _ -> text);
    }

    private int answered(Exception failed, boolean debug) {
        int code =
                switch (failed) {
                    case ShmException shm -> {
                        console.note(
                                Failures.sentence(
                                        shm.failure(), session.name(shm.failure().subject())));
                        yield Failures.exitCode(shm.failure());
                    }
                    case BadInput wrong -> {
                        console.note(wrong.sentence());
                        yield ExitCode.WRONG_USAGE;
                    }
                    case Refusal refusal -> {
                        console.note(refusal.sentence());
                        yield refusal.exitCode();
                    }
                    case UncheckedIOException broken -> outputBroke(broken);
                    default -> ourFault(failed, false);
                };
        if (debug) {
            explainStack(failed);
        }
        return code;
    }

    private int wrongUsage(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandName();
        String help =
                command.equals(RootCommand.NAME)
                        ? RootCommand.NAME + " help"
                        : RootCommand.NAME + " help " + command;
        console.note("%s; \"%s\" explains".formatted(sentence(wrong), help));
        return ExitCode.WRONG_USAGE;
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = Arguments.unmarked(unmatched.getUnmatched().getFirst());
            if (unmatched.isUnknownOption()) {
                return "unknown option \"%s\"%s"
                        .formatted(
                                first,
                                meant(
                                        first,
                                        unmatched
                                                .getCommandLine()
                                                .getCommandSpec()
                                                .optionsMap()
                                                .keySet()));
            }
            boolean command = unmatched.getCommandLine().getParent() == null;
            return command
                    ? "no command \"%s\"%s"
                            .formatted(
                                    first,
                                    meant(
                                            first,
                                            unmatched.getCommandLine().getSubcommands().keySet()))
                    : "one argument too many: \"%s\"".formatted(first);
        }
        if (wrong instanceof MissingParameterException missing) {
            if (missing.getMissing().size() == 1
                    && missing.getMissing().getFirst() instanceof OptionSpec option
                    && String.valueOf(missing.getMessage()).startsWith(VALUE_MISSING)) {
                return "%s needs a value: %s".formatted(option.longestName(), option.paramLabel());
            }
            return "missing "
                    + String.join(
                            " and ",
                            missing.getMissing().stream()
                                    .map(spec ->
                                            spec instanceof OptionSpec option
                                                    ? option.longestName()
                                                    : spec.paramLabel())
                                    .toList());
        }
        String message =
                Arguments.unmarked(String.valueOf(wrong.getMessage()))
                        .replaceFirst("^Error: ", "")
                        .replaceFirst("^Unknown subcommand '(.*)'\\.$", "no command \"$1\"");
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /// What may have been meant, as a clause; empty where nothing is near.
    private static String meant(String typed, Collection<String> known) {
        return Spelling.nearest(typed, known).map(" (did you mean %s?)"::formatted).orElse("");
    }

    private int outputBroke(UncheckedIOException broken) {
        Throwable cause = broken.getCause();
        boolean again = outputBroken;
        outputBroken = true;
        String why = String.valueOf(cause == null ? broken : cause.getMessage());
        if (why.contains("Broken pipe")) {
            return ExitCode.NOBODY_READS;
        }
        if (!again) {
            console.note("the output could not be written: " + why);
        }
        // That there is no room says that nothing was changed.
        return Failures.isFull(why) && !session.ending().held()
                ? ExitCode.NO_ROOM
                : ExitCode.OUR_FAULT;
    }

    private int ourFault(Throwable bug, boolean debug) {
        console.note(
                "this is our fault: %s; please report it, with --debug".formatted(bug.toString()));
        if (debug) {
            explainStack(bug);
        }
        return ExitCode.OUR_FAULT;
    }

    private void explainStack(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        console.explain(Printable.lines(trace.toString()));
    }

    /// picocli's own text (help, version) as facts.
    private final class Facts extends Writer {
        @Override
        public void write(char[] text, int at, int length) {
            console.text(new String(text, at, length));
        }

        @Override
        public void flush() {
            console.flush();
        }

        @Override
        public void close() {}
    }

    private final class Explanations extends Writer {
        @Override
        public void write(char[] text, int at, int length) {
            console.explain(Arguments.unmarked(new String(text, at, length)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
