package io.github.shmlens.api;

/// A slot holds a value, but not of the type asked for. Nothing was changed.
public final class WrongType extends Exception {

    private static final long serialVersionUID = 1;

    WrongType(String sentence) {
        super(sentence);
    }

    WrongType(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
