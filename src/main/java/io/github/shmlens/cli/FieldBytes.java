package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the bytes of one field.
final class FieldBytes {

    /// What is printed or written of one field at once.
    private static final int MOST_BYTES = 64 << 20;

    private FieldBytes() {}

    /// All of them; whole where they lie within one aligned word.
    ///
    /// @throws Refusal when some lie behind the segment's end, or they are too many
    static byte[] read(Session session, AttachedSegment segment, FieldAt field)
            throws ShmException, Refusal {
        long size = segment.sizeBytes();
        if (field.offset() > size || field.sizeBytes() > size - field.offset()) {
            throw new Refusal(
                    ExitCode.NO,
                    "%s has %s: %s, %s at offset %d, lies behind the end"
                            .formatted(
                                    session.name(segment.id()),
                                    Counted.bytes(size),
                                    field.path().isEmpty() ? "the structure" : field.path(),
                                    Counted.bytes(field.sizeBytes()),
                                    field.offset()));
        }
        if (field.sizeBytes() > MOST_BYTES) {
            throw new Refusal(
                    ExitCode.NO,
                    "%s has %d bytes: ask for a part of it"
                            .formatted(field.path(), field.sizeBytes()));
        }
        byte[] bytes = new byte[(int) field.sizeBytes()];
        if (inOneWord(segment, field, size)) {
            copyFromWord(segment, field, bytes);
        } else {
            for (int at = 0; at < bytes.length; at += AttachedSegment.RUN_BYTES) {
                int length = Math.min(AttachedSegment.RUN_BYTES, bytes.length - at);
                segment.read(field.offset() + at, bytes, at, length);
            }
        }
        return bytes;
    }

    /// Whether one read of one word has it whole.
    static boolean inOneWord(AttachedSegment segment, FieldAt field, long segmentBytes) {
        long word = field.offset() & -Long.BYTES;
        return segment.id() instanceof SegmentId.Sysv
                && field.sizeBytes() > 0
                && field.end() <= word + Long.BYTES
                && word + Long.BYTES <= segmentBytes;
    }

    /// Fills an array of the field's size from the word it lies in.
    static void copyFromWord(AttachedSegment segment, FieldAt field, byte[] into)
            throws ShmException {
        long word = field.offset() & -Long.BYTES;
        byte[] bytes =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(segment.word(word))
                        .array();
        int from = (int) (field.offset() - word);
        System.arraycopy(bytes, from, into, 0, into.length);
    }
}
