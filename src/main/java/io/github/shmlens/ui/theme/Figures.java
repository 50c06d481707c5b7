package io.github.shmlens.ui.theme;

import io.github.shmlens.ui.text.Texts;
import java.time.Duration;
import java.util.Locale;

/// How the window writes numbers: the same everywhere, whatever the locale.
public final class Figures {

    private static final Texts TEXTS = Texts.of(Figures.class);

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /// A size in three digits or so: `512 B`, `1.0 KiB`, `64 MiB`. Values below ten of a unit keep
    /// one decimal.
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        if (Math.round(value) >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits =
                Math.round(value * 10) < 100
                        ? String.format(Locale.ROOT, "%.1f", value)
                        : Long.toString(Math.round(value));
        return digits + " " + UNITS[unit];
    }

    /// A count that has to fit a narrow place: `9,999`, `12k`, `3.4M`. From a million on one
    /// decimal below ten; nothing is rounded up.
    public static String count(long number) {
        if (number < 10_000) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        if (number < 1_000_000) {
            return number / 1000 + "k";
        }
        long tenths = number / 100_000;
        return tenths < 100 ? tenths / 10 + "." + tenths % 10 + "M" : tenths / 10 + "M";
    }

    /// A span of time in its largest unit that counts at least two, or in seconds: `40 s`, `3 min`,
    /// `2 h`, `5 d`.
    public static String span(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 120) {
            return TEXTS.say("span.seconds", seconds);
        }
        if (seconds < 7200) {
            return TEXTS.say("span.minutes", seconds / 60);
        }
        return seconds < 172_800
                ? TEXTS.say("span.hours", seconds / 3600)
                : TEXTS.say("span.days", seconds / 86_400);
    }

    /// A size with nothing rounded away: `1,024 bytes`, `1 byte`.
    public static String exactSize(long bytes) {
        return TEXTS.count("size.exact", bytes);
    }
}
