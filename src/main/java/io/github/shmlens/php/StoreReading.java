package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Digits;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a walk found in one copy of a store: header, slots in the order of the chain, and
/// everything that is wrong with them. A damaged or half-written store is a reading with problems.
///
/// Immutable and safe on any thread, as long as nobody changes the copy: values are read from it
/// when they are asked for.
public final class StoreReading implements Structure {

    static final String FORMAT = "php-sysvshm";

    /// Decoding every payload of a healthy store reads each byte once. Slots of a hostile one can
    /// overlap; this many times the copy is as much as we read then.
    private static final int MOST_READS_OF_EACH_BYTE = 4;

    /// More findings of one code than anybody reads.
    private static final int MOST_PER_CODE = 1000;

    private final ByteView copy;
    private final long segmentBytes;
    private final boolean isStore;
    private final StoreLayout layout;
    private final @Nullable StoreHeader header;
    private final long[] offsets;
    private final int slotCount;
    private final List<Problem> structural;
    private final long wantedBytes;
    private final boolean startsInHeader;
    private final @Nullable Problem torn;
    private volatile @Nullable List<Problem> problems;

    private StoreReading(Walk walk) {
        this.copy = walk.copy;
        this.segmentBytes = walk.segmentBytes;
        this.isStore = walk.isStore;
        this.layout = walk.layout;
        this.header = walk.header;
        this.offsets = walk.offsets;
        this.slotCount = walk.count;
        this.structural = List.copyOf(walk.problems);
        this.wantedBytes = walk.wantedBytes;
        this.startsInHeader = walk.startsInHeader;
        this.torn = null;
    }

    private StoreReading(StoreReading reading, Problem torn) {
        this.copy = reading.copy;
        this.segmentBytes = reading.segmentBytes;
        this.isStore = reading.isStore;
        this.layout = reading.layout;
        this.header = reading.header;
        this.offsets = reading.offsets;
        this.slotCount = reading.slotCount;
        this.structural = reading.structural;
        this.wantedBytes = reading.wantedBytes;
        this.startsInHeader = reading.startsInHeader;
        this.torn = torn;
    }

    /// Walks a copy. The walk goes on while the next slot is ahead and inside the copy, so slots
    /// before and behind a damaged one are found.
    ///
    /// @param copy the segment's first bytes; must not change afterwards
    /// @param segmentBytes size of the whole segment
    public static StoreReading of(ByteView copy, long segmentBytes) {
        Walk walk = new Walk(copy, segmentBytes);
        walk.run();
        return new StoreReading(walk);
    }

    /// The same reading, known to be caught between two steps of a writer.
    StoreReading tornAt(long offset) {
        return new StoreReading(
                this,
                new Problem(
                        Problem.TORN,
                        offset,
                        "the copy could not be made while no writer was at work"));
    }

    /// Null when the bytes are too short or are no store.
    public @Nullable StoreHeader header() {
        return header;
    }

    /// Every slot met, damaged ones too, in the order of the chain.
    public List<Slot> slots() {
        return new SlotList();
    }

    /// The slot a script finds under this key: the first one.
    public Optional<Slot> slot(long key) {
        for (int i = 0; i < slotCount; i++) {
            if (layout.number(copy, offsets[i], layout.key) == key) {
                return Optional.of(slotAt(offsets[i]));
            }
        }
        return Optional.empty();
    }

    /// The slot whose header begins at this offset.
    public Optional<Slot> slotBeginningAt(long offset) {
        boolean there = Arrays.binarySearch(offsets, 0, slotCount, offset) >= 0;
        return there ? Optional.of(slotAt(offset)) : Optional.empty();
    }

    /// Whether a payload of this length would fit under this key, as far as this reading tells;
    /// empty where there is no header to go by, or one whose store is never written.
    public Optional<Fit> fit(long key, int payloadBytes) {
        StoreHeader known = header;
        if (known == null || !words().writable()) {
            return Optional.empty();
        }
        return Optional.of(fit(known, key, payloadBytes));
    }

    Fit fit(StoreHeader known, long key, int payloadBytes) {
        long needed = StoreLayout.strideFor(payloadBytes);
        // A store made by PHP in a foreign segment believes in more bytes than there are.
        long free = Math.min(known.free(), segmentBytes - known.end());
        Optional<Slot> old = slot(key);
        long freed = old.map(Slot::strideBytes).orElse(0L);
        return new Fit(needed, free, freed, needed <= free + freed, old.isPresent());
    }

