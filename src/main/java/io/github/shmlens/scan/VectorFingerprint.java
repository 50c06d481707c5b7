package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The words of a page are 64 rows of eight; a row is one vector of 512 bits.
final class VectorFingerprint implements Fingerprint {

    private static final VectorSpecies<Long> LANES = LongVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Any that is not a divisor of the width, and moves high bits, that a multiplication mixes
    /// least, to where it mixes them most.
    private static final int TURN = 29;

    private static final long FIRST_FACTOR;
    private static final long SECOND_FACTOR;
    private static final long SEED;
    private static final long ODD_SEED;
    private static final long LAST;

    static {
        SecureRandom random = new SecureRandom();
        // Odd: a multiplication by it can be undone.
        FIRST_FACTOR = random.nextLong() | 1;
        SECOND_FACTOR = random.nextLong() | 1;
        SEED = random.nextLong();
        ODD_SEED = random.nextLong();
        LAST = random.nextLong();
    }

    @Override
    public void take(MemorySegment page, long at, MemorySegment prints, long printAt) {
        of(page, at).intoMemorySegment(prints, printAt, ORDER);
    }

    @Override
    public boolean matches(MemorySegment page, long at, MemorySegment prints, long printAt) {
        LongVector laidDown = LongVector.fromMemorySegment(LANES, prints, printAt, ORDER);
        return !of(page, at).compare(VectorOperators.NE, laidDown).anyTrue();
    }

    /// Two rows side by side: a multiplication takes longer than a load. The two halves begin
    /// apart, and one goes a step further before they meet: what is the same in both, such as a
    /// page filled with one value, would cancel otherwise.
    private static LongVector of(MemorySegment page, long at) {
        LongVector even = LongVector.broadcast(LANES, SEED);
        LongVector odd = LongVector.broadcast(LANES, ODD_SEED);
        for (int row = 0; row < PAGE_BYTES; row += 2 * BYTES) {
            even = mixed(even, LongVector.fromMemorySegment(LANES, page, at + row, ORDER));
            odd = mixed(odd, LongVector.fromMemorySegment(LANES, page, at + row + BYTES, ORDER));
        }
        return mixed(even, mixed(odd, LongVector.broadcast(LANES, LAST)));
    }

    private static LongVector mixed(LongVector column, LongVector row) {
        return column.lanewise(VectorOperators.XOR, row)
                .mul(FIRST_FACTOR)
                .lanewise(VectorOperators.ROL, TURN)
                .mul(SECOND_FACTOR);
    }
}
