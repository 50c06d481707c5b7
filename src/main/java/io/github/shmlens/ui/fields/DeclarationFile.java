package io.github.shmlens.ui.fields;

import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/// Reads a header file. Blocks: for threads that may.
final class DeclarationFile {

    /// As many characters are ever read as declarations.
    static final int MOST_BYTES = 1 << 20;

    private static final Texts TEXTS = Texts.of(DeclarationFile.class);

    private DeclarationFile() {}

    /// @throws IOException with a sentence that names the file
    static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    Files.exists(file)
                            ? TEXTS.say("source.no-file", file)
                            : TEXTS.say("source.missing", file));
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(TEXTS.say("source.too-large", file, MOST_BYTES));
        }
        try {
            // A name or a comment in another encoding is no reason to refuse a header.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException gone) {
            throw new IOException(TEXTS.say("source.missing", file), gone);
        }
    }

    /// Other than before when the file may hold something else; the same for a file that is not
    /// there.
    static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return "%s %d %s"
                    .formatted(
                            now.lastModifiedTime(),
                            now.size(),
                            Objects.toString(now.fileKey(), ""));
        } catch (IOException notThere) {
            return "";
        }
    }
}