    /// Everything that is wrong, by rising offset. Reads every value once, the first time.
    public List<Problem> problems() {
        List<Problem> known = problems;
        if (known == null) {
            List<Problem> all = new ArrayList<>(structural);
            if (!startsInHeader) {
                addPayloadProblems(all);
            }
            if (torn != null) {
                all.add(torn);
            }
            all.sort(Comparator.comparingLong(Problem::offset));
            known = List.copyOf(all);
            problems = known;
        }
        return known;
    }

    /// What is wrong with the structure alone; no value is read for it.
    List<Problem> structuralProblems() {
        return structural;
    }

    /// Whether the bytes begin as a store does.
    public boolean isStore() {
        return isStore;
    }

    /// The words its numbers are written in; ours where the bytes are no store.
    public StoreWords words() {
        return layout.words();
    }

    @Override
    public String format() {
        return FORMAT;
    }

    /// Whether it is a store whose structure holds together, and the copy has all of it; values
    /// that cannot be read do not count, PHP writes some itself.
    @Override
    public boolean sound() {
        return isStore && torn == null && structural.isEmpty() && wantedBytes <= copy.size();
    }

    /// Header, one entry for each slot, and the free space. Whatever the bytes say, every part lies
    /// inside the segment.
    @Override
    public List<Part> parts() {
        return header == null ? List.of() : new PartList(freePart(header));
    }

    /// Where two copies differed; null when they were equal, or only one was made.
    public @Nullable Problem torn() {
        return torn;
    }

    /// Where the slots begin, in the order of the chain.
    long[] offsets() {
        return Arrays.copyOf(offsets, slotCount);
    }

    /// The copy the walk was made over.
    ByteView copy() {
        return copy;
    }

    /// Size of the whole segment when the copy was made.
    long segmentBytes() {
        return segmentBytes;
    }

    /// How many bytes from the start the walk would have liked to see: more than the copy when a
    /// damaged slot reaches beyond it, never more than the segment.
    long wantedBytes() {
        return wantedBytes;
    }

    private @Nullable Part freePart(StoreHeader known) {
        long from = known.end();
        long until = Math.min(known.total(), segmentBytes);
        boolean inside = from >= layout.headerBytes() && from < until;
        return inside ? Part.free(from, until - from) : null;
    }

    private Part entry(long offset) {
        Slot slot = slotAt(offset);
        long room = segmentBytes - offset;
        long length = slot.strideBytes();
        if (length <= 0 || length > room) {
            length = room;
        }
        length = Math.max(length, layout.slotHeaderBytes());
        long content = Math.clamp(slot.lengthBytes(), 0L, length - layout.slotHeaderBytes());
        return new Part(Part.Kind.ENTRY, slot.key(), offset, length, slot.payloadOffset(), content);
    }

    private Slot slotAt(long offset) {
        return new Slot(copy, 0, offset, layout);
    }

    private void addPayloadProblems(List<Problem> into) {
        long budget = Math.multiplyExact(MOST_READS_OF_EACH_BYTE, Math.max(copy.size(), 1));
        int found = 0;
        for (int i = 0; i < slotCount && budget > 0 && found < MOST_PER_CODE; i++) {
            Slot slot = slotAt(offsets[i]);
            byte[] payload = slot.payload();
            if (payload == null) {
                continue;
            }
            budget -= payload.length;
            Problem problem = payloadProblem(slot, payload);
            if (problem != null) {
                into.add(problem);
                found++;
            }
        }
    }

    private static @Nullable Problem payloadProblem(Slot slot, byte[] payload) {
        if (payload.length == 0) {
            return new Problem(
                    "payload-empty",
                    slot.offset(),
                    "slot %d has no payload (PHP leaves that when serializing throws)"
                            .formatted(slot.key()));
        }
        SerializedText.Verdict verdict = SerializedText.check(payload);
        if (!verdict.readable()) {
            return new Problem(
                    "payload-invalid",
                    slot.payloadOffset() + verdict.at(),
                    "the value of slot %d cannot be read: %s".formatted(slot.key(), verdict.why()));
        }
        if (verdict.at() < payload.length) {
            long left = payload.length - verdict.at();
            return Problem.of(
                    "payload-trailing",
                    slot.payloadOffset() + verdict.at(),
                    digits ->
                            "%s the value of slot %d"
                                    .formatted(
                                            digits.counted(left, "byte follows", "bytes follow"),
                                            slot.key()));
        }
        return null;
    }

    /// Slots made as they are asked for: a store may have 100,000 and a table shows thirty.
    private final class SlotList extends AbstractList<Slot> implements RandomAccess {
        @Override
        public Slot get(int index) {
            return slotAt(offsets[Objects.checkIndex(index, slotCount)]);
        }

