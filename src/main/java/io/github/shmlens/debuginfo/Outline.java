package io.github.shmlens.debuginfo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A structure or union as a tool describes it: what its members are called, of what type they are
/// as C words it, and where they lie. Two are equal only when they are the same one.
final class Outline {

    private final boolean union;
    private final @Nullable String tag;
    private final List<Member> members;
    private final long sizeBytes;

    Outline(boolean union, @Nullable String tag, List<Member> members, long sizeBytes) {
        this.union = union;
        this.tag = tag;
        this.members = List.copyOf(members);
        this.sizeBytes = sizeBytes;
    }

    boolean union() {
        return union;
    }

    /// The name behind `struct`; null for none.
    @Nullable String tag() {
        return tag;
    }

    List<Member> members() {
        return members;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// `struct` or `union`.
    String word() {
        return union ? "union" : "struct";
    }

    /// One member. Two are equal only when they are the same one.
    static final class Member {

        private final Wording wording;
        private final @Nullable Outline nested;
        private final long offset;
        private final int bitOffset;
        private final int bits;
        private final long sizeBytes;

        /// @param nested what is written out in place of its type; null for none
        /// @param offset from the start of what holds it
        /// @param bitOffset for a bit-field, its lowest bit counted from `offset`
        /// @param bits for a bit-field, how many; else 0
        /// @param sizeBytes of the type; of an array, of all elements
        Member(
                Wording wording,
                @Nullable Outline nested,
                long offset,
                int bitOffset,
                int bits,
                long sizeBytes) {
            this.wording = wording;
            this.nested = nested;
            this.offset = offset;
            this.bitOffset = bitOffset;
            this.bits = bits;
            this.sizeBytes = sizeBytes;
        }

        Wording wording() {
            return wording;
        }

        @Nullable Outline nested() {
            return nested;
        }

        long offset() {
            return offset;
        }

        int bitOffset() {
            return bitOffset;
        }

        int bits() {
            return bits;
        }

        long sizeBytes() {
            return sizeBytes;
        }

        /// The first bit behind it, from the start of what holds it.
        long endBit() {
            return bits > 0
                    ? offset * Byte.SIZE + bitOffset + bits
                    : (offset + sizeBytes) * Byte.SIZE;
        }
    }
}
