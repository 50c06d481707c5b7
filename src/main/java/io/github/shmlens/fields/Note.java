package io.github.shmlens.fields;

/// What a text held beside types, and was left out.
///
/// @param line from 1
/// @param sentence without a final stop
public record Note(int line, String sentence) {

    /// Place and sentence: `line 3: …`.
    public String text() {
        return "line %d: %s".formatted(line, sentence);
    }
}
