package io.github.shmlens.debuginfo;

import org.jspecify.annotations.Nullable;

/// What a tool says a name stands for.
sealed interface Definition {

    /// -1 where the tool does not say.
    long sizeBytes();

    /// A structure or union.
    record Compound(Outline outline) implements Definition {
        @Override
        public long sizeBytes() {
            return outline.sizeBytes();
        }
    }

    /// A structure or union of which a program only knows the name.
    record Incomplete() implements Definition {
        @Override
        public long sizeBytes() {
            return -1;
        }
    }

    /// An enumeration.
    ///
    /// @param constants with their braces
    record Enumeration(String constants, long sizeBytes) implements Definition {}

    /// Another name.
    ///
    /// @param target the type it stands for
    /// @param outline where that is a structure or union without a name; else null
    /// @param constants where it is an enumeration without a name; else null
    record Typedef(
            Wording target, @Nullable Outline outline, @Nullable String constants, long sizeBytes)
            implements Definition {

        /// Whether it stands for a structure or union that has a name of its own.
        boolean ofTag() {
            return outline == null
                    && constants == null
                    && !target.pointer()
                    && target.text().indexOf('[') < 0
                    && (target.base().startsWith("struct ") || target.base().startsWith("union "));
        }
    }

    /// A type that C has no words for, or we none.
    record Opaque(String shown, long sizeBytes) implements Definition {}
}
