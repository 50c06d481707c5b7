package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.theme.TargetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The bookmarks of one target, as a small text file of the user's:
///
/// ```
/// shmlens bookmarks 1
/// target 0xf1206
/// 0x40 24 amber the counter of the queue
/// ```
///
/// One line each: offset, length, colour, note, which is written as [TargetFile#escaped] does.
/// Lines that make no sense here, such as colours of a later version, are not shown and stay in the
/// file as they are. Blocks: for threads that may.
final class BookmarkFile {

    /// More are not shown.
    static final int MOST = 1000;

    private static final String KIND = "bookmarks";
    private static final int MOST_BYTES = 4 << 20;

    /// What a file holds.
    ///
    /// @param others lines that are kept as they are
    record Content(List<Bookmark> bookmarks, List<String> others) {
        Content {
            bookmarks = bookmarks.stream().sorted(Bookmark.BY_PLACE).toList();
            others = List.copyOf(others);
        }
    }

    private final TargetFile file;

    /// @param target how the segment is spelled; one spelling, one file
    BookmarkFile(Path folder, String target) {
        this.file = new TargetFile(folder, target, KIND, MOST_BYTES);
    }

    Path path() {
        return file.path();
    }

    /// @throws IOException when there is a file and it cannot be read, or is none of bookmarks
    Content read() throws IOException {
        return content(file.read());
    }

    /// Changes what the file holds now, whoever wrote it since it was read, and writes it whole or
    /// not at all.
    ///
    /// @return what it holds then
    Content change(UnaryOperator<List<Bookmark>> how) throws IOException {
        return content(
                file.change(lines -> {
                    Content before = content(lines);
                    return lines(new Content(how.apply(before.bookmarks()), before.others()));
                }));
    }

    /// Reads a file's text; empty when it is none for this target.
    static Optional<Content> parse(String text, String target) {
        return TargetFile.parse(text, KIND, target).map(BookmarkFile::content);
    }

    static String format(Content content, String target) {
        return TargetFile.format(lines(content), KIND, target);
    }

    private static Content content(List<String> lines) {
        List<Bookmark> bookmarks = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : lines) {
            Optional<Bookmark> one = bookmarks.size() < MOST ? bookmark(line) : Optional.empty();
            one.ifPresentOrElse(bookmarks::add, () -> others.add(line));
        }
        return new Content(bookmarks, others);
    }

    private static List<String> lines(Content content) {
        List<String> lines = new ArrayList<>();
        for (Bookmark one : content.bookmarks()) {
            lines.add(
                    "0x%x %d %s %s"
                            .formatted(
                                    one.offset(),
                                    one.length(),
                                    one.shade().key(),
                                    TargetFile.escaped(one.note())));
        }
        lines.addAll(content.others());
        return lines;
    }

    private static Optional<Bookmark> bookmark(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            return Optional.empty();
        }
        try {
            long offset = Numbers.parse("offset", parts[0], 0, Long.MAX_VALUE - 1);
            long length = Numbers.parse("length", parts[1], 1, Long.MAX_VALUE - offset);
            String note = TargetFile.unescaped(parts[3]);
            return note.length() > Bookmark.MOST_NOTE
                    ? Optional.empty()
                    : Shade.of(parts[2]).map(shade -> new Bookmark(offset, length, shade, note));
        } catch (BadInput none) {
            return Optional.empty();
        }
    }
}
