package io.github.shmlens.ui.theme;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a user keeps about one target, as a small text file of lines below a head:
///
/// ```
/// shmlens bookmarks 1
/// target 0xf1206
/// …
/// ```
///
/// A file that is not of this form is never written over. Blocks: for threads that may.
public final class TargetFile {

    private static final String TARGET = "target ";
    private static final int MOST_NAME = 150;
    private static final Texts TEXTS = Texts.of(TargetFile.class);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[nrt\\\\]|u[0-9a-f]{4})");

    /// One change at a time in this process; the lock on the file is between processes.
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path folder;
    private final String target;
    private final String kind;
    private final int mostBytes;

    /// @param target how the segment is spelled; one spelling, one file
    /// @param kind what the file holds, in the plural
    /// @param mostBytes a larger file is refused
    public TargetFile(Path folder, String target, String kind, int mostBytes) {
        this.folder = folder;
        this.target = target;
        this.kind = kind;
        this.mostBytes = mostBytes;
    }

    public Path path() {
        return folder.resolve(fileName(target) + "." + kind);
    }

    /// The lines below the head; none where there is no file.
    ///
    /// @throws IOException when there is a file and it cannot be read, or is not of this form
    public List<String> read() throws IOException {
        Path file = path();
        String text;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > mostBytes) {
                throw new IOException(TEXTS.say("file.too-large", file, mostBytes, kind));
            }
            text = Files.readString(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return parse(text, kind, target)
                .orElseThrow(() -> new IOException(TEXTS.say("file.other", file, kind)));
    }

    /// Changes what the file holds now, whoever wrote it since it was read, and writes it whole or
    /// not at all. Without lines there is no file.
    ///
    /// @return what it holds then
    public List<String> change(UnaryOperator<List<String>> how) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            Files.createDirectories(folder);
            try (FileChannel guard =
                            FileChannel.open(
                                    folder.resolve(".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock held = guard.lock()) {
                List<String> after = how.apply(read());
                if (!held.isValid()) {
                    throw new IOException(TEXTS.say("file.unlocked", path()));
                }
                if (after.isEmpty()) {
                    Files.deleteIfExists(path());
                } else {
                    WholeFile.replace(
                            path(), format(after, kind, target).getBytes(StandardCharsets.UTF_8));
                }
                return after;
            }
        }
    }

    /// The lines of a file's text; empty when it is none of this kind for this target.
    public static Optional<List<String>> parse(String text, String kind, String target) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2
                || !lines.get(0).equals(head(kind))
                || !lines.get(1).equals(TARGET + escaped(target))) {
            return Optional.empty();
        }
        return Optional.of(lines.subList(2, lines.size()));
    }

    public static String format(List<String> lines, String kind, String target) {
        StringBuilder text = new StringBuilder();
        text.append(head(kind)).append('\n').append(TARGET).append(escaped(target)).append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static String head(String kind) {
        return "shmlens " + kind + " 1";
    }

    /// What a segment is called in the name of its file. A key or a name finds the segment that is
    /// made anew tomorrow; an id may be another one's by then, so it goes with its creator.
    public static String spelling(SegmentFacts facts) {
        SegmentKey key = facts.key();
        return switch (facts.id()) {
            case SegmentId.Sysv sysv ->
                    key != null && !key.equals(SegmentKey.PRIVATE)
                            ? new Target.Key(key).text()
                            : "%s by %d".formatted(Target.of(sysv).text(), facts.cpid());
            case SegmentId.Posix posix -> Target.of(posix).text();
            case SegmentId.File dump -> Target.of(dump).text();
        };
    }

    /// A text on one line: `\n`, `\r`, `\t`, `\\` and a `u` with four hex digits behind a backslash
    /// stand for what would end or hide the line.
    public static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            switch (sign) {
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    // Surrogates one by one: half a pair has no UTF-8.
                    boolean plain = !Character.isISOControl(sign) && !Character.isSurrogate(sign);
                    boolean separates = sign == '\u2028' || sign == '\u2029';
                    line.append(plain && !separates ? sign : "\\u%04x".formatted((int) sign));
                }
            }
        }
        return line.toString();
    }

    /// What makes no sense stays as it is.
    public static String unescaped(String line) {
        StringBuilder text = new StringBuilder(line.length());
        Matcher escape = ESCAPE.matcher(line);
        while (escape.find()) {
            String code = escape.group();
            String sign =
                    switch (code.charAt(1)) {
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't' -> "\t";
                        case 'u' -> Character.toString(Integer.parseInt(code, 2, 6, 16));
                        default -> "\\";
                    };
            escape.appendReplacement(text, Matcher.quoteReplacement(sign));
        }
        escape.appendTail(text);
        return text.toString();
    }

    /// A name that is safe in a folder and tells which target it is: what is no letter, digit, `.`,
    /// `-` or `_` is `%XX`; a very long one is cut and told apart by a digest.
    private static String fileName(String target) {
        StringBuilder name = new StringBuilder();
        for (byte one : target.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (one >= 'a' && one <= 'z')
                            || (one >= 'A' && one <= 'Z')
                            || (one >= '0' && one <= '9')
                            || one == '-'
                            || one == '_'
                            || (one == '.' && !name.isEmpty());
            name.append(plain ? Character.toString(one) : "%%%02X".formatted(one & 0xff));
        }
        if (name.length() > MOST_NAME) {
            name.setLength(MOST_NAME);
            name.append('~').append(digest(target));
        }
        return name.toString();
    }

    private static String digest(String text) {
        try {
            byte[] all =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
