package io.github.shmlens.source;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A segment mapped into (or opened by) this process. Safe on any thread; closing while others read
/// is safe too: they get `Gone`.
///
/// Offsets and lengths are checked: outside [#sizeBytes()] is an [IndexOutOfBoundsException] for
/// System V segments, whose size is fixed, and `Gone` for objects that were cut short under us.
public interface AttachedSegment extends AutoCloseable {

    /// Pages are the grain of residency.
    int PAGE_BYTES = 4096;

    /// Long runs go in pieces of this size, so that a detach need not wait.
    int RUN_BYTES = 1 << 20;

    SegmentId id();

    /// Kernel facts as of just before our attach: nattch, lpid and times are free of us.
    SegmentFacts factsBefore();

    Access access();

    /// The segment's size in bytes. Fixed for System V; asked anew for objects and files, which can
    /// grow and shrink.
    long sizeBytes() throws ShmException;

    /// Copies bytes out. Touches what it reads: a page nobody ever touched becomes resident (System
    /// V only). For views that merely watch, use [#readResident].
    void read(long offset, byte[] into, int at, int length) throws ShmException;

    /// Copies bytes out of resident pages only; bytes of other pages ("never touched or swapped
    /// out") become 0 in the copy.
    ///
    /// @return one entry per page that `[offset, offset + length)` touches, in order: true when it
    ///   was read, false when it was skipped. Objects and files are always read.
    boolean[] readResident(long offset, byte[] into, int at, int length) throws ShmException;

    /// One aligned 64-bit word, little-endian, read atomically with acquire order (System V).
    ///
    /// @param offset a multiple of 8
    long word(long offset) throws ShmException;

    /// Writes one aligned 64-bit word, little-endian, with release order (System V): whoever sees
    /// it sees all our earlier writes.
    ///
    /// @param offset a multiple of 8
    void putWord(long offset, long value) throws ShmException;

    /// Writes bytes whatever is there. For the free space of a store or under a lock; edits of
    /// bytes that a person saw go through [#replace].
    void write(long offset, byte[] from, int at, int length) throws ShmException;

    /// Whether these bytes are there now.
    default boolean holds(long offset, byte[] expected, int at, int length) throws ShmException {
        byte[] now = new byte[length];
        read(offset, now, 0, length);
        return Arrays.equals(now, 0, length, expected, at, at + length);
    }

    /// Whether the words about a chain, and its first entries, are there now.
    ///
    /// @param entries 0 up to as many as the chain has
    default boolean stands(EntryChain chain, int entries) throws ShmException {
        return chain.standsIn(this, entries);
    }

    /// Copies the content of an entry that it can be certain of: the chain up to it, and itself,
    /// are as remembered; then it is copied, in one piece with the words that name it; then nobody
    /// has begun or ended a change; what lies there is what was copied; and still nobody has.
    ///
    /// @param at which entry
    /// @return null when anything was otherwise
    default byte @Nullable [] content(EntryChain chain, int at) throws ShmException {
        return chain.contentIn(this, at);
    }

    /// The same for content that has a frame, which is proven too and left out.
    ///
    /// @return null also when there is no such frame
    default byte @Nullable [] content(EntryChain chain, int at, EntryChain.Frame frame)
            throws ShmException {
        return chain.contentIn(this, at, frame);
    }

    /// Moves bytes inside the segment to a lower offset, front to back; the two stretches may
    /// overlap.
    default void moveDown(long from, long to, long length) throws ShmException {
        byte[] run = new byte[(int) Math.min(length, RUN_BYTES)];
        for (long done = 0; done < length; done += run.length) {
            int step = (int) Math.min(run.length, length - done);
            read(from + done, run, 0, step);
            write(to + done, run, 0, step);
        }
    }

    /// Compare-and-set. System V: each aligned 64-bit word changes atomically and only if the bytes
    /// to be replaced are the expected ones (neighbours in the word may be anything and are kept);
    /// longer runs go word by word and stop at the first that moved. Objects and files are
    /// compared, then written, and a gap between the two remains.
    ///
    /// @param expected what the caller saw; same length as `next`
    Replaced replace(long offset, byte[] expected, byte[] next) throws ShmException;

    /// Tells what the writes that follow are for, on this thread, until the act is closed.
    default Act begin(Deed deed) {
        return Act.NONE;
    }

    /// What tells this segment from every other one of this host since it was started: not its name
    /// alone, which another can have later. Owner, mode and times may change and are not in it.
    default String identity() throws ShmException {
        return factsBefore().identity();
    }

    /// A private shadow of the segment, kept beside the memory, and the comparison with it.
    ///
    /// @param capBytes the shadow covers at most this many bytes from the segment's start
    Sweep sweep(long capBytes) throws ShmException;

    /// Looks for a pattern, in this thread, until all is looked at, the limit is reached or the
    /// listener does not want to go on. Commits no memory: pages that are not resident are passed
    /// over, and so are holes of objects and files. Zeros that nobody ever wrote are no hits, and a
    /// hit lies in what is looked at as a whole.
    ///
    /// What is reported was a hit when it was copied; a writer may change it the moment after.
    SearchOutcome search(SearchRequest request, SearchListener listener) throws ShmException;

    /// Begins to look for a number by what it does.
    ///
    /// @param offset where the range begins, in which numbers lie as a whole
    /// @param alignment a power of two: numbers at other offsets are left out
    Narrowing narrowing(ValueType type, long offset, long length, int alignment)
            throws ShmException;

    /// Whether its name leads to another one by now: an object or file that was removed, or moved
    /// away, and made anew. Their ids are names and cannot tell. False while the name leads
    /// nowhere, and always for System V, whose ids are never another's.
    default boolean isSuperseded() throws ShmException {
        return false;
    }

    /// Whether the bytes go when this is closed: an object or file that no name leads to any more,
    /// and that nobody else is seen to have mapped or open. Looks at every process, as far as they
    /// let us. False for System V, whose facts tell it: the kernel counts attaches.
    default boolean isLastHolder() throws ShmException {
        return false;
    }

    /// Whether [#close()] was called.
    boolean closed();

    /// Detaches: unmaps, or closes the descriptor. Every byte stays in memory. A second call does
    /// nothing. May wait for a reader that is in the middle of a chunk (milliseconds).
    @Override
    void close();
}
