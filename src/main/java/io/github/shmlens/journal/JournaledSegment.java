package io.github.shmlens.journal;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.EntryChain;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.Sweep;
import io.github.shmlens.source.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A segment whose writes are kept: each is in the journal before it is in the memory. Everything
/// else goes straight to the segment beneath.
final class JournaledSegment implements AttachedSegment {

    /// Which part of a write's way into the journal is this thread's business.
    private sealed interface Frame {

        /// Of what kind the outermost is.
        record Why(Reason reason, long of) {}

        Why why();

        /// Each write is an entry.
        record Each(Why why) implements Frame {}

        /// Writes belong to what is in the journal already, or are not to be kept.
        record Silent(Why why) implements Frame {}

        /// Writes are collected.
        record Whole(Why why, Collected collected) implements Frame {}
    }

    /// The writes of one change so far.
    private static final class Collected {
        private final boolean wiping;
        private final List<Change.Run> runs = new ArrayList<>();
        private boolean opened;
        private long number;
        private long keptBytes;
        private boolean overflown;
        private long firstOffset = Long.MAX_VALUE;
        private long writtenBytes;

        private Collected(boolean wiping) {
            this.wiping = wiping;
        }

        /// Whether old bytes are wanted still.
        private boolean keeps(long length) {
            return !wiping && !overflown && cost(length) <= Change.MOST_KEPT_BYTES;
        }

        private long cost(long length) {
            return keptBytes + Change.cost(length);
        }

        private void add(Change.Run run) {
            keptBytes = cost(run.length());
            firstOffset = Math.min(firstOffset, run.offset());
            writtenBytes += run.length();
            runs.add(run);
        }

        private void addUnkept(long offset, long length) {
            firstOffset = Math.min(firstOffset, offset);
            writtenBytes += length;
            // From here on nothing of it can be put back: a part would be worse than nothing.
            overflown = true;
            runs.clear();
        }

        private Change change() {
            if (wiping) {
                return new Change.NotKept(firstOffset, writtenBytes, Change.Why.WIPED);
            }
            if (overflown) {
                return new Change.NotKept(firstOffset, writtenBytes, Change.Why.TOO_LARGE);
            }
            return new Change.Bytes(joined(runs));
        }
    }

    private final AttachedSegment inner;
    private final Journal journal;
    private final String era;
    private final ThreadLocal<@Nullable Frame> frame = new ThreadLocal<>();

    JournaledSegment(AttachedSegment inner, Journal journal, String era) {
        this.inner = inner;
        this.journal = journal;
        this.era = era;
    }

    // ---- acts --------------------------------------------------------------------------------

    @Override
    public Act begin(Deed deed) {
        Frame before = frame.get();
        if (before instanceof Frame.Silent || before instanceof Frame.Whole) {
            return deed instanceof Deed.Slot slot && before instanceof Frame.Whole
                    ? slot(slot, before)
                    : Act.NONE;
        }
        return switch (deed) {
            case Deed.Each(Reason reason) ->
                    within(new Frame.Each(why(before, reason)), before, null, 0);
            case Deed.Whole(Reason reason) -> whole(why(before, reason), false, before);
            case Deed.Back(long entry, boolean again, boolean whole) -> {
                Frame.Why why = new Frame.Why(again ? Reason.REDO : Reason.UNDO, entry);
                yield whole
                        ? whole(why, false, before)
                        : within(new Frame.Each(why), before, null, 0);
            }
            case Deed.Slot slot -> slot(slot, before);
            case Deed.Wipe _ -> whole(why(before, Reason.WIPE), true, before);
            case Deed.Unkept _ ->
                    within(new Frame.Silent(why(before, Reason.WRITE)), before, null, 0);
        };
    }

    private static Frame.Why why(@Nullable Frame outer, Reason reason) {
        return outer == null ? new Frame.Why(reason, 0) : outer.why();
    }

    private Act slot(Deed.Slot slot, @Nullable Frame before) {
        Frame.Why why = why(before, Reason.SLOT);
        long bytes = length(slot.old()) + length(slot.next());
        Change change =
                bytes <= Change.MOST_KEPT_BYTES
                        ? new Change.Slot(slot.key(), slot.old(), slot.next())
                        : new Change.NotKept(
                                slot.key(), length(slot.next()), Change.Why.LARGE_SLOT);
        long number = begun(why, change);
        return within(new Frame.Silent(why), before, null, number);
    }

    private Act whole(Frame.Why why, boolean wiping, @Nullable Frame before) {
        Collected collected = new Collected(wiping);
        return within(new Frame.Whole(why, collected), before, collected, 0);
    }

