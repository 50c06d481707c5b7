package io.github.shmlens.source;

import io.github.shmlens.segment.ShmException;
import java.util.List;

/// Finds where a number lives by what it does: remembers numbers, and step by step lets go of those
/// that do not behave. For one thread at a time.
///
/// What is remembered lies beside the memory, off the heap.
public interface Narrowing extends AutoCloseable {

    /// What one step may remember, in bytes. The step before it is kept too, for [#undo()].
    long CAP_BYTES = 1280L << 20;

    ValueType type();

    /// One step. The first takes numbers from pages that are in memory only; later ones look at
    /// those that remain.
    ///
    /// @param condition the first time one that does not compare ([Condition#needsBefore()])
    /// @throws ShmException `LimitReached` when more remains than [#CAP_BYTES] hold; then, as after
    ///   any failure, the step was not taken
    Step narrow(Condition condition, SearchWatch watch) throws ShmException;

    /// Steps taken.
    int steps();

    /// How many numbers remain.
    long remaining();

    /// Some of those that remain, in rising order of their offsets.
    ///
    /// @param from how many to pass over
    List<Candidate> candidates(long from, int most);

    /// Takes back the newest step; the one before it was kept. Not possible twice in a row.
    ///
    /// @return false when there is none to take back
    boolean undo();

    /// Frees what was remembered. A second call does nothing.
    @Override
    void close();

    /// A number that remains.
    ///
    /// @param bits what it was at the newest step
    record Candidate(long offset, long bits) {}

    /// How a step ended.
    ///
    /// @param taken false when the watch stopped it: everything is as before
    /// @param skippedBytes of the first step: bytes whose pages are not in memory
    record Step(boolean taken, long remaining, long skippedBytes) {}
}
