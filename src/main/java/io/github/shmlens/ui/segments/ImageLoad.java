package io.github.shmlens.ui.segments;

import io.github.shmlens.journal.Change;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The bytes of a file and the segment they are to be loaded into, compared at one moment: what
/// loading would change. Then the loading, which writes what differs and nothing else. Everything
/// blocks; never on the FX thread.
///
/// Of what was compared a checksum is kept for each piece, so that a segment of any size takes next
/// to no memory, and what moved since is known before anything is written. What is written is still
/// a compare-and-set against bytes that were read the moment before.
public final class ImageLoad {

    private static final Texts TEXTS = Texts.of(ImageLoad.class);

    private static final int CHUNK_BYTES = AttachedSegment.RUN_BYTES;

    /// Equal bytes between two that differ cost the journal no more than another place.
    private static final int GAP_BYTES = Change.RUN_COST_BYTES / 2;

    /// Where a piece differs in more places than this it is written as one.
    private static final int MOST_PLACES = 4096;

    /// The checksums of more would need memory of their own.
    private static final long MOST_BYTES = 1L << 40;

    /// Follows the work, on its thread.
    @FunctionalInterface
    public interface Watch {
        /// @param doneBytes how far it has come
        /// @return whether to go on
        boolean goesOn(long doneBytes);

        /// Asked now and then while others hold the lock, and nothing is done yet.
        ///
        /// @return whether to wait on
        default boolean waits() {
            return goesOn(0);
        }
    }

    /// Told which bytes a piece is going to have, before it is written.
    @FunctionalInterface
    public interface OwnBytes {
        void left(long offset, byte[] bytes);
    }

    /// How loading ended. Bytes that were written by then stay, and are in the journal.
    public sealed interface Outcome {

        /// @param changedBytes how many bytes are others than before
        record Loaded(long changedBytes) implements Outcome {}

        /// Somebody wrote since both were compared.
        record Moved(long writtenBytes) implements Outcome {}

        /// The file is not the one that was compared.
        record OtherFile(long writtenBytes) implements Outcome {}

        /// The segment has another size than the file now.
        record OtherSize(long sizeBytes) implements Outcome {}

        /// Others are attached than were told. Nothing was written.
        record OtherHolders() implements Outcome {}

        /// The watch did not want to go on.
        record Stopped(long writtenBytes) implements Outcome {}

        record Unreadable(IOException why, long writtenBytes) implements Outcome {}
    }

