package io.github.shmlens.scan;

import java.lang.foreign.MemorySegment;
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
public sealed interface Fingerprint permits VectorFingerprint {

    /// What one fingerprint is taken of.
    int PAGE_BYTES = 4096;

    /// How long one is.
    int BYTES = 64;

    /// One for this process; null where vectors are not fast or have fewer than 512 bits:
    /// multiplying words takes many instructions there, and a comparison less.
    static @Nullable Fingerprint ifFast() {
        return VectorUnit.isUsable() && VectorCompare.isWide() ? ofVectors() : null;
    }

    /// One whether it is fast or not. Needs the Vector API's module.
    static Fingerprint ofVectors() {
        return new VectorFingerprint();
    }

    /// Takes that of the page at `at` and lays it down.
    ///
    /// @param prints takes 64 bytes at `printAt`
    /// @throws IllegalStateException when one of the segments was closed
    void take(MemorySegment page, long at, MemorySegment prints, long printAt);

    /// Whether the page at `at` has the fingerprint that was laid down. It may change meanwhile;
    /// each of its bytes is loaded once.
    ///
    /// @throws IllegalStateException when one of the segments was closed
    boolean matches(MemorySegment page, long at, MemorySegment prints, long printAt);
}
