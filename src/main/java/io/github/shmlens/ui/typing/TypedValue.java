package io.github.shmlens.ui.typing;

import io.github.shmlens.segment.BadInput;
import org.jspecify.annotations.Nullable;

/// What is typed into a field in the place of a value, and not written yet. FX thread.
///
/// @param words the value's name and the text, such as `u32 = 5`
/// @param reading what writing it would change
/// @param drop takes the field away and leaves the value as it is
/// @param <E> what an edit of it is
public record TypedValue<E>(String words, Reading<E> reading, Runnable drop) {

    /// Longer values are cut where a change is told.
    private static final int MOST_CHARS = 40;

    /// A change in the value's own terms: `limit: 10 → 55`.
    public static String change(String name, String before, String after) {
        return "%s: %s → %s".formatted(name, cut(before), cut(after));
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARS)))
                        + "…";
    }

    /// Reads the text as it stands.
    @FunctionalInterface
    public interface Reading<E> {
        /// @return null where nothing would change
        /// @throws BadInput the text is no such value
        @Nullable E edit() throws BadInput;
    }
}
