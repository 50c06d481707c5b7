package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A segment's bytes in a file of their own.
final class ImageFile {

    private ImageFile() {}

    /// Reads a path as typed.
    static Path path(String text) throws BadInput {
        try {
            return Path.of(text);
        } catch (InvalidPathException refused) {
            throw new BadInput("\"%s\" is no path: %s".formatted(text, refused.getReason()));
        }
    }

    /// Writes all bytes to a new file and waits until they are on disk. What could not be finished
    /// is deleted again; a file that was there before is never touched.
    static void save(AttachedSegment segment, Path file) throws ShmException, Refusal {
        OutputStream opened;
        try {
            opened =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw cannotSave(file, refused);
        }
        boolean whole = false;
        try (OutputStream out = opened) {
            Bytes.copy(
                    segment,
                    0,
                    segment.sizeBytes(),
                    (bytes, length) -> out.write(bytes, 0, length));
            try (FileChannel disk = FileChannel.open(file, StandardOpenOption.WRITE)) {
                disk.force(true);
            }
            whole = true;
        } catch (IOException full) {
            throw cannotSave(file, full);
        } finally {
            if (!whole) {
                discard(file);
            }
        }
    }

    private static void discard(Path file) throws Refusal {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw cannotSave(file, stays);
        }
    }

    private static Refusal cannotSave(Path file, IOException refused) {
        String why =
                switch (refused) {
                    case FileAlreadyExistsException _ -> "it exists already (EEXIST): name another";
                    case NoSuchFileException _ -> "its folder does not exist (ENOENT)";
                    case AccessDeniedException _ -> "not permitted (EACCES)";
                    default -> String.valueOf(refused.getMessage());
                };
        return new Refusal(
                refused instanceof AccessDeniedException ? ExitCode.NOT_PERMITTED : ExitCode.NO,
                "cannot save to %s: %s".formatted(file, why));
    }
}
