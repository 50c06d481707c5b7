package io.github.shmlens.journal;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an entry says was written, or done to the segment itself. Whoever gets one must not change
/// its arrays.
public sealed interface Change {

    /// More than this, old and new bytes together, is not kept.
    int MOST_KEPT_BYTES = 512 << 10;

    /// What the line of one more run takes, beside its bytes.
    int RUN_COST_BYTES = 32;

    /// How much of [#MOST_KEPT_BYTES] one run takes.
    ///
    /// @param lengthBytes how many bytes are written
    static long cost(long lengthBytes) {
        return 2 * lengthBytes + RUN_COST_BYTES;
    }

    /// Bytes at one place: as they were and as they were written.
    ///
    /// @param next as long as `old`
    record Run(long offset, byte[] old, byte[] next) {

        public Run {
            if (old.length != next.length) {
                throw new IllegalArgumentException(
                        "%d bytes over %d".formatted(next.length, old.length));
            }
        }

        public int length() {
            return old.length;
        }

        Run first(int bytes) {
            return new Run(offset, Arrays.copyOf(old, bytes), Arrays.copyOf(next, bytes));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Run that
                    && offset == that.offset
                    && Arrays.equals(old, that.old)
                    && Arrays.equals(next, that.next);
        }

        @Override
        public int hashCode() {
            return Objects.hash(offset, Arrays.hashCode(old), Arrays.hashCode(next));
        }
    }

    /// Bytes, at one place or several, in the order they were written.
    record Bytes(List<Run> runs) implements Change {

        public Bytes {
            runs = List.copyOf(runs);
        }

        static Bytes at(long offset, byte[] old, byte[] next) {
            return new Bytes(List.of(new Run(offset, old, next)));
        }

        public long lengthBytes() {
            return runs.stream().mapToLong(Run::length).sum();
        }

        /// What is left of it when only so many bytes from its start were written.
        Bytes first(long bytes) {
            List<Run> written = new java.util.ArrayList<>();
            long left = bytes;
            for (Run run : runs) {
                int length = (int) Math.min(left, run.length());
                if (length > 0) {
                    written.add(run.first(length));
                }
                left -= length;
            }
            return new Bytes(written);
        }
    }

    /// A variable of a store.
    ///
    /// @param old what it held; null when it was not there
    /// @param next what it held then; null when it was removed
    record Slot(long key, byte @Nullable [] old, byte @Nullable [] next) implements Change {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slot that
                    && key == that.key
                    && Arrays.equals(old, that.old)
                    && Arrays.equals(next, that.next);
        }

        @Override
        public int hashCode() {
            return Objects.hash(key, Arrays.hashCode(old), Arrays.hashCode(next));
        }
    }

    /// The segment got another owner, group or mode.
    record Properties(Ownership old, Ownership next) implements Change {}

    /// The segment was locked in memory, or unlocked.
    record Locked(boolean locked) implements Change {}

    /// The segment was made, full of zeros.
    record Created(long sizeBytes, Mode mode) implements Change {}

    /// The segment was marked for removal, or the object's name removed. That is for good.
    ///
    /// @param attached how many attaches there were then; −1 where the kernel does not count
    record Removed(long sizeBytes, Mode mode, long attached) implements Change {}

    /// Whether it is about the segment itself and none of its bytes.
    default boolean ofItself() {
        return switch (this) {
            case Properties _, Locked _, Created _, Removed _ -> true;
            case Bytes _, Slot _, NotKept _ -> false;
        };
    }

    /// Something was written, and what was there before is not kept.
    ///
    /// @param offset of its first byte; for a slot its key
    /// @param lengthBytes how many were written; −1 where that is not known
    record NotKept(long offset, long lengthBytes, Why why) implements Change {}

    /// Why something is not kept.
    enum Why {
        /// Old and new together are more than [#MOST_KEPT_BYTES].
        TOO_LARGE("too-large"),
        /// A slot's old and new value together are more than that.
        LARGE_SLOT("large-slot"),
        /// Wiping is for good.
        WIPED("wiped"),
        /// The program ended in the middle of it.
        NEVER_ENDED("never-ended");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /// As files have it.
        public String word() {
            return word;
        }
    }
}
