package io.github.shmlens.fields;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A C type whose layout is known. Immutable, and no type holds itself: what a pointer points to is
/// only named.
public sealed interface CType {

    /// No type is larger: offsets in bits stay within a `long`.
    long MAX_BYTES = 1L << 56;

    /// As a declaration would name it: `uint32_t`, `struct sensor`, `char [16]`.
    String name();

    long sizeBytes();

    /// A power of two, in bytes; as a member of a structure.
    long alignBytes();

    /// The type itself, where this one is another name for it.
    default CType resolved() {
        return this;
    }

    /// A number, or something opaque of a fixed size.
    record Scalar(String name, Kind kind, int sizeBytesInt, long alignBytes, ByteOrder order)
            implements CType {

        public enum Kind {
            BOOL,
            /// A whole number that is a character in texts; signed or not is the ABI's choice.
            SIGNED_CHAR,
            UNSIGNED_CHAR,
            SIGNED,
            UNSIGNED,
            /// 4 or 8 bytes, IEEE 754.
            FLOAT,
            /// Bytes whose meaning is not ours to tell: `long double`, `pthread_mutex_t`.
            OPAQUE
        }

        @Override
        public long sizeBytes() {
            return sizeBytesInt;
        }

        /// Whether the values go below zero.
        public boolean signed() {
            return switch (kind) {
                case SIGNED, SIGNED_CHAR -> true;
                case BOOL, UNSIGNED_CHAR, UNSIGNED, FLOAT, OPAQUE -> false;
            };
        }

        /// Whether arrays of it are text.
        public boolean character() {
            return kind == Kind.SIGNED_CHAR || kind == Kind.UNSIGNED_CHAR;
        }
    }

    /// An address in the process that wrote it: shown, not followed.
    record Pointer(String name, int sizeBytesInt) implements CType {

        @Override
        public long sizeBytes() {
            return sizeBytesInt;
        }

        @Override
        public long alignBytes() {
            return sizeBytesInt;
        }
    }

    /// A whole number some of whose values have names.
    ///
    /// @param constants the values by name
    /// @param names the first name that was declared for each value
    record Enumeration(
            String name,
            int sizeBytesInt,
            long alignBytes,
            boolean signed,
            Map<String, Long> constants,
            Map<Long, String> names)
            implements CType {

        public Enumeration {
            constants = Map.copyOf(constants);
            names = Map.copyOf(names);
        }

        @Override
        public long sizeBytes() {
            return sizeBytesInt;
        }
    }

    /// Elements one after another.
    ///
    /// @param count how many; [#TO_THE_END] where the declaration leaves it open
    record Array(CType element, long count) implements CType {

        /// As many as there is room for.
        public static final long TO_THE_END = -1;

        public boolean open() {
            return count == TO_THE_END;
        }

        @Override
        public String name() {
            StringBuilder dimensions = new StringBuilder();
            CType at = this;
            while (at instanceof Array(CType inner, long many)) {
                dimensions.append(many == TO_THE_END ? "[]" : "[" + many + "]");
                at = inner;
            }
            return at.name() + " " + dimensions;
        }

        @Override
        public long sizeBytes() {
            return open() ? 0 : element.sizeBytes() * count;
        }

        @Override
        public long alignBytes() {
            return element.alignBytes();
        }

        /// Whether it is a text rather than a row of numbers: `char[]`, of one dimension.
        public boolean text() {
            return element.resolved() instanceof Scalar scalar && scalar.character();
        }
    }

    /// A structure or a union.
    record Compound(
            String name, boolean union, List<Member> members, long sizeBytes, long alignBytes)
            implements CType {

        public Compound {
            members = List.copyOf(members);
        }

        /// One declaration is one type. Types share types, so that to compare or print all that is
        /// in one could take for ever.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Another name for a type, or the same type aligned otherwise or marked `_Atomic` or as an
    /// offset.
    ///
    /// @param target never an alias itself
    /// @param offset what it leads to; null for what is no offset
    record Alias(
            String name, CType target, long alignBytes, boolean atomic, @Nullable Offset offset)
            implements CType {

        /// An alias of whatever the target is one of.
        static Alias of(String name, CType target, long alignBytes, boolean atomic) {
            return new Alias(
                    name,
                    target.resolved(),
                    alignBytes,
                    atomic || CType.atomic(target),
                    CType.offset(target));
        }

        @Override
        public long sizeBytes() {
            return target.sizeBytes();
        }

        @Override
        public CType resolved() {
            return target;
        }
    }

    /// What a number or pointer leads to that holds no address but a distance in bytes.
    ///
    /// @param fromField counted from the field's own first byte, where 1 leads nowhere, as Boost's
    ///   `offset_ptr` has it; else from the segment's first byte, where 0 leads nowhere
    /// @param to the type that is there, by name
    record Offset(boolean fromField, String to) {}

    /// One member of a structure or a union.
    ///
    /// @param name empty for a structure or union without a name, whose members count as those of
    ///   what holds it
    /// @param offset of the first byte that holds any of it, from the start of the whole
    /// @param bitOffset for a bit-field, its lowest bit counted from `offset`, 0 to 7; else 0
    /// @param bits for a bit-field, how many, 1 to 64; else [#WHOLE]
    record Member(String name, CType type, long offset, int bitOffset, int bits) {

        /// No bit-field: all of its bytes are its own.
        public static final int WHOLE = 0;

        public boolean bitField() {
            return bits != WHOLE;
        }

        /// How many bytes hold some of it.
        public long spanBytes() {
            return bitField() ? (bitOffset + bits + 7L) / 8 : type.sizeBytes();
        }
    }

    /// Whether it is marked `_Atomic`, by itself or by one of its names.
    static boolean atomic(CType type) {
        return type instanceof Alias alias && alias.atomic();
    }

    /// What it leads to, where it is marked as an offset; else null.
    static @Nullable Offset offset(CType type) {
        return type instanceof Alias alias ? alias.offset() : null;
    }
}
