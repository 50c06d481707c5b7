package io.github.shmlens.cli;

/// An answer of ours that is not a kernel's failure: no such slot, lock not free in time.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /// @param sentence without the program's name and without a final stop
    Refusal(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
