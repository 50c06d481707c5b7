package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A segment's bytes in a file. Blocks; never on the FX thread.
public final class SegmentImage {

    private static final Texts TEXTS = Texts.of(SegmentImage.class);

    private static final int CHUNK_BYTES = 1 << 20;

    /// What to do with a file that is there.
    public enum Taken {
        REPLACE,
        REFUSE
    }

    private SegmentImage() {}

    /// A name that tells the segment.
    public static String suggestedName(SegmentFacts facts) {
        return switch (facts.id()) {
            case SegmentId.Sysv(int shmid) ->
                    "segment-%s-id%d.bin".formatted(ListEntry.nameOf(facts), shmid);
            case SegmentId.Posix(String name) -> name.substring(1) + ".bin";
            case SegmentId.File(Path path) -> path.getFileName() + ".bin";
        };
    }

    /// Writes the bytes to a file beside the wanted one, and renames it when it is whole and on
    /// disk.
    public static void save(AttachedSegment segment, SegmentFacts facts, Path to, Taken taken)
            throws ShmException, IOException {
        if (taken == Taken.REFUSE && Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString(), null, TEXTS.say("image.exists"));
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            try (FileChannel out =
                    FileChannel.open(
                            part,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.SPARSE)) {
                copy(segment, facts, out);
                out.force(true);
            }
            switch (taken) {
                case REPLACE -> Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
                case REFUSE -> Files.move(part, to);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Pages that nobody ever touched are zeros and stay holes of the file: an image of a huge
    /// empty segment neither fills the memory nor the disk.
    private static void copy(AttachedSegment segment, SegmentFacts facts, FileChannel out)
            throws ShmException, IOException {
        long size = segment.sizeBytes();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            int length = (int) Math.min(CHUNK_BYTES, size - at);
            boolean[] resident = segment.readResident(at, chunk, 0, length);
            if (absentMeansZero(facts)) {
                if (none(resident)) {
                    continue;
                }
            } else if (!all(resident)) {
                segment.read(at, chunk, 0, length);
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
            while (bytes.hasRemaining()) {
                out.write(bytes, at + bytes.position());
            }
        }
        if (out.size() < size) {
            out.write(ByteBuffer.allocate(1), size - 1);
        }
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
