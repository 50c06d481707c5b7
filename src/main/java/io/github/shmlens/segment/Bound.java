package io.github.shmlens.segment;

/// A limit of the host and how much of it is used.
///
/// @param limit unsigned
public record Bound(long used, long limit) {

    /// The kernel's own default for "as much as you like": ULONG_MAX less 16 MiB. Distributions set
    /// what is larger.
    private static final long UNLIMITED = -1L - (1L << 24);

    /// Whether it bounds anything.
    public boolean bounds() {
        return Long.compareUnsigned(limit, UNLIMITED) < 0;
    }

    /// How much of it is used, 0 to 1 (more where the limit was lowered below what is there); 0
    /// where it bounds nothing.
    public double share() {
        if (!bounds() || limit == 0) {
            return 0;
        }
        return used / unsignedDouble(limit);
    }

    private static double unsignedDouble(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }
}