    /// Bytes of a piece that are written together.
    private record Place(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /// One piece of both.
    private static final class Piece {
        private final byte[] now = new byte[CHUNK_BYTES];
        private final byte[] next = new byte[CHUNK_BYTES];
        private int length;

        private long nowPrint() {
            return print(now, length);
        }

        private long nextPrint() {
            return print(next, length);
        }

        /// By chance two stretches have the same once in 2^64.
        private static long print(byte[] bytes, int length) {
            CRC32C one = new CRC32C();
            one.update(bytes, 0, length);
            CRC32 other = new CRC32();
            other.update(bytes, 0, length);
            return one.getValue() << Integer.SIZE | other.getValue();
        }

        private long differing(Place place) {
            long differing = 0;
            for (int i = place.from(); i < place.to(); i++) {
                differing += now[i] == next[i] ? 0 : 1;
            }
            return differing;
        }

        private List<Place> places() {
            List<Place> places = new ArrayList<>();
            int from = mismatch(0);
            while (from < length) {
                int end = from + 1;
                for (int at = end; at < length && at - end <= GAP_BYTES; at++) {
                    end = now[at] == next[at] ? end : at + 1;
                }
                places.add(new Place(from, end));
                from = mismatch(end);
            }
            return places.size() <= MOST_PLACES
                    ? places
                    : List.of(new Place(places.getFirst().from(), places.getLast().to()));
        }

        private int mismatch(int from) {
            int found = Arrays.mismatch(now, from, length, next, from, length);
            return found < 0 ? length : from + found;
        }
    }

    private final Path file;
    private final Witness witness;
    private final long sizeBytes;
    private final long[] nowPrints;
    private final long[] nextPrints;
    private long differingBytes;
    private long firstOffset = -1;
    private long keptBytes;

    private ImageLoad(Path file, Witness witness, long sizeBytes) {
        this.file = file;
        this.witness = witness;
        this.sizeBytes = sizeBytes;
        int pieces = Math.toIntExact((sizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
        this.nowPrints = new long[pieces];
        this.nextPrints = new long[pieces];
    }

    /// Compares. Commits no page that nobody ever touched.
    ///
    /// @param witness who had the segment right before
    /// @return nothing where the watch did not want to go on
    /// @throws BadInput when the file cannot be loaded into this segment
    public static Optional<ImageLoad> look(
            AttachedSegment segment, Witness witness, Path file, Watch watch)
            throws ShmException, IOException, BadInput {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInput(TEXTS.say("load.no-file", file));
        }
        try (FileChannel image = FileChannel.open(file)) {
            long size = segment.sizeBytes();
            if (image.size() != size) {
                throw new BadInput(
                        TEXTS.say(
                                "load.size",
                                file.getFileName(),
                                Figures.exactSize(image.size()),
                                Figures.exactSize(size)));
            }
            if (size > MOST_BYTES) {
                throw new BadInput(TEXTS.say("load.too-long", Figures.exactSize(size)));
            }
            ImageLoad load = new ImageLoad(file, witness, size);
            return load.compare(segment, image, watch) ? Optional.of(load) : Optional.empty();
        }
    }

    private boolean compare(AttachedSegment segment, FileChannel image, Watch watch)
            throws ShmException, IOException {
        Piece piece = new Piece();
        for (int number = 0; number < nowPrints.length; number++) {
            long at = (long) number * CHUNK_BYTES;
            if (!goesOn(watch, at)) {
                return false;
            }
            read(segment, witness.facts(), image, at, piece);
            nowPrints[number] = piece.nowPrint();
            nextPrints[number] = piece.nextPrint();
            for (Place place : piece.places()) {
                if (firstOffset < 0) {
                    firstOffset = at + place.from();
                }
                differingBytes += piece.differing(place);
                keptBytes += Change.cost(place.length());
            }
        }
        return true;
    }

    /// Reads one piece of both.
    private void read(
            AttachedSegment segment, SegmentFacts facts, FileChannel image, long at, Piece piece)
            throws ShmException, IOException {
        piece.length = (int) Math.min(CHUNK_BYTES, sizeBytes - at);
        SegmentImage.read(segment, facts, at, piece.now, piece.length);
        ByteBuffer into = ByteBuffer.wrap(piece.next, 0, piece.length);
        while (into.hasRemaining()) {
            if (image.read(into, at + into.position()) < 0) {
                throw new EOFException(TEXTS.say("load.short", file, at + into.position()));
            }
        }
    }

    private static boolean goesOn(Watch watch, long doneBytes) {
        return watch.goesOn(doneBytes) && !Thread.currentThread().isInterrupted();
    }

    public Path file() {
        return file;
    }

    /// Who had the segment when it was compared.
    public Witness witness() {
        return witness;
    }

    /// Of the file and of the segment.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// How many bytes differ.
    public long differingBytes() {
        return differingBytes;
    }

    /// The first byte that differs; −1 where none does.
    public long firstOffset() {
        return firstOffset;
    }

    /// Whether a journal keeps so much that loading can be taken back.
    public boolean reversible() {
        return keptBytes <= Change.MOST_KEPT_BYTES;
    }

    /// Loads the file: writes nothing before it is known that both still are as compared.
    ///
    /// @param facts of this moment
    /// @param over whether what others wrote since, and write meanwhile, is overwritten too
    public Outcome carryOut(
            AttachedSegment segment, SegmentFacts facts, boolean over, OwnBytes own, Watch watch)
            throws ShmException {
        if (segment.sizeBytes() != sizeBytes) {
            return new Outcome.OtherSize(segment.sizeBytes());
        }
        // Opening a pipe would wait for somebody who writes to it, and hold a lock all the while.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Outcome.OtherFile(0);
        }
        Progress progress = new Progress();
        try (FileChannel image = FileChannel.open(file);
                Act act = segment.begin(new Deed.Whole(Reason.LOAD))) {
            if (image.size() != sizeBytes) {
                return new Outcome.OtherFile(0);
            }
            Outcome ended = check(segment, facts, image, over, watch);
            if (ended == null) {
                ended = write(segment, facts, image, over, own, watch, progress);
            }
            if (ended != null) {
                return ended;
            }
            act.done();
            return new Outcome.Loaded(progress.changedBytes);
        } catch (IOException refused) {
            return new Outcome.Unreadable(refused, progress.writtenBytes);
        }
    }

    private static final class Progress {
        private long writtenBytes;
        private long changedBytes;
    }

    /// Null where all is as compared.
    private @Nullable Outcome check(
            AttachedSegment segment,
            SegmentFacts facts,
            FileChannel image,
            boolean over,
            Watch watch)
            throws ShmException, IOException {
        Piece piece = new Piece();
        for (int number = 0; number < nowPrints.length; number++) {
            long at = (long) number * CHUNK_BYTES;
            if (!goesOn(watch, at / 2)) {
                return new Outcome.Stopped(0);
            }
            read(segment, facts, image, at, piece);
            Outcome moved = moved(piece, number, over, 0);
            if (moved != null) {
                return moved;
            }
        }
        return null;
    }

    private @Nullable Outcome moved(Piece piece, int number, boolean over, long writtenBytes) {
        if (piece.nextPrint() != nextPrints[number]) {
            return new Outcome.OtherFile(writtenBytes);
        }
        return over || piece.nowPrint() == nowPrints[number]
                ? null
                : new Outcome.Moved(writtenBytes);
    }

    /// Null where all was written.
    private @Nullable Outcome write(
            AttachedSegment segment,
            SegmentFacts facts,
            FileChannel image,
            boolean over,
            OwnBytes own,
            Watch watch,
            Progress progress)
            throws ShmException, IOException {
        Piece piece = new Piece();
        for (int number = 0; number < nowPrints.length; number++) {
            long at = (long) number * CHUNK_BYTES;
            if (!goesOn(watch, (sizeBytes + at) / 2)) {
                return new Outcome.Stopped(progress.writtenBytes);
            }
            read(segment, facts, image, at, piece);
            Outcome moved = moved(piece, number, over, progress.writtenBytes);
            if (moved != null) {
                return moved;
            }
            List<Place> places = piece.places();
            if (!places.isEmpty()) {
                own.left(at, Arrays.copyOf(piece.next, piece.length));
            }
            for (Place place : places) {
                if (!write(segment, at, piece, place, over, progress)) {
                    return new Outcome.Moved(progress.writtenBytes);
                }
            }
        }
        return null;
    }

    private static boolean write(
            AttachedSegment segment,
            long at,
            Piece piece,
            Place place,
            boolean over,
            Progress progress)
            throws ShmException {
        long changing = piece.differing(place);
        if (over) {
            segment.write(at + place.from(), piece.next, place.from(), place.length());
        } else {
            Replaced outcome =
                    segment.replace(
                            at + place.from(),
                            Arrays.copyOfRange(piece.now, place.from(), place.to()),
                            Arrays.copyOfRange(piece.next, place.from(), place.to()));
            if (outcome instanceof Replaced.MovedOn moved) {
                progress.writtenBytes += moved.writtenBytes();
                return false;
            }
        }
        progress.writtenBytes += place.length();
        progress.changedBytes += changing;
        return true;
    }
}