    private Act within(
            Frame now, @Nullable Frame before, @Nullable Collected collected, long slotEntry) {
        frame.set(now);
        return new Act() {
            private boolean done;
            private boolean dropped;
            private boolean closed;

            @Override
            public void done() {
                done = true;
            }

            @Override
            public void dropped() {
                dropped = true;
            }

            @Override
            public void close() {
                if (closed) {
                    return;
                }
                closed = true;
                if (before == null) {
                    frame.remove();
                } else {
                    frame.set(before);
                }
                if (collected != null && collected.number != 0) {
                    ended(collected, !done);
                }
                if (slotEntry != 0 && !done) {
                    journal.end(n ->
                            dropped
                                    ? new JournalLine.Cut(n, slotEntry, 0)
                                    : new JournalLine.Broken(n, slotEntry));
                }
            }
        };
    }

    private void ended(Collected collected, boolean broken) {
        Change change = collected.change();
        long of = collected.number;
        journal.end(n ->
                collected.writtenBytes == 0
                        ? new JournalLine.Cut(n, of, 0)
                        : new JournalLine.Ended(n, of, change, broken));
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private long begun(Frame.Why why, @Nullable Change change) {
        String identity;
        try {
            identity = identity();
        } catch (ShmException gone) {
            // It can hardly be written either; that is told where it is tried.
            return 0;
        }
        return journal.begin(why.reason(), why.of(), inner.factsBefore(), identity, change);
    }

    // ---- writes ------------------------------------------------------------------------------

    /// What is done to the memory.
    private interface Write {
        void now() throws ShmException;
    }

    @Override
    public void putWord(long offset, long value) throws ShmException {
        byte[] next =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array();
        keep(offset, next, 0, next.length, () -> inner.putWord(offset, value));
    }

    @Override
    public void write(long offset, byte[] from, int at, int length) throws ShmException {
        keep(offset, from, at, length, () -> inner.write(offset, from, at, length));
    }

    /// Only stores move bytes about, and say which slot it is for; elsewhere it is a large write.
    @Override
    public void moveDown(long from, long to, long length) throws ShmException {
        if (frame.get() instanceof Frame.Silent) {
            inner.moveDown(from, to, length);
        } else {
            AttachedSegment.super.moveDown(from, to, length);
        }
    }

    private void keep(long offset, byte[] from, int at, int length, Write write)
            throws ShmException {
        if (isRefused(offset, length)) {
            write.now();
            return;
        }
        Frame now = frame.get();
        switch (now) {
            case null -> each(new Frame.Why(Reason.WRITE, 0), offset, from, at, length, write);
            case Frame.Each(Frame.Why why) -> each(why, offset, from, at, length, write);
            case Frame.Silent _ -> write.now();
            case Frame.Whole(Frame.Why why, Collected collected) -> {
                Change.Run run = collected.keeps(length) ? run(offset, from, at, length) : null;
                open(why, collected);
                // Before the write: should it fail half-way, what was there is known.
                if (run == null) {
                    collected.addUnkept(offset, length);
                } else {
                    collected.add(run);
                }
                write.now();
            }
        }
    }

    /// What the segment beneath will refuse without writing anything is not worth a line.
    private boolean isRefused(long offset, long length) throws ShmException {
        return access() == Access.READ_ONLY || offset < 0 || length > sizeBytes() - offset;
    }

    private void open(Frame.Why why, Collected collected) {
        if (!collected.opened) {
            collected.opened = true;
            collected.number = begun(why, null);
        }
    }

    private void each(Frame.Why why, long offset, byte[] from, int at, int length, Write write)
            throws ShmException {
        Change change =
                2L * length <= Change.MOST_KEPT_BYTES
                        ? new Change.Bytes(List.of(run(offset, from, at, length)))
                        : new Change.NotKept(offset, length, Change.Why.TOO_LARGE);
        long number = begun(why, change);
        boolean done = false;
        try {
            write.now();
            done = true;
        } finally {
            if (!done && number != 0) {
                journal.end(n -> new JournalLine.Broken(n, number));
            }
        }
    }

    private Change.Run run(long offset, byte[] from, int at, int length) throws ShmException {
        byte[] old = new byte[length];
        inner.read(offset, old, 0, length);
        return new Change.Run(offset, old, Arrays.copyOfRange(from, at, at + length));
    }

    @Override
    public Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException {
        if (isRefused(offset, next.length) || expected.length != next.length) {
            return inner.replace(offset, expected, next);
        }
        Frame now = frame.get();
        return switch (now) {
            case Frame.Silent _ -> inner.replace(offset, expected, next);
            case Frame.Whole(Frame.Why why, Collected collected) -> {
                open(why, collected);
                Replaced outcome = inner.replace(offset, expected, next);
                int written = written(outcome, next.length);
                if (written > 0) {
                    collect(collected, new Change.Run(offset, expected, next).first(written));
                }
                yield outcome;
            }
            case Frame.Each(Frame.Why why) -> replace(why, offset, expected, next);
            case null -> replace(new Frame.Why(Reason.WRITE, 0), offset, expected, next);
        };
    }

    private static void collect(Collected collected, Change.Run run) {
        if (collected.keeps(run.length())) {
            collected.add(run);
        } else {
            collected.addUnkept(run.offset(), run.length());
        }
    }

    private static int written(Replaced outcome, int length) {
        return switch (outcome) {
            case Replaced.Done _ -> length;
            case Replaced.MovedOn moved -> moved.writtenBytes();
        };
    }

    private Replaced replace(Frame.Why why, long offset, byte[] expected, byte[] next)
            throws ShmException {
        Change change =
                2L * next.length <= Change.MOST_KEPT_BYTES
                        ? Change.Bytes.at(offset, expected.clone(), next.clone())
                        : new Change.NotKept(offset, next.length, Change.Why.TOO_LARGE);
        long number = begun(why, change);
        Replaced outcome = null;
        try {
            outcome = inner.replace(offset, expected, next);
            return outcome;
        } finally {
            if (number != 0 && !(outcome instanceof Replaced.Done)) {
                journal.end(ending(outcome, number));
            }
        }
    }

    private static LongFunction<JournalLine> ending(@Nullable Replaced outcome, long of) {
        return outcome instanceof Replaced.MovedOn moved
                ? n -> new JournalLine.Cut(n, of, moved.writtenBytes())
                : n -> new JournalLine.Broken(n, of);
    }

    /// Runs that touch are one, where none lies over another.
    private static List<Change.Run> joined(List<Change.Run> runs) {
        List<Change.Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingLong(Change.Run::offset));
        List<Change.Run> joined = new ArrayList<>();
        for (int first = 0; first < sorted.size(); ) {
            long end = sorted.get(first).offset();
            int past = first;
            while (past < sorted.size() && sorted.get(past).offset() == end) {
                end += sorted.get(past).length();
                past++;
            }
            if (past < sorted.size() && sorted.get(past).offset() < end) {
                // The order in which they were written matters.
                return List.copyOf(runs);
            }
            joined.add(join(sorted.subList(first, past)));
            first = past;
        }
        return joined;
    }

