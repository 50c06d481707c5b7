package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Stretch;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies the fields that the screen shows, twice, so that what a writer was in the middle of is
/// told from what is whole; what a sequence guards is copied until the sequence says that it is
/// whole. Pages that nobody ever touched stay untouched. Not for the FX thread.
final class FieldReader {

    /// Of a text, so many bytes are looked at.
    static final int TEXT_BYTES = 256;

    private static final int GAP_BYTES = 512;
    private static final int TOGETHER_BYTES = 1 << 16;

    /// A field that is written all the time is torn however often one looks.
    private static final int MOST_PASSES = 4;

    /// How often what a sequence guards is copied for one look.
    private static final int ATTEMPTS = 1000;

    enum State {
        /// It was read.
        KNOWN,
        /// It differed between two reads: a writer was at work.
        TORN,
        /// It lies in a page that nobody touched, or that is swapped out.
        UNREAD,
        /// Some of it lies behind the segment's end.
        BEYOND,
        /// Its sequence did not stand still while it was copied.
        BUSY
    }

    /// A field to be read.
    ///
    /// @param tree whose lock guards it, if any
    record Want(FieldNode node, FieldsTree tree, FieldAt field) {
        int length() {
            return (int) Math.min(field.sizeBytes(), TEXT_BYTES);
        }

        long end() {
            return field.offset() + length();
        }
    }

    /// One field as it was.
    ///
    /// @param bytes 0 where not known
    record Seen(FieldNode node, byte[] bytes, State state) {}

    /// How often what a sequence guards was copied so far, and how many copies were not whole.
    record Share(FieldsTree tree, long reads, long repeated) {}

    /// What was seen.
    ///
    /// @param atNanos [System#nanoTime] when all was read
    record Look(long sizeBytes, List<Seen> seen, List<Share> shares, long atNanos) {}

    private FieldReader() {}

    static Look read(AttachedSegment segment, List<Want> wants) throws ShmException {
        long size = segment.sizeBytes();
        List<Seen> seen = new ArrayList<>();
        List<Want> plain = new ArrayList<>();
        Map<FieldsTree, List<Want>> guarded = new IdentityHashMap<>();
        for (Want want : wants) {
            if (want.end() > size) {
                seen.add(new Seen(want.node(), new byte[0], State.BEYOND));
            } else if (want.tree().lock() == null) {
                plain.add(want);
            } else {
                guarded.computeIfAbsent(want.tree(), _ -> new ArrayList<>()).add(want);
            }
        }
        List<Share> shares = new ArrayList<>();
        for (Map.Entry<FieldsTree, List<Want>> one : guarded.entrySet()) {
            SequenceLock lock = one.getKey().lock();
            if (lock != null) {
                guarded(lock, one.getValue(), seen);
                shares.add(new Share(one.getKey(), lock.reads(), lock.repeated()));
            }
        }
        plain(segment, plain, seen);
        return new Look(size, seen, shares, System.nanoTime());
    }

    /// All as of one moment.
    private static void guarded(SequenceLock lock, List<Want> wants, List<Seen> seen)
            throws ShmException {
        List<Piece> pieces = pieces(wants);
        List<Stretch> copies = stretches(pieces);
        boolean whole = lock.read(copies, ATTEMPTS);
        for (int i = 0; i < pieces.size(); i++) {
            for (Want want : pieces.get(i).wants()) {
                seen.add(
                        whole
                                ? seen(want, null, copies.get(i))
                                : new Seen(want.node(), new byte[0], State.BUSY));
            }
        }
    }

    private static void plain(AttachedSegment segment, List<Want> wants, List<Seen> seen)
            throws ShmException {
        List<Piece> pieces = pieces(wants);
        List<Stretch> before = copies(segment, pieces);
        List<Stretch> now = copies(segment, pieces);
        for (int pass = 2; pass < MOST_PASSES && !same(before, now); pass++) {
            before = now;
            now = copies(segment, pieces);
        }
        for (int i = 0; i < pieces.size(); i++) {
            for (Want want : pieces.get(i).wants()) {
                seen.add(seen(want, before.get(i), now.get(i)));
            }
        }
    }

    /// @param before the same a moment earlier; null where a copy is whole by itself
    private static Seen seen(Want want, @Nullable Stretch before, Stretch now) {
        long begin = want.field().offset();
        int from = (int) (begin - now.offset());
        int to = from + want.length();
        byte[] bytes = Arrays.copyOfRange(now.bytes(), from, to);
        if (!now.holds(begin, want.end())) {
            return new Seen(want.node(), bytes, State.UNREAD);
        }
        boolean torn =
                before != null
                        && before.holds(begin, want.end())
                        && !Arrays.equals(before.bytes(), from, to, now.bytes(), from, to);
        return new Seen(want.node(), bytes, torn ? State.TORN : State.KNOWN);
    }

    private static boolean same(List<Stretch> one, List<Stretch> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i).bytes(), other.get(i).bytes())) {
                return false;
            }
        }
        return true;
    }

    /// Fields that lie close together.
    private record Piece(long from, long to, List<Want> wants) {}

    private static List<Piece> pieces(List<Want> wants) {
        List<Want> sorted = new ArrayList<>(wants);
        sorted.sort(Comparator.comparingLong(want -> want.field().offset()));
        List<Piece> pieces = new ArrayList<>();
        @Nullable Piece open = null;
        for (Want want : sorted) {
            long from = want.field().offset();
            if (open != null
                    && from - open.to() <= GAP_BYTES
                    && want.end() - open.from() <= TOGETHER_BYTES) {
                open.wants().add(want);
                open = new Piece(open.from(), Math.max(open.to(), want.end()), open.wants());
                pieces.set(pieces.size() - 1, open);
            } else {
                open = new Piece(from, want.end(), new ArrayList<>(List.of(want)));
                pieces.add(open);
            }
        }
        return pieces;
    }

    private static List<Stretch> stretches(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> new Stretch(piece.from(), (int) (piece.to() - piece.from())))
                .toList();
    }

    private static List<Stretch> copies(AttachedSegment segment, List<Piece> pieces)
            throws ShmException {
        List<Stretch> copies = stretches(pieces);
        for (Stretch one : copies) {
            one.copy(segment);
        }
        return copies;
    }
}