        @Override
        public int size() {
            return slotCount;
        }
    }

    private final class PartList extends AbstractList<Part> implements RandomAccess {
        private final @Nullable Part free;

        private PartList(@Nullable Part free) {
            this.free = free;
        }

        @Override
        public Part get(int index) {
            Objects.checkIndex(index, size());
            if (index == 0) {
                return Part.header(0, layout.headerBytes());
            }
            return index <= slotCount || free == null ? entry(offsets[index - 1]) : free;
        }

        @Override
        public int size() {
            return 1 + slotCount + (free == null ? 0 : 1);
        }
    }

    /// One walk. Compares in a way that no number, however hostile, can overflow.
    private static final class Walk {
        private final ByteView copy;
        private final long segmentBytes;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<String, Integer> times = new HashMap<>();
        private boolean isStore;
        private StoreLayout layout = StoreLayout.OURS;
        private boolean startsInHeader;
        private @Nullable StoreHeader header;
        private long[] offsets = new long[16];
        private int count;
        private long wantedBytes;

        private Walk(ByteView copy, long segmentBytes) {
            this.copy = copy;
            this.segmentBytes = segmentBytes;
            this.wantedBytes = Math.min(copy.size(), segmentBytes);
        }

        private void run() {
            boolean magic = StoreShape.hasMagic(copy);
            if (magic) {
                layout = StoreLayout.of(copy);
            }
            if (copy.size() < layout.headerBytes()) {
                problem(
                        Problem.TOO_SHORT,
                        0,
                        "a store takes at least %d bytes",
                        layout.headerBytes());
                return;
            }
            if (!magic) {
                problem(Problem.MAGIC, 0, "the bytes do not begin with PHP_SM");
                return;
            }
            isStore = true;
            long start = layout.number(copy, 0, layout.start);
            long end = layout.number(copy, 0, layout.end);
            long free = layout.number(copy, 0, layout.free);
            long total = layout.number(copy, 0, layout.total);
            header = new StoreHeader("PHP_SM", start, end, free, total);
            checkHeader(start, end, free, total);
            want(0, Math.clamp(end, 0, segmentBytes));
            if (start >= 0) {
                follow(start, end);
            }
        }

        private void checkHeader(long start, long end, long free, long total) {
            int startAt = layout.start.offset();
            int endAt = layout.end.offset();
            int freeAt = layout.free.offset();
            int totalAt = layout.total.offset();
            // Of other words nobody can tell before the start is the usual one: they are known by
            // it. So both can only be said of ours.
            if (start < layout.headerBytes()) {
                problem(
                        "start-below-header",
                        startAt,
                        digits -> "start is %s, inside the header".formatted(digits.of(start)));
            }
            if (start > layout.headerBytes()) {
                problem(
                        "start-not-40",
                        startAt,
                        digits -> "start is %s where PHP writes 40".formatted(digits.of(start)));
            }
            if (end < start) {
                problem(
                        "end-before-start",
                        endAt,
                        digits ->
                                "end %s lies before start %s"
                                        .formatted(digits.of(end), digits.of(start)));
            }
            if (end > segmentBytes) {
                problem(
                        "end-beyond-segment",
                        endAt,
                        digits ->
                                "end %s lies beyond the segment's %s"
                                        .formatted(digits.of(end), digits.bytes(segmentBytes)));
            }
            if (total > segmentBytes) {
                problem(
                        "total-beyond-segment",
                        totalAt,
                        digits ->
                                "total %s is more than the segment's %s"
                                        .formatted(digits.of(total), digits.bytes(segmentBytes)));
            }
            if (total < end) {
                problem(
                        "total-below-end",
                        totalAt,
                        digits ->
                                "total %s is less than end %s"
                                        .formatted(digits.of(total), digits.of(end)));
            }
            if (free < 0) {
                problem("free-negative", freeAt, digits -> "free is %s".formatted(digits.of(free)));
            }
            int freeToRoom = compareToDifference(free, total, end);
            if (freeToRoom > 0) {
                problem(
                        "free-too-large",
                        freeAt,
                        digits ->
                                "free is %s, more than what lies between end %s and total %s"
                                        .formatted(
                                                digits.of(free), digits.of(end), digits.of(total)));
            }
            if (freeToRoom != 0) {
                problem(
                        "sum-mismatch",
                        freeAt,
                        digits ->
                                "end %s and free %s do not add up to total %s"
                                        .formatted(
                                                digits.of(end), digits.of(free), digits.of(total)));
            }
        }

