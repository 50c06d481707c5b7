package io.github.shmlens.fields;

/// A declaration that has no layout, or none that we know. The message is one sentence without a
/// final stop.
public final class BadDeclaration extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /// @param line from 1
    /// @param column from 1, in characters
    BadDeclaration(int line, int column, String sentence) {
        super(sentence);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /// What is wrong, without the place.
    public String reason() {
        return String.valueOf(getMessage());
    }

    /// Place and reason: `line 3, column 7: …`.
    public String sentence() {
        return "line %d, column %d: %s".formatted(line, column, reason());
    }
}
