package io.github.shmlens.segment;

/// How many of what, in words: `1 byte`, `2 bytes`.
public final class Counted {

    private Counted() {}

    /// @param one the word for one; many are called the same with an s
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /// @param many the words for none and for more than one
    public static String of(long count, String one, String many) {
        return Digits.PLAIN.counted(count, one, many);
    }

    public static String bytes(long count) {
        return of(count, "byte");
    }
}
