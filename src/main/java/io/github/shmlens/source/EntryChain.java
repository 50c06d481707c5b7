package io.github.shmlens.source;

import io.github.shmlens.segment.ShmException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A chain of entries in a segment as it was walked once: what has to lie where for it to be the
/// same still. Comparing is cheaper than walking, because no place waits for what another one
/// holds.
///
/// The segment begins with some words about the whole chain. Each entry begins with the word that
/// names it; others tell how long its content is, and how far the next entry. All words are
/// little-endian and of 64 bits, and lie at multiples of 8.
///
/// Immutable by agreement: of its arrays nobody changes what it goes by.
///
/// @param head the first words of the segment
/// @param guard which of them is the first of two that no writer leaves alone: one is the first
///   thing it changes, the other the last
/// @param lengthAt from where an entry begins to the word with the length of its content
/// @param strideAt from there to the word that tells how far the next entry is
/// @param contentAt from there to the content
/// @param places where the entries begin, rising, and where the next would
/// @param names as many as there are entries, or more
public record EntryChain(
        long[] head,
        int guard,
        int lengthAt,
        int strideAt,
        int contentAt,
        long[] places,
        long[] names) {

    /// As many as the one chain has that is known: the JIT writes them out.
    public static final int HEAD_WORDS = 5;

    /// What an array can hold, with room for the words before it.
    public static final int MOST_CONTENT_BYTES = Integer.MAX_VALUE - 1024;

    private static final VarHandle WORD_IN_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int NO_LENGTH = -1;

    /// Content of which only the middle is wanted, as a frame around it tells.
    public interface Frame {

        /// How long the frame's first part is.
        ///
        /// @param first the first eight bytes, little-endian
        /// @return −1 when the content has no such frame
        int before(long first, int contentBytes);

        /// The frame's last part: the last bytes in the order they lie in, as the upper ones of a
        /// word, little-endian.
        long last();

        /// How long that is, 1 to 8 bytes.
        int lastBytes();
    }

    public EntryChain {
        if (head.length != HEAD_WORDS) {
            throw new IllegalArgumentException("there are %d head words".formatted(head.length));
        }
    }

    /// The length as an array takes it; −1 when so much does not fit between an entry and the next.
    public int contentBytes(long length, int at) {
        long room = places[at + 1] - places[at] - contentAt;
        return length < 0 || length > room || length > MOST_CONTENT_BYTES
                ? NO_LENGTH
                : (int) length;
    }

    boolean standsIn(AttachedSegment segment, int entries) throws ShmException {
        for (int i = 0; i < head.length; i++) {
            if (segment.word((long) i * Long.BYTES) != head[i]) {
                return false;
            }
        }
        return entriesStandIn(segment, entries) && guardStandsIn(segment);
    }

    byte @Nullable [] contentIn(AttachedSegment segment, int at) throws ShmException {
        byte[] entry = entryIn(segment, at);
        return entry == null ? null : Arrays.copyOfRange(entry, contentAt, entry.length);
    }

    byte @Nullable [] contentIn(AttachedSegment segment, int at, Frame frame) throws ShmException {
        byte[] entry = entryIn(segment, at);
        return entry == null ? null : middle(entry, frame);
    }

    private byte @Nullable [] entryIn(AttachedSegment segment, int at) throws ShmException {
        if (!standsIn(segment, at + 1)) {
            return null;
        }
        long from = places[at];
        int length = contentBytes(segment.word(from + lengthAt), at);
        if (length < 0) {
            return null;
        }
        byte[] entry = new byte[contentAt + length];
        segment.read(from, entry, 0, entry.length);
        boolean proven =
                guardStandsIn(segment)
                        && isEntry(entry, at)
                        && segment.holds(from, entry, 0, entry.length)
                        && guardStandsIn(segment);
        return proven ? entry : null;
    }

    /// Whether a copy of an entry has the name, the length and the way to the next that it should.
    public boolean isEntry(byte[] entry, int at) {
        return (long) WORD_IN_ARRAY.get(entry, 0) == names[at]
                && (long) WORD_IN_ARRAY.get(entry, lengthAt) == entry.length - contentAt
                && (long) WORD_IN_ARRAY.get(entry, strideAt) == places[at + 1] - places[at];
    }

    /// What a frame in an entry's content encloses.
    ///
    /// @param entry from its first word to the end of its content
    /// @return null when there is no such frame
    public byte @Nullable [] middle(byte[] entry, Frame frame) {
        int length = entry.length - contentAt;
        if (length < Long.BYTES) {
            return null;
        }
        int before = frame.before((long) WORD_IN_ARRAY.get(entry, contentAt), length);
        int middle = length - frame.lastBytes() - before;
        long last = (long) WORD_IN_ARRAY.get(entry, entry.length - Long.BYTES);
        return before < 0 || middle < 0 || !isLast(last, frame)
                ? null
                : Arrays.copyOfRange(entry, contentAt + before, contentAt + before + middle);
    }

    /// Whether the last eight bytes end with the frame.
    public static boolean isLast(long word, Frame frame) {
        return (word ^ frame.last()) >>> Long.SIZE - frame.lastBytes() * Byte.SIZE == 0;
    }

    private boolean guardStandsIn(AttachedSegment segment) throws ShmException {
        // What was read before this look was read before it.
        VarHandle.loadLoadFence();
        return segment.word((long) guard * Long.BYTES) == head[guard]
                && segment.word((guard + 1L) * Long.BYTES) == head[guard + 1];
    }

    private boolean entriesStandIn(AttachedSegment segment, int entries) throws ShmException {
        byte[] run = new byte[0];
        long from = 0;
        int length = 0;
        for (int i = 0; i < entries; i++) {
            if (places[i] + contentAt > from + length) {
                from = places[i];
                length = (int) Math.clamp(segment.sizeBytes() - from, 0, AttachedSegment.RUN_BYTES);
                if (run.length < length) {
                    run = new byte[length];
                }
                segment.read(from, run, 0, length);
            }
            ByteBuffer words = ByteBuffer.wrap(run, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            int at = (int) (places[i] - from);
            if (at + contentAt > length
                    || words.getLong(at) != names[i]
                    || words.getLong(at + strideAt) != places[i + 1] - places[i]) {
                return false;
            }
        }
        return true;
    }
}
