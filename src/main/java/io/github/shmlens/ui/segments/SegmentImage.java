package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/// A segment's bytes in a file. Blocks; never on the FX thread.
public final class SegmentImage {

    private static final Texts TEXTS = Texts.of(SegmentImage.class);

    private static final int CHUNK_BYTES = 1 << 20;

    private SegmentImage() {}

    /// A name that tells the segment.
    public static String suggestedName(SegmentFacts facts) {
        return switch (facts.id()) {
            case SegmentId.Sysv(int shmid) -> {
                SegmentKey key = facts.key();
                yield key == null || key.equals(SegmentKey.PRIVATE)
                        ? "segment-id%d.bin".formatted(shmid)
                        : "segment-%s-id%d.bin".formatted(key.hex(), shmid);
            }
            case SegmentId.Posix(String name) -> name.substring(1) + ".bin";
            case SegmentId.File(Path path) -> path.getFileName() + ".bin";
        };
    }

    /// Saves a segment that is not attached here, by an attach of its own.
    ///
    /// @throws FileAlreadyExistsException as below
    public static void save(SegmentSource source, SegmentFacts facts, Path to)
            throws ShmException, IOException {
        save(source, facts, to, () -> false);
    }

    /// The same, and can be stopped.
    ///
    /// @param stop asked now and then
    /// @return whether it is there; nothing stays of one that was stopped
    static boolean save(SegmentSource source, SegmentFacts facts, Path to, BooleanSupplier stop)
            throws ShmException, IOException {
        try (AttachedSegment segment = source.attach(facts.id(), Access.READ_ONLY)) {
            return save(segment, facts, to, stop);
        }
    }

    /// Writes the bytes to a new file: first to one beside it, which takes the wanted name when it
    /// is whole and on disk.
    ///
    /// @throws FileAlreadyExistsException when either name is taken: nothing is ever written over
    public static void save(AttachedSegment segment, SegmentFacts facts, Path to)
            throws ShmException, IOException {
        save(segment, facts, to, () -> false);
    }

    /// The same, and can be stopped.
    ///
    /// @param stop asked now and then
    /// @return whether it is there; nothing stays of one that was stopped
    /// @throws FileAlreadyExistsException as above
    public static boolean save(
            AttachedSegment segment, SegmentFacts facts, Path to, BooleanSupplier stop)
            throws ShmException, IOException {
        // The name is taken at once: nobody else can come to have a file there while we write.
        createNew(to);
        boolean whole = false;
        try {
            Path part = to.resolveSibling(to.getFileName() + ".part");
            createNew(part);
            try {
                try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    if (!copy(segment, facts, out, stop)) {
                        return false;
                    }
                    out.force(true);
                }
                Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
                whole = true;
            } finally {
                Files.deleteIfExists(part);
            }
            return true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(to);
            }
        }
    }

    private static void createNew(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException taken) {
            throw new FileAlreadyExistsException(file.toString(), null, TEXTS.say("image.exists"));
        }
    }

    /// Pages that nobody ever touched are zeros and stay holes of the file: an image of a huge
    /// empty segment neither fills the memory nor the disk.
    ///
    /// @return false when it was stopped
    private static boolean copy(
            AttachedSegment segment, SegmentFacts facts, FileChannel out, BooleanSupplier stop)
            throws ShmException, IOException {
        long size = segment.sizeBytes();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            if (stop.getAsBoolean()) {
                return false;
            }
            int length = (int) Math.min(CHUNK_BYTES, size - at);
            if (!read(segment, facts, at, chunk, length)) {
                continue;
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
            while (bytes.hasRemaining()) {
                out.write(bytes, at + bytes.position());
            }
        }
        if (out.size() < size) {
            out.write(ByteBuffer.allocate(1), size - 1);
        }
        return true;
    }

    /// Reads bytes without making pages resident that nobody ever touched: those are zeros.
    ///
    /// @param facts fresh ones, which tell what is swapped out
    /// @return false where nobody ever touched any of it
    static boolean read(
            AttachedSegment segment, SegmentFacts facts, long at, byte[] into, int length)
            throws ShmException {
        boolean[] resident = segment.readResident(at, into, 0, length);
        if (absentMeansZero(facts)) {
            return !none(resident);
        }
        if (!all(resident)) {
            segment.read(at, into, 0, length);
        }
        return true;
    }

    /// A page that is not resident is either swapped out or was never touched.
    static boolean absentMeansZero(SegmentFacts facts) {
        return facts.swapBytes() == 0;
    }

    static boolean none(boolean[] pages) {
        for (boolean page : pages) {
            if (page) {
                return false;
            }
        }
        return true;
    }

    private static boolean all(boolean[] pages) {
        for (boolean page : pages) {
            if (!page) {
                return false;
            }
        }
        return true;
    }
}
