package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Member;
import java.util.ArrayList;
import java.util.List;

/// Places members one after another (or, in a union, over one another) as GCC does on System V
/// targets.
///
/// A bit-field goes into the next bits, unless it would then lie across more units of its type's
/// alignment than its type has; packed ones, and all under `#pragma pack`, go into the next bits
/// whatever they cross. One of width 0 moves the next member to its type's alignment. Source: GCC's
/// `layout_decl`, `place_field`, `update_alignment_for_field` and `excess_unit_span`
/// (stor-layout.cc, with PCC_BITFIELD_TYPE_MATTERS), and System V ABI, AMD64 supplement 3.1.2.
final class CompoundLayout {

    private static final long NO_PACK = Long.MAX_VALUE;

    private final Abi abi;
    private final boolean union;
    private final boolean packed;
    private final long packBytes;
    private final List<Member> members = new ArrayList<>();

    /// Where the next member could begin, in bits.
    private long nextBit;

    /// Bytes of the largest member of a union.
    private long widestBytes;

    private long alignBytes;

    /// @param packed by attribute, all members
    /// @param packBytes of `#pragma pack`; 0 without one
    /// @param alignBytes of an attribute on the whole; 1 without one
    CompoundLayout(Abi abi, boolean union, boolean packed, long packBytes, long alignBytes) {
        this.abi = abi;
        this.union = union;
        this.packed = packed;
        this.packBytes = packBytes == 0 ? NO_PACK : packBytes;
        this.alignBytes = alignBytes;
    }

    /// How it is declared, beside its type.
    ///
    /// @param packed by an attribute of its own
    /// @param alignBytes by an attribute of its own; 0 without one
    record Wish(boolean packed, long alignBytes) {}

    /// A member that is no bit-field.
    ///
    /// @return false when it would end too far away
    boolean add(String name, CType type, Wish wish) {
        boolean pack = packed || wish.packed();
        long align = pack ? 1 : type.alignBytes();
        if (wish.alignBytes() > 0) {
            // A wish for less than the type's own alignment is none.
            boolean heard = pack || wish.alignBytes() >= natural(type);
            align = heard ? wish.alignBytes() : type.alignBytes();
        }
        align = Math.min(align, packBytes);
        alignBytes = Math.max(alignBytes, align);
        long at = roundUp(union ? 0 : nextBit, align * Byte.SIZE);
        long end = at / Byte.SIZE + type.sizeBytes();
        if (end > CType.MAX_BYTES) {
            return false;
        }
        members.add(new Member(name, type, at / Byte.SIZE, 0, Member.WHOLE));
        widestBytes = Math.max(widestBytes, type.sizeBytes());
        nextBit = end * Byte.SIZE;
        return true;
    }

    /// A bit-field; an empty name for one that only takes room.
    ///
    /// @param bits 0 to the width of the type
    /// @return false when it would end too far away
    boolean addBits(String name, CType type, int bits, Wish wish) {
        boolean pack = packed || wish.packed();
        long typeAlign = type.alignBytes();
        long ownAlign = wish.alignBytes();
        if (bits == 0) {
            // Neither a pragma nor an attribute touches it.
            ownAlign = Math.max(typeAlign, ownAlign);
        } else {
            ownAlign = Math.min(Math.max(1, ownAlign), packBytes);
        }
        long at = union ? 0 : nextBit;
        if (!pack && isNumber(at, bits)) {
            long number = Math.max(bits / Byte.SIZE, wish.alignBytes());
            boolean narrowed = abi == Abi.I386 && wish.alignBytes() == 0;
            ownAlign =
                    Math.max(
                            ownAlign, Math.min(narrowed ? Math.min(4, number) : number, packBytes));
        }
        if (!name.isEmpty() || abi.namelessBitFieldsAlign()) {
            long raise =
                    bits == 0
                            ? typeAlign
                            : packBytes != NO_PACK
                                    ? Math.min(typeAlign, packBytes)
                                    : pack ? 1 : typeAlign;
            alignBytes = Math.max(alignBytes, Math.max(raise, ownAlign));
        }
        if (bits == 0) {
            at = roundUp(at, ownAlign * Byte.SIZE);
        } else if (wish.alignBytes() > 0) {
            at = roundUp(at, ownAlign * Byte.SIZE);
        }
        boolean mayCross = pack || packBytes != NO_PACK || bits == 0;
        if (!mayCross && spansTooMuch(at, bits, typeAlign * Byte.SIZE, type.sizeBytes() * 8)) {
            at = roundUp(at, typeAlign * Byte.SIZE);
        }
        long end = at + bits;
        if (end > CType.MAX_BYTES * Byte.SIZE) {
            return false;
        }
        if (!name.isEmpty()) {
            members.add(new Member(name, type, at / Byte.SIZE, (int) (at % Byte.SIZE), bits));
        }
        widestBytes = Math.max(widestBytes, (bits + 7L) / Byte.SIZE);
        nextBit = end;
        return true;
    }

    /// Whether GCC takes a bit-field for an ordinary number, with that one's alignment: it has a
    /// number's width and comes to lie where one could.
    private static boolean isNumber(long at, int bits) {
        return bits >= Byte.SIZE && Integer.bitCount(bits) == 1 && at % bits == 0;
    }

    /// Whether the last member leaves its length open.
    boolean endsOpen() {
        return !members.isEmpty()
                && members.getLast().type().resolved() instanceof Array array
                && array.open();
    }

    boolean empty() {
        return members.isEmpty();
    }

    /// The whole, its size rounded up to its alignment.
    Compound finish(String name) {
        long bits = union ? widestBytes * Byte.SIZE : nextBit;
        return new Compound(
                name,
                union,
                members,
                roundUp(bits, alignBytes * Byte.SIZE) / Byte.SIZE,
                alignBytes);
    }

    private static boolean spansTooMuch(long at, int bits, long alignBits, long typeBits) {
        long in = at % alignBits;
        return (in + bits + alignBits - 1) / alignBits > typeBits / alignBits;
    }

    /// The alignment that a type has outside of structures, which is what attributes start from.
    private long natural(CType type) {
        CType at = type.resolved();
        while (at instanceof Array(CType element, _)) {
            at = element.resolved();
        }
        boolean narrowed =
                abi == Abi.I386
                        && at.sizeBytes() == Long.BYTES
                        && (at instanceof CType.Enumeration
                                || (at instanceof CType.Scalar scalar
                                        && scalar.kind() != CType.Scalar.Kind.OPAQUE));
        return narrowed ? Math.max(Long.BYTES, type.alignBytes()) : type.alignBytes();
    }

    private static long roundUp(long value, long step) {
        return (value + step - 1) / step * step;
    }
}
