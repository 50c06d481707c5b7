package io.github.shmlens.segment;

import java.util.Locale;

/// How the digits of an amount are written: for programs, or for people.
public enum Digits {
    /// `1048576`, as scripts read it.
    PLAIN("%d"),
    /// `1,048,576`.
    GROUPED("%,d");

    private final String format;

    Digits(String format) {
        this.format = format;
    }

    public String of(long number) {
        return String.format(Locale.ROOT, format, number);
    }

    /// `1 byte`, `2 bytes`.
    public String bytes(long count) {
        return counted(count, "byte", "bytes");
    }

    /// @param many the words for none and for more than one
    public String counted(long count, String one, String many) {
        return of(count) + " " + (count == 1 ? one : many);
    }
}
