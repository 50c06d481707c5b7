package io.github.shmlens.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `shmlens` itself: options of every command, and what to say when none is named.
@Command(
        name = RootCommand.NAME,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        description = {
            "Looks into shared memory: lists, shows, edits and removes segments.",
            "Without a command it opens the window; \"shmlens help COMMAND\" explains one."
        },
        footerHeading = "%nTARGET is one of:%n",
        footer = {
            "  987654  0xf1206  0742  -5   a System V key",
            "  ftok:PATH:PROJ              the key of ftok(3); PROJ one character, or #65",
            "  inode:PATH                  the key is the file's inode number",
            "  id:SHMID                    a segment by id",
            "  posix:/NAME  /dev/shm/NAME  a POSIX shared memory object",
            "  file:PATH                   a file that processes map, or a saved dump",
            "",
            "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 does not fit,",
            "4 timed out, 77 not permitted, 70 our fault."
        })
final class RootCommand implements Runnable {

    static final String NAME = "shmlens";

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "With an error, also print where it came from.")
    boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given");
    }

    /// The jar's version, or the word for a run from loose classes.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
