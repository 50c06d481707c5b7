package io.github.shmlens.fields;

/// The value of a C constant expression, with as much of its type as arithmetic needs.
///
/// @param bits 32-bit ones are extended as their sign says
/// @param bytes 4 or 8
record Constant(long bits, int bytes, boolean unsigned) {

    static Constant ofInt(long value) {
        return new Constant(value, Integer.BYTES, false).wrapped();
    }

    /// A size or an offset.
    static Constant ofSize(long value, Abi abi) {
        return new Constant(value, abi.wordBytes(), true).wrapped();
    }

    /// Cut to its width.
    Constant wrapped() {
        if (bytes == Long.BYTES) {
            return this;
        }
        return new Constant(unsigned ? bits & 0xffff_ffffL : (int) bits, bytes, unsigned);
    }

    boolean isTrue() {
        return bits != 0;
    }

    boolean negative() {
        return !unsigned && bits < 0;
    }

    /// This one in the type that both of an operator's sides are brought to.
    Constant broughtTo(Constant other) {
        int wide = Math.max(bytes, other.bytes);
        boolean noSign = (unsigned && bytes == wide) || (other.unsigned && other.bytes == wide);
        return new Constant(bits, wide, noSign).wrapped();
    }

    /// As an error or a note shows it.
    @Override
    public String toString() {
        return unsigned ? Long.toUnsignedString(bits) : Long.toString(bits);
    }
}
