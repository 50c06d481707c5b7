package io.github.shmlens.ui.attach;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.text.Texts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What is typed to name a segment, and in which way.
///
/// @param text the key, path, id or name
/// @param project for ftok only
public record Naming(Way way, String text, String project) {

    private static final Texts TEXTS = Texts.of(Naming.class);

    /// How the command line begins a target that is no key: understood in every way of naming.
    private static final Pattern COMMAND_LINE = Pattern.compile("(ftok|inode|id|posix|file):");

    private static final Pattern KEY = Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|[0-9]+)");

    /// The ways a segment can be named, in the order they are offered.
    public enum Way {
        KEY("way.key", "field.key", "example.key"),
        FTOK("way.ftok", "field.path", "example.path"),
        INODE("way.inode", "field.path", "example.path"),
        ID("way.id", "field.id", "example.id"),
        POSIX("way.posix", "field.name", "example.name"),
        FILE("way.file", "field.file", "example.file");

        private final String label;
        private final String fieldName;
        private final String example;

        Way(String label, String fieldName, String example) {
            this.label = label;
            this.fieldName = fieldName;
            this.example = example;
        }

        public String label() {
            return TEXTS.say(label);
        }

        public String fieldName() {
            return TEXTS.say(fieldName);
        }

        public String example() {
            return TEXTS.say(example);
        }

        /// Whether the field names a file.
        public boolean isPath() {
            return switch (this) {
                case FTOK, INODE, FILE -> true;
                case KEY, ID, POSIX -> false;
            };
        }
    }

    /// Which field is at fault.
    public enum Field {
        TEXT,
        PROJECT
    }

    /// The outcome of reading the fields.
    public sealed interface Read {

        /// Nothing typed yet where something is needed.
        record Blank(Field field) implements Read {}

        /// @param sentence what is wrong with it, as shown at the field
        record Wrong(Field field, String sentence) implements Read {}

        record Named(Target target) implements Read {}
    }

    public Read read() {
        String typed = text.strip();
        if (typed.isEmpty()) {
            return new Read.Blank(Field.TEXT);
        }
        try {
            if (COMMAND_LINE.matcher(typed).lookingAt()) {
                return new Read.Named(absolute(Target.parse(typed)));
            }
            return switch (way) {
                case KEY -> new Read.Named(new Target.Key(SegmentKey.parse(typed)));
                case FTOK -> ftok(typed);
                case INODE -> new Read.Named(new Target.Inode(path(typed)));
                case ID ->
                        new Read.Named(
                                new Target.Id(
                                        (int) Numbers.parse("id", typed, 0, Integer.MAX_VALUE)));
                case POSIX -> new Read.Named(Target.parse("posix:" + bareName(typed)));
                case FILE -> new Read.Named(new Target.File(path(typed)));
            };
        } catch (BadInput wrong) {
            return new Read.Wrong(Field.TEXT, wrong.sentence());
        }
    }

    /// As the other ways of naming it: from the folder the program was started in.
    private static Target absolute(Target target) throws BadInput {
        return switch (target) {
            case Target.Ftok(Path file, int byFile) ->
                    new Target.Ftok(path(file.toString()), byFile);
            case Target.Inode(Path file) -> new Target.Inode(path(file.toString()));
            case Target.File(Path file) -> new Target.File(path(file.toString()));
            case Target.Key _, Target.Id _, Target.Posix _ -> target;
        };
    }

    /// Whether a key was typed where ftok wants a path, and no project: then the key is meant. A
    /// file of that name is `./987654`.
    public boolean isKeyInsteadOfPath() {
        return way == Way.FTOK && project.isEmpty() && KEY.matcher(text.strip()).matches();
    }

    private Read ftok(String typed) throws BadInput {
        if (isKeyInsteadOfPath()) {
            return new Read.Named(new Target.Key(SegmentKey.parse(typed)));
        }
        Path path = path(typed);
        // Not stripped: a space is a project too.
        if (project.isEmpty()) {
            return new Read.Blank(Field.PROJECT);
        }
        try {
            return new Read.Named(new Target.Ftok(path, Target.parseProject(project)));
        } catch (BadInput wrong) {
            return new Read.Wrong(Field.PROJECT, wrong.sentence());
        }
    }

    /// A shell's habit of writing `/dev/shm/name` is understood.
    private static String bareName(String typed) {
        return typed.startsWith("/dev/shm/") ? typed.substring("/dev/shm".length()) : typed;
    }

    private static Path path(String typed) throws BadInput {
        String home = System.getProperty("user.home", "");
        String expanded = typed.startsWith("~/") ? home + typed.substring(1) : typed;
        try {
            return Path.of(expanded).toAbsolutePath().normalize();
        } catch (InvalidPathException noPath) {
            throw new BadInput(TEXTS.say("naming.no-path", typed, noPath.getReason()));
        }
    }
}
