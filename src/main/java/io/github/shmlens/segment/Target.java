package io.github.shmlens.segment;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// How a user names a segment.
public sealed interface Target {

    /// The form that [#parse(String)] reads back.
    String text();

    /// By System V key.
    record Key(SegmentKey key) implements Target {
        @Override
        public String text() {
            return "0x%x".formatted(key.value());
        }
    }

    /// By the key that ftok(3) makes of a file and a project byte.
    ///
    /// @param project 1 to 255
    record Ftok(Path path, int project) implements Target {
        @Override
        public String text() {
            boolean printable = project > 0x20 && project < 0x7f && project != ':';
            return "ftok:" + path + ":" + (printable ? (char) project : "#" + project);
        }
    }

    /// By the low 32 bits of a file's inode number, PHP's `fileinode()` habit.
    record Inode(Path path) implements Target {
        @Override
        public String text() {
            return "inode:" + path;
        }
    }

    /// By shmid: the only way to name key-0 and already removed segments.
    record Id(int shmid) implements Target {
        @Override
        public String text() {
            return "id:" + shmid;
        }
    }

    /// A POSIX shared memory object. The name begins with a slash and has no other.
    record Posix(String name) implements Target {
        @Override
        public String text() {
            return "posix:" + name;
        }
    }

    /// A file that processes map, or a saved dump.
    record File(Path path) implements Target {
        @Override
        public String text() {
            return "file:" + path;
        }
    }

    /// The target that names an existing segment.
    static Target of(SegmentId id) {
        return switch (id) {
            case SegmentId.Sysv sysv -> new Id(sysv.shmid());
            case SegmentId.Posix posix -> new Posix(posix.name());
            case SegmentId.File file -> new File(file.path());
        };
    }

    /// Reads any of the forms `987654`, `0xf1206`, `0742`, `-5`, `ftok:PATH:PROJ`, `inode:PATH`,
    /// `id:SHMID`, `posix:/NAME`, `/dev/shm/NAME`, `file:PATH`.
    ///
    /// @throws BadInput naming the part that is at fault
    static Target parse(String text) throws BadInput {
        String target = text.strip();
        if (target.isEmpty()) {
            throw new BadInput("no target given: a key, ftok:PATH:PROJ, id:SHMID or posix:/NAME");
        }
        if (target.startsWith("ftok:")) {
            return ftok(target.substring("ftok:".length()));
        }
        if (target.startsWith("inode:")) {
            return new Inode(path("inode:", target.substring("inode:".length())));
        }
        if (target.startsWith("id:")) {
            return new Id(
                    (int)
                            Numbers.parse(
                                    "id", target.substring("id:".length()), 0, Integer.MAX_VALUE));
        }
        if (target.startsWith("posix:")) {
            return posix(target.substring("posix:".length()));
        }
        if (target.startsWith("/dev/shm/")) {
            return posix(target.substring("/dev/shm".length()));
        }
        if (target.startsWith("file:")) {
            return new File(path("file:", target.substring("file:".length())));
        }
        if (target.startsWith("/") || target.startsWith(".")) {
            throw new BadInput(
                    "\"%s\" is a path: write ftok:%s:PROJ, inode:%s or file:%s"
                            .formatted(target, target, target, target));
        }
        if (!Character.isDigit(target.codePointAt(0)) && "+-".indexOf(target.charAt(0)) < 0) {
            throw new BadInput(
                    "\"%s\" is no target: a key (a number), ftok:PATH:PROJ, inode:PATH, id:SHMID, posix:/NAME or file:PATH"
                            .formatted(target));
        }
        return new Key(SegmentKey.parse(target));
    }

    /// Reads a project: one character that is one byte, or a number 1 to 255 after `#`.
    ///
    /// @throws BadInput when it is empty, longer, or out of range
    static int parseProject(String text) throws BadInput {
        if (text.isEmpty()) {
            throw new BadInput("the project is empty: one character, or a number 1..255 as #65");
        }
        if (text.length() > 1 && text.startsWith("#")) {
            return (int) Numbers.parse("project", text.substring(1), 1, 255);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1 || bytes[0] == 0) {
            throw new BadInput(
                    "the project \"%s\" is not one byte: one character, or a number 1..255 as #65"
                            .formatted(text));
        }
        return bytes[0] & 0xff;
    }

    private static Target ftok(String rest) throws BadInput {
        int colon = rest.endsWith("::") ? rest.length() - 2 : rest.lastIndexOf(':');
        if (colon < 0) {
            throw new BadInput("ftok: needs a path and a project: ftok:PATH:PROJ");
        }
        int project = parseProject(rest.substring(colon + 1));
        return new Ftok(path("ftok:", rest.substring(0, colon)), project);
    }

    private static Target posix(String name) throws BadInput {
        String slashed = name.startsWith("/") ? name : "/" + name;
        String bare = slashed.substring(1);
        if (bare.isEmpty() || bare.indexOf('/') >= 0 || bare.equals(".") || bare.equals("..")) {
            throw new BadInput(
                    "\"%s\" is no POSIX object name: a slash and a name without another slash"
                            .formatted(name));
        }
        if (bare.getBytes(StandardCharsets.UTF_8).length > 255 || bare.indexOf(0) >= 0) {
            throw new BadInput("the POSIX object name is longer than 255 bytes or has a NUL");
        }
        return new Posix(slashed);
    }

    private static Path path(String form, String text) throws BadInput {
        if (text.isEmpty()) {
            throw new BadInput(form + " needs a path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException refused) {
            throw new BadInput("\"%s\" is no path: %s".formatted(text, refused.getReason()));
        }
    }
}