        /// Compares `a` with `b - c`, whose true value may need 65 bits.
        private static int compareToDifference(long a, long b, long c) {
            long difference = b - c;
            boolean overflowed = ((b ^ c) & (b ^ difference)) < 0;
            if (overflowed) {
                return b < 0 ? 1 : -1;
            }
            return Long.compare(a, difference);
        }

        /// Goes where PHP would go. A chain that begins inside the header is followed too, but that
        /// it does is all there is to say about it.
        private void follow(long start, long end) {
            startsInHeader = start < layout.headerBytes();
            LongSet keys = new LongSet();
            long at = start;
            while (at < end) {
                if (!copy.holds(at, layout.slotHeaderBytes())) {
                    want(at, layout.slotHeaderBytes());
                    long gone = at;
                    problem(
                            "chain-leaves-segment",
                            at,
                            digits ->
                                    "the chain goes on at %s, where no slot fits any more"
                                            .formatted(digits.of(gone)));
                    return;
                }
                long key = layout.number(copy, at, layout.key);
                long length = layout.number(copy, at, layout.length);
                long stride = layout.number(copy, at, layout.stride);
                found(at);
                checkSlot(at, key, length, stride, end);
                if (!keys.add(key)) {
                    problem(
                            "duplicate-key",
                            at,
                            "slot %d is there twice; scripts find the first",
                            key);
                }
                if (stride <= 0) {
                    problem(
                            "next-not-positive",
                            at + layout.stride.offset(),
                            digits ->
                                    "the stride of slot %d is %s, so the chain ends here"
                                            .formatted(key, digits.of(stride)));
                    return;
                }
                checkStride(at, key, length, stride, end);
                if (stride > Long.MAX_VALUE - at) {
                    return;
                }
                at += stride;
            }
        }

        private void checkSlot(long at, long key, long length, long stride, long end) {
            long room = end - at;
            if (room < layout.slotStructBytes()) {
                problem(
                        "slot-header-crosses-end",
                        at,
                        digits ->
                                "end lies %s behind the beginning of slot %d"
                                        .formatted(digits.bytes(room), key));
            }
            int lengthAt = layout.length.offset();
            if (length < 0) {
                problem(
                        "length-negative",
                        at + lengthAt,
                        digits -> "the length of slot %d is %s".formatted(key, digits.of(length)));
            } else if (length > room - layout.slotHeaderBytes()) {
                problem(
                        "length-beyond-end",
                        at + lengthAt,
                        digits ->
                                "slot %d with its %s reaches beyond end %s"
                                        .formatted(key, digits.bytes(length), digits.of(end)));
                want(at + layout.slotHeaderBytes(), length);
            } else if (stride > 0 && layout.slotHeaderBytes() + length > stride) {
                problem(
                        "length-over-next",
                        at + lengthAt,
                        digits ->
                                "slot %d with its %s reaches into the next slot"
                                        .formatted(key, digits.bytes(length)));
            }
        }

        private void checkStride(long at, long key, long length, long stride, long end) {
            int strideAt = layout.stride.offset();
            if (stride > end - at) {
                problem(
                        "next-beyond-end",
                        at + strideAt,
                        digits ->
                                "the stride %s of slot %d leads beyond end %s"
                                        .formatted(digits.of(stride), key, digits.of(end)));
            }
            if (stride % layout.wordBytes() != 0) {
                problem(
                        "next-unaligned",
                        at + strideAt,
                        digits ->
                                "the stride %s of slot %d is no multiple of %d"
                                        .formatted(digits.of(stride), key, layout.wordBytes()));
            }
            if (length >= 0 && stride != layout.strideOf(length)) {
                problem(
                        "next-not-canonical",
                        at + strideAt,
                        digits ->
                                "the stride of slot %d is %s where PHP writes %s"
                                        .formatted(
                                                key,
                                                digits.of(stride),
                                                digits.of(layout.strideOf(length))));
            }
        }

        private void found(long at) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = at;
        }

        /// Notes that a look at these bytes would have been welcome, where the segment has them.
        private void want(long offset, long length) {
            if (offset <= segmentBytes && length <= segmentBytes - offset) {
                wantedBytes = Math.max(wantedBytes, offset + length);
            }
        }

        private void problem(String code, long offset, String format, Object... values) {
            problem(code, offset, _ -> format.formatted(values));
        }

        /// Puts the sentence together only when it is kept: a hostile chain has millions.
        private void problem(String code, long offset, Function<Digits, String> message) {
            if (startsInHeader) {
                return;
            }
            if (times.merge(code, 1, Integer::sum) <= MOST_PER_CODE) {
                problems.add(Problem.of(code, offset, message));
            }
        }
    }
}