    private static Change.Run join(List<Change.Run> touching) {
        Change.Run first = touching.getFirst();
        if (touching.size() == 1) {
            return first;
        }
        int length = touching.stream().mapToInt(Change.Run::length).sum();
        ByteBuffer old = ByteBuffer.allocate(length);
        ByteBuffer next = ByteBuffer.allocate(length);
        touching.forEach(run -> {
            old.put(run.old());
            next.put(run.next());
        });
        return new Change.Run(first.offset(), old.array(), next.array());
    }

    // ---- everything else ---------------------------------------------------------------------

    @Override
    public String identity() throws ShmException {
        return JournaledSource.lasting(id(), inner.identity(), era);
    }

    @Override
    public SegmentId id() {
        return inner.id();
    }

    @Override
    public SegmentFacts factsBefore() {
        return inner.factsBefore();
    }

    @Override
    public Access access() {
        return inner.access();
    }

    @Override
    public long sizeBytes() throws ShmException {
        return inner.sizeBytes();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws ShmException {
        inner.read(offset, into, at, length);
    }

    @Override
    public boolean[] readResident(long offset, byte[] into, int at, int length)
            throws ShmException {
        return inner.readResident(offset, into, at, length);
    }

    @Override
    public long word(long offset) throws ShmException {
        return inner.word(offset);
    }

    @Override
    public boolean holds(long offset, byte[] expected, int at, int length) throws ShmException {
        return inner.holds(offset, expected, at, length);
    }

    @Override
    public boolean stands(EntryChain chain, int entries) throws ShmException {
        return inner.stands(chain, entries);
    }

    @Override
    public byte @Nullable [] content(EntryChain chain, int at) throws ShmException {
        return inner.content(chain, at);
    }

    @Override
    public byte @Nullable [] content(EntryChain chain, int at, EntryChain.Frame frame)
            throws ShmException {
        return inner.content(chain, at, frame);
    }

    @Override
    public Sweep sweep(long capBytes) throws ShmException {
        return inner.sweep(capBytes);
    }

    @Override
    public SearchOutcome search(SearchRequest request, SearchListener listener)
            throws ShmException {
        return inner.search(request, listener);
    }

    @Override
    public Narrowing narrowing(ValueType type, long offset, long length, int alignment)
            throws ShmException {
        return inner.narrowing(type, offset, length, alignment);
    }

    @Override
    public boolean isSuperseded() throws ShmException {
        return inner.isSuperseded();
    }

    @Override
    public boolean isLastHolder() throws ShmException {
        return inner.isLastHolder();
    }

    @Override
    public boolean closed() {
        return inner.closed();
    }

    @Override
    public void close() {
        inner.close();
    }
}
