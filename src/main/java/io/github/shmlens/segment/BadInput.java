package io.github.shmlens.segment;

/// Something a person typed cannot be meant. The message is one sentence without a final stop that
/// names the part at fault; nothing was changed.
public final class BadInput extends Exception {

    private static final long serialVersionUID = 1;

    public BadInput(String sentence) {
        super(sentence);
    }

    /// The sentence, never null.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
