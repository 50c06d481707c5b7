package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Tells that a page is as it was from the page alone: memory is read once where a comparison with
/// a shadow reads it twice, and reading is what takes the time.
///
/// The words of a page run down eight columns, each word mixed into its column by two
/// multiplications with a rotation between them. A step has no collisions of its own, so a change
/// of one word in a column, which is to say of any single value, is always seen. Changes of several
/// words of one column cancel each other with a chance of about 2⁻⁶⁴. The factors are drawn anew
/// for each process, or who writes to a segment could choose bytes that pass for others. Decision
/// 22.
///
/// Any thread may use one; it keeps nothing but its factors.
public final class Fingerprint {

    /// What one fingerprint is taken of.
    public static final int PAGE_BYTES = 4096;

    /// How long one is.
    public static final int BYTES = 64;

    private static final VectorSpecies<Long> LANES = LongVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Any that is not a divisor of the width, and moves high bits, that a multiplication mixes
    /// least, to where it mixes them most.
    private static final int TURN = 29;

    private static final long FIRST_FACTOR;
    private static final long SECOND_FACTOR;
    private static final long SEED;

    static {
        SecureRandom random = new SecureRandom();
        // Odd: a multiplication by it can be undone.
        FIRST_FACTOR = random.nextLong() | 1;
        SECOND_FACTOR = random.nextLong() | 1;
        SEED = random.nextLong();
    }

    /// One for this process; null where vectors are not fast or have fewer than 512 bits:
    /// multiplying words takes many instructions there, and a comparison less.
    public static @Nullable Fingerprint ifFast() {
        return VectorUnit.isUsable() && VectorCompare.isWide() ? new Fingerprint() : null;
    }

    /// For [#ifFast], and for tests where it is not.
    public Fingerprint() {}

    /// Takes that of the page at `at` and lays it down.
    ///
    /// @param prints takes 64 bytes at `printAt`
    /// @throws IllegalStateException when one of the segments was closed
    public void take(MemorySegment page, long at, MemorySegment prints, long printAt) {
        of(page, at).intoMemorySegment(prints, printAt, ORDER);
    }

    /// Whether the page at `at` has the fingerprint that was laid down. It may change meanwhile;
    /// each of its bytes is loaded once.
    ///
    /// @throws IllegalStateException when one of the segments was closed
    public boolean matches(MemorySegment page, long at, MemorySegment prints, long printAt) {
        LongVector laidDown = LongVector.fromMemorySegment(LANES, prints, printAt, ORDER);
        return !of(page, at).compare(VectorOperators.NE, laidDown).anyTrue();
    }

    /// Two rows side by side: a multiplication takes longer than a load.
    private static LongVector of(MemorySegment page, long at) {
        LongVector even = LongVector.broadcast(LANES, SEED);
        LongVector odd = even;
        for (int row = 0; row < PAGE_BYTES; row += 2 * BYTES) {
            even = mixed(even, LongVector.fromMemorySegment(LANES, page, at + row, ORDER));
            odd = mixed(odd, LongVector.fromMemorySegment(LANES, page, at + row + BYTES, ORDER));
        }
        return mixed(even, odd);
    }

    private static LongVector mixed(LongVector column, LongVector row) {
        return column.lanewise(VectorOperators.XOR, row)
                .mul(FIRST_FACTOR)
                .lanewise(VectorOperators.ROL, TURN)
                .mul(SECOND_FACTOR);
    }
}
