package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.WholeFile;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bookmarks of one target, as a small text file of the user's:
///
/// ```
/// shmlens bookmarks 1
/// target 0xf1206
/// 0x40 24 amber the counter of the queue
/// ```
///
/// One line each: offset, length, colour, note. In a note `\n`, `\r`, `\t`, `\\` and a `u` with
/// four hex digits behind a backslash stand for what would end or hide the line. Lines that make no
/// sense here, such as colours of a later version, are not shown and stay in the file as they are.
/// A file that is not of this form is never written over. Blocks: for threads that may.
final class BookmarkFile {

    /// More are not shown.
    static final int MOST = 1000;

    private static final String FIRST_LINE = "shmlens bookmarks 1";
    private static final String TARGET = "target ";
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_NAME = 150;
    private static final Texts TEXTS = Texts.of(BookmarkFile.class);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[nrt\\\\]|u[0-9a-f]{4})");

    /// One change at a time in this process; the lock on the file is between processes.
    private static final Object ONE_AT_A_TIME = new Object();

    /// What a file holds.
    ///
    /// @param others lines that are kept as they are
    record Content(List<Bookmark> bookmarks, List<String> others) {
        Content {
            bookmarks = bookmarks.stream().sorted(Bookmark.BY_PLACE).toList();
            others = List.copyOf(others);
        }
    }

    private final Path folder;
    private final String target;

    /// @param target how the segment is spelled; one spelling, one file
    BookmarkFile(Path folder, String target) {
        this.folder = folder;
        this.target = target;
    }

    Path path() {
        return folder.resolve(fileName(target));
    }

    /// @throws IOException when there is a file and it cannot be read, or is none of bookmarks
    Content read() throws IOException {
        Path file = path();
        String text;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw new IOException(TEXTS.say("file.too-large", file, MOST_BYTES));
            }
            text = Files.readString(file);
        } catch (NoSuchFileException none) {
            return new Content(List.of(), List.of());
        }
        return parse(text, target)
                .orElseThrow(() -> new IOException(TEXTS.say("file.other", file)));
    }

    /// Changes what the file holds now, whoever wrote it since it was read, and writes it whole or
    /// not at all.
    ///
    /// @return what it holds then
    Content change(UnaryOperator<List<Bookmark>> how) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            Files.createDirectories(folder);
            try (FileChannel guard =
                            FileChannel.open(
                                    folder.resolve(".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock held = guard.lock()) {
                Content before = read();
                Content after = new Content(how.apply(before.bookmarks()), before.others());
                if (!held.isValid()) {
                    throw new IOException(TEXTS.say("file.unlocked", path()));
                }
                if (after.bookmarks().isEmpty() && after.others().isEmpty()) {
                    Files.deleteIfExists(path());
                } else {
                    WholeFile.replace(
                            path(), format(after, target).getBytes(StandardCharsets.UTF_8));
                }
                return after;
            }
        }
    }

    /// Reads a file's text; empty when it is none for this target.
    static Optional<Content> parse(String text, String target) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2
                || !lines.get(0).equals(FIRST_LINE)
                || !lines.get(1).equals(TARGET + escaped(target))) {
            return Optional.empty();
        }
        List<Bookmark> bookmarks = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            Optional<Bookmark> one = bookmarks.size() < MOST ? bookmark(line) : Optional.empty();
            one.ifPresentOrElse(bookmarks::add, () -> others.add(line));
        }
        return Optional.of(new Content(bookmarks, others));
    }

    static String format(Content content, String target) {
        StringBuilder text = new StringBuilder();
        text.append(FIRST_LINE).append('\n').append(TARGET).append(escaped(target)).append('\n');
        for (Bookmark one : content.bookmarks()) {
            text.append(
                            "0x%x %d %s %s"
                                    .formatted(
                                            one.offset(),
                                            one.length(),
                                            one.shade().key(),
                                            escaped(one.note())))
                    .append('\n');
        }
        for (String line : content.others()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static Optional<Bookmark> bookmark(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            return Optional.empty();
        }
        try {
            long offset = Numbers.parse("offset", parts[0], 0, Long.MAX_VALUE - 1);
            long length = Numbers.parse("length", parts[1], 1, Long.MAX_VALUE - offset);
            String note = unescaped(parts[3]);
            return note.length() > Bookmark.MOST_NOTE
                    ? Optional.empty()
                    : Shade.of(parts[2]).map(shade -> new Bookmark(offset, length, shade, note));
        } catch (BadInput none) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
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
    private static String unescaped(String line) {
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
    static String fileName(String target) {
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
        return name + ".bookmarks";
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
