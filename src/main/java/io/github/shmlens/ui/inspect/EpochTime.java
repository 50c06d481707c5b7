package io.github.shmlens.ui.inspect;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as a signed 64-bit count since the beginning of 1970, UTC. Pure.
enum EpochTime {
    SECONDS(1, 0),
    MILLIS(1_000, 3),
    MICROS(1_000_000, 6),
    NANOS(1_000_000_000, 9);

    private static final Texts TEXTS = Texts.of(EpochTime.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LAST_YEAR = 9999;

    private static final Pattern TYPED =
            Pattern.compile(
                    "([0-9]{4})-([0-9]{2})-([0-9]{2})"
                            + "(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?)?"
                            + "\\s*(?:Z|UTC)?");

    private final long perSecond;
    private final DateTimeFormatter form;

    EpochTime(long perSecond, int digits) {
        this.perSecond = perSecond;
        String fraction = digits == 0 ? "" : "." + "S".repeat(digits);
        this.form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss" + fraction, Locale.ROOT);
    }

    /// The time of a count, or [Fact#NOTHING] outside the years 1 to 9999: a number that was never
    /// meant as a time.
    String text(long count) {
        long seconds = Math.floorDiv(count, perSecond);
        long nanos = Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond);
        try {
            LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC);
            boolean meant = time.getYear() >= 1 && time.getYear() <= LAST_YEAR;
            return meant ? form.format(time) : Fact.NOTHING;
        } catch (DateTimeException beyond) {
            return Fact.NOTHING;
        }
    }

    /// The count of a time as [#text] writes it, of a day alone, of `now`, or the count itself.
    ///
    /// @throws BadInput when it is no such time, or too fine or too late for this count
    long count(String typed) throws BadInput {
        if (typed.equals("now")) {
            Instant now = Instant.now();
            return count(now.getEpochSecond(), now.getNano(), typed);
        }
        Matcher parts = TYPED.matcher(typed);
        if (!parts.matches()) {
            if (typed.matches("[+-]?[0-9a-fA-FxX]+")) {
                return Numbers.parse("count", typed, Long.MIN_VALUE, Long.MAX_VALUE);
            }
            throw new BadInput(TEXTS.say("time.none", SeenText.shortened(typed)));
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            number(parts, 1),
                            number(parts, 2),
                            number(parts, 3),
                            number(parts, 4),
                            number(parts, 5),
                            number(parts, 6));
            String fraction = parts.group(7) == null ? "" : parts.group(7);
            int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
            if (nanos % (NANOS_PER_SECOND / perSecond) != 0) {
                throw new BadInput(TEXTS.say("time.too-fine", SeenText.shortened(typed)));
            }
            return count(time.toEpochSecond(ZoneOffset.UTC), nanos, typed);
        } catch (DateTimeException none) {
            throw new BadInput(TEXTS.say("time.no-such", SeenText.shortened(typed)));
        }
    }

    private long count(long seconds, long nanos, String typed) throws BadInput {
        try {
            return Math.addExact(
                    Math.multiplyExact(seconds, perSecond), nanos / (NANOS_PER_SECOND / perSecond));
        } catch (ArithmeticException overflow) {
            throw new BadInput(TEXTS.say("time.too-far", SeenText.shortened(typed)));
        }
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
