package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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

    private static final String STANDARD_INPUT = "-";

    private ImageFile() {}

    /// Reads a path as typed.
    static Path path(String text) throws BadInput {
        if (text.isEmpty()) {
            throw new BadInput("the name of the file is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException refused) {
            throw new BadInput("\"%s\" is no path: %s".formatted(text, refused.getReason()));
        }
    }

    /// Writes all bytes to a new file and waits until they are on disk. What could not be finished
    /// is deleted again; a file that was there before is never touched.
    static void save(AttachedSegment segment, Path file, Session session)
            throws ShmException, Refusal {
        Console console = session.console();
        OutputStream opened;
        try {
            opened =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw cannotSave(file, refused);
        }
        boolean whole = false;
        try (Farewell _ = Farewell.to(() -> discardOrSay(file, console));
                Progress progress = console.progress("save", segment.sizeBytes());
                OutputStream out = opened) {
            Bytes.copy(
                    segment,
                    0,
                    segment.sizeBytes(),
                    progress,
                    (bytes, length) -> {
                        session.ending().check();
                        out.write(bytes, 0, length);
                    });
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

    private static void discardOrSay(Path file, Console console) {
        try {
            discard(file);
        } catch (Refusal stays) {
            console.note(stays.sentence());
        }
    }

    private static Refusal cannotSave(Path file, IOException refused) {
        String why =
                switch (refused) {
                    case FileAlreadyExistsException _ -> "it exists already (EEXIST): name another";
                    case NoSuchFileException _ ->
                            "its folder does not exist (ENOENT): name another";
                    case AccessDeniedException _ -> "not permitted (EACCES): name another";
                    default ->
                            Failures.isFull(refused.getMessage())
                                    ? "there is no room left (%s): nothing of it stays; name another place"
                                            .formatted(refused.getMessage())
                                    : String.valueOf(refused.getMessage());
                };
        return new Refusal(
                refused instanceof AccessDeniedException
                        ? ExitCode.NOT_PERMITTED
                        : Failures.isFull(refused.getMessage()) ? ExitCode.NO_ROOM : ExitCode.NO,
                "cannot save to %s: %s".formatted(file, why));
    }

    /// Opens a file to read all its bytes. What comes from standard input is put into a file first,
    /// because its length has to be known before anything is overwritten.
    ///
    /// @param text a path, or `-` for standard input
    /// @param mostBytes so many are wanted at most: what has no length, and perhaps no end, is read
    ///   no farther
    static Opened open(String text, long mostBytes, Console console) throws BadInput, Refusal {
        try {
            if (text.equals(STANDARD_INPUT)) {
                return spooled("standard input", console.in(), mostBytes);
            }
            Path file = path(text);
            if (Files.isDirectory(file)) {
                throw new BadInput("\"%s\" is a directory".formatted(text));
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    return spooled(text, in, mostBytes);
                }
            }
            return new Opened(file.toString(), FileChannel.open(file));
        } catch (IOException refused) {
            throw cannotRead(text, refused);
        }
    }

    /// Puts what is read into a file that has no name any more, so that nothing stays of it.
    private static Opened spooled(String name, InputStream in, long mostBytes)
            throws IOException, Refusal {
        FileChannel spool =
                FileChannel.open(
                        Files.createTempFile("shmlens", ".bin"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        boolean whole = false;
        try {
            byte[] chunk = new byte[Bytes.CHUNK];
            long done = 0;
            for (int got; (got = in.read(chunk)) >= 0; done += got) {
                if (got > mostBytes - done) {
                    throw new Refusal(
                            ExitCode.NO_ROOM,
                            "%s has more than the %s of the segment: nothing was written"
                                    .formatted(name, Counted.bytes(mostBytes)));
                }
                for (ByteBuffer left = ByteBuffer.wrap(chunk, 0, got); left.hasRemaining(); ) {
                    spool.write(left);
                }
            }
            Opened opened = new Opened(name, spool);
            whole = true;
            return opened;
        } finally {
            if (!whole) {
                spool.close();
            }
        }
    }

    private static Refusal cannotRead(String name, IOException refused) {
        String why =
                switch (refused) {
                    case NoSuchFileException _ -> "it does not exist (ENOENT)";
                    case AccessDeniedException _ -> "not permitted (EACCES)";
                    default -> String.valueOf(refused.getMessage());
                };
        return new Refusal(
                refused instanceof AccessDeniedException ? ExitCode.NOT_PERMITTED : ExitCode.NO,
                "cannot read %s: %s".formatted(name, why));
    }

    /// Takes one stretch after another; the array is reused.
    interface Place {
        void put(long at, byte[] bytes, int length) throws ShmException, Refusal;
    }

    /// A file that is open, with its length of that moment.
    static final class Opened implements AutoCloseable {
        private final String name;
        private final FileChannel channel;
        private final long sizeBytes;

        private Opened(String name, FileChannel channel) throws IOException {
            this.name = name;
            this.channel = channel;
            this.sizeBytes = channel.size();
        }

        String name() {
            return name;
        }

        long sizeBytes() {
            return sizeBytes;
        }

        /// Hands over every byte, from the first on.
        void copyTo(Place place) throws ShmException, Refusal {
            byte[] chunk = new byte[(int) Math.min(Bytes.CHUNK, sizeBytes)];
            try {
                for (long at = 0; at < sizeBytes; ) {
                    int most = (int) Math.min(chunk.length, sizeBytes - at);
                    int got = channel.read(ByteBuffer.wrap(chunk, 0, most), at);
                    if (got < 0) {
                        throw new Refusal(
                                ExitCode.NO,
                                "%s became shorter while it was read: %s of %d"
                                        .formatted(
                                                name,
                                                Counted.of(
                                                        at,
                                                        "byte was written",
                                                        "bytes were written"),
                                                sizeBytes));
                    }
                    place.put(at, chunk, got);
                    at += got;
                }
            } catch (IOException broken) {
                throw cannotRead(name, broken);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException nothingWasWritten) {
                // It was only read, and every byte that was read is in place.
                return;
            }
        }
    }
}
