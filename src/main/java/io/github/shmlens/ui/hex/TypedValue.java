package io.github.shmlens.ui.hex;

import io.github.shmlens.segment.BadInput;
import org.jspecify.annotations.Nullable;

/// What is typed into a field in the place of a value, and not written yet. FX thread.
///
/// @param words the value's name and the text, such as `u32 = 5`
/// @param reading what writing it would change
/// @param drop takes the field away and leaves the value as it is
/// @param <E> what an edit of it is
public record TypedValue<E>(String words, Reading<E> reading, Runnable drop) {

    /// Reads the text as it stands.
    @FunctionalInterface
    public interface Reading<E> {
        /// @return null where nothing would change
        /// @throws BadInput the text is no such value
        @Nullable E edit() throws BadInput;
    }
}
